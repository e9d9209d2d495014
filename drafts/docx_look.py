"""How a .docx looks: its styles, numbering, settings, header and watermark, as WordprocessingML.

Everything a clerk may want to change in Word is a style; a paragraph carries no formatting of its
own but what ties it to the next one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from drafts.tree import Numbering
from models.vocabulary import Language

Element = Any
"""An lxml element; python-docx gives it no type."""

CODES: Final = {Language.PL: "pl-PL", Language.EN: "en-GB"}
GAP_COLOUR: Final = "FDEEB5"
MARK_COLOUR: Final = "9B1C1C"
MUTED: Final = "5A5A5A"
FONT: Final = "Times New Roman"
INDENT: Final = 400
"""Twentieths of a point by which a list stands in from what it belongs to."""

_LETTER: Final = 62
"""The width of a letter of the watermark, in points."""
_WORDS_OWN: Final = frozenset({"Title", "heading 1", "heading 2", "header", "footer"})
_IN_ORDER: Final = (
    *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "numPr", "pBdr"),
    *("tabs", "spacing", "ind", "jc", "outlineLvl", "rPr"),
)
"""The properties of a paragraph that are used here, as the schema orders them."""


def element(tag: str, *children: Element, **attributes: object) -> Element:
    """Make an element of WordprocessingML; attributes are those of its namespace."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def properties(paragraph: Element, *wanted: Element) -> None:
    """Give a paragraph properties, in the order the schema asks for."""
    held = paragraph.find(qn("w:pPr"))
    if held is None:
        held = element("pPr")
        paragraph.insert(0, held)
    for one in wanted:
        for old in held.findall(one.tag):
            held.remove(old)
        held.append(one)
    order = [qn(f"w:{name}") for name in _IN_ORDER]
    held[:] = sorted(held, key=lambda child: order.index(child.tag))


@dataclass(frozen=True, slots=True)
class _Style:
    """A paragraph style; `size` is relative to the text, in half points."""

    name: str
    based_on: str = "Normal"
    jc: str = ""
    before: int = 0
    after: int = 120
    left: int = 0
    bold: bool = False
    size: int = 0
    colour: str = ""
    keep_next: bool = False
    keep_lines: bool = False
    outline: int | None = None
    rule: bool = False

    @property
    def identifier(self) -> str:
        return self.name.replace(" ", "")

    def xml(self, size: int) -> str:
        ppr = "".join(
            (
                "<w:keepNext/>" if self.keep_next else "",
                "<w:keepLines/>" if self.keep_lines else "",
                '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="4" w:color="5A5A5A"/></w:pBdr>'
                if self.rule
                else "",
                f'<w:spacing w:before="{self.before}" w:after="{self.after}"/>',
                f'<w:ind w:left="{self.left}"/>' if self.left else "",
                f'<w:jc w:val="{self.jc}"/>' if self.jc else "",
                f'<w:outlineLvl w:val="{self.outline}"/>' if self.outline is not None else "",
            )
        )
        rpr = "".join(
            (
                "<w:b/><w:bCs/>" if self.bold else "",
                f'<w:color w:val="{self.colour}"/>' if self.colour else "",
                f'<w:sz w:val="{size + self.size}"/><w:szCs w:val="{size + self.size}"/>'
                if self.size
                else "",
            )
        )
        own = "" if self.name in _WORDS_OWN else ' w:customStyle="1"'
        return (
            f'<w:style w:type="paragraph"{own} w:styleId="{self.identifier}">'
            f'<w:name w:val="{self.name}"/><w:basedOn w:val="{self.based_on}"/><w:qFormat/>'
            f"<w:pPr>{ppr}</w:pPr>{f'<w:rPr>{rpr}</w:rPr>' if rpr else ''}</w:style>"
        )


def section_style(language: Language) -> str:
    """Name the style of the §§ of a language: each language counts its own."""
    return f"Section {language.upper()}"


def _styles(*, beside: bool, runs_in: bool) -> Sequence[_Style]:
    half = 0 if beside else 4536
    return (
        _Style(
            "Title",
            jc="center", before=120, after=160, bold=True, size=5, keep_next=True, outline=0,
        ),
        _Style("Subject", jc="center", before=60, after=240, bold=True, keep_next=True),
        *(
            _Style(
                f"heading {level}",
                jc="left", before=above, after=60, bold=True, keep_next=True, outline=level,
            )
            for level, above in ((1, 140 if beside else 240), (2, 120 if beside else 180))
        ),
        *(
            _Style(section_style(language), before=120, after=80)
            if runs_in
            else _Style(
                section_style(language),
                jc="center", before=200, after=80, bold=True, keep_next=True, outline=1,
            )
            for language in Language
        ),
        _Style("Corner", jc="right", after=160, size=-2),
        _Style("Letterhead", jc="left", after=240, size=2, rule=True),
        _Style("Place", jc="right"),
        _Style("Reference", jc="left", after=280),
        _Style("Addressee", jc="left", left=half, after=320),
        _Style("Concerning", jc="left", after=240, bold=True, keep_next=True),
        _Style("Centre", jc="center"),
        _Style("Right", jc="right"),
        _Style("Small", jc="left", before=200, size=-2),
        _Style("List Item", jc="" if beside else "both", after=50),
        _Style("Signature Rule", jc="center", before=640, after=0, colour=MUTED, keep_next=True),
        _Style("Signatory", jc="center", after=0, keep_next=True, keep_lines=True),
        _Style("Table Text", jc="left", after=0, size=-1),
        _Style("Table Head", based_on="TableText", after=0, bold=True, size=-1, keep_next=True),
        _Style("header", after=0, size=-5, colour=MUTED),
        _Style("footer", jc="center", after=0, size=-5, colour=MUTED),
    )  # fmt: skip


def styles(*, beside: bool, runs_in: bool, language: Language) -> Element:
    """Make the styles of a document."""
    size, after = (20, 80) if beside else (23, 120)
    justified = "" if beside else '<w:jc w:val="both"/>'
    faces = " ".join(f'w:{script}="{FONT}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    listed = "".join(style.xml(size) for style in _styles(beside=beside, runs_in=runs_in))
    return parse_xml(
        f"<w:styles {nsdecls('w')}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {faces}/>"
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/><w:lang w:val="{CODES[language]}"/></w:rPr>'
        "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        f'<w:qFormat/><w:pPr><w:widowControl/><w:spacing w:after="{after}"/>{justified}</w:pPr>'
        "</w:style>"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr></w:style>"
        '<w:style w:type="character" w:customStyle="1" w:styleId="Gap"><w:name w:val="Gap"/>'
        f'<w:rPr><w:shd w:val="clear" w:color="auto" w:fill="{GAP_COLOUR}"/></w:rPr></w:style>'
        f"{listed}</w:styles>"
    )


def settings() -> Element:
    """Make the settings: hyphenation on, and Word's own layout rules of today."""
    return parse_xml(
        f'<w:settings {nsdecls("w")}><w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/>'
        '<w:autoHyphenation/><w:hyphenationZone w:val="357"/><w:doNotHyphenateCaps/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting'
        ' w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
        ' w:val="15"/></w:compat></w:settings>'
    )


class Numberings:
    """The numbering of a document: every § and item is counted by Word, none is typed."""

    _FORMATS: Final = {
        Numbering.DOT: ("decimal", "%1."),
        Numbering.POINT: ("decimal", "%1)"),
        Numbering.LETTER: ("lowerLetter", "%1)"),
        Numbering.DASH: ("bullet", "–"),
    }

    def __init__(self) -> None:
        self._abstract: list[Element] = []
        self._numbers: list[Element] = []

    def _number(self, level: Element) -> int:
        # Every list has a definition of its own: lists that share one go on counting each other,
        # which two languages side by side would do line by line.
        identifier = len(self._numbers) + 1
        kind = element("multiLevelType", val="singleLevel")
        self._abstract.append(element("abstractNum", kind, level, abstractNumId=identifier))
        uses = element("abstractNumId", val=identifier)
        self._numbers.append(element("num", uses, numId=identifier))
        return identifier

    def sections(self) -> int:
        """Begin to count the §§ of a part in a language."""
        level = element(
            "lvl",
            element("start", val=1),
            element("numFmt", val="decimal"),
            element("suff", val="space"),
            element("lvlText", val="§\N{NO-BREAK SPACE}%1."),
            element("lvlJc", val="left"),
            element("pPr", element("ind", left=0, firstLine=0)),
            element("rPr", element("b"), element("bCs")),
            ilvl=0,
        )
        return self._number(level)

    def items(self, numbering: Numbering, depth: int) -> int:
        """Begin to count the items of a list, `depth` lists inside others."""
        form, text = self._FORMATS[numbering]
        level = element(
            "lvl",
            element("start", val=1),
            element("numFmt", val=form),
            element("lvlText", val=text),
            element("lvlJc", val="left"),
            element("pPr", element("ind", left=INDENT * (depth + 1), hanging=INDENT)),
            ilvl=0,
        )
        return self._number(level)

    def xml(self) -> Element:
        """Make the numbering part."""
        return element("numbering", *self._abstract, *self._numbers)


def field(code: str) -> list[Element]:
    """Make the runs of a field such as PAGE, with "1" until Word has counted."""
    instruction = element("instrText")
    instruction.text = f" {code} "
    instruction.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    shown = element("t")
    shown.text = "1"
    pieces = (
        element("fldChar", fldCharType="begin"),
        instruction,
        element("fldChar", fldCharType="separate"),
        shown,
        element("fldChar", fldCharType="end"),
    )
    return [element("r", piece) for piece in pieces]


def watermark(word: str) -> Element:
    """Make the run that lays a pale word across the page: WordArt, as Word itself does."""
    return parse_xml(
        f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"'
        ' xmlns:o="urn:schemas-microsoft-com:office:office"><w:rPr><w:noProof/></w:rPr><w:pict>'
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
        ' path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
        '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
        '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
        '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/>'
        '</v:shapetype><v:shape id="PowerPlusWaterMarkObject1" o:spid="_x0000_s2049"'
        ' type="#_x0000_t136" style="position:absolute;margin-left:0;margin-top:0;'
        f"width:{_LETTER * len(word)}pt;height:110pt;rotation:307;"
        "z-index:-251658752;mso-position-horizontal:center;"
        "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        'mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="#efefef"'
        f' stroked="f"><v:textpath style="font-family:&quot;{FONT}&quot;;font-size:1pt;'
        f'font-weight:bold" string="{word}"/></v:shape></w:pict></w:r>'
    )
