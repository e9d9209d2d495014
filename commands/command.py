"""Click, in two languages: groups whose help is data, commands and options with both texts."""

import importlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from commands.speech import LANGUAGES, say

F = TypeVar("F", bound=Callable[..., Any])
HEADINGS = {"Options": "Opcje", "Commands": "Polecenia"}


class Spoken:
    """Help in the language in use, decided when it is shown."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined] # mixed into click.Command
        formatter.write_usage(ctx.command_path, " ".join(pieces), say("Użycie: ", "Usage: "))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, and for a group the commands."""
        records = [record for p in self.get_params(ctx) if (record := p.get_help_record(ctx))]  # type: ignore[attr-defined] # mixed into click.Command
        if records:
            with formatter.section(say(HEADINGS["Options"], "Options")):
                formatter.write_dl(records)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Give `--help`, explained in the language in use."""
        option = super().get_help_option(ctx)  # type: ignore[misc] # mixed into click.Command
        if option is not None:
            option.help = say("Pokaż tę pomoc.", "Show this help.")
        return option  # type: ignore[no-any-return] # mixed into click.Command


class Command(Spoken, click.Command):
    """A command that explains itself in Polish and in English."""

    def __init__(self, *args: Any, pl: str = "", en: str = "", **kwargs: Any) -> None:  # noqa: ANN401 - handed on to Click
        self.texts = {"pl": pl, "en": en}
        super().__init__(*args, **kwargs)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        self.help = say(self.texts["pl"], self.texts["en"])
        super().format_help_text(ctx, formatter)

    def get_short_help_str(self, limit: int = 45) -> str:
        """Give the first line of what the command does."""
        del limit
        return say(self.texts["pl"], self.texts["en"]).partition("\n")[0].rstrip(".")


class Group(Spoken, click.Group):
    """A group of a noun, with its own commands."""

    command_class = Command

    def __init__(self, *args: Any, pl: str = "", en: str = "", **kwargs: Any) -> None:  # noqa: ANN401 - handed on to Click
        self.texts = {"pl": pl, "en": en}
        super().__init__(*args, **kwargs)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the group is for."""
        self.help = say(self.texts["pl"], self.texts["en"])
        super().format_help_text(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with their first lines."""
        rows = [
            (name, command.get_short_help_str())
            for name in self.list_commands(ctx)
            if (command := self.get_command(ctx, name)) is not None
        ]
        with formatter.section(say(HEADINGS["Commands"], "Commands")):
            formatter.write_dl(rows)


class LazyGroup(Group):
    """The front door: its help is data, and a module is loaded only for the command called."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - handed on to Click
        lazy: Mapping[str, tuple[str, str, str, str]],
        **kwargs: Any,  # noqa: ANN401 - handed on to Click
    ) -> None:
        self.lazy = lazy
        super().__init__(*args, **kwargs)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names in the order a case lives through them."""
        del ctx
        return list(self.lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the one command called."""
        del ctx
        if cmd_name not in self.lazy:
            return None
        module, attribute, _, _ = self.lazy[cmd_name]
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands from the data."""
        del ctx
        with formatter.section(say(HEADINGS["Commands"], "Commands")):
            formatter.write_dl([(name, say(pl, en)) for name, (_, _, pl, en) in self.lazy.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete the names of commands without loading one."""
        items = [
            CompletionItem(name, help=say(pl, en))
            for name, (_, _, pl, en) in self.lazy.items()
            if name.startswith(incomplete)
        ]
        return items + click.Command.shell_complete(self, ctx, incomplete)


class Option(click.Option):
    """An option explained in both languages."""

    def __init__(self, *args: Any, pl: str = "", en: str = "", **kwargs: Any) -> None:  # noqa: ANN401 - handed on to Click
        self.texts = {"pl": pl, "en": en}
        super().__init__(*args, **kwargs)

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Give the line of the option."""
        self.help = say(self.texts["pl"], self.texts["en"])
        return super().get_help_record(ctx)


def option(*names: str, pl: str, en: str, **kwargs: Any) -> Callable[[F], F]:  # noqa: ANN401 - handed on to Click
    """Add an option with its texts."""
    return click.option(*names, cls=Option, pl=pl, en=en, **kwargs)


def command(name: str, *, pl: str, en: str) -> Callable[[Callable[..., Any]], Command]:
    """Make a command with its texts."""
    return click.command(name, cls=Command, pl=pl, en=en)


def group(name: str, *, pl: str, en: str) -> Callable[[Callable[..., Any]], Group]:
    """Make the group of a noun with its texts."""
    return click.group(name, cls=Group, pl=pl, en=en)


as_json = option("--json", "as_json", is_flag=True, pl="Wypisz jako JSON.", en="Print as JSON.")
dry_run = option(
    "--dry-run",
    "dry",
    is_flag=True,
    pl="Sprawdź wszystko, niczego nie zapisuj.",
    en="Check everything, write nothing.",
)


def lang_option(function: F) -> F:
    """Add `--lang`, which `main` has read already; it stands here so that help shows it."""
    return option(
        "--lang",
        type=click.Choice(LANGUAGES),
        expose_value=False,
        pl="Język: pl lub en.",
        en="Language: pl or en.",
    )(function)


def complete_cases(ctx: click.Context, _: click.Parameter, incomplete: str) -> Sequence[str]:
    """Complete references of cases from the register; nothing if there is none."""
    office = ctx.find_root().obj
    return office.references(incomplete) if office is not None else ()
