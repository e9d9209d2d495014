"""Texts that mean something to Markdown, Jinja2, XML, Word, typst or a terminal."""

from hypothesis import strategies as st

PIECES = (
    "§", "§ 5", "#", "# A", "## § 1", "[x](y)", "![i](u)", "[……… luka]", "{{ 7*7 }}", "{% raw %}",
    "{fees}", "§ {fees}", "**b**", "*i*", "_u_", "`c`", "~~s~~", "\\", "\\\\", "|", "---", "***",
    ":::", "::: signature", "1.", "2)", "a)", "- x", "+", ">", "&amp;", "&sect;", "<script>",
    "</w:t>", "<!--", "]]>", "$x$", "#let x", "@ref", "\n", "\n\n", "\r\n", "\t", "\u2028", "\x00",
    "\x1b[31m", "\u202e", "\u2066", "\u200f", "\ufeff", "\u00ad", "\ud800", "\uffff", "\ufdd0", "Ż",
    "Kyiv", "Київ", "京都", "تونس", "😀", "é", "\u00a0", "12 000", " ", "r.", "i", "z:",
)  # fmt: skip

HOSTILE = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=8).map("".join)


def shown(text: str) -> str:
    """Give a text with every blank as a space, as an eye that compares it would."""
    return " ".join(text.split())
