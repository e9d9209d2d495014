"""Fact sheets for the tests: the real names, and an accession as far as it has come."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace

from drafts.compose import compose
from drafts.frame import Frame
from drafts.kinds import BOTH, kinds
from drafts.render import FORMATS, render
from models.vocabulary import Form, PartnerKind
from workflow.facts import Case, Partner, Sheet, SheetFact
from workflow.inputs import Json
from workflow.lifecycle import definition
from workflow.project import sheet
from workflow.settings import Settings

TODAY = dt.date(2026, 2, 20)
FRAME = Frame("KRK-2026-0007", 3, final=False, date=TODAY)
FINAL = replace(FRAME, final=True)
VERSIONS = ("pl", "en", BOTH)

KNOWN: Mapping[str, Json] = {
    "case.file_number": "KP-02.0530.7.2026",
    "partner.seat": "Bruksela",
    "setting.usg_reference": "Dz.U. z 2025 r. poz. 1153",
}
PROPOSED: Mapping[str, Json] = {
    "propose.date": "2026-01-15",
    "propose.justification": "Sieć ma 200 miast.\nMiasto je pozna.",
    "propose.objectives": "Dwa wspólne projekty w każdym roku.",
    "propose.fields": ["cyfryzacja", "sport"],
    "propose.financial_effect": "Roczna składka z budżetu Miasta.",
    "propose.transfers": False,
}
SUBMITTED: Mapping[str, Json] = {
    "submit_to_council.ordinance": "412/2026",
    "submit_to_council.date": "2026-02-20",
    "note_print.print": "658",
}
ADOPTED: Mapping[str, Json] = {
    "adopt.resolution": "XV/321/26",
    "adopt.date": "2026-03-25",
    "adopt.votes": {"for": 30, "against": 5, "abstained": 3},
    "adopt.present": 38,
}
CONSENTED: Mapping[str, Json] = {
    "send_to_voivode.date": "2026-04-01",
    "consent.decision": "DPT.430.12.2026",
    "consent.date": "2026-06-12",
}
EVERYTHING = {**KNOWN, **PROPOSED, **SUBMITTED, **ADOPTED, **CONSENTED, "apply.date": "2026-07-01"}


def fact_sheet(stated: Mapping[str, Json], sequences: Mapping[str, int] | None = None) -> Sheet:
    """Lay out the sheet of an accession to Eurocities that states these facts.

    Args:
        stated: by name; a name the definition and the settings do not know is a KeyError.
        sequences: the event a fact comes from, where a test wants another than 3.
    """
    case = Case(
        "KRK-2026-0007", "Eurocities", None, None, Form.ASSOCIATION, "proposed", 3, "2026-1"
    )
    partner = Partner(
        1, "eurocities", PartnerKind.ASSOCIATION, "BE", "Eurocities", "Eurocities", {}
    )
    laid = dict(sheet(case, partner, definition(), Settings(), TODAY))
    for name, value in stated.items():
        known = laid[name]
        own = known.label != {} and value is not None
        laid[name] = replace(
            known, value=value, sequence=(sequences or {}).get(name, 3) if own else None
        )
    return laid


def bare(sheet: Sheet) -> Sheet:
    """Take every value away: the names alone are left."""
    return {name: SheetFact(None, None, fact.kind, fact.label) for name, fact in sheet.items()}


def digests() -> str:
    """Give the hash of every document in every version and format, as JSON."""
    facts = fact_sheet(EVERYTHING)
    return json.dumps(
        {
            f"{kind} {version} {form}": hashlib.sha256(
                render(compose(kind, facts, version).texts, form, FRAME)
            ).hexdigest()
            for kind in kinds()
            for version in VERSIONS
            for form in FORMATS
        }
    )
