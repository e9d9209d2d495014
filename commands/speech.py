"""Which language the command line speaks, decided once before anything else is loaded."""

import os
from collections.abc import Sequence
from contextvars import ContextVar

LANGUAGES = ("pl", "en")
_chosen: ContextVar[str] = ContextVar("language", default="en")


def language() -> str:
    """Give the language in use: `pl` or `en`."""
    return _chosen.get()


def choose(language: str) -> None:
    """Speak this language from now on."""
    _chosen.set(language)


def say(pl: str, en: str) -> str:
    """Give the one of two texts that fits the language in use."""
    return pl if language() == "pl" else en


def from_surroundings(arguments: Sequence[str]) -> str:
    """Find the language: `--lang`, then ACCORD_LANG, then the locale, then English.

    It is read before the arguments are parsed, so that help and errors are in it too.
    """
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        name, equals, value = argument.partition("=")
        if name == "--lang":
            following = arguments[position + 1] if position + 1 < len(arguments) else ""
            wanted = value if equals else following
            if wanted in LANGUAGES:
                return wanted
    for variable in ("ACCORD_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        wanted = os.environ.get(variable, "")[:2].lower()
        if wanted in LANGUAGES:
            return wanted
        if wanted:
            break
    return "en"
