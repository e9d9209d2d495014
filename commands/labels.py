"""What states, steps, forms, inputs and values are called in the language in use."""

from collections.abc import Mapping, Sequence

from commands.speech import language, say
from models.vocabulary import Language
from workflow.dates import PartialDate
from workflow.definition import Definition
from workflow.inputs import Term, Value, Votes
from workflow.messages import Speech


def tongue() -> Language:
    """Give the language in use."""
    return Language(language())


def state(edition: Definition, name: str) -> str:
    """Name a state; `lapsed` is what lists show and no case is in."""
    if name == "lapsed":
        return say("okres minął", "lapsed")
    return edition.states[name].label[tongue()] if name in edition.states else name


def step(edition: Definition, speech: Speech, name: str) -> str:
    """Name a step, or one of the engine's own events."""
    labels = edition.steps.get(name)
    return labels[tongue()] if labels is not None else speech.word("event", name)


def several(speech: Speech, kind: str, names: Sequence[str]) -> str:
    """Name several things of a kind."""
    return ", ".join(speech.word(kind, name) for name in names)


def value(speech: Speech, given: Value | object) -> str:
    """Write a value of an input as a person reads it."""
    if isinstance(given, PartialDate):
        return given.words(tongue())
    if isinstance(given, Votes):
        return say(
            f"{given.in_favour} za, {given.against} przeciw, {given.abstained} wstrzymujących się",
            f"{given.in_favour} for, {given.against} against, {given.abstained} abstained",
        )
    if isinstance(given, Term):
        return _term(given)
    if isinstance(given, bool):
        return say("tak", "yes") if given else say("nie", "no")
    if isinstance(given, Mapping):
        return ", ".join(f"{name}={item}" for name, item in given.items())
    items = given if isinstance(given, Sequence) and not isinstance(given, str) else (given,)
    nested = any(isinstance(item, Mapping) for item in items)
    told = (value(speech, i) if nested else speech.word("value", str(i)) for i in items)
    return ("; " if nested else ", ").join(told)


def _term(term: Term) -> str:
    if term.until is not None:
        return say("do ", "until ") + term.until.words(tongue())
    if term.months is None:
        return say("czas nieokreślony", "indefinite")
    return say(f"{term.months} mies.", f"{term.months} months")
