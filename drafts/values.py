"""Values as words of a document, and words as Markdown that means only itself."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from babel.numbers import format_currency

from drafts import words
from models.vocabulary import Language
from workflow.clock import add_months
from workflow.dates import PartialDate

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_MARKUP = re.compile(r"[\\`*_\[\]<>&|{}~]")
_OPENS = re.compile(r"\d{1,9}[.)]|[a-z]\)|:(?=::)|[#+-]", re.ASCII)
_BLANKS = re.compile(r"[^\S\u00a0\u202f]+")
_MONEY = re.compile(r"(?P<amount>\d[\d \u00a0\u202f]*(?:[.,]\d{1,2})?)\s*(?P<currency>[A-Z]{3}|zł)")
_JOURNAL = re.compile(
    r"(?P<consolidated>t\.\s?j\.\s*)?Dz\.\s?U\.(?: z)? (?P<year>\d{4})(?: r\.)?,?"
    r"(?: [Nn]r (?P<number>\d+),?)? poz\. (?P<item>\d+)(?P<amended>,? z późn\. zm\.)?"
)
_YEAR = 12
_BIDI_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _printable(sign: str) -> str:
    """Give the sign, or the replacement character for one that no file can hold or show.

    Overrides of the writing direction count as such: a deed must read as its letters stand.
    """
    code = ord(sign)
    noncharacter = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF  # noqa: PLR2004 - the ranges that Unicode names in 23.7
    unfit = noncharacter or sign in _BIDI_OVERRIDES
    return REPLACEMENT if unfit or unicodedata.category(sign) in {"Cc", "Cs", "Co"} else sign


def one_line(text: str) -> str:
    """Give a text as one line: blanks and ends of lines folded, unprintable signs replaced."""
    return "".join(_printable(sign) for sign in _BLANKS.sub(" ", text).strip())


def paragraphs(text: str) -> tuple[str, ...]:
    """Give the paragraphs of a longer text, each as one line."""
    return tuple(line for part in text.splitlines() if (line := one_line(part)))


def escaped(text: str) -> str:
    """Write one line so that Markdown reads it as plain words wherever it stands.

    Signs that open a block (a heading, a list, a §) are escaped only at the start, where alone
    they do, so that the source stays readable.
    """
    marked = _MARKUP.sub(r"\\\g<0>", text)
    if opening := _OPENS.match(marked):
        last = opening.end() - 1
        marked = f"{marked[:last]}\\{marked[last:]}"
    return f"&sect;{marked[1:]}" if marked.startswith("§") else marked


def gap(label: str) -> str:
    """Write what stands where a fact is missing."""
    inside = one_line(label).replace("[", "(").replace("]", ")")
    return f"[……… {escaped(inside)}]"


def text(value: object, _: Language) -> str:
    """Write a text or a whole number as it is.

    Raises:
        TypeError: it is neither.
    """
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise TypeError(value)
    return str(value)


def date(text: str, language: Language) -> str:
    """Write an EDTF date in words.

    Raises:
        NotADate: it is none.
    """
    return PartialDate.parse(str(text)).words(language)


def votes(value: Mapping[str, int], language: Language) -> str:
    """Write a vote so that no number needs a plural."""
    words = {
        Language.PL: "za – {for}, przeciw – {against}, wstrzymujące się – {abstained}",
        Language.EN: "for – {for}, against – {against}, abstaining – {abstained}",
    }
    return words[language].format_map(value)


def enumeration(items: Sequence[str], language: Language) -> str:
    """Write several things one after another, the last two joined by "and"."""
    joint = {Language.PL: " i ", Language.EN: " and "}[language]
    *most, last = items
    return joint.join([", ".join(most), last]) if most else last


def yes_no(value: object, language: Language) -> str:
    """Write the answer to a question.

    Raises:
        TypeError: it is neither yes nor no.
    """
    if not isinstance(value, bool):
        raise TypeError(value)
    return {Language.PL: ("nie", "tak"), Language.EN: ("no", "yes")}[language][value]


def money(text: str, language: Language) -> str:
    """Write an amount such as "132000 PLN" in the manner of the language; other words stay."""
    found = _MONEY.fullmatch(text.strip())
    if found is None:
        return text
    amount = Decimal(re.sub(r"\s", "", found["amount"]).replace(",", "."))
    currency = "PLN" if found["currency"] == "zł" else found["currency"]
    if language is Language.EN:
        return format_currency(amount, currency, "¤¤\N{NO-BREAK SPACE}#,##0.00", locale="en_GB")
    return format_currency(amount, currency, locale="pl_PL")


def journal(text: str, language: Language) -> str:
    """Write a place in the Dziennik Ustaw; what is not written in its manner stays as it is."""
    found = _JOURNAL.fullmatch(text.strip())
    if language is Language.PL or found is None:
        return text
    cited = f"Journal of Laws of {found['year']}"
    cited += f", No. {found['number']}" if found["number"] else ""
    cited += f", item {found['item']}"
    cited = f"consolidated text: {cited}" if found["consolidated"] else cited
    return f"{cited}, as amended" if found["amended"] else cited


def _polish_plural(amount: int, one: str, few: str, many: str) -> str:
    if amount == 1:
        return one
    return few if amount % 10 in {2, 3, 4} and amount % 100 not in {12, 13, 14} else many


def term(value: Mapping[str, object], language: Language) -> str:
    """Write for how long something is to last: in months or whole years, until a day, or open."""
    months, until = value.get("months"), value.get("until")
    if isinstance(until, str):
        return {Language.PL: "do dnia ", Language.EN: "until "}[language] + date(until, language)
    if not isinstance(months, int):
        return {Language.PL: "czas nieokreślony", Language.EN: "an indefinite period"}[language]
    years = not months % _YEAR
    amount = months // _YEAR if years else months
    if language is Language.EN:
        unit = "year" if years else "month"
        return f"{amount} {unit if amount == 1 else unit + 's'}"
    forms = ("rok", "lata", "lat") if years else ("miesiąc", "miesiące", "miesięcy")
    return f"{amount} {_polish_plural(amount, *forms)}"


def months(amount: object, language: Language) -> str:
    """Write a number of months, as whole years where it makes them.

    Raises:
        TypeError: it is no number.
    """
    if isinstance(amount, bool) or not isinstance(amount, int):
        raise TypeError(amount)
    return term({"months": amount}, language)


def lasting(value: Mapping[str, object], language: Language) -> str:
    """Write a term as what follows a verb: for so many years, until a day, or indefinitely."""
    words = term(value, language)
    if isinstance(value.get("until"), str):
        return words
    return {Language.PL: "przez ", Language.EN: "for "}[language] + words


def years(start: str, value: Mapping[str, object], language: Language) -> str:
    """Write the calendar years of a term that begins on a day: "lata 2027–2029", "rok 2027".

    Raises:
        ValueError: the day or the end of the term is not certain to the year.
    """
    first = PartialDate.parse(start)
    until, amount = value.get("until"), value.get("months")
    if isinstance(until, str):
        last = PartialDate.parse(until).latest
    elif first.latest is not None and isinstance(amount, int):
        # Three years from 1 January are three calendar years, though they end on a 1 January.
        last = add_months(first.latest, amount) - dt.timedelta(days=1)
    else:
        last = None
    if first.earliest is None or last is None or first.earliest.year > last.year:
        raise ValueError(start)
    span = [str(year) for year in sorted({first.earliest.year, last.year})]
    one, many = {Language.PL: ("rok ", "lata "), Language.EN: ("the year ", "the years ")}[language]
    return (many if len(span) > 1 else one) + "–".join(span)


def absolute_majority(composition: object, _: Language) -> str:
    """Write the least number that is more than half of the statutory composition: 22 of 43."""
    return str(int(str(composition)) // 2 + 1)


def country(code: str, language: Language) -> str:
    """Write a country, given by its ISO 3166 code, in the nominative.

    Raises:
        ValueError: no country has that code.
    """
    name = words.country(code, language)
    if name is None:
        raise ValueError(code)
    return name


BY_KIND: Mapping[str, Callable[[Any, Language], str]] = {
    "date": date,
    "votes": votes,
    "yes_no": yes_no,
    "term": term,
}
"""How a fact is written by its kind; every other kind is a text."""
