"""How a rule answers, and what several rules look up alike."""

import re
from collections.abc import Callable, Mapping

from models.vocabulary import Form, Outcome, PartnerKind
from workflow.facts import Facts, Finding, Missing
from workflow.inputs import Json, Value

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


def proposed(facts: Facts, name: str) -> Value | None:
    """Give what this step says of a matter, or else what was proposed."""
    if (given := facts.given(name)) is not None:
        return given
    proposal = facts.case.proposal
    return proposal.inputs.get(name) if proposal is not None else None


def purpose_of(facts: Facts) -> str:
    """Give the purpose a decision was raised for; a rule cannot do without it."""
    raised = facts.case.last("raise")
    purpose = facts.given("purpose") if raised is None else raised.inputs["purpose"]
    if purpose is None:
        raise Missing("purpose")
    return str(purpose)
