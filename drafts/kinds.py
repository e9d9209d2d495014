"""The kinds of documents: each a folder of templates with a kind.toml that says what it is.

label = { pl = "…", en = "…" }
context = "official"             how the City must be named in it (workflow.city_check)
languages = ["pl", "en"]         the first is the one that counts
later = ["adopt.resolution"]     facts that are born after the document, and may be gaps in it
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from drafts.faults import Fault, TemplateFault
from models.vocabulary import Language
from workflow.city_check import Context

_FILE = "kind.toml"
_NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
BOTH = "pl+en"
"""Polish and English side by side."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document.

    Attributes:
        later: facts that only a later act states: the number of a resolution that is a draft.
    """

    name: str
    label: Mapping[Language, str]
    context: Context
    languages: tuple[Language, ...]
    later: frozenset[str]

    def versions(self, asked: str) -> tuple[Language, ...]:
        """Give the languages of "pl", "en" or "pl+en", in the order they stand side by side.

        Raises:
            TemplateFault: there is no template in one of them.
        """
        offered: dict[str, tuple[Language, ...]] = {
            language.value: (language,) for language in self.languages
        }
        if set(self.languages) >= {Language.PL, Language.EN}:
            offered[BOTH] = (Language.PL, Language.EN)
        if asked not in offered:
            raise TemplateFault(
                Fault.LANGUAGE_NOT_OFFERED, kind=self.name, detail=asked, known=tuple(offered)
            )
        return offered[asked]


def root() -> Traversable:
    """Give the folder of all templates, wherever the program is installed."""
    return resources.files("templates")


def template_text(name: str) -> str:
    """Read a template by its name, "folder/file".

    Raises:
        TemplateFault: there is none; nothing outside the templates is ever looked at.
    """
    folder, slash, file = name.partition("/")
    stem = file.partition(".")[0]
    if not (slash and _NAME.fullmatch(folder) and _NAME.fullmatch(stem)) or "/" in file:
        raise TemplateFault(Fault.NO_SUCH_TEMPLATE, detail=name)
    found = root().joinpath(folder).joinpath(file)
    if not found.is_file():
        raise TemplateFault(Fault.NO_SUCH_TEMPLATE, detail=name)
    return found.read_text("utf-8")


@cache
def kinds() -> Mapping[str, Kind]:
    """Read every kind, by name."""
    folders = (entry for entry in root().iterdir() if entry.is_dir())
    names = sorted(entry.name for entry in folders if entry.joinpath(_FILE).is_file())
    return {name: _kind(name) for name in names}


def _kind(name: str) -> Kind:
    entry = tomllib.loads(template_text(f"{name}/{_FILE}"))
    return Kind(
        name,
        {language: entry["label"][language] for language in Language},
        Context(entry["context"]),
        tuple(Language(language) for language in entry["languages"]),
        frozenset(entry.get("later", ())),
    )


def kind(name: str) -> Kind:
    """Give a kind by its name.

    Raises:
        TemplateFault: there is none.
    """
    found = kinds().get(name)
    if found is None:
        raise TemplateFault(Fault.NO_SUCH_KIND, kind=name, known=tuple(kinds()))
    return found
