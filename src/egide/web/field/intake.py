"""Opening a file: how she can safely be reached is asked first; a name is not required, nor a commune, nor reasons (R01).

Lives here: the form and its page. Not here: the rules of a file (the actions) nor of a contact (persons).
"""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.casefiles.actions import open_case_file
from egide.field.casefiles.choices import Category
from egide.field.casefiles.queries import list_known
from egide.field.persons.actions import add_person, state_safe_contact
from egide.field.persons.answers import Answer
from egide.foundation.catalogue import UnknownEntry, get_territory
from egide.foundation.clock import now
from egide.foundation.organisations.queries import list_workplaces
from egide.web.components.shapes import Action
from egide.web.entrance import ActionRefused, enters

from .contact import ContactForm
from .roles import FIELD
from .thresholds import REFUSALS, WRITE, account_of, sentence_of
from .wording import choices, full_name, languages, trail

WHO = ("given_name", "family_name", "sex", "age_band", "language", "needs_interpreter", "minor")
SOMEONE_ELSE, NAME_LENGTH = "someone-else", 100
WHAT = ("reasons", "violence_forms", "commune")


class IntakeForm(ContactForm):
    """The least that opens a file: for whom, and how the person came. Everything else can wait or stay unknown."""

    category = forms.ChoiceField(
        label=gettext_lazy("For whom"), choices=Category.choices, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say for whom the file is opened.")},
    )  # fmt: skip
    origin = forms.ChoiceField(
        label=gettext_lazy("How the person came"), widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say how the person came.")},
    )  # fmt: skip
    given_name = forms.CharField(label=gettext_lazy("Given name"), max_length=100, required=False)
    family_name = forms.CharField(label=gettext_lazy("Family name"), max_length=100, required=False)
    sex = forms.ChoiceField(
        label=gettext_lazy("Sex"), required=False, initial="U",
        choices=[("F", gettext_lazy("woman")), ("M", gettext_lazy("man")), ("U", gettext_lazy("unknown"))],
    )  # fmt: skip
    age_band = forms.ChoiceField(label=gettext_lazy("Age"), required=False, initial="U")
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False, initial="fr")
    needs_interpreter = forms.ChoiceField(
        label=gettext_lazy("Needs an interpreter"), choices=Answer.choices, required=False, initial=Answer.NOT_ASKED
    )
    minor = forms.ChoiceField(
        label=gettext_lazy("Is a minor"), choices=Answer.choices, required=False, initial=Answer.NOT_ASKED
    )
    reasons = forms.MultipleChoiceField(
        label=gettext_lazy("Reasons of the meeting"), required=False, widget=forms.CheckboxSelectMultiple
    )
    violence_forms = forms.MultipleChoiceField(
        label=gettext_lazy("Forms of violence told"), required=False, widget=forms.CheckboxSelectMultiple
    )
    commune = forms.CharField(
        label=gettext_lazy("Commune where the person lives"), required=False, max_length=5,
        help_text=gettext_lazy("Its INSEE code, five characters. Any commune: nobody is turned away for where they live."),
    )  # fmt: skip
    organisation = forms.ChoiceField(label=gettext_lazy("In which service"))

    later = (*WHO, *WHAT)
    later_title = gettext_lazy("What can wait: name, age, language, reasons, commune")
    field_order = ["same_as", "channel", "address", "from_time", "to_time", "wording", "category", "origin"]

    def __init__(self, *args: Any, workplaces: list[Any], known: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if known:
            self.fields["same_as"] = _same_as(known)
            self.order_fields(self.field_order)
        listed = {
            "origin": choices("case-origins"), "age_band": choices("age-bands"), "language": languages(),
            "reasons": choices("case-reasons"), "violence_forms": choices("violence-forms"),
            "organisation": [(str(place.id), place.name) for place in workplaces],
        }  # fmt: skip
        for name, found in listed.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]
        self.workplaces = {str(place.id): place for place in workplaces}
        if len(workplaces) == 1:
            field = self.fields["organisation"]
            field.initial, field.widget = str(workplaces[0].id), forms.HiddenInput()
        for name in ("given_name", "family_name", "address", "commune"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean_commune(self) -> str:
        """A code of the list of communes, or nothing."""
        code = str(self.cleaned_data["commune"]).strip().upper()
        try:
            if code and get_territory(code).level != "commune":
                raise UnknownEntry("commune", code, ())
        except UnknownEntry as unknown:
            raise forms.ValidationError(
                _("No commune has the code “%(code)s”. Leave it blank if it is not known.") % {"code": code}
            ) from unknown
        return code


def _standing(known: Any) -> str:
    told = {"name": full_name(known.person), "references": ", ".join(known.references)}
    return _("%(name)s, file %(references)s") % told


def _same_as(known: list[Any]) -> forms.ChoiceField:
    """Whether the person is one of those already in one's own files; asked only when there is someone (Z02)."""
    listed = [(str(each.person.id), _standing(each)) for each in known]
    return forms.ChoiceField(
        label=_("Someone of that name, or nearly, is already in your files"), widget=forms.RadioSelect,
        choices=[*listed, (SOMEONE_ELSE, _("It is someone else"))],
        error_messages={"required": _("Say whether it is the same person: two records of one person lose what each knows.")},
    )  # fmt: skip


def _known(request: HttpRequest) -> list[Any]:
    """Who of one's own files may be the person whose name was typed."""
    typed = {name: request.POST.get(name, "")[:NAME_LENGTH] for name in ("given_name", "family_name")}
    return list_known(**typed) if request.method == "POST" else []


@enters("field", role=FIELD, methods=WRITE)
def open_case(request: HttpRequest) -> HttpResponse:
    """Ask, then open the file and lead to it."""
    workplaces = list_workplaces(account=account_of(request), now=now())
    known = _known(request)
    form = IntakeForm(request.POST if request.method == "POST" else None, workplaces=workplaces, known=known)
    if request.method == "POST" and form.is_valid():
        same = next((each.person for each in known if str(each.person.id) == form.cleaned_data.get("same_as")), None)
        case = _open(request, form, same)
        return redirect("case", case=case.id)
    context = {
        "form": form,
        "cancel": Action(_("Go back to today’s list"), reverse("today"), "plain"),
        "section": "today",
        "closed": True,
        "trail": trail(here=_("Open a file")),
    }
    return render(request, "field/intake.html", context)


def _open(request: HttpRequest, form: IntakeForm, same: Any) -> Any:
    """Write the person, the file, the contact; all of it or nothing: a refusal takes the request's transaction back."""
    told, moment, by = form.cleaned_data, now(), account_of(request)
    try:
        person = same or add_person(**{name: told[name] for name in WHO if told[name]}, now=moment)
        case = open_case_file(
            person=person, organisation=form.workplaces[told["organisation"]], category=Category(told["category"]),
            origin=told["origin"], by=by, now=moment, **{name: told[name] for name in WHAT},
        )  # fmt: skip
        if told["channel"]:
            state_safe_contact(person=person, **form.contact(), now=moment)
    except REFUSALS as refused:
        raise ActionRefused(
            sentence_of(refused), subject=("page", request.path), back=reverse("open_case")
        ) from refused
    return case
