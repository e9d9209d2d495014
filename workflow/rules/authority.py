"""Rules about what must come first: the resolution, the voivode, the Minister, the dates."""

from workflow.clock import last_day
from workflow.dates import PartialDate
from workflow.facts import Act, Facts, Finding, Missing
from workflow.inputs import encode
from workflow.rules.asking import (
    ALL_ATTACHED,
    SUPERVISION_DAYS,
    broken,
    holds,
    not_applicable,
    rule,
)
from workflow.rules.life import lapsed


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
    if not isinstance(delivered, PartialDate):
        return broken("no_delivery")
    if delivered.earliest is None:
        raise Missing("present.delivered_on")
    last = last_day(delivered.earliest, SUPERVISION_DAYS, "days", doing=False)
    return broken("early", last=str(last)) if facts.date.certainly_not_after(last) else holds()


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


@rule
def in_order(facts: Facts) -> Finding:
    """No date is certainly after today, nor before the act the step rests on, nor too late.

    What is done to a cooperation in force is done no later than its last day (domain.md F4).
    """
    for name, value in facts.inputs.items():
        spec = facts.definition.inputs.get(name)
        if not isinstance(value, PartialDate) or (spec is not None and spec.future):
            continue
        if value.certainly_after(facts.today):
            return broken("future", name=name, date=value.text, today=str(facts.today))
    before = _rests_on(facts)
    if before is not None and facts.row.moves and facts.date.certainly_before(before.date):
        return broken("before", date=facts.date.text, step=before.step, other=before.date.text)
    if (last := lapsed(facts)) is not None:
        return broken("lapsed", date=facts.date.text, last=str(last))
    return holds()


def _rests_on(facts: Facts) -> Act | None:
    """Give the last act that moved the case; acts that left it where it was are not rested on.

    An annulment rests on the resolution it strikes: it is dated before it is delivered, and the
    City may have signed in between.
    """
    struck = facts.case.resolution if facts.row.step == "annul" else None
    return struck or next((act for act in reversed(facts.case.acts) if act.moved), None)
