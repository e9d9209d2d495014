"""Turn an error into what a person reads: which rule, which article, which fact, what cures it."""

import sys
import traceback
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from commands.printing import paragraph, plain, write
from commands.speech import language, say
from commands.usage import WRONG_USAGE
from models.vocabulary import Language, Outcome, Strength
from workflow.errors import AccordError, DefinitionFaulty, InputFaults, WriteRefused
from workflow.facts import Finding
from workflow.messages import Speech

FAILED = 1
WRONG_WORDS = frozenset({"not_a_date"})
"""Codes of lower layers that mean the command was typed wrongly."""


def explain(error: Exception) -> int:
    """Print an error of the program and give the exit code; never a traceback for a user."""
    known = _known(error)
    if known is None:
        return _unforeseen(error)
    from workflow.lifecycle import definition

    speech = Speech(Language(language()), definition())
    write(_lines(speech, known), err=True)
    return known.exit_code


def _known(error: Exception) -> AccordError | None:
    """Take an error for one of ours, or make it one; None for a fault of the program itself."""
    if isinstance(error, AccordError):
        return error
    if isinstance(error, (OSError, UnicodeError)):
        return FileFailed(reason=str(error))
    code, facts = getattr(error, "code", None), getattr(error, "facts", None)
    if isinstance(code, str) and isinstance(facts, Mapping):
        return Foreign(code, facts)
    # What was not loaded has raised nothing, and in a broken environment it cannot be loaded.
    return _refused_by_database(error) if "sqlalchemy" in sys.modules else None


def _refused_by_database(error: Exception) -> AccordError | None:
    """Name the guard that refused a write, or give the database's own words."""
    from sqlalchemy.exc import DBAPIError

    from models.refusals import refusal_of

    if not isinstance(error, DBAPIError):
        return None
    refusal = refusal_of(error)
    reason = str(error.orig).strip().splitlines()[0] if error.orig else str(error)
    return WriteRefused(reason=reason, refusal=refusal.name.lower() if refusal else "database")


class FileFailed(AccordError):
    """A file could not be read or written; `reason` is the system's own."""

    code = "file_failed"


class Foreign(AccordError):
    """An error of a lower layer that carries a code and facts as ours do."""

    def __init__(self, code: str, facts: Mapping[str, object]) -> None:
        self.code = code  # type: ignore[misc] # the lower layer's own code stands in for ours
        self.exit_code = WRONG_USAGE if code in WRONG_WORDS else FAILED  # type: ignore[misc] # as the code
        super().__init__(**facts)


def _lines(speech: Speech, error: AccordError) -> Iterable[str]:
    facts = {**error.facts, "error": error.code}
    sentence = speech.error(error.code, facts)
    yield from paragraph(sentence.what, first="accord: ", rest="  ")
    if isinstance(error, InputFaults):
        for fault in error.faults:
            told = speech.fault(fault)
            yield from paragraph(told.what, first="  - ")
            yield from paragraph(told.cure, first="    ")
    if isinstance(error, DefinitionFaulty):
        for line in error.faults:
            yield from paragraph(line, first="  - ")
    findings = error.facts.get("findings", ())
    if isinstance(findings, Sequence) and findings:
        yield from told_findings(
            speech,
            [finding for finding in findings if isinstance(finding, Finding)],
            reference=str(error.facts.get("reference", "")),
            step=str(error.facts.get("step", "")),
        )
    if sentence.cure:
        yield from paragraph(sentence.cure, first="  -> ")


MARKS = {
    Outcome.HOLDS: "+",
    Outcome.OVERRIDDEN: "~",
    Outcome.NOT_APPLICABLE: "o",
    Outcome.UNDECIDED: "?",
    Outcome.BROKEN: "x",
}


def told_findings(
    speech: Speech, findings: Sequence[Finding], *, reference: str, step: str, whole: bool = False
) -> Iterable[str]:
    """Tell findings: what is broken with its article and cure first, what holds in one line.

    Args:
        speech: the sentences.
        findings: of one step.
        reference: of the case, for the commands that cure.
        step: for the same.
        whole: tell what holds sentence by sentence too.
    """
    from workflow.law import law
    from workflow.lifecycle import definition

    edition = definition()
    provisions = law()
    tongue = Language(language())
    quiet: list[str] = []
    for finding in findings:
        spec = edition.rules[finding.rule]
        if finding.outcome in {Outcome.HOLDS, Outcome.NOT_APPLICABLE} and not whole:
            quiet.append(finding.rule)
            continue
        mark = "!" if _warns(finding) else MARKS[Outcome(finding.outcome)]
        told = speech.finding(
            finding.rule,
            finding.outcome,
            finding.variant,
            finding.facts,
            finding.needs,
            reference=reference,
            step=step,
            strength=finding.strength,
            waived_by=finding.waived_by,
        )
        yield from paragraph(
            f"{finding.rule} ({spec.label[tongue]}): {told.what}", first=f"  {mark} "
        )
        if finding.outcome in {Outcome.BROKEN, Outcome.UNDECIDED}:
            articles = "; ".join(provisions[name].citation[tongue] for name in spec.basis)
            yield from paragraph(articles, first="    ")
            if told.cure:
                yield from paragraph(told.cure, first="    -> ")
    if quiet:
        yield from paragraph(", ".join(quiet), first=say("  + w porządku: ", "  + in order: "))


def _warns(finding: Finding) -> bool:
    return finding.strength is Strength.WARN and finding.outcome in {
        Outcome.BROKEN,
        Outcome.UNDECIDED,
    }


def _unforeseen(error: Exception) -> int:
    """Say that the program itself failed; nothing was written, and the trace is kept on request."""
    write(
        paragraph(
            say(
                f"Błąd programu: {type(error).__name__}: {plain(error)}. Niczego nie zapisano.",
                f"The program failed: {type(error).__name__}: {plain(error)}. Nothing was written.",
            ),
            first="accord: ",
            rest="  ",
        ),
        err=True,
    )
    where = traceback.extract_tb(error.__traceback__)[-1]
    trace = say("ze śladem: ", "with its trace: ") + "ACCORD_TRACEBACK=1 accord …"
    place = f"{Path(where.filename).name}, {where.lineno}"
    write([f"  {say('w', 'in')} {place}", f"  -> {trace}"], err=True)
    return FAILED
