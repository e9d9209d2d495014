"""How a text names the City: the pure check behind the rule royal_name (seeds/003, C1, F17).

The text is read once into words. Each word of a name of the City gets a code of one letter, every
other word is an x, and the rest works on the string of codes:

    S Stołeczne  R Królewskie  M Miasto  K Kraków      q Königliche  h Hauptstadt  s Stadt
    r Royal  c Capital  t City  o of                   g Gmina  j Miejska  u Municipality
    k perhaps Kraków  a and  n the  x another word     , a comma  | a full stop  ¶ a paragraph

Every Krakow is looked at with at most a dozen words on either side, so the time grows with the
length of the text and with nothing else. Nothing here raises: any text has an answer.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from models.vocabulary import Language
from workflow import city
from workflow.city import GERMAN, Case, Context, Mention, Naming, Reason, Verdict

__all__ = ["Context", "Mention", "Naming", "Reason", "Verdict", "check", "parties_named_rightly"]


class _Word(NamedTuple):
    """A word as it counts here: its codes (several if a space was lost) and its spellings."""

    codes: str
    key: str = ""
    """Folded: what the lists of workflow.city hold."""
    bare: str = ""
    """As written, without hyphenation, invisible signs and emphasis."""

    @property
    def composed(self) -> str:
        return unicodedata.normalize("NFC", self.bare)

    @property
    def latin(self) -> bool:
        """Tell whether every letter is Latin, not only by its looks."""
        # A letter like the Kelvin sign is a K to every program, but a stranger in a contract.
        return not any(len(apart := _apart(c)) == 1 and apart != c for c in self.bare) and all(
            c in "łŁ" or (_apart(c)[0].isascii() and c.isalpha()) for c in self.composed
        )


class _Place(NamedTuple):
    start: int
    end: int
    word: _Word


class _Text(NamedTuple):
    """A text that has been read: one code and one place for each word and each break."""

    text: str
    codes: str
    places: list[_Place]

    def capital(self, position: int) -> bool:
        return self.places[position].word.composed[:1].isupper()


class _Name(NamedTuple):
    """What may be a name of the City, and what stands around it up to the next hard break."""

    text: _Text
    first: int
    last: int
    codes: str
    words: list[_Word]
    before: list[str]
    """Up to ten keys, the nearest last."""
    after: list[str]
    """Up to twelve keys, the nearest first."""

    @property
    def start(self) -> int:
        return self.text.places[self.first].start

    @property
    def end(self) -> int:
        return self.text.places[self.last].end

    @property
    def found(self) -> str:
        return self.text.text[self.start : self.end]

    @property
    def nearest(self) -> str:
        """The key just before, or nothing."""
        return self.before[-1] if self.before else ""

    @property
    def latin(self) -> bool:
        return all(word.latin for word in self.words)

    def mention(self, verdict: Verdict, reason: Reason, suggested: str = "") -> Mention:
        return Mention(self.start, self.end, self.found, verdict, reason, suggested)


def _name(text: _Text, first: int, last: int) -> _Name:
    early = max(first - 10, text.codes.rfind("|", max(first - 10, 0), first) + 1, 0)
    late = text.codes.find("|", last + 1, last + 13)
    return _Name(
        text,
        first,
        last,
        text.codes[first : last + 1].replace("k", "K"),
        [place.word for place in text.places[first : last + 1]],
        [place.word.key for place in text.places[early:first]],
        [place.word.key for place in text.places[last + 1 : last + 13 if late < 0 else late]],
    )


def _apart(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)


def _key(word: str) -> str:
    """Spell a word as workflow.city does: one small Latin letter for each that looks like it."""
    letters = (
        "".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c))
        for letter in unicodedata.normalize("NFC", word)
    )
    return "".join(letter[:1].lower() for letter in letters).translate(city.LOOK_ALIKES)


# --- the words of the names, drawn from workflow.city ---

_TEMPLATES: Final = {"SRMK": Language.PL, "rctoK": Language.EN, "qhK": GERMAN}
_STRONG: Final = ({"S", "R"}, {"r", "c"}, {"q", "h"})
_HEADS: Final = ({"S", "R", "M"}, {"r", "c", "t"}, {"q", "h"})
_UNSURE: Final = (Reason.INCOMPLETE, Reason.MISSPELT)
_ARTICLES: Final = ("the", "der", "die", "des", "den")
_ROYAL: Final = city.accepted(city.name)
_LEGAL: Final = city.accepted(city.legal_person)

_FORMS: Final = (
    {word: code for code, words in city.OTHER_WORDS.items() for word in words.split()}
    | dict.fromkeys(city.OTHER_SPELLINGS, "K")
    | {
        _key(word): code
        for template in _TEMPLATES
        for full in _ROYAL
        if len(full.split()) == len(template)
        for word, code in zip(full.split(), template, strict=True)
    }
)
_CASES: Final[dict[str, set[Case]]] = {}
for _names in (city.NAMES[Language.PL], city.LEGAL_PERSONS[Language.PL]):
    for _case, _full in _names.items():
        for _part in _full.split():
            _CASES.setdefault(_part.lower(), set()).add(_case)
            _CASES.setdefault(_key(_part), set()).add(_case)


def _shortened(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(len(word))}


# Two words are one slip apart if they meet after at most one letter is dropped from each.
_SLIPS: Final = {
    slip: code
    for form, code in _FORMS.items()
    if code in "SRMKrcqh" and len(form) > len("city")
    for slip in {form, *_shortened(form)}
}
_PIECE: Final = "|".join(sorted((f for f in _FORMS if len(f) > 1), key=len, reverse=True))
_JOINED: Final = re.compile(f"(?:{_PIECE}){{2,5}}")

_HEAD_CODES: Final = frozenset("SRMrctoqhsgjuG")
_NAME_CODES: Final = _HEAD_CODES | {"K", "k"}
_RUN: Final = re.compile("([SRMrctoqhsgjuG]*)(?:[,ax]{1,2}([SRMrctoqhsgjuG]+))?")
_BEGUN: Final = frozenset("SRrcq")
_PARTS: Final = tuple(re.compile("?".join([*template, ""])) for template in _TEMPLATES)

# --- reading ---

_INVISIBLE: Final = "\u00ad\u200b-\u200f\u2060\ufeff\ufe00-\ufe0f"
_MARKS: Final = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0"
_LETTERS: Final = rf"(?:(?!_)[\w{_MARKS}])++"
_LOWER: Final = rf"[a-ząćęłńóśźżäöüß{_MARKS}]"
_UPPER: Final = rf"[A-ZĄĆĘŁŃÓŚŹŻÄÖÜ{_MARKS}]"
_HYPHEN: Final = r"[-\u2010\u00ad][^\S\n]*\n[^\S\n]*"
# A word goes on over what nobody sees, emphasis on a part of it, and a hyphen at the line's end.
_WORD: Final = re.compile(
    rf"{_LETTERS}(?:(?:[{_INVISIBLE}*]++|(?<={_LOWER}){_HYPHEN}(?={_LOWER})"
    rf"|(?<={_UPPER}){_HYPHEN}(?={_UPPER})){_LETTERS})*+"
)
_UNSEEN: Final = re.compile(rf"[{_INVISIBLE}*\s\u2010-]")
_LONGEST: Final = 64

_SPACE: Final = re.compile(rf"[\s*_~>\\{_INVISIBLE}]*+")
_SOFT: Final = re.compile(rf"[\s*_~>\\{_INVISIBLE},\"'„”“«»‚’‘()–—/&-]*+")
_PARAGRAPH: Final = re.compile(r"\n[^\S\n]*+(?:>[^\S\n]*+)?(?:\n|[-–—•*+]\s)|\u2029")


def _word(raw: str) -> _Word:
    bare = _UNSEEN.sub("", raw)
    # Composing a very long run of marks takes quadratic time, and no word of a name is long.
    if len(bare) > _LONGEST:
        return _Word("x")
    key = _key(bare)
    if code := _FORMS.get(key):
        return _Word(code, key, bare)
    if _JOINED.fullmatch(key):
        codes = "".join(_FORMS[piece] for piece in re.findall(_PIECE, key))
        # "cityofkrakow" is an address; a name in one word is known by its royal part.
        named = set(codes) & set("SRrcqh") and len(set(codes)) == len(codes)
        return _Word(codes if named and "K" not in codes[:-1] else "x", key, bare)
    code = next((_SLIPS[slip] for slip in (key, *_shortened(key)) if slip in _SLIPS), "x")
    word = _Word(code, key, bare)
    return word._replace(codes="k") if code == "K" and word.latin else word


def _break(gap: str, earlier: _Place, later: _Word) -> str:
    """Return the code of what stands between two words: nothing, or a break."""
    if _PARAGRAPH.search(gap):
        # A title page may set one name in several paragraphs.
        within = earlier.word.codes[-1:] in _HEAD_CODES and later.codes[0] in _NAME_CODES
        return "" if within and _SPACE.fullmatch(gap) else "¶"
    numbered = gap.startswith(")") and len(earlier.word.key) < len("100")
    if numbered or not _SOFT.fullmatch(gap):
        return "|"
    return "" if _SPACE.fullmatch(gap) and any(map(str.isspace, gap)) else ","


def _read(text: str) -> _Text:
    known: dict[str, _Word] = {}
    codes: list[str] = []
    places: list[_Place] = []
    end = 0
    for match in _WORD.finditer(text):
        raw = match.group()
        word = known.get(raw) or known.setdefault(raw, _word(raw))
        start = match.start()
        if places and (code := _break(text[end:start], places[-1], word)):
            codes.append(code)
            places.append(_Place(end, start, _Word(code, code)))
        end = match.end()
        if word.key in city.ABBREVIATIONS and text[end : end + 1] == ".":
            word = word._replace(codes=city.ABBREVIATIONS[word.key])
            end += 1
        codes.extend(word.codes)
        places.extend([_Place(start, end, word)] * len(word.codes))
    return _Text(text, "".join(codes), places)


# --- finding ---


def _first(codes: str, last: int, floor: int) -> int:
    """Return where the name that ends in the Krakow at `last` begins, not before `floor`.

    One gap inside, of a stranger and a comma, is passed over ("Royal Capital Cty of Krakow") if
    both strong words of a name are there; with less of it the gap ends the name.
    """
    run = _RUN.match(codes[max(last - 9, floor) : last][::-1])
    near, far = run.groups("") if run else ("", "")
    whole = any(pair <= set(near + far) for pair in _STRONG)
    first = last - (run.end() if run and whole else len(near))
    while first < last and codes[first] in ("o" if "u" in codes[first:last] else "oj"):
        first += 1
    # "… the Capital, Royal Capital City of Krakow": what ends in a whole name is that name.
    for template in _TEMPLATES:
        start = last + 1 - len(template)
        if f"{codes[first:last]}K".endswith(template) and codes[start - 1 : start] not in _BEGUN:
            return start
    return first


def _kind(name: str) -> Reason | None:
    """Return what a name is by the order of its words; None for "Krakow" alone."""
    words = set(name)
    if name in _TEMPLATES:
        return Reason.ROYAL_NAME
    if words & set("guG"):
        return Reason.LEGAL_PERSON
    if words >= {"S", "R"} and name.index("R") < name.index("S"):
        return Reason.ORDER_OF_2007
    if words >= {"r", "c"} and name.index("c") < name.index("r"):
        return Reason.CAPITAL_ROYAL
    if any(pair <= words or (pair & words and words & set("Mtsh")) for pair in _STRONG):
        part = any(parts.fullmatch(name) for parts in _PARTS)
        return Reason.INCOMPLETE if part else Reason.MISSPELT
    return Reason.PLAIN_CITY if words & set("Mts") else None


def _formal(name: _Name) -> bool:
    """Tell whether a name is written as one, and not in passing ("the city of Krakow")."""
    words = set(name.codes)
    if any(pair <= words for pair in _STRONG) and words & set("Mth") and not words & set(",ax"):
        return True
    return bool(words & set("sG")) or any(
        code in "SRMrctugjq" and name.text.capital(i) and name.text.places[i].word.key != "m"
        for i, code in enumerate(name.codes, name.first)
    )


def _around(text: _Text, last: int, floor: int) -> _Name | None:
    """Return the name that the Krakow at `last` belongs to; None if it is no Krakow after all."""
    codes, places = text.codes, text.places
    name = _name(text, _first(codes, last, floor), last)
    if name.first < last and city.DATE_AFTER.match(" ".join(name.after)):
        gap = text.text[places[last - 1].end : places[last].start]
        if "\n" in gap and codes[last - 1] != "o":
            return _name(text, last, last)  # the line of place and date below a heading
    if codes[last] == "k":
        # One slip away from Krakow: only the words before it say that the City is meant.
        key = places[last].word.key
        likely = key.startswith(("k", "c")) and not key.startswith(city.NOT_KRAKOW)
        plain = likely and name.first < last and text.capital(last) and _formal(name)
        return name if plain or any(pair <= set(name.codes) for pair in _STRONG) else None
    if name.first == last and re.match("[tu](?![oKk])", codes[last + 1 : last + 3]):
        titled = codes[last + 2 : last + 3] == "x" and text.capital(last + 2)
        if text.capital(last + 1) and not titled and not _office_follows(name):
            return _name(text, last, last + 1)
    return name


def _governor(name: _Name) -> Reason | None:
    """Return what a word before a name makes of it: an organ, the place, or nothing."""
    before, link = name.before.copy(), ""
    while before and before[-1] in {*_ARTICLES, "of", "to", "von"}:
        link = before.pop()
    word = before[-1] if before else ""
    if word in city.NEAR:
        return Reason.PLACE
    heads = {w.key for w, code in zip(name.words, name.codes, strict=True) if code in "Mg"}
    if heads and heads.isdisjoint({"miasta", "miast", "gminy"}):
        return None  # only a genitive depends on the word before it
    if word.startswith(city.ORGANS) and link != "to":
        return Reason.ORGAN
    return Reason.PLACE if word.startswith(city.SURROUNDINGS) else None


def _office_follows(name: _Name) -> bool:
    """Tell whether the name is the beginning of an organ's ("Krakow City Council")."""
    skipped = bool(name.after) and _FORMS.get(name.after[0]) in {"t", "j"}
    return " ".join(name.after[skipped:]).startswith(city.ORGANS)


def _party(name: _Name, *, alone: bool) -> str:
    """Return the language in which the words around make the City a party; empty if none do."""
    before, after = " ".join(name.before), " ".join(name.after)
    with_it = name.nearest == "z" and name.words[0].key.endswith("em")
    opens = not alone or with_it or name.nearest in city.OPENINGS
    signal = (
        city.ON_BEHALF.search(before)
        or (city.ACT_BETWEEN if alone else city.BETWEEN).search(before)
        or (opens and city.PARTY_AFTER.match(after))
    )
    return str(signal.lastgroup) if signal else ""


# --- judging ---


def _language(codes: str) -> str:
    """Return the language of a name; empty for "Krakow" alone."""
    for language, own in ((GERMAN, "qhsG"), (Language.EN, "o"), (Language.PL, "SRMg")):
        if set(codes) & set(own):
            return language
    return Language.EN if len(codes) > 1 else ""


def _polish_case(name: _Name) -> Case:
    """Return the case most words stand in; those before the Krakow count double."""
    votes = Counter[Case]()
    for word, code in zip(name.words, name.codes, strict=True):
        for case in _CASES.get(word.composed.lower(), _CASES.get(word.key, set())):
            votes[case] += 1 if code == "K" else 2
    if name.nearest in {"o", "na", "po", "przy"}:
        votes[Case.LOCATIVE] += 1
    return max(Case, key=lambda case: votes[case])


def _suggestion(name: _Name, language: str, say: Callable[..., str]) -> str:
    """Return what should stand in place of a name, in its language, case and letters."""
    if language == Language.PL:
        right = say(language, _polish_case(name))
    else:
        oblique = name.nearest in {"der", "zwischen", "mit", "von", "namens"}
        case = Case.DATIVE if oblique else Case.NOMINATIVE
        right = say(language, case, article=name.codes[0] == "K")
        if name.nearest in _ARTICLES:
            right = city.after_article(say(language, case))
    return right.upper() if name.found.isupper() else right


def _spelling(name: _Name, kind: Reason, names: frozenset[str]) -> Reason:
    """Return `kind` if a name that has all its words is also written as it must be."""
    written = " ".join(word.composed for word in dict.fromkeys(name.words))
    if written.lower() not in {right.lower() for right in names}:
        return Reason.INCOMPLETE if name.codes == "gK" else Reason.MISSPELT
    if written not in names:
        return Reason.LETTER_CASE
    if name.codes == "qhK" and name.nearest in {"die", "der"}:
        declined = _suggestion(name, GERMAN, city.name).split()[0]
        return kind if written.split()[0] == declined else Reason.MISSPELT
    return kind


def _judged(name: _Name, context: Context) -> Mention:
    kind = _kind(name.codes)
    formal = kind is not None and _formal(name)
    legal = kind is Reason.LEGAL_PERSON and context is Context.OFFICIAL
    language = _language(name.codes)
    if not formal or (kind in {Reason.PLAIN_CITY, Reason.LEGAL_PERSON} and not legal):
        ordinary = _governor(name)
        if "M" not in name.codes and _office_follows(name):
            ordinary = Reason.ORGAN
        if not ordinary and not formal:
            party = _party(name, alone=kind is None)
            ordinary = None if party else Reason.PLACE
            language = language or party
        if ordinary:
            return name.mention(Verdict.ORDINARY, ordinary)
    reason = kind or Reason.INCOMPLETE
    whole = kind is Reason.ROYAL_NAME or legal
    if (whole or reason in _UNSURE) and not name.latin:
        reason = Reason.LOOK_ALIKE
    elif whole and (not legal or language == Language.PL):
        reason = _spelling(name, reason, _LEGAL if legal else _ROYAL)
    if reason is (Reason.LEGAL_PERSON if legal else Reason.ROYAL_NAME):
        return name.mention(Verdict.RIGHT, reason)
    say = city.legal_person if legal else city.name
    return name.mention(Verdict.WRONG, reason, _suggestion(name, language, say))


def _without_krakow(text: _Text, codes: str) -> Iterator[Mention]:
    """Find the formal name with its Krakow missing, or hardly to be made out."""
    for run in re.finditer("[SRM]+|[rct]+|[qh]+", codes):
        first, last = run.start(), run.end() - 1
        if set(run.group()) not in _HEADS or not all(map(text.capital, range(first, last + 1))):
            continue
        reason = Reason.INCOMPLETE
        follows = run.end() + codes.startswith("o", run.end())
        if codes.startswith("x", follows) and (text.capital(follows) or follows > run.end()):
            if text.places[follows].word.key.startswith(("kr", "cr")):
                last, reason = follows, Reason.MISSPELT
            elif follows > run.end() or not _name(text, first, last).found.isupper():
                continue  # the royal capital city of another name
        name = _name(text, first, last)
        suggested = _suggestion(name, _language(name.codes), city.name)
        yield name.mention(Verdict.WRONG, reason if name.latin else Reason.LOOK_ALIKE, suggested)


def check(text: str, context: Context) -> tuple[Mention, ...]:
    """Find every place where a text speaks of Krakow, and judge those that name the City.

    A name of the City as a party, and every formal name wherever it stands, is right or wrong;
    organs, titles, lines of place and date and the town itself are ordinary. Texts in Polish,
    English and German are understood. Time and memory grow with the length of the text.

    Returns:
        The mentions in the order of the text, none overlapping another.
    """
    read = _read(text)
    free = list(read.codes)
    mentions: list[Mention] = []
    floor = 0
    for krakow in re.finditer("[Kk]", read.codes):
        if name := _around(read, krakow.start(), floor):
            mentions.append(_judged(name, context))
            free[name.first : name.last + 1] = "." * len(name.codes)
            floor = name.last + 1
    mentions.extend(_without_krakow(read, "".join(free)))
    return tuple(sorted(mentions, key=lambda mention: mention.start))


def parties_named_rightly(text: str, context: Context) -> Naming:
    """Tell whether a document names the City as it must (rule royal_name, seeds/003)."""
    mentions = check(text, context)
    return Naming(
        context,
        tuple(mention for mention in mentions if mention.verdict is Verdict.RIGHT),
        tuple(mention for mention in mentions if mention.verdict is Verdict.WRONG),
    )
