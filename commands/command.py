"""Click, in two languages: groups whose help is data, commands and options with both texts.

Click reports the first thing that is missing or wrong and stops; here all of it is told at once,
and on a terminal what is missing is asked for.
"""

import importlib
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

from commands import asking
from commands.printing import is_text
from commands.speech import LANGUAGES, say
from commands.usage import Unknown, WrongWords

if TYPE_CHECKING:
    from commands.completion import Completion

F = TypeVar("F", bound=Callable[..., Any])
FAULTS = "accord.faults"
"""Where a context keeps what is wrong with its line until the whole of it was read."""
TRIAL = "accord.trial"
"""Where a context keeps that the command was a trial, so that the front door may say it."""
FEW = 4
"""Values that are told in the place of a value; more of them are told in the text."""
IN_POLISH = {
    "[OPTIONS]": "[OPCJE]",
    "COMMAND [ARGS]...": "POLECENIE [SŁOWA]…",
    "[required]": "[konieczne]",
    "[default: ": "[domyślnie: ",
    "; required]": "; konieczne]",
}
"""What Click writes into a help page."""


def _in_polish(text: str) -> str:
    for english, polish in IN_POLISH.items():
        text = text.replace(english, say(polish, english))
    return text


class Spoken(click.Command):
    """A command or group that explains itself in the language in use when it is asked."""

    def __init__(self, *args: Any, pl: str = "", en: str = "", **kwargs: Any) -> None:  # noqa: ANN401 - handed on to Click
        self.texts = {"pl": pl, "en": en}
        super().__init__(*args, **kwargs)

    @property
    def help(self) -> str:
        """Give the text in the language in use."""
        return say(self.texts["pl"], self.texts["en"])

    @help.setter  # noqa: A003 - Click calls it so
    def help(self, _: str | None) -> None:
        """Let Click set its own text, which is never shown."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = self.collect_usage_pieces(ctx)
        words = _in_polish(" ".join(pieces))
        formatter.write_usage(ctx.command_path, words, say("Użycie: ", "Usage: "))

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Leave the arguments to `format_options`: older Click knows no such part."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the arguments that are explained, the options, and for a group the commands."""
        params: Sequence[click.Parameter] = self.get_params(ctx)
        words = [(p.make_metavar(ctx), p.help) for p in params if isinstance(p, Argument)]
        options = [p.get_help_record(ctx) for p in params if isinstance(p, click.Option)]
        for heading, records in (
            (say("Słowa", "Arguments"), words),
            (say("Opcje", "Options"), [record for record in options if record]),
        ):
            if records:
                with formatter.section(heading):
                    formatter.write_dl(records)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Give `--help`, explained in the language in use."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = say("Pokaż tę pomoc.", "Show this help.")
        return option

    def get_short_help_str(self, limit: int = 45) -> str:
        """Give the first line of what the command does."""
        del limit
        return self.help.partition("\n")[0].rstrip(".")

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the line.

        Raises:
            WrongWords: everything that is missing or wrong.
        """
        try:
            rest: list[str] = super().parse_args(ctx, args)
        except click.NoSuchOption as unknown:
            known = [name for p in self.get_params(ctx) for name in p.opts]
            raise Unknown(unknown.option_name, known, ctx) from unknown
        faults = ctx.meta.pop(FAULTS, [])
        if faults and not ctx.resilient_parsing:
            raise WrongWords(faults, ctx)
        return rest


class Command(Spoken):
    """A command that explains itself in Polish and in English."""


class Group(Spoken, click.Group):
    """A group of a noun, with its own commands."""

    command_class = Command

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names in the order they were written in."""
        del ctx
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is called.

        Raises:
            Unknown: there is none of that name.
        """
        name = args[0]
        if self.get_command(ctx, name) is None and not ctx.resilient_parsing:
            raise Unknown(name, self.list_commands(ctx), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with their first lines."""
        rows = [
            (name, command.get_short_help_str())
            for name in self.list_commands(ctx)
            if (command := self.get_command(ctx, name)) is not None
        ]
        with formatter.section(say("Polecenia", "Commands")):
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
        with formatter.section(say("Polecenia", "Commands")):
            formatter.write_dl([(name, say(pl, en)) for name, (_, _, pl, en) in self.lazy.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete the names of commands without loading one."""
        items = [
            CompletionItem(name, help=say(pl, en))
            for name, (_, _, pl, en) in self.lazy.items()
            if name.startswith(incomplete)
        ]
        return items + click.Command.shell_complete(self, ctx, incomplete)


class Asked(click.Parameter):
    """A parameter in both languages: asked for on a terminal, else reported with all the rest."""

    texts: Mapping[str, str]

    @property
    def help(self) -> str:
        """Give the text in the language in use."""
        return say(self.texts["pl"], self.texts["en"])

    @help.setter  # noqa: A003 - Click calls it so
    def help(self, _: str | None) -> None:
        """Let Click set its own text, which is never shown."""

    def process_value(self, ctx: click.Context, value: object) -> object:
        """Take a value, ask for it, or note what is wrong with it."""
        try:
            taken = super().process_value(ctx, value)
            self._refuse_signs(taken)
        except click.BadParameter as wrong:
            if ctx.resilient_parsing:
                raise
            if isinstance(wrong, click.MissingParameter) and asking.on_a_terminal():
                return self._ask(ctx)
            wrong.ctx, wrong.param = ctx, self
            ctx.meta.setdefault(FAULTS, []).append(wrong)
            return None
        return taken

    def _refuse_signs(self, taken: object) -> None:
        """Refuse what no text has: a NUL stops PostgreSQL, half a sign every file."""
        if self.type is not click.STRING:
            return
        for text in taken if isinstance(taken, tuple) else (taken,):
            if isinstance(text, str) and not is_text(text):
                wrong = say("zawiera znaki sterujące.", "holds control characters.")
                raise click.BadParameter(f"{text!r} {wrong}")

    def _ask(self, ctx: click.Context) -> object:
        several: bool = self.multiple or self.nargs == -1
        choices = tuple(getattr(self.type, "choices", ()))
        name = max(self.opts, key=len) if isinstance(self, Option) else self.metavar
        while True:
            answer = asking.ask(name or self.opts[0].upper(), self.help.rstrip("."), choices)
            given = tuple(answer.replace(",", " ").split()) if several else answer
            try:
                return super().process_value(ctx, given)
            except click.BadParameter as wrong:
                asking.again(wrong.message)


class Option(Asked, click.Option):
    """An option explained in both languages."""

    def __init__(self, *args: Any, pl: str = "", en: str = "", **kwargs: Any) -> None:  # noqa: ANN401 - handed on to Click
        kind = kwargs.get("type")
        choices = kind.choices if isinstance(kind, click.Choice) else ()
        many = len(choices) > FEW
        values = f": {', '.join(choices)}." if many else ""
        self.texts = {
            language: text.removesuffix(".") + values if many else text
            for language, text in (("pl", pl), ("en", en))
        }
        super().__init__(*args, **kwargs)
        if self.metavar is None and (many or isinstance(kind, click.IntRange)):
            self.metavar = self.opts[-1].lstrip("-").upper() if many else "N"

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Give the line of the option."""
        record = super().get_help_record(ctx)
        return (record[0], _in_polish(record[1])) if record else None


class Argument(Asked, click.Argument):
    """An argument explained in both languages."""

    def __init__(self, *args: Any, pl: str = "", en: str = "", **kwargs: Any) -> None:  # noqa: ANN401 - handed on to Click
        self.texts = {"pl": pl, "en": en}
        super().__init__(*args, **kwargs)


def option(*names: str, pl: str, en: str, **kwargs: Any) -> Callable[[F], F]:  # noqa: ANN401 - handed on to Click
    """Add an option with its texts."""
    return click.option(*names, cls=Option, pl=pl, en=en, **kwargs)


def argument(name: str, *, pl: str, en: str, **kwargs: Any) -> Callable[[F], F]:  # noqa: ANN401 - handed on to Click
    """Add an argument with its texts."""
    return click.argument(name, cls=Argument, pl=pl, en=en, **kwargs)


def command(name: str, *, pl: str, en: str) -> Callable[[Callable[..., Any]], Command]:
    """Make a command with its texts."""
    return click.command(name, cls=Command, pl=pl, en=en)


def group(name: str, *, pl: str, en: str) -> Callable[[Callable[..., Any]], Group]:
    """Make the group of a noun with its texts; `--lang` may stand before its command too."""

    def make(function: Callable[..., Any]) -> Group:
        made: Group = click.group(name, cls=Group, pl=pl, en=en)(lang_option(function))
        return made

    return make


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
    return _register(ctx).references(incomplete.upper())


def complete_partners(ctx: click.Context, _: click.Parameter, incomplete: str) -> Sequence[str]:
    """Complete slugs of partners from the register; nothing if there is none."""
    return _register(ctx).partners(incomplete.lower())


def complete_steps(ctx: click.Context, _: click.Parameter, incomplete: str) -> Sequence[str]:
    """Complete the steps that can be taken in the case named before."""
    return _register(ctx).steps(str(ctx.params.get("reference")).upper(), incomplete.lower())


def lowered(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """Take a slug however it was typed."""
    return value.lower() if value else value


def _register(ctx: click.Context) -> "Completion":
    from commands.completion import Completion

    return Completion(ctx.find_root().params.get("database"))


def _trial(ctx: click.Context, _: click.Parameter, value: bool) -> bool:
    ctx.meta[TRIAL] = value
    return value


as_json = option("--json", "as_json", is_flag=True, pl="Wypisz jako JSON.", en="Print as JSON.")
dry_run = option(
    "--dry-run",
    "dry",
    is_flag=True,
    callback=_trial,
    pl="Sprawdź wszystko, niczego nie zapisuj.",
    en="Check everything, write nothing.",
)
reference = argument(
    "reference",
    metavar="REF",
    shell_complete=complete_cases,
    pl="Sprawa, np. KRK-2026-0001.",
    en="The case, such as KRK-2026-0001.",
)
step_argument = argument(
    "step",
    shell_complete=complete_steps,
    pl="Czynność, np. propose; które są możliwe, mówi accord options.",
    en="The step, such as propose; accord options tells which are possible.",
)
inputs = argument(
    "inputs",
    nargs=-1,
    metavar="[NAME=VALUE]…",
    pl="Dane czynności.",
    en="The inputs of the step.",
)
references = argument(
    "references",
    nargs=-1,
    required=True,
    metavar="REF…",
    shell_complete=complete_cases,
    pl="Sprawy, jedna lub kilka.",
    en="The cases, one or several.",
)
