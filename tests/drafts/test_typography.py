"""Where a line must not break."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafts.typography import tied
from models.vocabulary import Language


@pytest.mark.parametrize(
    ("text", "tied_text"),
    [
        ("i w domu", "i~w~domu"),
        ("(z miastem) o czym", "(z~miastem) o~czym"),
        ("wraz z:", "wraz~z:"),
        ("art. 18 ust. 2 pkt 12a", "art.~18 ust.~2 pkt~12a"),
        ("§ 4 uchwały Nr 5", "§~4 uchwały Nr~5"),
        ("z dnia 8 marca 1990 r. poz. 95", "z~dnia 8~marca 1990~r. poz.~95"),
        ("22 radnych, 100 zł i 5 EUR", "22~radnych, 100~zł i~5~EUR"),
        ("UCHWAŁA NR [……… nr]", "UCHWAŁA NR [………~nr]"),
        ("Eurocities ma członków", "Eurocities ma członków"),
    ],
)
def test_polish_words_that_stay_together(text: str, tied_text: str) -> None:
    assert tied(text, Language.PL).replace("\xa0", "~") == tied_text


@pytest.mark.parametrize(
    ("text", "tied_text"),
    [
        ("a city and I", "a city and I"),
        ("No. 5 of 25 March 2026, item 95", "No.~5 of 25~March 2026, item~95"),
        ("§ 4 and §§ 5", "§~4 and §§~5"),
    ],
)
def test_english_words_that_stay_together(text: str, tied_text: str) -> None:
    assert tied(text, Language.EN).replace("\xa0", "~") == tied_text


@given(st.text(), st.sampled_from(Language))
def test_nothing_but_spaces_ever_changes(text: str, language: Language) -> None:
    assert tied(text, language).replace("\xa0", " ") == text.replace("\xa0", " ")
