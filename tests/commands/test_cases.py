"""Looking at cases: lists, pages, options, reasons and the desk."""

import re
from collections.abc import Sequence

import pytest

from models.vocabulary import Form
from tests.commandline import CommandLine, words_of
from tests.commands.conftest import (
    ALSO_PROPOSED,
    BEFORE_COUNCIL,
    IN_FORCE,
    INFORMAL,
    LAPSED,
    PROPOSED,
)
from tests.office import CaseFile, Office
from tests.ordinary import ADMINISTRATOR, AUDITOR, CLERK, COLLEAGUE, MANAGER, OFFICER, ordinary
from workflow.inputs import Json

EVERYTHING = (INFORMAL, PROPOSED, BEFORE_COUNCIL, IN_FORCE, LAPSED, ALSO_PROPOSED)
REFERENCE = re.compile(r"KRK-\d{4}-\d{4}")


def references(page: str) -> list[str]:
    """Read the references that lines of a page begin with."""
    return [found[0] for line in page.splitlines() if (found := REFERENCE.match(line))]


def returned(accord: CommandLine, reference: str) -> None:
    accord.done("return", reference, "--reason", "brak celów", who=MANAGER)


# --- lists ---


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ((), EVERYTHING),
        (("--state", "proposed"), (PROPOSED, ALSO_PROPOSED)),
        (("--state", "in_force"), (IN_FORCE,)),
        (("--state", "lapsed"), (LAPSED,)),
        (("--state", "closed"), ()),
        (("--form", "partnership"), (IN_FORCE, LAPSED, ALSO_PROPOSED)),
        (("--form", "partnership", "--state", "proposed"), (ALSO_PROPOSED,)),
        (("--partner", "leipzig"), (INFORMAL,)),
        (("--partner", "Leipzig"), (INFORMAL,)),
        (("--country", "de"), (INFORMAL, LAPSED)),
        (("--country", "XX"), ()),
        (("--officer", COLLEAGUE), (ALSO_PROPOSED,)),
        (("--limit", "2"), (INFORMAL, PROPOSED)),
        (("--limit", "2", "--after", PROPOSED), (BEFORE_COUNCIL, IN_FORCE)),
        (("--after", ALSO_PROPOSED), ()),
        (("--country", "DE", "--after", INFORMAL.lower()), (LAPSED,)),
    ],
)
def test_a_list_gives_what_is_asked_for(
    filters: Sequence[str], found: Sequence[str], accord: CommandLine
) -> None:
    assert references(accord.done("list", *filters)) == [*found]
    assert [one["reference"] for one in accord.data("list", *filters)] == [*found]


def test_an_empty_list_says_so_in_either_language(accord: CommandLine) -> None:
    assert accord.done("list", "--state", "closed") == "No such cases.\n"
    assert accord.done("list", "--state", "closed", lang="pl") == "Nie ma takich spraw.\n"


def test_the_pages_of_a_list_follow_each_other_to_its_end(accord: CommandLine) -> None:
    command: list[str] = ["list", "--form", "partnership", "--limit", "1"]
    seen: list[str] = []

    while command:
        page = accord.done(*command)
        seen += references(page)
        last = page.splitlines()[-1]
        command = last.split()[2:] if last.startswith("More: accord list ") else []

    assert seen == [IN_FORCE, LAPSED, ALSO_PROPOSED]


def test_a_lapsed_cooperation_is_never_shown_as_in_force(accord: CommandLine) -> None:
    assert " lapsed " in accord.done("list", "--state", "lapsed")
    assert " okres minął " in accord.done("list", "--state", "lapsed", lang="pl")

    page = accord.done("show", LAPSED)

    assert "\n  state: lapsed\n" in page
    assert "in force" not in page
    assert "\n  last day: 2026-05-02\n" in page
    assert accord.done("options", LAPSED).startswith(f"{LAPSED}: lapsed\n")
    assert accord.data("show", LAPSED)["lapsed"] is True
    assert accord.data("show", IN_FORCE)["lapsed"] is False


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("list", "--partner", "leipzg"), "There is no partner leipzg. Did you mean leipzig?"),
        (("list", "--after", "KRK-2026-0009"), "There is no case KRK-2026-0009."),
        (("show", "KRK-2026-00001"), f"There is no case KRK-2026-00001. Did you mean {INFORMAL}?"),
        (("show", "КRК-2026-0001"), f"There is no case КRК-2026-0001. Did you mean {INFORMAL}?"),
        (("options", "nothing like it"), "There is no case NOTHING LIKE IT."),
        (("why", INFORMAL, "porpose"), "There is no step “porpose”. Did you mean propose?"),
        (("partner", "show", "nurnberg"), "There is no partner nurnberg. Did you mean nuremberg?"),
        (("history", "show", "KRK-1-1"), "There is no case KRK-1-1."),
        (("plan", "KRK-1-1"), "There is no case KRK-1-1."),
        (("law", "show", "usg-15"), "There is no provision usg-15."),
        (("law", "setting", "statutory"), "There is no setting statutory."),
    ],
)
def test_what_is_not_there_is_said_with_what_is_spelt_alike(
    words: Sequence[str], told: str, accord: CommandLine
) -> None:
    assert told in accord.refused(*words)


# --- the page of a case ---


def test_a_page_tells_where_a_case_stands_and_what_happened(accord: CommandLine) -> None:
    page = accord.done("show", IN_FORCE.lower())

    assert page.startswith(
        f"{IN_FORCE}  Współpraca\n"
        "Bordeaux (bordeaux, FR)\n"
        "  form: city partnership agreement\n"
        "  state: in force since 2 March 2026\n"
        "  last day: 2031-03-02\n"
        "  file number: KP-03.0541.1.2026\n"
        f"  officer: {OFFICER}\n"
        "\n"
        "#   date        step "
    )
    assert "  2026-03-02  record the adoption " in page
    assert (
        "\n    resolution no.: XLVIII/1325/26; votes for/against/abstained: 30 for, 2 against,"
        " 1 abstained; councillors present: 40\n"
    ) in page
    assert "submit_to_council" not in page
    assert page.endswith(f"\nWhat next: accord options {IN_FORCE}\n")


def test_the_page_is_polish_in_polish(accord: CommandLine) -> None:
    page = accord.done("show", IN_FORCE, lang="pl")

    assert "  stan: obowiązuje od 2 marca 2026 r.\n" in page
    assert "odnotuj podjęcie uchwały" in page
    assert "\n    uchwała nr: XLVIII/1325/26; " in page
    assert page.endswith(f"\nCo dalej: accord options {IN_FORCE}\n")


def test_history_from_elsewhere_is_told_in_words(office: Office, accord: CommandLine) -> None:
    act: dict[str, Json] = {"document_name": "Umowa", "date": "1994", "row": 18, "key": "x"}
    case = office.enter(
        "KRK-1994-0001", "bordeaux", "partnership", "in_force",
        acts=[act, {**act, "date": "2019-09-21"}], term={"months": 60, "until": None},
        source="dzieje.pl", note="sobota", fingerprint="f00", batch=1,
    )  # fmt: skip

    page = accord.done("show", case.reference)

    assert (
        "\n   term: 60 months; documents: Umowa 1994, Umowa 2019-09-21; note: sobota;"
        " source: dzieje.pl\n"
    ) in page
    assert "f00" not in page


def test_a_term_that_has_passed_is_counted(accord: CommandLine) -> None:
    assert "  due: 2026-03-16, days overdue: 252\n" in accord.done("show", PROPOSED)


def test_a_term_ahead_is_counted_in_working_days(accord: CommandLine) -> None:
    words = ordinary("propose", Form.PARTNERSHIP) | {"date": "2026-11-16"}
    kept = ("form", "date", "justification", "objectives", "fields", "term", "financial_effect")
    accord.done("advance", INFORMAL, "propose", *words_of({name: words[name] for name in kept}))

    assert "  due: 2026-11-30, working days left: 5\n" in accord.done("show", INFORMAL)


def test_what_was_taken_back_is_named_and_stays_in_the_history(accord: CommandLine) -> None:
    returned(accord, PROPOSED)
    accord.done("retract", PROPOSED, "--reason", "pomyłka", who=MANAGER)

    page = accord.done("show", PROPOSED)
    history = accord.done("history", "show", PROPOSED)

    assert "\nEntries taken back: 3\n" in page
    assert "brak celów" not in page
    assert [line.split()[3] for line in history.splitlines()[2:]] == [
        "open",
        "propose",
        "return",
        "retract",
    ]


def test_cases_that_belong_together_name_each_other(office: Office, accord: CommandLine) -> None:
    decision = office.decision(CaseFile(office, IN_FORCE), "end").reference

    assert f"  about the cooperation: {IN_FORCE}\n" in accord.done("show", decision)
    assert accord.data("show", decision)["links"] == [{"kind": "about", "reference": IN_FORCE}]


def test_every_page_of_a_demo_register_says_what_it_is(office: Office, accord: CommandLine) -> None:
    office.setting("register.demo", "yes")

    for words in (
        ("list",),
        ("desk",),
        ("show", PROPOSED),
        ("options", PROPOSED),
        ("why", PROPOSED, "endorse"),
        ("plan", PROPOSED),
        ("search", "leipzig"),
        ("partner", "list"),
        ("partner", "show", "leipzig"),
        ("history", "show", PROPOSED),
        ("activity", "list"),
        ("draft", "kinds", PROPOSED),
    ):
        assert accord.done(*words).startswith("DEMO REGISTER: nothing here is law.\n"), words
        polish = accord.done(*words, lang="pl")
        assert polish.startswith("REJESTR POKAZOWY: nic tu nie jest prawem.\n")
    assert accord.data("list")


# --- options and reasons ---


def test_the_options_tell_what_each_step_needs_and_what_stops_it(accord: CommandLine) -> None:
    page = accord.done("options", PROPOSED)

    assert page.startswith(f"{PROPOSED}: proposed\n\n")
    assert (
        "endorse: endorse -> endorsed\n"
        "    decides: City Hall\n"
        "    records: manager\n"
        "    inputs: [date=…] [comment=…]\n"
        "    stopped by: four_eyes\n"
    ) in page
    assert page.endswith(f"\nWhy: accord why {PROPOSED} STEP\n")

    assert "stopped by" not in accord.done("options", PROPOSED, who=MANAGER).partition("return:")[0]


def test_a_step_that_sets_the_form_tells_the_forms_it_may_set(accord: CommandLine) -> None:
    page = accord.done("options", INFORMAL)

    assert "    form=twinning | partnership | sectoral | honorary_title | " in page
    assert "inputs: date=… justification=… " in page


def test_options_say_which_are_mine(accord: CommandLine) -> None:
    def mine(who: str) -> set[str]:
        choices = accord.data("options", PROPOSED, who=who)
        return {choice["step"] for choice in choices if choice["mine"]}

    assert mine(MANAGER) == {"endorse", "return", "decline", "close"}
    assert mine(CLERK) == {"record_opinion", "receive_council_draft", "note"}
    assert "endorse" not in mine(OFFICER)
    assert mine(AUDITOR) == set()


def test_why_tells_every_rule_before_the_inputs_exist(accord: CommandLine) -> None:
    page = accord.done("why", BEFORE_COUNCIL, "adopt")

    assert page.startswith(f"{BEFORE_COUNCIL}  adopt: record the adoption\n\n")
    assert "\n  ? simple_majority (" in page
    assert f"\n       accord advance {BEFORE_COUNCIL} adopt votes=…\n" in page
    assert page.index("  ! opinions (") < page.index("  ? simple_majority (")
    assert page.index("  ? simple_majority (") < page.index("  + twin_features (")


def test_why_tells_the_article_and_the_cure_of_what_is_broken(accord: CommandLine) -> None:
    words = ("why", BEFORE_COUNCIL, "adopt", "votes=19/20/3", "present=42")

    english, polish = accord.done(*words), accord.done(*words, lang="pl")

    assert "\n  x simple_majority (" in english
    assert "art. 14 of the Act" in english
    assert f"accord advance {BEFORE_COUNCIL} vote_down" in english
    assert "art. 14 ustawy o samorządzie gminnym" in polish
    assert "zasada jest zachowana" in polish


def test_why_answers_without_refusing(accord: CommandLine) -> None:
    found = accord.data("why", BEFORE_COUNCIL, "adopt", "votes=19/20/3", "present=42")

    assert found["lawful"] is False
    broken = {one["rule"]: one for one in found["findings"] if one["outcome"] == "broken"}
    assert broken["simple_majority"]["basis"] == ["usg-14"]
    assert broken["simple_majority"]["strength"] == "block"
    assert broken["opinions"]["strength"] == "warn"


def test_why_says_where_a_step_that_is_out_of_turn_could_be_taken(accord: CommandLine) -> None:
    told = accord.refused("why", INFORMAL, "adopt")

    assert "case KRK-2026-0001 is in the state “informal”" in told
    assert "Possible now: " in told


# --- the desk ---

TRAYS = {
    MANAGER: {"endorse": [PROPOSED, ALSO_PROPOSED], "lapsed": [LAPSED]},
    OFFICER: {"mine": [INFORMAL, PROPOSED, BEFORE_COUNCIL], "lapsed": [LAPSED]},
    COLLEAGUE: {"mine": [ALSO_PROPOSED], "lapsed": [LAPSED]},
    CLERK: {},
    AUDITOR: {},
    ADMINISTRATOR: {},
}


@pytest.mark.parametrize("who", TRAYS)
def test_each_role_finds_what_waits_for_it(who: str, accord: CommandLine) -> None:
    found = accord.data("desk", who=who)

    trays = {tray: sorted(one["reference"] for one in cases) for tray, cases in found.items()}
    assert trays == TRAYS[who]


def test_an_empty_desk_says_so(accord: CommandLine) -> None:
    assert accord.done("desk", who=AUDITOR) == "Nothing waits for you.\n"
    assert accord.done("desk", who=AUDITOR, lang="pl") == "Nic na Ciebie nie czeka.\n"


def test_a_clerk_finds_the_cases_whose_next_step_needs_documents(accord: CommandLine) -> None:
    accord.done("endorse", PROPOSED, "--date", "2026-03-09", who=MANAGER)

    assert [one["reference"] for one in accord.data("desk", who=CLERK)["papers"]] == [PROPOSED]
    assert accord.done("desk", who=CLERK).startswith("Waiting for documents\n")


def test_an_officer_finds_what_came_back_with_what_was_said(accord: CommandLine) -> None:
    returned(accord, PROPOSED)

    desk = accord.done("desk")

    assert desk.startswith("Returned or declined\n")
    assert PROPOSED in desk.partition("Cases I run")[0]


def test_a_manager_finds_what_is_to_be_confirmed(accord: CommandLine) -> None:
    accord.done("correct", IN_FORCE, "1", "date=2026-03-01", "--reason", "omyłka")

    assert [one["reference"] for one in accord.data("desk", who=MANAGER)["asked"]] == [IN_FORCE]


def test_what_does_not_fit_on_the_desk_is_said(accord: CommandLine) -> None:
    desk = accord.done("desk", "--limit", "1", who=MANAGER)

    assert "… and more: --limit\n" in desk
    assert len(references(desk)) == 2
