"""Which countries are European, and which only a person can place.

The honorary title goes to cities outside Europe (seeds/003); for a country that lies on two
continents the office decides, city by city, and records the decision with its reason.
"""

# fmt: off
EUROPE = frozenset({
    "AX", "FO", "GG", "GI", "IM", "JE", "SJ",  # no states, but with codes of their own
    "AD", "AL", "AT", "BA", "BE", "BG", "BY", "CH", "CZ", "DE", "DK", "EE", "ES", "FI", "FR",
    "GB", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MC", "MD", "ME", "MK",
    "MT", "NL", "NO", "PL", "PT", "RO", "RS", "SE", "SI", "SK", "SM", "UA", "VA", "XK",
})
# fmt: on
TRANSCONTINENTAL = frozenset({"AM", "AZ", "CY", "GE", "KZ", "RU", "TR"})
EUROPEAN = "europe"
"""The stored fact `continent` of a partner that lies in Europe, by a person's decision."""
