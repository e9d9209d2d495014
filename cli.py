"""The front door: the `accord` group, the language it speaks, and the one error boundary."""

import os
import sys
from collections.abc import Sequence

import click

from commands import speech
from commands.catalogue import COMMANDS
from commands.command import LazyGroup, lang_option, option

VERSION = "0.1.0"


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
@click.version_option(VERSION, prog_name="accord", message="%(prog)s %(version)s")
@click.pass_context
def accord(context: click.Context, database: str | None, acting_as: str | None) -> None:
    """Open the office for whatever command follows."""
    if not context.resilient_parsing:
        from commands.office import Office

        context.obj = Office(database, acting_as)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and give its exit code: 0 done, 1 refused or failed, 2 wrong usage."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    speech.choose(speech.from_surroundings(given))
    try:
        accord.main(given, prog_name="accord", standalone_mode=False)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.Abort:
        click.echo(
            speech.say("Przerwano, nic nie zapisano.", "Stopped, nothing written."), err=True
        )
        return 1
    except click.ClickException as wrong:
        return _usage(wrong)
    except BrokenPipeError:
        # The reader of a pipe left; what it wanted it has.
        sys.stderr.close()
        return 0
    except Exception as error:
        if os.environ.get("ACCORD_TRACEBACK"):
            raise
        from commands.refusals import explain

        return explain(error)
    return 0


def _usage(wrong: click.ClickException) -> int:
    """Say what is wrong with the command as typed, and where its help is."""
    from commands.refusals import usage

    return usage(wrong)


def run() -> None:
    """Be the console script."""
    sys.exit(main())


if __name__ == "__main__":
    run()
