"""Rules about signing: names, texts, authorisations, money, documents."""

from workflow.city_check import Context, parties_named_rightly
from workflow.facts import DraftFact, Facts, Finding
from workflow.inputs import encode
from workflow.rules.asking import broken, holds, not_applicable, rule


@rule
def royal_name(facts: Facts) -> Finding:
    """The documents name the City as seeds/003 prescribes."""
    for kind in facts.row.documents:
        draft = _final(facts, kind)
        if draft is not None and draft.wrong_names:
            return broken(document=kind, found=draft.wrong_names[0])
    if "city_named" not in facts.row.inputs:
        return holds()
    named = facts.text("city_named")
    right = parties_named_rightly(named, Context.AGREEMENT)
    return holds() if right else broken("typed", found=named)


@rule
def as_adopted(facts: Facts) -> Finding:
    """The text signed is the text adopted."""
    if facts.answer("as_adopted"):
        return holds()
    return broken(differences=str(facts.given("differences") or "?"))


@rule
def authorised(facts: Facts) -> Finding:
    """A signatory other than the Mayor shows a written authorisation dated no later."""
    if facts.text("office") == "mayor":
        return holds()
    number, dated, signatory = (
        facts.given("authorisation"),
        facts.when("authorised_on"),
        facts.text("signatory"),
    )
    if not number or dated is None:
        return broken("none", signatory=signatory)
    if dated.certainly_after(facts.date):
        return broken("later", signatory=signatory, authorised_on=dated.text)
    return holds(authorisation=encode(number))


@rule
def countersigned(facts: Facts) -> Finding:
    """What may cause payments bears the Treasurer's countersignature and a register number."""
    if not facts.answer("payments"):
        return holds()
    missing = [name for name in ("countersigned_on", "contract_register") if not facts.given(name)]
    return broken(missing=missing) if missing else holds()


@rule
def partner_act(facts: Facts) -> Finding:
    """The partner's own consent is on file."""
    return holds() if facts.given("partner_act") else broken()


@rule
def drafts_final(facts: Facts) -> Finding:
    """The documents the step needs are final, of this proposal, and not stale."""
    if not facts.row.documents:
        return not_applicable()
    missing: list[str] = []
    stale: list[str] = []
    for kind in facts.row.documents:
        draft = _final(facts, kind)
        if draft is None:
            missing.append(kind)
        elif draft.stale:
            stale.append(kind)
    if missing:
        return broken("missing", documents=missing)
    return broken("stale", documents=stale) if stale else holds()


def _final(facts: Facts, kind: str) -> DraftFact | None:
    """Give the latest final version of this proposal; an older version stays on file unused."""
    final = [
        draft
        for draft in facts.drafts
        if draft.kind == kind and draft.finalised and draft.finalised > facts.case.round
    ]
    return max(final, key=lambda draft: draft.version, default=None)
