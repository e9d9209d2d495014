"""From a fact sheet to the text of a document, and the manifest of what the text rests on."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from drafts import environment, kinds, pairs
from drafts.faults import Fault, TemplateFault
from drafts.kinds import Kind
from drafts.markdown import parse
from drafts.sheet import Facts, Used
from drafts.tree import Document, words
from models.vocabulary import Language
from workflow.chain import canonical
from workflow.city_check import Verdict, check
from workflow.facts import Sheet
from workflow.inputs import Json

_SECTION = re.compile(r"## §(?: \{(?P<label>[a-z][a-z0-9_]*)\})?(?P<heading>.*)")
_SEEN = re.compile(r"§ \{([a-z][a-z0-9_]*)\}")
_NEW_PART = re.compile(r"-{3,}\s*")
_BLANK_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Composed:
    """A document that has been written, not yet in any file format.

    Attributes:
        texts: Markdown by language, "pl" before "en"; see drafts.markdown.
        manifest: what the texts rest on, ready for canonical JSON: `kind`, `languages`,
            `template_sha256`, `sha256` (of the canonical JSON of `texts`), `facts` (name ->
            value, sequence), `gaps` (name, label by language, later: may stay open until a later
            act states it), `as_entered` (language -> names printed in the words entered),
            `names` and `wrong_names` (every naming of the City, and those that are wrong).
    """

    kind: str
    texts: Mapping[str, str]
    manifest: Mapping[str, Json]


def _numbered(text: str, where: Mapping[str, object]) -> str:
    """Count the §§ of each part and put the numbers where other text refers to them."""
    numbers: dict[str, int] = {}
    lines: list[str] = []
    number = 0
    for line in text.split("\n"):
        number = 0 if _NEW_PART.fullmatch(line) else number
        found = _SECTION.fullmatch(line)
        if found is None:
            lines.append(line)
            continue
        number += 1
        if found["label"]:
            numbers[found["label"]] = number
        heading = found["heading"].strip()
        lines.append(f"## § {number}. {heading}" if heading else f"## § {number}.")

    def number_of(reference: re.Match[str]) -> str:
        if reference[1] not in numbers:
            raise TemplateFault(Fault.UNKNOWN_SECTION, detail=reference[1], **where)
        return f"§ {numbers[reference[1]]}"

    return _SEEN.sub(number_of, "\n".join(lines))


def _tidy(text: str) -> str:
    lines = (line.rstrip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip() + "\n"


def _written(
    kind: Kind, sheet: Sheet, language: Language, used: Used, sources: dict[str, str]
) -> str:
    where = {"kind": kind.name, "language": language.value}
    try:
        text = environment.written(
            f"{kind.name}/{language.value}", Facts(sheet, language, used), sources
        )
    except TemplateFault as fault:
        raise fault.within(**where) from fault.__cause__
    return _tidy(_numbered(text, where))


def _namings(kind: Kind, documents: Mapping[Language, Document]) -> list[dict[str, Json]]:
    return [
        {
            "language": language.value,
            "found": mention.found,
            "verdict": mention.verdict.value,
            "reason": mention.reason.value,
            "suggested": mention.suggested,
        }
        for language, document in documents.items()
        for mention in check(words(document), kind.context)
        if mention.verdict is not Verdict.ORDINARY
    ]


def _sha256(value: Mapping[str, Json]) -> str:
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def _manifest(
    kind: Kind, languages: str, used: Used, sources: Mapping[str, str]
) -> dict[str, Json]:
    return {
        "kind": kind.name,
        "languages": languages,
        "template_sha256": _sha256(dict(sources)),
        "facts": {
            name: {"value": fact.value, "sequence": fact.sequence}
            for name, fact in sorted(used.facts.items())
        },
        "gaps": [
            {"name": name, "label": label, "later": name in kind.later}
            for name, label in sorted(used.gaps.items())
        ],
        "as_entered": {
            language: sorted(names) for language, names in sorted(used.as_entered.items())
        },
    }


def compose(kind: str, sheet: Sheet, languages: str) -> Composed:
    """Write a document of a kind from the facts.

    The same sheet and templates give the same texts, byte by byte.

    Args:
        kind: the name of a kind (see drafts.kinds).
        sheet: the fact sheet; nothing else is looked at, not even the clock.
        languages: "pl", "en" or "pl+en".

    Raises:
        TemplateFault: the kind or language is not there, a template uses a name the sheet does
            not know or Markdown that is not allowed, or the language versions do not agree.
    """
    found = kinds.kind(kind)
    used = Used()
    sources: dict[str, str] = {}
    documents: dict[Language, Document] = {}
    texts: dict[str, str] = {}
    for language in found.versions(languages):
        text = _written(found, sheet, language, used, sources)
        try:
            documents[language] = parse(text, language)
        except TemplateFault as fault:
            raise fault.within(kind=kind) from None
        texts[language.value] = text
    pairs.laid_out([*documents.values()])
    namings = _namings(found, documents)
    return Composed(
        kind,
        texts,
        {
            **_manifest(found, languages, used, sources),
            "names": namings,
            "wrong_names": [
                naming for naming in namings if naming["verdict"] == Verdict.WRONG.value
            ],
            "sha256": _sha256(dict(texts)),
        },
    )
