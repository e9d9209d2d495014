"""Values as words, and words as Markdown that means only itself."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafts import values, words
from drafts.markdown import parse
from drafts.tree import Document, Paragraph, plain
from models.vocabulary import Language
from tests.drafts.hostile import HOSTILE, shown

PL, EN = Language.PL, Language.EN


def paragraphs_of(document: Document) -> list[str]:
    (part,) = document.parts
    assert all(isinstance(block, Paragraph) for block in part.blocks)
    return [
        " ".join(plain(line) for line in block.lines)
        for block in part.blocks
        if isinstance(block, Paragraph)
    ]


@given(HOSTILE)
def test_a_value_reads_as_its_own_words_wherever_it_stands(value: str) -> None:
    line = values.one_line(value)
    text = f"{values.escaped(line)}\n\nword {values.escaped(line)} word **{values.escaped(line)}**."

    read = paragraphs_of(parse(f"x\n\n{text}", EN))

    alone = [shown(line)] if line else []
    assert [shown(one) for one in read[1:-1]] == alone
    assert shown(read[-1]).startswith(shown(f"word {line} word"))


@given(st.text())
def test_one_line_is_one_line_that_any_file_can_hold(value: str) -> None:
    line = values.one_line(value)

    line.encode()
    assert "\n" not in line
    assert all(unicodedata.category(sign) not in {"Cc", "Cs", "Co"} for sign in line)
    assert values.one_line(line) == line


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("  two \n lines\t", "two lines"),
        ("NUL \x00 and \x1b", "NUL \ufffd and \ufffd"),
        ("right \u202eto left\u202c", "right \ufffdto left\ufffd"),
        ("lone \ud800 half", "lone \ufffd half"),
        ("no \uffff character", "no \ufffd character"),
        ("12\u00a0000", "12\u00a0000"),
        ("תל אביב\u200f", "תל אביב\u200f"),
    ],
)
def test_signs_no_document_can_show_are_replaced_and_never_lost(value: str, line: str) -> None:
    assert values.one_line(value) == line


@pytest.mark.parametrize(
    ("line", "markdown"),
    [
        ("plain words, 5 (five).", "plain words, 5 (five)."),
        ("# no heading", r"\# no heading"),
        ("1. no list", r"1\. no list"),
        ("b) no letter", r"b\) no letter"),
        ("- no dash", r"\- no dash"),
        ("::: no block", r"\::: no block"),
        ("§ 5 no section", "&sect; 5 no section"),
        ("a § 5 **b** [x](y) {{ z }}", r"a § 5 \*\*b\*\* \[x\](y) \{\{ z \}\}"),
    ],
)
def test_only_what_means_something_is_escaped(line: str, markdown: str) -> None:
    assert values.escaped(line) == markdown


def test_a_gap_says_what_is_missing() -> None:
    assert values.gap("uchwała nr") == "[……… uchwała nr]"
    assert values.gap("nr]\n*b*") == r"[……… nr) \*b\*]"


@pytest.mark.parametrize(
    ("edtf", "polish", "english"),
    [
        ("2026-03-25", "25 marca 2026 r.", "25 March 2026"),
        ("2026-03", "marzec 2026 r.", "March 2026"),
        ("2026", "2026 r.", "2026"),
    ],
)
def test_dates_are_as_precise_as_they_are_known(edtf: str, polish: str, english: str) -> None:
    assert (values.date(edtf, PL), values.date(edtf, EN)) == (polish, english)


def test_votes_need_no_plural() -> None:
    votes = {"for": 22, "against": 1, "abstained": 0}

    assert values.votes(votes, PL) == "za – 22, przeciw – 1, wstrzymujące się – 0"
    assert values.votes(votes, EN) == "for – 22, against – 1, abstaining – 0"


@pytest.mark.parametrize(
    ("items", "polish", "english"),
    [
        (["a"], "a", "a"),
        (["a", "b"], "a i b", "a and b"),
        (["a", "b", "c"], "a, b i c", "a, b and c"),
    ],
)
def test_several_things_one_after_another(items: list[str], polish: str, english: str) -> None:
    assert values.enumeration(items, PL) == polish
    assert values.enumeration(items, EN) == english


@pytest.mark.parametrize(
    ("entered", "polish", "english"),
    [
        ("132000 PLN", "132\xa0000,00\xa0zł", "PLN\xa0132,000.00"),
        ("132 000,50 zł", "132\xa0000,50\xa0zł", "PLN\xa0132,000.50"),
        ("5500 EUR", "5\xa0500,00\xa0€", "EUR\xa05,500.00"),
        ("bez opłat", "bez opłat", "bez opłat"),
    ],
)
def test_money_in_the_manner_of_the_language(entered: str, polish: str, english: str) -> None:
    assert (values.money(entered, PL), values.money(entered, EN)) == (polish, english)


@pytest.mark.parametrize(
    ("cited", "english"),
    [
        (
            "Dz.U. z 2000 r. Nr 91, poz. 1009, z późn. zm.",
            "Journal of Laws of 2000, No. 91, item 1009, as amended",
        ),
        ("t.j. Dz.U. z 2025 r. poz. 1153", "consolidated text: Journal of Laws of 2025, item 1153"),
        ("M.P. 2018 poz. 1261", "M.P. 2018 poz. 1261"),
    ],
)
def test_a_place_in_the_journal_of_laws_is_cited_in_english(cited: str, english: str) -> None:
    assert values.journal(cited, EN) == english
    assert values.journal(cited, PL) == cited


@pytest.mark.parametrize(
    ("term", "polish", "english"),
    [
        ({"months": 12, "until": None}, "1 rok", "1 year"),
        ({"months": 24, "until": None}, "2 lata", "2 years"),
        ({"months": 60, "until": None}, "5 lat", "5 years"),
        ({"months": 144, "until": None}, "12 lat", "12 years"),
        ({"months": 1, "until": None}, "1 miesiąc", "1 month"),
        ({"months": 22, "until": None}, "22 miesiące", "22 months"),
        ({"months": 18, "until": None}, "18 miesięcy", "18 months"),
        ({"until": "2030-12-31"}, "do dnia 31 grudnia 2030 r.", "until 31 December 2030"),
        ({"months": None, "until": None}, "czas nieokreślony", "an indefinite period"),
    ],
)
def test_how_long_something_lasts(
    term: dict[str, int | str | None], polish: str, english: str
) -> None:
    assert (values.term(term, PL), values.term(term, EN)) == (polish, english)


@pytest.mark.parametrize(
    ("code", "polish", "english"),
    [
        ("NL", "Niderlandy", "Netherlands"),
        ("GB", "Wielka Brytania", "United Kingdom"),
        ("UA", "Ukraina", "Ukraine"),
        ("DE", "Niemcy", "Germany"),
    ],
)
def test_countries_bear_their_official_names(code: str, polish: str, english: str) -> None:
    assert (values.country(code, PL), values.country(code, EN)) == (polish, english)


def test_a_code_of_no_country_is_refused() -> None:
    with pytest.raises(ValueError, match="XQ"):
        values.country("XQ", PL)


@pytest.mark.parametrize(("composition", "majority"), [(43, "22"), (44, "23"), ("45", "23")])
def test_an_absolute_majority_is_more_than_half(composition: int | str, majority: str) -> None:
    assert values.absolute_majority(composition, PL) == majority


@pytest.mark.parametrize("value", [True, None, ["a"], {"a": 1}])
def test_only_words_and_numbers_are_a_text(value: object) -> None:
    with pytest.raises(TypeError):
        values.text(value, PL)


def test_terms_are_found_in_either_language_and_any_case() -> None:
    assert words.term("Cyfryzacja", EN) == "digitalisation"
    assert words.term("digitalisation ", PL) == "cyfryzacja"
    assert words.term("bobsleje", EN) is None
