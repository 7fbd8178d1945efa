"""When a person may be contacted: only by the channel, in the hours and with the words she stated safe (X07, Z05)."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from .models import Channel, Person, SafeContact


class ContactRefused(PermissionError):
    """No outbound contact now; the sentence says why and what to do instead."""


WRITTEN = (Channel.SMS, Channel.EMAIL)


def check_can_write(person: Person) -> SafeContact:
    """Return the safe contact by which a message may be held for her; raise ContactRefused when none carries one (Z05)."""
    stated = SafeContact.objects.filter(person=person, withdrawn_at__isnull=True).first()
    if stated is None:
        raise ContactRefused(_("She has stated no safe contact: do not write or call. Hand over an appointment slip."))
    if stated.channel not in WRITTEN:
        raise ContactRefused(
            _("Her safe channel is: %(channel)s. No message is sent.") % {"channel": Channel(stated.channel).label}
        )
    if not stated.wording.strip():
        raise ContactRefused(_("She has not said which words are safe: agree on them with her before any message."))
    return stated


def check_can_contact(person: Person, channel: Channel, now: datetime) -> SafeContact:
    """Return the safe contact to use, or raise ContactRefused."""
    stated = SafeContact.objects.filter(person=person, withdrawn_at__isnull=True).first()
    if stated is None:
        raise ContactRefused(_("She has stated no safe contact: do not write or call. Hand over an appointment slip."))
    if stated.channel != channel:
        raise ContactRefused(
            _("Her safe channel is: %(channel)s. Use no other.") % {"channel": Channel(stated.channel).label}
        )
    if not stated.from_time <= timezone.localtime(now).time() < stated.to_time:
        raise ContactRefused(
            _("Her safe hours are from %(start)s to %(end)s: the message is held until then.")
            % {"start": f"{stated.from_time:%H:%M}", "end": f"{stated.to_time:%H:%M}"}
        )
    return stated
