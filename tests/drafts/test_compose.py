"""From the sheet to the text: what a template may use, what it leaves behind, what it may not."""

import json

import pytest

from drafts.compose import Composed, compose
from drafts.faults import Fault, TemplateFault
from tests.drafts.conftest import WriteTemplates
from tests.drafts.sheets import EVERYTHING, KNOWN, PROPOSED, bare, fact_sheet
from workflow.chain import canonical

NOTHING = bare(fact_sheet({}))


def text_of(template: str, templates: WriteTemplates, *, language: str = "pl") -> str:
    templates(**{language: template})
    return compose("letter", fact_sheet(EVERYTHING), language).texts[language].strip()


def composed_of(template: str, templates: WriteTemplates) -> Composed:
    templates(pl=template)
    return compose("letter", fact_sheet(EVERYTHING), "pl")


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ adopt.resolution }}", "XV/321/26"),
        ("{{ adopt.date }}", "25 marca 2026 r."),
        ("{{ adopt.date | date }}", "25 marca 2026 r."),
        ("{{ adopt.votes }}", "za – 30, przeciw – 5, wstrzymujące się – 3"),
        ("{{ adopt.present }}", "38"),
        ("{{ propose.transfers }}", "nie"),
        ("{{ propose.fields }}", "cyfryzacja i sport"),
        ("{{ propose.fields | list }}", "cyfryzacja i sport"),
        ("{% for f in propose.fields %}{{ f }};{% endfor %}", "cyfryzacja;sport;"),
        ("{{ propose.justification }}", "Sieć ma 200 miast. Miasto je pozna."),
        ("{{ propose.justification | paragraphs }}", "Sieć ma 200 miast.\n\nMiasto je pozna."),
        ("{{ partner.country | country }}", "Belgia"),
        ("{{ setting.statutory_composition | absolute_majority }}", "22"),
        ("{{ city() }}", "Stołeczne Królewskie Miasto Kraków"),
        ("{{ city('genitive') }}", "Stołecznego Królewskiego Miasta Krakowa"),
        ("{{ municipality('accusative') }}", "Gminę Miejską Kraków"),
        ("{{ latest(propose.justification, adopt.resolution) }}", "XV/321/26"),
        ("{{ latest(amend.changes, propose.objectives) }}", "Dwa wspólne projekty w każdym roku."),
        ("{% if adopt.date is stated %}a{% endif %}{% if amend.date is stated %}b{% endif %}", "a"),
        ("{% if adopt.date is later_than(propose.date) %}a{% endif %}", "a"),
        ("{% if propose.date is later_than(adopt.date) %}a{% endif %}b", "b"),
        ("{% if propose.transfers == false and 'cyfryzacja' in propose.fields %}a{% endif %}", "a"),
        ("{% macro m() %}**{{ partner.name_pl }}**{% endmacro %}{{ m() }}", "**Eurocities**"),
    ],
)  # fmt: skip
def test_what_a_template_can_say(template: str, text: str, templates: WriteTemplates) -> None:
    templates(pl=template)
    later = {"adopt.date": 9, "adopt.resolution": 9}

    written = compose("letter", fact_sheet(EVERYTHING, later), "pl").texts["pl"]

    assert written.strip() == text


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ city(start=True) }}", "The Royal Capital City of Krakow"),
        ("{{ city(article=False) }}", "Royal Capital City of Krakow"),
        ("{{ propose.fields }}", "digitalisation and sport"),
        ("{{ setting.executor | term }}", "Director of the Mayor's Chancellery"),
        ("{{ partner.seat | term }}", "Brussels"),
        ("{{ setting.usg_reference | journal }}", "Journal of Laws of 2025, item 1153"),
    ],
)
def test_what_it_says_in_english(template: str, text: str, templates: WriteTemplates) -> None:
    assert text_of(template, templates, language="en") == text


def test_a_fact_nobody_has_stated_is_a_named_gap(templates: WriteTemplates) -> None:
    templates(
        pl="{{ adopt.resolution }} {{ adopt.date | called('data uchwały') }} {{ setting.mayor }}"
        " {{ propose.fields | list }} {% for f in amend.changes %}{{ f }}{% endfor %}"
        " {{ apply.date }}"
    )

    composed = compose("letter", NOTHING, "pl")

    assert composed.texts["pl"].strip() == (
        "[……… uchwała nr] [……… data uchwały] [……… imię i nazwisko Prezydenta]"
        " [……… dziedziny] [……… co się zmienia] [……… data]"
    )
    assert composed.manifest["gaps"] == [
        {"name": name, "label": {"pl": polish, "en": english}, "later": later}
        for name, polish, english, later in (
            ("adopt.date", "data uchwały", "date", False),
            ("adopt.resolution", "uchwała nr", "resolution no.", False),
            ("amend.changes", "co się zmienia", "what changes", False),
            ("apply.date", "data", "date", True),
            ("propose.fields", "dziedziny", "fields", False),
            ("setting.mayor", "imię i nazwisko Prezydenta", "name of the Mayor", False),
        )
    ]


@pytest.mark.parametrize("value", ["", " \n ", None])
def test_blank_words_are_a_gap_too(value: str | None, templates: WriteTemplates) -> None:
    templates(pl="{{ case.file_number }}")

    composed = compose("letter", fact_sheet({"case.file_number": value}), "pl")

    assert composed.texts["pl"] == "[……… znak sprawy]\n"


def test_the_manifest_holds_every_fact_touched_with_its_event(templates: WriteTemplates) -> None:
    templates(pl="{{ adopt.resolution }}{% if propose.transfers %}{% endif %}{{ setting.mayor }}")

    composed = compose("letter", fact_sheet(EVERYTHING, {"adopt.resolution": 9}), "pl")

    assert composed.manifest["facts"] == {
        "adopt.resolution": {"value": "XV/321/26", "sequence": 9},
        "propose.transfers": {"value": False, "sequence": 3},
        "setting.mayor": {"value": "Aleksander Miszalski", "sequence": None},
    }


def test_the_manifest_says_what_stands_as_it_was_entered(templates: WriteTemplates) -> None:
    templates(
        pl="{{ propose.fields | list }} {{ partner.seat | term }}",
        en="{{ propose.objectives | paragraphs }} {{ propose.fields | list }}",
    )
    facts = fact_sheet({**PROPOSED, "propose.fields": ["kultura", "bobsleje"]})

    composed = compose("letter", facts, "pl+en")

    assert composed.texts["en"].strip().endswith("culture and bobsleje")
    assert composed.manifest["as_entered"] == {
        "en": ["propose.fields", "propose.objectives"],
        "pl": ["propose.fields"],
    }


def test_the_manifest_can_be_kept_as_canonical_json(templates: WriteTemplates) -> None:
    composed = composed_of("{{ adopt.votes }} {{ propose.fields }} {{ amend.date }}", templates)

    kept = json.loads(canonical(composed.manifest))

    assert kept == composed.manifest


def test_the_manifest_names_every_wrong_naming_of_the_city(templates: WriteTemplates) -> None:
    templates(
        pl="Umowa: {{ city() }} i Królewskie Stołeczne Miasto Kraków, Prezydent Miasta Krakowa"
    )

    manifest = compose("letter", NOTHING, "pl").manifest

    assert manifest["wrong_names"] == [
        {
            "language": "pl",
            "found": "Królewskie Stołeczne Miasto Kraków",
            "verdict": "wrong",
            "reason": "order_of_2007",
            "suggested": "Stołeczne Królewskie Miasto Kraków",
        }
    ]
    names = manifest["names"]
    assert isinstance(names, list)
    assert [name["verdict"] for name in names] == ["right", "wrong"]


def test_the_hashes_follow_the_text_and_the_template(templates: WriteTemplates) -> None:
    one = composed_of("{{ adopt.resolution }}", templates).manifest
    same_text = composed_of("XV/321/26", templates).manifest
    another = composed_of("{{ adopt.resolution }}.", templates).manifest

    assert one["sha256"] == same_text["sha256"] != another["sha256"]
    assert (
        len({one["template_sha256"], same_text["template_sha256"], another["template_sha256"]}) == 3
    )


def test_sections_are_counted_and_referred_to_by_name(templates: WriteTemplates) -> None:
    template = (
        "## §\n\nA\n\n## § {fees} Fees\n\nSee § {last} and § {fees}.\n\n## § {last}\n\nC\n\n"
        "---\n\n## §\n\nD\n"
    )

    text = text_of(template, templates)

    assert [line for line in text.split("\n") if "§" in line] == [
        "## § 1.",
        "## § 2. Fees",
        "See § 3 and § 2.",
        "## § 3.",
        "## § 1.",
    ]


@pytest.mark.parametrize(
    ("template", "fault", "detail", "line"),
    [
        ("x\n{{ adopt.resolutoin }}", Fault.UNKNOWN_NAME, "adopt.resolutoin", 2),
        ("{{ adpot.resolution }}", Fault.UNKNOWN_NAME, "'adpot' is undefined", 1),
        ("{{ adopt.resolution.value }}", Fault.UNKNOWN_NAME, "adopt.resolution.value", 1),
        ("{{ adopt.resolution.__class__ }}", Fault.UNKNOWN_NAME, "adopt.resolution.__class__", 1),
        ("{{ adopt.__class__ }}", Fault.UNKNOWN_NAME, "adopt.__class__", 1),
        ("{{ city('ergative') }}", Fault.UNKNOWN_NAME, "'ergative' is not a valid Case", 1),
        ("{{ 'a' | date }}", Fault.NOT_A_FACT, "'a'", 1),
        ("{{ city }}", Fault.NOT_A_FACT, None, 1),
        ("\n{{ adopt.resolution | date }}", Fault.UNFIT_VALUE, "adopt.resolution", 2),
        ("{{ adopt.resolution | country }}", Fault.UNFIT_VALUE, "adopt.resolution", 1),
        ("{% for x in adopt.present %}{% endfor %}", Fault.UNFIT_VALUE, "adopt.present", 1),
        ("{{ adopt }}", Fault.NOT_A_FACT, None, 1),
        ("{% if x %}", Fault.TEMPLATE_SYNTAX, None, 1),
        ("{{ adopt.date | safe }}", Fault.TEMPLATE_SYNTAX, "No filter named 'safe'.", 1),
        ("{{ range(5) }}", Fault.UNKNOWN_NAME, "'range' is undefined", 1),
        ("{% include 'letter/../k.toml' %}", Fault.NO_SUCH_TEMPLATE, "letter/../k.toml", 1),
        ("{% include '/etc/passwd' %}", Fault.NO_SUCH_TEMPLATE, "/etc/passwd", 1),
        ("{% include 'other/pl.md.j2' %}", Fault.NO_SUCH_TEMPLATE, "other/pl.md.j2", 1),
        ("See § {fees}", Fault.UNKNOWN_SECTION, "fees", None),
        ("> quoted", Fault.MARKDOWN_NOT_ALLOWED, "blockquote", 1),
    ],
)  # fmt: skip
def test_a_faulty_template_is_named_with_its_line(
    template: str, fault: Fault, detail: str | None, line: int | None, templates: WriteTemplates
) -> None:
    templates(pl=template)

    with pytest.raises(TemplateFault) as refusal:
        compose("letter", fact_sheet(EVERYTHING), "pl")

    assert refusal.value.fault is fault
    assert (refusal.value.facts["kind"], refusal.value.facts["language"]) == ("letter", "pl")
    assert refusal.value.facts.get("line") == line
    assert detail is None or refusal.value.facts["detail"] == detail


def test_a_misspelt_name_suggests_the_right_one(templates: WriteTemplates) -> None:
    templates(pl="{{ adopt.resolutoin }}")

    with pytest.raises(TemplateFault) as refusal:
        compose("letter", NOTHING, "pl")

    assert refusal.value.facts["near"] == ["adopt.resolution"]


@pytest.mark.parametrize(
    ("pl", "en", "fault"),
    [
        ("## §\n\nA\n\n## §\n\nB", "## §\n\nA", Fault.SECTIONS_DIFFER),
        ("## §\n\nA\n\n---\n\n## §\n\nB", "## §\n\nA\n\n## §\n\nB", Fault.SECTIONS_DIFFER),
        ("A\n\n---\n\nB", "A", Fault.SECTIONS_DIFFER),
        ("# T\n\nA", "A", Fault.SHAPES_DIFFER),
        ("::: signature\nA\nB\n:::", "::: signature\nA\n:::", Fault.SHAPES_DIFFER),
    ],
)
def test_versions_that_do_not_agree_cannot_stand_side_by_side(
    pl: str, en: str, fault: Fault, templates: WriteTemplates
) -> None:
    templates(pl=pl, en=en)

    with pytest.raises(TemplateFault) as refusal:
        compose("letter", NOTHING, "pl+en")

    assert refusal.value.fault is fault
    assert compose("letter", NOTHING, "pl").texts.keys() == {"pl"}


@pytest.mark.parametrize("kind", ["nobody", "shared", "../workflow", ""])
def test_a_kind_that_is_not_there_is_refused(kind: str) -> None:
    with pytest.raises(TemplateFault) as refusal:
        compose(kind, fact_sheet(KNOWN), "pl")

    assert refusal.value.fault is Fault.NO_SUCH_KIND
    known = refusal.value.facts["known"]
    assert isinstance(known, tuple)
    assert {"application", "joining_resolution", "mayor_ordinance", "transmittal"} <= set(known)


@pytest.mark.parametrize("languages", ["de", "en+pl", "", "pl,en"])
def test_a_language_that_is_not_offered_is_refused(languages: str) -> None:
    with pytest.raises(TemplateFault) as refusal:
        compose("transmittal", fact_sheet(KNOWN), languages)

    assert refusal.value.fault is Fault.LANGUAGE_NOT_OFFERED
    assert refusal.value.facts["known"] == ("pl", "en", "pl+en")
