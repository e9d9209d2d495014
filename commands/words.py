"""Inputs of a step as words: NAME=VALUE, and asking for what is missing on a terminal."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from commands.asking import again, ask, on_a_terminal
from commands.speech import language
from workflow.errors import InputFaults
from workflow.inputs import InputSpec
from workflow.messages import Speech

T = TypeVar("T")


def parse(step: str, words: Sequence[str]) -> dict[str, str]:
    """Read NAME=VALUE words.

    Raises:
        InputFaults: every word without a name or a `=`, every name given twice.
    """
    found: dict[str, str] = {}
    faults: list[Mapping[str, object]] = []
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name:
            faults.append({"name": word, "value": word, "fault": "not_a_word"})
        elif name in found:
            faults.append({"name": name, "value": value, "fault": "twice"})
        else:
            found[name] = value
    if faults:
        raise InputFaults(step, faults)
    return found


def asking(
    words: Mapping[str, str], attempt: Callable[[Mapping[str, str]], T], speech: Speech
) -> T:
    """Make an attempt; where inputs are missing and a person is there, ask and try again.

    What was answered is never lost: only a wrong answer is asked for again.

    Raises:
        InputFaults: nobody is there to be asked, or something that was typed is wrong.
    """
    given = dict(words)
    answered: set[str] = set()
    while True:
        try:
            return attempt(given)
        except InputFaults as faults:
            typed_wrong = [
                fault
                for fault in faults.faults
                if fault["fault"] != "missing" and fault["name"] not in answered
            ]
            if typed_wrong or not on_a_terminal():
                raise
            for fault in faults.faults:
                name = str(fault["name"])
                if fault["fault"] != "missing":
                    again(speech.fault(fault).what)
                given[name] = _ask(name, fault)
                answered.add(name)


def _ask(name: str, fault: Mapping[str, object]) -> str:
    spec, label, choices = fault.get("spec"), fault.get("label"), fault.get("choices")
    shown = str(label[language()]) if isinstance(label, Mapping) and label else ""
    if not isinstance(choices, Sequence):
        choices = spec.of if isinstance(spec, InputSpec) else ()
    return ask(name, shown, tuple(str(choice) for choice in choices))
