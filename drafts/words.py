"""Words that a document needs in its own language: terms, countries, labels of facts."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from babel import Locale

from models.vocabulary import Language


@cache
def _file() -> Mapping[str, Any]:
    return tomllib.loads(resources.files("drafts").joinpath("words.toml").read_text("utf-8"))


@cache
def _terms() -> Mapping[str, Mapping[str, str]]:
    return {form.casefold(): entry for entry in _file()["terms"] for form in sorted(entry.values())}


def label(name: str, given: Mapping[Language, str]) -> Mapping[str, str]:
    """Give what a person calls a fact; one that nobody has named is called by its own name."""
    named = given or _file()["labels"].get(name, {})
    return {language.value: named.get(language) or name for language in Language}


def country(code: str, language: Language) -> str | None:
    """Give the name of a country by its ISO 3166 code, in the nominative; None: no such code."""
    known = _file()["countries"].get(code)
    if known is not None:
        return str(known[language])
    found = Locale(language.value).territories.get(code)
    return str(found) if found else None


def term(words: str, language: Language) -> str | None:
    """Give an office or a field of cooperation, entered in either language; None: not listed."""
    known = _terms().get(words.strip().casefold())
    return known[language] if known is not None else None
