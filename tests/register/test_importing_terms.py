"""What sources say of terms, and how two of them date one act."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.importing_terms import between, disputed_in, one_date, term
from tests import profiles  # noqa: F401 - importing it chooses a profile
from workflow.dates import UNKNOWN, PartialDate
from workflow.inputs import Term

P = PartialDate.parse


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("5 years, renewed several times", {"term": Term(60)}),
        ("next 5 years", {"term": Term(60)}),
        ("18 miesięcy", {"term": Term(18)}),
        ("1997-2001", {"term": Term(until=P("2001-12-31"))}),
        ("do 30.06.2027; potem przegląd", {"term": Term(until=P("2027-06-30"))}),
        ("until June 2027", {"term": Term(until=P("2027-06-30"))}),
        ("fixed term, automatically prolonged", {"prolongation": "automatic"}),
        (
            "5 years; extendable for successive 5 years by written consent of both parties",
            {"term": Term(60), "prolongation": "by_consent", "prolongation_months": 60},
        ),
        (
            "5 lat, automatycznie przedłużana na kolejne 2 lata",
            {"term": Term(60), "prolongation": "automatic", "prolongation_months": 24},
        ),
        ("indefinite; 6-month notice", {"term": Term(), "notice_months": 6}),
        (
            "czas nieokreślony, 6-miesięczny okres wypowiedzenia",
            {"term": Term(), "notice_months": 6},
        ),
        ("9999 years", {}),
        ("0 years", {}),
        ("until further notice", {}),
        ("until ?", {}),
        ("", {}),
    ],
)  # fmt: skip
def test_a_term_is_read_as_far_as_it_is_said(said: str, found: dict[str, object]) -> None:
    assert dict(term(said)) == found


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("CONFLICT: krakow.pl 3546 page says 1979-10-12", (P("1979-10-12"), "krakow.pl 3546 page")),
        ("CONFLICT: BIP says 1979-10-02; same act", (P("1979-10-02"), "BIP")),
        ("seen. CONFLICT: X says 1995", (P("1995"), "X")),
        ("CONFLICT: X says something else", None),
        ("no conflict", None),
    ],
)
def test_a_source_that_only_a_note_names_counts_as_one(
    note: str, found: tuple[PartialDate, str] | None
) -> None:
    assert disputed_in(note) == found


@pytest.mark.parametrize(
    ("dates", "one", "disagree"),
    [
        ((), None, False),
        (("1993",), "1993", False),
        (("1993", "1993"), "1993", False),
        (("1993", "1993-02-19"), "1993-02-19", False),
        (("1993-02-19", "1993-02", "1993"), "1993-02-19", False),
        (("1979-10-02", "1979-10-12"), "1979-10-02/1979-10-12", True),
        (("1995", "1994"), "1994/1995", True),
        (("1995", "1994", "1990-05-01"), "1990-05-01/1995", True),
        (("1994", "1995-03-01/.."), "1994/..", True),
        (("../1990", "1995"), "../1995", True),
    ],
)
def test_two_sources_that_disagree_leave_the_time_between_them(
    dates: tuple[str, ...],
    one: str | None,
    disagree: bool,  # noqa: FBT001 - a column of the table
) -> None:
    found, dispute = one_date(map(P, dates))

    assert (found.text if found is not None else None, dispute) == (one, disagree)


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("2007", "2025-10-15", "2007/2025-10-15"),
        ("1976-12-12", None, "1976-12-12/.."),
        (None, "2007", "../2007"),
        (None, None, "XXXX"),
        ("2007", "2007", "2007"),
        ("2007", "1990", "2007/.."),
        ("1994/1995", "../2000", "1994-01-01/2000-12-31"),
        ("XXXX", "2000", "../2000"),
        ("2000", "XXXX", "2000/.."),
    ],
)
def test_what_lies_between_two_dates_keeps_to_what_is_known(
    first: str | None, last: str | None, text: str
) -> None:
    assert between(first and P(first), last and P(last)).text == text  # type: ignore[arg-type] # None stays None


KNOWN = st.sampled_from(
    ["1990", "1990-05", "1990-05-17", "1991", "../1989", "1992/..", "1980/1995"]
)


@given(st.lists(KNOWN.map(P), min_size=1, max_size=5))
def test_whichever_source_is_right_the_one_date_allows_its_day(dates: list[PartialDate]) -> None:
    found, disagree = one_date(dates)

    assert found is not None
    assert found != UNKNOWN or disagree
    exact = [d for d in dates if not any(o != d and _inside(o, d) for o in dates)]
    for date in exact:
        assert found.earliest is None or date.earliest is None or found.earliest <= date.earliest


def _inside(one: PartialDate, other: PartialDate) -> bool:
    low = other.earliest is None or (one.earliest is not None and one.earliest >= other.earliest)
    high = other.latest is None or (one.latest is not None and one.latest <= other.latest)
    return low and high


@given(st.text(max_size=60))
def test_whatever_is_said_of_a_term_it_is_read_or_left_out(said: str) -> None:
    assert set(term(said)) <= {"term", "notice_months", "prolongation", "prolongation_months"}
