"""The front door: light, in both languages, with one error boundary and three exit codes."""

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path

import click
import pytest

import cli
from commands import speech
from tests.databases import Database
from tests.terminal import ROOT, piped, started, surroundings

LOADED = """
import json, os, sys
sys.stdout, out = open(os.devnull, "w"), sys.stdout
import cli
code = cli.main(sys.argv[1:])
json.dump({"code": code, "modules": sorted(sys.modules)}, out)
"""
HEAVY = ("alembic", "babel", "docx", "jinja2", "sqlalchemy", "transitions", "typst")


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where no register is, and nothing is said about the language."""
    for name in ("ACCORD_LANG", "LC_ALL", "LC_MESSAGES", "ACCORD_TRACEBACK", "_ACCORD_COMPLETE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("ACCORD_DATABASE", str(tmp_path / "accord.db"))
    return tmp_path


def loaded(*words: str, **env: str) -> set[str]:
    """Run a command in a fresh interpreter and give the modules it loaded."""
    said = piped(*words, env=surroundings(**env), script=LOADED)
    assert said.err == ""
    found = json.loads(said.out)
    assert found["code"] == 0
    return set(found["modules"])


# --- what is loaded ---


def test_the_help_loads_neither_a_database_nor_a_document_library() -> None:
    modules = loaded("--help")

    assert not modules & set(HEAVY)
    assert not [name for name in modules if name.startswith(("models", "workflow", "drafts"))]


def test_completing_the_first_word_loads_no_command() -> None:
    modules = loaded(_ACCORD_COMPLETE="bash_complete", COMP_WORDS="accord en", COMP_CWORD="1")

    assert not modules & set(HEAVY)
    assert not modules & {"commands.cases", "commands.steps", "commands.office"}


def test_a_listing_loads_the_database_and_nothing_that_it_does_not_need(
    sqlite_database: Database,
) -> None:
    modules = loaded("--database", sqlite_database.url, "list")

    assert "sqlalchemy" in modules
    assert not modules & (set(HEAVY) - {"sqlalchemy"})


# --- the language ---


@pytest.mark.parametrize(
    ("words", "env", "language"),
    [
        ((), {}, "en"),
        ((), {"LANG": "pl_PL.UTF-8"}, "pl"),
        ((), {"LANG": "de_DE.UTF-8"}, "en"),
        ((), {"LC_ALL": "en_GB.UTF-8", "LANG": "pl_PL.UTF-8"}, "en"),
        ((), {"LC_MESSAGES": "pl_PL", "LANG": "C"}, "pl"),
        ((), {"LC_ALL": "", "LANG": "pl_PL"}, "pl"),
        ((), {"ACCORD_LANG": "pl", "LC_ALL": "en_US.UTF-8"}, "pl"),
        ((), {"ACCORD_LANG": "PL"}, "pl"),
        (("--lang", "en"), {"ACCORD_LANG": "pl"}, "en"),
        (("list", "--lang", "pl"), {}, "pl"),
        (("list", "--lang=pl"), {}, "pl"),
        (("search", "--", "--lang=pl"), {}, "en"),
        (("list", "--lang"), {}, "en"),
        (("list", "--lang", "de"), {"ACCORD_LANG": "pl"}, "pl"),
    ],
)
def test_the_language_is_what_is_asked_for_first(
    words: tuple[str, ...],
    env: dict[str, str],
    language: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in env.items():
        monkeypatch.setenv(name, value)

    assert speech.from_surroundings(words) == language


@pytest.mark.parametrize(
    "words",
    [
        ("--lang", "pl", "history", "verify", "--help"),
        ("history", "--lang", "pl", "verify", "--help"),
        ("history", "verify", "--lang", "pl", "--help"),
        ("history", "verify", "--help", "--lang=pl"),
    ],
)
def test_the_language_may_be_asked_for_anywhere_on_the_line(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(words) == 0

    assert "Dowiedź, że nikt nie zmienił historii" in capsys.readouterr().out


# --- what is wrong as typed ---

WRONG: list[tuple[tuple[str, ...], str, str]] = [
    (("lsit",), "There is no command lsit. Perhaps: list?", "Nie ma polecenia lsit. Może: list?"),
    (
        ("law", "shwo"),
        "There is no command shwo. Perhaps: show?",
        "Nie ma polecenia shwo. Może: show?",
    ),
    (
        ("list", "--stat", "x"),
        "There is no option --stat. Perhaps: --state",
        "Nie ma opcji --stat. Może: --state",
    ),
    (
        ("list", "--limit"),
        "Option '--limit' requires an argument.",
        "Opcja --limit wymaga wartości.",
    ),
    (
        ("list", "--json=1"),
        "Option '--json' does not take a value.",
        "Opcja --json nie przyjmuje wartości.",
    ),
    (
        ("list", "--limit", "x"),
        "--limit: 'x' is not a valid integer.",
        "--limit: 'x' to nie liczba całkowita.",
    ),
    (
        ("list", "--limit", "0"),
        "--limit: 0 is not in the range 1<=x<=10000.",
        "--limit: 0 jest poza zakresem 1<=x<=10000.",
    ),
    (
        ("partner", "list", "--kind", "town"),
        "--kind: 'town' is not one of 'city', 'region'",
        "--kind: 'town' nie jest żadną z wartości: 'city', 'region'",
    ),
    (
        ("list", "a", "b"),
        "Got unexpected extra arguments (a b)",
        "Nadmiarowe słowa: a b.",
    ),
    (("search",), "Missing: TEXT (", "Brakuje: TEXT ("),
    (
        ("act", "attach", "KRK-2026-0001", "1", "x", "--file", "/nowhere/at.all"),
        "--file: File '/nowhere/at.all' does not exist.",
        "--file: nie ma '/nowhere/at.all'.",
    ),
    (
        ("act", "attach", "KRK-2026-0001", "1", "x", "--file", "/"),
        "--file: File '/' is a directory.",
        "--file: '/' to folder, a nie plik.",
    ),
    (
        ("list", "--state", "sleeping"),
        "--state: there is no state “sleeping”; there are: informal, ",
        "--state: nie ma stanu „sleeping”; są: informal, ",
    ),
]


@pytest.mark.parametrize(("words", "english", "polish"), WRONG)
def test_a_wrong_command_is_told_in_the_language_in_use_with_its_help(
    words: tuple[str, ...], english: str, polish: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for language, sentence, cure in (("en", english, "-> help:"), ("pl", polish, "-> pomoc:")):
        assert cli.main(["--lang", language, *words]) == 2

        out, err = capsys.readouterr()
        assert out == ""
        assert sentence in err
        assert f"{cure} accord" in err


def test_everything_that_is_missing_or_wrong_is_told_at_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["partner", "add", "--kind", "town", "--lang", "en"]) == 2

    err = capsys.readouterr().err
    assert err.splitlines()[0] == "accord: wrong in this command:"
    assert "  - --kind: 'town' is not one of" in err
    assert "  - Missing: NAME" in err
    assert err.splitlines()[-1] == "  -> help: accord partner add --help"


@pytest.mark.parametrize("words", [(), ("history",), ("database",)])
def test_a_group_without_a_command_shows_its_help_as_wrong_usage(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(words) == 2

    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"Usage: {' '.join(('accord', *words))} [OPTIONS] COMMAND")
    assert "Commands:" in err


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == 0

    assert capsys.readouterr().out == f"accord {cli.VERSION}\n"


def test_the_version_is_that_of_the_distribution() -> None:
    project = (Path(cli.__file__).parent / "pyproject.toml").read_text("utf-8")

    assert f'version = "{cli.VERSION}"' in project


# --- the error boundary ---


def failing_with(error: BaseException) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


def test_a_fault_of_the_program_itself_shows_no_traceback_and_says_where_it_was(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        "commands.office.Office.reading", failing_with(RuntimeError("a\x1b[31mred"))
    )

    assert cli.main(["list"]) == 1

    err = capsys.readouterr().err
    assert "The program failed: RuntimeError: a�[31mred. Nothing was written." in err
    assert "Traceback" not in err
    assert "ACCORD_TRACEBACK=1" in err


def test_a_developer_can_have_the_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCORD_TRACEBACK", "1")
    monkeypatch.setattr("commands.office.Office.reading", failing_with(RuntimeError("red")))

    with pytest.raises(RuntimeError, match="red"):
        cli.main(["list"])


@pytest.mark.parametrize("error", [KeyboardInterrupt(), EOFError(), click.Abort()])
def test_who_breaks_off_is_told_that_nothing_was_written(
    error: BaseException, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("commands.office.Office.reading", failing_with(error))

    assert cli.main(["list"]) == 1

    assert capsys.readouterr().err == "\naccord: Stopped, nothing written.\n"


def test_a_full_disk_behind_the_output_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    full = OSError(28, "No space left on device")
    monkeypatch.setattr("commands.office.Office.reading", failing_with(full))

    assert cli.main(["list"]) == 1

    assert "could not be read or written ([Errno 28] No space left" in capsys.readouterr().err


# --- pipes and encodings, as the shell has them ---


@pytest.mark.parametrize("words", [("--help",), ("list",)])
def test_a_reader_who_leaves_early_hears_no_complaint(
    words: tuple[str, ...], sqlite_database: Database
) -> None:
    env = surroundings(ACCORD_DATABASE=sqlite_database.url)

    with started(*words, env=env) as (process, out, err):
        out.close()

        assert (process.wait(), err.read()) == (0, b"")


def test_a_terminal_of_another_encoding_shows_what_it_can() -> None:
    env = surroundings(PYTHONIOENCODING="iso8859-2", ACCORD_LANG="pl")

    with started("list", "--state", "świetny", env=env) as (process, _, err):
        told = err.read().decode("iso8859-2")

    assert process.wait() == 2
    assert told.startswith("accord: --state: nie ma stanu ?świetny?; są: informal")


def test_a_closed_output_is_no_failure() -> None:
    code = "import os, sys; os.close(1); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"

    with started(str(ROOT / "cli.py"), "--version", env=surroundings(), script=code) as running:
        assert (running.process.wait(), running.err.read()) == (0, b"")


def test_an_interrupt_while_the_program_loads_shows_no_traceback(nowhere: Path) -> None:
    slow = nowhere / "commands_slow.py"
    slow.write_text("import os, time; os.write(1, b'x'); time.sleep(30)")
    code = "import sys; sys.path.insert(0, sys.argv.pop(1)); import cli\n"
    code += "cli.COMMANDS['list'] = ('commands_slow', 'x', '', ''); cli.run()"

    with started(str(nowhere), "list", env=surroundings(), script=code) as (process, out, err):
        out.read(1)
        process.send_signal(signal.SIGINT)

        assert process.wait() == 1
        assert err.read() == b"\naccord: Stopped, nothing written.\n"


# --- completion ---


def completed(
    line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> list[str]:
    """Press the tab in bash at the end of a line, and give what is offered."""
    monkeypatch.setenv("_ACCORD_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(len(line.split(" ")) - 1))
    assert cli.main([]) == 0
    return [offer.partition(",")[2] for offer in capsys.readouterr().out.split()]


@pytest.mark.parametrize(
    ("shell", "sign"),
    [("bash", "complete -o nosort"), ("zsh", "#compdef accord"), ("fish", "complete --no-files")],
)
def test_each_shell_gets_a_script_to_source(
    shell: str, sign: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("_ACCORD_COMPLETE", f"{shell}_source")

    assert cli.main([]) == 0

    script = capsys.readouterr().out
    assert sign in script
    assert "_ACCORD_COMPLETE" in script


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("accord en", ["endorse"]),
        ("accord history ", ["show", "verify"]),
        ("accord --la", ["--lang"]),
        ("accord --lang ", ["pl", "en"]),
        ("accord list --form two", []),
        ("accord list --form twi", ["twinning"]),
        ("accord draft new KRK-2026-0001 joining", ["joining_resolution"]),
    ],
)
def test_words_are_completed(
    line: str,
    offered: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert completed(line, monkeypatch, capsys)[: len(offered) or None] == offered


def test_where_no_register_is_nothing_is_completed_and_nothing_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for line in ("accord show KRK", "accord partner show ", "accord advance KRK-2026-0001 "):
        assert completed(line, monkeypatch, capsys) == []

    assert not Path(os.environ["ACCORD_DATABASE"]).exists()
