"""The front door: the `accord` group, the language it speaks, and the one error boundary."""

import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

import click

from commands import speech
from commands.catalogue import COMMANDS
from commands.command import TRIAL, LazyGroup, Option, lang_option, option

VERSION = "0.1.0"
COMPLETE = "_ACCORD_COMPLETE"
"""What a shell sets to ask for completion: `bash_source`, `bash_complete` and the like."""


@click.group(
    cls=LazyGroup,
    lazy=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    pl="Współpraca zagraniczna Stołecznego Królewskiego Miasta Krakowa.",
    en="The foreign cooperation of the Royal Capital City of Krakow.",
)
@option(
    "--database",
    metavar="URL",
    envvar="ACCORD_DATABASE",
    pl="Plik SQLite lub adres postgresql://…",
    en="A SQLite file or a postgresql://… address.",
)
@option(
    "--as",
    "acting_as",
    metavar="LOGIN",
    pl="Działaj za kogoś, w zastępstwie.",
    en="Act for somebody, under a substitution.",
)
@lang_option
@click.version_option(
    VERSION,
    prog_name="accord",
    message="%(prog)s %(version)s",
    cls=Option,
    pl="Pokaż wersję programu.",
    en="Show the version of the program.",
)
@click.pass_context
def accord(context: click.Context, database: str | None, acting_as: str | None) -> None:
    """Open the office for whatever command follows."""
    from commands.office import Office

    office = Office(database, acting_as)
    context.call_on_close(office.close)
    context.obj = office


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and give its exit code: 0 done, 1 refused or failed, 2 wrong usage."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    speech.choose(speech.from_surroundings(given))
    instruction = os.environ.get(COMPLETE)
    if instruction:
        from click.shell_completion import shell_complete

        return shell_complete(accord, {}, "accord", COMPLETE, instruction)
    return _run(given)


def _run(given: list[str]) -> int:
    try:
        with accord.make_context("accord", given) as context:
            accord.invoke(context)
            if context.meta.get(TRIAL):
                trial = speech.say(
                    "Na próbę: niczego nie zapisano.", "A trial: nothing was written."
                )
                click.echo(f"accord: {trial}", err=True)
    except click.exceptions.Exit as done:
        return done.exit_code
    except (click.Abort, KeyboardInterrupt, EOFError):
        told = speech.say("Przerwano, nic nie zapisano.", "Stopped, nothing written.")
        click.echo(f"\naccord: {told}", err=True)
        return 1
    except click.ClickException as wrong:
        from commands.usage import usage

        return usage(wrong)
    except BrokenPipeError:
        # The reader of a pipe left; what it wanted it has.
        _speak_to_nobody()
        return 0
    except Exception as error:
        if os.environ.get("ACCORD_TRACEBACK"):
            raise
        from commands.refusals import explain

        return explain(error)
    return 0


def _speak_to_nobody() -> None:
    """Send what is still to be flushed nowhere: Python would complain of the pipe at its end."""
    with suppress(AttributeError, OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def run() -> None:
    """Be the console script."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal of another encoding shows a question mark rather than nothing at all.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    sys.exit(main())


if __name__ == "__main__":
    run()
