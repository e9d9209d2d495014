"""The loader of a definition: the real file is sound, and every way to spoil it is told."""

import hashlib
from collections.abc import Collection
from dataclasses import replace
from datetime import date

import pytest

from models.vocabulary import START, Authority, Form, Language, Role, Strength
from workflow.definition import Clock, Row, State, load
from workflow.errors import DefinitionFaulty
from workflow.law import law
from workflow.lifecycle import definition
from workflow.rules import RULES

REAL = definition().text
COLOUR = 'colour = { type = "text", pl = "barwa", en = "colour" }'
FROZEN = 'frozen = { pl = "zamrożona", en = "frozen" }'
WISE = """[rules.wise]
strength = "warn"
basis = ["office"]
pl = "mądrze"
en = "wise"
"""
COUNCIL_FORMS = (
    Form.TWINNING, Form.PARTNERSHIP, Form.SECTORAL, Form.HONORARY_TITLE, Form.ASSOCIATION,
)  # fmt: skip


def changed(old: str, new: str) -> str:
    """Give the real definition with one place of it written otherwise."""
    assert REAL.count(old) == 1, f"{REAL.count(old)} times in the definition: {old}"
    return REAL.replace(old, new)


def faults(text: str, rules: Collection[str] = frozenset(RULES)) -> list[str]:
    """Give everything that is wrong with a definition."""
    with pytest.raises(DefinitionFaulty) as refusal:
        load(text, rules=rules, provisions=law())
    return list(refusal.value.faults)


def row(form: Form, state: str, step: str, new_form: Form | None = None) -> Row:
    """Give a row that is certainly there."""
    found = definition().row(form, state, step, new_form)
    assert found is not None
    return found


def step(name: str, **parts: str) -> str:
    """Write one more step at the end of the real definition."""
    whole = {"pl": '"krok"', "en": '"step"', "inputs": '["date"]', "rules": '["in_order"]', **parts}
    lines = [f"{key.rstrip('_')} = {value}" for key, value in whole.items()]
    return "\n".join([REAL, f"[steps.{name}]", *lines])


def test_the_definition_that_ships_is_sound() -> None:
    found = load(REAL, rules=RULES, provisions=law())

    assert found.rows == definition("2026-1").rows
    assert (found.id, found.valid_from) == ("2026-1", date(2026, 1, 1))
    assert found.sha256 == hashlib.sha256(REAL.encode()).hexdigest()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (changed("valid_from = 2026-01-01\n", ""), ["no valid_from"]),
        (changed('id = "2026-1"\n', ""), ["no id"]),
        (changed("valid_from = 2026-01-01", 'valid_from = "2026"'), ["valid_from: not a day"]),
        (changed("[states]", "[statez]"), ["no states", "unknown part 'statez'"]),
        (changed("[clocks]", "[clock]"), ["unknown part 'clock'"]),
        (
            changed('proposed = { pl = "do akceptacji", en = "proposed" }', 'proposed = "yes"'),
            ["states.proposed: not a table"],
        ),
        (
            changed('with_term = ["agreements", "mayor_forms"]', 'with_term = "agreements"'),
            ["groups.with_term: not a list"],
        ),
        (f"clocks = 14\n{changed('[clocks]', '[steps.clocks]')}", ["clocks.*: not a table"]),
    ],
)
def test_a_definition_of_another_shape_is_told_what_is_missing(text: str, told: list[str]) -> None:
    assert faults(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            changed('en = "informal" }', 'en = "" }'),
            ["states.informal: no en label"],
        ),
        (changed('pl = "zaakceptuj"\n', ""), ["steps.endorse: no pl label"]),
        (changed('pl = "tytuł sprawy", ', ""),
         ["inputs.title: no pl label"]),
        (changed('pl = "suma głosów", en = "the votes add up"', 'pl = "suma głosów"'),
         ["rules.votes_add_up: no en label"]),
        (
            changed('with_term = ["agreements", "mayor_forms"]', 'with_term = ["friendship"]'),
            ["groups.with_term: no form 'friendship'"],
        ),
        (
            changed('formal = ["council_forms", "mayor_forms"]', 'formal = ["cooperations"]'),
            ["groups.formal: contains itself", "groups.cooperations: contains itself"],
        ),
        (changed('title = { free = true, type = "text"', 'title = { type = "prose"'),
         ["inputs.title: no type 'prose'"]),
        (changed('by = { type = "choice", of = ["voivode", "court"]', 'by = { type = "choice"'),
         ["inputs.by: a choice of nothing"]),
        (changed('"partial_date", future = true, pl = "data sesji"', '"day", futur = 1, pl = "x"'),
         ["inputs.session: unknown key 'futur'"]),
        (changed("expired = { final = true", "expired = { finale = true"),
         ["states.expired: unknown key 'finale'"]),
        (changed('votes_add_up = { strength = "block"', 'votes_add_up = { strength = "stop"'),
         ["rules.votes_add_up: no strength 'stop'"]),
        (changed('votes_add_up = { strength = "block", basis = ["usg-14"]',
                 'votes_add_up = { strength = "block", basis = ["usg-15"]'),
         ["rules.votes_add_up: no provision 'usg-15'"]),
        (changed('votes_add_up = { strength = "block", basis = ["usg-14"]',
                 'votes_add_up = { strength = "block", basis = []'),
         ["rules.votes_add_up: rests on nothing"]),
        (changed("votes_add_up = {", "votes_add_up = { strong = true,"),
         ["rules.votes_add_up: unknown key 'strong'"]),
        (f"{REAL}\n{WISE}",
         ["rules.wise: no function in rules.py called 'wise'"]),
        (changed('endorse = { state = "proposed"', 'endorse = { state = "propose"'),
         ["clocks.endorse: no state 'propose'"]),
        (changed('from = "delivered_on", kind', 'from = "delivered", kind'),
         ["clocks.reconsideration: no input 'delivered'"]),
        (changed('length = "90 days", kind = "statutory", basis = ["rmk-90"]',
                 'length = "90 days", kind = "statutory", basis = ["rmk-91"]'),
         ["clocks.session: no provision 'rmk-91'"]),
        (changed('length = "2 months", kind = "planning"', 'length = "two months"'),
         ["clocks.consent: no kind", "clocks.consent: length is not like '30 days' or '2 months'"]),
        (changed('length = "2 months"', 'length = "0 months"'),
         ["clocks.consent: length is not like '30 days' or '2 months'"]),
        (changed('length = "2 months", kind', 'until = "noon", kind'),
         ["clocks.consent: unknown key 'until'",
          "clocks.consent: length is not like '30 days' or '2 months'"]),
        (changed('sets_form = "informal"', 'set_form = "informal"'),
         ["steps.set_aside: unknown key 'set_form'"]),
        (changed('sets_form = "informal"', 'sets_form = "inform"'),
         ["steps.set_aside: no form 'inform'"]),
        (changed('forms = ["decision"]               # which', 'form = ["decision"] # which'),
         ["steps.adopt.also: unknown key 'form'"]),
        (changed('step = "propose"', 'step = "suggest"'),
         ["steps.propose_decision: no step 'suggest'"]),
        (step("wave", authority='["king"]', recorded_by='["guest"]', basis='["magna-carta"]',
              from_='["asleep"]', forms='["friendship"]', to='"awake"'),
         [
             "steps.wave: no state 'awake'",
             "steps.wave: no authority 'king'",
             "steps.wave: no recorded_by 'guest'",
             "steps.wave: no basis 'magna-carta'",
             "steps.wave: no from 'asleep'",
             "steps.wave: no forms 'friendship'",
         ]),
        (step("wave", inputs='["colour?"]', rules='["wise (warn)", "in_order (mild)"]'),
         [
             "steps.wave: no forms",
             "steps.wave: no from",
             "steps.wave: no inputs 'colour'",
             "steps.wave: no rules 'wise'",
             "steps.wave: no strength 'mild'",
         ]),
        (f'{REAL}\n[[steps.reopen.also]]\nforms = ["friendship"]\nrules = ["wise"]\n',
         ["steps.reopen: no rules 'wise'", "steps.reopen: no forms 'friendship'"]),
    ],
)  # fmt: skip
def test_a_name_nobody_knows_is_told_with_its_place(text: str, told: list[str]) -> None:
    assert faults(text) == told


def test_what_is_not_toml_is_told_with_the_line() -> None:
    (only,) = faults("[steps.open]\nfrom = informal")

    assert only.startswith("not TOML: ")
    assert "line 2" in only


def test_every_fault_of_the_names_is_told_at_once_and_the_graph_waits() -> None:
    text = (
        REAL.replace('en = "informal" }', 'en = "" }')
        .replace('title = { free = true, type = "text"', 'title = { type = "prose"')
        .replace('by = { type = "choice", of = ["voivode", "court"]', 'by = { type = "choice"')
        .replace("[inputs]", f"[inputs]\n{COLOUR}")
        .replace("[states]", f"[states]\n{FROZEN}")
        .replace('step = "propose"', 'step = "suggest"')
    )

    told = faults(text)

    assert told == [
        "states.informal: no en label",
        "inputs.title: no type 'prose'",
        "inputs.by: a choice of nothing",
        "steps.propose_decision: no step 'suggest'",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            changed("[states]", f"[states]\n{FROZEN}"),
            ["state frozen: no case reaches it"],
        ),
        (
            changed("[inputs]", f"[inputs]\n{COLOUR}"),
            ["input colour: used nowhere"],
        ),
        (
            f"{REAL}\n{WISE}",
            ["rule wise: used nowhere"],
        ),
        (
            step("wave", authority='["office"]', recorded_by='["officer"]', from_='["applied"]',
                 forms='["honorary_title"]'),
            ["wave from applied: no form can use it"],
        ),
        (
            step("again", step='"endorse"', authority='["office"]', recorded_by='["manager"]',
                 from_='["proposed"]', to='"endorsed"', forms='["twinning", "decision"]'),
            [
                "endorse from proposed for twinning: written twice",
                "endorse from proposed for decision: written twice",
            ],
        ),
        (
            step("wave", from_='["informal"]', forms='["informal"]'),
            [
                "wave (informal): nobody decides it",
                "wave from informal (informal): nobody may record it",
            ],
        ),
        (
            step("wave", authority='["office"]', recorded_by='["officer"]', from_='["informal"]',
                 forms='["informal"]', inputs='["date", "date?", "remark"]',
                 rules='["in_order", "in_order (warn)"]'),
            ["wave (informal): date named twice", "wave (informal): in_order named twice"],
        ),
    ],
)  # fmt: skip
def test_what_leads_nowhere_is_told(text: str, told: list[str]) -> None:
    assert faults(text, rules={*RULES, "wise"}) == told


LOST = (
    changed("[states]", '[states]\nlost = { pl = "zgubiona", en = "lost" }')
    + """
[steps.lose]
pl = "zgub"
en = "lose"
from = ["in_force"]
to = "lost"
forms = ["twinning"]
authority = ["office"]
recorded_by = ["officer"]
"""
)
FIND = """
[steps.find]
pl = "znajdź"
en = "find"
from = ["lost"]
to = "in_force"
forms = ["twinning"]
recorded_by = ["officer"]
authority = ["{authority}"]
"""


def test_a_state_without_a_way_to_an_end_is_told() -> None:
    assert faults(LOST) == [
        "twinning in lost: no way to an end",
        "twinning in lost: no way out by the City's own acts",
    ]


@pytest.mark.parametrize("authority", ["court", "partner", "minister"])
def test_a_state_that_only_others_can_end_is_told(authority: str) -> None:
    assert faults(LOST + FIND.format(authority=authority)) == [
        "twinning in lost: no way out by the City's own acts"
    ]


@pytest.mark.parametrize("authority", ["office", "mayor", "council", "time"])
def test_a_state_the_city_or_time_can_end_is_sound(authority: str) -> None:
    found = load(LOST + FIND.format(authority=authority), rules=RULES, provisions=law())

    assert {row.step for row in found.at(Form.TWINNING, "lost")} == {"find"}


def test_a_step_that_is_cut_off_shows_in_every_state_behind_it() -> None:
    told = faults(changed('to = "applied"\n', ""))

    assert "state applied: no case reaches it" in told
    assert "admit from applied: no form can use it" in told
    assert "rule consent_first: used nowhere" not in told


def test_a_rule_may_be_weaker_at_one_step() -> None:
    twinning = row(Form.INFORMAL, "informal", "propose", Form.TWINNING)
    partnership = row(Form.INFORMAL, "informal", "propose", Form.PARTNERSHIP)
    association = row(Form.INFORMAL, "informal", "propose", Form.ASSOCIATION)

    assert twinning.strengths == {"definite_term": Strength.WARN}
    assert association.strengths == {"classified": Strength.OVERRIDE}
    assert partnership.strengths == {}
    assert "definite_term" in twinning.rules
    assert "definite_term" in partnership.rules


def test_a_further_way_of_a_step_carries_its_name_and_no_label_of_its_own() -> None:
    again = row(Form.DECISION, "rejected", "propose")
    programme = row(Form.PROGRAMME, "endorsed", "sign")

    assert again.inputs == ("date", "justification", "objectives", "financial_effect")
    assert programme.rules[:2] == ("royal_name", "programme_basis")
    assert "propose_decision" not in definition().steps
    assert definition().steps["sign"] == {Language.PL: "podpisz", Language.EN: "sign"}


@pytest.mark.parametrize("form", COUNCIL_FORMS)
def test_an_also_block_adds_and_takes_nothing_away(form: Form) -> None:
    adopt = row(form, "before_council", "adopt")

    assert adopt.inputs == ("resolution", "date", "votes", "present", "amended")
    assert adopt.optional == {"amended"}
    assert adopt.rules[:4] == ("number_format", "votes_add_up", "opinions", "in_order")
    assert adopt.authority == (Authority.COUNCIL,)
    assert ("absolute_majority" in adopt.rules) == (form is Form.ASSOCIATION)
    assert ("simple_majority" in adopt.rules) == (form is not Form.ASSOCIATION)
    assert ("zrzeszenia-4-1" in adopt.basis) == (form is Form.ASSOCIATION)


def test_an_also_block_serves_only_the_forms_and_states_it_names() -> None:
    early = row(Form.TWINNING, "endorsed", "close")
    late = row(Form.TWINNING, "resolved", "close")

    assert early.recorded_by == (Role.OFFICER, Role.MANAGER)
    assert late.recorded_by == (Role.MANAGER,)
    assert row(Form.TWINNING, "in_force", "terminate").authority == (
        Authority.MAYOR,
        Authority.COUNCIL,
    )
    assert "ordinance" not in row(Form.TWINNING, "in_force", "terminate").inputs
    assert "ordinance" in row(Form.PROGRAMME, "in_force", "terminate").inputs


def test_a_row_is_found_by_step_and_where_it_sets_the_form_by_the_form() -> None:
    of = definition()

    assert row(Form.INFORMAL, START, "open").target == "informal"
    assert of.row(Form.INFORMAL, "informal", "propose") is None
    assert row(Form.INFORMAL, "informal", "propose", Form.SECTORAL).new_form is Form.SECTORAL
    assert row(Form.TWINNING, "proposed", "endorse", Form.SECTORAL).new_form is Form.TWINNING
    assert of.row(Form.TWINNING, "proposed", "apply") is None
    assert of.row(Form.TWINNING, "applied", "endorse") is None
    assert list(of.at(Form.TWINNING, "applied")) == []


def test_a_row_says_whether_it_moves_the_case() -> None:
    assert row(Form.TWINNING, "proposed", "endorse").moves
    assert not row(Form.TWINNING, "in_force", "review").moves
    assert row(Form.TWINNING, "rejected", "propose", Form.SECTORAL).moves
    assert replace(row(Form.TWINNING, "in_force", "review"), new_form=Form.SECTORAL).moves


def test_the_inputs_of_a_row_are_specified_in_its_order() -> None:
    adopt = row(Form.ASSOCIATION, "before_council", "adopt")

    specs = definition().specs(adopt)

    assert tuple(spec.name for spec in specs) == adopt.inputs
    assert [spec.type for spec in specs[:3]] == ["number", "partial_date", "votes"]


def test_states_steps_and_clocks_are_labelled_data() -> None:
    of = definition()

    assert of.states["expired"] == State(
        "expired", {Language.PL: "wygasła", Language.EN: "expired"}, final=True
    )
    assert {name for name, state in of.states.items() if state.final} == {
        "expired", "terminated", "carried_out", "closed",
    }  # fmt: skip
    assert of.clocks["presentation"] == Clock(
        "presentation", "resolved", 7, "days", None, "statutory", doing=True, basis=("usg-90",)
    )
    assert of.clocks["reconsideration"].start == "delivered_on"
    assert {one.step for one in of.all_rows()} == set(of.steps)


def test_no_two_clocks_run_in_one_state() -> None:
    states = [clock.state for clock in definition().clocks.values()]

    assert len(states) == len(set(states))
