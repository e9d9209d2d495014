"""`accord draft check`: how a document from outside, ours or a partner's, names the City."""

import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.command import argument, as_json, command, lang_option, option
from commands.printing import paragraph, table, write, write_json
from commands.speech import language, say
from workflow.errors import DraftError

if TYPE_CHECKING:
    from drafts.intake import Found, Place, Reading
    from workflow.messages import Speech

MOST_UNREAD = 10
"""Places that could not be read and are named one by one."""


class NotInOrder(DraftError):
    """The document `name` cannot stay as it is.

    Facts: `wrong` names to be written otherwise, `unnamed` if the City is named nowhere, and the
    places `unread`.
    """

    code = "not_in_order"


def _place(speech: "Speech", place: "Place") -> str:
    """Say a place as a person looks for it: "§ 3, table 1, row 2, column 1"."""
    from drafts.intake import Part

    return ", ".join(
        number if part is Part.SECTION else f"{speech.word('place', part)} {number}".rstrip()
        for part, number in place
    )


def strange_letters(found: str) -> list[str]:
    """Name the letters in a name of the City that only look like its own."""
    from workflow import city

    own = set("".join(city.accepted(city.name) | city.accepted(city.legal_person)))
    names = {sign: unicodedata.name(sign, "?") for sign in found if sign.isalnum()}
    return [
        f"{sign} = U+{ord(sign):04X} {name.lower()}"
        for sign, name in names.items()
        if sign not in own and (ord(sign) in city.LOOK_ALIKES or not name.startswith("LATIN"))
    ]


def _verdict(speech: "Speech", one: "Found") -> str:
    from workflow.city import Verdict

    reason = speech.word("naming", one.mention.reason)
    if one.mention.verdict is Verdict.RIGHT:
        return say("dobrze", "right")
    letters = "; ".join(strange_letters(one.mention.found))
    return say("źle: ", "wrong: ") + reason + (f" ({letters})" if letters else "")


def _as_data(speech: "Speech", reading: "Reading") -> dict[str, object]:
    document = reading.document
    return {
        "file": document.name,
        "format": document.format,
        "encoding": document.encoding,
        "context": reading.context,
        "in_order": bool(reading),
        "named": reading.named,
        "mentions": [
            {
                "place": _place(speech, one.place),
                "found": one.mention.found,
                "verdict": one.mention.verdict,
                "reason": one.mention.reason,
                "letters": strange_letters(one.mention.found),
                "instead": one.mention.suggested or None,
                "around": one.around,
            }
            for one in reading.found
        ],
        "ordinary": reading.ordinary,
        "unread": [_place(speech, place) for place in document.unread],
    }


def _told(speech: "Speech", reading: "Reading") -> list[str]:
    document = reading.document
    headings = (
        say("gdzie", "where"),
        say("jest", "written"),
        say("ocena", "verdict"),
        say("ma być", "write instead"),
    )
    rows = [
        (
            _place(speech, one.place),
            " ".join(one.mention.found.split()),
            _verdict(speech, one),
            one.mention.suggested,
        )
        for one in reading.found
    ]
    lines = table(
        headings, rows, [one.around if one.mention.suggested else "" for one in reading.found]
    )
    if document.encoding:
        lines += paragraph(
            say(
                f"Odczytano w kodowaniu {document.encoding}.",
                f"Read in the encoding {document.encoding}.",
            )
        )
    if reading.ordinary:
        lines += paragraph(
            say(
                "Poza tym wymieniono Kraków jako miejsce albo w nazwie organu, razy: ",
                "Beside that Krakow is spoken of as a place or in the name of an organ, times: ",
            )
            + f"{reading.ordinary}."
        )
    if reading:
        lines += paragraph(
            say(f"{document.name}: w porządku.", f"{document.name}: in order."),
        )
    return lines


@command(
    "check",
    pl="""Sprawdź, jak dokument nazywa Miasto.

    Czyta .docx, .odt, .pdf, .html i .txt, własne i partnera; rejestr nie jest potrzebny. Makr ani
    połączeń nie uruchamia: plik, który je ma, odrzuca.""",
    en="""Check how a document names the City.

    Reads .docx, .odt, .pdf, .html and .txt, ours or the partner's; no register is needed. Macros
    and links are never followed: a file that has them is refused.""",
)
@argument(
    "file",
    type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path),
    pl="Dokument do sprawdzenia.",
    en="The document to check.",
)
@option(
    "--as-official/--as-agreement",
    "official",
    default=False,
    pl="Jako pismo lub akt urzędowy, w którym Miastem jest też Gmina Miejska Kraków; domyślnie "
    "jako umowa.",
    en="As a letter or act of the office, in which the Municipality is right too; as an agreement "
    "unless you say so.",
)
@as_json
@lang_option
def check(file: Path, official: bool, as_json: bool) -> None:
    """Check a document from outside."""
    from drafts import intake
    from models.vocabulary import Language
    from workflow.city import Context
    from workflow.messages import Speech

    speech = Speech(Language(language()))
    reading = intake.naming(intake.read(file), Context.OFFICIAL if official else Context.AGREEMENT)
    if as_json:
        write_json(_as_data(speech, reading))
    else:
        write(_told(speech, reading))
    if not reading:
        wrong, unread = len(reading.wrong), reading.document.unread
        more = ["…"] if len(unread) > MOST_UNREAD else []
        raise NotInOrder(
            name=reading.document.name,
            wrong=wrong,
            unnamed=not (reading.named or wrong or unread),
            unread=[_place(speech, place) for place in unread[:MOST_UNREAD]] + more,
        )
