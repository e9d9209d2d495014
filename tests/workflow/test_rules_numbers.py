"""Krakow's own numbers: canonical Roman numerals, Latin letters, and the year of the act."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import profiles  # noqa: F401 - importing it chooses the profile
from tests.builders import ask, facts_of, say


@pytest.mark.parametrize(
    ("number", "date"),
    [
        ("IV/47/90", "1990-09-08"),
        ("XLIII/298/92", "1992-02-14"),
        ("LXX/466/93", "1993-01-08"),
        ("CXI/737/94", "1994"),
        ("XXXIV/322/95", "1995-11-22"),
        ("LXXV/742/05", "2005-04-13"),
        ("CXV/1547/10", "2010"),
        ("LI/679/12", "2012"),
        ("XCIX/1495/14", "2014"),
        ("CXXI/1934/14", "2014-11-05"),
        ("XC/2368/17", "2017"),
        ("XLVIII/1325/20", "2020"),
    ],
)
def test_the_councils_real_numbers_are_right(number: str, date: str) -> None:
    assert say("number_format", facts_of("adopt", resolution=number, date=date)) == "holds"


@pytest.mark.parametrize(
    ("number", "answer"),
    [
        ("XCLX/1495/14", "broken: numeral"),
        ("ХСIX/1495/14", "broken: numeral"),
        ("IIII/1495/14", "broken: numeral"),
        ("IC/1495/14", "broken: numeral"),
        ("VX/1495/14", "broken: numeral"),
        ("xcix/1495/14", "broken: numeral"),
        ("99/1495/14", "broken: numeral"),
        ("XCIX/1495/2014", "broken: resolution"),
        ("XCIX/14951/14", "broken: resolution"),
        ("XCIX/1495", "broken: resolution"),
        ("XCIX 1495/14", "broken: resolution"),
        ("/1495/14", "broken: resolution"),
        ("XCIX/１４９５/14", "broken: resolution"),
        ("XCIX/1495/15", "broken: year"),
    ],
)
def test_a_number_that_is_not_the_councils_is_seen(number: str, answer: str) -> None:
    assert say("number_format", facts_of("adopt", resolution=number, date="2014-02-12")) == answer


def test_the_misprint_of_xcix_is_shown_as_it_stands() -> None:
    facts = facts_of("adopt", resolution="XCLX/1495/14", date="2014-02-12")

    assert ask("number_format", facts).facts == {"number": "XCLX/1495/14", "numeral": "XCLX"}


@pytest.mark.parametrize(
    ("number", "answer"),
    [
        ("667/2026", "holds"),
        ("1/2026", "holds"),
        ("99999/2026", "holds"),
        ("0/2026", "broken: ordinance"),
        ("0667/2026", "broken: ordinance"),
        ("667/26", "broken: ordinance"),
        ("XII/667/26", "broken: ordinance"),
        ("667/2025", "broken: year"),
    ],
)
@pytest.mark.parametrize("step", ["submit_to_council", "decide"])
def test_an_ordinance_has_a_number_and_its_year(step: str, number: str, answer: str) -> None:
    form = "twinning" if step == "submit_to_council" else "eu_programme"

    facts = facts_of(step, form=form, ordinance=number, date="2026-02-03")

    assert say("number_format", facts) == answer


@pytest.mark.parametrize(
    ("date", "answer"),
    [
        ("2014", "holds"),
        ("2015", "broken: year"),
        ("2014-12/2015-01", "holds"),
        ("2015-01/2015-12", "broken: year"),
        ("../2013", "holds"),
        ("2015/..", "holds"),
        ("XXXX", "holds"),
    ],
)
def test_the_year_of_a_number_is_wrong_only_if_the_date_is_certain_of_its_own(
    date: str, answer: str
) -> None:
    assert say("number_format", facts_of("adopt", resolution="XC/1495/14", date=date)) == answer


@pytest.mark.parametrize(
    ("step", "form", "words"),
    [
        ("sign", "programme", {"resolution": "XC/2368/17"}),
        ("give_notice", "programme", {"ordinance": "3201/2025"}),
        ("terminate", "eu_programme", {"ordinance": "3201/2025"}),
        ("renew", "programme", {"ordinance": "3201/2025"}),
        ("change", "programme", {"ordinance": "3201/2025"}),
    ],
)
def test_what_rests_on_an_older_act_keeps_that_acts_number(
    step: str, form: str, words: Mapping[str, str]
) -> None:
    right = facts_of(step, words, form=form, date="2026-01-07")
    wrong = facts_of(step, dict.fromkeys(words, "667"), form=form, date="2026-01-07")

    assert say("number_format", right) == "holds"
    assert say("number_format", wrong) == f"broken: {next(iter(words))}"


def test_a_step_that_carries_no_number_has_none_to_misprint() -> None:
    assert say("number_format", facts_of("adopt")) == "holds"


# --- Roman numerals ---

SIGNS = [
    ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"),
    ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC"),
    ("", "C", "CC", "CCC", "CD", "D", "DC", "DCC", "DCCC", "CM"),
    ("", "M", "MM", "MMM"),
]
CANONICAL = {
    "".join(
        SIGNS[place][int(digit)] for place, digit in reversed([*enumerate(reversed(str(n)))])
    ): n
    for n in range(1, 4000)
}
# Letters of other alphabets and other signs that look like one of the seven.
LOOK_ALIKES = {
    "I": "ІΙӀⅠlı1|",
    "V": "ѴⅤ",
    "X": "ХΧⅩ×",
    "L": "Ⅼ",
    "C": "СϹⅭ",
    "D": "Ⅾ",
    "M": "МΜⅯ",
}


ADOPTION = facts_of("adopt")


def numbered(numeral: str) -> str:
    return say("number_format", replace(ADOPTION, inputs={"resolution": f"{numeral}/12/26"}))


def test_every_session_from_1_to_3999_has_its_numeral() -> None:
    refused = [numeral for numeral in CANONICAL if numbered(numeral) != "holds"]

    assert len(CANONICAL) == 3999
    assert refused == []


@given(st.text("IVXLCDM", min_size=1, max_size=9))
def test_letters_that_are_no_canonical_numeral_are_seen(numeral: str) -> None:
    assert numbered(numeral) == ("holds" if numeral in CANONICAL else "broken: numeral")


@given(numeral=st.sampled_from(list(CANONICAL)), data=st.data())
def test_one_look_alike_letter_in_a_numeral_is_seen(numeral: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(numeral) - 1))
    stranger = data.draw(st.sampled_from(LOOK_ALIKES[numeral[place]]))

    misprint = numeral[:place] + stranger + numeral[place + 1 :]

    assert numbered(misprint) == "broken: numeral"
