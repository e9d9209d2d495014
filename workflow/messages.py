"""What the program says, in Polish or in English: sentences made of ids and facts.

History and errors keep ids and facts, never sentences; here they become sentences, from
`messages.pl.toml` and `messages.en.toml`. A template names a fact and how to say it:

    {name}             as it is; a list is joined, "a, b i c"
    {name:date}        a date of EDTF text in words; `moment`: with the hour in Krakow
    {name:form}        the word of that kind: of the edition's labels, or of `[words.form]`
    {name:role/or}     alternatives
    {name:count/voted} a number with its noun, of `[counts.voted]`
    {name:entry}       several facts in one, by the template of that name in `[common]`
    {name:fact}        a fact of the sheet: its label and its name
    {name:assign}      in a command: each name with `=…` behind it

A line that begins with `accord` or `{again}` (the command that repeats the step) is a command to
type: in it every value is an id, quoted for the shell, and a list makes one line of each item.

Values are never read as templates. A sentence that lacks a fact is an error for the tests; to a
person it comes as the bare id and facts, for a refusal must not fail.
"""

import datetime as dt
import re
import shlex
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple, Protocol

from models.vocabulary import Language, Outcome, Strength
from workflow.dates import NotADate, PartialDate

FIELD = re.compile(r"\{(\w+)(?::(\w*)(?:/(\w+))?)?\}")
"""A placeholder: its fact, how to say it, and a further choice for that."""

COMMAND = ("accord ", "{again}")
"""How a line begins that is a command to type."""

LONGEST = 200
"""Characters of a value in a sentence; the rest of a longer one is left out."""

CHOSEN_BY: Mapping[str, str] = {
    "already_there": "kind",
    "amendment_refused": "why",
    "not_a_date": "reason",
    "not_found": "kind",
    "register_failed": "fault",
    "step_not_open": "step",
    "step_refused": "step",
    "write_refused": "refusal",
}
"""The fact that chooses among the sentences of an error (`what_case`, `what_partner` …)."""

ELSEWHERE: Mapping[str, str] = {"step": "event", "value": "form"}
"""Where the words of a kind go on: a step may be the engine's own, a chosen value a form."""

SHAPES = ("entry", "gap", "naming")
"""Facts that consist of several: a recorded event, a gap of a draft, a name the City was given."""

OFFICE_TIME = "Europe/Warsaw"
_FEW = range(2, 5)
_TEENS = range(12, 15)

Facts = Mapping[str, object]


class Sentence(NamedTuple):
    """What is the matter, and what cures it: a sentence, then on lines of their own commands."""

    what: str
    cure: str = ""


class Labelled(Protocol):
    """A state, an input or a rule of an edition."""

    @property
    def label(self) -> Mapping[Language, str]:
        """What a person calls it."""
        ...


class Edition(Protocol):
    """The part of a definition that sentences need: what its names are called."""

    @property
    def states(self) -> Mapping[str, Labelled]:
        """The states."""
        ...

    @property
    def steps(self) -> Mapping[str, Mapping[Language, str]]:
        """The steps, with their labels."""
        ...

    @property
    def inputs(self) -> Mapping[str, Labelled]:
        """The inputs."""
        ...

    @property
    def rules(self) -> Mapping[str, Labelled]:
        """The rules."""
        ...


class _Command(str):
    """A piece of a command, already quoted."""

    __slots__ = ()


@cache
def texts(language: Language) -> Mapping[str, Any]:
    """Read the sentences of a language, once, when the first is needed."""
    import tomllib  # noqa: PLC0415 - a command that says nothing need not load it
    from importlib import resources  # noqa: PLC0415 - the same

    file = resources.files("workflow").joinpath(f"messages.{language}.toml")
    return tomllib.loads(file.read_text("utf-8"))


@cache
def _office_time() -> dt.tzinfo:
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - only a sentence with a moment needs it

    return ZoneInfo(OFFICE_TIME)


def _plural(number: int) -> str:
    """Choose the form of a noun; English, of two forms, repeats the second."""
    if number == 1:
        return "one"
    few = number % 10 in _FEW and number % 100 not in _TEENS
    return "few" if few else "many"


def _items(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, (list, tuple)) else (value,)


class Speech:
    """Says findings, errors, faults and words in one language.

    Args:
        language: Polish or English.
        edition: the definition whose states, steps and inputs are called by their labels; without
            it they are called by their ids.
    """

    def __init__(self, language: Language, edition: Edition | None = None) -> None:
        self.language = Language(language)
        self._edition = edition

    def finding(  # noqa: PLR0913 - what a finding is made of, and where its cure is typed
        self,
        rule: str,
        outcome: str,
        variant: str,
        facts: Facts,
        needs: str | None,
        *,
        reference: str,
        step: str,
        strength: str = "",
        waived_by: str | None = None,
    ) -> Sentence:
        """Say what a rule answered about a step; it follows the name of the rule and a colon.

        Args:
            rule: its id.
            outcome: of `Outcome`.
            variant: which of the rule's sentences fits; "" where it has one.
            facts: what the rule found.
            needs: the input or fact that is missing, where that is the answer.
            reference: of the case, for the commands; "" before it has one.
            step: that was asked about.
            strength: of the finding, where the reader may be told of the waiver.
            waived_by: who granted one.
        """
        section = self._section("findings", rule)
        section = {**section, **section.get("at", {}).get(step, {})}
        common = self._section("findings", "common")
        where = {"reference": reference or texts(self.language)["common"]["reference"]}
        where |= {"rule": rule, "step": step}
        known = {**where, "needs": needs, "waived_by": waived_by, "again": self._again(where)}
        known |= facts
        bare = self._bare(".".join(filter(None, (rule, variant or outcome))), facts)
        if outcome == Outcome.UNDECIDED:
            cures = self._section("needs", str(needs)).get("cure", common["cure_undecided"])
            what = self._say(section.get("undecided", common["undecided"]), known)
            return Sentence(what or bare, self._say(cures, known) or "")
        if outcome not in {Outcome.BROKEN, Outcome.OVERRIDDEN}:
            key = variant if variant in common else str(outcome)
            return Sentence(self._say(common.get(key), known) or bare)
        key = f"_{variant}" if variant else ""
        what = self._say(section.get(f"broken{key}"), known) or bare
        if outcome == Outcome.OVERRIDDEN:
            return Sentence(f"{what} {self._say(common['overridden'], known)}")
        cure = self._say(section.get(f"cure{key}", section.get("cure")), known)
        waiver = self._say(common["waive"], where) if strength == Strength.OVERRIDE else None
        return Sentence(what, "\n".join(filter(None, (cure, waiver))))

    def error(self, code: str, facts: Facts) -> Sentence:
        """Say an error by its code and facts."""
        variant = str(facts.get(CHOSEN_BY.get(code, "")))
        reference = facts.get("reference") or texts(self.language)["common"]["reference"]
        return self._sentence("errors", code, variant, {**facts, "reference": reference})

    def tell(self, part: str, name: str, facts: Facts) -> Sentence:
        """Say what the register asks (`questions`) or what is wrong with a file (`import`).

        Args:
            part: of the sentences.
            name: the id under which it stands there.
            facts: what it says.
        """
        return self._sentence(part, name, "", facts)

    def fault(self, fault: Facts) -> Sentence:
        """Say what is wrong with one value that was typed, and show a right one."""
        name, spec = self._plain(fault.get("name")), fault.get("spec")
        label = fault.get("label")
        choices = _items(fault.get("choices") or getattr(spec, "of", None) or ())
        kind = "form" if name == "form" else "value"
        examples = texts(self.language)["examples"]
        known = {
            "value": None,
            **fault,
            "name": name,
            "label": (label.get(self.language) if isinstance(label, Mapping) else None) or name,
            "choices": [f"{choice} ({self.word(kind, choice)})" for choice in choices],
            "example": choices[0] if choices else examples.get(getattr(spec, "type", None), "…"),
        }
        return self._sentence("faults", str(fault.get("fault")), "", known)

    def word(self, kind: str, value: object) -> str:
        """Give the word of a kind for a value; what has none is given back as it is."""
        key = ("yes" if value else "no") if isinstance(value, bool) else str(value)
        label = self._label(kind, key)
        words = texts(self.language)["words"]
        for place in (kind, ELSEWHERE.get(kind, kind)):
            label = label or words.get(place, {}).get(key)
        if label is None and kind == "country":
            from babel import Locale  # noqa: PLC0415 - few sentences name a country

            label = Locale(self.language.value).territories.get(key)
        return label or key

    def _label(self, kind: str, name: str) -> str | None:
        edition = self._edition
        if edition is None:
            return None
        if kind == "step":
            labels = edition.steps.get(name)
        else:
            named = {"state": edition.states, "input": edition.inputs, "rule": edition.rules}
            entry = named.get(kind, {}).get(name)
            labels = entry.label if entry is not None else None
        return labels.get(self.language) if labels is not None else None

    def _section(self, part: str, name: str) -> Mapping[str, Any]:
        section: Mapping[str, Any] = texts(self.language)[part].get(name, {})
        return section

    def _sentence(self, part: str, name: str, variant: str, facts: Facts) -> Sentence:
        section = self._section(part, name)
        what = self._say(section.get(f"what_{variant}", section.get("what")), facts)
        if what is None:
            return Sentence(self._bare(name, facts))
        further = (
            self._say(template, facts)
            for fact, template in section.get("also", {}).items()
            if facts.get(fact)
        )
        cure = self._say(section.get(f"cure_{variant}", section.get("cure")), facts)
        return Sentence(" ".join(filter(None, (what, *further))), cure or "")

    def _again(self, where: Facts) -> _Command:
        commands = texts(self.language)["again"]
        return _Command(self._say(commands.get(where["step"], commands["step"]), where))

    def _bare(self, name: str, facts: Facts) -> str:
        told = self._plain(facts)
        return self._plain(name) + (f": {told}" if told else "")

    def _say(self, template: str | None, facts: Facts) -> str | None:
        """Fill a template; None where there is none, or it names a fact that is not there."""
        if template is None:
            return None
        try:
            lines = [line for part in template.split("\n") for line in self._lines(part, facts)]
        except KeyError:
            return None
        return "\n".join(lines)

    def _lines(self, line: str, facts: Facts) -> list[str]:
        if not line.startswith(COMMAND):
            return [self._fill(line, facts, self._spoken)]
        for name, kind, _ in FIELD.findall(line):
            if not kind and isinstance(facts[name], (list, tuple)):
                each = [{**facts, name: item} for item in _items(facts[name])]
                return [self._fill(line, one, self._typed) for one in each]
        return [self._fill(line, facts, self._typed)]

    @staticmethod
    def _fill(line: str, facts: Facts, say: Callable[[object, str, str], str]) -> str:
        return FIELD.sub(lambda field: say(facts[field[1]], field[2] or "", field[3] or ""), line)

    def _typed(self, value: object, kind: str, _: str) -> str:
        if isinstance(value, _Command):
            return value
        if kind == "assign":
            return " ".join(f"{shlex.quote(self._plain(name))}=…" for name in _items(value))
        return shlex.quote(self._plain(value))

    def _spoken(self, value: object, kind: str, further: str) -> str:
        common = texts(self.language)["common"]
        if kind == "count":
            forms = texts(self.language)["counts"][further]
            number = forms[_plural(value)] if isinstance(value, int) else forms["many"]
            return FIELD.sub(lambda _: self._plain(value), number)
        # A recorded event is a tuple too, but one thing.
        if kind == "entry" or not isinstance(value, (list, tuple)):
            return self._one(value, kind)
        *others, last = [self._one(item, kind) for item in value] or [common["none"]]
        joint: str = common[further or "and"]
        return joint.join(filter(None, (", ".join(others), last)))

    def _one(self, value: object, kind: str) -> str:
        if value is None or not kind:
            return self._plain(value)
        if kind == "date":
            return self._date(value)
        if kind == "moment":
            return self._moment(value)
        if kind in SHAPES:
            return self._shaped(value, texts(self.language)["common"][kind])
        if kind == "fact":
            return self._fact(self._plain(value))
        return self._plain(self.word(kind, value))

    def _shaped(self, value: object, template: str) -> str:
        told: dict[str, object] = {}
        for name, _, _ in FIELD.findall(template):
            fact = value.get(name) if isinstance(value, Mapping) else getattr(value, name, None)
            if isinstance(fact, Mapping):
                fact = fact.get(self.language) or told.get("name")
            told[name] = fact
        return self._say(template, told) or ""

    def _fact(self, name: str) -> str:
        last = name.rpartition(".")[2]
        label = self._label("input", last) or texts(self.language)["words"]["fact"].get(last)
        return f"{label} ({name})" if label else name

    def _date(self, value: object) -> str:
        try:
            if isinstance(value, dt.date):
                return PartialDate.of(value).words(self.language)
            return PartialDate.parse(str(value)).words(self.language)
        except NotADate:
            return self._plain(value)

    def _moment(self, value: object) -> str:
        if not isinstance(value, dt.datetime):
            return self._plain(value)
        try:
            here = value.astimezone(_office_time())
        except OverflowError:
            return self._plain(value)
        told = {"day": here.date(), "time": f"{here:%H:%M}"}
        return self._say(texts(self.language)["common"]["moment"], told) or ""

    def _plain(self, value: object) -> str:
        """Write a value on one line, without what would move a cursor or turn a text around."""
        if value is None:
            return str(texts(self.language)["common"]["unknown"])
        if isinstance(value, bool):
            return self.word("yes_no", value)
        if isinstance(value, Mapping):
            return ", ".join(f"{self._plain(k)}={self._plain(v)}" for k, v in value.items())
        if isinstance(value, (list, tuple)):
            return ", ".join(self._plain(item) for item in value)
        line = " ".join(str(value).split())
        line = "".join(sign if sign.isprintable() else "�" for sign in line)
        return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"
