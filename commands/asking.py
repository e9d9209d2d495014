"""Ask a person at the terminal for what a command line leaves out."""

import sys

import click

from commands.printing import plain
from commands.speech import say


def on_a_terminal() -> bool:
    """Say whether somebody is there to be asked."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def ask(name: str, label: str = "", choices: tuple[str, ...] = ()) -> str:
    """Ask for one value; the question is no output, so it goes where errors go.

    Raises:
        click.Abort: the person broke off.
    """
    text = plain(f"{name} ({label})" if label else name)
    if choices:
        text += f" [{', '.join(choices)}]"
    answer: str = click.prompt(text, err=True)
    return answer


def again(what: str) -> None:
    """Say what is wrong with an answer before it is asked for once more."""
    click.echo("  " + say("Jeszcze raz: ", "Once more: ") + plain(what), err=True)
