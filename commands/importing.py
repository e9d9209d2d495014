"""What a person sees of an import: the bars while it runs, then what it did or what is wrong."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.printing import paragraph, write
from commands.speech import language, say
from workflow.lifecycle import definition

if TYPE_CHECKING:
    from register.importing_layout import Translation
    from register.importing_tables import RowFault
    from register.importing_taking import Outcome


def translation(mapping: Path | None) -> "Translation":
    """Read the office's own map; a faulty one ends the command.

    Raises:
        click.exceptions.Exit: it has faults, all of which were told.
    """
    from register.importing_layout import PLAIN, translation

    if mapping is None:
        return PLAIN
    words, faults = translation(mapping.read_text("utf-8"))
    if faults:
        write(faulty(mapping.name, faults, 0), err=True)
        raise click.exceptions.Exit(1)
    return words


class _Bars:
    """A bar for what is being done, drawn over the one before it."""

    def __init__(self) -> None:
        self._what = ""
        self._bar: Any = None

    def __call__(self, what: str, done: int, of: int) -> None:
        """Draw how much is done."""
        if what != self._what:
            self.close()
            label = say("czytanie", "reading") if what == "read" else say("zapis", "writing")
            self._what = what
            self._bar = click.progressbar(length=max(of, 1), label=label, file=sys.stderr)
            self._bar.__enter__()
        self._bar.update(done - self._bar.pos)

    def close(self) -> None:
        """Leave the last bar as it is."""
        if self._bar is not None:
            self._bar.__exit__(None, None, None)


@contextmanager
def progress() -> Iterator[Any]:
    """Draw bars where a person sees them; elsewhere say nothing."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda *_: None
        return
    bars = _Bars()
    try:
        yield bars
    finally:
        bars.close()


def imported(name: str, outcome: "Outcome", *, dry: bool) -> list[str]:
    """Tell what an import did, or everything that is wrong with its file."""
    if outcome.faults:
        return faulty(name, outcome.faults, outcome.more_faults)
    counted = (
        (outcome.entered, say("wpisano spraw", "cases entered")),
        (outcome.corrected, say("poprawiono", "corrected")),
        (outcome.anew, say("wpisano na nowo", "entered anew")),
        (outcome.same, say("bez zmian", "unchanged")),
        (outcome.partners, say("nowych partnerów", "new partners")),
        (outcome.set_aside, say("odłożono wierszy", "rows set aside")),
        (outcome.irregular, say("nieprawidłowości", "irregularities")),
        (outcome.asked, say("pytań", "questions")),
    )
    told = ", ".join(f"{what}: {count}" for count, what in counted if count)
    lines = paragraph(f"{name}: {told}." if told else f"{name}")
    if dry:
        return [*lines, say("Próba: niczego nie zapisano.", "A dry run: nothing was written.")]
    if outcome.batch is None:
        return [*lines, say("Nie było nic nowego.", "There was nothing new.")]
    return [
        *lines,
        say(
            f"Import {outcome.batch}. Dalej: accord register report, accord register questions",
            f"Import {outcome.batch}. Next: accord register report, accord register questions",
        ),
    ]


def faulty(name: str, faults: "Sequence[RowFault]", more: int) -> list[str]:
    """Tell what is wrong with a file: where, with the value, and what to write instead."""
    from models.vocabulary import Language
    from workflow.messages import Speech

    speech = Speech(Language(language()), definition())
    total = len(faults) + more
    lines = paragraph(
        say(
            f"{name}: błędów {total}. Niczego nie zapisano.",
            f"{name}: faults {total}. Nothing was written.",
        )
    )
    for fault in faults:
        row = [] if fault.row is None else [say(f"wiersz {fault.row}", f"row {fault.row}")]
        where = ", ".join([*row, *filter(None, [fault.column])])
        facts = {**fault.facts, "value": fault.value}
        told = speech.tell("import", fault.id, facts)
        lines += paragraph(f"{where}: {told.what}" if where else told.what, first="  - ")
        lines += paragraph(told.cure, first="    -> ")
    if more:
        lines.append(say(f"  - i jeszcze {more}", f"  - and {more} more"))
    return lines
