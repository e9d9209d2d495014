"""The fact sheet as a template sees it: `{{ adopt.resolution }}`, and what it remembers.

Every fact a template touches is remembered with its value and event. A name nobody has stated
prints as a named gap; a name the sheet does not know at all is a fault of the template.
"""

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from markupsafe import Markup

from drafts import values, words
from drafts.faults import Fault, TemplateFault
from models.vocabulary import Language
from workflow.facts import Sheet, SheetFact
from workflow.inputs import Json

Write = Callable[[Any, Language], str]
"""Writes a value as one line of a language; ValueError, TypeError or KeyError: it is unfit."""


@dataclass
class Used:
    """What the texts of a draft have used of the sheet.

    Attributes:
        facts: by name, stated or not.
        gaps: what was printed and nobody has stated: name -> language -> label, as the document
            calls it.
        as_entered: language -> names of what was printed in the words it was entered in, of
            which nobody can say in what language they are.
    """

    facts: dict[str, SheetFact] = field(default_factory=dict)
    gaps: dict[str, dict[str, str]] = field(default_factory=dict)
    as_entered: dict[str, set[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Facts:
    """The sheet in one language, which writes down what is used of it."""

    sheet: Sheet
    language: Language
    used: Used

    def groups(self) -> Mapping[str, "Group"]:
        """Give the first parts of the dotted names: the steps, partner, case, setting."""
        return {name: Group(self, name) for name in {name.split(".")[0] for name in self.sheet}}

    def find(self, name: str) -> "Fact":
        """Give a fact by its dotted name.

        Raises:
            TemplateFault: the sheet does not know it.
        """
        fact = self.sheet.get(name)
        if fact is None:
            near = difflib.get_close_matches(name, self.sheet, 1)
            raise TemplateFault(Fault.UNKNOWN_NAME, detail=name, near=near)
        self.used.facts[name] = fact
        return Fact(self, name, fact, words.label(name, fact.label)[self.language])


@dataclass(frozen=True)
class Group:
    """What a template applies the dot to."""

    facts: Facts
    name: str

    def __getitem__(self, name: str) -> "Fact":
        return self.facts.find(f"{self.name}.{name}")


@dataclass(frozen=True, eq=False)
class Fact:
    """One fact in a template: it prints itself, and can be asked, compared and gone through."""

    facts: Facts
    name: str
    fact: SheetFact
    label: str

    @property
    def value(self) -> Json:
        """What was stated; None for nothing, blank words and empty lists."""
        value = self.fact.value
        blank = value == [] or (isinstance(value, str) and not value.strip())
        return None if blank else value

    @property
    def sequence(self) -> int:
        """The event that stated it; 0 for what no event of the case has stated."""
        return self.fact.sequence or 0

    @property
    def language(self) -> Language:
        """The language it is to be written in."""
        return self.facts.language

    def called(self, label: str) -> "Fact":
        """Give the same fact under the name that its gap shall have here."""
        return replace(self, label=label)

    def written(self, write: Write) -> Markup:
        """Write it as Markdown, or its gap.

        Raises:
            TemplateFault: the value is not one that `write` can write.
        """
        if self.value is None:
            return self.gap()
        try:
            return marked(write(self.value, self.language))
        except (ValueError, TypeError, KeyError) as error:
            raise self.unfit() from error

    def gap(self) -> Markup:
        """Write that it is missing, and remember it."""
        labels = words.label(self.name, self.fact.label)
        self.facts.used.gaps.setdefault(self.name, dict(labels))[self.language] = self.label
        return Markup(values.gap(self.label))  # noqa: S704 - values.gap has escaped it

    def term(self, entered: str) -> str:
        """Give a term in the language of the draft; one that is not listed stays as entered."""
        known = words.term(entered, self.language)
        if known is None:
            self.as_entered()
        return known or entered

    def as_entered(self) -> None:
        """Remember that it stands in the words, and the language, of whoever entered it."""
        self.facts.used.as_entered.setdefault(self.language, set()).add(self.name)

    def unfit(self) -> TemplateFault:
        """Make the fault of a value that cannot be written in this way."""
        return TemplateFault(Fault.UNFIT_VALUE, detail=self.name, value=repr(self.value))

    def __html__(self) -> str:
        """Write it in the manner of its kind: what Jinja2 asks of a value it prints."""
        if self.fact.kind == "list":
            return self.written(lambda _, language: values.enumeration(list(self), language))
        return self.written(values.BY_KIND.get(self.fact.kind, values.text))

    def __iter__(self) -> Iterator[str]:
        if self.value is None:
            yield self.gap()
        elif isinstance(self.value, str) or not isinstance(self.value, Sequence):
            raise self.unfit()
        else:
            yield from (self.term(str(item)) for item in self.value)

    def __contains__(self, item: object) -> bool:
        return isinstance(self.value, Sequence) and item in self.value

    def __bool__(self) -> bool:
        return bool(self.value)

    def __eq__(self, other: object) -> bool:
        return bool(self.value == (other.value if isinstance(other, Fact) else other))

    def __hash__(self) -> int:
        return hash(self.name)


def marked(line: str) -> Markup:
    """Write a line as Markdown that means only its words."""
    return Markup(values.escaped(values.one_line(line)))  # noqa: S704 - escaped as Markdown
