"""README cannot drift: what it shows is typed here, and what it names is there."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

import cli
from commands import speech
from tests.ordinary import MORNING

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")


def console() -> list[list[str]]:
    """Read the commands of the console block, as a shell would."""
    (block,) = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    assert all(line.startswith("$ accord ") for line in block.splitlines())
    return [shlex.split(line.removeprefix("$ accord ")) for line in block.splitlines()]


def in_passing() -> list[list[str]]:
    """Read the commands that the text mentions."""
    return [shlex.split(found) for found in re.findall(r"`accord ([^`]+)`", README)]


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder without a register, in the year that README writes."""
    path = tmp_path / "accord.db"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ACCORD_DATABASE", str(path))
    monkeypatch.setenv("LOGNAME", "somebody")
    monkeypatch.setattr("commands.office.moment", lambda: MORNING)
    yield path
    assert path.exists()


@pytest.mark.parametrize("language", speech.LANGUAGES)
@pytest.mark.usefixtures("register")
def test_the_first_case_can_be_typed_as_it_stands(
    language: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ACCORD_LANG", language)

    for line in [*console(), *in_passing()]:
        code = cli.main(line)

        out, err = capsys.readouterr()
        assert (code, err) == (0, ""), line
        assert out, line


@pytest.mark.usefixtures("register")
def test_its_last_page_shows_an_endorsed_case(capsys: pytest.CaptureFixture[str]) -> None:
    for line in console():
        assert cli.main(line) == 0

    page = capsys.readouterr().out.rpartition("DEMO REGISTER")[2]
    assert "KRK-2026-0001  Joining Eurocities\n" in page
    assert "  state: endorsed since 20 January 2025\n" in page


def test_it_shows_ten_commands_as_it_says() -> None:
    assert "## A first case in ten commands" in README
    assert len(console()) == 10


def test_the_targets_of_make_it_names_are_there() -> None:
    named = set(re.findall(r"\bmake ([a-z]+)\b", README))

    assert {"demo", "test", "check", "help"} <= named
    assert named <= set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))


def test_the_files_it_names_are_there() -> None:
    named = re.findall(r"^\| `([^`]+)` \|", README, re.MULTILINE)

    assert len(named) >= 6
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_line_for_completion_is_the_one_that_works(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = re.search(r'eval "\$\((_ACCORD_COMPLETE)=(bash_source) accord\)"', README)
    assert found
    monkeypatch.setenv(found[1], found[2])

    assert cli.main([]) == 0

    assert "complete -o nosort -F" in capsys.readouterr().out


def test_the_exit_codes_and_options_it_promises_are_those_of_the_front_door(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "Exit codes: 0 done, 1 refused or failed, 2 wrong" in " ".join(README.split())

    assert cli.main(["--help"]) == 0

    page = capsys.readouterr().out
    for option in ("--as", "--database", "--lang"):
        assert f"`{option}" in README
        assert f"  {option} " in page
