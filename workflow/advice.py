"""Answers, not only refusals: what can be done now, who may do it, and why a step is not lawful."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from models.vocabulary import Form, Outcome
from workflow import inputs as typed
from workflow.definition import Definition, Row
from workflow.errors import InputFaults, StepNotOpen, StepUnknown
from workflow.facts import Actor, Finding
from workflow.judge import Verdict, judge
from workflow.reading import File, facts
from workflow.rules.asking import PURPOSE_OF
from workflow.unit import Unit


@dataclass(frozen=True, slots=True)
class Choice:
    """A step that starts where the case stands.

    Attributes:
        mine: whether the person asking may record it.
        verdict: what the rules say before the inputs exist.
    """

    row: Row
    mine: bool
    verdict: Verdict

    @property
    def barred(self) -> tuple[Finding, ...]:
        """What stops it already, whatever the inputs will be."""
        return tuple(f for f in self.verdict.blocking if f.outcome == Outcome.BROKEN)


def options(unit: Unit, of: File, actor: Actor) -> tuple[Choice, ...]:
    """Give every step that starts here; one that sets the form once for each form."""
    return tuple(
        Choice(
            row, bool(actor.roles & set(row.recorded_by)), judge(facts(unit, of, row, {}, actor))
        )
        for row in of.definition.at(of.case.form, of.case.state)
    )


def why(unit: Unit, of: File, step: str, words: Mapping[str, str], actor: Actor) -> Verdict:
    """Ask the rules of a step with the inputs there are; what is not there yet is undecided.

    Raises:
        StepUnknown, StepNotOpen, InputFaults: as `row_for`, and for inputs that are wrong.
    """
    row = row_for(unit, of, step, words, actor)
    given = typed.read(step, of.definition.specs(row), row.optional, words, complete=False)
    return judge(facts(unit, of, row, given, actor))


def row_for(unit: Unit, of: File, step: str, words: Mapping[str, str], actor: Actor) -> Row:
    """Find the row of a step where the case stands.

    Raises:
        StepUnknown: the definition has no such step.
        StepNotOpen: it does not start here; what its rules would say is told as well.
        InputFaults: the step sets the form and none, or none it can set, was given.
    """
    case, edition = of.case, of.definition
    if step not in edition.steps:
        raise StepUnknown(
            step=step,
            steps=tuple(edition.steps),
            near=get_close_matches(step, edition.steps),
            reference=case.reference,
        )
    here = [row for row in edition.at(case.form, case.state) if row.step == step]
    if not here:
        raise StepNotOpen(
            reference=case.reference,
            step=step,
            state=case.state,
            form=case.form,
            open=tuple(dict.fromkeys(row.step for row in edition.at(case.form, case.state))),
            findings=_what_the_rules_say(unit, of, step, actor),
            since=of.since,
            last=of.events[-1] if of.events else None,
        )
    if len(here) == 1:
        return here[0]
    forms = tuple(row.new_form.value for row in here)
    wanted = words.get("form", "").strip().lower().replace("-", "_").replace(" ", "_")
    chosen = edition.row(case.form, case.state, step, Form(wanted)) if wanted in forms else None
    if chosen is None:
        spec = edition.inputs["form"]
        fault = "not_a_choice" if wanted else "missing"
        raise InputFaults(
            step,
            [
                {
                    "name": "form",
                    "value": words.get("form", ""),
                    "fault": fault,
                    "choices": forms,
                    "label": spec.label,
                    "spec": spec,
                }
            ],
        )
    return chosen


def can_be_carried_out(edition: Definition, form: Form, purpose: str) -> None:
    """Let through a decision that some step on a cooperation of this form would carry out.

    Nobody continues the membership of a city: the Council would decide in vain.

    Raises:
        InputFaults: no step of the form is for this purpose; those there are for are named.
    """
    spec = edition.inputs["purpose"]
    steps = {row.step for row in edition.all_rows() if row.form is form}
    purposes = {PURPOSE_OF[step] for step in steps if step in PURPOSE_OF}
    wanted = purpose.strip().lower().replace("-", "_").replace(" ", "_")
    if wanted in spec.of and wanted not in purposes:
        fault: Mapping[str, object] = {
            "name": "purpose",
            "value": purpose,
            "fault": "not_a_choice",
            "choices": tuple(one for one in spec.of if one in purposes),
            "label": spec.label,
            "spec": spec,
        }
        raise InputFaults("raise", [fault])


def _what_the_rules_say(unit: Unit, of: File, step: str, actor: Actor) -> tuple[Finding, ...]:
    """Ask the rules of a step that does not start here, where it does start for this form.

    An application before the Minister's consent is not merely out of turn: the refusal names
    the article.
    """
    row = next(
        (
            row
            for row in of.definition.all_rows()
            if row.step == step and row.form is of.case.form and row.form is row.new_form
        ),
        None,
    )
    if row is None:
        return ()
    verdict = judge(facts(unit, of, row, {}, actor))
    return tuple(finding for finding in verdict.findings if finding.outcome == Outcome.BROKEN)
