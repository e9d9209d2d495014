"""From a text to a file: the same bytes for the same facts, and hostile words as mere words."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings

from drafts.compose import compose
from drafts.faults import Fault, TemplateFault
from drafts.kinds import kinds
from drafts.markdown import parse
from drafts.render import FORMATS, render
from drafts.tree import words
from drafts.values import one_line
from models.vocabulary import Language
from tests.drafts.files import html, paragraphs, text_of
from tests.drafts.hostile import HOSTILE, shown
from tests.drafts.sheets import EVERYTHING, FRAME, digests, fact_sheet

ROOT = Path(__file__).parents[2]
TELL = "from tests.drafts.sheets import digests; print(digests())"


def digests_elsewhere(seed: str) -> dict[str, str]:
    """Make every document in a process of its own, with another order of sets and dicts."""
    told = subprocess.run(  # noqa: S603 - our own interpreter and our own words
        [sys.executable, "-c", TELL],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo"},
    )
    found: dict[str, str] = json.loads(told.stdout)
    return found


def test_the_same_facts_give_the_same_bytes_in_every_process() -> None:
    here = json.loads(digests())

    assert len(here) == len(kinds()) * 3 * 4
    assert digests_elsewhere("1") == digests_elsewhere("2") == here


def test_another_fact_gives_other_bytes() -> None:
    other = fact_sheet({**EVERYTHING, "adopt.resolution": "XV/322/26"})

    for form in FORMATS:
        pair = {
            render(compose("transmittal", facts, "pl").texts, form, FRAME)
            for facts in (other, fact_sheet(EVERYTHING))
        }
        assert len(pair) == 2


def test_markdown_is_the_text_as_it_is() -> None:
    texts = compose("transmittal", fact_sheet(EVERYTHING), "pl+en").texts

    alone = render({"en": texts["en"]}, "md", FRAME).decode()
    both = render(texts, "md", FRAME).decode()

    assert alone == texts["en"]
    assert both == f"{texts['pl'].strip()}\n\n---\n\n{texts['en']}"


def test_a_draft_without_a_text_or_in_no_known_format_is_refused() -> None:
    with pytest.raises(TemplateFault) as refusal:
        render({}, "pdf", FRAME)
    with pytest.raises(KeyError):
        render({"pl": "A"}, "odt", FRAME)

    assert refusal.value.fault is Fault.NO_TEXT


@pytest.mark.parametrize("form", FORMATS)
def test_a_text_a_clerk_has_spoilt_is_refused_in_every_format(form: str) -> None:
    with pytest.raises(TemplateFault):
        render({"pl": "::: corner\nA"}, form, FRAME)


@given(HOSTILE)
@settings(deadline=None, max_examples=60)
def test_hostile_values_are_mere_words_in_the_text(value: str) -> None:
    facts = fact_sheet(
        {
            **EVERYTHING,
            "partner.name_pl": value,
            "propose.justification": value,
            "propose.fields": [value],
        }
    )

    texts = compose("joining_resolution", facts, "pl+en").texts

    read = shown(words(parse(texts["pl"], Language.PL)))
    name = shown(one_line(value))
    if name:
        assert f"regionalnych: {name} (siedziba: Bruksela, Belgia)" in read
        assert f"Dziedziny: {name}." in read
    sections = [len(part.sections) for part in parse(texts["pl"], Language.PL).parts]
    assert sections == [4, 0]


@given(HOSTILE)
@settings(deadline=None, max_examples=25)
def test_hostile_values_are_mere_words_in_word_and_on_the_page(value: str) -> None:
    facts = fact_sheet({**EVERYTHING, "case.file_number": value})
    texts = compose("transmittal", facts, "pl").texts
    reference = shown(one_line(value))

    in_word = [shown(text_of(one)) for one in paragraphs(render(texts, "docx", FRAME))]
    on_page, tags = html(render(texts, "html", FRAME))

    if reference:
        assert any(one.startswith(shown(f"Znak: {reference}")) for one in in_word)
        assert shown(f"Znak: {reference}") in shown(on_page)
    assert not [tag for tag, _ in tags if tag in {"script", "a", "img"}]


@given(HOSTILE)
@settings(deadline=None, max_examples=15)
def test_hostile_values_never_stop_a_pdf(value: str) -> None:
    facts = fact_sheet({**EVERYTHING, "partner.name_pl": value, "propose.objectives": value})

    content = render(compose("mayor_ordinance", facts, "pl").texts, "pdf", FRAME)

    assert content.startswith(b"%PDF-")


def test_help_and_lists_load_no_writer() -> None:
    code = (
        "import sys, drafts.render, drafts.compose, drafts.kinds;"
        "print([name for name in ('docx', 'typst', 'lxml') if name in sys.modules])"
    )

    told = subprocess.run(  # noqa: S603 - our own interpreter and our own words
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT
    )

    assert told.stdout.strip() == "[]"
