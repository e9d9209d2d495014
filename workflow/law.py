"""The provisions that rules and steps cite, with the time in which each counts."""

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from models.vocabulary import Language
from workflow.dates import PartialDate
from workflow.errors import DefinitionFaulty


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision: how it is cited, what it says, where it was read and when it counts."""

    id: str
    citation: Mapping[Language, str]
    text: Mapping[Language, str]
    source: str
    valid_from: dt.date | None
    valid_until: dt.date | None

    def counts_for(self, act: PartialDate) -> bool:
        """Say whether an act of this date may fall under the provision.

        Only a date that is certainly outside the provision's time takes the act out of it.
        """
        return not (
            (self.valid_from is not None and act.certainly_before(self.valid_from))
            or (self.valid_until is not None and act.certainly_after(self.valid_until))
        )


def count_for(basis: Iterable[str], act: PartialDate) -> bool:
    """Say whether any of the provisions counted when the act was done; none named: yes."""
    provisions = law()
    cited = [provisions[name] for name in basis]
    return not cited or any(provision.counts_for(act) for provision in cited)


@cache
def law() -> Mapping[str, Provision]:
    """Read the provisions that ship with the program."""
    return parse(resources.files("workflow").joinpath("law.toml").read_text("utf-8"))


def parse(text: str) -> Mapping[str, Provision]:
    """Read provisions from TOML.

    Raises:
        DefinitionFaulty: an entry lacks a citation, a text in one language, or its source.
    """
    found: dict[str, Provision] = {}
    faults: list[str] = []
    for name, entry in tomllib.loads(text).items():
        faults += [
            f"provision {name}: no {part} in {language}"
            for part in ("citation", "text")
            for language in Language
            if not entry.get(part, {}).get(language)
        ]
        if not entry.get("source"):
            faults.append(f"provision {name}: no source")
        if not faults:
            found[name] = Provision(
                name,
                {language: entry["citation"][language] for language in Language},
                {language: entry["text"][language] for language in Language},
                entry["source"],
                entry.get("valid_from"),
                entry.get("valid_until"),
            )
    if faults:
        raise DefinitionFaulty(faults)
    return found
