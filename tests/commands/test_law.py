"""The provisions and the dated settings; the shortest lawful way."""

from collections.abc import Sequence

import pytest

from tests.commandline import CommandLine
from tests.commands.conftest import BEFORE_COUNCIL, IN_FORCE, INFORMAL, PROPOSED
from tests.ordinary import ADMINISTRATOR, AUDITOR, CLERK, MANAGER, OFFICER
from workflow.law import law

SETTING = ("law", "setting", "mayor")


# --- provisions ---


def test_a_provision_is_shown_with_its_text_and_its_source(accord: CommandLine) -> None:
    english = accord.done("law", "show", "usg-14")
    polish = accord.done("law", "show", "usg-14", lang="pl")

    assert english.startswith("usg-14: art. 14 of the Act")
    assert "\n  source: " in english
    assert polish.startswith("usg-14: art. 14 ustawy o samorządzie gminnym\n  Uchwały zapadają")
    assert "\n  źródło: " in polish


def test_every_provision_is_listed(accord: CommandLine) -> None:
    shown = accord.data("law", "show")

    assert [provision["id"] for provision in shown] == [*law()]
    assert all({*provision} == {"id", "citation", "text", "source"} for provision in shown)
    assert accord.done("law", "show").count("\n  source: ") == len(law())


def test_a_provision_that_is_not_there_is_refused(accord: CommandLine) -> None:
    assert "Did you mean usg-14" in accord.refused("law", "show", "usg-41")


# --- settings ---


def test_the_settings_of_today_are_shown(accord: CommandLine) -> None:
    settings = accord.data("law", "setting")

    assert settings["statutory_composition"] == 43
    assert accord.data("law", "setting", "statutory_composition") == {"statutory_composition": 43}
    assert "\nstatutory_composition  43\n" in accord.done("law", "setting")


def test_a_setting_holds_from_its_day(accord: CommandLine) -> None:
    tomorrow = (*SETTING, "Jan Następny", "--from", "2026-11-24", "--source", "PKW")
    today = (*SETTING, "Anna Obecna", "--source", "PKW")

    accord.done(*tomorrow, who=MANAGER)
    assert accord.data(*SETTING)["mayor"] != "Jan Następny"

    assert accord.done(*today, who=ADMINISTRATOR) == "mayor = Anna Obecna\n"
    assert accord.data(*SETTING) == {"mayor": "Anna Obecna"}


@pytest.mark.parametrize("who", [OFFICER, CLERK, AUDITOR])
def test_settings_are_stated_by_managers_and_administrators(who: str, accord: CommandLine) -> None:
    line = (*SETTING, "Anna Obecna", "--source", "PKW")

    assert "takes the role of administrator or manager" in accord.refused(*line, who=who)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("x",), "A setting needs --source."),
        (("x", "--source", " "), "A setting needs --source."),
        (("x", "--source", "y", "--from", "jutro"), "give a day, e.g. 2026-04-02"),
        (("x", "--source", "y", "--until", "2026"), "give a day, e.g. 2026-04-02"),
    ],
)
def test_a_setting_that_is_none_is_wrong(
    words: Sequence[str], told: str, accord: CommandLine
) -> None:
    assert told in accord.wrong(*SETTING, *words, who=ADMINISTRATOR)


# --- plans ---


def test_the_way_into_force_is_told_step_by_step(accord: CommandLine) -> None:
    legs = accord.data("plan", PROPOSED)

    assert [leg["step"] for leg in legs] == [
        "endorse",
        "submit_to_council",
        "adopt",
        "send_to_voivode",
        "forward_to_minister",
        "consent",
        "apply",
        "admit",
    ]
    assert [leg["earliest"] for leg in legs] == sorted(leg["earliest"] for leg in legs)
    assert [leg["expected"] for leg in legs] == sorted(leg["expected"] for leg in legs)
    assert legs[-1]["to"] == "in_force"


def test_a_plan_tells_who_decides_and_which_documents_it_takes(accord: CommandLine) -> None:
    english, polish = accord.done("plan", PROPOSED), accord.done("plan", PROPOSED, lang="pl")

    assert "\n   record the Minister's consent; decides: Minister of Foreign Affairs;" in english
    assert "decyduje: Minister Spraw Zagranicznych; zapisuje: referent\n" in polish
    assert "; documents: draft resolution on joining an association, " in english


def test_a_case_without_a_form_is_planned_for_one(accord: CommandLine) -> None:
    twin = accord.data("plan", INFORMAL, "--form", "twinning")
    member = accord.data("plan", INFORMAL, "--form", "association")

    assert [leg["form"] for leg in twin] == ["twinning"] * len(twin)
    assert len(member) > len(twin)


def test_where_no_way_leads_the_plan_says_so(accord: CommandLine) -> None:
    for words in ((), ("--json",)):
        told = accord.refused("plan", BEFORE_COUNCIL, "--to", "consented", *words)
        assert told == "accord: No lawful way leads to “consented”.\n"
    polish = accord.refused("plan", BEFORE_COUNCIL, "--to", "consented", lang="pl")
    assert "Nie ma zgodnej z prawem drogi do stanu „zgoda Ministra”." in polish


def test_who_is_there_need_not_go(accord: CommandLine) -> None:
    assert accord.done("plan", IN_FORCE) == "The case is there already.\n"
    assert accord.data("plan", IN_FORCE) == []


def test_a_state_that_is_none_is_wrong(accord: CommandLine) -> None:
    assert "there is no state “narnia”" in accord.wrong("plan", INFORMAL, "--to", "narnia")
