"""How the sentences read, and that a refusal never fails for want of one."""

import datetime as dt
import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import vocabulary
from models.vocabulary import Language, Outcome, Strength
from tests import profiles, sources  # noqa: F401 - importing profiles chooses one
from tests.wording import (
    A_MOMENT,
    EDITION,
    REFERENCE,
    SAMPLES,
    finding,
    leaves,
    part,
    placeholders,
    sample,
)
from workflow import messages
from workflow.dates import PartialDate
from workflow.messages import Sentence, Speech
from workflow.rules import RULES

ANSWERS = sorted(sources.answers())


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(("rule", "variant"), ANSWERS)
def test_a_refusal_reads_without_a_gap(rule: str, variant: str, language: Language) -> None:
    facts = dict.fromkeys(sources.answers()[rule, variant], SAMPLES[""])
    facts |= {k: v for k, v in sample(part("findings")[rule]).items() if k in facts}

    told = finding(rule, variant, facts, language=language)

    assert not re.search("[{}]", "".join(told))
    assert not told.what.startswith(rule)
    assert told.cure


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("code", sorted(part("errors")))
def test_an_error_reads_without_a_gap(code: str, language: Language) -> None:
    section = part("errors")[code]
    chooser = messages.CHOSEN_BY.get(code, "")
    variants = {key.partition("_")[2] for key in section if key.startswith("what_")} | {""}

    for variant in variants:
        facts = sample(section) | ({chooser: variant} if variant else {})
        told = Speech(language, EDITION).error(code, facts)
        assert not re.search("[{}]", "".join(told))
        assert not told.what.startswith(f"{code}:")
        assert told.cure


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("fault", sorted(part("faults")))
def test_a_fault_reads_without_a_gap(fault: str, language: Language) -> None:
    facts = {**sample(part("faults")[fault]), "fault": fault, "name": "votes", "choices": ["mayor"]}

    told = Speech(language).fault(facts)

    assert not re.search("[{}]", "".join(told))
    assert not told.what.startswith(f"{fault}:")
    assert told.cure


REFUSALS = tomllib.loads((sources.ROOT / "tests/data/refusals.toml").read_text("utf-8"))["refusal"]


@pytest.mark.parametrize("row", REFUSALS, ids=lambda row: f"{row['rule']}.{row['variant']}")
def test_a_refusal_as_it_is_printed(row: Mapping[str, Any]) -> None:
    answer = row["rule"], row["variant"], row["facts"]

    polish = finding(*answer, step=row["step"])
    english = finding(*answer, step=row["step"], language=Language.EN)

    what, *commands = polish.cure.split("\n")
    assert (polish.what, english.what) == (row["pl"], row["en"])
    assert what.endswith(":")
    assert commands == row["commands"]


def test_a_gap_says_what_is_missing_and_how_to_supply_it() -> None:
    votes = finding("absolute_majority", outcome=Outcome.UNDECIDED, needs="votes")
    country = finding("twin_exclusive", outcome=Outcome.UNDECIDED, needs="partner.country")
    other = finding("four_eyes", outcome=Outcome.UNDECIDED, needs="comment", step="endorse")

    assert votes.what.endswith("brakuje danych: głosy za/przeciw/wstrzymujące się.")
    assert votes.cure == "Podaj brakującą daną:\naccord advance KRK-2026-0007 adopt votes=…"
    assert country.what.endswith("brakuje danych: kraj partnera.")
    assert country.cure.endswith("\naccord partner show PARTNER")
    assert other.what == "nie można rozstrzygnąć, brakuje danych: uwagi."


@pytest.mark.parametrize(
    ("outcome", "variant", "said"),
    [
        (Outcome.HOLDS, "", "the rule is kept."),
        (Outcome.NOT_APPLICABLE, "", "it does not concern this step."),
        (
            Outcome.NOT_APPLICABLE,
            "before_the_law",
            "it does not apply: on the day of the step the provision did not count.",
        ),
        ("unheard_of", "", "four_eyes.unheard_of"),
    ],
)
def test_what_stops_nothing_needs_no_cure(outcome: str, variant: str, said: str) -> None:
    told = finding("four_eyes", variant, outcome=outcome, language=Language.EN)

    assert told == Sentence(said)


def test_a_waiver_is_offered_where_the_rule_admits_one_and_named_where_it_was_granted() -> None:
    facts = {"earlier": "2026-04-02"}
    offered = finding("reconsider_once", "once", facts, strength=Strength.OVERRIDE, step="refuse")
    granted = finding(
        "reconsider_once", "once", facts, outcome=Outcome.OVERRIDDEN, waived_by="marek.kierownik"
    )

    assert offered.cure.endswith(
        "accord waive KRK-2026-0007 reconsider_once --for refuse --reason … NAZWA=WARTOŚĆ"
    )
    assert granted.what.endswith("Odstąpiono od tej zasady, zgoda: marek.kierownik.")
    assert granted.cure == ""


@pytest.mark.parametrize(
    ("step", "command"),
    [
        ("sign", "accord advance KRK-RRRR-NNNN sign date=RRRR-MM-DD"),
        ("open", "accord open PARTNER date=RRRR-MM-DD"),
        ("raise", "accord raise KRK-RRRR-NNNN date=RRRR-MM-DD"),
        ("carry_out", "accord advance KRK-RRRR-NNNN CZYNNOŚĆ date=RRRR-MM-DD"),
    ],
)
def test_a_step_is_repeated_as_it_is_typed(step: str, command: str) -> None:
    facts = {"name": "date", "date": "2027", "today": "2026-11-22"}

    told = Speech(Language.PL).finding(
        "in_order", "broken", "future", facts, None, reference="", step=step
    )

    assert told.cure.endswith(command)


def test_a_step_out_of_turn_says_who_moved_the_case_and_when() -> None:
    facts = {
        "reference": REFERENCE,
        "step": "endorse",
        "state": "before_council",
        "form": "association",
        "open": ("adopt", "vote_down"),
        "since": A_MOMENT,
        "last": SimpleNamespace(step="finalise", actor="anna.oficer", recorded_at=A_MOMENT),
        "findings": (),
    }

    told = Speech(Language.PL, EDITION).error("step_not_open", facts)

    assert told.what == (
        "Czynności „zaakceptuj” nie można teraz podjąć: sprawa KRK-2026-0007 jest w stanie"
        " „w Radzie Miasta”. W tym stanie od: 2 kwietnia 2026 r., godz. 14:05."
        " Ostatni wpis: „zatwierdzenie dokumentu”, anna.oficer, 2 kwietnia 2026 r., godz. 14:05."
        " Możliwe teraz: adopt i vote_down."
    )
    assert told.cure.endswith("\naccord options KRK-2026-0007")


def test_what_is_not_found_names_what_is_spelt_alike() -> None:
    facts = {"kind": "partner", "name": "eurocites", "near": ["eurocities", "euralis"]}

    near = Speech(Language.EN).error("not_found", facts)
    alone = Speech(Language.EN).error("not_found", {**facts, "near": ()})
    strange = Speech(Language.EN).error("not_found", {"kind": "spaceship", "name": "x"})

    assert near.what == "There is no partner eurocites. Did you mean eurocities or euralis?"
    assert alone.what == "There is no partner eurocites."
    assert strange.what == "Not found: x."


def test_what_is_missing_is_asked_for_with_a_label_and_an_example() -> None:
    speech = Speech(Language.PL)
    votes, office = EDITION.inputs["votes"], EDITION.inputs["office"]
    missing = {"fault": "missing", "name": "votes", "label": votes.label, "spec": votes}
    choice = {"fault": "missing", "name": "office", "label": office.label, "spec": office}
    form = {
        "fault": "not_a_choice",
        "name": "form",
        "value": "x",
        "choices": ("twinning", "sectoral"),
    }
    bare = {"fault": "missing", "name": "field", "label": {}}

    assert speech.fault(missing) == Sentence(
        "Brakuje danej: głosy za/przeciw/wstrzymujące się (votes).",
        "Na przykład: votes=22/21/0",
    )
    assert speech.fault(choice) == Sentence(
        "Brakuje danej: urząd podpisującego (office). Do wyboru: mayor (Prezydent Miasta),"
        " deputy_mayor (Zastępca Prezydenta) lub other (inny).",
        "Na przykład: office=mayor",
    )
    assert speech.fault(form).cure == (
        "Do wyboru: twinning (umowa o współpracy na zasadzie miast bliźniaczych) lub sectoral"
        " (umowa branżowa); na przykład: form=twinning"
    )
    assert speech.fault(bare) == Sentence("Brakuje danej: field (field).", "Na przykład: field=…")


@pytest.mark.parametrize(
    ("number", "polish", "english"),
    [
        (0, "głosowało 0 radnych", "0 councillors voted"),
        (1, "głosował 1 radny", "1 councillor voted"),
        (2, "głosowało 2 radnych", "2 councillors voted"),
        (22, "głosowało 22 radnych", "22 councillors voted"),
        ("wielu", "głosowało wielu radnych", "wielu councillors voted"),
    ],
)
def test_a_number_brings_its_noun_in_the_right_form(
    number: object, polish: str, english: str
) -> None:
    facts = {"in_favour": number, "needed": 22, "of": 43}

    assert polish in finding("absolute_majority", "", facts).what
    assert english in finding("absolute_majority", "", facts, language=Language.EN).what


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "podano 1 dziedzinę"), (3, "podano 3 dziedziny"), (5, "podano 5 dziedzin"),
     (12, "podano 12 dziedzin"), (22, "podano 22 dziedziny"), (112, "podano 112 dziedzin")],
)  # fmt: skip
def test_polish_counts_in_three_forms(count: int, said: str) -> None:
    assert finding("wide_scope", "", {"count": count}).what.endswith(f", a {said}.")


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("../2026-06", "nie później niż w czerwcu 2026 r."),
        ("XXXX", "data nieznana"),
        (dt.date(2026, 4, 2), "2 kwietnia 2026 r."),
        (PartialDate.parse("2026"), "2026"),
        ("wczoraj", "wczoraj"),
        (None, "nie podano"),
    ],
)
def test_a_date_is_said_as_precisely_as_it_is_known(date: object, said: str) -> None:
    assert said in finding("reviewed", "old", {"reviewed": date}).what


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (A_MOMENT, "2 April 2026, 14:05"),
        (dt.datetime(2026, 12, 31, 23, 30, tzinfo=dt.UTC), "1 January 2027, 00:30"),
        (dt.datetime(9999, 12, 31, 23, 30, tzinfo=dt.UTC), "9999-12-31 23:30:00+00:00"),
        ("yesterday", "yesterday"),
    ],
)
def test_a_moment_is_said_by_the_clocks_of_krakow(moment: object, said: str) -> None:
    facts = {"step": "x", "actor": "anna.oficer", "seen": 1, "version": 2, "recorded_at": moment}

    assert said in Speech(Language.EN).error("case_changed", facts).what


@pytest.mark.parametrize(
    ("kind", "value", "polish", "english"),
    [
        ("form", "sectoral", "umowa branżowa", "sectoral agreement"),
        ("value", "sectoral", "umowa branżowa", "sectoral agreement"),
        ("value", "deputy_mayor", "Zastępca Prezydenta", "Deputy Mayor"),
        ("value", "a text of its own", "a text of its own", "a text of its own"),
        ("role", vocabulary.Role.CLERK, "kancelista", "clerk"),
        ("yes_no", True, "tak", "yes"),
        ("yes_no", False, "nie", "no"),
        ("country", "NL", "Niderlandy", "Netherlands"),
        ("country", "UA", "Ukraina", "Ukraine"),
        ("country", "Q1", "Q1", "Q1"),
        ("state", "in_force", "obowiązuje", "in force"),
        ("state", "none", "przed otwarciem", "before it was opened"),
        ("step", "adopt", "odnotuj podjęcie uchwały", "record the adoption"),
        ("step", "waive", "odstąpienie od zasady", "waiver of a rule"),
        ("input", "votes", "głosy za/przeciw/wstrzymujące się", "votes for/against/abstained"),
        ("rule", "four_eyes", "cztery oczy", "four eyes"),
        ("no such kind", "x", "x", "x"),
    ],
)  # fmt: skip
def test_a_word_is_the_edition_s_or_ours_or_the_value_itself(
    kind: str, value: object, polish: str, english: str
) -> None:
    assert Speech(Language.PL, EDITION).word(kind, value) == polish
    assert Speech(Language.EN, EDITION).word(kind, value) == english


def test_a_text_that_is_no_word_comes_back_whole() -> None:
    text = "Uzasadnienie.\n" * 50

    assert Speech(Language.PL).word("value", text) == text


def test_without_an_edition_its_names_stand_as_they_are_typed() -> None:
    speech = Speech(Language.PL)

    assert speech.word("state", "in_force") == "in_force"
    assert speech.word("step", "adopt") == "adopt"


def test_a_draft_that_cannot_be_final_says_every_reason() -> None:
    seat = {"name": "partner.seat", "label": {"pl": "siedziba", "en": "seat"}, "later": False}
    unlabelled = {"name": "setting.mayor", "label": {"en": "mayor"}, "later": False}
    facts = {
        "reference": REFERENCE,
        "kind": "application",
        "version": 2,
        "final": None,
        "gaps": [seat, unlabelled],
        "wrong_names": [{"found": "Gmina Kraków", "verdict": "wrong"}],
        "stale": ("adopt.date", "partner.population", "setting.mayor"),
    }

    told = Speech(Language.PL, EDITION).error("draft_refused", facts)

    assert told.what == (
        "Dokument „wniosek o przyjęcie do zrzeszenia” w sprawie KRK-2026-0007, wersja 2, nie może"
        " być zatwierdzony jako ostateczny."
        " Brakuje danych: partner.seat (siedziba) i setting.mayor (setting.mayor)."
        " Od jej utworzenia zmieniły się dane: data (adopt.date), liczba mieszkańców"
        " (partner.population) i setting.mayor."
        " Miasto nazwano w niej: „Gmina Kraków”, a ma to być Stołeczne Królewskie Miasto Kraków."
    )
    assert told.cure.endswith("\naccord draft new KRK-2026-0007 application")


def test_a_value_is_never_read_as_a_template_or_obeyed_by_a_terminal() -> None:
    hostile = "{reference} {0.__class__} \x1b[31m\u202e\nKraków\ud800"

    told = finding("royal_name", "typed", {"found": hostile}, language=Language.EN)

    assert "“{reference} {0.__class__} �[31m� Kraków�”" in told.what


def test_a_value_in_a_command_is_one_word_of_the_shell() -> None:
    facts = {"other": "x; rm -rf ~", "partner": "x", "country": "DE"}

    told = finding("twin_exclusive", "", facts, step="sign")

    assert told.cure.endswith("\naccord show 'x; rm -rf ~'")


def test_a_long_value_is_cut_and_a_nested_one_laid_flat() -> None:
    long = finding("as_adopted", "", {"differences": "a" * 100_000})
    nested = finding("as_adopted", "", {"differences": {"for": [1, True], "against": None}})

    assert "a" * messages.LONGEST + "…)" in long.what
    assert "(różnice: for=1, tak, against=nie podano)" in nested.what


def test_a_list_is_joined_in_the_reader_s_language() -> None:
    roles = {"what": "adopt", "login": "anna.oficer", "held": (), "needed": ("officer", "clerk")}

    told = Speech(Language.PL, EDITION).error("not_allowed", roles)

    assert told.what == (
        "„odnotuj podjęcie uchwały” wymaga roli: referent lub kancelista."
        " Role, które ma anna.oficer: brak."
    )


def test_a_sentence_that_lacks_a_fact_falls_back_to_the_id_and_the_facts() -> None:
    speech = Speech(Language.EN)
    where = {"reference": REFERENCE, "step": "adopt"}

    assert finding("four_eyes", "", {"x": [1, 2]}).what == "four_eyes.broken: x=1, 2"
    assert speech.finding("no_rule", "broken", "odd", {}, None, **where) == ("no_rule.odd", "")
    assert speech.error("not_an_error", {}).what.startswith("not_an_error: reference=")
    assert speech.fault({"fault": "no_fault", "name": "x"}).what.startswith("no_fault: ")
    assert speech.error("not_allowed", {"what": "adopt"}).cure == ""


MOMENTS = st.datetimes() | st.datetimes(timezones=st.just(dt.UTC)) | st.dates()
PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | MOMENTS
ANYTHING = st.recursive(
    PLAIN | st.sampled_from(list(SAMPLES.values())),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
NAMES = st.sampled_from(sorted({name for _, text in leaves(messages.texts(Language.PL))
                                for name in placeholders(text)}))  # fmt: skip
FACTS = st.dictionaries(NAMES | st.text(max_size=5), ANYTHING, max_size=6)


def _printable(told: Sentence) -> bool:
    return all(line.isprintable() for text in told for line in text.split("\n"))


@given(
    st.sampled_from(sorted(RULES)) | st.text(max_size=9),
    st.sampled_from(list(Outcome)),
    st.sampled_from(sorted({variant for _, variant in ANSWERS})) | st.text(max_size=9),
    FACTS,
    st.none() | st.text(max_size=9),
)
def test_whatever_a_rule_found_something_printable_is_said(
    rule: str, outcome: str, variant: str, facts: Mapping[str, object], needs: str | None
) -> None:
    told = finding(rule, variant, facts, outcome=outcome, needs=needs, strength="override")

    assert told.what or not rule
    assert _printable(told)


@given(
    st.sampled_from(sorted(part("errors"))) | st.text(max_size=9),
    st.sampled_from(sorted(part("faults"))) | st.text(max_size=9),
    FACTS | st.fixed_dictionaries({"label": ANYTHING, "spec": ANYTHING, "choices": ANYTHING}),
    st.sampled_from(Language),
)
def test_whatever_went_wrong_something_printable_is_said(
    code: str, fault: str, facts: Mapping[str, object], language: Language
) -> None:
    speech = Speech(language, EDITION)

    assert _printable(speech.error(code, facts))
    assert _printable(speech.fault({**facts, "fault": fault}))


def test_nothing_is_read_before_the_first_sentence_and_then_only_once() -> None:
    question = (
        "import sys; from workflow.messages import Speech; Speech('pl'); "
        "print({'tomllib', 'zoneinfo', 'babel', 'importlib.resources'} & set(sys.modules))"
    )

    answer = subprocess.run(  # noqa: S603 - this very interpreter, and a question composed here
        [sys.executable, "-c", question],
        cwd=sources.ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout == "set()\n"
    assert messages.texts(Language.PL) is messages.texts(Language.PL)
