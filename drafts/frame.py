"""What stands around the text on every page: reference, version, the mark of a draft, pages."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from models.vocabulary import Language
from workflow import city

_MARKS = {Language.PL: "PROJEKT", Language.EN: "DRAFT"}
_VERSIONS = {Language.PL: "wersja", Language.EN: "version"}
_PAGES = {Language.PL: ("Strona ", " z "), Language.EN: ("Page ", " of ")}
_BOTH = " / "


@dataclass(frozen=True, slots=True)
class Frame:
    """What a file says of itself beside its text.

    Attributes:
        reference: of the case.
        version: of the draft.
        final: no mark, no watermark, no coloured gaps.
        date: of the file: its only date, so that the same draft gives the same bytes.
    """

    reference: str
    version: int
    final: bool
    date: dt.date

    @property
    def moment(self) -> dt.datetime:
        """The date where a file format asks for a moment: its first, in UTC."""
        return dt.datetime.combine(self.date, dt.time(), dt.UTC)

    def heading(self, languages: Sequence[Language]) -> str:
        """Give the words at the top left of a page."""
        words = _BOTH.join(_VERSIONS[language] for language in languages)
        return f"{self.reference} · {words} {self.version}"

    def mark(self, languages: Sequence[Language]) -> str:
        """Give the words at the top right; a final document has none."""
        return "" if self.final else _BOTH.join(_MARKS[language] for language in languages)

    def watermark(self, languages: Sequence[Language]) -> str:
        """Give the word across the page; a final document has none."""
        return "" if self.final else _MARKS[languages[0]]


def page_words(languages: Sequence[Language]) -> tuple[tuple[str, str], ...]:
    """Give, by language, what stands before the number of the page and before that of pages."""
    return tuple(_PAGES[language] for language in languages)


def between_page_words() -> str:
    """Give what parts the two languages in the line of the page numbers."""
    return _BOTH


def author() -> str:
    """Give whose document it is."""
    return city.name(Language.PL, article=False)
