"""Fold a name to what is compared when people search: no case, no marks, `ł` as `l`."""

import re
import unicodedata

# Letters that Unicode does not take apart into a letter and a mark.
_WHOLE = str.maketrans(
    {"ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ß": "ss", "æ": "ae", "Æ": "ae"}
)


def fold(text: str) -> str:
    """Fold a text: `Łódź` and `lodz` become the same."""
    apart = unicodedata.normalize("NFKD", text.translate(_WHOLE).casefold())
    return " ".join("".join(c for c in apart if not unicodedata.combining(c)).split())


def slug(text: str) -> str:
    """Make the lasting short name of a partner: `Frankfurt am Main` -> `frankfurt-am-main`."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


_ORDER = {letter: place for place, letter in enumerate("aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż")}


def polish_key(text: str) -> tuple[tuple[int, int | str], ...]:
    """Give the key that sorts as a Polish index does: ą after a, ł after l, ż last.

    Foreign letters stand with the letter they fold to; digits and signs come before letters.
    """
    return tuple(
        (1, _ORDER[sign]) if sign in _ORDER else _foreign(sign)
        for sign in unicodedata.normalize("NFC", text.casefold())
    )


def _foreign(sign: str) -> tuple[int, int | str]:
    folded = fold(sign)[:1]
    return (1, _ORDER[folded]) if folded in _ORDER else (0, sign)
