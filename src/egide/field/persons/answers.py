"""The six values of an answer (X04): yes and no are values, the four others say why there is none."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Answer(models.TextChoices):
    """What was answered. Unknown, not asked, not applicable and refused never weigh as no."""

    YES = "YES", _("yes")
    NO = "NO", _("no")
    UNKNOWN = "UNKNOWN", _("unknown")
    NOT_ASKED = "NOT_ASKED", _("not asked")
    NOT_APPLICABLE = "NOT_APPLICABLE", _("not applicable")
    REFUSED = "REFUSED", _("declined to answer")


class AnswerField(models.CharField):  # type: ignore[type-arg]  # Django's class takes none at run time
    """A six-valued answer; nobody asked until someone says otherwise."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.update({"max_length": 14, "choices": Answer.choices})
        kwargs.setdefault("default", Answer.NOT_ASKED)
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
