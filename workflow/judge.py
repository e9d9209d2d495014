"""Ask the rules of a row; pure, and the same for advance, why, options, plan and proof."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from models.vocabulary import Outcome, Strength
from workflow import law
from workflow.definition import Row
from workflow.facts import Facts, Finding, Missing, Waiver
from workflow.rules import RULES


@dataclass(frozen=True, slots=True)
class Verdict:
    """Every finding about one step, none left out."""

    row: Row
    findings: tuple[Finding, ...]

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """What stops the step: broken or undecided, and more than a warning."""
        return tuple(finding for finding in self.findings if blocks(finding))

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What does not stop the step and belongs before a person's eyes."""
        return tuple(
            finding
            for finding in self.findings
            if finding.outcome in {Outcome.BROKEN, Outcome.UNDECIDED, Outcome.OVERRIDDEN}
            and not blocks(finding)
        )

    @property
    def lawful(self) -> bool:
        """Say whether the step may be recorded."""
        return not self.blocking


def blocks(finding: Finding) -> bool:
    """Say whether a finding stops a step; a fact that is missing stops it as surely as a breach."""
    return (
        finding.outcome in {Outcome.BROKEN, Outcome.UNDECIDED}
        and finding.strength is not Strength.WARN
    )


def judge(facts: Facts) -> Verdict:
    """Ask every rule of the step, without stopping at the first that is broken."""
    return Verdict(facts.row, tuple(_ask(name, facts) for name in facts.row.rules))


def _ask(name: str, facts: Facts) -> Finding:
    spec = facts.definition.rules[name]
    strength = _strength(name, facts)
    if not law.count_for(spec.basis, facts.date):
        return Finding(name, Outcome.NOT_APPLICABLE, variant="before_the_law", strength=strength)
    try:
        answer = RULES[name](facts)
    except Missing as missing:
        return Finding(name, Outcome.UNDECIDED, needs=missing.needs, strength=strength)
    finding = Finding(name, answer.outcome, answer.facts, answer.variant, None, strength)
    if finding.outcome is Outcome.BROKEN and strength is Strength.OVERRIDE:
        waiver = _waiver(finding, facts)
        if waiver is not None:
            return replace(
                finding, outcome=Outcome.OVERRIDDEN, waived_by="+".join(sorted(waiver.by))
            )
    return finding


def _strength(name: str, facts: Facts) -> Strength:
    """Give the strength at this step: the step's own, a dated setting's, or the rule's."""
    if (own := facts.row.strengths.get(name)) is not None:
        return own
    setting = facts.settings.on(f"strength.{name}", facts.day)
    return (
        facts.definition.rules[name].strength if setting is None else Strength(str(setting.value))
    )


def _waiver(finding: Finding, facts: Facts) -> Waiver | None:
    """Find a grant that still serves: for this step, on the same facts, by somebody else.

    It serves the next such step only, so one granted before the last of them no longer counts.
    """
    taken = facts.case.last(facts.row.step)
    return next(
        (
            waiver
            for waiver in _granted(facts.case.waivers, facts.row.step)
            if _serves(waiver, finding, facts, taken.sequence if taken else 0)
        ),
        None,
    )


def _granted(waivers: Iterable[Waiver], step: str) -> Iterable[Waiver]:
    return (waiver for waiver in waivers if waiver.granted and waiver.step == step)


def _serves(waiver: Waiver, finding: Finding, facts: Facts, taken: int) -> bool:
    return (
        (waiver.rule, waiver.variant, waiver.facts)
        == (finding.rule, finding.variant, finding.facts)
        and waiver.sequence > taken
        and not waiver.by & facts.actor.names
    )
