"""Dated settings: the office's own over the packaged, and gaps that stay gaps."""

from datetime import date

import pytest

from workflow.settings import Setting, Settings, packaged

NOW = date(2026, 11, 23)


def own(key: str, value: str | int, start: date | None = None, end: date | None = None) -> Setting:
    """Make a setting of the office."""
    return Setting(key, value, start, end, "decyzja biura")


@pytest.mark.parametrize(
    ("start", "end", "counts"),
    [
        (None, None, True),
        (NOW, NOW, True),
        (date(2026, 11, 24), None, False),
        (None, date(2026, 11, 22), False),
    ],
)
def test_a_value_counts_from_its_first_day_to_its_last(
    start: date | None, end: date | None, *, counts: bool
) -> None:
    setting = own("committee", "Komisja Kultury", start, end)

    assert setting.valid_on(NOW) is counts
    assert (Settings([setting]).on("committee", NOW) is setting) is counts


def test_the_later_entry_of_the_office_wins() -> None:
    entries = [own("mayor", "Pierwszy", date(2026, 2, 1)), own("mayor", "Drugi", date(2026, 1, 1))]

    found = Settings(entries).on("mayor", NOW)

    assert found is entries[1]


def test_what_nobody_has_stated_is_a_gap() -> None:
    settings = Settings([own("strength.opinions", "block", date(2027, 1, 1))])

    assert settings.on("nobody.stated.it", NOW) is None
    assert settings.on("strength.opinions", NOW) is None
    assert settings.sheet(NOW)["strength.opinions"] is None
    with pytest.raises(KeyError, match="strength"):
        settings.number("strength.opinions", NOW)


def test_a_number_the_office_typed_is_a_number() -> None:
    settings = Settings([own("statutory_composition", "45", date(2029, 5, 1))])

    assert settings.number("statutory_composition", NOW) == 43
    assert settings.number("statutory_composition", date(2029, 5, 1)) == 45


def test_the_sheet_names_every_key_and_what_counts_on_the_day() -> None:
    sheet = Settings([own("register.demo", "yes")]).sheet(NOW)

    assert sheet["statutory_composition"] == 43
    assert sheet["register.demo"] == "yes"
    assert tuple(sheet) == Settings([own("register.demo", "yes")]).keys()


@pytest.mark.parametrize(
    ("day", "reference"),
    [
        (date(1990, 3, 7), None),
        (date(1995, 1, 1), "Dz.U. z 1990 r. Nr 16, poz. 95"),
        (date(2012, 12, 31), "t.j. Dz.U. z 2001 r. Nr 142, poz. 1591, z późn. zm."),
        (date(2013, 1, 1), "t.j. Dz.U. z 2013 r. poz. 594, z późn. zm."),
        (date(2022, 12, 31), "t.j. Dz.U. z 2022 r. poz. 559, z późn. zm."),
        (date(2023, 1, 1), None),
        (NOW, None),
    ],
)
def test_an_act_whose_text_has_been_replaced_is_not_cited_by_its_old_place(
    day: date, reference: str | None
) -> None:
    assert Settings().sheet(day)["usg_reference"] == reference


def test_every_packaged_setting_says_where_it_was_read() -> None:
    assert all(setting.source for setting in packaged())
    assert Settings().keys() == tuple(dict.fromkeys(setting.key for setting in packaged()))
