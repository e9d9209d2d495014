"""Rules about what is proposed: the partner, the form, its reasons and its fields."""

from collections.abc import Iterable

from models.vocabulary import Form
from workflow.facts import Facts, Finding, Missing
from workflow.geography import EUROPE, EUROPEAN, TRANSCONTINENTAL
from workflow.inputs import Term
from workflow.rules.asking import (
    AGREEMENTS,
    AT_WORK,
    CITIES,
    ENDED,
    ON_ITS_WAY,
    RIGHT_KINDS,
    broken,
    holds,
    not_applicable,
    proposed,
    purpose_of,
    rule,
)


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
    fields = _alike(facts.items("fields"))
    for other in facts.siblings:
        if (
            other.partner_id == facts.partner.id
            and other.form is facts.row.new_form
            and other.state not in ENDED
            and other.reference not in {facts.case.reference, facts.given("continues")}
            and (other.form is not Form.SECTORAL or fields & _alike(other.fields))
        ):
            return broken(other=other.reference, state=other.state, form=other.form)
    return holds()


def _alike(fields: Iterable[str]) -> set[str]:
    return {field.casefold() for field in fields}


@rule
def twin_exclusive(facts: Facts) -> Finding:
    """One twin city in a country (seeds/003)."""
    country = facts.partner.country
    if country is None:
        raise Missing("partner.country")
    continued = proposed(facts, "continues")
    for other in facts.siblings:
        if (
            other.form is Form.TWINNING
            and other.country == country
            and other.state in ON_ITS_WAY | AT_WORK
            and other.reference != facts.case.reference
            # A new text with the same city succeeds the old one, which it then supersedes.
            and (other.partner_id, other.reference) != (facts.partner.id, continued)
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
    return holds() if proposed(facts, "features") else broken()


@rule
def one_field(facts: Facts) -> Finding:
    """A sectoral agreement names exactly one field, the wide ones at least one."""
    fields = proposed(facts, "fields")
    count = len(fields) if isinstance(fields, tuple) else 0
    if facts.row.new_form is Form.SECTORAL:
        return holds() if count == 1 else broken("sectoral", count=count)
    return holds() if count else broken("none")


@rule
def wide_scope(facts: Facts) -> Finding:
    """The wide agreements cover more than one field."""
    fields = proposed(facts, "fields")
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
    elif form is not Form.DECISION or purpose_of(facts) not in {"end", "suspend"}:
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
    """A programme rests on an agreement in force with its partner or on a Council resolution."""
    if facts.given("resolution"):
        return holds(resolution=facts.text("resolution"))
    under = facts.under
    if (
        under is not None
        and under.state == "in_force"
        and under.form in AGREEMENTS
        and under.partner_id == facts.partner.id
    ):
        return holds(under=under.reference)
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


@rule
def definite_term(facts: Facts) -> Finding:
    """Agreements and programmes are for a definite period."""
    term = proposed(facts, "term")
    if not isinstance(term, Term):
        return broken("none")
    return holds() if term.definite else broken("indefinite")
