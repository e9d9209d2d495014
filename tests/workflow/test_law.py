"""The provisions: whole, in both languages, and counting only in their time."""

from datetime import date

import pytest

from models.vocabulary import Language
from workflow.dates import PartialDate
from workflow.errors import DefinitionFaulty
from workflow.law import Provision, count_for, law, parse

WHOLE = """
[principles]
citation = { pl = "Zasady", en = "Principles" }
text = { pl = "Na czas określony.", en = "For a definite period." }
source = "seeds/003"

[usg-90]
citation = { pl = "art. 90", en = "art. 90" }
text = { pl = "W ciągu 7 dni.", en = "Within 7 days." }
source = "domain.md C13"
valid_from = 1990-05-27
valid_until = 2030-12-31
"""


def provision(start: date | None, end: date | None) -> Provision:
    """Make a provision that counts in a time."""
    words = dict.fromkeys(Language, "art. 1")
    return Provision("usg-1", words, words, "Dz.U.", start, end)


def test_a_provision_is_read_with_its_time() -> None:
    found = parse(WHOLE)

    assert list(found) == ["principles", "usg-90"]
    assert found["principles"].text[Language.EN] == "For a definite period."
    assert (found["principles"].valid_from, found["principles"].valid_until) == (None, None)
    assert found["usg-90"] == Provision(
        "usg-90",
        {Language.PL: "art. 90", Language.EN: "art. 90"},
        {Language.PL: "W ciągu 7 dni.", Language.EN: "Within 7 days."},
        "domain.md C13",
        date(1990, 5, 27),
        date(2030, 12, 31),
    )


def test_every_gap_in_the_law_is_named() -> None:
    text = WHOLE.replace('en = "Principles"', 'en = ""').replace('source = "domain.md C13"', "")
    text += '\n[usg-91]\nsource = "Dz.U."\ntext = { pl = "30 dni" }\n'

    with pytest.raises(DefinitionFaulty) as refusal:
        parse(text)

    assert refusal.value.faults == (
        "provision principles: no citation in en",
        "provision usg-90: no source",
        "provision usg-91: no citation in pl",
        "provision usg-91: no citation in en",
        "provision usg-91: no text in en",
    )
    assert str(refusal.value) == "\n".join(refusal.value.faults)


def test_the_law_that_ships_is_whole() -> None:
    assert len(law()) > 20
    assert all(name == found.id for name, found in law().items())
    assert law()["zrzeszenia-4-1"].valid_from is not None


@pytest.mark.parametrize(
    ("start", "end", "act", "counts"),
    [
        (date(2000, 9, 15), None, "2000-09-15", True),
        (date(2000, 9, 15), None, "2000-09-14", False),
        (date(2000, 9, 15), None, "2000", True),
        (date(2000, 9, 15), None, "1999", False),
        (date(2000, 9, 15), None, "XXXX", True),
        (date(2000, 9, 15), None, "../2000", True),
        (None, date(2002, 10, 26), "2002-10-26", True),
        (None, date(2002, 10, 26), "2002-10-27", False),
        (None, date(2002, 10, 26), "2002", True),
        (None, date(2002, 10, 26), "2003/..", False),
        (None, None, "1257-06-05", True),
    ],
)
def test_only_an_act_certainly_outside_its_time_escapes_a_provision(
    start: date | None, end: date | None, act: str, *, counts: bool
) -> None:
    assert provision(start, end).counts_for(PartialDate.parse(act)) is counts


@pytest.mark.parametrize(
    ("basis", "act", "counts"),
    [
        ((), "1257", True),
        (("zrzeszenia-4-1",), "2025", True),
        (("zrzeszenia-4-1",), "1992-05-01", False),
        (("zrzeszenia-4-1", "principles"), "1992-05-01", True),
    ],
)
def test_a_rule_is_asked_while_any_of_its_provisions_counts(
    basis: tuple[str, ...], act: str, *, counts: bool
) -> None:
    assert count_for(basis, PartialDate.parse(act)) is counts
