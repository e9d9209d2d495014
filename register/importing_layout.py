"""Which column of a file means what: its heading, and the office's own map of words."""

import difflib
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.vocabulary import Form, PartnerKind
from register.importing_tables import Cell, RowFault
from workflow.folding import fold

COLUMNS = (
    "case_key", "act_key", "entity_en", "entity_pl", "country_iso2", "entity_type", "kind",
    "document_name", "date_signed", "date_precision", "resolution_no", "resolution_date",
    "end_date", "term_or_renewal", "status", "status_as_of", "note", "source", "status_source",
)  # fmt: skip
"""What a row may say, in the words of examples/partners.csv."""
NEEDED = ("case_key", "kind")
NAMES = ("entity_en", "entity_pl")
"""One of these is needed as well."""
RECOGNISED = 3
"""A row that names so many columns is the heading."""

DOMESTIC, WORKING, INTENT = "domestic", "working_document", "letter_of_intent"
KINDS: Mapping[str, str] = {
    "": Form.INFORMAL,
    "no agreement": Form.INFORMAL,
    "twin": Form.TWINNING,
    "partner": Form.PARTNERSHIP,
    "honorary": Form.HONORARY_TITLE,
    "letter of intent": INTENT,
    "working document": WORKING,
    "association (domestic)": DOMESTIC,
    **{
        form.value: form.value
        for form in (
            Form.INFORMAL,
            Form.TWINNING,
            Form.PARTNERSHIP,
            Form.HONORARY_TITLE,
            Form.SECTORAL,
            Form.PROGRAMME,
            Form.ASSOCIATION,
        )
    },
}
"""The word of a row, and the form it means or how it stays without one."""

LIVE, EXPIRED, TERMINATED, APPLIED = "in_force", "expired", "terminated", "applied"
STATUSES: Mapping[str, Sequence[str]] = {
    EXPIRED: ("expired", "lapsed", "wygas"),
    TERMINATED: (
        "terminated", "ended", "withdrawn", "dissolved", "superseded", "replaced",
        "rozwiaz", "zakoncz", "wypowiedz", "zastapi", "wystapi",
    ),
    APPLIED: ("application", "applied", "wniosek"),
    LIVE: (
        "listed", "member", "associate member", "full member", "observer", "current", "title held",
        "title awarded", "cooperat", "in force", "active", "obowiazuj", "aktualn", "czlonek",
        "wspolprac",
    ),
}  # fmt: skip
"""How the text of a status begins, folded, and the state it means."""

TABLES = ("columns", "kinds", "types", "statuses", "constants")
MEANINGS: Mapping[str, Sequence[str]] = {
    "kinds": tuple(KINDS),
    "types": tuple(PartnerKind),
    "statuses": tuple(STATUSES),
}


@dataclass(frozen=True, slots=True)
class Translation:
    """The office's own map: its headings and words, folded, and what they mean here.

    Attributes:
        constants: what every row says that the file itself does not.
        ignore: headings that are left out on purpose.
        text: the map as it was written, kept with the batch.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    ignore: frozenset[str] = frozenset()
    text: str | None = None

    def column(self, heading: str) -> str | None:
        """Give the column a heading means, or None."""
        name = fold(heading)
        plain = name.replace(" ", "_")
        return self.columns.get(name) or (plain if plain in COLUMNS else None)

    def is_heading(self, cells: Sequence[Cell]) -> bool:
        """Say whether a row is the heading of the table."""
        known = {self.column(cell.text) for cell in cells} - {None}
        return len(known) >= RECOGNISED or (bool(known) and set(NEEDED) <= known)


PLAIN = Translation()


def translation(text: str) -> tuple[Translation, list[RowFault]]:
    """Read a map; every fault of it at once.

    A map is TOML: `ignore` lists headings to leave out; tables `[columns]` (our column = heading
    of the file), `[kinds]`, `[types]`, `[statuses]` (word of the file = our word) and
    `[constants]` (our column = what every row says).
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        return PLAIN, [RowFault("map_not_toml", value=str(wrong))]
    faults = list(_faults_of_map(data))
    if faults:
        return PLAIN, faults
    columns: Mapping[str, str] = data.get("columns", {})
    words = {
        table: {fold(word): meaning for word, meaning in data.get(table, {}).items()}
        for table in MEANINGS
    }
    return (
        Translation(
            {fold(heading): column for column, heading in columns.items()},
            words["kinds"],
            words["types"],
            words["statuses"],
            data.get("constants", {}),
            frozenset(fold(heading) for heading in data.get("ignore", ())),
            text,
        ),
        [],
    )


def _faults_of_map(data: Mapping[str, Any]) -> Iterator[RowFault]:
    for name, entries in data.items():
        if name == "ignore":
            if not (isinstance(entries, list) and all(isinstance(one, str) for one in entries)):
                yield RowFault("map_no_list", column=name)
        elif name not in TABLES or not isinstance(entries, dict):
            yield _unknown("map_unknown", name, (*TABLES, "ignore"))
        else:
            for key, value in entries.items():
                if not isinstance(value, str):
                    yield RowFault("map_no_text", column=name, value=key)
                elif name in {"columns", "constants"} and key not in COLUMNS:
                    yield _unknown("map_unknown", key, COLUMNS, name)
                elif value not in MEANINGS.get(name, (value,)):
                    yield _unknown("map_unknown", value, MEANINGS[name], name)


def _unknown(fault: str, value: str, known: Sequence[str], column: str = "") -> RowFault:
    near = difflib.get_close_matches(value, known, 1)
    return RowFault(fault, column=column, value=value, facts={"near": near, "known": list(known)})


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each column stands in the rows of one file; `width` is how many there are."""

    places: Mapping[str, int]
    headings: Mapping[str, str]
    """Our column -> the heading as the file writes it."""
    width: int
    nameless: frozenset[int] = frozenset()
    """Places without a heading, in which nothing may stand."""


def layout(
    number: int, cells: Sequence[Cell], words: Translation
) -> tuple[Layout, Sequence[RowFault]]:
    """Read the heading of a file; every fault of it at once."""
    places: dict[str, int] = {}
    headings: dict[str, str] = {}
    faults: list[RowFault] = []
    nameless: set[int] = set()
    for place, cell in enumerate(cells):
        heading = " ".join(cell.text.split())
        column = words.column(heading)
        if not heading:
            nameless.add(place)
        elif fold(heading) in words.ignore:
            continue
        elif column is None:
            fault = _unknown("heading_unknown", heading, COLUMNS)
            faults.append(RowFault(fault.id, number, "", heading, fault.facts))
        elif column in places:
            facts: Mapping[str, Any] = {"first": places[column] + 1, "second": place + 1}
            faults.append(RowFault("heading_twice", number, column, heading, facts))
        else:
            places[column], headings[column] = place, heading
    said = {*places, *words.constants}
    faults += [RowFault("column_missing", number, name) for name in NEEDED if name not in said]
    if not said & set(NAMES):
        faults.append(RowFault("column_missing", number, " / ".join(NAMES)))
    return Layout(places, headings, len(cells), frozenset(nameless)), faults
