"""What the sources themselves say can be told to a person: answers, needs, errors, faults.

They are read as syntax, not run: a variant that no test happens to meet is found all the same.
"""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from workflow.dates import Reason
from workflow.rules import RULES

ROOT = Path(__file__).parents[1]
HOUSE = ("commands", "drafts", "migrations", "models", "register", "workflow")
ASKS = ("text", "number", "answer", "votes")
"""What a rule calls on its facts that it cannot do without."""


class ErrorClass(NamedTuple):
    """An error with sentences: its code, what its docstring says, what it is raised with."""

    code: str
    docstring: str
    facts: frozenset[str]


@cache
def trees(*folders: str) -> tuple[ast.Module, ...]:
    """Read every module of these folders."""
    paths = sorted(path for folder in folders for path in ROOT.glob(f"{folder}/**/*.py"))
    return tuple(ast.parse(path.read_text("utf-8")) for path in paths)


def strings(node: ast.expr, around: ast.AST) -> set[str]:
    """Give the texts an expression can be: constants, choices, and names bound to them."""
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.IfExp(body=one, orelse=other):
            return strings(one, around) | strings(other, around)
        case ast.JoinedStr(values=[ast.Constant(value=str(start)), ast.FormattedValue()]):
            return {f"{start}{reason}" for reason in Reason}
        case ast.Name(id=name):
            return {text for bound in _bound(name, around) for text in strings(bound, around)}
    return set()


def _bound(name: str, around: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(around):
        match node:
            case ast.Assign(targets=[ast.Name(id=found)], value=value) if found == name:
                yield value
            case (
                ast.For(target=ast.Tuple(elts=targets), iter=ast.Tuple(elts=items))
                | ast.comprehension(target=ast.Tuple(elts=targets), iter=ast.Tuple(elts=items))
            ):
                for place, target in enumerate(targets):
                    if isinstance(target, ast.Name) and target.id == name:
                        yield from (
                            item.elts[place] for item in items if isinstance(item, ast.Tuple)
                        )


def _named(node: ast.AST) -> str | None:
    return getattr(node, "attr", None) or getattr(node, "id", None)


def calls(around: ast.AST, *names: str) -> Iterator[ast.Call]:
    """Give the calls of these names, also of a name that was bound to one of them by choice."""
    nodes = list(ast.walk(around))
    choices = [choice for node in nodes if (choice := _choice(node)) is not None]
    chosen = {name for name, meant in choices if meant & set(names)}
    for node in nodes:
        if isinstance(node, ast.Call) and _named(node.func) in {*names, *chosen}:
            yield node


@cache
def _house_calls() -> Mapping[str, tuple[tuple[ast.AST, ast.Call], ...]]:
    """Index every call of the house by its name, with the module it stands in."""
    found: dict[str, list[tuple[ast.AST, ast.Call]]] = {}
    for tree in trees(*HOUSE):
        nodes = list(ast.walk(tree))
        names: dict[str, set[str]] = {}
        for node in nodes:
            if (choice := _choice(node)) is not None:
                names.setdefault(choice[0], set()).update(choice[1])
        for node in nodes:
            if isinstance(node, ast.Call) and (name := _named(node.func)) is not None:
                for meant in names.get(name, {name}):
                    found.setdefault(meant, []).append((tree, node))
    return {name: tuple(calls) for name, calls in found.items()}


def _choice(node: ast.AST) -> tuple[str, set[str]] | None:
    """Read `kind = RegisterOlder if … else RegisterNewer`, which makes `kind(…)` a call of both."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.IfExp(body=one, orelse=other)):
            return name, {found for found in map(_named, (one, other)) if found}
    return None


def keywords(call: ast.Call) -> frozenset[str]:
    """Name the keywords of a call."""
    return frozenset(keyword.arg for keyword in call.keywords if keyword.arg)


@cache
def _functions() -> Mapping[str, ast.FunctionDef]:
    nodes = (node for tree in trees("workflow/rules") for node in ast.walk(tree))
    return {node.name: node for node in nodes if isinstance(node, ast.FunctionDef)}


@cache
def answers() -> Mapping[tuple[str, str], frozenset[str]]:
    """Give every answer "broken": (rule, variant) -> the facts it always has."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    for name in RULES:
        function = _functions()[name]
        for call in calls(function, "broken"):
            variants = strings(call.args[0], function) if call.args else {""}
            assert variants, f"{name}: a variant no test can read: {ast.unparse(call)}"
            for variant in variants:
                told = keywords(call)
                found[name, variant] = found.get((name, variant), told) & told
    return found


def needs_of(function: str, seen: frozenset[str] = frozenset()) -> set[str]:
    """Give what a rule may lack: what it and its helpers cannot do without."""
    node = _functions()[function]
    wanted: set[str] = set()
    for call in calls(node, "Missing", *ASKS):
        of = ast.unparse(call.func)
        if of == "Missing" or of in {f"facts.{ask}" for ask in ASKS}:
            wanted |= strings(call.args[0], node)
    helpers = {_named(call.func) for call in ast.walk(node) if isinstance(call, ast.Call)}
    for helper in _functions().keys() & helpers - seen - {function}:
        wanted |= needs_of(helper, seen | {function})
    return wanted


@cache
def error_classes() -> Mapping[str, ErrorClass]:
    """Give every error of the house that has a code, by the name of its class."""
    found: dict[str, ErrorClass] = {}
    for node in (node for tree in trees(*HOUSE) for node in ast.walk(tree)):
        for line in node.body if isinstance(node, ast.ClassDef) else ():
            match line:
                case (
                    ast.AnnAssign(target=ast.Name(id="code"), value=ast.Constant(value=str(code)))
                    | ast.Assign(targets=[ast.Name(id="code")], value=ast.Constant(value=str(code)))
                ):
                    assert isinstance(node, ast.ClassDef)
                    raised = [call for _, call in _house_calls().get(node.name, ())]
                    raised += calls(node, "__init__")
                    facts = frozenset[str]().union(*(keywords(call) for call in raised))
                    found[node.name] = ErrorClass(code, ast.get_docstring(node) or "", facts)
    return found


def told(name: str, fact: str) -> set[str]:
    """Give the texts that calls of a name have for a keyword."""
    return {
        text
        for tree, call in _house_calls().get(name, ())
        for keyword in call.keywords
        if keyword.arg == fact
        for text in strings(keyword.value, tree)
    }


def third(name: str) -> set[str]:
    """Give the texts that calls of a name have in the third place."""
    return {text for tree, call in _house_calls()[name] for text in strings(call.args[2], tree)}


def fault_ids() -> set[str]:
    """Give the id of every fault of what was typed."""
    found: set[str] = set()
    for node in (node for tree in trees(*HOUSE) for node in ast.walk(tree)):
        if isinstance(node, ast.FunctionDef):
            for call in calls(node, "Unreadable"):
                found |= strings(call.args[0], node)
            for part in ast.walk(node):
                if isinstance(part, ast.Dict):
                    pairs = zip(part.keys, part.values, strict=True)
                    faults = [value for key, value in pairs if key and _text_of(key) == "fault"]
                    found |= {text for value in faults for text in strings(value, node)}
    return found


def _text_of(node: ast.expr) -> object:
    return node.value if isinstance(node, ast.Constant) else None


def members(name: str, *folders: str) -> set[str]:
    """Give the values of an enumeration, by the name of its class."""
    return {
        line.value.value
        for tree in trees(*folders)
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and node.name == name
        for line in node.body
        if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant)
        if isinstance(line.value.value, str)
    }


def first_words(name: str) -> set[str]:
    """Give the texts that calls of a method have in the first place."""
    return {
        text
        for tree, call in _house_calls()[name]
        if isinstance(call.func, ast.Attribute) and call.args
        for text in strings(call.args[0], tree)
    }
