"""The fixed words of the register: what the law and the office will not rename between editions.

States and steps are not here: they are data of a definition, and a new edition may add some.
"""

from enum import StrEnum


class Form(StrEnum):
    """What kind of cooperation a case is; `informal` until `propose` fixes one (seeds/003)."""

    INFORMAL = "informal"
    TWINNING = "twinning"
    PARTNERSHIP = "partnership"
    SECTORAL = "sectoral"
    PROGRAMME = "programme"
    HONORARY_TITLE = "honorary_title"
    EU_PROGRAMME = "eu_programme"
    ASSOCIATION = "association"
    POLITICAL_ASSOCIATION = "political_association"
    DECISION = "decision"


class PartnerKind(StrEnum):
    """What a partner is; it limits the forms open to it (rule right_partner)."""

    CITY = "city"
    REGION = "region"
    ASSOCIATION = "association"
    CONSORTIUM = "consortium"


class Role(StrEnum):
    """Who may record a step; `clock` is the person that records what time alone has done."""

    OFFICER = "officer"
    MANAGER = "manager"
    CLERK = "clerk"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    CLOCK = "clock"


class Authority(StrEnum):
    """Who decides a step, as against who records it."""

    OFFICE = "office"
    MAYOR = "mayor"
    COUNCIL = "council"
    COUNCIL_CHAIR = "council_chair"
    COMMITTEE = "committee"
    COUNCILLORS = "councillors"
    CLUB = "club"
    RESIDENTS = "residents"
    LEGAL_ADVISER = "legal_adviser"
    TREASURER = "treasurer"
    VOIVODE = "voivode"
    MINISTER = "minister"
    COURT = "court"
    PARTNER = "partner"
    ASSOCIATION = "association"
    SUCCESSOR = "successor"
    TIME = "time"


class Outcome(StrEnum):
    """What a rule answers about one step."""

    HOLDS = "holds"
    BROKEN = "broken"
    OVERRIDDEN = "overridden"
    NOT_APPLICABLE = "not_applicable"
    UNDECIDED = "undecided"


class Strength(StrEnum):
    """What a broken rule does: stop the step, stop it unless a manager waived it, or warn."""

    BLOCK = "block"
    OVERRIDE = "override"
    WARN = "warn"


class Link(StrEnum):
    """How one case points at another."""

    CONTINUES = "continues"
    ABOUT = "about"
    UNDER = "under"
    REPLACED_BY = "replaced_by"


class Language(StrEnum):
    """The languages in which the register speaks and drafts are written."""

    PL = "pl"
    EN = "en"


START = "none"
"""The state of a case before its first event."""

IN_PLACE = ("assign", "correct", "finalise", "migrate", "succeed", "waive")
"""Events of the engine itself that leave form and state as they are."""

RETRACT = "retract"
"""The engine's event that returns a case to the state before its last event."""

ENTER = "enter"
"""The engine's event that records history which happened elsewhere."""
