"""Inputs of a step as words: NAME=VALUE, and asking for what is missing on a terminal."""

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import click

from commands.speech import language
from workflow.errors import InputFaults
from workflow.inputs import InputSpec

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


def on_a_terminal() -> bool:
    """Say whether somebody is there to be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def asking(words: Mapping[str, str], attempt: Callable[[Mapping[str, str]], T]) -> T:
    """Make an attempt; where inputs are missing and a person is there, ask and try again.

    What was typed is never lost: a wrong value is refused with all its faults, and what is only
    missing is asked for, one by one.

    Raises:
        InputFaults: nobody is there to be asked, or something is wrong beyond missing.
    """
    given = dict(words)
    while True:
        try:
            return attempt(given)
        except InputFaults as faults:
            missing = [fault for fault in faults.faults if fault["fault"] == "missing"]
            if len(missing) != len(faults.faults) or not on_a_terminal():
                raise
            for fault in missing:
                given[str(fault["name"])] = _ask(fault)


def _ask(fault: Mapping[str, object]) -> str:
    spec = fault.get("spec")
    label = fault.get("label")
    shown = str(label[language()]) if isinstance(label, Mapping) else str(fault["name"])
    choices = spec.of if isinstance(spec, InputSpec) else ()
    text = f"{fault['name']} ({shown})"
    if choices:
        text += f" [{', '.join(choices)}]"
    answer: str = click.prompt(text, err=True)
    return answer
