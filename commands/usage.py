"""What is wrong with a command as typed, in the language in use, and where its help is."""

import re
from collections.abc import Sequence
from difflib import get_close_matches

import click

from commands.printing import paragraph, plain, write
from commands.speech import language, say

WRONG_USAGE = 2
LONGEST = 600
"""Characters of what is told of a wrong word."""

POLISH: Sequence[tuple[str, str]] = (
    (r"Option '(.+)' requires an argument\.", r"Opcja \1 wymaga wartości."),
    (r"Option '(.+)' does not take a value\.", r"Opcja \1 nie przyjmuje wartości."),
    (r"Missing command\.", "Brakuje polecenia."),
    (r"Got unexpected extra arguments? \((.+)\)", r"Nadmiarowe słowa: \1."),
    (r"('.*') is not a valid integer\.", r"\1 to nie liczba całkowita."),
    (r"(.+) is not in the range (.+)\.", r"\1 jest poza zakresem \2."),
    (r"('.*') is not one of (.+)\.", r"\1 nie jest żadną z wartości: \2."),
    (r"\w+ ('.*') does not exist\.", r"nie ma \1."),
    (r"\w+ ('.*') is a directory\.", r"\1 to folder, a nie plik."),
    (r"\w+ ('.*') is a file\.", r"\1 to plik, a nie folder."),
    (r"\w+ ('.*') is not readable\.", r"\1: brak prawa odczytu."),
    (r"\w+ ('.*') is not writable\.", r"\1: brak prawa zapisu."),
)
"""What Click says, as patterns, and the same in Polish."""


class WrongWords(click.UsageError):
    """Everything that is missing from a command line or wrong in it, at once."""

    def __init__(self, faults: Sequence[click.BadParameter], ctx: click.Context) -> None:
        self.faults = tuple(faults)
        super().__init__("", ctx)


class Unknown(click.UsageError):
    """A command or option that is not there; those spelt alike are named."""

    def __init__(self, name: str, known: Sequence[str], ctx: click.Context) -> None:
        self.name = name
        self.near = get_close_matches(name, known)
        super().__init__(name, ctx)


def no_such_state(name: str, states: Sequence[str], option: str) -> click.BadParameter:
    """Say that a case can be in no such state, and in which it can."""
    name = shortened(name)
    told = say(f"nie ma stanu „{name}”; są: ", f"there is no state “{name}”; there are: ")
    return click.BadParameter(told + ", ".join(states), param_hint=option)


def usage(wrong: click.ClickException) -> int:
    """Print what is wrong and give the exit code."""
    context = getattr(wrong, "ctx", None)
    path = context.command_path if context is not None else "accord"
    if isinstance(wrong, click.exceptions.NoArgsIsHelpError):
        click.echo(wrong.format_message(), err=True)
        return WRONG_USAGE
    if isinstance(wrong, WrongWords) and len(wrong.faults) > 1:
        write([say("accord: do poprawy w poleceniu:", "accord: wrong in this command:")], err=True)
        for fault in wrong.faults:
            write(paragraph(_said(fault), first="  - "), err=True)
    else:
        one = wrong.faults[0] if isinstance(wrong, WrongWords) else wrong
        write(paragraph(_said(one), first="accord: ", rest="  "), err=True)
    write([say(f"  -> pomoc: {path} --help", f"  -> help: {path} --help")], err=True)
    return WRONG_USAGE


def _said(wrong: click.ClickException) -> str:
    if isinstance(wrong, Unknown):
        option = wrong.name.startswith("-")
        kind = say("opcji", "option") if option else say("polecenia", "command")
        what = say("Nie ma ", "There is no ") + f"{kind} {shortened(wrong.name)}."
        near = say(" Może: ", " Perhaps: ") + ", ".join(wrong.near) + "?"
        return what + (near if wrong.near else "")
    if isinstance(wrong, click.MissingParameter):
        meaning = getattr(wrong.param, "help", None) or ""
        told = f" ({meaning.partition(':')[0].rstrip('.')})" if meaning else ""
        return say("Brakuje: ", "Missing: ") + _name(wrong) + told + "."
    if isinstance(wrong, click.BadParameter):
        return f"{_name(wrong)}: {translated(wrong.message)}"
    return translated(wrong.message)


def _name(wrong: click.BadParameter) -> str:
    """Name an option or argument as it is typed."""
    param = wrong.param
    if wrong.param_hint is not None or param is None:
        return plain(wrong.param_hint or "")
    if isinstance(param, click.Argument):
        return (param.metavar or param.opts[0]).upper().strip("[]")
    return max(param.opts, key=len)


def shortened(text: str) -> str:
    """Leave the middle out of a text that would fill the screen."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST // 2]} … {text[-LONGEST // 2 :]}"


def translated(message: str) -> str:
    """Say one of Click's sentences in the language in use; what is not known stays as it is."""
    text = shortened(plain(message)).replace("integer range", "integer")
    if language() == "pl":
        for english, polish in POLISH:
            if found := re.fullmatch(english, text, re.DOTALL):
                return found.expand(polish)
    return text
