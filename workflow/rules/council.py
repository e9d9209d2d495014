"""Rules about the City Council: opinions, votes, majorities, numbers."""

from collections.abc import Mapping

from models.vocabulary import Form
from workflow.facts import Facts, Finding
from workflow.inputs import encode
from workflow.rules.asking import (
    HALF,
    ORDINANCE,
    RESOLUTION,
    ROMAN,
    broken,
    holds,
    not_applicable,
    purpose_of,
    rule,
)

DATES_ITS_NUMBER = frozenset({"adopt", "submit_to_council", "decide"})
"""Steps that are the numbered act itself; elsewhere the number names an earlier one."""


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
    if (purpose := purpose_of(facts)) == "continue_membership":
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
        year, digits = _year(facts), match[match.lastindex or 0]
        if year and year[-len(digits) :] != digits:
            return broken("year", number=encode(number), year=year)
    return holds()


def _year(facts: Facts) -> str:
    """Give the one year the numbered act can be of; "" where the step does not date it.

    A notice of January may rest on an ordinance of December: its number keeps its own year.
    """
    first, last = facts.date.earliest, facts.date.latest
    if facts.row.step not in DATES_ITS_NUMBER or first is None or last is None:
        return ""
    return str(first.year) if first.year == last.year else ""
