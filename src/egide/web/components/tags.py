"""The components as template tags. Each is drawn by `components/<name>.html` of the theme; a page writes no class.

Lives here: names and parameters. Not here: any HTML. Adding a component is one function here and one template in each
theme; a test refuses one without the other.
"""

from collections.abc import Sequence
from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField
from django.http import HttpRequest
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi

from egide.web import languages

from . import words
from .shapes import Action

register = template.Library()

for _name in ("words", "day", "moment", "whole", "size", "joined"):
    register.filter(_name, getattr(words, _name))


def _draw(context: Context, component: str, **values: Any) -> SafeString:
    assert context.template is not None, "A component is drawn inside a page."
    found = context.template.engine.get_template(f"components/{component}.html")
    return found.render(context.new({"csrf_token": context.get("csrf_token"), **values}))


@register.simple_block_tag(takes_context=True)
def part(context: Context, content: str, title: str = "", id: str = "", level: int = 2, words: str = "") -> SafeString:
    """A part of a page under a title of level 2 or 3."""
    return _draw(context, "part", content=content, title=title, id=id, level=level, words=words)


@register.simple_block_tag(takes_context=True)
def prose(context: Context, content: str) -> SafeString:
    """Running text, at a width that reads well."""
    return _draw(context, "prose", content=content)


@register.simple_block_tag(takes_context=True)
def panel(context: Context, content: str, title: str = "", id: str = "", level: int = 2) -> SafeString:
    """A part set apart from the text around it."""
    return _draw(context, "panel", content=content, title=title, id=id, level=level)


@register.simple_block_tag(takes_context=True)
def notice(context: Context, content: str, title: str = "", tone: str = "plain", live: bool = False) -> SafeString:
    """A notice or an alert; `tone`: plain, good, warn or bad. `live` is read out when the page opens."""
    return _draw(context, "notice", content=content, title=title, tone=tone, live=live)


@register.simple_block_tag(takes_context=True)
def nothing(context: Context, content: str, title: str = "", actions: Sequence[Action] = ()) -> SafeString:
    """What a list says when there is nothing in it: why, and what to do."""
    return _draw(context, "nothing", content=content, title=title, actions=actions)


@register.simple_block_tag(takes_context=True)
def aside(context: Context, content: str) -> SafeString:
    """Content that stands beside the main text where there is room, before it on a phone."""
    return _draw(context, "aside", content=content)


@register.simple_block_tag(takes_context=True)
def beside(context: Context, content: str) -> SafeString:
    """A pair of an `aside` and the text it goes with."""
    return _draw(context, "beside", content=content)


@register.simple_block_tag(takes_context=True)
def unfold(context: Context, content: str, title: str = "", open: bool = False) -> SafeString:
    """Details that open on demand."""
    return _draw(context, "unfold", content=content, title=title, open=open)


@register.simple_block_tag(takes_context=True)
def entry(
    context: Context,
    content: str,
    form: BaseForm | None = None,
    action: str = "",
    submit: str = "",
    files: bool = False,
    danger: bool = False,
    cancel: Action | None = None,
    second: str = "",
    second_name: str = "stop",
) -> SafeString:
    """A form that posts: the summary of its errors, its fields or the content given, one button or two.

    A form may name in `later` the fields that can wait: they fold under `later_title`. `all_optional`: it says so itself.
    """
    visible, folded = form.visible_fields() if form is not None else [], getattr(form, "later", ())
    return _draw(
        context,
        "entry",
        content=content,
        form=form,
        action=action,
        submit=submit,
        files=files,
        danger=danger,
        cancel=cancel,
        second=second,
        second_name=second_name,
        first=[field for field in visible if field.name not in folded],
        later=[field for field in visible if field.name in folded],
    )


@register.simple_block_tag(takes_context=True)
def letter(context: Context, content: str, language: str = "") -> SafeString:
    """The frame of a letter's body, in the language it was written in."""
    return _draw(context, "letter", content=content, language=language)


@register.simple_tag(takes_context=True)
def heading(
    context: Context, title: str, words: str = "", over: str = "", tags: Sequence[Any] = (), language: str = ""
) -> SafeString:
    """The one title of a page, what stands over it, its states and its first sentence; `language`: theirs, if not the page's."""
    return _draw(context, "heading", title=title, words=words, over=over, tags=tags, language=language)


@register.simple_tag(takes_context=True)
def breadcrumb(context: Context, trail: Sequence[Action]) -> SafeString:
    """The way back; the last one is the page itself."""
    return _draw(context, "breadcrumb", trail=trail)


@register.simple_tag(takes_context=True)
def keyfigures(context: Context, figures: Sequence[Any], label: str = "") -> SafeString:
    """Figures in large numerals, each leading to its passport."""
    return _draw(context, "keyfigures", figures=figures, label=label)


@register.simple_tag(takes_context=True)
def bigfigure(context: Context, text: str, qualifier: str = "", value: bool = True) -> SafeString:
    """One figure, as large as the page can bear."""
    return _draw(context, "bigfigure", text=text, qualifier=qualifier, value=value)


@register.simple_tag(takes_context=True)
def figurelink(context: Context, text: str, url: str) -> SafeString:
    """A figure in a sentence, which leads to its passport."""
    return _draw(context, "figurelink", text=text, url=url)


@register.simple_tag(takes_context=True)
def datatable(context: Context, table: Any) -> SafeString:
    """A table in a region that scrolls by itself and takes the keyboard."""
    return _draw(context, "datatable", table=table)


@register.simple_tag(takes_context=True)
def facts(context: Context, facts: Sequence[Any]) -> SafeString:
    """A definition list."""
    return _draw(context, "facts", facts=facts)


@register.simple_tag(takes_context=True)
def passport(context: Context, facts: Sequence[Any], title: str = "") -> SafeString:
    """The passport of a figure: what it counts, where, when, from whom."""
    return _draw(context, "passport", facts=facts, title=title)


@register.simple_tag(takes_context=True)
def lineage(context: Context, steps: Sequence[Any]) -> SafeString:
    """From the delivery to the figure, one stage after the other."""
    return _draw(context, "lineage", steps=steps)


@register.simple_tag(takes_context=True)
def findings(context: Context, findings: Sequence[Any], why: bool = False) -> SafeString:
    """What was found, each with its place and its remedy; `why`: its reason instead."""
    return _draw(context, "findings", findings=findings, why=why)


@register.simple_tag(takes_context=True)
def steps(context: Context, steps: Sequence[Any], label: str = "") -> SafeString:
    """A procedure: what is done, what to do next, what comes later."""
    return _draw(context, "steps", steps=steps, label=label)


@register.simple_tag(takes_context=True)
def records(context: Context, records: Sequence[Any], label: str = "", level: int = 2) -> SafeString:
    """A list of things that have a page of their own."""
    return _draw(context, "records", records=records, label=label, level=level)


@register.simple_tag(takes_context=True)
def files(context: Context, files: Sequence[Any], label: str = "") -> SafeString:
    """Files to take away."""
    return _draw(context, "files", files=files, label=label)


@register.simple_tag(takes_context=True)
def contents(context: Context, headings: Sequence[Action], label: str = "") -> SafeString:
    """The contents of a long page."""
    return _draw(context, "contents", headings=headings, label=label)


@register.simple_tag(takes_context=True)
def versions(context: Context, sheets: Sequence[Any], conflict: bool = False) -> SafeString:
    """What was written, observed and told apart; two versions of it stand side by side, and neither covers the other."""
    return _draw(context, "versions", sheets=sheets, conflict=conflict)


@register.simple_tag(takes_context=True)
def state(context: Context, tag: Any) -> SafeString:
    """A state in one or two words."""
    return _draw(context, "state", tag=tag)


@register.simple_tag(takes_context=True)
def actions(context: Context, actions: Sequence[Action]) -> SafeString:
    """What can be done from here."""
    return _draw(context, "actions", actions=actions)


@register.simple_tag(takes_context=True)
def ways(context: Context, act: Action, label: str, links: Sequence[Action]) -> SafeString:
    """The one act of a page, and beside it the other ways from here behind a word; it opens without a script."""
    return _draw(context, "ways", act=act, label=label, links=links)


@register.simple_tag(takes_context=True)
def taps(context: Context, taps: Sequence[Any], action: str = "", tick: Any = None) -> SafeString:
    """Buttons that each do one thing at once; `tick`: a box to tick that goes with whichever is pressed."""
    return _draw(context, "taps", taps=taps, action=action, tick=tick)


@register.simple_tag(takes_context=True)
def board(context: Context, squares: Sequence[Any], label: str = "") -> SafeString:
    """A board of domains: each with its state drawn and said, its buttons and its links."""
    return _draw(context, "board", squares=squares, label=label)


@register.simple_tag(takes_context=True)
def pointmap(context: Context, drawing: Any, label: str = "") -> SafeString:
    """A map drawn here: numbered points that a list beside it explains. It asks no outside server."""
    return _draw(context, "pointmap", drawing=drawing, label=label)


@register.simple_tag(takes_context=True)
def serieschart(context: Context, curve: Any, label: str = "") -> SafeString:
    """The curve of a series, cut at its break; `label` says in words what it shows."""
    return _draw(context, "serieschart", curve=curve, label=label)


@register.simple_tag(takes_context=True)
def position(context: Context) -> SafeString:
    """A button, where the device can say where it is, that sends the form with its position in the body."""
    return _draw(context, "position")


@register.simple_tag(takes_context=True)
def secret(context: Context, text: str, label: str = "") -> SafeString:
    """A secret shown once, large enough to be read out."""
    return _draw(context, "secret", text=text, label=label)


@register.simple_tag(takes_context=True)
def numbers(context: Context, numbers: Sequence[int], label: str = "") -> SafeString:
    """Numbers that are called, latest first, large enough to be read across a hall."""
    return _draw(context, "numbers", numbers=numbers, label=label)


@register.simple_tag(takes_context=True)
def button(context: Context, label: str, url: str, kind: str = "secondary") -> SafeString:
    """A link that looks like the act it is."""
    return _draw(context, "actions", actions=[Action(label, url, kind)])


@register.simple_tag(takes_context=True)
def field(context: Context, field: BoundField) -> SafeString:
    """A field with its label, its help and its errors, tied together for those who listen to the page."""
    told = {"help": field.help_text, "error": field.errors}
    ids = " ".join(f"{field.auto_id}_{name}" for name, words in told.items() if words)
    attributes: dict[str, str | bool] = {"aria-describedby": ids} if ids else {}
    single = getattr(field.field.widget, "input_type", "") == "checkbox" and not field.use_fieldset
    drawn = "" if field.use_fieldset else field.as_widget(attrs=attributes)
    optional = not field.field.required and not getattr(field.form, "all_optional", False)
    many = bool(getattr(field.field.widget, "allow_multiple_selected", False))
    return _draw(
        context, "field", field=field, control=drawn, described=ids, single=single, many=many, optional=optional
    )


@register.simple_tag(takes_context=True)
def pager(context: Context, page: Any) -> SafeString:
    """The way from one page of a list to the others; nothing when there is one page."""
    return _draw(context, "pager", page=page)


@register.simple_tag(takes_context=True)
def help_numbers(context: Context) -> SafeString:
    """Whom to call in danger or to be listened to: on every public page."""
    return _draw(context, "help_numbers")


@register.simple_tag(takes_context=True)
def page_in(context: Context, language: str, absolute: bool = False) -> str:
    """The address of this very page in another language."""
    request = context.get("request")
    path = str(request.get_full_path() if isinstance(request, HttpRequest) else context.get("path") or "/")
    address = languages.in_language(path, language)
    if not absolute or not isinstance(request, HttpRequest) or context.get("bare"):
        return address
    return request.build_absolute_uri(address)


@register.simple_tag(takes_context=True)
def page_languages(context: Context) -> list[languages.Language]:
    """The languages this very page is offered in."""
    match = getattr(context.get("request"), "resolver_match", None)
    return languages.languages_of(match.view_name if match and not context.get("closed") else "")


@register.simple_tag
def page_direction() -> str:
    """Which way the language of the page is written: ltr or rtl."""
    return "rtl" if get_language_bidi() else "ltr"


@register.simple_tag
def only_safety() -> bool:
    """Whether the language of the page is spoken on the safety pages alone: the shell then leads to them alone."""
    return languages.only_safety()


@register.simple_tag
def quit_address() -> str:
    """The neutral page that the quick exit leads to."""
    return str(settings.EGIDE_EXIT)


@register.simple_tag
def page_language() -> str:
    """The language of the page, as the `lang` attribute wants it."""
    return languages.spoken()
