"""An ordinary day of the office: who works there, with whom, and what is typed at each step."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from models.vocabulary import Form, Role

TODAY = date(2026, 11, 23)
MORNING = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
DAY = "2026-03-02"
"""The day on which everything happened that a test gives no other date."""

OFFICER, COLLEAGUE = "anna.oficer", "ewa.oficer"
MANAGER, CLERK = "marek.kierownik", "kasia.kancelaria"
AUDITOR, ADMINISTRATOR = "jan.audytor", "a.administrator"
PEOPLE: Mapping[str, Role] = {
    OFFICER: Role.OFFICER,
    COLLEAGUE: Role.OFFICER,
    MANAGER: Role.MANAGER,
    CLERK: Role.CLERK,
    AUDITOR: Role.AUDITOR,
    ADMINISTRATOR: Role.ADMINISTRATOR,
}
PARTNERS: Mapping[str, tuple[str, str | None]] = {
    "eurocities": ("association", "BE"),
    "leipzig": ("city", "DE"),
    "nuremberg": ("city", "DE"),
    "bordeaux": ("city", "FR"),
    "cusco": ("city", "PE"),
    "istanbul": ("city", "TR"),
    "green-cities": ("consortium", None),
}
"""Kind and country; with every city there has been a joint project."""

RESOLUTION, ORDINANCE = "XLVIII/1325/26", "667/2026"
ATTACHED = (
    "certified_resolution, statute, statute_translation, member_list, member_list_translation"
)
SIGNED = {
    "signatory": "Aleksander Miszalski",
    "office": "mayor",
    "partner_signatories": "Burkhard Jung",
    "city_named": "Royal Capital City of Krakow",
    "payments": "no",
}
CORRECT: Mapping[str, Mapping[str, str]] = {
    "open": {"title": "Współpraca", "idea": "Prezydent Miasta"},
    "raise": {"justification": "ocena współpracy", "objectives": "nowe zasady"},
    "negotiate": {"instruction": "rozmawiać"},
    "sign_working_document": {**SIGNED, "document_kind": "letter_of_intent", "binding": "no"},
    "propose": {
        "justification": "wspólne projekty",
        "objectives": "dziesięć wymian rocznie",
        "fields": "kultura, oświata",
        "term": "5 years",
        "features": "uniwersytet, dziedzictwo",
        "financial_effect": "brak",
        "transfers": "no",
        "classification": "yes",
        "classification_reason": "statut, art. 1",
    },
    "submit_to_council": {"ordinance": ORDINANCE},
    "receive_council_draft": {
        "initiator": "club",
        "justification": "wniosek klubu",
        "fields": "kultura, oświata",
        "term": "5 years",
        "features": "uniwersytet",
    },
    "note_print": {"print": "1250"},
    "amend": {"whose": "council", "changes": "§ 2"},
    "record_opinion": {"opinion_of": "legal_adviser", "opinion": "favourable"},
    "adopt": {"resolution": RESOLUTION, "votes": "30/2/1", "present": "40"},
    "vote_down": {"votes": "2/30/1", "present": "40"},
    "present": {"delivered_on": DAY},
    "annul": {"by": "voivode", "decision": "WN-II.4131.1.2026"},
    "uphold": {"judgment": "III SA/Kr 1/26"},
    "reinstate": {"judgment": "III SA/Kr 1/26"},
    "send_to_voivode": {"attachments": ATTACHED},
    "forward_to_minister": {"opinion": "favourable"},
    "supplement": {"asked_on": DAY, "attachments": "statute"},
    "consent": {"decision": "DWIM 1/2026"},
    "refuse": {"decision": "DWIM 2/2026", "reasons": "brak statutu", "delivered_on": DAY},
    "court_sets_aside": {"judgment": "IV SA/Wa 1/26"},
    "apply": SIGNED,
    "admit": {"status": "full"},
    "sign": {
        **SIGNED,
        "place": "Kraków",
        "term": "5 years",
        "prolongation": "none",
        "copies": "2",
        "languages": "polski, niemiecki",
        "as_adopted": "yes",
        "resolution": RESOLUTION,
    },
    "decide": {"ordinance": ORDINANCE, "payments": "no"},
    "review": {"effects": "wymiany", "cost": "10 000 zł", "recommendation": "kontynuować"},
    "change": {**SIGNED, "changes": "§ 3", "as_adopted": "yes", "ordinance": ORDINANCE},
    "change_status": {"status": "associate"},
    "statute_changed": {"changes": "cele", "goals_or_rules": "yes"},
    "renew": {**SIGNED, "term": "5 years", "ordinance": ORDINANCE},
    "give_notice": {
        **SIGNED,
        "notice_kind": "termination",
        "notice_clause": "§ 7",
        "delivered_on": DAY,
        "notice_months": "6",
        "ordinance": ORDINANCE,
    },
    "receive_notice": {
        "received_on": DAY,
        "notice_kind": "termination",
        "notice_months": "6",
    },
    "withdraw_notice": {"agreement": "list z 1 kwietnia"},
    "terminate": {"reason": "cele osiągnięte", "ordinance": ORDINANCE},
    "cease": {"cause": "dissolved"},
    "restore": {"decision": "WN-II.4131.2.2026"},
    "note": {"remark": "rozmowa telefoniczna"},
    "close": {"withdrew": "city"},
}
"""What is typed at each step on an ordinary day; only what the step carries is typed."""

MANAGERS_OWN = frozenset({"endorse", "return", "decline", "reopen"})
COUNCILS_ROAD = ("propose", "endorse", "submit_to_council", "adopt", "present")
ROADS: Mapping[Form, tuple[str, ...]] = {
    **dict.fromkeys((Form.TWINNING, Form.PARTNERSHIP, Form.SECTORAL), (*COUNCILS_ROAD, "sign")),
    Form.HONORARY_TITLE: (*COUNCILS_ROAD, "confer"),
    Form.PROGRAMME: ("propose", "endorse", "sign"),
    Form.EU_PROGRAMME: ("propose", "endorse", "decide"),
    Form.POLITICAL_ASSOCIATION: ("propose", "endorse", "decide"),
    Form.ASSOCIATION: (
        *COUNCILS_ROAD,
        "send_to_voivode",
        "forward_to_minister",
        "consent",
        "apply",
        "admit",
    ),
    Form.DECISION: (
        *COUNCILS_ROAD[1:],
        "send_to_voivode",
        "forward_to_minister",
        "consent",
    ),
}
"""The steps of a form on its way into force, or of a decision until it may be carried out."""

BY_FORM: Mapping[Form, Mapping[str, str]] = {
    Form.SECTORAL: {"fields": "oświata"},
    Form.POLITICAL_ASSOCIATION: {"classification": "no"},
}


def ordinary(step: str, form: Form) -> dict[str, str]:
    """Give what is typed at a step on an ordinary day, whether or not the step carries it."""
    everywhere = {"date": DAY, "reason": "jak w piśmie", "form": form.value}
    return {**everywhere, **CORRECT.get(step, {}), **BY_FORM.get(form, {})}
