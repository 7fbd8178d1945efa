"""The measures of a file: where each stands today, what it forbids, its breaches, and who asked the register about it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from egide.field.casefiles.queries import get_concerned
from egide.field.protection import actions
from egide.field.protection.choices import Proof, Standing
from egide.field.protection.queries import Ending, Noted, get_measure, list_consultations, list_ending, list_measures
from egide.foundation.accounts.queries import list_names
from egide.foundation.clock import now
from egide.web.components.shapes import Action, Fact, Record, Tag
from egide.web.components.words import day, moment
from egide.web.field.thresholds import WRITE, account_of, attempt, in_case, nothing_here
from egide.web.field.wording import case_url, label, labels, trail

from .forms import BreachForm, LiftForm, MeasureForm


@in_case()
def measures(request: HttpRequest, case: Any) -> HttpResponse:
    """Show the measures of a file, and who asked about them."""
    asked = list(list_consultations(case))
    names = list_names(each.asked_by for each in asked)
    context = {
        "measures": [measure_record(noted, case) for noted in list_measures(case, now=now())],
        "add": [Action(_("Note a measure"), case_url("note_measure", case), "primary")],
        "asked": [Fact(moment(each.asked_at), names.get(str(each.asked_by), "–"), note=_asked(each)) for each in asked],
        "section": "today",
        "closed": True,
        "trail": trail(case, _("Protection measures")),
    }
    return render(request, "field/protection/measures.html", context)


@in_case()
def measure(request: HttpRequest, case: Any, measure: UUID) -> HttpResponse:
    """Show one measure and what can be done about it."""
    noted = next((each for each in list_measures(case, now=now()) if each.measure.id == measure), None)
    if noted is None:
        return nothing_here(request, _("There is no such measure in this file."))
    own = {"measure": measure}
    can = [Action(_("Not respected"), case_url("report_breach", case, **own), "primary")]
    if noted.standing in (Standing.IN_FORCE, Standing.EXPIRED):
        can.append(Action(_("Renewed by the court"), case_url("renew_measure", case, **own)))
    if noted.standing in (Standing.IN_FORCE, Standing.GRANTED):
        can.append(Action(_("Lifted by the court"), case_url("lift_measure", case, **own)))
    context = {
        "title": label("protection-measures", noted.measure.kind),
        "tags": [standing_tag(noted)],
        "facts": measure_facts(noted),
        "breaches": [_breach(each) for each in noted.breaches],
        "can": can,
        "section": "today",
        "closed": True,
        "trail": _under(case, label("protection-measures", noted.measure.kind)),
    }
    return render(request, "field/protection/measure.html", context)


@in_case(WRITE)
def note_measure(request: HttpRequest, case: Any) -> HttpResponse:
    """Note a measure from its order."""
    return _measure_page(request, case, title=_("Note a measure"))


@in_case(WRITE)
def renew_measure(request: HttpRequest, case: Any, measure: UUID) -> HttpResponse:
    """Note the measure that takes over from this one; what it was stays."""
    old = get_measure(case, measure)
    if old is None:
        return nothing_here(request, _("There is no such measure in this file."))
    names = ("kind", "court", "forbidden", "area")
    initial = {name: getattr(old, name) for name in names} | {"proof": Proof.SEEN}
    return _measure_page(request, case, title=_("Renewed by the court"), initial=initial, renews=old)


@in_case(WRITE)
def lift_measure(request: HttpRequest, case: Any, measure: UUID) -> HttpResponse:
    """Note that the court lifted it."""
    found = get_measure(case, measure)
    if found is None:
        return nothing_here(request, _("There is no such measure in this file."))

    def keep(form: LiftForm) -> Any:
        return actions.lift_measure(measure=found, on=form.cleaned_data["on"], by=account_of(request), now=now())

    return _form_page(
        request, case, LiftForm(_sent(request)), keep, title=_("Lifted by the court"), submit=_("The court lifted it"),
        lead=_("Only a decision of the court lifts a measure. This cannot be undone: a new measure would be noted."),
        done=_("It is noted: the register no longer answers with it."),
    )  # fmt: skip


@in_case(WRITE)
def report_breach(request: HttpRequest, case: Any, measure: UUID) -> HttpResponse:
    """Note that it was not respected: the danger is looked at again."""
    found = get_measure(case, measure)
    if found is None:
        return nothing_here(request, _("There is no such measure in this file."))

    def keep(form: BreachForm) -> Any:
        return actions.report_breach(measure=found, **form.breach(), by=account_of(request), now=now())

    form = BreachForm(_sent(request), initial={"happened_at": timezone.localtime(now())})
    return _form_page(
        request, case, form, keep, title=_("The measure was not respected"), submit=_("Note it and look at the danger again"),
        lead=_("If it is happening now, call 17 or 112 first. A breach makes the danger due for review at once."),
        done=_("It is noted. The danger of this file is to be looked at again now."), then="dangers",
    )  # fmt: skip


def ending_records() -> list[Record]:
    """The measures that end soon, for today's list: 30, 7 and 1 days before."""
    return [_ending(each) for each in list_ending(now=now())]


def measure_record(noted: Noted, case: Any) -> Record:
    """A measure in the list of its file."""
    found = noted.measure
    facts = [Fact(_("Forbidden"), labels("forbidden-acts", found.forbidden)), Fact(_("In force"), _span(found))]
    if noted.breaches:
        facts.append(Fact(_("Not respected"), str(len(noted.breaches)), note=_("times noted")))
    return Record(
        label("protection-measures", found.kind), case_url("measure", case, measure=found.id), "", (standing_tag(noted),),
        tuple(facts),
    )  # fmt: skip


def standing_tag(noted: Noted) -> Tag:
    """Where a measure stands today."""
    tone = {Standing.IN_FORCE: "good", Standing.EXPIRED: "warn"}.get(noted.standing, "plain")
    return Tag(str(noted.standing.label), tone)  # type: ignore[arg-type]


def measure_facts(noted: Noted) -> list[Fact]:
    """What the file knows of a measure."""
    found = noted.measure
    facts = [
        Fact(_("Forbidden"), labels("forbidden-acts", found.forbidden)),
        Fact(_("In force"), _span(found)),
        Fact(_("Lifted by the court"), day(found.lifted_on) if found.lifted_on else ""),
        Fact(_("Court"), found.court),
        Fact(_("Decided on"), day(found.decided_on)),
        Fact(_("Area"), found.area),
        Fact(_("Proof"), str(Proof(found.proof).label)),
        Fact(_("Asked by the police as"), _answers_for(found)),
    ]
    return [fact for fact in facts if fact.words]


def _answers_for(found: Any) -> str:
    if found.proof == Proof.TOLD:
        return _("nobody: the order was not seen")
    known = [
        _("the protected person") if found.protected_identity else "",
        _("the person it is against") if found.defendant_identity else "",
    ]
    return ", ".join(each for each in known if each)


def _span(found: Any) -> str:
    if found.last_day is None:
        return _("from %(first)s, until the court says otherwise") % {"first": day(found.from_day)}
    return _("from %(first)s to %(last)s included") % {"first": day(found.from_day), "last": day(found.last_day)}


def _breach(breach: Any) -> Fact:
    return Fact(moment(breach.happened_at), labels("forbidden-acts", breach.acts), note=breach.get_nature_display())


def _asked(asked: Any) -> str:
    motive = label("protection-motives", asked.motive)
    return _("%(motive)s – told: %(answer)s") % {"motive": motive, "answer": asked.get_told_display()}


def _ending(ending: Ending) -> Record:
    found = ending.measure
    words = _("%(measure)s: ends on %(day)s. Ask the court for its renewal in time.") % {
        "measure": label("protection-measures", found.kind),
        "day": day(found.last_day),
    }
    left = Tag(_("%(days)s days left") % {"days": ending.days}, "warn")
    return Record(found.case.reference, case_url("measure", found.case, measure=found.id), words, (left,))


def _measure_page(
    request: HttpRequest, case: Any, *, title: str, initial: Any = None, renews: Any = None
) -> HttpResponse:
    def keep(form: MeasureForm) -> Any:
        person, by = get_concerned(case), account_of(request)
        return actions.note_measure(case=case, protected=person, renews=renews, by=by, now=now(), **form.measure())

    return _form_page(
        request, case, MeasureForm(_sent(request), initial=initial), keep, title=title, submit=_("Note the measure"),
        lead=_("Copy the order. The police will read what is forbidden, and nothing else of what is written here."),
        done=_("The measure is noted. Its end will be announced 30, 7 and 1 days before."),
    )  # fmt: skip


def _form_page(
    request: HttpRequest, case: Any, form: Any, keep: Callable[[Any], Any], *, then: str = "measures", **said: Any
) -> HttpResponse:
    """Ask, do, go on; what was typed stays when it is refused."""
    sent = request.method == "POST" and form.is_valid()
    if sent and attempt(request, case, lambda: keep(form), form=form) is not None:
        messages.success(request, said["done"])
        return redirect(then, case=case.id)
    context = {
        "form": form,
        "cancel": Action(_("Go back to the measures"), case_url("measures", case), "plain"),
        "section": "today",
        "closed": True,
        "trail": _under(case, said["title"]),
        **said,
    }
    return render(request, "field/form.html", context)


def _under(case: Any, here: str) -> list[Action]:
    return [*trail(case), Action(_("Protection measures"), case_url("measures", case)), Action(here, "")]


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None
