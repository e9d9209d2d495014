"""The names of the City, in every case and language: the only place where they are typed.

In all agreements with foreign partners the Municipality is referred to as the Royal Capital City
of Krakow, in Polish "Stołeczne Królewskie Miasto Kraków" (seeds/003). The law gives no German
name; the one here is its translation, for texts drafted in German. As a legal person the City is
the "Gmina Miejska Kraków".

Below the names stand what workflow.city_check answers, and the words by which it tells a party from
a place: stored as it reads them, in lower case and without diacritics.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from models.vocabulary import Language

GERMAN = "de"
"""German is written in some agreements, though the register itself does not speak it."""


class Case(StrEnum):
    """The seven Polish cases; the other languages answer to them too, each in its own way."""

    NOMINATIVE = "nominative"
    GENITIVE = "genitive"
    DATIVE = "dative"
    ACCUSATIVE = "accusative"
    INSTRUMENTAL = "instrumental"
    LOCATIVE = "locative"
    VOCATIVE = "vocative"


_GERMAN_SUBJECT = "die Königliche Hauptstadt Krakau"
# German has four cases: what Polish says in the instrumental and locative takes a preposition
# with the dative ("mit der …", "in der …"), which for a feminine noun looks like the genitive.
_GERMAN_OBLIQUE = "der Königlichen Hauptstadt Krakau"

NAMES: Mapping[str, Mapping[Case, str]] = {
    Language.PL: {
        Case.NOMINATIVE: "Stołeczne Królewskie Miasto Kraków",
        Case.GENITIVE: "Stołecznego Królewskiego Miasta Krakowa",
        Case.DATIVE: "Stołecznemu Królewskiemu Miastu Krakowowi",
        Case.ACCUSATIVE: "Stołeczne Królewskie Miasto Kraków",
        Case.INSTRUMENTAL: "Stołecznym Królewskim Miastem Krakowem",
        Case.LOCATIVE: "Stołecznym Królewskim Mieście Krakowie",
        Case.VOCATIVE: "Stołeczne Królewskie Miasto Krakowie",
    },
    Language.EN: dict.fromkeys(Case, "the Royal Capital City of Krakow"),
    GERMAN: {
        Case.NOMINATIVE: _GERMAN_SUBJECT,
        Case.GENITIVE: _GERMAN_OBLIQUE,
        Case.DATIVE: _GERMAN_OBLIQUE,
        Case.ACCUSATIVE: _GERMAN_SUBJECT,
        Case.INSTRUMENTAL: _GERMAN_OBLIQUE,
        Case.LOCATIVE: _GERMAN_OBLIQUE,
        Case.VOCATIVE: _GERMAN_SUBJECT,
    },
}
"""What agreements call the City (seeds/003), by language and case; with the article, if any."""

LEGAL_PERSONS: Mapping[str, Mapping[Case, str]] = {
    # "Kraków" does not decline here: it is the label of the municipality, not its apposition.
    Language.PL: {
        Case.NOMINATIVE: "Gmina Miejska Kraków",
        Case.GENITIVE: "Gminy Miejskiej Kraków",
        Case.DATIVE: "Gminie Miejskiej Kraków",
        Case.ACCUSATIVE: "Gminę Miejską Kraków",
        Case.INSTRUMENTAL: "Gminą Miejską Kraków",
        Case.LOCATIVE: "Gminie Miejskiej Kraków",
        Case.VOCATIVE: "Gmino Miejska Kraków",
    },
    Language.EN: dict.fromkeys(Case, "the Municipality of Krakow"),
    GERMAN: {
        case: ("die" if declined == _GERMAN_SUBJECT else "der") + " Stadtgemeinde Krakau"
        for case, declined in NAMES[GERMAN].items()
    },
}
"""What ordinances, resolutions and letters to authorities may call the City instead."""


def name(language: str, case: Case = Case.NOMINATIVE, *, article: bool = True) -> str:
    """Return the name the City bears in agreements (seeds/003).

    Args:
        language: "pl", "en" or "de"; anything else is a KeyError.
        case: the Polish case the sentence asks for, also for English and German.
        article: False leaves out "the", "die" and "der", for titles and signature blocks; the
            German adjective then takes its strong ending.
    """
    return _with_article(NAMES[language][case], article=article)


def legal_person(language: str, case: Case = Case.NOMINATIVE, *, article: bool = True) -> str:
    """Return the City's name as a legal person: right in official documents, never as a party.

    Takes the same arguments as `name`.
    """
    return _with_article(LEGAL_PERSONS[language][case], article=article)


def after_article(full: str) -> str:
    """Return a name as it stands after an article that is already written."""
    return re.sub("^(?:the|die|der) ", "", full)


def _with_article(full: str, *, article: bool) -> str:
    if article:
        return full
    if full == _GERMAN_OBLIQUE:
        # Without its article a German adjective declines strongly.
        return after_article(full).replace("Königlichen", "Königlicher")
    return after_article(full)


def accepted(say: Callable[..., str]) -> frozenset[str]:
    """Return every spelling of `name` or `legal_person` that may stand, without the article.

    "Kraków" is accepted in English and German, and so is the whole name in capitals.
    """
    names = {
        spelling
        for language in NAMES
        for case in Case
        for spelling in (say(language, case, article=False), after_article(say(language, case)))
    }
    names |= {re.sub("Krak(?:ow|au)$", "Kraków", spelling) for spelling in names}
    return frozenset(names | {spelling.upper() for spelling in names})


class Context(StrEnum):
    """What the text is, for it decides how the City must be named there (rule royal_name)."""

    AGREEMENT = "agreement"
    """Agreements, annexes, working documents, applications, notices, diplomas."""
    OFFICIAL = "official"
    """Ordinances, resolutions, letters to authorities: the legal person is right there."""


class Verdict(StrEnum):
    """What a mention of Krakow is."""

    RIGHT = "right"
    WRONG = "wrong"
    ORDINARY = "ordinary"


class Reason(StrEnum):
    """Why a mention has its verdict; the sentences stand in the messages."""

    ROYAL_NAME = "royal_name"
    LEGAL_PERSON = "legal_person"
    ORDER_OF_2007 = "order_of_2007"
    CAPITAL_ROYAL = "capital_royal"
    PLAIN_CITY = "plain_city"
    INCOMPLETE = "incomplete"
    MISSPELT = "misspelt"
    LOOK_ALIKE = "look_alike"
    LETTER_CASE = "letter_case"
    ORGAN = "organ"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where the text speaks of Krakow.

    `text[start:end] == found`. `suggested` is the right name in the same language and case; it is
    empty unless the verdict is wrong.
    """

    start: int
    end: int
    found: str
    verdict: Verdict
    reason: Reason
    suggested: str = ""


@dataclass(frozen=True, slots=True)
class Naming:
    """How a whole document names the City; true if the document may stand as it is.

    An agreement must name the City at least once: one that does not leaves a party nameless.
    """

    context: Context
    right: tuple[Mention, ...]
    wrong: tuple[Mention, ...]

    def __bool__(self) -> bool:
        return not self.wrong and (bool(self.right) or self.context is Context.OFFICIAL)


LOOK_ALIKES = str.maketrans(
    {
        stranger: latin
        for latin, strangers in {
            "a": "аαɑᴀ", "c": "сςᴄ", "d": "ԁđ", "e": "еεєᴇ", "g": "ɡց", "h": "һнηħհ", "i": "іιıɪ",
            "k": "кκᴋ", "l": "łӏʟƚⱡ1", "m": "мμᴍ", "n": "νոɴ", "o": "оοօøᴏ0", "p": "рρ",
            "r": "гʀ", "s": "ѕ5", "t": "тτŧᴛ", "u": "υսᴜ", "w": "шщԝωᴡ", "y": "уγʏ",
        }.items()
        for stranger in strangers
    }
)  # fmt: skip
"""Letters read as the Latin ones they look like; any other stranger counts as one slip."""


def _words(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


OTHER_SPELLINGS = _words(
    "cracow cracows cracovia cracovie cracoviae krakov krakows krakowi krakuw krakaus"
)
"""Krakow as it must not be written where the City is a party."""

NOT_KRAKOW = ("kraj", "krok", "kruk", "krzak", "krask")
"""Beginnings of Polish words one slip away from Kraków: countries, steps, ravens, bushes."""

ABBREVIATIONS = {"stol": "S", "krol": "R", "m": "M", "kgl": "q"}
"""Shortenings whose full stop ends no sentence, with their codes (see workflow.city_check)."""

OTHER_WORDS: Mapping[str, str] = {
    "M": "miast miastami miastom",
    "t": "city cities town",
    "g": "gmina gminy gminie gmine gmino",
    "j": "miejska miejskiej miejsko urban municipal",
    "u": "municipality commune",
    "G": "stadtgemeinde gemeinde",
    "s": "stadt stadte",
    "h": "haupt residenzstadt",
    "a": "a i oraz and und",
    "n": "the der die das des den dem",
}
"""Words met beside the City's names that are not in them, by code."""

ORGANS = _words(
    # po polsku
    "prezyden wiceprezyden zastepc prezydi przewodnicz radzie rada rade rady radn narodow urzad"
    " urzed skarbnik sekretarz wydzial biur kancelari komisj zarzad archiw muze straz wladz"
    " magistra burmistrz delegatur samorzad honorow obywatel blizniacz drog miejsk historyczn"
    " dzielnic"
    # in English
    " mayor deputy council president office treasurer secretar clerk chancell committee board"
    " authorit administration citizen title hall guard museum archive department twin"
    # auf Deutsch
    " stadtprasident prasident oberburger burgermeister stadtrat stadtverwalt verwaltung magistrat"
    " ehrenburger amt stadtamt"
)
"""Beginnings of words that make "of the City of Krakow" an organ, an office or a title."""

SURROUNDINGS = _words(
    "mieszkan histori budzet statut herb flag pieczec logo strategi obszar teren terytor granic"
    " ulic plan map nagrod medal swiet rozwoj promocj wizerun turyst zabytk centrum"
    " biuletyn portal gazet kultur mlodziez interes zadan potrzeb gospodar spolecznos tradycj"
    " dziedzictw polityk zagraniczn panoram wizyt"
    " resident inhabitant people histor budget strateg statute arms flag seal map area territor"
    " boundar charter street centre center website herald visit trip journey heritage tradition"
    " geschichte einwohner burger gebiet wappen karte besuch"
)
"""Beginnings of words that make "of the City of Krakow" speak of the place, not of a party."""

NEAR = _words(
    "in within inside w we old inner twin partner sister free hero honorary"
    " stare starego starym nowe wolne wolnego wolnym blizniacze partnerskie"
)
"""Words before "City" or "Miasto" that make of it a place or another thing, whatever its case."""

_BETWEEN = r"(?P<en>between)|(?P<pl>pomiedzy|miedzy)|(?P<de>zwischen)"
_AND_OTHERS = r"(?:(?: [^ ]+){1,6} (?:a|i|oraz|and|und))?(?: the| der| ¶)*$"

ON_BEHALF = re.compile(
    r"\b(?:(?P<en>on behalf of|in the name of)|(?P<pl>w imieniu|imieniem)|(?P<de>im namen|namens))"
    r"(?: the| der| von)*$"
)
"""What, just before a city named in passing, makes it a party; the group tells the language."""

BETWEEN = re.compile(rf"\b(?:{_BETWEEN}){_AND_OTHERS}")
"""The same, before "the city of Krakow"; too little before "Krakow" alone."""

ACT_BETWEEN = re.compile(
    r"\b(?:agreement|memorandum|declaration|protocol|statement|letter|umow[aey]|porozumieni[ae]"
    r"|deklaracj[aei]|protokol|oswiadczenie|list|abkommen|vertrag|vereinbarung)"
    r"(?: (?:¶|of|on|in|o|w|na|sprawie|zasadzie|miast|blizniaczych|wspolpracy|partnerstwie"
    r"|partnerskiej|intencyjny|cooperation|partnership|intent|understanding|twinning|concluded"
    r"|signed|made|zawart[aey]|uber|die|zusammenarbeit|partnerschaft))*"
    rf" (?:{_BETWEEN}){_AND_OTHERS}"
)
"""The same, before "Krakow" alone: an act between it and another city."""

PARTY_AFTER = re.compile(
    r"(?:¶ |(?:, )?(?:[^ ¶,]+ (?:, )*){0,4}?)"
    r"(?:(?P<en>represented|hereinafter|hereafter|undertakes?|agrees?|shall)"
    r"|(?P<pl>reprezentowan\w*|(?:na)?zw\w+ dalej|zobowiazuj\w*|oswiadcza\w*)"
    r"|(?P<de>vertreten|nachstehend|nachfolgend|im folgenden|verpflicht\w*))\b"
)
"""What, just after a city named in passing, makes it a party."""

OPENINGS = frozenset(["", "¶", "a", "i", "oraz", "and", "und", "with", "mit"])
"""What stands before "Krakow" alone where it is the subject of the sentence."""

DATE_AFTER = re.compile(r", (?:dnia|dn|on|the|den|am|\d)")
"""What follows the place in the line of place and date."""
