"""What the rules say of acts that happened before the register, as the sources tell them.

They are the same rules that are asked of a step. Only what is absent means something else: a
source that names no resolution does not say that there was none, so what would refuse a step today
is a question about the past. Two known facts that break a rule are an irregularity, and stay one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from models.vocabulary import Form, Outcome
from workflow import law
from workflow.dates import UNKNOWN, PartialDate
from workflow.definition import Row
from workflow.facts import Act, Actor, Finding
from workflow.judge import judge
from workflow.questions import Doubt
from workflow.reading import File, facts
from workflow.unit import Unit

ASKED = (
    ("propose", Form.INFORMAL, "informal", ("right_partner", "outside_europe", "one_field")),
    ("adopt", None, "before_council", ("number_format", "absolute_majority")),
    ("sign", None, "resolved", ("council_first", "twin_exclusive", "definite_term")),
    ("sign", None, "endorsed", ("programme_basis", "definite_term")),
    ("confer", None, "resolved", ("council_first",)),
    ("apply", None, "consented", ("council_first",)),
    ("admit", None, "applied", ("consent_first",)),
    ("terminate", None, "in_force", ("in_order",)),
)
"""The steps a case would have taken (step, form, from where) and which of their rules a source can
answer. What only the papers of the day would show (signatures, countersignatures, drafts) is not
asked of history."""

ABSENT = {
    ("council_first", "none"): "resolution",
    ("definite_term", "none"): "term",
    ("one_field", "sectoral"): "fields",
    ("programme_basis", ""): "under",
    ("consent_first", "none"): "consent",
}
"""Where a rule calls it broken that something is not on file: the fact that may be on paper."""

ENDED = frozenset({"expired", "terminated", "closed"})
SELF_GOVERNMENT = "usg-14"
"""The Act under which the City has a Council of its own: nothing older is asked about it."""
THE_ACT_OF_2000 = "zrzeszenia-"
"""How the provisions on memberships are called; older memberships needed no consent, whatever the
City's own undated page says of them today (domain.md 1.6)."""


@dataclass(frozen=True, slots=True)
class Told:
    """Where the sources put a case, and what they say of it.

    Attributes:
        date: since when it stands there.
        said: inputs of the definition as values; `resolution_date`, `consent_date` as EDTF;
            `absent` names what a person has found never to have existed.
    """

    form: Form
    state: str
    date: PartialDate
    said: Mapping[str, Any]

    @property
    def began(self) -> PartialDate:
        """When it came into force, or was signed: for a case that has ended, not its end."""
        if self.state not in ENDED:
            return self.date
        began = self.said.get("in_force_from")
        return began if isinstance(began, PartialDate) else UNKNOWN

    def when(self, name: str) -> PartialDate:
        """Give a date that no input of the definition holds."""
        text = self.said.get(name)
        return PartialDate.parse(str(text)) if text is not None else UNKNOWN


def look_back(unit: Unit, of: File, told: Told, actor: Actor) -> tuple[Finding, ...]:
    """Ask of a case what its steps would have been asked, as far as the sources can answer."""
    return tuple(
        finding
        for step, form, source, wanted in ASKED
        if (row := _row(of, step, form or told.form, source, told, wanted)) is not None
        for finding in _asked(unit, of, row, told, actor)
    )


def doubts(findings: Iterable[Finding], row: int | None) -> Iterator[Doubt]:
    """Make a question of each fact that rules lack, however many of them lack it."""
    lacking: dict[str, list[str]] = {}
    for finding in findings:
        if finding.outcome == Outcome.UNDECIDED and finding.needs is not None:
            lacking.setdefault(finding.needs, []).append(finding.rule)
    for needs, rules in lacking.items():
        yield Doubt(needs, {"rules": rules}, rules[0], row)


def irregular(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Give the findings that two known facts break."""
    return tuple(finding for finding in findings if finding.outcome == Outcome.BROKEN)


def _row(
    of: File, step: str, form: Form, source: str, told: Told, wanted: tuple[str, ...]
) -> Row | None:
    """Give the row of the lifecycle that the case would have passed, with the rules to ask."""
    if told.form is Form.INFORMAL or (step == "admit" and told.state == "applied"):
        return None
    if step == "terminate" and told.state not in ENDED:
        return None
    row = of.definition.row(form, source, step, told.form)
    if row is None or row.new_form is not told.form:
        return None
    asked = tuple(rule for rule in row.rules if rule in wanted and _concerns(rule, told))
    # No document of that time lies in the register.
    return replace(row, rules=asked, documents=()) if asked else None


def _concerns(rule: str, told: Told) -> bool:
    """Say whether the past can be asked a rule at all."""
    if rule == "twin_exclusive":
        # What has ended stands beside no other twin of today.
        return told.state not in ENDED
    # Which fields a wide agreement covers no register tells; a sectoral one is known by its own.
    return rule != "one_field" or told.form is Form.SECTORAL


def _asked(unit: Unit, of: File, row: Row, told: Told, actor: Actor) -> Iterator[Finding]:
    date = {
        "adopt": told.when("resolution_date"),
        "terminate": told.date,
    }.get(row.step, told.began)
    acts = tuple(_acts(told, unit, actor))
    case = replace(of.case, form=row.form, state=row.source, acts=acts)
    inputs = {**told.said, "date": date}
    verdict = judge(facts(unit, replace(of, case=case), row, inputs, actor))
    for finding in verdict.findings:
        basis = of.definition.rules[finding.rule].basis
        if _before_the_law(basis, told.form, told.began if date == UNKNOWN else date):
            yield Finding(
                finding.rule,
                Outcome.NOT_APPLICABLE,
                variant="before_the_law",
                strength=finding.strength,
            )
        else:
            yield _as_history(finding, told)


def _before_the_law(basis: Iterable[str], form: Form, date: PartialDate) -> bool:
    provisions = law.law()
    since = provisions[SELF_GOVERNMENT].valid_from
    if since is not None and date.certainly_before(since):
        return True
    of_2000 = [provisions[name] for name in basis if name.startswith(THE_ACT_OF_2000)]
    return (
        form is Form.ASSOCIATION
        and bool(of_2000)
        and not any(provision.counts_for(date) for provision in of_2000)
    )


def _as_history(finding: Finding, told: Told) -> Finding:
    """Turn what is merely absent into what is unknown, unless a person found it never existed."""
    needs = ABSENT.get((finding.rule, finding.variant))
    if (
        finding.outcome != Outcome.BROKEN
        or needs is None
        or needs in told.said.get("absent", ())
        or finding.facts.get("count")
    ):
        return finding
    return replace(finding, outcome=Outcome.UNDECIDED, variant="", facts={}, needs=needs)


def _acts(told: Told, unit: Unit, actor: Actor) -> Iterator[Act]:
    """Give the acts the sources name that a later step would have rested on."""
    said = told.said
    moment, who = unit.now(), actor.person

    def act(
        step: str,
        source: str,
        target: str,
        date: PartialDate,
        **inputs: Any,  # noqa: ANN401 - values of any input
    ) -> Act:
        return Act(
            1, step, told.form, source, told.form, target, date, moment, who, None, "", inputs,
        )  # fmt: skip

    if "resolution" in said or "resolution_date" in said:
        number = said.get("resolution", "?")
        date = told.when("resolution_date")
        yield act("adopt", "before_council", "resolved", date, resolution=number)
    if "consent" in said:
        date = told.when("consent_date")
        yield act("consent", "before_minister", "consented", date, decision=said["consent"])
    if told.state in ENDED:
        yield act("sign", "resolved", "in_force", told.began)
