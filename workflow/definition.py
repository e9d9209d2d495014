"""Read a definition: the lifecycle of a cooperation as data, checked before anything uses it.

A definition is TOML a lawyer reads top to bottom. Loading has two phases: names and shape first,
the graph only when those are clean, and each phase reports every fault it finds.
"""

import datetime as dt
import hashlib
import re
import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.vocabulary import START, Authority, Form, Language, Role, Strength
from workflow.errors import DefinitionFaulty
from workflow.inputs import TYPES, InputSpec, specification

Labels = Mapping[Language, str]
Place = tuple[Form, str]
"""Where a case stands: its form and its state."""

PARTS = ("id", "valid_from", "groups", "states", "inputs", "rules", "steps")
TABLES = ("groups", "states", "inputs", "rules", "clocks", "steps")
LENGTH = re.compile(r"[1-9]\d* (days|months)", re.ASCII)
LISTS = ("authority", "recorded_by", "inputs", "rules", "documents", "basis")
KEYS: Mapping[str, frozenset[str]] = {
    "states": frozenset({*Language, "final"}),
    "inputs": frozenset({*Language, "type", "of", "future", "free"}),
    "rules": frozenset({*Language, "strength", "basis"}),
    "clocks": frozenset({"state", "length", "from", "kind", "doing", "basis"}),
    "steps": frozenset({*Language, *LISTS, "step", "from", "to", "forms", "sets_form", "also"}),
    "also": frozenset({*LISTS, "from", "forms"}),
}
"""What an entry may say; a misspelt key would be a rule that nobody asks."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the lifecycle: this step, for this form, from this state."""

    step: str
    form: Form
    source: str
    new_form: Form
    target: str
    authority: tuple[Authority, ...]
    recorded_by: tuple[Role, ...]
    inputs: tuple[str, ...]
    optional: frozenset[str]
    rules: tuple[str, ...]
    strengths: Mapping[str, Strength]
    documents: tuple[str, ...]
    basis: tuple[str, ...]

    @property
    def moves(self) -> bool:
        """Say whether the step changes where the case stands."""
        return (self.form, self.source) != (self.new_form, self.target)


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """What the definition says of a rule: how strong it is and what it rests on."""

    id: str
    strength: Strength
    basis: tuple[str, ...]
    label: Labels


@dataclass(frozen=True, slots=True)
class State:
    """A state, its labels, and whether the life of a case ends in it."""

    name: str
    label: Labels
    final: bool


@dataclass(frozen=True, slots=True)
class Clock:
    """How long a case should stay in a state.

    Attributes:
        start: the input of the opening step the days run from; None: its effective date.
        amount: how many of `unit` ("days" or "months").
        doing: the period is for doing an act, so its end rolls to a working day.
    """

    name: str
    state: str
    amount: int
    unit: str
    start: str | None
    kind: str
    doing: bool
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Definition:
    """One edition of the lifecycle, whole and sound; it is itself and equals no other."""

    id: str
    valid_from: dt.date
    text: str
    states: Mapping[str, State]
    steps: Mapping[str, Labels]
    inputs: Mapping[str, InputSpec]
    rules: Mapping[str, RuleSpec]
    clocks: Mapping[str, Clock]
    rows: Mapping[Place, Mapping[tuple[str, Form], Row]]

    @property
    def sha256(self) -> str:
        """Hash of the text, kept with the register so that it explains itself."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def at(self, form: Form, state: str) -> Iterable[Row]:
        """Give every step that starts there."""
        return self.rows.get((form, state), {}).values()

    def row(self, form: Form, state: str, step: str, new_form: Form | None = None) -> Row | None:
        """Find the row of a step; a step that sets the form needs to know which one."""
        rows = self.rows.get((form, state), {})
        if new_form is not None and (step, new_form) in rows:
            return rows[step, new_form]
        candidates = [row for (name, _), row in rows.items() if name == step]
        return candidates[0] if len(candidates) == 1 else None

    def all_rows(self) -> Iterator[Row]:
        """Give every row of the reachable part."""
        for rows in self.rows.values():
            yield from rows.values()

    def specs(self, row: Row) -> tuple[InputSpec, ...]:
        """Give the specifications of the inputs a row carries, in its order."""
        return tuple(self.inputs[name] for name in row.inputs)


def load(text: str, *, rules: Collection[str], provisions: Collection[str]) -> Definition:
    """Read and check a definition.

    Args:
        text: the TOML.
        rules: the rules that are built; one that is named and not built is a fault.
        provisions: the provisions of the law; one that is cited and not known is a fault.

    Raises:
        DefinitionFaulty: every fault of the first phase that has any.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise DefinitionFaulty([f"not TOML: {fault}"]) from fault
    faults = list(_faults_of_shape(data, rules, provisions))
    if faults:
        raise DefinitionFaulty(faults)
    written = list(_expand(data))
    faults = list(dict.fromkeys(_faults_of_graph(data, written)))
    if faults:
        raise DefinitionFaulty(faults)
    rows: dict[Place, dict[tuple[str, Form], Row]] = defaultdict(dict)
    reached = _reached(written)
    for row in written:
        if (row.form, row.source) in reached:
            rows[row.form, row.source][row.step, row.new_form] = row
    return Definition(
        data["id"],
        data["valid_from"],
        text,
        {
            name: State(name, _labels(entry), bool(entry.get("final", False)))
            for name, entry in data["states"].items()
        },
        {name: _labels(entry) for name, entry in data["steps"].items() if "step" not in entry},
        {name: specification(name, entry) for name, entry in data["inputs"].items()},
        {
            name: RuleSpec(name, Strength(entry["strength"]), tuple(entry["basis"]), _labels(entry))
            for name, entry in data["rules"].items()
        },
        {name: _clock(name, entry) for name, entry in data.get("clocks", {}).items()},
        dict(rows),
    )


def _labels(entry: Mapping[str, Any]) -> Labels:
    return {language: entry[language] for language in Language}


def _clock(name: str, entry: Mapping[str, Any]) -> Clock:
    amount, unit = entry["length"].split()
    return Clock(
        name,
        entry["state"],
        int(amount),
        unit,
        entry.get("from"),
        entry["kind"],
        bool(entry.get("doing", False)),
        tuple(entry.get("basis", ())),
    )


# Phase one: names and shape.


def _faults_of_shape(
    data: Mapping[str, Any], rules: Collection[str], provisions: Collection[str]
) -> Iterator[str]:
    faults = list(_faults_of_parts(data))
    if faults:
        yield from faults
        return
    for kind, keys in KEYS.items():
        yield from (
            f"{kind}.{name}: unknown key {key!r}"
            for name, entry in data.get(kind, {}).items()
            for key in entry
            if key not in keys
        )
    yield from (
        f"{kind}.{name}: no {language} label"
        for kind in ("states", "inputs", "rules", "steps")
        for name, entry in data[kind].items()
        for language in Language
        if "step" not in entry and not entry.get(language)
    )
    yield from _faults_of_groups(data["groups"])
    for name, entry in data["inputs"].items():
        yield from _unknown(f"inputs.{name}", [entry.get("type")], TYPES, "type")
        if entry.get("type") in {"choice", "choices"} and not entry.get("of"):
            yield f"inputs.{name}: a choice of nothing"
    for name, entry in data["rules"].items():
        yield from _faults_of_rule(name, entry, rules, provisions)
    for name, entry in data.get("clocks", {}).items():
        yield from _faults_of_clock(name, entry, data, provisions)
    for name, entry in data["steps"].items():
        yield from _faults_of_step(name, entry, data, provisions)


def _faults_of_parts(data: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"no {key}" for key in PARTS if key not in data)
    yield from (f"unknown part {key!r}" for key in data if key not in {*PARTS, *TABLES})
    if not isinstance(data.get("valid_from", dt.date.min), dt.date):
        yield "valid_from: not a day"
    for kind in TABLES:
        shape, called = (list, "list") if kind == "groups" else (dict, "table")
        part = data.get(kind, {})
        entries = part.items() if isinstance(part, dict) else [("*", None)]
        yield from (
            f"{kind}.{name}: not a {called}"
            for name, entry in entries
            if not isinstance(entry, shape)
        )


def _faults_of_groups(groups: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for group, members in groups.items():
        yield from _unknown(f"groups.{group}", members, {*Form, *groups}, "form")
        if group in _members(group, groups):
            yield f"groups.{group}: contains itself"


def _members(group: str, groups: Mapping[str, Sequence[str]]) -> set[str]:
    found: set[str] = set()
    todo = list(groups[group])
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += groups.get(name, ())
    return found


def _faults_of_rule(
    name: str, entry: Mapping[str, Any], rules: Collection[str], provisions: Collection[str]
) -> Iterator[str]:
    yield from _unknown(f"rules.{name}", [name], rules, "function in rules.py called")
    yield from _unknown(f"rules.{name}", [entry.get("strength")], tuple(Strength), "strength")
    yield from _unknown(f"rules.{name}", entry.get("basis", ()), provisions, "provision")
    if not entry.get("basis"):
        yield f"rules.{name}: rests on nothing"


def _faults_of_clock(
    name: str, entry: Mapping[str, Any], data: Mapping[str, Any], provisions: Collection[str]
) -> Iterator[str]:
    yield from _unknown(f"clocks.{name}", [entry.get("state")], data["states"], "state")
    yield from _unknown(f"clocks.{name}", entry.get("basis", ()), provisions, "provision")
    if "from" in entry:
        yield from _unknown(f"clocks.{name}", [entry["from"]], data["inputs"], "input")
    if not entry.get("kind"):
        yield f"clocks.{name}: no kind"
    if not LENGTH.fullmatch(str(entry.get("length"))):
        yield f"clocks.{name}: length is not like '30 days' or '2 months'"


def _faults_of_step(
    name: str, entry: Mapping[str, Any], data: Mapping[str, Any], provisions: Collection[str]
) -> Iterator[str]:
    where = f"steps.{name}"
    forms = {*Form, *data["groups"]}
    yield from (
        f"{where}.also: unknown key {key!r}"
        for also in entry.get("also", ())
        for key in also
        if key not in KEYS["also"]
    )
    yield from (f"{where}: no {key}" for key in ("forms", "from") if key not in entry)
    for key, names, what in (
        ("to", data["states"], "state"),
        ("sets_form", forms, "form"),
        ("step", data["steps"], "step"),
    ):
        if key in entry:
            yield from _unknown(where, [entry[key]], names, what)
    known: dict[str, Collection[str]] = {
        "authority": tuple(Authority),
        "recorded_by": tuple(Role),
        "inputs": data["inputs"],
        "rules": data["rules"],
        "basis": provisions,
        "from": data["states"],
        "forms": forms,
    }
    for part in (entry, *entry.get("also", ())):
        for key, names in known.items():
            yield from _unknown(where, [_bare(word) for word in part.get(key, ())], names, key)
        given = [_strength(word) for word in part.get("rules", ())]
        yield from _unknown(where, [word for word in given if word], tuple(Strength), "strength")


def _bare(name: str) -> str:
    """Take the mark of an optional input or of a strength off a name."""
    return name.rstrip("?").partition(" (")[0]


def _strength(name: str) -> str | None:
    """Read the strength a step gives a rule: `definite_term (warn)`."""
    return name.partition(" (")[2].rstrip(")") or None


def _unknown(where: str, names: Iterable[Any], known: Collection[str], what: str) -> Iterator[str]:
    return (f"{where}: no {what} {name!r}" for name in names if name not in known)


# From the steps as written to one row per form and state.


def _expand(data: Mapping[str, Any]) -> Iterator[Row]:
    groups: Mapping[str, Sequence[str]] = data["groups"]

    def forms(names: Iterable[str]) -> tuple[Form, ...]:
        found: dict[Form, None] = {}
        for name in names:
            members = groups.get(name)
            for form in forms(members) if members is not None else (Form(name),):
                found[form] = None
        return tuple(found)

    for key, entry in data["steps"].items():
        step = entry.get("step", key)
        for form in forms(entry["forms"]):
            for new_form in forms([entry["sets_form"]]) if "sets_form" in entry else (form,):
                for source in entry["from"] or (START,):
                    parts = [entry] + [
                        also
                        for also in entry.get("also", ())
                        if ("forms" not in also or new_form in forms(also["forms"]))
                        and ("from" not in also or source in also["from"])
                    ]
                    yield _row(step, form, source, new_form, entry.get("to", source), parts)


def _row(
    step: str,
    form: Form,
    source: str,
    new_form: Form,
    target: str,
    parts: Sequence[Mapping[str, Any]],
) -> Row:
    lists: dict[str, tuple[str, ...]] = {
        key: tuple(dict.fromkeys(name for part in parts for name in part.get(key, ())))
        for key in LISTS
    }
    return Row(
        step,
        form,
        source,
        new_form,
        target,
        tuple(Authority(name) for name in lists["authority"]),
        tuple(Role(name) for name in lists["recorded_by"]),
        tuple(name.rstrip("?") for name in lists["inputs"]),
        frozenset(name.rstrip("?") for name in lists["inputs"] if name.endswith("?")),
        tuple(_bare(name) for name in lists["rules"]),
        {
            _bare(name): Strength(strength)
            for name in lists["rules"]
            if (strength := _strength(name)) is not None
        },
        lists["documents"],
        lists["basis"],
    )


# Phase two: the graph.


def _faults_of_graph(data: Mapping[str, Any], rows: Sequence[Row]) -> Iterator[str]:
    seen: set[tuple[str, str, Form, Form]] = set()
    for row in rows:
        key = (row.step, row.source, row.form, row.new_form)
        if key in seen:
            yield f"{row.step} from {row.source} for {row.form}: written twice"
        seen.add(key)
        if not row.authority:
            yield f"{row.step} ({row.new_form}): nobody decides it"
        if not row.recorded_by:
            yield f"{row.step} from {row.source} ({row.new_form}): nobody may record it"
        for names in (row.inputs, row.rules):
            yield from (
                f"{row.step} ({row.new_form}): {name} named twice"
                for name in dict.fromkeys(names)
                if names.count(name) > 1
            )
    reached = _reached(rows)
    used = [row for row in rows if (row.form, row.source) in reached]
    final = {name for name, entry in data["states"].items() if entry.get("final")}
    states = {state for _, state in reached}
    yield from (
        f"state {name}: no case reaches it" for name in data["states"] if name not in states
    )
    yield from (
        f"{step} from {source}: no form can use it"
        for step, source in sorted(
            {(row.step, row.source) for row in rows} - {(row.step, row.source) for row in used}
        )
    )
    for kind in ("rules", "inputs"):
        named = {name for row in used for name in getattr(row, kind)}
        yield from (f"{kind[:-1]} {name}: used nowhere" for name in data[kind] if name not in named)
    own = [row for row in used if set(row.authority) & OWN]
    for where, ways in (("no way to an end", used), ("no way out by the City's own acts", own)):
        ends = _ends(ways, {place for place in reached if place[1] in final})
        yield from (
            f"{form} in {state}: {where}"
            for form, state in sorted(reached - ends)
            if state != START
        )


OWN = frozenset({Authority.OFFICE, Authority.MAYOR, Authority.COUNCIL, Authority.TIME})
"""The authorities of the City itself, and time, which nobody can withhold."""


def _reached(rows: Sequence[Row]) -> set[Place]:
    ways: dict[Place, list[Place]] = defaultdict(list)
    for row in rows:
        ways[row.form, row.source].append((row.new_form, row.target))
    seen = {place for place in ways if place[1] == START}
    todo = list(seen)
    while todo:
        for place in ways.get(todo.pop(), ()):
            if place not in seen:
                seen.add(place)
                todo.append(place)
    return seen


def _ends(rows: Sequence[Row], final: set[Place]) -> set[Place]:
    before: dict[Place, list[Place]] = defaultdict(list)
    for row in rows:
        before[row.new_form, row.target].append((row.form, row.source))
    seen = set(final)
    todo = list(final)
    while todo:
        for place in before.get(todo.pop(), ()):
            if place not in seen:
                seen.add(place)
                todo.append(place)
    return seen
