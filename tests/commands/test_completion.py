"""What a shell offers after a tab in an office with a register: cases, partners, steps."""

import pytest

import cli
from tests.commandline import CommandLine
from tests.commands.conftest import ALSO_PROPOSED, INFORMAL, PROPOSED
from tests.ordinary import OFFICER


def offered(
    line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> list[str]:
    """Press the tab in bash at the end of a line."""
    monkeypatch.setenv("_ACCORD_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(len(line.split(" ")) - 1))
    assert cli.main([]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return [offer.partition(",")[2] for offer in out.split()]


@pytest.mark.parametrize(
    ("line", "begins"),
    [
        ("accord show KRK-2026-0001", [INFORMAL]),
        ("accord show krk-2026-0001", [INFORMAL]),
        (f"accord endorse {PROPOSED} KRK-2026-0006", [ALSO_PROPOSED]),
        ("accord person assign ewa.oficer KRK-2026-0001", [INFORMAL]),
        ("accord partner show lei", ["leipzig"]),
        ("accord partner show LEI", ["leipzig"]),
        ("accord open green", ["green-cities"]),
        (f"accord advance {INFORMAL} neg", ["negotiate"]),
        (f"accord why {PROPOSED} ", ["endorse", "return", "decline"]),
        (f"accord advance {INFORMAL} sign", ["sign_working_document"]),
        ("accord advance KRK-1 sign", []),
        ("accord draft new x mayor", ["mayor_decision", "mayor_ordinance"]),
    ],
)
@pytest.mark.usefixtures("accord")
def test_what_the_register_knows_is_completed(
    line: str,
    begins: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = offered(line, monkeypatch, capsys)

    assert found[: len(begins)] == begins
    assert begins or not found


def test_the_register_that_the_line_names_is_asked(
    accord: CommandLine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place = accord.office.database.url
    monkeypatch.setenv("LOGNAME", OFFICER)
    monkeypatch.setenv("ACCORD_DATABASE", "/nowhere/at.all")

    assert offered("accord show KRK", monkeypatch, capsys) == []
    assert len(offered(f"accord --database {place} show KRK", monkeypatch, capsys)) == 6


@pytest.mark.usefixtures("accord")
def test_a_sign_that_stands_for_any_other_stands_for_itself(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert offered("accord show %", monkeypatch, capsys) == []
    assert offered("accord partner show _", monkeypatch, capsys) == []
