"""What a template may do: a sandboxed Jinja2 with our own few words and nothing built in.

Beside `{{ step.input }}` a template can write

    {{ adopt.date | called("data uchwały") }}     the name of the gap, where the label is too short
    {{ x | paragraphs }}                          a long text, as entered, with its paragraphs
    {{ x | date }} votes, list, money, country    in that manner (date, votes and list: by kind too)
    {{ x | term }} journal, absolute_majority     an office, a place in Dz.U., 22 of 43
    {{ x | lasting }} months              a term after a verb; a number of months, in whole years
    {{ x | years(start) }}                the calendar years of a term from its first day
    {{ city("genitive") }}                        the name in agreements; article=False, start=True
    {{ municipality("genitive") }}                the legal person
    {{ latest(a, b) }}                            of several facts the one stated last
    {% if x is stated %}, a is later_than(b)      a fact can also be compared and gone through
    {% if x is indefinite %}                      a term that has no end
    ## § {fees} Składka … zob. § {fees}           a § that other text refers to

Values come out as plain words whatever they hold, and what a template prints is remembered.
"""

from collections.abc import Callable
from typing import Any, Final

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateError
from jinja2.exceptions import TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from drafts import values
from drafts.faults import Fault, TemplateFault
from drafts.kinds import template_text
from drafts.sheet import Fact, Facts, Group, Write, marked
from models.vocabulary import Language
from workflow import city
from workflow.city import Case

_WRITERS: Final[dict[str, Write]] = {
    "absolute_majority": values.absolute_majority,
    "country": values.country,
    "date": values.date,
    "journal": values.journal,
    "lasting": values.lasting,
    "money": values.money,
    "months": values.months,
    "period": values.term,
    "votes": values.votes,
}
_SUFFIX = ".md.j2"


class _Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox in which the dot after a step means a fact, and a fact shows nothing inside."""

    def getattr(self, obj: object, attribute: str) -> Any:  # noqa: ANN401 - as Jinja2 declares it
        """Give what stands after a dot."""
        if isinstance(obj, Group):
            return obj[attribute]
        if isinstance(obj, Fact):
            raise TemplateFault(Fault.UNKNOWN_NAME, detail=f"{obj.name}.{attribute}")
        return super().getattr(obj, attribute)


class _Loader(BaseLoader):
    """Loads templates from the package and keeps their sources, for the hash of the draft."""

    def __init__(self, sources: dict[str, str]) -> None:
        self._sources = sources

    def get_source(
        self,
        environment: Environment,  # noqa: ARG002 - Jinja2 calls every loader so
        template: str,
    ) -> tuple[str, str, Callable[[], bool]]:
        """Read one template."""
        self._sources[template] = text = template_text(template)
        return text, template, lambda: True


def _fact(value: object) -> Fact:
    if not isinstance(value, Fact):
        raise TemplateFault(Fault.NOT_A_FACT, detail=repr(value))
    return value


def _filter(write: Write) -> Callable[[object], Markup]:
    return lambda value: _fact(value).written(write)


def _term(value: object) -> Markup:
    fact = _fact(value)
    return fact.written(lambda entered, _: fact.term(str(entered)))


def _list(value: object) -> Markup:
    fact = _fact(value)
    return fact.written(lambda _, language: values.enumeration(list(fact), language))


def _years(value: object, start: object) -> Markup:
    fact, first = _fact(value), _fact(start)
    if first.value is None:
        return first.gap()
    return fact.written(lambda term, language: values.years(str(first.value), term, language))


def _paragraphs(value: object) -> Markup:
    fact = _fact(value)
    if fact.value is None:
        return fact.gap()
    fact.as_entered()
    return Markup("\n\n").join(marked(part) for part in values.paragraphs(str(fact.value)))


def _called(value: object, label: str) -> Fact:
    return _fact(value).called(label)


def _latest(*facts: object) -> Fact:
    """Give the fact that was stated last; where none was stated, the first."""
    found = [_fact(fact) for fact in facts]
    stated = [fact for fact in found if fact.value is not None]
    return max(stated, key=lambda fact: fact.sequence) if stated else found[0]


def _is_stated(value: object) -> bool:
    return _fact(value).value is not None


def _is_later_than(value: object, other: object) -> bool:
    return _is_stated(value) and _latest(other, value) is value


def _is_indefinite(value: object) -> bool:
    return _fact(value).value == {"months": None, "until": None}


def _printed(value: object) -> object:
    """Let nothing through but what is Markdown already, a fact, or words to be escaped."""
    if hasattr(value, "__html__"):
        return value
    if isinstance(value, (str, int)) and not isinstance(value, bool):
        return marked(str(value))
    return value if isinstance(value, StrictUndefined) else _fact(value)


def _naming(say: Callable[..., str], language: Language) -> Callable[..., Markup]:
    def named(case: str = "nominative", *, article: bool = True, start: bool = False) -> Markup:
        name = say(language, Case(case), article=article)
        return marked(name[:1].upper() + name[1:] if start else name)

    return named


def _environment(facts: Facts, sources: dict[str, str]) -> Environment:
    environment = _Sandbox(
        loader=_Loader(sources),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters = {
        "called": _called,
        "list": _list,
        "paragraphs": _paragraphs,
        "term": _term,
        "years": _years,
        **{name: _filter(write) for name, write in _WRITERS.items()},
    }
    environment.tests = {
        "indefinite": _is_indefinite,
        "later_than": _is_later_than,
        "stated": _is_stated,
    }
    environment.globals = {
        **facts.groups(),
        "city": _naming(city.name, facts.language),
        "municipality": _naming(city.legal_person, facts.language),
        "latest": _latest,
    }
    return environment


def _where(error: BaseException) -> dict[str, object]:
    """Tell the template and the line that an error comes from."""
    if isinstance(error, TemplateSyntaxError):
        return {"template": error.name or "", "line": error.lineno}
    trace, found = error.__traceback__, dict[str, object]()
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith(_SUFFIX):
            found = {"template": file, "line": trace.tb_lineno}
        trace = trace.tb_next
    return found


def written(name: str, facts: Facts, sources: dict[str, str]) -> str:
    """Write a template "folder/language" in the language of the facts.

    Args:
        name: the template without its suffix.
        facts: what it may use; remembers what it did use.
        sources: is filled with every template read, by name.

    Raises:
        TemplateFault: with template and line.
    """
    try:
        return _environment(facts, sources).get_template(f"{name}{_SUFFIX}").render()
    except TemplateFault as fault:
        raise fault.within(**_where(fault)) from None
    except TemplateSyntaxError as error:
        raise TemplateFault(
            Fault.TEMPLATE_SYNTAX, detail=str(error.message), **_where(error)
        ) from error
    except (TemplateError, TypeError, ValueError) as error:
        raise TemplateFault(Fault.UNKNOWN_NAME, detail=str(error), **_where(error)) from error
