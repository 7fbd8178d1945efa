"""One requisition: who requires is checked, each item is answered, the answer is closed, then printed."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.requisitions import actions, queries
from egide.field.requisitions.choices import Answer, Check, Quality, State
from egide.field.requisitions.pdf import render_pdf
from egide.foundation.accounts.queries import list_names
from egide.foundation.catalogue import get_article
from egide.foundation.clock import now
from egide.web.components.shapes import Action, Fact, FileLink, Record, Tag
from egide.web.components.words import day, language, moment, words
from egide.web.field.thresholds import READ, WRITE, account_of, attempt, in_case, nothing_here
from egide.web.field.wording import case_url, choices, label, trail


class CheckForm(forms.Form):
    """How whoever requires was checked."""

    way = forms.ChoiceField(
        label=gettext_lazy("How the identity was checked"), choices=Check.choices, widget=forms.RadioSelect,
        help_text=gettext_lazy("Never by the number written on the requisition itself."),
    )  # fmt: skip


class AsideForm(forms.Form):
    """Why nothing is answered."""

    because = forms.CharField(
        label=gettext_lazy("Why it is set aside"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class AnswerForm(forms.Form):
    """What is answered to one item."""

    answer = forms.ChoiceField(label=gettext_lazy("Answer"), widget=forms.RadioSelect)
    ground = forms.ChoiceField(
        label=gettext_lazy("Legitimate ground"),
        required=False,
        help_text=gettext_lazy("Only when it is not handed over."),
    )
    words = forms.CharField(
        label=gettext_lazy("Document handed over, or reasons"), required=False, max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=gettext_lazy("These words are printed on the answer."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = [(value, text) for value, text in Answer.choices if value != Answer.PENDING]
        self.fields["answer"].choices = said  # type: ignore[attr-defined]
        self.fields["ground"].choices = choices("requisition-grounds", blank=_("None"))  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    """The answer changes no more once it is closed."""

    sure = forms.BooleanField(label=gettext_lazy("I have read the answer again: it will change no more"))


def _of_case(methods: tuple[str, ...] = READ) -> Callable[[Callable[..., HttpResponse]], Any]:
    """Find the requisition that the address names in this file, and hand it to the view."""

    def decorate(view: Callable[..., HttpResponse]) -> Any:
        @in_case(methods)
        @wraps(view)
        def found(request: HttpRequest, case: Any, requisition: UUID, **more: Any) -> HttpResponse:
            this = queries.get_requisition(case, requisition)
            if this is None:
                return nothing_here(request, _("There is no such requisition in this file."))
            return view(request, case, this, **more)

        return found

    return decorate


@_of_case(WRITE)
def requisition(request: HttpRequest, case: Any, this: Any) -> HttpResponse:
    """Show it, and check who requires."""
    form = CheckForm(request.POST if request.method == "POST" else None) if this.state == State.RECEIVED else None
    if request.method == "POST" and form is not None and form.is_valid():
        told = {"requisition": this, "way": Check(form.cleaned_data["way"]), "by": account_of(request), "now": now()}
        if attempt(request, case, actions.check_requirer, form=form, **told):
            return redirect("requisition", case=case.id, requisition=this.id)
    items = list(queries.list_items(this))
    pending = [item for item in items if item.answer == Answer.PENDING]
    context = _page(
        case, _("Requisition"), form=form, facts=_facts(this), tags=[Tag(str(State(this.state).label))],
        items=[_item_record(case, this, item) for item in items],
        checked=this.state == State.CHECKED, submit=_("The identity is checked"),
        ways=_ways(case, this, bool(pending)), files=_files(case, this),
        law=words(get_article(this.article, this.received_on).summary),
    )  # fmt: skip
    return render(request, "field/requisitions/requisition.html", context)


@_of_case(WRITE)
def aside(request: HttpRequest, case: Any, this: Any) -> HttpResponse:
    """Set it aside: nothing is handed over."""

    def save(told: dict[str, Any], by: UUID) -> Any:
        return actions.set_aside(requisition=this, because=told["because"], by=by, now=now())

    return _form_page(
        request, case, this, AsideForm(_sent(request)), save, title=_("Set aside"), submit=_("Set it aside"),
        lead=_("Nothing is handed over. Say it also to whoever required, by the way you checked."),
    )  # fmt: skip


@_of_case(WRITE)
def close(request: HttpRequest, case: Any, this: Any) -> HttpResponse:
    """Close the answer, once each item has one."""

    def save(told: dict[str, Any], by: UUID) -> Any:
        return actions.close_answer(requisition=this, by=by, now=now()) if told["sure"] else None

    facts = [
        Fact(item.asked, ", ".join(filter(None, (str(Answer(item.answer).label), item.words))))
        for item in queries.list_items(this)
    ]
    return _form_page(
        request, case, this, CloseForm(_sent(request)), save, title=_("Close the answer"), submit=_("Close the answer"),
        lead=_("This is what will be printed. Once it is closed, nothing of it changes."), facts=facts,
    )  # fmt: skip


@_of_case(WRITE)
def item_answer(request: HttpRequest, case: Any, this: Any, item: UUID) -> HttpResponse:
    """Answer one item."""
    found = queries.get_item(this, item)
    if found is None:
        return nothing_here(request, _("There is no such requisition in this file."))

    def save(told: dict[str, Any], by: UUID) -> Any:
        return actions.answer_item(item=found, by=by, now=now(), **(told | {"answer": Answer(told["answer"])}))

    known = (
        {} if found.answer == Answer.PENDING else {name: getattr(found, name) for name in ("answer", "ground", "words")}
    )
    return _form_page(
        request, case, this, AnswerForm(_sent(request), initial=known), save,
        title=_("Item %(place)s") % {"place": found.place}, submit=_("Keep this answer"), lead=found.asked,
    )  # fmt: skip


@_of_case()
def answer_pdf(request: HttpRequest, case: Any, this: Any) -> HttpResponse:
    """The answer as PDF; its printing is in the trail of the file."""
    made = attempt(
        request, case, lambda **told: render_pdf(queries.make_answer(**told), language()), requisition=this, now=now()
    )
    if made is None:
        return redirect("requisition", case=case.id, requisition=this.id)
    headers = {"Content-Disposition": f'attachment; filename="reponse-{case.reference}.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _form_page(
    request: HttpRequest, case: Any, this: Any, form: forms.Form, save: Callable[..., Any], **said: Any
) -> HttpResponse:
    """Ask, do, go back to the requisition; what was typed stays when it is refused."""
    sent = request.method == "POST" and form.is_valid()
    if sent and attempt(request, case, save, form=form, told=form.cleaned_data, by=account_of(request)) is not None:
        return redirect("requisition", case=case.id, requisition=this.id)
    cancel = Action(_("Go back"), case_url("requisition", case, requisition=this.id), "plain")
    return render(request, "field/form.html", _page(case, said.pop("title"), form=form, cancel=cancel, **said))


def _page(case: Any, title: str, **more: Any) -> dict[str, Any]:
    steps = [*trail(case)[:2], Action(_("Requisitions"), case_url("requisitions", case)), Action(title, "")]
    return {"case": case, "title": title, "section": "today", "closed": True, "trail": steps, **more}


def _facts(this: Any) -> list[Fact]:
    names = list_names(filter(None, (this.received_by, this.checked_by, this.closed_by)))
    checked = ", ".join(
        filter(None, (str(Check(this.check_way).label), moment(this.checked_at), names.get(str(this.checked_by), "")))
    ) if this.check_way else _("not yet: nothing is handed over before")  # fmt: skip
    facts = [
        Fact(_("Who requires"), f"{this.requirer}, {Quality(this.quality).label}"),
        Fact(_("Service"), this.service),
        Fact(_("Text"), label("requisition-articles", this.article)),
        Fact(_("Inquiry"), this.inquiry),
        Fact(_("Received"), day(this.received_on), note=names.get(str(this.received_by), "")),
        Fact(_("Answer asked before"), day(this.due_on) if this.due_on else ""),
        Fact(_("Identity checked"), checked),
        Fact(_("Set aside"), this.set_aside_because),
        Fact(_("Closed"), moment(this.closed_at) if this.closed_at else "", note=names.get(str(this.closed_by), "")),
    ]
    return [fact for fact in facts if fact.words]


def _item_record(case: Any, this: Any, item: Any) -> Record:
    url = case_url("requisition_item", case, requisition=this.id, item=item.id) if this.state == State.CHECKED else ""
    told = ". ".join(filter(None, (label("requisition-grounds", item.ground) if item.ground else "", item.words)))
    return Record(f"{item.place}. {item.asked}", url, told, (Tag(str(Answer(item.answer).label)),))


def _ways(case: Any, this: Any, pending: bool) -> list[Action]:
    ways = []
    if this.state == State.CHECKED and not pending:
        ways.append(Action(_("Close the answer"), case_url("close_requisition", case, requisition=this.id), "primary"))
    if this.state in (State.RECEIVED, State.CHECKED):
        ways.append(Action(_("Set aside"), case_url("set_aside_requisition", case, requisition=this.id), "plain"))
    return [*ways, Action(_("Go back"), case_url("requisitions", case), "plain")]


def _files(case: Any, this: Any) -> list[FileLink]:
    if this.state != State.ANSWERED:
        return []
    url = case_url("requisition_pdf", case, requisition=this.id)
    return [FileLink(_("Answer to print"), url, _("to sign and to hand over"), "application/pdf", language())]
