"""Rules about a cooperation in force, and its end."""

import datetime as dt

from workflow.clock import add_months
from workflow.facts import DecisionCase, Facts, Finding, Missing
from workflow.project import validity
from workflow.rules.asking import AT_WORK, MAYORS, PURPOSE_OF, broken, holds, purpose_of, rule

WHILE_IN_FORCE = frozenset(PURPOSE_OF) | {"withdraw_notice"}
"""Steps on a cooperation that its last day in force ends."""


@rule
def decided(facts: Facts) -> Finding:
    """A decision of that purpose stands behind what happens to a cooperation in force."""
    step, form = facts.row.step, facts.row.form
    if step == "renew" and facts.given("clause") and _clause_extends(facts):
        return holds()
    if form in MAYORS:
        return holds() if facts.given("ordinance") else broken("mayor")
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
    signed = facts.case.standing("sign", "enter")
    return signed is not None and signed.inputs.get("prolongation") == "by_consent"


@rule
def right_purpose(facts: Facts) -> Finding:
    """Only a decision to continue a membership goes to the Minister, and none without consent."""
    purpose = purpose_of(facts)
    to_minister = facts.row.step == "send_to_voivode" or facts.row.source == "consented"
    if to_minister == (purpose == "continue_membership"):
        return holds(purpose=purpose)
    return broken("minister" if to_minister else "consent", purpose=purpose)


@rule
def reviewed(facts: Facts) -> Finding:
    """A review not older than a year precedes the renewal of an agreement."""
    review = next(
        (
            act
            for act in reversed(facts.case.acts)
            if act.step == "review" and not act.date.certainly_after(facts.date)
        ),
        None,
    )
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
    if facts.row.step == "expire" and _prolongs_by_unknown(facts):
        raise Missing("prolongation_months")
    early = facts.date.certainly_not_after(valid.last)
    return broken(last=str(valid.last)) if early else holds(last=str(valid.last))


def _prolongs_by_unknown(facts: Facts) -> bool:
    """Say whether it prolongs itself and nobody has stated by how much."""
    signed = facts.case.standing("sign", "enter")
    return (
        signed is not None
        and signed.inputs.get("prolongation") == "automatic"
        and not signed.inputs.get("prolongation_months")
        and facts.row.source != "in_notice"
    )


def lapsed(facts: Facts) -> dt.date | None:
    """Give the last day in force where a step on the cooperation comes after it; None: in time.

    Whether time has been recorded yet makes no difference; what prolongs itself has not lapsed.
    """
    if facts.row.step not in WHILE_IN_FORCE or _prolongs_by_unknown(facts):
        return None
    valid = validity(facts.case)
    if valid is None or valid.last is None or valid.prolongation is not None:
        return None
    return valid.last if facts.date.certainly_after(valid.last) else None


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
        purpose = "suspend" if facts.row.source == "suspended" else "end"
        # Carried out is final, so it is this very step that records the annulment.
        acted = any(
            (decision.reference, decision.purpose, decision.state)
            == (about, purpose, "carried_out")
            for decision in facts.decisions
        )
        undone = any(
            act.step == "restore" and act.inputs.get("about") == about for act in facts.case.acts
        )
        if acted and not undone:
            return holds(decision=about)
        return broken("decision", decision=about)
    annulment = facts.case.last("annul")
    if annulment is None:
        raise Missing("annul")
    was = annulment.source
    if (facts.row.step == "reinstate") == (was in AT_WORK):
        return holds(was=was)
    return broken("reinstate" if was in AT_WORK else "uphold", was=was)
