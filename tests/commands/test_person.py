"""Who acts: one's own login, a substitution valid today, or anybody in a demo register."""

from collections.abc import Sequence

import pytest

from tests.commandline import CommandLine
from tests.commands.conftest import PROPOSED
from tests.office import CaseFile, Office
from tests.ordinary import ADMINISTRATOR, AUDITOR, CLERK, COLLEAGUE, MANAGER, OFFICER, PEOPLE

ENDORSE = ("endorse", PROPOSED)
FOR_MANAGER = ("person", "substitute", COLLEAGUE, "--for", MANAGER)
IN_WRITING = ("--authority", "OR-01.2026")


def event(office: Office) -> tuple[str, str | None, str]:
    """Give who the last entry says acted, for whom, and from which login."""
    last = CaseFile(office, PROPOSED).events[-1]
    return last.actor, last.on_behalf_of, last.login


# --- acting for somebody ---


def test_without_a_substitution_nobody_acts_for_another(accord: CommandLine) -> None:
    told = accord.refused("--as", MANAGER, *ENDORSE, who=COLLEAGUE)

    assert "ewa.oficer cannot act for marek.kierownik" in told
    assert "no substitution is recorded for 23 November 2026" in told
    assert "accord person substitute ewa.oficer --for marek.kierownik" in told


def test_under_a_substitution_the_entry_names_both(office: Office, accord: CommandLine) -> None:
    accord.done(*FOR_MANAGER, "--until", "2026-11-30", *IN_WRITING, who=ADMINISTRATOR)

    accord.done("--as", MANAGER, *ENDORSE, who=COLLEAGUE)

    assert event(office) == (COLLEAGUE, MANAGER, COLLEAGUE)
    assert "ewa.oficer for marek.kierownik\n" in accord.done("show", PROPOSED)
    assert "ewa.oficer za marek.kierownik\n" in accord.done("show", PROPOSED, lang="pl")
    assert "ewa.oficer for marek.kierownik\n" in accord.done("history", "show", PROPOSED)


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        ("2026-11-23", "2026-11-23", 0),
        ("2026-11-24", "2026-11-30", 1),
    ],
)
def test_a_substitution_holds_from_its_first_to_its_last_day(
    first: str, last: str, code: int, accord: CommandLine
) -> None:
    days = ("--from", first, "--until", last)
    accord.done(*FOR_MANAGER, *days, *IN_WRITING, who=ADMINISTRATOR)

    assert accord("--as", MANAGER, *ENDORSE, who=COLLEAGUE).code == code


def test_a_substitution_that_has_ended_is_none(office: Office, accord: CommandLine) -> None:
    with office.writing() as unit:
        unit.connection.exec_driver_sql(
            "INSERT INTO substitution"
            " (person_id, for_id, valid_from, valid_until, authority, recorded_at, recorded_by)"
            " SELECT me.id, other.id, '2026-11-01', '2026-11-22', 'x', me.recorded_at, me.login"
            " FROM person me, person other WHERE me.login = ? AND other.login = ?",
            (COLLEAGUE, MANAGER),
        )

    assert "no substitution" in accord.refused("--as", MANAGER, *ENDORSE, who=COLLEAGUE)


def test_four_eyes_see_through_a_substitution(accord: CommandLine) -> None:
    line = ("person", "substitute", OFFICER, "--for", MANAGER, "--until", "2026-11-30")
    accord.done(*line, *IN_WRITING, who=ADMINISTRATOR)

    assert "\n  x four_eyes (" in accord.refused("--as", MANAGER, *ENDORSE, who=OFFICER)


def test_in_a_demo_register_anybody_acts_as_anybody_and_the_login_stays(
    office: Office, accord: CommandLine
) -> None:
    office.setting("register.demo", "yes")

    accord.done("--as", MANAGER, *ENDORSE, who="passer.by")

    assert event(office) == (MANAGER, None, "passer.by")


@pytest.mark.parametrize(
    ("acting_as", "who", "told"),
    [
        (None, "passer.by", "The login passer.by is nobody's in this office."),
        ("nobody", COLLEAGUE, "The login nobody is nobody's in this office."),
        (MANAGER, "passer.by", "The login passer.by is nobody's in this office."),
    ],
)
def test_a_stranger_records_nothing(
    acting_as: str | None, who: str, told: str, accord: CommandLine
) -> None:
    line = ("--as", acting_as, *ENDORSE) if acting_as else ENDORSE

    assert told in accord.refused(*line, who=who)


def test_acting_as_oneself_is_acting(office: Office, accord: CommandLine) -> None:
    accord.done("--as", MANAGER, *ENDORSE, who=MANAGER)

    assert event(office) == (MANAGER, None, MANAGER)


# --- people ---


def test_an_administrator_adds_a_person(accord: CommandLine) -> None:
    line = ("person", "add", "jola.nowa", "--name", "Jola Nowa", "--role", "clerk")

    said = accord.done(*line, "--role", "officer", who=ADMINISTRATOR)

    assert said == "Person added: jola.nowa (clerk, officer)\n"
    (jola,) = [p for p in accord.data("person", "list") if p["login"] == "jola.nowa"]
    assert jola == {
        "login": "jola.nowa",
        "name": "Jola Nowa",
        "active": True,
        "roles": ["clerk", "officer"],
    }


@pytest.mark.parametrize("who", [login for login in PEOPLE if login != ADMINISTRATOR])
def test_nobody_else_adds_people(who: str, accord: CommandLine) -> None:
    line = ("person", "add", "jola.nowa", "--name", "Jola Nowa", "--role", "clerk")

    assert "takes the role of administrator" in accord.refused(*line, who=who)


def test_a_login_is_given_once(accord: CommandLine) -> None:
    line = ("person", "add", OFFICER, "--name", "Inna Anna", "--role", "clerk")

    told = accord.refused(*line, who=ADMINISTRATOR)

    assert "The login anna.oficer is or was taken" in told


def test_nobody_is_made_a_clock(accord: CommandLine) -> None:
    line = ("person", "add", "jola", "--name", "Jola", "--role", "clock")

    assert "--role: 'clock' is not one of" in accord.wrong(*line, who=ADMINISTRATOR)


def test_people_and_their_roles_are_listed_in_the_language_in_use(accord: CommandLine) -> None:
    assert "marek.kierownik   Marek.Kierownik   kierownik\n" in accord.done(
        "person", "list", lang="pl"
    )
    assert "marek.kierownik   Marek.Kierownik   manager\n" in accord.done("person", "list")


# --- substitutions ---


@pytest.mark.parametrize(("who", "other"), [(ADMINISTRATOR, MANAGER), (MANAGER, MANAGER)])
def test_who_is_away_or_an_administrator_enters_a_substitution(
    who: str, other: str, accord: CommandLine
) -> None:
    line = ("person", "substitute", COLLEAGUE, "--for", other, "--until", "2026-11-30")

    said = accord.done(*line, *IN_WRITING, who=who)

    assert said.startswith(f"ewa.oficer for {other}, 2026-11-23 – 2026-11-30\n")


@pytest.mark.parametrize(
    ("who", "other"), [(OFFICER, MANAGER), (MANAGER, CLERK), (AUDITOR, MANAGER)]
)
def test_nobody_else_enters_one(who: str, other: str, accord: CommandLine) -> None:
    line = ("person", "substitute", COLLEAGUE, "--for", other, "--until", "2026-11-30")

    assert "takes the role of administrator" in accord.refused(*line, *IN_WRITING, who=who)


def test_an_office_where_nobody_else_may_endorse_is_warned(accord: CommandLine) -> None:
    said = accord.done(*FOR_MANAGER, "--until", "2026-11-30", *IN_WRITING, who=ADMINISTRATOR)

    assert said.endswith("  ! Nobody but the proposer may endorse.\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--for", MANAGER, "--until", "2026-11-22", *IN_WRITING), "(until: “2026-11-22”)"),
        (
            ("--for", MANAGER, "--from", "2026-11-20", "--until", "2026-11-30", *IN_WRITING),
            "(from: “2026-11-20”)",
        ),
        (("--for", COLLEAGUE, "--until", "2026-11-30", *IN_WRITING), "(for: “ewa.oficer”)"),
        (("--for", MANAGER, "--until", "grudzień", *IN_WRITING), "give a day, e.g. 2026-04-02"),
        (("--for", MANAGER, "--until", "2026-12", *IN_WRITING), "give a day, e.g. 2026-04-02"),
        (("--until", "2026-11-30"), "Missing: --for"),
        (("--until", "2026-11-30"), "Missing: --authority"),
    ],
)
def test_a_substitution_that_makes_no_sense_is_wrong(
    words: Sequence[str], told: str, accord: CommandLine
) -> None:
    assert told in accord.wrong("person", "substitute", COLLEAGUE, *words, who=ADMINISTRATOR)


def test_a_substitution_is_for_somebody_of_the_office(accord: CommandLine) -> None:
    line = ("person", "substitute", "nobody", "--for", MANAGER, "--until", "2026-11-30")

    told = accord.refused(*line, *IN_WRITING, who=ADMINISTRATOR)

    assert "There is nobody called nobody in this office." in told
