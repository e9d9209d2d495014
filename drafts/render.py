"""From the Markdown of a draft to a file."""

from collections.abc import Mapping
from importlib import import_module
from typing import Final, Protocol, cast

from drafts.faults import Fault, TemplateFault
from drafts.frame import Frame
from drafts.markdown import parse
from drafts.pairs import laid_out
from drafts.tree import Document
from models.vocabulary import Language

_WRITERS: Final = {"docx": "drafts.docx", "pdf": "drafts.pdf", "html": "drafts.page"}
FORMATS: Final = (*_WRITERS, "md")
"""The formats of `render`; each is also the ending of its files."""

_RULE = "\n\n---\n\n"


class Writer(Protocol):
    """A module that writes one format."""

    def write(self, documents: tuple[Document, ...], frame: Frame) -> bytes:
        """Write one language version, or several side by side."""
        ...


def render(texts: Mapping[str, str], file_format: str, frame: Frame) -> bytes:
    """Write a draft as a file; the same texts and frame give the same bytes.

    Args:
        texts: Markdown by language (see drafts.markdown); two of them stand side by side.
        file_format: one of `FORMATS`; "md" is the text as it is.
        frame: what stands around the text.

    Raises:
        TemplateFault: a text breaks the conventions, or the versions do not agree.
        KeyError: no such format.
    """
    documents = tuple(
        parse(texts[language], language) for language in Language if language in texts
    )
    if not documents:
        raise TemplateFault(Fault.NO_TEXT)
    laid_out(documents)
    if file_format == "md":
        return (
            _RULE.join(texts[document.language].strip() for document in documents).encode() + b"\n"
        )
    # Only the writer that is asked for is loaded: python-docx and typst are slow to import.
    writer = cast(Writer, import_module(_WRITERS[file_format]))
    return writer.write(documents, frame)
