"""What is known of one child. Nothing is required: unknown and not asked are answers, and no child is made to tell."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from egide.field.casefiles.choices import EntryKind
from egide.field.children.actions import LISTS, Told
from egide.field.persons.answers import Answer
from egide.web.components.codes import choices

SAID = [(each.value, each.label) for each in (Answer.YES, Answer.NO, Answer.UNKNOWN, Answer.NOT_ASKED)]
NAMES = ("age", "home", "authority", "visits", "safe_tonight", "listened_to", "seen_by_doctor", "school_knows")


def _asked(label: Any, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        choices=SAID,
        initial=Answer.NOT_ASKED,
        required=False,
        widget=forms.RadioSelect,
    )


class PartForm(forms.Form):
    """The part of one child."""

    all_optional = True
    age = forms.ChoiceField(label=gettext_lazy("Age"), required=False)
    home = forms.ChoiceField(label=gettext_lazy("Where the child lives"), required=False)
    safe_tonight = _asked(gettext_lazy("Is the child safe tonight?"))
    listened_to = _asked(
        gettext_lazy("Has a professional listened to the child alone?"),
        gettext_lazy("A child is not made to tell. If a child speaks, listen, and note the words."),
    )
    seen_by_doctor = _asked(gettext_lazy("Has a doctor seen the child?"))
    school_knows = _asked(gettext_lazy("Does the school know whom to call, and who may not fetch the child?"))
    authority = forms.ChoiceField(label=gettext_lazy("Parental authority"), required=False)
    visits = forms.ChoiceField(label=gettext_lazy("Visits of the alleged perpetrator"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, nomenclature in LISTS.items():
            self.fields[name].choices = choices(nomenclature)  # type: ignore[attr-defined]
            self.fields[name].initial = "unknown"

    def told(self) -> Told:
        """What the action wants; a field left out says nothing new, so it stays unknown."""
        clean: dict[str, Any] = {name: self.cleaned_data[name] or "unknown" for name in NAMES[:4]}
        clean |= {name: Answer(self.cleaned_data[name] or Answer.NOT_ASKED) for name in NAMES[4:]}
        return Told(**clean)


class NewChildForm(PartForm):
    """A child to add to the file; a name is not required."""

    given_name = forms.CharField(label=gettext_lazy("Given name"), max_length=100, required=False)
    family_name = forms.CharField(label=gettext_lazy("Family name"), max_length=100, required=False)
    sex = forms.ChoiceField(
        label=gettext_lazy("Sex"), required=False, initial="U",
        choices=[("F", gettext_lazy("girl")), ("M", gettext_lazy("boy")), ("U", gettext_lazy("unknown"))],
    )  # fmt: skip
    field_order = ["given_name", "age", "home", "safe_tonight"]
    later = ("family_name", "sex", "listened_to", "seen_by_doctor", "school_knows", "authority", "visits")
    later_title = gettext_lazy("What can wait: name, listening, doctor, school, authority, visits")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("given_name", "family_name"):
            self.fields[name].widget.attrs["autocomplete"] = "off"


class WordForm(forms.Form):
    """Something of that one child."""

    kind = forms.ChoiceField(label=gettext_lazy("Nature"), choices=EntryKind.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=gettext_lazy("Words"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("A child’s words as they were said, between quotation marks."),
    )  # fmt: skip
