"""What a step may carry: its types, and the one validator that reads what a person typed.

A value has three shapes: the words typed, the Python value the rules see, and the JSON stored in
the event. `read` goes from the first to the second with every fault at once; `encode` and
`decode` go between the second and the third without loss.
"""

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from models.vocabulary import Form, Language
from workflow.dates import NotADate, PartialDate
from workflow.errors import InputFaults

Json = str | int | bool | None | Sequence["Json"] | Mapping[str, "Json"]


class Votes(NamedTuple):
    """A vote of the Council: for, against, abstained."""

    in_favour: int
    against: int
    abstained: int

    def __str__(self) -> str:
        return f"{self.in_favour}/{self.against}/{self.abstained}"


class Term(NamedTuple):
    """How long an agreement is to last: so many months, or until a last day, or indefinitely."""

    months: int | None = None
    until: PartialDate | None = None

    @property
    def definite(self) -> bool:
        """Say whether the term has an end."""
        return self.months is not None or self.until is not None


Value = str | int | bool | PartialDate | Votes | Term | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InputSpec:
    """One input as the definition describes it.

    Attributes:
        of: the words a choice admits.
        future: whether a date of this input may lie ahead (a planned session, a term).
        free: whether it may be corrected without a manager: no rule looks at it.
    """

    name: str
    type: str
    of: tuple[str, ...]
    label: Mapping[Language, str]
    future: bool = False
    free: bool = False


class Unreadable(Exception):
    """A word that its type does not admit; `fault` is a message id, `facts` its placeholders."""

    def __init__(self, fault: str, **facts: object) -> None:
        self.fault = fault
        self.facts = facts
        super().__init__(fault, facts)


YES = frozenset({"yes", "y", "true", "tak", "t"})
NO = frozenset({"no", "n", "false", "nie"})
INDEFINITE = frozenset({"indefinite", "nieokreślony", "czas nieokreślony"})
MONTHS_IN = {
    **dict.fromkeys(("month", "months", "miesiąc", "miesiące", "miesięcy"), 1),
    **dict.fromkeys(("year", "years", "rok", "lata", "lat"), 12),
}
MOST_DIGITS = 9
LONGEST_TERM = 12 * 100
"""Months; a longer term is a slip of the pen."""
REFERENCE = re.compile(r"KRK-\d{4}-\d{4,}", re.ASCII)
LONGEST = 100_000
"""Characters of one text; what is longer is a file, and belongs to the case as one."""


def _text(word: str, _: InputSpec) -> str:
    text = unicodedata.normalize("NFC", word.replace("\r\n", "\n")).strip()
    if not text:
        raise Unreadable("empty")
    if len(text) > LONGEST:
        raise Unreadable("too_long", length=len(text), longest=LONGEST)
    for character in text:
        # Cc: controls, Cs: lone surrogates, which no database and no file can hold.
        if unicodedata.category(character) in {"Cc", "Cs"} and character not in "\n\t":
            raise Unreadable("control_character", character=f"U+{ord(character):04X}")
    return text


def _partial_date(word: str, _: InputSpec) -> PartialDate:
    try:
        return PartialDate.read(word)
    except NotADate as fault:
        raise Unreadable(f"date_{fault.reason}") from fault


def _day(word: str, spec: InputSpec) -> PartialDate:
    found = _partial_date(word, spec)
    if found.day is None:
        raise Unreadable("date_not_a_day")
    return found


def _choice(word: str, spec: InputSpec) -> str:
    chosen = word.strip().lower().replace("-", "_").replace(" ", "_")
    if chosen not in spec.of:
        raise Unreadable("not_a_choice", choices=spec.of)
    return chosen


def _list(word: str, spec: InputSpec) -> tuple[str, ...]:
    items = tuple(dict.fromkeys(_text(item, spec) for item in word.split(",") if item.strip()))
    if not items:
        raise Unreadable("empty")
    return items


def _choices(word: str, spec: InputSpec) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_choice(item, spec) for item in _list(word, spec)))


def _yes_no(word: str, _: InputSpec) -> bool:
    answer = word.strip().lower()
    if answer not in YES | NO:
        raise Unreadable("not_yes_or_no")
    return answer in YES


def _count(word: str, _: InputSpec) -> int:
    figure = word.strip()
    if not (figure.isascii() and figure.isdigit() and len(figure) <= MOST_DIGITS):
        raise Unreadable("not_a_number")
    return int(figure)


def _votes(word: str, spec: InputSpec) -> Votes:
    parts = word.split("/")
    try:
        in_favour, against, abstained = (_count(part, spec) for part in parts)
    except (ValueError, Unreadable) as fault:
        raise Unreadable("not_votes") from fault
    return Votes(in_favour, against, abstained)


def _term(word: str, _: InputSpec) -> Term:
    typed = " ".join(word.lower().split())
    if typed in INDEFINITE:
        return Term()
    amount, _space, unit = typed.partition(" ")
    if unit in MONTHS_IN and amount.isascii() and amount.isdigit() and len(amount) <= MOST_DIGITS:
        months = int(amount) * MONTHS_IN[unit]
        if 0 < months <= LONGEST_TERM:
            return Term(months=months)
        raise Unreadable("not_a_term")
    try:
        until = PartialDate.read(typed)
    except NotADate as fault:
        raise Unreadable("not_a_term") from fault
    if until.latest is None:
        raise Unreadable("not_a_term")
    return Term(until=PartialDate.of(until.latest))


def _reference(word: str, _: InputSpec) -> str:
    reference = word.strip().upper()
    if not REFERENCE.fullmatch(reference):
        raise Unreadable("not_a_reference")
    return reference


_READERS: Mapping[str, Callable[[str, InputSpec], Value]] = {
    "text": _text,
    "number": _text,
    "partial_date": _partial_date,
    "day": _day,
    "choice": _choice,
    "choices": _choices,
    "form": _choice,
    "list": _list,
    "yes_no": _yes_no,
    "count": _count,
    "votes": _votes,
    "term": _term,
    "reference": _reference,
}
TYPES = frozenset(_READERS)


def specification(name: str, entry: Mapping[str, object]) -> InputSpec:
    """Make a specification from its row of the definition."""
    of = cast(Sequence[str], entry.get("of", ()))
    return InputSpec(
        name,
        str(entry.get("type")),
        tuple(Form) if entry.get("type") == "form" else tuple(of),
        {language: str(entry.get(language, "")) for language in Language},
        bool(entry.get("future", False)),
        bool(entry.get("free", False)),
    )


def read(
    step: str,
    specs: Sequence[InputSpec],
    optional: Iterable[str],
    words: Mapping[str, str],
    *,
    complete: bool = True,
) -> dict[str, Value]:
    """Read what was typed for a step.

    Args:
        step: the step, for the refusal.
        specs: the inputs the step carries.
        optional: the names of those that may be left out.
        words: name -> what was typed.
        complete: False asks only whether what is there is right (`why` before the inputs exist).

    Raises:
        InputFaults: with every fault: unknown names, missing inputs, values their type refuses.
    """
    known = {spec.name: spec for spec in specs}
    leave_out = frozenset(optional)
    faults: list[dict[str, object]] = [
        {
            "name": name,
            "value": words[name],
            "fault": "unknown",
            "near": difflib.get_close_matches(name, known, 1),
            "known": tuple(known),
        }
        for name in words
        if name not in known
    ]
    found: dict[str, Value] = {}
    for name, spec in known.items():
        word = words.get(name)
        if word is None:
            if complete and name not in leave_out:
                faults.append({"name": name, "fault": "missing", "label": spec.label, "spec": spec})
            continue
        try:
            found[name] = _READERS[spec.type](word, spec)
        except Unreadable as fault:
            faults.append(
                {
                    "name": name,
                    "value": word,
                    "fault": fault.fault,
                    "label": spec.label,
                    **fault.facts,
                }
            )
    if faults:
        raise InputFaults(step, faults)
    return found


def encode(value: Value) -> Json:
    """Give the JSON of a value, for the body of an event."""
    if isinstance(value, PartialDate):
        return value.text
    if isinstance(value, Votes):
        return {"for": value.in_favour, "against": value.against, "abstained": value.abstained}
    if isinstance(value, Term):
        return {"months": value.months, "until": value.until.text if value.until else None}
    if isinstance(value, tuple):
        return [str(item) for item in value]
    return value


def decode(spec: InputSpec | None, stored: Json) -> Value:
    """Give the value of stored JSON; an input the definition no longer knows stays as it is."""
    if spec is None:
        return cast(Value, tuple(stored) if isinstance(stored, list) else stored)
    if spec.type in {"partial_date", "day"}:
        return PartialDate.parse(cast(str, stored))
    if spec.type == "votes":
        votes = cast(Mapping[str, int], stored)
        return Votes(votes["for"], votes["against"], votes["abstained"])
    if spec.type == "term":
        term = cast(Mapping[str, Any], stored)
        return Term(term["months"], PartialDate.parse(term["until"]) if term["until"] else None)
    return cast(Value, tuple(cast(Sequence[str], stored)) if isinstance(stored, list) else stored)
