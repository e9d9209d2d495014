"""The writer of .html: one page with its style sheet inside, for screens of any width and paper."""

from importlib import resources

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from drafts.frame import Frame, author
from drafts.pairs import laid_out
from drafts.tree import Block, Document, Numbering

_CLASSES = {
    Numbering.DOT: "dot",
    Numbering.POINT: "point",
    Numbering.LETTER: "letter",
    Numbering.DASH: "dash",
}


def _kind_of(block: Block) -> str:
    return type(block).__name__.lower()


def _layout(name: str) -> str:
    return resources.files("templates").joinpath("layout", name).read_text("utf-8")


def write(documents: tuple[Document, ...], frame: Frame) -> bytes:
    """Write one language version over the page, or several side by side."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    environment.globals = {"kind_of": _kind_of, "list_class": _CLASSES.__getitem__}
    languages = [document.language for document in documents]
    page = environment.from_string(_layout("document.html.j2")).render(
        title=" / ".join(document.title for document in documents),
        author=author(),
        date=frame.date.isoformat(),
        language=languages[0].value,
        columns=len(documents),
        final=frame.final,
        heading=frame.heading(languages),
        mark=frame.mark(languages),
        watermark=frame.watermark(languages),
        runs_in=all(document.runs_in for document in documents),
        pages=laid_out(documents),
        css=Markup(_layout("document.css").strip()),  # noqa: S704 - our own file, no value in it
    )
    return page.encode()
