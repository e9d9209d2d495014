"""The City's names in every case, and how a text is found to name the City rightly or wrongly.

The sentences the office judged stand in tests/data/city_sentences.tsv: the verdict and reason a
lawyer would give, the contexts they hold in, and, where the check says otherwise, why that is
accepted. There a line break is written as backslash n and an odd letter as backslash u.
"""

import csv
import re
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import profiles  # noqa: F401 - importing it chooses the profile
from workflow.city import GERMAN, LEGAL_PERSONS, NAMES, Case, accepted, legal_person, name
from workflow.city_check import Context, Mention, Reason, Verdict, check, parties_named_rightly

SENTENCES = Path(__file__).parents[1] / "data" / "city_sentences.tsv"

# --- the names ---

POLISH = {
    Case.NOMINATIVE: ("Stołeczne Królewskie Miasto Kraków", "Gmina Miejska Kraków"),
    Case.GENITIVE: ("Stołecznego Królewskiego Miasta Krakowa", "Gminy Miejskiej Kraków"),
    Case.DATIVE: ("Stołecznemu Królewskiemu Miastu Krakowowi", "Gminie Miejskiej Kraków"),
    Case.ACCUSATIVE: ("Stołeczne Królewskie Miasto Kraków", "Gminę Miejską Kraków"),
    Case.INSTRUMENTAL: ("Stołecznym Królewskim Miastem Krakowem", "Gminą Miejską Kraków"),
    Case.LOCATIVE: ("Stołecznym Królewskim Mieście Krakowie", "Gminie Miejskiej Kraków"),
    Case.VOCATIVE: ("Stołeczne Królewskie Miasto Krakowie", "Gmino Miejska Kraków"),
}


@pytest.mark.parametrize("case", Case)
def test_polish_declines_both_names_of_the_city(case: Case) -> None:
    both = (name("pl", case), legal_person("pl", case))

    assert both == POLISH[case]
    assert (name("pl", case, article=False), legal_person("pl", case, article=False)) == both


@pytest.mark.parametrize("case", Case)
def test_english_says_the_names_alike_in_every_case(case: Case) -> None:
    assert name("en", case) == "the Royal Capital City of Krakow"
    assert name("en", case, article=False) == "Royal Capital City of Krakow"
    assert legal_person("en", case) == "the Municipality of Krakow"
    assert legal_person("en", case, article=False) == "Municipality of Krakow"


@pytest.mark.parametrize("case", Case)
def test_german_declines_article_and_adjective(case: Case) -> None:
    subject = case in {Case.NOMINATIVE, Case.ACCUSATIVE, Case.VOCATIVE}

    told = (name(GERMAN, case), name(GERMAN, case, article=False), legal_person(GERMAN, case))

    assert told == (
        (
            "die Königliche Hauptstadt Krakau",
            "Königliche Hauptstadt Krakau",
            "die Stadtgemeinde Krakau",
        )
        if subject
        else (
            "der Königlichen Hauptstadt Krakau",
            "Königlicher Hauptstadt Krakau",
            "der Stadtgemeinde Krakau",
        )
    )


def test_the_nominative_is_the_case_of_a_title_page() -> None:
    assert name("pl") == NAMES["pl"][Case.NOMINATIVE]
    assert legal_person("pl") == LEGAL_PERSONS["pl"][Case.NOMINATIVE]


def test_the_city_has_no_name_in_a_language_nobody_drafts_in() -> None:
    with pytest.raises(KeyError):
        name("fr")


# --- the sentences the office judged ---


class Sentence(NamedTuple):
    """A sentence as the office judged it, with where its judgement holds."""

    verdict: str
    reason: str
    contexts: tuple[Context, ...]
    language: str
    text: str
    explained: str

    def found(self) -> list[tuple[Mention, ...]]:
        """Check the sentence in each of its contexts."""
        return [check(self.text, context) for context in self.contexts]


def _unescaped(sentence: str) -> str:
    letters = re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), sentence)
    return letters.replace(r"\n", "\n").replace(r"\t", "\t")


def _sentences() -> list[Sentence]:
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Sentence(
            verdict=row["verdict"],
            reason=row["reason"],
            contexts=tuple(Context) if row["context"] == "both" else (Context(row["context"]),),
            language=row["language"],
            text=_unescaped(row["sentence"]),
            explained=row["explained"],
        )
        for row in rows
    ]


def _reasons(mentions: tuple[Mention, ...], verdict: Verdict) -> set[str]:
    return {mention.reason.value for mention in mentions if mention.verdict is verdict}


JUDGED = _sentences()


def test_the_list_holds_every_verdict_in_every_language_and_every_reason() -> None:
    kinds = {(sentence.verdict, sentence.language) for sentence in JUDGED}

    assert len(JUDGED) >= 400
    assert kinds == {(v.value, lang) for v in Verdict for lang in ("pl", "en", "de")}
    assert {sentence.reason for sentence in JUDGED} == {*(reason.value for reason in Reason), "-"}
    assert len({(sentence.text, sentence.contexts) for sentence in JUDGED}) == len(JUDGED)


def test_no_wrong_name_is_missed_and_each_is_refused_for_its_reason() -> None:
    wrong = [sentence for sentence in JUDGED if sentence.verdict == "wrong"]

    missed = {
        sentence.text: _reasons(mentions, Verdict.WRONG)
        for sentence in wrong
        for mentions in sentence.found()
        if _reasons(mentions, Verdict.WRONG) != {sentence.reason}
    }

    assert missed == {}


def test_every_right_name_is_found_right_and_nothing_beside_it_wrong() -> None:
    right = [sentence for sentence in JUDGED if sentence.verdict == "right"]

    refused = {
        sentence.text: mentions
        for sentence in right
        for mentions in sentence.found()
        if _reasons(mentions, Verdict.RIGHT) != {sentence.reason}
        or _reasons(mentions, Verdict.WRONG)
    }

    assert refused == {}


def test_the_false_alarms_are_the_few_that_the_list_explains() -> None:
    ordinary = [sentence for sentence in JUDGED if sentence.verdict == "ordinary"]

    alarms = {
        sentence.text
        for sentence in ordinary
        for mentions in sentence.found()
        if any(mention.verdict is not Verdict.ORDINARY for mention in mentions)
    }

    assert alarms == {sentence.text for sentence in JUDGED if sentence.explained}
    assert len(alarms) <= 4


def test_an_ordinary_mention_says_whether_it_is_an_organ_or_the_place() -> None:
    ordinary = [s for s in JUDGED if s.verdict == "ordinary" and not s.explained]

    otherwise = {
        sentence.text: mentions
        for sentence in ordinary
        for mentions in sentence.found()
        if (sentence.reason != "-" or mentions)
        and sentence.reason not in _reasons(mentions, Verdict.ORDINARY)
    }

    assert otherwise == {}


# --- what to write instead ---


@pytest.mark.parametrize(
    ("text", "suggested"),
    [
        ("Królewskie Stołeczne Miasto Kraków", "Stołeczne Królewskie Miasto Kraków"),
        ("Królewskim Stołecznym Mieście Krakowie", "Stołecznym Królewskim Mieście Krakowie"),
        ("w imieniu Miasta Krakowa", "Stołecznego Królewskiego Miasta Krakowa"),
        ("między Miastem Kraków a Lwowem", "Stołecznym Królewskim Miastem Krakowem"),
        ("Stoleczne Krolewskie Miasto Krakow", "Stołeczne Królewskie Miasto Kraków"),
        ("STOLECZNEGO KROLEWSKIEGO MIASTA", "STOŁECZNEGO KRÓLEWSKIEGO MIASTA KRAKOWA"),
        ("Przekazano Gminie Miejskiej Kraków", "Stołecznemu Królewskiemu Miastu Krakowowi"),
        ("Strony mówią o Gminie Miejskiej Krakow", "Stołecznym Królewskim Mieście Krakowie"),
        ("Strony wspierają Gminę Kraków", "Stołeczne Królewskie Miasto Kraków"),
        ("z Gminą Miejską Kraków", "Stołecznym Królewskim Miastem Krakowem"),
        ("Umowa między Krakowem a Lipskiem", "Stołecznym Królewskim Miastem Krakowem"),
        ("umowa między Lipskiem a Krakowem", "Stołecznym Królewskim Miastem Krakowem"),
        ("the Capital Royal City of Krakow", "Royal Capital City of Krakow"),
        ("Capital Royal City of Krakow", "Royal Capital City of Krakow"),
        ("CITY OF KRAKOW", "ROYAL CAPITAL CITY OF KRAKOW"),
        ("Krakow undertakes to pay", "the Royal Capital City of Krakow"),
        ("between Krakow City and Leipzig City", "the Royal Capital City of Krakow"),
        ("the Municipality of Kraków", "Royal Capital City of Krakow"),
        ("zwischen der Stadt Krakau und", "Königlichen Hauptstadt Krakau"),
        ("Die Stadt Krakau verpflichtet sich", "Königliche Hauptstadt Krakau"),
        ("Krakau verpflichtet sich", "die Königliche Hauptstadt Krakau"),
        ("Vertrag zwischen Krakau und Leipzig", "der Königlichen Hauptstadt Krakau"),
        ("mit Stadt Krakau", "Königlicher Hauptstadt Krakau"),
        ("der Königliche Hauptstadt Krakau", "Königlichen Hauptstadt Krakau"),
    ],
)
def test_the_right_name_is_offered_in_the_same_language_case_and_letters(
    text: str, suggested: str
) -> None:
    offers = [mention.suggested for mention in check(text, Context.AGREEMENT) if mention.suggested]

    assert offers == [suggested]


@pytest.mark.parametrize(
    ("text", "suggested"),
    [
        ("Gmina Kraków", "Gmina Miejska Kraków"),
        ("w imieniu Gminy Miejskiej Krakowa", "Gminy Miejskiej Kraków"),
        ("z GMINĄ MIEJSKĄ KRAKOW", "GMINĄ MIEJSKĄ KRAKÓW"),
        ("między Miastem Kraków a Lwowem", "Stołecznym Królewskim Miastem Krakowem"),
    ],
)
def test_an_ordinance_is_offered_the_legal_person_where_it_meant_it(
    text: str, suggested: str
) -> None:
    (mention,) = check(text, Context.OFFICIAL)

    assert (mention.verdict, mention.suggested) == (Verdict.WRONG, suggested)


# --- one answer for a document ---


@pytest.mark.parametrize(
    ("text", "context", "rightly"),
    [
        ("Stołeczne Królewskie Miasto Kraków i Miasto Lipsk", Context.AGREEMENT, True),
        ("Gmina Miejska Kraków", Context.AGREEMENT, False),
        ("Gmina Miejska Kraków", Context.OFFICIAL, True),
        ("Stołeczne Królewskie Miasto Kraków, dalej: Miasto Kraków", Context.AGREEMENT, False),
        ("Miasto i Partner zawierają umowę w Krakowie.", Context.AGREEMENT, False),
        ("Miasto i Partner zawierają umowę w Krakowie.", Context.OFFICIAL, True),
        ("", Context.AGREEMENT, False),
        ("", Context.OFFICIAL, True),
    ],
)
def test_an_agreement_must_name_the_city_and_nothing_may_misname_it(
    text: str, context: Context, *, rightly: bool
) -> None:
    naming = parties_named_rightly(text, context)

    assert bool(naming) is rightly
    assert {m.verdict for m in naming.right} <= {Verdict.RIGHT}
    assert {m.verdict for m in naming.wrong} <= {Verdict.WRONG}


def test_the_places_that_name_the_city_are_told_apart_in_the_order_of_the_text() -> None:
    text = "Miasto Kraków i Stołeczne Królewskie Miasto Kraków, Kraków, dnia 5 maja, Miasto Krakow"

    naming = parties_named_rightly(text, Context.AGREEMENT)

    assert [mention.found for mention in naming.wrong] == ["Miasto Kraków", "Miasto Krakow"]
    assert [(mention.start, mention.end) for mention in naming.right] == [(16, 50)]


# --- whatever the text ---

RIGHT_NAMES = sorted(accepted(name))
# The Kelvin and Roman numeral signs are written as codes: editors like to make letters of them.
HOMOGLYPHS = {
    "a": "аαɑａ", "c": "сϲｃ\u217d", "d": "ԁｄ\u217e", "e": "еεｅ", "g": "ɡｇ", "h": "һｈ",
    "i": "іιıｉ\u2170", "k": "кκｋ", "l": "ӏｌ\u217c", "m": "мｍ\u217f", "n": "ոｎ", "o": "оοօｏ",
    "p": "рρｐ", "r": "гｒ", "s": "ѕｓ", "t": "тτｔ", "u": "սｕ", "w": "ѡԝｗ", "y": "уｙ",
    "C": "СϹＣ\u216d", "H": "НΗＨ", "K": "КΚＫ\u212a", "M": "МΜＭ\u216f", "R": "ᎡＲ", "S": "ЅＳ",
    "ł": "ƚⱡ", "ó": "ό", "ö": "ӧϋ",
}  # fmt: skip
SPACES = st.sampled_from(
    [" ", "\u00a0", "\n", "\r\n", "  ", " \t", "\u202f", "\u2028", "** ", " *"]
)
NEUTRAL = st.sampled_from(
    [
        "",
        "Zawarto w dniu 5 maja: ",
        "Niniejszym ",
        "(",
        "„",
        "§ 1. ",
        "hereby ",
        "1) ",
        "– ",
        "\n\n",
    ]
)
ENDINGS = st.sampled_from(
    [
        "",
        ".",
        ", zwane dalej Miastem",
        "”",
        ")",
        " oraz Miasto Lipsk",
        ", Poland",
        "\n\n",
        "’s",
        ";",
    ]
)
WRITINGS: st.SearchStrategy[Callable[[str], str]] = st.sampled_from(
    [
        str,
        lambda word: unicodedata.normalize("NFD", word),
        lambda word: f"{word[:1]}\u00ad{word[1:]}",
        lambda word: f"**{word}**",
        lambda word: f"{word[:-1]}\u200d{word[-1]}",
    ]
)
PIECES = st.sampled_from(
    """Stołeczne Stołecznego Królewskie Królewskiego Miasto Miasta miasto Kraków Krakowa Krakow
    Krakowem KRAKÓW Krаków Karków krajów Royal royal Capital capital City city CITY of the Old
    Königliche Hauptstadt Haupt Stadt die der Krakau Cracow Gmina Gminy Miejska Miejskiej
    Municipality Urban Mayor Council Rada w między between and i oraz represented zobowiązuje
    zwane dalej dnia Stoł Król m MiastoKrólewskieStołeczneKraków RoyalCapitalCityofKrakow z
    Agreement umowa Leipzig Marathon 5 CapitalRoyalCapital MiastoKraków KrakówStołeczneKrólewskie
    """.split()  # noqa: SIM905 - seventy words read better as text
)
MIXTURES = st.lists(
    st.tuples(PIECES, st.sampled_from([" ", " ", " ", "\n", ", ", ". ", "", "\n\n", " – ", ") "])),
    max_size=14,
).map(lambda parts: "".join(word + gap for word, gap in parts))


@given(st.text() | MIXTURES, st.sampled_from(Context))
def test_any_text_has_an_answer_whose_mentions_are_cut_from_it(text: str, context: Context) -> None:
    mentions = check(text, context)

    ends = [0, *(mention.end for mention in mentions)]
    assert all(text[mention.start : mention.end] == mention.found for mention in mentions)
    assert all(end <= mention.start for end, mention in zip(ends, mentions, strict=False))
    assert all(bool(m.suggested) is (m.verdict is Verdict.WRONG) for m in mentions)


@given(st.sampled_from(RIGHT_NAMES), NEUTRAL, ENDINGS, st.data())
def test_a_right_name_is_right_in_any_writing(
    right: str, before: str, after: str, data: st.DataObject
) -> None:
    words = [data.draw(WRITINGS)(word) for word in right.split()]
    written = words[0] + "".join(data.draw(SPACES) + word for word in words[1:])
    text = before + written + after

    named = [m for m in check(text, Context.AGREEMENT) if m.verdict is not Verdict.ORDINARY]

    assert [(m.verdict, m.reason) for m in named] == [(Verdict.RIGHT, Reason.ROYAL_NAME)]
    # Emphasis around the first and last word is no part of the name.
    assert named[0].found.strip("*") == written.strip("*")


@given(st.sampled_from(RIGHT_NAMES), NEUTRAL, ENDINGS, st.data())
def test_one_letter_that_only_looks_latin_makes_a_name_wrong(
    right: str, before: str, after: str, data: st.DataObject
) -> None:
    swaps = [
        right[:at] + twin + right[at + 1 :]
        for at, letter in enumerate(right)
        for twin in HOMOGLYPHS.get(letter, "")
    ]
    text = before + data.draw(st.sampled_from(swaps)) + after

    verdicts = [m.verdict for m in check(text, Context.AGREEMENT)]

    assert Verdict.WRONG in verdicts
    assert Verdict.RIGHT not in verdicts


@given(
    st.sampled_from(RIGHT_NAMES),
    st.data(),
    st.characters(categories=("Lu", "Ll", "Lt", "Lo", "Lm", "Nd", "Nl")),
)
def test_no_other_letter_or_figure_passes_for_the_right_one(
    right: str, data: st.DataObject, other: str
) -> None:
    at = data.draw(st.sampled_from([i for i, letter in enumerate(right) if letter != " "]))
    misspelt = right[:at] + other + right[at + 1 :]

    verdicts = [m.verdict for m in check(misspelt, Context.AGREEMENT)]

    assert (verdicts == [Verdict.RIGHT]) is (misspelt in RIGHT_NAMES)
    assert (Verdict.WRONG in verdicts) is (misspelt not in RIGHT_NAMES)


@pytest.mark.parametrize(
    "unit",
    [
        "Umowę zawiera Stołeczne Królewskie Miasto Kraków oraz Miasto Lipsk.\n",
        "Krakow ",
        "agreement of of of of on Krakow ",
        "Royal Capital City ",
        "a\u0301",
        "\u0327\u0301",
        "a\u00ad",
        "\n ",
        "krolewskiemiasto",
        "*",
        "a-\n",
    ],
)
def test_the_time_grows_no_faster_than_the_text(unit: str) -> None:
    def seconds(length: int) -> float:
        text = "Miasto " + unit * (length // len(unit)) + " Kraków"
        start = time.process_time()
        check(text, Context.AGREEMENT)
        return time.process_time() - start

    small = min(seconds(25_000) for _ in range(3))
    large = min(seconds(200_000) for _ in range(2))

    # Eight times the text: a quadratic reading would take sixty-four times as long.
    assert large < 24 * small + 0.05
