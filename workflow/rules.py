"""Every legal rule, each one small pure question about the facts of a step.

Strength, legal basis and the steps at which a rule is asked stand in the definition; its sentences
in both languages stand in `messages.{pl,en}.toml` under its name and variant. A rule answers
`holds`, `broken` or `not_applicable`; it raises `Missing` for a fact it lacks. A partial date
breaks a rule only if every day it may mean would break it.
"""

import re
from collections.abc import Callable, Mapping

from models.vocabulary import Form, Outcome, PartnerKind
from workflow import city
from workflow.clock import add_months, last_day
from workflow.dates import PartialDate
from workflow.facts import Act, DecisionCase, Facts, Finding, Missing
from workflow.geography import EUROPE, EUROPEAN, TRANSCONTINENTAL
from workflow.inputs import Json, Term, Value, encode
from workflow.project import validity

Rule = Callable[[Facts], Finding]
RULES: dict[str, Rule] = {}

AGREEMENTS = frozenset({Form.TWINNING, Form.PARTNERSHIP, Form.SECTORAL})
MAYORS = frozenset({Form.PROGRAMME, Form.EU_PROGRAMME, Form.POLITICAL_ASSOCIATION})
ON_ITS_WAY = frozenset({"proposed", "endorsed", "before_council", "resolved"})
AT_WORK = frozenset({"in_force", "suspended", "in_notice"})
ENDED = frozenset({"expired", "terminated", "carried_out", "closed"})
CITIES = frozenset({PartnerKind.CITY, PartnerKind.REGION})
RIGHT_KINDS: Mapping[Form, frozenset[PartnerKind]] = {
    **dict.fromkeys((*AGREEMENTS, Form.HONORARY_TITLE), CITIES),
    Form.ASSOCIATION: frozenset({PartnerKind.ASSOCIATION}),
    Form.POLITICAL_ASSOCIATION: frozenset({PartnerKind.ASSOCIATION}),
    Form.PROGRAMME: CITIES | {PartnerKind.CONSORTIUM},
    Form.EU_PROGRAMME: CITIES | {PartnerKind.CONSORTIUM},
}
PURPOSE_OF: Mapping[str, str] = {
    **{step: step for step in ("change", "renew", "suspend", "resume", "continue_membership")},
    "give_notice": "end",
    "terminate": "end",
}
ALL_ATTACHED = (
    "certified_resolution",
    "statute",
    "statute_translation",
    "member_list",
    "member_list_translation",
)
ROMAN = re.compile(r"(?=[IVXLCDM])M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
RESOLUTION = re.compile(r"([^/\s]+)/(\d{1,4})/(\d{2})", re.ASCII)
ORDINANCE = re.compile(r"[1-9]\d{0,4}/(\d{4})", re.ASCII)
SUPERVISION_DAYS = 30
HALF = 2


def rule(function: Rule) -> Rule:
    """Register a rule under its name."""
    RULES[function.__name__] = function
    return function


def holds(**facts: Json) -> Finding:
    """Answer that the rule holds."""
    return Finding("", Outcome.HOLDS, facts)


def broken(variant: str = "", **facts: Json) -> Finding:
    """Answer that the rule is broken; the variant chooses its sentence."""
    return Finding("", Outcome.BROKEN, facts, variant)


def not_applicable(**facts: Json) -> Finding:
    """Answer that the question does not arise."""
    return Finding("", Outcome.NOT_APPLICABLE, facts)


def _proposed(facts: Facts, name: str) -> Value | None:
    """Give what this step says of a matter, or else what was proposed."""
    if (given := facts.given(name)) is not None:
        return given
    proposal = facts.case.proposal
    return proposal.inputs.get(name) if proposal is not None else None


def _purpose(facts: Facts) -> str:
    """Give the purpose a decision was raised for."""
    raised = facts.case.last("raise")
    return str(facts.given("purpose") if raised is None else raised.inputs["purpose"])


# Names, partners, forms.


@rule
def royal_name(facts: Facts) -> Finding:
    """The documents name the City as seeds/003 prescribes."""
    for draft in facts.drafts:
        if draft.kind in facts.row.documents and draft.wrong_names:
            return broken(document=draft.kind, found=draft.wrong_names[0])
    if "city_named" not in facts.row.inputs:
        return holds()
    named = facts.text("city_named")
    return holds() if city.names_the_city(named) else broken("typed", found=named)


@rule
def right_partner(facts: Facts) -> Finding:
    """A foreign partner of the kind the form is for."""
    partner, form = facts.partner, facts.row.new_form
    if partner.country == "PL":
        return broken("polish", partner=partner.slug)
    if partner.kind not in RIGHT_KINDS[form]:
        return broken("kind", partner=partner.slug, kind=partner.kind, form=form)
    if partner.country is None and partner.kind in CITIES:
        raise Missing("partner.country")
    return holds()


@rule
def no_duplicate(facts: Facts) -> Finding:
    """One live case per partner, form and, for sectoral agreements, field."""
    fields = set(facts.items("fields"))
    for other in facts.siblings:
        if (
            other.partner_id == facts.partner.id
            and other.form is facts.row.new_form
            and other.state not in ENDED
            and other.reference not in {facts.case.reference, facts.given("continues")}
            and (other.form is not Form.SECTORAL or fields & set(other.fields))
        ):
            return broken(other=other.reference, state=other.state, form=other.form)
    return holds()


@rule
def twin_exclusive(facts: Facts) -> Finding:
    """One twin city in a country (seeds/003)."""
    country = facts.partner.country
    if country is None:
        raise Missing("partner.country")
    for other in facts.siblings:
        if (
            other.form is Form.TWINNING
            and other.country == country
            and other.state in ON_ITS_WAY | AT_WORK
            and other.reference != facts.case.reference
        ):
            return broken(other=other.reference, partner=other.partner, country=country)
    return holds(country=country)


@rule
def outside_europe(facts: Facts) -> Finding:
    """The honorary title goes to cities outside Europe."""
    country = facts.partner.country
    if (decided := facts.partner.stored.get("continent")) is not None:
        return broken(country=country) if decided == EUROPEAN else holds(continent=decided)
    if country is None:
        raise Missing("partner.country")
    if country in TRANSCONTINENTAL:
        raise Missing("partner.continent")
    return broken(country=country) if country in EUROPE else holds(country=country)


@rule
def twin_features(facts: Facts) -> Finding:
    """The features of a twin city are stated."""
    return holds() if _proposed(facts, "features") else broken()


@rule
def one_field(facts: Facts) -> Finding:
    """A sectoral agreement names exactly one field, the wide ones at least one."""
    fields = _proposed(facts, "fields")
    count = len(fields) if isinstance(fields, tuple) else 0
    if facts.row.new_form is Form.SECTORAL:
        return holds() if count == 1 else broken("sectoral", count=count)
    return holds() if count else broken("none")


@rule
def wide_scope(facts: Facts) -> Finding:
    """The wide agreements cover more than one field."""
    fields = _proposed(facts, "fields")
    count = len(fields) if isinstance(fields, tuple) else 0
    return holds() if count > 1 else broken(count=count)


@rule
def justified(facts: Facts) -> Finding:
    """A proposal says why, and what is to be reached.

    The title states its financial effect instead of objectives; ending and suspending reach none.
    """
    form = facts.row.new_form
    wanted = ["justification"]
    if form is Form.HONORARY_TITLE:
        wanted.append("financial_effect")
    elif form is not Form.DECISION or _purpose(facts) not in {"end", "suspend"}:
        wanted.append("objectives")
    missing = [name for name in wanted if not facts.given(name)]
    return broken(missing=missing) if missing else holds()


@rule
def projects_first(facts: Facts) -> Finding:
    """An agreement rests on a joint project begun before, or on a working document."""
    if facts.case.last("sign_working_document") is not None:
        return holds()
    begun = [date for date in facts.projects if not date.certainly_after(facts.date)]
    return holds(projects=len(begun)) if begun else broken()


@rule
def only_intent(facts: Facts) -> Finding:
    """A working document creates no term-bound obligation and no cost."""
    return broken() if facts.answer("binding") else holds()


@rule
def programme_basis(facts: Facts) -> Finding:
    """A programme rests on an agreement in force or on a Council resolution."""
    if facts.given("resolution"):
        return holds(resolution=facts.text("resolution"))
    if facts.under is not None and facts.under.state == "in_force":
        return holds(under=facts.under.reference)
    return broken()


@rule
def no_transfer(facts: Facts) -> Finding:
    """Joining transfers no public task, real estate or intangible right."""
    return broken() if facts.answer("transfers") else holds()


@rule
def classified(facts: Facts) -> Finding:
    """An association of local communities of two or more states is joined as an association."""
    is_association = facts.answer("classification")
    facts.text("classification_reason")
    if is_association is (facts.row.new_form is Form.ASSOCIATION):
        return holds()
    return broken("yes" if is_association else "no", partner=facts.partner.slug)


@rule
def four_eyes(facts: Facts) -> Finding:
    """Who proposed does not endorse, also not through a substitution."""
    proposal = facts.case.proposal
    if proposal is None:
        return not_applicable()
    same = sorted(proposal.names & facts.actor.names)
    return broken(proposer=same[0]) if same else holds(proposer=proposal.actor)


# The Council.


@rule
def opinions(facts: Facts) -> Finding:
    """The legal adviser's and the committee's opinion are on file; the Minister's favourable."""
    given = _opinions(facts)
    missing = [whose for whose in ("legal_adviser", "committee") if whose not in given]
    if missing:
        return broken("missing", missing=missing)
    minister = given.get("minister")
    return broken("minister") if minister not in {None, "favourable"} else holds()


@rule
def minister_opinion(facts: Facts) -> Finding:
    """Where the office made it obligatory for a country, the Minister's opinion is favourable."""
    key = f"minister_opinion.{facts.partner.country}"
    setting = facts.settings.on(key, facts.day) or facts.settings.on("minister_opinion", facts.day)
    if setting is None or setting.value != "block":
        return not_applicable()
    favourable = _opinions(facts).get("minister") == "favourable"
    return holds() if favourable else broken(country=facts.partner.country)


def _opinions(facts: Facts) -> Mapping[str, str]:
    return {
        str(act.inputs["opinion_of"]): str(act.inputs["opinion"])
        for act in facts.case.acts
        if act.step == "record_opinion" and act.sequence >= facts.case.round
    }


@rule
def votes_add_up(facts: Facts) -> Finding:
    """No more votes than councillors present, no more present than there are councillors."""
    votes, present, of = facts.votes("votes"), facts.number("present"), _composition(facts)
    if sum(votes) > present:
        return broken("votes", votes=sum(votes), present=present)
    return holds() if present <= of else broken("present", present=present, of=of)


@rule
def simple_majority(facts: Facts) -> Finding:
    """More for than against, with at least half of the statutory composition present."""
    if _needs_absolute(facts):
        return not_applicable()
    votes, present, of = facts.votes("votes"), facts.number("present"), _composition(facts)
    quorum = (of + 1) // HALF
    if present < quorum:
        return broken("quorum", present=present, needed=quorum, of=of)
    if votes.in_favour <= votes.against:
        return broken("votes", in_favour=votes.in_favour, against=votes.against)
    return holds(in_favour=votes.in_favour, against=votes.against, present=present)


@rule
def absolute_majority(facts: Facts) -> Finding:
    """More than half of the statutory composition vote for (22 of 43)."""
    if not _needs_absolute(facts):
        return not_applicable()
    votes, of = facts.votes("votes"), _composition(facts)
    needed = of // HALF + 1
    answer = holds if votes.in_favour >= needed else broken
    return answer(in_favour=votes.in_favour, needed=needed, of=of)


def _needs_absolute(facts: Facts) -> bool:
    """Joining and continuing a membership need it by law, leaving one by setting."""
    if facts.row.new_form is not Form.DECISION:
        return facts.row.new_form is Form.ASSOCIATION
    if (purpose := _purpose(facts)) == "continue_membership":
        return True
    if purpose != "end" or facts.about is None or facts.about.form is not Form.ASSOCIATION:
        return False
    setting = facts.settings.on("withdrawal_majority", facts.day)
    return setting is not None and setting.value == "absolute"


def _composition(facts: Facts) -> int:
    return facts.settings.number("statutory_composition", facts.day)


@rule
def number_format(facts: Facts) -> Finding:
    """Krakow's own numbers: a canonical Roman numeral in Latin letters, and the year of the act."""
    for name, shape in (("resolution", RESOLUTION), ("ordinance", ORDINANCE)):
        number = facts.given(name)
        if number is None:
            continue
        match = shape.fullmatch(str(number))
        if match is None:
            return broken(name, number=encode(number))
        if name == "resolution" and not ROMAN.fullmatch(match[1]):
            return broken("numeral", number=encode(number), numeral=match[1])
        year, digits = str(facts.date.latest or "")[:4], match[match.lastindex or 0]
        if facts.date.earliest and str(facts.date.earliest)[:4] == year and year[-len(digits) :] != digits:
            return broken("year", number=encode(number), year=year)
    return holds()


@rule
def council_first(facts: Facts) -> Finding:
    """Nothing is done without a resolution that stands and is dated no later."""
    resolution = facts.case.resolution
    if resolution is None:
        return broken("none")
    if facts.date.certainly_before(resolution.date):
        return broken("later", date=facts.date.text, resolution_date=resolution.date.text)
    return holds(resolution=encode(resolution.inputs["resolution"]), date=resolution.date.text)


@rule
def presented(facts: Facts) -> Finding:
    """The resolution went to the voivode within 7 days."""
    resolution, sent = facts.case.resolution, facts.case.standing("present")
    if resolution is None:
        return not_applicable()
    if sent is None:
        return broken("not_yet")
    if resolution.date.latest is None:
        raise Missing("adopt.date")
    days = facts.settings.number("presentation_days", facts.day)
    last = last_day(resolution.date.latest, days, "days", doing=True)
    late = sent.date.certainly_after(last)
    return broken("late", sent=sent.date.text, last=str(last)) if late else holds(last=str(last))


@rule
def supervision(facts: Facts) -> Finding:
    """The voivode's 30 days from delivery have passed before signature."""
    sent = facts.case.standing("present")
    delivered = sent.inputs.get("delivered_on") if sent is not None else None
    if not isinstance(delivered, PartialDate) or delivered.latest is None:
        return broken("no_delivery")
    last = last_day(delivered.latest, SUPERVISION_DAYS, "days", doing=False)
    return broken("early", last=str(last)) if not facts.date.certainly_after(last) else holds()


# The Minister and the association.


@rule
def attachments(facts: Facts) -> Finding:
    """The certified resolution, the statute, the member list, and sworn translations of both."""
    missing = [name for name in ALL_ATTACHED if name not in facts.items("attachments")]
    return broken(missing=missing) if missing else holds()


@rule
def consent_first(facts: Facts) -> Finding:
    """The application follows the Minister's consent."""
    consent = facts.case.standing("consent")
    if consent is None or facts.case.resolution is None:
        return broken("none")
    if facts.date.certainly_before(consent.date):
        return broken("later", date=facts.date.text, consent_date=consent.date.text)
    return holds(decision=encode(consent.inputs["decision"]), date=consent.date.text)


@rule
def reconsider_once(facts: Facts) -> Finding:
    """One request per decision, within 14 days of its delivery."""
    case, refusal = facts.case, facts.case.standing("refuse")
    if refusal is None:
        return broken("no_refusal")
    earlier = case.standing("request_reconsideration")
    court = case.standing("court_sets_aside")
    if earlier is not None and (court is None or court.sequence < earlier.sequence):
        return broken("once", earlier=earlier.date.text)
    delivered = refusal.inputs.get("delivered_on")
    if not isinstance(delivered, PartialDate) or delivered.latest is None:
        raise Missing("refuse.delivered_on")
    days = facts.settings.number("reconsideration_days", facts.day)
    last = last_day(delivered.latest, days, "days", doing=True)
    return broken("late", last=str(last)) if facts.date.certainly_after(last) else holds()


# Signatures and money.


@rule
def as_adopted(facts: Facts) -> Finding:
    """The text signed is the text adopted."""
    if facts.answer("as_adopted"):
        return holds()
    return broken(differences=str(facts.given("differences") or "?"))


@rule
def authorised(facts: Facts) -> Finding:
    """A signatory other than the Mayor shows a written authorisation dated no later."""
    if facts.text("office") == "mayor":
        return holds()
    number, dated, signatory = facts.given("authorisation"), facts.when("authorised_on"), facts.text("signatory")
    if not number or dated is None:
        return broken("none", signatory=signatory)
    if dated.certainly_after(facts.date):
        return broken("later", signatory=signatory, authorised_on=dated.text)
    return holds(authorisation=encode(number))


@rule
def countersigned(facts: Facts) -> Finding:
    """What may cause payments bears the Treasurer's countersignature and a register number."""
    if not facts.answer("payments"):
        return holds()
    missing = [name for name in ("countersigned_on", "contract_register") if not facts.given(name)]
    return broken(missing=missing) if missing else holds()


@rule
def partner_act(facts: Facts) -> Finding:
    """The partner's own consent is on file."""
    return holds() if facts.given("partner_act") else broken()


@rule
def drafts_final(facts: Facts) -> Finding:
    """The documents the step needs are final, of this proposal, and not stale."""
    if not facts.row.documents:
        return not_applicable()
    missing: list[str] = []
    stale: list[str] = []
    for kind in facts.row.documents:
        final = [
            draft
            for draft in facts.drafts
            if draft.kind == kind and draft.finalised and draft.finalised > facts.case.round
        ]
        if not final:
            missing.append(kind)
        elif max(final, key=lambda draft: draft.version).stale:
            stale.append(kind)
    if missing:
        return broken("missing", documents=missing)
    return broken("stale", documents=stale) if stale else holds()


@rule
def definite_term(facts: Facts) -> Finding:
    """Agreements and programmes are for a definite period."""
    term = _proposed(facts, "term")
    if not isinstance(term, Term):
        return broken("none")
    return holds() if term.definite else broken("indefinite")


# In force, and out of it.


@rule
def decided(facts: Facts) -> Finding:
    """A decision of that purpose stands behind what happens to a cooperation in force."""
    step, form = facts.row.step, facts.row.form
    if form in MAYORS:
        return holds() if facts.given("ordinance") else broken("mayor")
    if step == "renew" and facts.given("clause") and _clause_extends(facts):
        return holds()
    purpose = PURPOSE_OF[step]
    decision = standing_decision(facts, purpose)
    if decision is None:
        return broken("none", purpose=purpose)
    if decision.date is not None and facts.date.certainly_before(decision.date):
        return broken("later", decision=decision.reference, decided=decision.date.text)
    return holds(decision=decision.reference, resolution=decision.resolution)


def standing_decision(facts: Facts, purpose: str) -> DecisionCase | None:
    """Find the decision about this case that may be carried out now."""
    ready = "consented" if purpose == "continue_membership" else "resolved"
    return next(
        (
            decision
            for decision in facts.decisions
            if decision.purpose == purpose and decision.state == ready
        ),
        None,
    )


def _clause_extends(facts: Facts) -> bool:
    signed = facts.case.standing("sign")
    return signed is not None and signed.inputs.get("prolongation") == "by_consent"


@rule
def right_purpose(facts: Facts) -> Finding:
    """Only a decision to continue a membership goes to the Minister, and none without consent."""
    purpose = _purpose(facts)
    to_minister = facts.row.step == "send_to_voivode" or facts.row.source == "consented"
    if to_minister == (purpose == "continue_membership"):
        return holds(purpose=purpose)
    return broken("minister" if to_minister else "consent", purpose=purpose)


@rule
def reviewed(facts: Facts) -> Finding:
    """A review not older than a year precedes the renewal of an agreement."""
    review = facts.case.last("review")
    if review is None:
        return broken("none")
    earliest = facts.date.earliest
    if earliest is not None and review.date.certainly_before(add_months(earliest, -12)):
        return broken("old", reviewed=review.date.text)
    return holds(reviewed=review.date.text)


@rule
def notice_kept(facts: Facts) -> Finding:
    """The end is not before the day after the last day in force."""
    valid = validity(facts.case)
    if valid is None or valid.last is None:
        raise Missing("last_day")
    if facts.row.step == "expire" and valid.prolongation is not None:
        return broken("prolongs", last=str(valid.last))
    early = facts.date.certainly_not_after(valid.last)
    return broken(last=str(valid.last)) if early else holds(last=str(valid.last))


@rule
def prolonged_by_clause(facts: Facts) -> Finding:
    """Only the agreement's own clause prolongs it, once its term has run."""
    valid = validity(facts.case)
    if valid is None or valid.prolongation is None or valid.last is None:
        return broken("none")
    early = facts.date.certainly_not_after(valid.last)
    return broken("early", last=str(valid.last)) if early else holds(last=str(valid.last))


@rule
def as_it_was(facts: Facts) -> Finding:
    """A court returns the case to where the annulment found it, and no further."""
    if facts.row.step == "restore":
        about = facts.text("about")
        annulled = [d for d in facts.decisions if d.reference == about and d.state == "annulled"]
        return holds(decision=about) if annulled else broken("decision", decision=about)
    annulment = facts.case.last("annul")
    was = annulment.source if annulment is not None else "none"
    if (facts.row.step == "reinstate") == (was in AT_WORK):
        return holds(was=was)
    return broken("reinstate" if was in AT_WORK else "uphold", was=was)


@rule
def in_order(facts: Facts) -> Finding:
    """No date is certainly after today, or certainly before the act the step rests on."""
    for name, value in facts.inputs.items():
        spec = facts.definition.inputs.get(name)
        if not isinstance(value, PartialDate) or (spec is not None and spec.future):
            continue
        if value.certainly_after(facts.today):
            return broken("future", name=name, date=value.text, today=str(facts.today))
    before = _rests_on(facts)
    if before is not None and facts.row.moves and facts.date.certainly_before(before.date):
        return broken("before", date=facts.date.text, step=before.step, other=before.date.text)
    return holds()


def _rests_on(facts: Facts) -> Act | None:
    """Give the last act that moved the case; acts that left it where it was are not rested on."""
    return next((act for act in reversed(facts.case.acts) if act.moved), None)
