"""A folder of templates that a test writes itself."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from drafts import kinds

KIND = """
label = { pl = "pismo", en = "letter" }
context = "official"
languages = ["pl", "en"]
later = ["apply.date"]
"""

WriteTemplates = Callable[..., None]


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WriteTemplates]:
    """Give a function that writes the templates of a kind "letter", by language."""
    kinds.kinds.cache_clear()
    monkeypatch.setattr(kinds, "root", lambda: tmp_path)

    def write(kind: str = KIND, **texts: str) -> None:
        folder = tmp_path / "letter"
        folder.mkdir(exist_ok=True)
        (folder / "kind.toml").write_text(kind, encoding="utf-8")
        for language, text in texts.items():
            (folder / f"{language}.md.j2").write_text(text, encoding="utf-8")

    yield write
    kinds.kinds.cache_clear()
