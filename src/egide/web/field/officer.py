"""The month of the data protection officer: shares without consent, refusals, consultations on a ground (R07)."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateformat import format as dated
from django.utils.translation import gettext as _

from egide.field.oversight.queries import get_month
from egide.foundation.accounts.queries import list_names
from egide.foundation.catalogue import UnknownEntry, get_law, get_sections
from egide.foundation.clock import now
from egide.web.components.shapes import Action, Fact
from egide.web.components.words import day, words
from egide.web.entrance import enters

OFFICER = "DPO"


@enters("field", role=OFFICER)
def officer(request: HttpRequest) -> HttpResponse:
    """Show one month, this one unless the address says another (`?mois=2026-10`)."""
    today = timezone.localdate(now())
    first = _month(request.GET.get("mois", ""), today)
    month = get_month(first, now=now())
    deeds = (*month.refusals, *month.consultations)
    names = list_names([*(share.account for share in month.shares), *(deed.account for deed in deeds)])
    before = date(first.year - (first.month == 1), (first.month - 2) % 12 + 1, 1)
    context = {
        "month": dated(first, "F Y"),
        "shares": [_share(share, names) for share in month.shares],
        "refusals": [_deed(deed, names) for deed in month.refusals],
        "consultations": [_deed(deed, names) for deed in month.consultations],
        "before": [Action(_("The month before"), f"?mois={before:%Y-%m}")],
        "section": "officer",
        "closed": True,
        "trail": [],
    }
    return render(request, "field/officer.html", context)


def _month(text: str, today: date) -> date:
    try:
        asked = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return min(asked, today.replace(day=1))


def _share(share: Any, names: dict[str, str]) -> Fact:
    sections = get_sections().sections
    try:
        article = get_law(share.article).ref
    except UnknownEntry:
        article = share.article
    told = {
        "article": article, "recipient": share.recipient, "who": names.get(share.account, _("an account")),
        "sections": ", ".join(words(sections[code].label) if code in sections else code for code in share.sections),
    }  # fmt: skip
    return Fact(day(share.day), _("%(article)s, to %(recipient)s: %(sections)s. Decided by %(who)s.") % told)


def _deed(deed: Any, names: dict[str, str]) -> Fact:
    kinds = {
        "REFUSED": _("refused by a rule"), "CASE_ATTEMPTED": _("tried a file that is not theirs"),
        "REFERRAL_ATTEMPTED": _("tried a referral that is not theirs"), "REFERRAL_READ": _("read a referral"),
    }  # fmt: skip
    said = kinds.get(deed.code, _("tried what is not theirs") if deed.code.endswith("_ATTEMPTED") else _("read a file"))
    return Fact(
        names.get(deed.account, _("an account")), _("%(deed)s (%(times)s times)") % {"deed": said, "times": deed.times}
    )
