"""Where the rows of a file wait until all of them are known to be sound.

The rows of a case need not stand together, partners are joined across rows and across spellings,
and what the register holds already must be found by name. All that lies in a private database on
disk that vanishes with the import, so that memory does not grow with the file.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from workflow.folding import fold, slug

_TABLES = """
CREATE TABLE source (number INTEGER PRIMARY KEY, key TEXT NOT NULL, said TEXT NOT NULL,
    other INTEGER NOT NULL, domestic INTEGER NOT NULL);
CREATE INDEX source_key ON source (key, number);
CREATE TABLE other (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, country TEXT NOT NULL,
    name_en TEXT NOT NULL, name_pl TEXT NOT NULL, row INTEGER NOT NULL, partner INTEGER);
CREATE INDEX source_other ON source (other);
CREATE TABLE spelling (kind TEXT, country TEXT, spelling TEXT, other INTEGER NOT NULL,
    PRIMARY KEY (kind, country, spelling, other)) WITHOUT ROWID;
CREATE INDEX spelling_other ON spelling (other);
CREATE TABLE disputed (other INTEGER, partner INTEGER, PRIMARY KEY (other, partner))
    WITHOUT ROWID;
CREATE TABLE known (key TEXT PRIMARY KEY, reference TEXT NOT NULL, fingerprint TEXT NOT NULL)
    WITHOUT ROWID;
CREATE TABLE spell (key TEXT PRIMARY KEY, other INTEGER NOT NULL, began TEXT NOT NULL,
    sort TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entered (key TEXT PRIMARY KEY, case_id INTEGER, reference TEXT, sequence INTEGER)
    WITHOUT ROWID;
"""


class Other(NamedTuple):
    """The other side as the rows name it; `partner` is its id in the register, once it has one."""

    id: int
    kind: str
    country: str | None
    name_en: str
    name_pl: str
    row: int
    partner: int | None


class Stage:
    """The rows of one file, by case and by partner."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._base = connection
        connection.executescript(_TABLES)

    # --- the other side ---

    def join(
        self, kind: str, country: str | None, names: Sequence[str], also: Sequence[str], row: int
    ) -> int:
        """Give the number of the other side that bears one of these names; join what they join.

        Args:
            kind: of partner; a city and an association of one name are not the same.
            country: ISO code or None.
            names: English and Polish.
            also: further marks that only this one has (its number in GeoNames).
            row: that names it.
        """
        where = (kind, country or "")
        met = sorted(self._met(where, names, also))
        chosen = met[0] if met else self._new(where, names, row)
        self._into(chosen, met[1:])
        self._spell_out(chosen, where, names, also)
        return chosen

    def keep(
        self, partner: int, kind: str, country: str | None, names: Sequence[str], *also: str
    ) -> None:
        """Find among the others, once all are there, those that are this partner of the register.

        One that more than one partner of the register claims is none of them: a person decides.
        """
        met = self._met((kind, country or ""), names, also)
        free = sorted(number for number, claimed in met.items() if claimed is None)
        for number, claimed in met.items():
            if claimed is not None:
                self._base.execute(
                    "INSERT OR IGNORE INTO disputed VALUES (?, ?), (?, ?)",
                    (number, claimed, number, partner),
                )
        if free:
            self._into(free[0], free[1:])
            self.becomes(free[0], partner)

    def disputed(self) -> Iterator[tuple[int, list[int]]]:
        """Give the rows of each other side that several partners of the register claim."""
        for number, partners in self._base.execute(
            "SELECT source.number, group_concat(partner) FROM disputed"
            " JOIN source ON source.other = disputed.other GROUP BY source.number"
            " ORDER BY source.number"
        ):
            yield number, sorted(map(int, partners.split(",")))

    def _met(
        self, where: tuple[str, str], names: Sequence[str], also: Sequence[str]
    ) -> dict[int, int | None]:
        """Give the others that bear one of the marks, with the partner each of them is."""
        found: dict[int, int | None] = {}
        for mark in (*map(spelt, names), *also):
            found.update(
                self._base.execute(
                    "SELECT other.id, other.partner FROM spelling"
                    " JOIN other ON other.id = spelling.other WHERE spelling.kind = ?"
                    " AND spelling.country = ? AND spelling.spelling = ?",
                    (*where, mark),
                )
            )
        return found

    def _spell_out(
        self, number: int, where: tuple[str, str], names: Sequence[str], also: Sequence[str]
    ) -> None:
        self._base.executemany(
            "INSERT OR IGNORE INTO spelling VALUES (?, ?, ?, ?)",
            [(*where, mark, number) for mark in (*map(spelt, names), *also) if mark],
        )

    def _new(self, where: tuple[str, str], names: Sequence[str], row: int) -> int:
        added = self._base.execute(
            "INSERT INTO other (kind, country, name_en, name_pl, row) VALUES (?, ?, ?, ?, ?)",
            (*where, names[0], names[-1], row),
        )
        assert added.lastrowid is not None  # noqa: S101 - a row was added
        return added.lastrowid

    def _into(self, chosen: int, joined: Sequence[int]) -> None:
        for number in joined:
            for statement in (
                "UPDATE source SET other = ? WHERE other = ?",
                "UPDATE OR REPLACE spelling SET other = ? WHERE other = ?",
            ):
                self._base.execute(statement, (chosen, number))

    def other(self, number: int) -> Other:
        """Give the other side of that number."""
        row = self._base.execute(
            "SELECT id, kind, country, name_en, name_pl, row, partner FROM other WHERE id = ?",
            (number,),
        ).fetchone()
        found = Other(*row)
        return found._replace(country=found.country or None)

    def becomes(self, number: int, partner: int) -> None:
        """Note which partner of the register the other side is."""
        self._base.execute("UPDATE other SET partner = ? WHERE id = ?", (partner, number))

    # --- rows and cases ---

    def put(
        self, number: int, key: str, said: Mapping[str, str], other: int, *, domestic: bool
    ) -> None:
        """Keep a row."""
        self._base.execute(
            "INSERT INTO source VALUES (?, ?, ?, ?, ?)",
            (number, key, json.dumps(said, ensure_ascii=False), other, domestic),
        )

    def disagreeing(self) -> Iterator[tuple[int, str]]:
        """Give the rows that give their case another partner than its first row: number, key."""
        yield from self._base.execute(
            "SELECT later.number, later.key FROM source AS later JOIN source AS first"
            " ON first.number = (SELECT min(number) FROM source WHERE key = later.key)"
            " WHERE (later.other, later.domestic) <> (first.other, first.domestic)"
            " ORDER BY later.number"
        )

    def counts(self) -> tuple[int, int]:
        """Give the number of rows and of cases, without what is set aside."""
        rows, cases = self._base.execute(
            "SELECT count(*), count(DISTINCT key) FROM source WHERE NOT domestic"
        ).fetchone()
        return rows, cases

    def cases(self) -> Iterator[tuple[str, int, list[tuple[int, dict[str, str]]]]]:
        """Give each case: its key, its other side, and its rows with their numbers, as told."""
        heads = self._base.execute(
            "SELECT key, min(number) FROM source WHERE NOT domestic GROUP BY key ORDER BY 2"
        )
        for key, _ in heads:
            rows = self._base.execute(
                "SELECT number, said, other FROM source WHERE key = ? ORDER BY number", (key,)
            ).fetchall()
            yield key, rows[0][2], [(number, json.loads(said)) for number, said, _ in rows]

    def set_aside(self) -> Iterator[tuple[int, str, dict[str, str]]]:
        """Give each row that is set aside: its number, its key and what it says."""
        for number, key, said in self._base.execute(
            "SELECT number, key, said FROM source WHERE domestic ORDER BY number"
        ):
            yield number, key, json.loads(said)

    # --- memberships of one association, one after the other ---

    def spell(self, key: str, other: int, began: str, sort: str) -> None:
        """Note when a membership began."""
        self._base.execute("INSERT INTO spell VALUES (?, ?, ?, ?)", (key, other, began, sort))

    def next_spell(self, key: str) -> tuple[str, str] | None:
        """Give the later membership of the same association: its key and when it began."""
        found: tuple[str, str] | None = self._base.execute(
            "SELECT late.key, late.began FROM spell AS early JOIN spell AS late"
            " ON late.other = early.other AND late.sort > early.sort"
            " WHERE early.key = ? ORDER BY late.sort LIMIT 1",
            (key,),
        ).fetchone()
        return found

    def followed(self) -> Iterator[tuple[str, str]]:
        """Give each membership that a later one follows: the earlier key and the later."""
        yield from self._base.execute(
            "SELECT early.key, (SELECT late.key FROM spell AS late"
            " WHERE late.other = early.other AND late.sort > early.sort"
            " ORDER BY late.sort LIMIT 1) AS later FROM spell AS early WHERE later IS NOT NULL"
        )

    # --- what the register holds ---

    def know(self, key: str, reference: str, fingerprint: str) -> None:
        """Note a case of the register by the key of its sources; the last word counts."""
        self._base.execute(
            "INSERT OR REPLACE INTO known VALUES (?, ?, ?)", (key, reference, fingerprint)
        )

    def known(self, key: str) -> tuple[str, str] | None:
        """Give the reference and the fingerprint of the case of that key, or None."""
        found: tuple[str, str] | None = self._base.execute(
            "SELECT reference, fingerprint FROM known WHERE key = ?", (key,)
        ).fetchone()
        return found

    def note_entered(self, key: str, case_id: int, reference: str, sequence: int) -> None:
        """Note which case a key has become."""
        self._base.execute(
            "INSERT OR REPLACE INTO entered VALUES (?, ?, ?, ?)",
            (key, case_id, reference, sequence),
        )

    def entered(self, key: str) -> tuple[int, str, int] | None:
        """Give the id, the reference and the sequence of the entry of a case of this import."""
        found: tuple[int, str, int] | None = self._base.execute(
            "SELECT case_id, reference, sequence FROM entered WHERE key = ?", (key,)
        ).fetchone()
        return found


def spelt(name: str) -> str:
    """Fold a name to what is compared: no marks, no case, no signs between the words.

    A name in another alphabet is compared as it is folded: it has no Latin letters to keep.
    """
    return slug(name) or fold(name)


@contextmanager
def stage() -> Iterator[Stage]:
    """Hold a stage; SQLite keeps it in a file of its own and takes it away at the end."""
    connection = sqlite3.connect("", isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous=OFF")
        staged = Stage(connection)
        connection.execute("BEGIN")
        yield staged
    finally:
        connection.close()
