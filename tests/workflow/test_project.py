"""The fold of history: what stands, what is asked of whom, and what a document may know."""

from collections.abc import Mapping
from datetime import date

import pytest

from models.vocabulary import START, Form, Language
from tests.builders import A_MOMENT, AnyTold, Told, case_of, partner, road, settings, told
from workflow.dates import PartialDate
from workflow.facts import Case, Sheet, SheetFact, Waiver
from workflow.inputs import Json, Votes
from workflow.lifecycle import definition
from workflow.project import Recorded, awaited, sheet, state_told_by

TODAY = date(2026, 11, 23)


def steps(case: Case) -> list[str]:
    """Name the acts that stand."""
    return [act.step for act in case.acts]


def correction(event: int, changes: Mapping[str, Json], *, confirmed: bool = True) -> Told:
    """Tell a correction, which counts at once unless a manager has to confirm it."""
    words: Mapping[str, Json] = {"event": event, "changes": changes, "confirmed": confirmed}
    return Told("correct", "2026-11-02", words)


def sheet_of(*acts: AnyTold, seat: str | None = None) -> Sheet:
    """Lay out what a document of the case may know."""
    known = settings({"mayor": "Jan Kowalski"})
    other = partner(seat=seat) if seat else partner()
    return sheet(case_of(*acts), other, definition(), known, TODAY)


# --- what stands ---


def test_the_acts_that_stand_are_told_in_order_with_their_values() -> None:
    case = case_of(*road("twinning", "resolved", adopt={"votes": "30/2/1", "present": "40"}))

    adopted = case.acts[-1]
    assert steps(case) == ["open", "propose", "endorse", "submit_to_council", "adopt"]
    assert (case.form, case.state, case.version) == (Form.TWINNING, "resolved", 5)
    assert (adopted.source, adopted.target, adopted.sequence) == ("before_council", "resolved", 5)
    assert adopted.inputs["votes"] == Votes(30, 2, 1)
    assert adopted.date == PartialDate.parse("2026-02-02")
    assert adopted.recorded_at > A_MOMENT
    assert adopted.names == {"anna.oficer"}


def test_a_retracted_act_no_longer_stands_and_the_retraction_is_no_act() -> None:
    way = road("twinning", "resolved")

    case = case_of(*way, told("retract", "2026-11-01", event=5), told("vote_down", "2026-11-02"))

    assert steps(case) == ["open", "propose", "endorse", "submit_to_council", "vote_down"]
    assert (case.state, case.version) == ("rejected", 7)
    assert case.resolution is None


def test_a_step_behind_notes_can_be_retracted_and_the_notes_stay() -> None:
    way = road("twinning", "resolved")

    case = case_of(*way, told("note", "2026-11-01"), told("retract", "2026-11-02", event=5))

    assert steps(case)[-2:] == ["submit_to_council", "note"]


def test_a_corrected_act_says_what_is_right_and_which_event_corrected_it() -> None:
    way = road("twinning", "resolved")

    case = case_of(*way, correction(5, {"resolution": "XLVIII/1326/26", "date": "2026-02-03"}))

    adopted = case.last("adopt")
    assert adopted is not None
    assert adopted.inputs["resolution"] == "XLVIII/1326/26"
    assert adopted.date == PartialDate.parse("2026-02-03")
    assert adopted.corrected == {"resolution": 6, "date": 6}
    assert adopted.inputs["votes"] == Votes(30, 2, 1)
    assert case.acts[0].corrected == {}
    assert case.acts[-1].inputs["event"] == 5


def test_what_is_corrected_but_its_date_keeps_it() -> None:
    case = case_of(*road("twinning", "resolved"), correction(5, {"present": 41}))

    adopted = case.last("adopt")
    assert adopted is not None
    assert (adopted.date, adopted.inputs["present"]) == (PartialDate.parse("2026-02-02"), 41)


def test_the_later_correction_of_the_same_thing_counts() -> None:
    case = case_of(
        *road("twinning", "resolved"),
        correction(5, {"resolution": "XLVIII/1/26", "present": 41}),
        correction(5, {"resolution": "XLVIII/2/26"}),
    )

    adopted = case.last("adopt")
    assert adopted is not None
    assert adopted.inputs["resolution"] == "XLVIII/2/26"
    assert adopted.corrected == {"resolution": 7, "present": 6}


def test_a_correction_may_take_back_what_should_never_have_been_stated() -> None:
    way = road("twinning", "resolved", propose={"term": "5 years"})

    laid = sheet_of(*way, correction(2, {"term": None}))

    proposed = case_of(*way, correction(2, {"term": None})).acts[1]
    assert "term" not in proposed.inputs
    assert proposed.corrected == {"term": 6}
    assert laid["propose.term"].value is None


def test_a_correction_that_needs_a_manager_waits_for_his_word() -> None:
    way = (*road("twinning", "resolved"), correction(5, {"present": 41}, confirmed=False))
    word = told("correct", "2026-11-03", confirms=6)

    waiting, confirmed = case_of(*way), case_of(*way, word)

    assert [case.acts[4].inputs["present"] for case in (waiting, confirmed)] == [40, 41]
    assert confirmed.acts[4].corrected == {"present": 6}


def test_a_word_that_confirms_nothing_changes_nothing() -> None:
    way = road("twinning", "resolved")

    case = case_of(*way, told("correct", "2026-11-03", confirms=2_000))

    assert case.acts[:5] == case_of(*way).acts


def test_a_waiver_keeps_who_granted_what_on_which_facts() -> None:
    words: Mapping[str, Json] = {
        "rule": "projects_first",
        "step": "propose",
        "variant": "",
        "facts": {"missing": ["a", "b"]},
        "granted": True,
        "reason": "wspólny jubileusz",
    }
    granted = Told("waive", "2026-11-01", words, "marek.kierownik", "ewa.kierownik")

    case = case_of(told("open", "2026-01-05"), granted)

    assert case.waivers == (
        Waiver(
            2,
            "projects_first",
            "propose",
            {"missing": ["a", "b"]},
            "",
            granted=True,
            by=frozenset({"marek.kierownik", "ewa.kierownik"}),
            reason="wspólny jubileusz",
        ),
    )
    assert case.acts[-1].names == {"marek.kierownik", "ewa.kierownik"}


def test_a_second_proposal_begins_a_round_of_its_own() -> None:
    first = (*road("twinning", "rejected"), told("note", "2026-03-01"))
    second = (*first, told("propose", "2026-04-01", form="partnership"))

    before, after = case_of(*first), case_of(*second)

    assert (before.round, after.round) == (2, 7)
    assert before.standing("submit_to_council") == before.last("submit_to_council")
    assert after.standing("submit_to_council") is None
    assert after.last("submit_to_council") == before.last("submit_to_council")
    assert (after.form, after.state) == (Form.PARTNERSHIP, "proposed")
    assert after.proposal == after.acts[-1]


def test_a_retracted_proposal_gives_its_round_back() -> None:
    case = case_of(
        *road("twinning", "rejected"),
        told("propose", "2026-04-01", form="partnership"),
        told("retract", "2026-04-02", event=6),
    )

    assert (case.round, case.state, case.form) == (2, "rejected", Form.TWINNING)


def test_a_case_without_a_proposal_has_no_round() -> None:
    case = case_of(told("open", "2026-01-05"))

    assert case.round == 0
    assert case.proposal is None
    assert case.standing("open") == case.acts[0]


@pytest.mark.parametrize(
    ("later", "stands"),
    [
        ((), True),
        ((told("annul", "2026-03-01"),), False),
        ((told("annul", "2026-03-01"), told("uphold", "2026-09-01")), True),
        (
            (
                told("annul", "2026-03-01"),
                told("uphold", "2026-09-01"),
                told("annul", "2026-10-01"),
            ),
            False,
        ),
        ((told("annul", "2026-03-01"), told("note", "2026-09-01")), False),
    ],
)
def test_a_resolution_stands_until_it_is_annulled_and_again_once_a_court_upholds_it(
    later: tuple[AnyTold, ...], *, stands: bool
) -> None:
    case = case_of(*road("twinning", "resolved"), *later)

    assert (case.resolution is not None) is stands


def test_what_would_be_is_the_case_with_one_more_act() -> None:
    case = case_of(*road("twinning", "resolved"))
    signed = case_of(*road("twinning", "in_force")).acts[-1]

    then = case.with_act(signed)

    assert (then.form, then.state, then.version) == (Form.TWINNING, "in_force", 6)
    assert then.acts == (*case.acts, signed)


def test_history_tells_where_a_case_stands_without_its_row() -> None:
    moved = Recorded(
        2, "propose", "informal", "informal", "twinning", "proposed", "anna.oficer", None,
        "officer", "2026", A_MOMENT, "{}",
    )  # fmt: skip

    assert state_told_by([]) == ("informal", START)
    assert state_told_by([moved]) == ("twinning", "proposed")
    assert state_told_by([moved, moved._replace(target="endorsed")]) == ("twinning", "endorsed")


# --- what is asked of whom ---


def asked(*, granted: bool, **more: Json) -> Told:
    """Tell that a waiver is asked for, or granted."""
    words: Mapping[str, Json] = {
        "rule": "one_field", "step": "adopt", "facts": {}, "variant": "", "granted": granted,
        "reason": "w oryginale", **more,
    }  # fmt: skip
    return Told("waive", "2026-11-02", words)


WAITS = correction(4, {"date": "2026-01-27"}, confirmed=False)


@pytest.mark.parametrize(
    ("later", "awaits"),
    [
        ([], None),
        ([asked(granted=False)], "waiver"),
        ([asked(granted=False), told("note", "2026-11-03")], "waiver"),
        ([asked(granted=False), asked(granted=True)], None),
        ([asked(granted=False), asked(granted=False, denied=True)], None),
        ([asked(granted=False), told("adopt", "2026-11-03")], None),
        ([asked(granted=True)], None),
        ([WAITS], "confirmation"),
        ([WAITS, asked(granted=False)], "confirmation"),
        ([WAITS, told("correct", "2026-11-03", confirms=5, denied=False)], None),
        ([WAITS, told("correct", "2026-11-03", confirms=5, denied=True)], None),
        ([WAITS, WAITS, told("correct", "2026-11-03", confirms=5)], "confirmation"),
        ([correction(4, {"date": "2026-01-27"})], None),
    ],
)
def test_a_person_is_asked_until_somebody_answers(later: list[AnyTold], awaits: str | None) -> None:
    case = case_of(*road("partnership", "before_council"), *later)

    assert awaited(case.acts) == awaits


@pytest.mark.parametrize(
    ("later", "awaits"),
    [
        ([told("return", "2026-11-02")], "returned"),
        ([told("return", "2026-11-02"), told("note", "2026-11-03")], None),
        ([told("decline", "2026-11-02")], "declined"),
    ],
)
def test_an_officer_is_told_what_was_returned_or_declined(
    later: list[AnyTold], awaits: str | None
) -> None:
    case = case_of(*road("partnership", "proposed"), *later)

    assert awaited(case.acts) == awaits


def test_a_correction_that_was_denied_changes_nothing() -> None:
    way = (*road("twinning", "resolved"), correction(5, {"present": 41}, confirmed=False))

    case = case_of(*way, told("correct", "2026-11-03", confirms=6, denied=True))

    assert case.acts[4].inputs["present"] == 40


# --- what a document may know ---


def test_every_name_the_definition_knows_is_there_and_what_nobody_stated_is_a_gap() -> None:
    laid = sheet_of(told("open", "2026-01-05", title="Lipsk", idea="Rada"))

    expected = {f"{row.step}.{name}" for row in definition().all_rows() for name in row.inputs}
    assert expected <= set(laid)
    assert laid["adopt.resolution"] == SheetFact(
        None, None, "number", {Language.PL: "uchwała nr", Language.EN: "resolution no."}
    )
    assert laid["partner.seat"] == SheetFact(None)
    assert laid["setting.usg_reference"] == SheetFact(None)


def test_what_was_stated_is_there_with_its_event_and_kind() -> None:
    laid = sheet_of(
        *road("twinning", "resolved", adopt={"votes": "30/2/1"}, propose={"term": "5 years"}),
        correction(5, {"resolution": "XLVIII/1326/26"}),
        seat="Neues Rathaus",
    )

    stated = {name: (fact.value, fact.sequence, fact.kind) for name, fact in laid.items()}
    assert stated["adopt.resolution"] == ("XLVIII/1326/26", 6, "number")
    assert stated["adopt.date"] == ("2026-02-02", 5, "date")
    assert stated["adopt.votes"] == ({"for": 30, "against": 2, "abstained": 1}, 5, "votes")
    assert stated["propose.form"] == ("twinning", 2, "form")
    assert stated["propose.term"] == ({"months": 60, "until": None}, 2, "term")
    assert stated["partner.slug"] == ("leipzig", None, "text")
    assert stated["partner.seat"] == ("Neues Rathaus", None, "text")
    assert stated["partner.country"] == ("DE", None, "text")
    assert stated["case.form"] == ("twinning", None, "text")
    assert stated["case.officer"] == ("anna.oficer", None, "text")
    assert stated["case.file_number"] == (None, None, "text")
    assert stated["setting.mayor"] == ("Jan Kowalski", None, "text")
    assert laid["send_to_voivode.attachments"].kind == "list"


def test_the_engine_s_own_events_are_nothing_a_document_cites() -> None:
    assigned = told("assign", "2026-11-01", officer="ewa")

    laid = sheet_of(*road("twinning", "resolved"), assigned, asked(granted=True))

    assert {name.partition(".")[0] for name in laid} == {
        *definition().steps, "about", "case", "partner", "setting",
    } - {"assign", "waive"}  # fmt: skip


def test_of_a_step_taken_twice_only_the_later_counts_and_wholly() -> None:
    laid = sheet_of(
        *road("twinning", "before_council"),
        told("record_opinion", "2026-02-10", opinion_of="legal_adviser", asked_on="2026-02-01"),
        told("record_opinion", "2026-02-12", opinion_of="committee"),
    )

    assert laid["record_opinion.opinion_of"].value == "committee"
    assert laid["record_opinion.date"].value == "2026-02-12"
    assert laid["record_opinion.asked_on"] == SheetFact(
        None, None, "date", laid["record_opinion.asked_on"].label
    )


def test_a_new_proposal_leaves_the_council_s_road_and_the_old_proposal_behind() -> None:
    laid = sheet_of(
        told("open", "2026-01-05"),
        told("negotiate", "2026-01-06", instruction="rozmawiać"),
        told("propose", "2026-01-12", form="twinning", objectives="wymiana", term="5 years"),
        *road("twinning", "rejected")[2:],
        told("propose", "2026-11-01", form="twinning"),
    )

    assert laid["negotiate.instruction"].value == "rozmawiać"
    assert laid["submit_to_council.ordinance"].value is None
    assert laid["vote_down.votes"].value is None
    assert laid["propose.date"].value == "2026-11-01"
    assert (laid["propose.objectives"].value, laid["propose.term"].value) == (None, None)


def test_a_councillors_draft_that_was_rejected_is_not_the_new_proposal() -> None:
    laid = sheet_of(
        told("open", "2026-01-05"),
        told("receive_council_draft", "2026-02-01", form="twinning", fields="kultura"),
        told("vote_down", "2026-03-01"),
        told("propose", "2026-11-01", form="twinning"),
    )

    assert laid["receive_council_draft.fields"].value is None
    assert laid["open.date"].value == "2026-01-05"


def test_a_document_may_know_since_when_and_until_when_the_cooperation_is_in_force() -> None:
    signed = {"date": "2026-03-02", "term": "5 years"}
    notice = told("give_notice", "2026-08-10", delivered_on="2026-08-15", notice_months="6")

    way = road("partnership", "in_force", sign=signed)

    assert sheet_of(*way)["case.in_force_from"] == SheetFact("2026-03-02", None, "date")
    assert sheet_of(*way)["case.last_day"].value == "2031-03-02"
    assert sheet_of(*way, notice)["case.last_day"].value == "2027-02-15"
    assert sheet_of(*road("partnership", "resolved"))["case.last_day"].value is None
