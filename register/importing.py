"""Read a file of real history, whole, before anything of it is written.

Reading needs no lock on the register and keeps the rows on disk (`importing_stage`); what is wrong
with a row is noted and the next one is read. `importing_taking` then writes what was read.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from register import importing_partners
from register.importing_layout import DOMESTIC, Layout, Translation, layout
from register.importing_rows import source_row, texts
from register.importing_stage import Stage
from register.importing_tables import RowFault, TableRow, csv_rows, kind_of

MOST_FAULTS = 10_000
"""Faults that are told one by one; a file with more is another file than was meant."""
EVERY = 64
"""After so many rows the progress is told again."""
CHUNK = 2**20

Progress = Callable[[str, int, int], None]
"""Told what is being done (`read`, `write`), how much of it is, and of how much."""


@dataclass
class Prepared:
    """A file as it was read: its rows wait on the stage, its faults here.

    Attributes:
        more: faults beyond those that are told.
    """

    name: str
    sha256: str
    words: Translation
    layout: Layout | None = None
    rows: int = 0
    faults: list[RowFault] = field(default_factory=list)
    more: int = 0

    def add(self, faults: Sequence[RowFault]) -> None:
        """Note faults, as many as are told."""
        room = MOST_FAULTS - len(self.faults)
        self.faults += faults[:room]
        self.more += max(len(faults) - room, 0)


def read(
    source: BinaryIO,
    name: str,
    words: Translation,
    today: dt.date,
    stage: Stage,
    progress: Progress,
) -> Prepared:
    """Read a file onto a stage, with every fault of every row.

    Args:
        source: the file, seekable, at its beginning.
        name: what it is called, kept with the batch.
        words: the office's own map.
        today: a day of the office.
        stage: an empty one.
        progress: told of the bytes read.
    """
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    source.seek(0)
    prepared = Prepared(name, digest.hexdigest(), words)
    seen = 0
    for item in _rows(source, words):
        if isinstance(item, RowFault):
            prepared.add([item])
        elif prepared.layout is None:
            prepared.layout, faults = layout(item.number, item.cells, words)
            prepared.add(faults)
        else:
            seen += 1
            _read_row(prepared, prepared.layout, item, stage, today)
            if seen % EVERY == 0:
                progress("read", min(source.tell(), size), size)
    prepared.rows = seen
    progress("read", size, size)
    if prepared.layout is not None and not seen and not prepared.faults:
        prepared.add([RowFault("no_rows")])
    return prepared


def _rows(source: BinaryIO, words: Translation) -> Iterator[TableRow | RowFault]:
    kind = kind_of(source)
    if kind == "old_excel":
        yield RowFault("old_excel")
    elif kind == "xlsx":
        from register.importing_xlsx import xlsx_rows  # noqa: PLC0415 - most files are CSV

        yield from xlsx_rows(source, words.is_heading)
    else:
        yield from csv_rows(source, words.is_heading)


def _read_row(
    prepared: Prepared, columns: Layout, item: TableRow, stage: Stage, today: dt.date
) -> None:
    said, faults = texts(item, columns, prepared.words)
    if not said and not faults:
        return
    row, further = source_row(item.number, said, columns, prepared.words, today)
    prepared.add([*faults, *further])
    if row is None or faults:
        return
    if row.kind == DOMESTIC:
        stage.put(row.number, row.key, said, 0, domestic=True)
        return
    also = importing_partners.marks(row.partner, row.country, row.names)
    other = stage.join(row.partner, row.country, row.names, also, row.number)
    stage.put(row.number, row.key, said, other, domestic=False)
