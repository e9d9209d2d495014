"""Where each rule is asked: the office's table, held against every row of the definition."""

import pytest

from tests.builders import EDITION
from workflow.rules import RULES

AGREEMENTS = "twinning partnership sectoral"
WITHOUT_TWINS = "partnership sectoral programme"

# Rule, the steps at which it is asked, and the forms where it is not asked of every form.
ASKED: dict[str, tuple[str, str | None]] = {
    "royal_name": ("sign_working_document submit_to_council sign apply confer", None),
    "council_first": ("sign confer send_to_voivode apply carry_out", None),
    "decided": (
        "change renew suspend resume give_notice terminate continue_membership",
        None,
    ),
    "right_purpose": ("send_to_voivode carry_out", "decision"),
    "twin_exclusive": (
        "propose receive_council_draft submit_to_council adopt sign renew reinstate restore",
        "twinning",
    ),
    "outside_europe": ("propose adopt", "honorary_title"),
    "twin_features": ("propose adopt", "honorary_title"),
    "one_field": ("propose adopt", AGREEMENTS),
    "wide_scope": ("propose", "twinning partnership"),
    "right_partner": ("propose receive_council_draft", None),
    "no_duplicate": ("propose", None),
    "justified": ("propose raise", None),
    "projects_first": ("propose", AGREEMENTS),
    "only_intent": ("sign_working_document", None),
    "programme_basis": ("sign", "programme"),
    "no_transfer": ("propose", "association"),
    "classified": ("propose", "association political_association"),
    "four_eyes": ("endorse", None),
    "opinions": ("adopt sign", None),
    "minister_opinion": ("adopt sign", AGREEMENTS),
    "definite_term": ("propose adopt sign renew", f"{AGREEMENTS} programme"),
    "votes_add_up": ("adopt vote_down", None),
    "simple_majority": ("adopt", f"{AGREEMENTS} honorary_title decision"),
    "absolute_majority": ("adopt", "association decision"),
    "number_format": (
        "submit_to_council adopt sign decide change renew give_notice terminate",
        None,
    ),
    "presented": ("sign confer send_to_voivode carry_out", None),
    "supervision": ("sign", AGREEMENTS),
    "attachments": ("send_to_voivode", "association decision"),
    "consent_first": ("apply admit", "association"),
    "reconsider_once": ("request_reconsideration", "association decision"),
    "as_adopted": ("sign change", AGREEMENTS + " programme"),
    "authorised": ("sign_working_document sign apply renew change give_notice", None),
    "countersigned": ("sign decide apply renew change", None),
    "partner_act": ("sign", None),
    "reviewed": ("renew", AGREEMENTS),
    "notice_kept": ("end expire", None),
    "prolonged_by_clause": ("prolong", None),
    "as_it_was": ("uphold reinstate restore", None),
}


@pytest.mark.parametrize("rule", ASKED)
def test_a_rule_is_asked_at_these_steps_of_these_forms(rule: str) -> None:
    steps, forms = ASKED[rule]

    asked = [row for row in EDITION.all_rows() if rule in row.rules]

    assert {row.step for row in asked} == set(steps.split())
    assert forms is None or {row.new_form.value for row in asked} == set(forms.split())


@pytest.mark.parametrize("step", EDITION.steps)
def test_a_rule_asked_of_a_form_is_asked_wherever_the_step_starts(step: str) -> None:
    rules: dict[str, set[tuple[str, ...]]] = {}
    for row in EDITION.all_rows():
        if row.step == step:
            rules.setdefault(row.new_form, set()).add(tuple(sorted(row.rules)))

    assert rules
    assert {form: sets for form, sets in rules.items() if len(sets) > 1} == {}


def test_every_step_asks_for_dates_in_order() -> None:
    unasked = {row.step for row in EDITION.all_rows() if "in_order" not in row.rules}

    assert unasked == set()


def test_what_needs_a_document_needs_it_final() -> None:
    with_documents = {row.step for row in EDITION.all_rows() if row.documents}
    asked = {row.step for row in EDITION.all_rows() if "drafts_final" in row.rules}

    assert with_documents <= asked
    assert {"submit_to_council", "send_to_voivode", "sign", "apply"} <= asked


def test_every_rule_that_is_built_stands_in_the_table() -> None:
    assert set(RULES) == set(EDITION.rules) == {*ASKED, "drafts_final", "in_order"}
