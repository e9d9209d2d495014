"""Read one row: every value checked, every fault of the row at once, nothing guessed.

What has one reading is read (`2.06.2016`, `czerwiec 2016`, a year that Excel keeps as a number);
what has two, or none, is a fault with its value and what to write instead.
"""

import datetime as dt
import difflib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from models.vocabulary import Form, PartnerKind
from register import gazetteer
from register.importing_layout import COLUMNS, DOMESTIC, KINDS, Layout, Translation
from register.importing_tables import LONGEST_CELL, Cell, RowFault, TableRow
from workflow.dates import UNKNOWN, NotADate, PartialDate, Precision
from workflow.folding import fold
from workflow.inputs import Json

LONGEST_KEY = 200
DATES = ("date_signed", "resolution_date", "end_date", "status_as_of")
PAST = ("date_signed", "resolution_date", "status_as_of")
"""Dates that tell what happened; only an end may lie ahead."""
PRECISIONS = (Precision.YEAR, Precision.MONTH, Precision.DAY)

# Signs that take no room and mean nothing in a name; pasted texts are full of them.
NOTHING = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
FORMULA = re.compile(r"=|[@+-]\S*[(|!]")
"""What a spreadsheet would run when the register is exported to it again."""
SERIAL = re.compile(r"\d{5}|\d{1,2} \d{3}")
"""Days since 1900, as Excel counts them, also with the thousands set apart."""
YEAR = re.compile(r"[12]\d{3}")
EPOCH = dt.date(1899, 12, 30)
# Letters of other alphabets that look like those of a resolution's number.
LOOK_ALIKE = dict(
    zip("АВСЕНІЈКМОРТХУѴІΑΒΕΖΗΙΚΜΝΟΡΤΧΥС", "ABCEHIJKMOPTXYVIABEZHIKMNOPTXYC", strict=True)
)


class SourceRow(NamedTuple):
    """What one row says; None and "" where it says nothing."""

    number: int
    key: str
    act: str
    name_en: str
    name_pl: str
    country: str | None
    partner: PartnerKind
    kind: str
    document: str
    signed: PartialDate | None
    resolution: str
    resolved: PartialDate | None
    ended: PartialDate | None
    term: str
    status: str
    status_as_of: PartialDate | None
    note: str
    source: str
    status_source: str

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the partner, the English first."""
        return tuple(dict.fromkeys(name for name in (self.name_en, self.name_pl) if name))


@dataclass
class _Reading:
    """One row on its way: its texts by column, and what was found wrong."""

    number: int
    texts: dict[str, str]
    headings: Mapping[str, str]
    faults: list[RowFault] = field(default_factory=list)

    def fault(self, fault: str, column: str = "", value: str | None = None, **facts: Json) -> None:
        """Note a fault of a column, called as the file calls it."""
        said = self.texts.get(column, "") if value is None else value
        shown = self.headings.get(column, column)
        self.faults.append(RowFault(fault, self.number, shown, said[:LONGEST_KEY], facts))


def texts(
    row: TableRow, layout: Layout, words: Translation
) -> tuple[dict[str, str], list[RowFault]]:
    """Give the cleaned text of each column that says something, with the faults of the cells."""
    reading = _Reading(row.number, {}, layout.headings)
    if len(row.cells) > layout.width and any(c.text.strip() for c in row.cells[layout.width :]):
        reading.fault("too_many_cells", value="", found=len(row.cells), wanted=layout.width)
    for place in layout.nameless & set(range(len(row.cells))):
        if row.cells[place].text.strip():
            reading.fault("no_heading_above", value=row.cells[place].text, place=place + 1)
    reading.texts.update(words.constants)
    for column, place in layout.places.items():
        cell = row.cells[place] if place < len(row.cells) else Cell("")
        text = _clean(cell, column, reading)
        if text:
            reading.texts[column] = text
    return reading.texts, reading.faults


def _clean(cell: Cell, column: str, reading: _Reading) -> str:
    """Give the text of a cell without what means nothing; what means harm is a fault."""
    if len(cell.text) > LONGEST_CELL:
        reading.fault(
            "cell_too_long", column, cell.text, length=len(cell.text), longest=LONGEST_CELL
        )
        return ""
    text = " ".join(unicodedata.normalize("NFC", cell.text.translate(NOTHING)).split())
    for sign in cell.text.translate(NOTHING):
        # Cc: controls (NUL among them), Cf: what turns a text around, Cs: half a character.
        if unicodedata.category(sign) in {"Cc", "Cf", "Cs"} and not sign.isspace():
            reading.fault("control_character", column, text, character=f"U+{ord(sign):04X}")
            return ""
    if text and cell.kind in {"formula", "error", "merged", "moment", "other"}:
        reading.fault(f"cell_{cell.kind}", column, text)
        return ""
    if cell.kind == "date" and column not in DATES:
        # Excel takes 4/47/90 for a date; what was typed cannot be told any more.
        reading.fault("cell_turned_date", column, text)
        return ""
    if cell.kind == "text" and FORMULA.match(text):
        reading.fault("cell_formula", column, text)
        return ""
    return text


def source_row(
    number: int, said: Mapping[str, str], layout: Layout, words: Translation, today: dt.date
) -> tuple[SourceRow | None, list[RowFault]]:
    """Read the texts of a row.

    Returns:
        The row, or None and everything that is wrong with it.
    """
    reading = _Reading(number, dict(said), layout.headings)
    told = {column: said.get(column, "") for column in COLUMNS}
    for column in ("case_key", "act_key"):
        if len(told[column]) > LONGEST_KEY:
            reading.fault("cell_too_long", column, length=len(told[column]), longest=LONGEST_KEY)
    if not told["case_key"]:
        reading.fault("value_missing", "case_key")
    if not (told["entity_en"] or told["entity_pl"]):
        reading.fault("value_missing", "entity_en")
    kind = _word(reading, "kind", KINDS, words.kinds)
    dates = {column: _date(reading, column, today) for column in DATES}
    signed = _as_precise(reading, dates["date_signed"])
    row = SourceRow(
        number,
        told["case_key"],
        told["act_key"],
        told["entity_en"] or told["entity_pl"],
        told["entity_pl"] or told["entity_en"],
        _country(reading),
        _partner_kind(reading, kind, words),
        kind,
        told["document_name"],
        signed,
        _number(reading, "resolution_no"),
        dates["resolution_date"],
        dates["end_date"],
        told["term_or_renewal"],
        told["status"],
        dates["status_as_of"],
        told["note"],
        told["source"],
        told["status_source"],
    )
    return (None if reading.faults else row), reading.faults


def _word(reading: _Reading, column: str, known: Mapping[str, str], own: Mapping[str, str]) -> str:
    said = fold(reading.texts.get(column, ""))
    meant = own.get(said, said)
    if meant in known:
        return known[meant]
    near = difflib.get_close_matches(said, known, 1)
    reading.fault("word_unknown", column, near=near, known=[word for word in known if word])
    return Form.INFORMAL


def _partner_kind(reading: _Reading, kind: str, words: Translation) -> PartnerKind:
    if not reading.texts.get("entity_type"):
        associations = {Form.ASSOCIATION, DOMESTIC}
        return PartnerKind.ASSOCIATION if kind in associations else PartnerKind.CITY
    known = {str(one): str(one) for one in PartnerKind}
    faults = len(reading.faults)
    word = _word(reading, "entity_type", known, words.types)
    return PartnerKind(word) if len(reading.faults) == faults else PartnerKind.CITY


def _country(reading: _Reading) -> str | None:
    code = reading.texts.get("country_iso2", "").upper()
    if code and code not in gazetteer.countries():
        reading.fault("country_unknown", "country_iso2")
    return code or None


def _number(reading: _Reading, column: str) -> str:
    """Read the number of a resolution; letters that only look Latin are named, not swapped.

    Blanks around a stroke mean nothing. A number that is printed wrongly is none of a fault: it
    is kept as printed and the rule about numbers says so.
    """
    number = re.sub(r"\s*/\s*", "/", reading.texts.get(column, ""))
    if number.isascii():
        return number
    # NFKC: also the single signs for Roman numerals, and letters of full width.
    plain = unicodedata.normalize("NFKC", number)
    latin = "".join(LOOK_ALIKE.get(sign, sign) for sign in plain)
    if latin.isascii():
        reading.fault("look_alike", column, latin=latin)
    return number


def _date(reading: _Reading, column: str, today: dt.date) -> PartialDate | None:
    text = reading.texts.get(column, "")
    if not text:
        return None
    try:
        date = PartialDate.parse(text) if YEAR.fullmatch(text) else PartialDate.read(text)
    except NotADate as wrong:
        if SERIAL.fullmatch(text):
            day = EPOCH + dt.timedelta(days=int(text.replace(" ", "")))
            reading.fault("date_serial", column, day=day.isoformat())
        else:
            reading.fault(f"date_{wrong.reason}", column)
        return None
    if column in PAST and date.certainly_after(today):
        reading.fault("date_ahead", column, today=today.isoformat())
        return None
    return None if date == UNKNOWN else date


def _as_precise(reading: _Reading, date: PartialDate | None) -> PartialDate | None:
    """Take a date as precisely as the row says it is known; it cannot be known any better.

    A spreadsheet keeps `1993` as the first of January; with `date_precision` year it is the year.
    """
    said = fold(reading.texts.get("date_precision", ""))
    if not said:
        return date
    if said not in PRECISIONS:
        reading.fault("precision_unknown", "date_precision")
        return date
    if date is None or date.precision not in PRECISIONS or date.precision == said:
        return date
    parts = date.text.split("-")
    wanted = PRECISIONS.index(Precision(said)) + 1
    if len(parts) > wanted and all(part == "01" for part in parts[wanted:]):
        return PartialDate.parse("-".join(parts[:wanted]))
    reading.fault("precision", "date_precision", date=date.text, found=str(date.precision))
    return date


def rows_told(row: SourceRow) -> Iterator[tuple[str, Json]]:
    """Give what a row says of its act, as the history keeps it: dates as EDTF, blanks left out."""
    for name, value in (
        ("act", row.act),
        ("kind", row.kind),
        ("document_name", row.document),
        ("date", row.signed and row.signed.text),
        ("resolution", row.resolution),
        ("resolution_date", row.resolved and row.resolved.text),
        ("end_date", row.ended and row.ended.text),
        ("term", row.term),
        ("status", row.status),
        ("status_as_of", row.status_as_of and row.status_as_of.text),
        ("note", row.note),
        ("source", row.source),
        ("status_source", row.status_source),
    ):
        if value:
            yield name, value
