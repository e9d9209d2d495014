"""The help of every command: in both languages, complete, and within 80 columns."""

import inspect
import re
from collections.abc import Iterator

import click
import pytest

import cli
from commands import speech
from commands.catalogue import COMMANDS
from commands.command import Argument, Command, Group, Option, Spoken

ENGLISH = re.compile(
    r"\b(the|and|of|usage|options|commands|arguments|show|default|required|this|a|an|case|cases)\b",
    re.IGNORECASE,
)
"""Words that a Polish help page has no use for."""
TYPED = re.compile(
    r"`[^`]*`|Przykład: [\s\S]*?(?=\n\n|\Z)|--[a-z-]+|accord [a-z ]+|^  [a-z-]+  ", re.MULTILINE
)
"""What is typed is the same in both languages."""
WRITING = re.compile(r"\.writing\(|_review\(|runner\.upgrade\(")
SHOWING = re.compile(r"\btable\(|_entries\(|\bpage\(")
"""What the body of a command holds that changes the register, or that shows data."""


def every_command() -> Iterator[tuple[str, Command]]:
    """Give every command that does something, by the words that call it."""
    context = click.Context(cli.accord)
    for name in cli.accord.list_commands(context):
        found = cli.accord.get_command(context, name)
        if isinstance(found, Group):
            for under, command in found.commands.items():
                assert isinstance(command, Command)
                yield f"{name} {under}", command
        else:
            assert isinstance(found, Command)
            yield name, found


EVERY = dict(every_command())
EVERYTHING: dict[str, Spoken] = {
    **EVERY,
    **{
        name: found
        for name in COMMANDS
        if isinstance(found := cli.accord.get_command(click.Context(cli.accord), name), Group)
    },
}
every = pytest.mark.parametrize("name", EVERY)
everything = pytest.mark.parametrize("name", EVERYTHING)


def texts_of(spoken: Spoken | Option | Argument) -> tuple[str, str]:
    return spoken.texts["pl"], spoken.texts["en"]


@everything
def test_a_command_and_all_it_takes_are_explained_in_both_languages(name: str) -> None:
    command = EVERYTHING[name]

    assert all(texts_of(command))
    for param in command.params:
        assert isinstance(param, (Option, Argument)), f"{name}: {param.name}"
        polish, english = texts_of(param)
        assert polish
        assert english
        assert polish.endswith(".")
        assert english.endswith(".")


@everything
def test_its_help_fits_80_columns_and_names_everything(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")

    for language in speech.LANGUAGES:
        assert cli.main([*name.split(), "--help", "--lang", language]) == 0

        page = capsys.readouterr().out
        assert max(len(line) for line in page.splitlines()) <= 80
        for param in EVERYTHING[name].params:
            shown = max(param.opts, key=len) if isinstance(param, Option) else "  "
            assert shown in page


@everything
def test_its_polish_help_is_polish(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*name.split(), "--help", "--lang", "pl"]) == 0

    page = capsys.readouterr().out
    assert page.startswith("Użycie: accord ")
    assert not ENGLISH.findall(TYPED.sub("", page.partition("\n\n")[2]))


@everything
def test_its_two_texts_are_not_one(name: str) -> None:
    polish, english = texts_of(EVERYTHING[name])

    assert polish != english
    assert ("Przykład: " in polish) == ("Example: " in english)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_that_is_data_tells_the_groups_own_commands(name: str) -> None:
    _, _, polish, english = COMMANDS[name]
    found = EVERYTHING[name]

    if isinstance(found, Group):
        own = ", ".join(found.commands)
        assert polish.endswith(f": {own}")
        assert english.endswith(f": {own}")
    else:
        assert not {polish[-1], english[-1]} & set(".:")


@every
def test_whatever_changes_the_register_can_be_tried_first(name: str) -> None:
    can_be_tried = "dry" in {param.name for param in EVERY[name].params}

    assert can_be_tried == bool(WRITING.search(body_of(name)))


@every
def test_whatever_shows_data_shows_it_as_json(name: str) -> None:
    as_json = "as_json" in {param.name for param in EVERY[name].params}

    assert as_json or not SHOWING.search(body_of(name))


def body_of(name: str) -> str:
    callback = EVERY[name].callback
    assert callback is not None
    return inspect.getsource(inspect.unwrap(callback))


def test_the_first_page_fits_80_columns(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")

    for language, heading in (("pl", "Polecenia:"), ("en", "Commands:")):
        assert cli.main(["--help", "--lang", language]) == 0

        page = capsys.readouterr().out
        assert heading in page
        assert max(len(line) for line in page.splitlines()) <= 80
        assert [line.split()[0] for line in page.partition(heading)[2].splitlines() if line] == [
            *COMMANDS
        ]
