"""Making a register, examining it, and saying plainly what is wrong with the one that was named."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

import cli
from migrations import runner
from tests.commandline import CommandLine
from tests.databases import Database, dump
from tests.office import Office
from tests.ordinary import ADMINISTRATOR

TRIGGERS = "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
WRITE = ("partner", "add", "Rome", "--kind", "city")


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a file as from a database shell."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def edition(path: Path, name: str) -> None:
    """Say that a register is of another edition."""
    with opened(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (name,))


# --- making one ---


def test_a_register_is_made_with_its_administrator_and_its_clock(
    tmp_path: Path, accord: CommandLine
) -> None:
    path = tmp_path / "new folder" / "accord.db"

    said = accord.done("--database", str(path), "init", "--name", "Ada", who=ADMINISTRATOR)

    assert said.startswith(f"Register made: {path}. Administrator: {ADMINISTRATOR}.\n")
    people = accord.data("--database", str(path), "person", "list", who=ADMINISTRATOR)
    assert {person["login"]: person["roles"] for person in people} == {
        ADMINISTRATOR: ["administrator"],
        "clock": ["clock"],
    }
    assert accord.done("--database", str(path), "list") == "No such cases.\n"


def test_trying_to_make_one_makes_nothing(tmp_path: Path, accord: CommandLine) -> None:
    path = tmp_path / "folder" / "accord.db"

    said = accord("--database", str(path), "init", "--dry-run")

    assert (said.code, said.err) == (0, "accord: A trial: nothing was written.\n")
    assert not path.parent.exists()


def test_a_register_is_not_made_over_another(accord: CommandLine) -> None:
    told = accord.refused("init")

    assert told.startswith("accord: There is a register already: sqlite:///")


def test_what_was_broken_off_is_made_whole_by_repeating_it(
    empty_file: Path, accord: CommandLine
) -> None:
    database = Database("sqlite", f"sqlite:///{empty_file}")
    runner.upgrade(database.engine)
    database.close()

    accord.done("--database", str(empty_file), "init", who=ADMINISTRATOR)

    people = accord.data("--database", str(empty_file), "person", "list")
    assert ADMINISTRATOR in {person["login"] for person in people}


def test_a_register_is_made_on_either_database(
    empty_database: Database,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LOGNAME", ADMINISTRATOR)
    monkeypatch.setenv("ACCORD_DATABASE", empty_database.url)
    monkeypatch.setenv("ACCORD_LANG", "en")

    codes = [
        cli.main(line.split())
        for line in (
            "init --demo",
            "person add anna.oficer --name Anna --role officer",
            "--as anna.oficer partner add Łódź --kind city --country DE",
            "--as anna.oficer open lodz title=T idea=x date=2026-01-02",
            "list",
            "search lodz",
            "--as anna.oficer desk",
        )
    ]

    out, err = capsys.readouterr()
    assert not any(codes), err
    assert "Partner added: lodz\n" in out
    assert "\nlodz           Łódź  city\n" in out
    assert out.count("\nKRK-") == 4


# --- bringing it up to date, examining it ---


def test_a_register_of_this_edition_stays_as_it_is(office: Office, accord: CommandLine) -> None:
    before = office.dump()

    said = accord.done("database", "upgrade", who=ADMINISTRATOR)

    assert said.endswith(f"register.db: {runner.head()} -> {runner.head()}\n")
    assert office.dump() == before


def test_a_sound_register_is_in_order(accord: CommandLine) -> None:
    assert accord.done("database", "check").endswith("  + in order\n")
    assert accord.done("database", "check", lang="pl").endswith("  + w porządku\n")
    assert accord.data("database", "check")["faults"] == []


UNSOUND = {
    "guard": ("DROP TRIGGER {trigger}", "{trigger}", "a guard is missing"),
    "definition_missing": (
        "DELETE FROM definition WHERE id = '2026-1'",
        "2026-1",
        "the register does not know an edition",
    ),
    "definition_differs": (
        "UPDATE definition SET sha256 = 'x' WHERE id = '2026-1'",
        "2026-1",
        "the register keeps another text",
    ),
    "foreign_key": (
        "UPDATE event SET partner_id = 99 WHERE cooperation_id = 1",
        "event 1 -> partner",
        "a row points at nothing",
    ),
}


@pytest.mark.parametrize("kind", UNSOUND)
def test_what_is_unsound_is_named(kind: str, office: Office, accord: CommandLine) -> None:
    statement, name, told = UNSOUND[kind]
    triggers = [name for (name,) in office.shell.execute(TRIGGERS).fetchall()]
    for trigger in triggers if kind != "guard" else ():
        office.shell.execute(f"DROP TRIGGER {trigger}")
    office.shell.execute(statement.format(trigger=triggers[0]))
    name = name.format(trigger=triggers[0])

    as_data, in_words = accord("database", "check", "--json"), accord("database", "check")

    assert as_data.code == in_words.code == 1
    assert {"kind": kind, "name": name} in json.loads(as_data.out)["faults"]
    assert f"  x {told}" in in_words.out
    assert "a guard is missing" not in accord("database", "check", lang="pl").out


def test_a_damaged_page_is_found(register: Path, accord: CommandLine) -> None:
    content = bytearray(register.read_bytes())
    content[-4096:] = b"\xff" * 4096
    register.write_bytes(content)

    assert accord("database", "check").code == 1


# --- what is wrong with the one that was named ---


@pytest.fixture
def empty_file(tmp_path: Path) -> Path:
    """A file with nothing in it."""
    path = tmp_path / "empty.db"
    path.touch()
    return path


MISSING = "There is no register: "


def test_where_no_register_is_the_command_that_makes_one_is_named(
    tmp_path: Path, empty_file: Path, accord: CommandLine
) -> None:
    foreign = tmp_path / "foreign.db"
    with opened(foreign) as connection:
        connection.execute("CREATE TABLE somebody_elses (id)")

    for path in (tmp_path / "none.db", empty_file, foreign):
        for line in (("list",), WRITE, ("database", "check"), ("database", "upgrade")):
            told = accord.refused("--database", str(path), *line)
            assert told.startswith(f"accord: {MISSING}{path}.\n")
            assert "     accord init\n" in told
    assert not (tmp_path / "none.db").exists()


def test_an_older_register_is_named_with_the_command_that_raises_it(
    register: Path, accord: CommandLine
) -> None:
    edition(register, "r0000")

    for line in (("list",), WRITE):
        told = accord.refused(*line)
        assert "is of edition r0000, and the program needs edition r0001." in told
        assert told.endswith("     accord database upgrade\n")


def test_a_newer_register_is_not_touched(register: Path, accord: CommandLine) -> None:
    edition(register, "r9999")

    for line in (("list",), WRITE, ("database", "upgrade")):
        told = accord.refused(*line)
        assert "is of edition r9999, and the program knows editions up to r0001 only." in told
        assert "Install a newer version of the program." in told


def test_an_edition_that_never_was_is_not_upgraded(register: Path, accord: CommandLine) -> None:
    edition(register, "r0000-b")

    assert "is of edition r0000-b" in accord.refused("database", "upgrade")


@pytest.mark.parametrize(
    ("database", "told"),
    [
        ("{folder}", "{folder} is a folder, and a register is a file."),
        ("sqlite:///{folder}", "is a folder, and a register is a file."),
        ("{folder}/text.db", "{folder}/text.db is no register, or it is damaged"),
        ("{folder}/half.db", "{folder}/half.db is no register, or it is damaged"),
        ("{folder}/no/such/folder.db", "There is no register: {folder}/no/such/folder.db."),
        (":memory:", "A register kept in memory would be lost at once"),
        ("sqlite://", "A register kept in memory would be lost at once"),
        ("mysql://host/x", "A register cannot be kept in “mysql”."),
        ("://", "“://” is no address of a database"),
        ("postgresql://u:secret@localhost:port/x", "“postgresql://u:***@localhost:port/x” is no"),
        ("postgresql://u:secret@127.0.0.1:1/x", "postgresql://u:***@127.0.0.1:1/x does not answer"),
        ("{long}.db", "File name too long"),
    ],
)
def test_a_database_that_cannot_be_used_is_named_for_what_it_is(
    database: str, told: str, register: Path, accord: CommandLine
) -> None:
    folder = register.parent
    (folder / "text.db").write_text("Uchwała nie jest bazą danych. " * 40)
    (folder / "half.db").write_bytes(register.read_bytes()[:30_000])
    place = database.format(folder=folder, long="x" * 300)

    for line in (("list",), WRITE, ("init",)):
        if line == ("init",) and "no/such" in place:
            continue
        said = accord.refused("--database", place, *line)
        assert told.format(folder=folder) in said
        assert "secret" not in said


def test_a_register_that_can_only_be_read_is_read(
    accord: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Rights do not bind an administrator of the machine, so the connection itself is held to it.
    monkeypatch.setattr("models.database.PRAGMAS", ("query_only=ON",))

    assert "KRK-2026-0001" in accord.done("list")
    assert "can be read only" in accord.refused(*WRITE)


def test_who_waits_in_vain_for_another_writer_is_told(
    register: Path, accord: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.database.PRAGMAS", ("busy_timeout=10", "foreign_keys=ON"))

    with opened(register) as other:
        other.execute("BEGIN IMMEDIATE")

        assert "KRK-2026-0001" in accord.done("list")
        said = accord(*WRITE)

    assert said.code == 1
    assert "Somebody else is writing to the register" in said.err
    assert "Repeat the command in a moment." in said.err


def test_what_a_guard_refuses_keeps_its_name(
    accord: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def by_hand(unit: object, *_: object) -> None:
        unit.connection.exec_driver_sql("UPDATE cooperation SET state = 'in_force'")  # type: ignore[attr-defined] # a unit is what it gets

    monkeypatch.setattr("workflow.partners.add", by_hand)

    told = accord.refused(*WRITE)

    assert "only an entry in its history changes a case" in told


def test_the_register_lies_in_the_users_data_folder_unless_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ACCORD_DATABASE", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LOGNAME", ADMINISTRATOR)

    assert cli.main(["init"]) == 0

    (made,) = tmp_path.glob("**/accord.db")
    with opened(made) as connection:
        assert dump(connection)["person"]
