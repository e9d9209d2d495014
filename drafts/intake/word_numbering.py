"""Counts the numbered paragraphs of a .docx as Word does, so that a place can be called "§ 3".

What Word counts is not in the text: a paragraph only says which list it belongs to. Whatever is
written in another manner than decimal is counted all the same; only §§ and articles are told.
"""

import re
from dataclasses import dataclass
from typing import Final

from drafts.intake.container import Element, attribute, local, number

_NUMBERED: Final = "{*}numPr"

# A hostile file could make every paragraph cost as much as the whole document.
_LEVELS: Final = 9
"""Levels of a list in Word."""
_LONGEST_LABEL: Final = 40
_LONGEST_CHAIN: Final = 20
"""Styles based on one another."""


def child_value(element: Element, name: str) -> str:
    """Give the `w:val` of a child; nothing if there is none."""
    child = element.find(f"{{*}}{name}")
    return "" if child is None else attribute(child, "val")


@dataclass(slots=True)
class _List:
    """A numbering of a paragraph: which list, which level."""

    number: str
    level: int


class Numbering:
    """Counts numbered paragraphs; wherever the files say too little it counts nothing."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._levels: dict[str, dict[int, tuple[int, str]]] = {}
        self._abstract: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._styled: dict[str, Element] = {}
        self._counters: dict[str, dict[int, int]] = {}
        for element in () if numbering is None else numbering:
            if local(element) == "abstractNum":
                self._levels[attribute(element, "abstractNumId")] = {
                    number(attribute(level, "ilvl")): (
                        number(child_value(level, "start"), 1),
                        child_value(level, "lvlText")[:_LONGEST_LABEL],
                    )
                    for level in element.iterchildren("{*}lvl")
                }
            elif local(element) == "num":
                identifier = attribute(element, "numId")
                self._abstract[identifier] = child_value(element, "abstractNumId")
                self._restarts[identifier] = {
                    number(attribute(over, "ilvl")): number(child_value(over, "startOverride"), 1)
                    for over in element.iterchildren("{*}lvlOverride")
                    if over.find("{*}startOverride") is not None
                }
        for style in () if styles is None else styles.iterchildren("{*}style"):
            self._styled[attribute(style, "styleId")] = style

    def _list(self, properties: Element) -> _List | None:
        """Find the list of a paragraph: its own, or that of its style or of a style below."""
        found, below = properties.find(_NUMBERED), child_value(properties, "pStyle")
        for _ in range(_LONGEST_CHAIN):
            style = self._styled.get(below)
            if found is not None or style is None:
                break
            found, below = style.find(f"{{*}}pPr/{_NUMBERED}"), child_value(style, "basedOn")
        if found is None:
            return None
        return _List(child_value(found, "numId"), number(child_value(found, "ilvl")))

    def label(self, properties: Element | None) -> str:
        """Count a paragraph and give what Word writes before it; nothing if it counts none."""
        found = None if properties is None else self._list(properties)
        if found is None or found.number not in self._abstract or found.level >= _LEVELS:
            return ""
        abstract = self._abstract[found.number]
        levels = self._levels.get(abstract, {})
        counters = self._counters.setdefault(abstract, {})
        for level, start in self._restarts.pop(found.number, {}).items():
            counters[level] = start - 1
        start, text = levels.get(found.level, (1, ""))
        counters[found.level] = counters.get(found.level, start - 1) + 1
        for deeper in [level for level in counters if level > found.level]:
            del counters[deeper]
        return re.sub(
            "%([1-9])",
            lambda place: str(counters.get(int(place[1]) - 1, 1)),
            text,
        )
