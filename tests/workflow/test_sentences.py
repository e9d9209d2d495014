"""The files of sentences: everything that can be needed is there, and nothing else.

What can be needed is read from the sources themselves (`tests.sources`), so that a rule, an error
or a fault that gains a variant without a sentence is found here and not by a person in the office.
"""

import re
import shlex
import tomllib
from collections.abc import Iterator, Sequence
from importlib import import_module

import click
import pytest

from commands.catalogue import COMMANDS
from models import vocabulary
from models.refusals import Refusal
from models.vocabulary import Language
from register.desk import ASKED_OF_MANAGERS, TOLD_TO_OFFICERS
from tests import sources
from tests.wording import EDITION, leaves, part, placeholders
from workflow import errors, lifecycle, messages
from workflow.activities import TOOLS
from workflow.dates import Reason
from workflow.definition import Row
from workflow.inputs import TYPES
from workflow.messages import COMMAND, FIELD, Speech
from workflow.rules import RULES

EDITIONS = {name: lifecycle.definition(name) for name in lifecycle.names()}
ANSWERS = sorted(sources.answers())
AT_HAND = {"reference", "step", "rule", "again"}
"""Placeholders that stand in every finding, whatever its facts."""

ONLY_WITH = {
    ("as_it_was", "decision"): "about",
    ("decided", "mayor"): "ordinance",
    ("number_format", "numeral"): "resolution",
    ("number_format", "ordinance"): "ordinance",
    ("number_format", "resolution"): "resolution",
    ("royal_name", "typed"): "city_named",
}
"""Answers given only at the rows of their rule that carry this input."""


def rows_asking(rule: str) -> list[Row]:
    """Give the rows of every edition at which a rule is asked."""
    return [row for edition in EDITIONS.values() for row in edition.all_rows() if rule in row.rules]


def cures_of(rule: str, variant: str) -> Iterator[tuple[Row, str]]:
    """Give the cure of an answer at every row at which it can be given."""
    section = part("findings")[rule]
    for row in rows_asking(rule):
        if ONLY_WITH.get((rule, variant)) in {None, *row.inputs}:
            here = {**section, **section.get("at", {}).get(row.step, {})}
            yield row, here.get(f"cure_{variant}" if variant else "cure", here.get("cure", ""))


def test_what_is_read_from_the_sources_is_read_rightly() -> None:
    answers = sources.answers()

    assert answers["absolute_majority", ""] == {"in_favour", "needed", "of"}
    assert {variant for rule, variant in ANSWERS if rule == "classified"} == {"yes", "no"}
    assert {v for r, v in ANSWERS if r == "number_format"} >= {"resolution", "ordinance", "year"}
    assert {rule for rule, _ in ANSWERS} == set(RULES)
    assert sources.needs_of("votes_add_up") == {"votes", "present"}
    assert "purpose" in sources.needs_of("absolute_majority")
    assert sources.error_classes()["RegisterOlder"].facts == {"database", "found", "head"}
    assert {"unknown", "not_a_choice", "date_ambiguous", "oneself"} <= sources.fault_ids()


def test_both_languages_say_the_same_things_of_the_same_facts() -> None:
    polish, english = (dict(leaves(messages.texts(language))) for language in Language)

    differing = {
        key
        for key in polish.keys() & english.keys()
        if sorted(FIELD.findall(polish[key])) != sorted(FIELD.findall(english[key]))
    }

    assert polish.keys() == english.keys()
    assert differing == set()


@pytest.mark.parametrize("language", Language)
def test_a_sentence_is_whole(language: Language) -> None:
    for key, template in leaves(messages.texts(language)):
        name = key.rpartition("/")[2]
        assert not re.search("[{}]", FIELD.sub("", template)), key
        assert template == template.strip() or key in {"common/and", "common/or"}, key
        # In Polish a date in words brings the dot of "r." along.
        assert language is Language.EN or ":date}." not in template, key
        if not key.startswith("words") and name.startswith(("broken", "undecided", "what")):
            assert template.endswith((".", "?")), key


@pytest.mark.parametrize(("rule", "variant"), ANSWERS)
def test_every_answer_of_a_rule_has_its_sentence_and_a_cure(rule: str, variant: str) -> None:
    section = part("findings")[rule]
    broken = section["broken" + (f"_{variant}" if variant else "")]
    cures = {cure for _, cure in cures_of(rule, variant)}

    assert cures, "the rule is asked nowhere"
    assert all(cures)
    assert placeholders(broken, *cures) <= sources.answers()[rule, variant] | AT_HAND


@pytest.mark.parametrize("rule", sorted(RULES))
def test_a_rule_has_no_sentence_it_cannot_need(rule: str) -> None:
    section = dict(part("findings")[rule])
    steps = section.pop("at", {})
    variants = {variant for name, variant in ANSWERS if name == rule}
    cured = {variant for variant in variants if f"cure_{variant}" in section}
    wanted = {f"broken_{variant}".rstrip("_") for variant in variants}
    wanted |= {f"cure_{variant}" for variant in cured} | ({"cure"} if variants - cured else set())
    wanted |= {"undecided"} if sources.needs_of(rule) else set()

    assert section.keys() == wanted
    assert placeholders(section.get("undecided", "")) <= {"needs"}
    assert steps.keys() <= {row.step for row in rows_asking(rule)}
    assert all(there.keys() <= section.keys() for there in steps.values())


def test_what_a_rule_lacks_has_a_name_and_a_way_to_supply_it() -> None:
    wanted = {need for rule in RULES for need in sources.needs_of(rule)}
    carried = set.intersection(*(set(edition.inputs) for edition in EDITIONS.values()))

    assert wanted - carried == set(part("needs")) == set(part("words")["input"])
    assert part("findings").keys() == {"common", *RULES}


def test_every_error_has_its_sentences_and_they_use_its_facts() -> None:
    told: dict[str, set[str]] = {"failed": set()}
    for code, docstring, facts in sources.error_classes().values():
        told[code] = {"reference", *facts, *re.findall(r"`(\w+)`", docstring)}
    told["template_fault"] |= {"kind", "language", "line", "detail"}

    assert part("errors").keys() == told.keys()
    for code, section in part("errors").items():
        used = {name for _, template in leaves(section) for name in placeholders(template)}
        assert {"what", "cure"} <= section.keys()
        assert used <= told[code], code


def test_every_kind_of_an_error_has_its_own_sentence() -> None:
    own = {
        code: {key.partition("_")[2] for key in section if key.startswith("what_")}
        for code, section in part("errors").items()
    }
    cured = {
        code: {key.partition("_")[2] for key in section if key.startswith("cure_")}
        for code, section in part("errors").items()
    }
    in_the_tree = re.search(r"NotFound +no (.+) of that name", errors.__doc__ or "")

    assert in_the_tree
    found = sources.told("NotFound", "kind") | set(re.split(", | or ", in_the_tree[1]))
    assert own["write_refused"] == {refusal.name.lower() for refusal in Refusal}
    assert own["not_found"] == found
    assert own["already_there"] == sources.told("AlreadyThere", "kind")
    assert own["amendment_refused"] == sources.told("AmendmentRefused", "why")
    assert own["not_a_date"] | {Reason.NOT_A_DATE} == set(Reason)
    assert own["step_not_open"] | own["step_refused"] <= set(EDITION.steps)
    assert all(cured[code] <= own[code] for code in own)
    assert {code for code in own if own[code]} == messages.CHOSEN_BY.keys()


def test_every_value_a_person_may_see_has_a_word() -> None:
    words = part("words")
    files = [tomllib.loads(edition.text) for edition in EDITIONS.values()]
    chosen = {
        value for file in files for one in file["inputs"].values() for value in one.get("of", ())
    }
    clocks = {clock["kind"] for file in files for clock in file.get("clocks", {}).values()}
    documents = {
        one for edition in EDITIONS.values() for row in edition.all_rows() for one in row.documents
    }
    kinds = {
        path.parent.name: tomllib.loads(path.read_text("utf-8"))["label"]
        for path in sources.ROOT.glob("templates/*/kind.toml")
    }

    for kind, of in (
        ("role", set(vocabulary.Role)),
        ("authority", set(vocabulary.Authority)),
        ("outcome", set(vocabulary.Outcome)),
        ("strength", set(vocabulary.Strength)),
        ("partner_kind", set(vocabulary.PartnerKind)),
        ("form", set(vocabulary.Form)),
        ("form_genitive", set(vocabulary.Form)),
        ("link", set(vocabulary.Link)),
        ("tool", {str(tool) for tool in TOOLS}),
        ("language", set(vocabulary.Language)),
        ("event", {*vocabulary.IN_PLACE, vocabulary.RETRACT, vocabulary.ENTER}),
        ("state", {vocabulary.START}),
        ("yes_no", {"yes", "no"}),
        ("value", chosen),
        ("clock", clocks),
        ("document", documents | kinds.keys()),
        ("awaits", {*ASKED_OF_MANAGERS, *TOLD_TO_OFFICERS}),
        ("breach", sources.third("Breach")),
        ("template_fault", sources.members("Fault", "drafts")),
    ):
        assert words[kind].keys() == of, kind
    assert {"country", "continent", "seat", "population"} <= words["fact"].keys()
    assert sources.first_words("word") <= words.keys() | {"step", "input"}
    for kind, label in kinds.items():
        assert label == {language: Speech(language).word("document", kind) for language in Language}


def test_every_fault_of_what_was_typed_has_its_sentence_and_an_example() -> None:
    assert part("faults").keys() == sources.fault_ids()
    assert all({"what", "cure"} <= section.keys() for section in part("faults").values())
    assert part("examples").keys() == TYPES - {"choice", "choices", "form"}


# ------------------------------------------------------------- commands that cure


def _words(line: str) -> list[str]:
    return shlex.split(FIELD.sub(r"<\1>", line))


def _commands(language: Language) -> Iterator[tuple[str, list[str]]]:
    for name in ("again", "findings", "needs", "errors", "faults"):
        for key, template in leaves(part(name, language)):
            for line in template.split("\n"):
                if line.startswith(COMMAND[0]):
                    yield key, _words(line)[1:]


def _takes(verb: str, words: Sequence[str]) -> bool:
    """Say whether a command knows these options, has all it needs, and not too much."""
    module, name, *_ = COMMANDS[verb]
    command: click.Command = getattr(import_module(module), name)
    if isinstance(command, click.Group):
        command, words = command.commands[words[0]], words[1:]
    options = {
        opt: one for one in command.params if isinstance(one, click.Option) for opt in one.opts
    }
    arguments = [one for one in command.params if isinstance(one, click.Argument)]
    given: set[str | None] = set()
    places, rest = 0, list(words)
    while rest:
        word = rest.pop(0)
        if word.startswith("--"):
            given.add(options[word].name)
            del rest[: 0 if options[word].is_flag else 1]
        else:
            places += 1
    return (
        {one.name for one in options.values() if one.required} <= given
        and sum(one.required for one in arguments) <= places
        and (places <= len(arguments) or any(one.nargs == -1 for one in arguments))
    )


def _left_open(word: str) -> bool:
    return word == "…" or word.startswith("<") or word.upper() == word


def _fits(name: str, value: str) -> bool:
    choices = EDITION.inputs[name].of
    return not choices or _left_open(value) or set(value.split(",")) <= set(choices)


@pytest.mark.parametrize("language", Language)
def test_every_command_a_cure_names_can_be_typed(language: Language) -> None:
    for key, words in _commands(language):
        verb, *rest = words[2:] if words[0] == "--database" else words
        assert _takes(verb, rest), (key, words)
        if verb == "plan":
            assert rest[2] in EDITION.states, key
        if verb == "advance" and not _left_open(rest[1]):
            rows = [row for row in EDITION.all_rows() if row.step == rest[1]]
            assert rows, (key, words)
            for name, _, value in (word.partition("=") for word in rest[2:]):
                assert name in rows[0].inputs, (key, words)
                assert _fits(name, value), (key, words)


@pytest.mark.parametrize(("rule", "variant"), ANSWERS)
def test_a_cure_gives_the_step_only_what_it_carries(rule: str, variant: str) -> None:
    for row, cure in cures_of(rule, variant):
        for line in cure.split("\n"):
            _, *given = _words(line) if line.startswith(COMMAND[1]) else [""]
            for name, equals, value in (word.partition("=") for word in given):
                if equals and not _left_open(name):
                    assert name in row.inputs, (row.step, row.form, line)
                    assert _fits(name, value), line
