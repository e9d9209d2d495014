"""Where a line must not break: what a Polish or English typesetter ties together."""

import re

from models.vocabulary import Language

TIE = "\N{NO-BREAK SPACE}"

_ANY = (
    (re.compile(r"(§+) (?=\d)"), rf"\1{TIE}"),
    (re.compile(r"(?<=\d) (?=(?:PLN|EUR|USD|GBP|CHF)\b)"), TIE),
    # A long rule of dots belongs to the word before it: "dnia ………".
    (re.compile(r"(?<=\[…{3}) "), TIE),
)
_POLISH = (
    # A word of one letter never ends a line; the second pass is for "i w domu".
    (re.compile(r"(?<![^\s(„«\[])([aiouwzAIOUWZ]) (?=\S|$)"), rf"\1{TIE}"),
    (re.compile(rf"(?<={TIE})([aiouwzAIOUWZ]) (?=\S|$)"), rf"\1{TIE}"),
    # Nor does it begin one all alone: "wraz z:".
    (re.compile(r" (?=[aiouwz][:;,.)])"), TIE),
    (re.compile(r"\b((?:[Aa]rt|[Uu]st|[Pp]oz|[Zz]ał)\.|pkt|lit\.|[Nn]r|NR) (?=\w)"), rf"\1{TIE}"),
    (re.compile(r"(?<=\d) (?=(?:r\.|zł\b|euro\b|radnych\b|egz\.))"), TIE),
    (re.compile(r"(?<=\d) (?=(?:stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia"
                r"|września|października|listopada|grudnia)\b)"), TIE),
)  # fmt: skip
_ENGLISH = (
    (re.compile(r"\b([Aa]rts?\.|[Nn]os?\.|[Ii]tem) (?=\d)"), rf"\1{TIE}"),
    (re.compile(r"(?<=\d) (?=(?:January|February|March|April|May|June|July|August|September"
                r"|October|November|December)\b)"), TIE),
)  # fmt: skip
_TIES = {Language.PL: _POLISH + _ANY, Language.EN: _ENGLISH + _ANY}


def tied(text: str, language: Language) -> str:
    """Put no-break spaces where the language asks for them; nothing else changes."""
    for pattern, replacement in _TIES[language]:
        text = pattern.sub(replacement, text)
    return text
