"""What a person typed: read by type in both languages, every fault at once, stored without loss."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.vocabulary import Form, Language
from tests import profiles  # noqa: F401 - importing it chooses the profile
from workflow import chain, inputs
from workflow.dates import PartialDate
from workflow.errors import InputFaults
from workflow.inputs import InputSpec, Term, Value, Votes, decode, encode, read, specification

CHOICES = ("full", "associate", "letter_of_intent")

SPECS = {
    kind: specification(kind, {"type": kind, "of": CHOICES, "pl": f"{kind} po polsku", "en": kind})
    for kind in sorted(inputs.TYPES)
}


def typed(kind: str, word: str) -> Value:
    """Read one word of one type."""
    return read("note", [SPECS[kind]], (), {kind: word})[kind]


def refused(specs: list[InputSpec], words: dict[str, str]) -> InputFaults:
    """Give the refusal of words that cannot be read."""
    with pytest.raises(InputFaults) as caught:
        read("note", specs, ("text",), words)
    return caught.value


def fault(kind: str, word: str) -> object:
    """Say what is wrong with one word of one type."""
    (only,) = refused([SPECS[kind]], {kind: word}).faults
    return only["fault"]


def until(year: int, month: int, day: int) -> Term:
    """Give a term that runs until a day."""
    return Term(until=PartialDate.of(date(year, month, day)))


@pytest.mark.parametrize(
    ("kind", "word", "value"),
    [
        ("text", "  Łódź i Kraków  ", "Łódź i Kraków"),
        ("text", "o\u0301smy", "ósmy"),
        ("text", "pierwszy\n\tdrugi", "pierwszy\n\tdrugi"),
        ("text", "wiersz\r\nwiersz", "wiersz\nwiersz"),
        ("number", " XLVIII/1325/26 ", "XLVIII/1325/26"),
        ("number", "007", "007"),
        ("partial_date", "2 czerwca 2016 r.", PartialDate.parse("2016-06-02")),
        ("partial_date", "June 2016", PartialDate.parse("2016-06")),
        ("partial_date", "1992", PartialDate.parse("1992")),
        ("partial_date", "nieznana", PartialDate.parse("XXXX")),
        ("day", "2.06.2016", PartialDate.parse("2016-06-02")),
        ("choice", "full", "full"),
        ("choice", " Letter-of intent ", "letter_of_intent"),
        ("choices", "full, associate,full", ("full", "associate")),
        ("form", "EU programme", Form.EU_PROGRAMME.value),
        ("list", "kultura, turystyka ,, kultura", ("kultura", "turystyka")),
        ("list", "a/b", ("a/b",)),
        ("yes_no", "yes", True),
        ("yes_no", " TAK ", True),
        ("yes_no", "t", True),
        ("yes_no", "no", False),
        ("yes_no", "nie", False),
        ("yes_no", "n", False),
        ("count", " 43 ", 43),
        ("count", "007", 7),
        ("count", "999999999", 999_999_999),
        ("votes", "22/21/0", Votes(22, 21, 0)),
        ("votes", " 22 / 21 / 0 ", Votes(22, 21, 0)),
        ("term", "5 lat", Term(months=60)),
        ("term", "2 lata", Term(months=24)),
        ("term", "1 rok", Term(months=12)),
        ("term", "18 miesięcy", Term(months=18)),
        ("term", "3  miesiące", Term(months=3)),
        ("term", "1 miesiąc", Term(months=1)),
        ("term", "1 month", Term(months=1)),
        ("term", "6 MONTHS", Term(months=6)),
        ("term", "1 year", Term(months=12)),
        ("term", "100 years", Term(months=1200)),
        ("term", "czas nieokreślony", Term()),
        ("term", "indefinite", Term()),
        ("term", "31 grudnia 2030", until(2030, 12, 31)),
        ("term", "2030", until(2030, 12, 31)),
        ("term", "February 2028", until(2028, 2, 29)),
        ("reference", " krk-2026-0007 ", "KRK-2026-0007"),
        ("reference", "KRK-2026-12345", "KRK-2026-12345"),
    ],
)
def test_a_word_is_read_by_its_type(kind: str, word: str, value: Value) -> None:
    found = typed(kind, word)

    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("kind", "word", "wrong"),
    [
        ("text", " \n\t ", "empty"),
        ("text", "a\x00b", "control_character"),
        ("text", "\x1b[31mred", "control_character"),
        ("text", "half \ud800", "control_character"),
        ("text", "a" * 100_001, "too_long"),
        ("number", "", "empty"),
        ("partial_date", "03/04/2016", "date_ambiguous"),
        ("partial_date", "30 lutego 2016", "date_impossible"),
        ("partial_date", "wkrótce", "date_not_a_date"),
        ("partial_date", "", "date_not_a_date"),
        ("day", "June 2016", "date_not_a_day"),
        ("day", "nieznana", "date_not_a_day"),
        ("day", "soon", "date_not_a_date"),
        ("choice", "honorary", "not_a_choice"),
        ("choice", "", "not_a_choice"),
        ("choices", "full, honorary", "not_a_choice"),
        ("choices", " , ", "empty"),
        ("form", "umowa", "not_a_choice"),
        ("list", ",, ,", "empty"),
        ("list", "kultura, spo\x07rt", "control_character"),
        ("yes_no", "może", "not_yes_or_no"),
        ("yes_no", "", "not_yes_or_no"),
        ("count", "-1", "not_a_number"),
        ("count", "4.5", "not_a_number"),
        ("count", "٤٣", "not_a_number"),
        ("count", "²", "not_a_number"),
        ("count", "1000000000", "not_a_number"),
        ("count", "", "not_a_number"),
        ("votes", "22/21", "not_votes"),
        ("votes", "22/21/0/0", "not_votes"),
        ("votes", "22/-1/0", "not_votes"),
        ("votes", "za", "not_votes"),
        ("term", "0 months", "not_a_term"),
        ("term", "101 lat", "not_a_term"),
        ("term", "99999999999 lat", "not_a_term"),
        ("term", "pięć lat", "not_a_term"),
        ("term", "po 2016", "not_a_term"),
        ("term", "nieznana", "not_a_term"),
        ("term", "", "not_a_term"),
        ("reference", "KRK-2026-007", "not_a_reference"),
        ("reference", "KRK-٢٠٢٦-0007", "not_a_reference"),
        ("reference", "KRK-2026-0007 ; DROP", "not_a_reference"),
    ],
)
def test_a_word_its_type_does_not_admit_is_named(kind: str, word: str, wrong: str) -> None:
    assert fault(kind, word) == wrong


def test_every_fault_is_told_at_once_with_value_label_and_remedy() -> None:
    specs = [SPECS[kind] for kind in ("text", "choice", "count", "list", "votes")]
    words = {"chioce": "full", "count": "many", "list": "a\x00", "votes": "22/21/0", "zzz": "1"}

    refusal = refused(specs, words)

    known = ("text", "choice", "count", "list", "votes")
    label = {kind: SPECS[kind].label for kind in known}
    assert refusal.facts["step"] == "note"
    assert refusal.exit_code == 2
    assert refusal.faults == (
        {"name": "chioce", "value": "full", "fault": "unknown", "near": ["choice"], "known": known},
        {"name": "zzz", "value": "1", "fault": "unknown", "near": [], "known": known},
        {"name": "choice", "fault": "missing", "label": label["choice"], "spec": SPECS["choice"]},
        {"name": "count", "value": "many", "fault": "not_a_number", "label": label["count"]},
        {
            "name": "list",
            "value": "a\x00",
            "fault": "control_character",
            "label": label["list"],
            "character": "U+0000",
        },
    )


def test_a_choice_that_is_none_is_answered_with_the_choices() -> None:
    (only,) = refused([SPECS["choice"]], {"choice": "honorary"}).faults

    assert only["choices"] == CHOICES


def test_a_text_that_is_too_long_is_answered_with_both_lengths() -> None:
    (only,) = refused([SPECS["text"]], {"text": "ż" * 100_002}).faults

    assert (only["length"], only["longest"]) == (100_002, 100_000)
    assert typed("text", "ż" * 100_000) == "ż" * 100_000


def test_a_name_that_is_unknown_is_answered_with_the_one_most_alike() -> None:
    specs = [SPECS["choices"], SPECS["choice"]]

    refusal = refused(specs, {"choic": "full", "choice": "full", "choices": "full"})

    assert [fault["near"] for fault in refusal.faults] == [["choice"]]


def test_what_may_be_left_out_is_left_out() -> None:
    assert read("note", [SPECS["text"], SPECS["count"]], ["text"], {"count": "1"}) == {"count": 1}


def test_before_the_inputs_exist_only_what_is_there_is_read() -> None:
    specs = [SPECS["count"], SPECS["votes"]]

    assert read("adopt", specs, (), {}, complete=False) == {}
    assert read("adopt", specs, (), {"count": "43"}, complete=False) == {"count": 43}
    with pytest.raises(InputFaults):
        read("adopt", specs, (), {"count": "all"}, complete=False)


def test_a_specification_is_a_row_of_the_definition() -> None:
    session = specification(
        "session", {"type": "partial_date", "future": True, "pl": "data sesji", "en": "session"}
    )

    assert session == InputSpec(
        "session",
        "partial_date",
        (),
        {Language.PL: "data sesji", Language.EN: "session"},
        future=True,
    )
    assert specification("form", {"type": "form"}) == InputSpec(
        "form", "form", tuple(Form), {Language.PL: "", Language.EN: ""}, future=False, free=False
    )
    assert specification("place", {"type": "text", "free": True}).free


@given(st.sampled_from(sorted(inputs.TYPES)), st.text(max_size=40))
def test_nothing_typed_breaks_the_reader(kind: str, word: str) -> None:
    specs = [SPECS[kind]]

    faults: tuple[object, ...] = ()
    body = "{}"
    try:
        body = chain.canonical({kind: encode(read("note", specs, (), {kind: word})[kind])})
    except InputFaults as refusal:
        faults = tuple(told["name"] for told in refusal.faults)

    assert faults == (() if body != "{}" else (kind,))
    assert body.encode()


TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1)
DAYS = st.dates(date(1000, 1, 1)).map(PartialDate.of)
DATES = DAYS | st.sampled_from(
    [PartialDate.parse(text) for text in ("1992", "2016-06", "../2016", "2016/..", "XXXX")]
)
COUNTS = st.integers(0, 999_999_999)
LISTS = st.lists(TEXTS, min_size=1, unique=True).map(tuple)
BY_TYPE: dict[str, st.SearchStrategy[Value]] = {
    "text": TEXTS,
    "number": TEXTS,
    "partial_date": DATES,
    "day": DAYS,
    "choice": st.sampled_from(CHOICES),
    "choices": st.lists(st.sampled_from(CHOICES), min_size=1, unique=True).map(tuple),
    "form": st.sampled_from([form.value for form in Form]),
    "list": LISTS,
    "yes_no": st.booleans(),
    "count": COUNTS,
    "votes": st.builds(Votes, COUNTS, COUNTS, COUNTS),
    "term": st.integers(1, 1200).map(lambda months: Term(months=months))
    | DAYS.map(lambda last: Term(until=last))
    | st.just(Term()),
    "reference": st.from_regex(r"\AKRK-[0-9]{4}-[0-9]{4,6}\Z"),
}


def test_every_type_is_drawn() -> None:
    assert set(BY_TYPE) == inputs.TYPES


@pytest.mark.parametrize("kind", sorted(BY_TYPE))
@given(data=st.data())
def test_what_an_event_stores_is_read_back_without_loss(kind: str, data: st.DataObject) -> None:
    value = data.draw(BY_TYPE[kind])

    stored = json.loads(chain.canonical({"inputs": {kind: encode(value)}}))["inputs"][kind]
    found = decode(SPECS[kind], stored)

    assert found == value
    assert type(found) is type(value)


def test_an_input_the_definition_no_longer_knows_stays_as_it_was_stored() -> None:
    assert decode(None, ["a", "b"]) == ("a", "b")
    assert decode(None, "2016-06-02") == "2016-06-02"
    assert decode(None, 43) == 43


def test_a_vote_and_a_term_speak_for_themselves() -> None:
    assert str(Votes(22, 21, 0)) == "22/21/0"
    assert Term(months=60).definite
    assert until(2030, 12, 31).definite
    assert not Term().definite
