"""The only writes on referrals. The sender acts in a file; the partner, by a link that the database alone moves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from egide.field.casefiles.models import CaseFile
from egide.field.consents.models import Consent
from egide.field.directory.models import Service
from egide.field.needs.actions import set_need
from egide.field.needs.models import State as Need
from egide.field.persons.answers import Answer
from egide.field.persons.models import Person
from egide.foundation import link_secrets
from egide.foundation.audit.actions import record
from egide.foundation.catalogue import recipient_in_law
from egide.foundation.legal.actions import resume_route, suspend_route
from egide.foundation.legal.models import RouteSuspension
from egide.foundation.organisations.models import Organisation
from egide.foundation.organisations.queries import list_seats
from egide.foundation.outbox import actions as outbox
from egide.foundation.outbox.models import Reason
from egide.foundation.wings.entering import Subject

from . import authors, law, permissions, policies, queries
from .models import Audience, Copy, Link, Mode, Referral, State
from .queries import Received
from .states import ANSWERS, BY_PARTNER, LIVE, UNANSWERED

_STAMPS = {
    State.RECEIVED: "received_at",
    State.ACCEPTED: "answered_at",
    State.REFUSED: "answered_at",
    State.NO_CAPACITY: "answered_at",
    State.CONTACT_MADE: "contact_made_at",
    State.CLOSED: "closed_at",
}


@dataclass(frozen=True, repr=False)
class Sent:
    """A referral that has left, and the two secrets, to be handed over now: they cannot be read again."""

    referral: Referral
    token: str
    code: str


@transaction.atomic
def draft_referral(
    *, case: CaseFile, person: Person, service: Service, audience: Audience, by: UUID, now: datetime,
    purpose: str = policies.PURPOSE, sections: Sequence[str] | None = None, mode: Mode = Mode.ACCOMPANIED,
    recipient_name: str = "", author: Organisation | None = None, author_body: str = "", reply_wanted_by: date | None = None,
    agreed: Answer = Answer.NOT_ASKED, sheet: str = law.USUAL_FORM, status: str = "", recipient_kind: str = "", domain: str = "",
    route: str | None = None,
) -> Referral:  # fmt: skip
    """Offer a service to someone of the file. Nothing leaves yet.

    `sheet`, `status`, `recipient_kind`: the question put to the law; blank, those that the account and the service propose.
    `domain`: the square of the board that it answers. A number handed over tells nothing, so nothing is asked. `route`: the
    local route, or "", of a room that has asked the law with its own facts and recorded the text; None: it is asked here.

    `sections` None: the usual ones that she agreed to (AT-15). `author_body` blank: that of the account; another one says
    on whose behalf the referral is written down, as when the police bring someone to the social worker (Z16). Raises
    NotAllowed, MoveRefused, LawRefuses.
    """
    permissions.check_may_refer(by, now)
    day = timezone.localdate(now)
    if sections is None:
        sections = [] if mode == Mode.NUMBER_GIVEN else policies.default_sections(
            person=person, recipient=service.organisation, purpose=purpose, on=day, form=sheet
        )  # fmt: skip
    policies.check_carries(case, person, sections)
    author = author or case.organisation
    author_body = author_body or authors.own_body(by, author, now)
    policies.check_code("service-author-bodies", author_body)
    referral = Referral(
        case=case, person=person, service=service, service_name=service.name, recipient=service.organisation,
        recipient_name=recipient_name, author=author, author_body=author_body, written_by=by, audience=audience, mode=mode,
        purpose=purpose, sections=list(dict.fromkeys(sections)), offered_on=day, agreed=agreed, drafted_at=now,
        reply_wanted_by=reply_wanted_by, form=sheet, domain=domain, status=status or authors.own_status(by, sheet, mode, now),
        recipient_kind=recipient_kind or recipient_in_law(service.themes, service.organisation.kind),
    )  # fmt: skip
    if mode == Mode.ACCOMPANIED:
        referral.route = policies.check_law(referral, day) if route is None else route
    referral.full_clean(validate_unique=False)
    referral.save(force_insert=True)
    detail = {"service": str(service.id), "mode": mode, "audience": audience, "body": author_body}
    record("REFERRAL_DRAFTED", subject=("case", case.id), detail=detail, at=now)
    return referral


@transaction.atomic
def record_agreement(*, referral: Referral, agreed: Answer, recipient_name: str = "", now: datetime) -> Referral:
    """Note what she says of the referral and, if known, who will be told the code."""
    if referral.state != State.DRAFT:
        raise policies.MoveRefused(
            _("Her answer is noted before the sheet leaves; afterwards she withdraws her consent.")
        )
    referral.agreed = agreed
    referral.recipient_name = recipient_name or referral.recipient_name
    referral.save(update_fields=["agreed", "recipient_name"])
    record("REFERRAL_OFFERED", subject=("case", referral.case_id), detail={"agreed": agreed}, at=now)
    return referral


@transaction.atomic
def send_referral(*, referral: Referral, by: UUID, now: datetime, expires_at: datetime | None = None) -> Sent:
    """Send the sheet: her consent, or a recorded ground, must cover exactly its sections for that service.

    Returns the secrets of the link once; only their hashes are stored. Raises NotAllowed,
    MoveRefused, ConsentMissing, LawRefuses.
    """
    permissions.check_may_refer(by, now)
    policies.check_can_send(referral, now)
    referral.state, referral.sent_at = State.SENT, now
    referral.expires_at = expires_at or now + policies.LAPSES_AFTER
    referral.reply_wanted_by = referral.reply_wanted_by or timezone.localdate(now + policies.REMIND_AFTER)
    referral.save(update_fields=["state", "sent_at", "expires_at", "reply_wanted_by"])
    drawn = link_secrets.draw()
    token_hash = link_secrets.hash_token(drawn.token)
    Link(
        case_id=referral.case_id, referral=referral, token_hash=token_hash,
        code_hash=link_secrets.hash_code(token_hash, drawn.code), made_at=now, expires_at=referral.expires_at,
    ).save(force_insert=True)  # fmt: skip
    detail = {"referral": str(referral.id), "recipient": str(referral.recipient_id), "sections": referral.sections}
    record("REFERRAL_SENT", subject=("case", referral.case_id), detail=detail, at=now)
    if referral.domain:
        set_need(
            case=referral.case, domain=referral.domain, to=Need.RED_SENT, partner=referral.service_name, by=by, now=now
        )
    _tell_partner(referral, now)
    return Sent(referral, drawn.token, drawn.code)


@transaction.atomic
def renew_code(*, referral: Referral, by: UUID, now: datetime) -> str:
    """Draw a new code to tell by telephone: a code serves once, and the one before dies.

    A link that was closed, as after five wrong codes, stays closed. Raises NotAllowed, MoveRefused.
    """
    permissions.check_may_refer(by, now)
    link = Link.objects.filter(referral=referral, closed_at__isnull=True, expires_at__gt=now).first()
    if link is None:
        raise policies.MoveRefused(_("This link is closed: write a new referral."))
    code = link_secrets.draw_code()
    link.code_hash, link.attempts = link_secrets.hash_code(link.token_hash, code), 0
    link.save(update_fields=["code_hash", "attempts"])
    record("REFERRAL_CODE_RENEWED", subject=("case", referral.case_id), detail={"referral": str(referral.id)}, at=now)
    return code


@transaction.atomic
def record_answer(*, referral: Referral, to: State, by: UUID, now: datetime, reason: str = "") -> Referral:
    """Note what the service answered by telephone, or that contact was made. Raises NotAllowed, MoveRefused."""
    permissions.check_may_refer(by, now)
    if to not in ANSWERS:
        raise policies.MoveRefused(_("This is not an answer of the service."))
    _check_answer(referral, to, reason)
    _move(referral, to, now, reason=reason)
    return referral


@transaction.atomic
def close_referral(*, referral: Referral, outcome: str, by: UUID, now: datetime) -> Referral:
    """Close the loop by what came of it. Raises NotAllowed, MoveRefused."""
    permissions.check_may_refer(by, now)
    policies.check_can_move(referral, State.CLOSED)
    policies.check_code("service-outcomes", outcome)
    _move(referral, State.CLOSED, now, outcome=outcome)
    return referral


@transaction.atomic
def withdraw_referral(*, referral: Referral, by: UUID, now: datetime) -> Referral:
    """Call a referral back: the link closes at once. Raises NotAllowed, MoveRefused."""
    permissions.check_may_refer(by, now)
    policies.check_can_move(referral, State.WITHDRAWN)
    _move(referral, State.WITHDRAWN, now)
    return referral


@transaction.atomic
def remind(*, referral: Referral, by: UUID, now: datetime) -> Referral:
    """Note that the service was called again about a referral without an answer. Raises NotAllowed, MoveRefused."""
    permissions.check_may_refer(by, now)
    if referral.state not in (State.SENT, State.RECEIVED):
        raise policies.MoveRefused(_("The service has answered: there is nothing to remind it of."))
    referral.reminded_at = now
    referral.save(update_fields=["reminded_at"])
    record("REFERRAL_REMINDED", subject=("case", referral.case_id), detail={"referral": str(referral.id)}, at=now)
    return referral


@transaction.atomic
def remind_due(*, now: datetime) -> int:
    """Mark the referrals without an answer for seven, then fourteen days, and tell who wrote them; a job's work. Return how many.

    The notice leaves by the outbox: it names nobody and says only that something waits (X07).
    """
    first = _each_due("SELECT * FROM remind_referrals(%s)", now - policies.REMIND_AFTER, "REFERRAL_REMINDER_DUE", now)
    late = now - policies.REMIND_AGAIN_AFTER
    again = _each_due("SELECT * FROM remind_referrals_again(%s)", late, "REFERRAL_REMINDER_DUE", now)
    for key, found in (("referral-reminder", first), ("referral-reminder-2", again)):
        for referral, case, writer in found:
            _tell(key, referral, case, [writer], now)
    return len(first) + len(again)


@transaction.atomic
def expire_due(*, now: datetime) -> int:
    """Lapse the referrals that nobody answered in time, close their links, and tell all who may open the file: escalated.

    What they answered is to do again on the board. A job's work. Return how many.
    """
    found = _each_due("SELECT * FROM lapse_referrals(%s)", now, "REFERRAL_EXPIRED", now)
    for referral, case, team in found:
        _drop_notices(referral, Reason.NO_LONGER_NEEDED, now)
        _tell("referral-lapsed", referral, case, team, now)
    _reopen_needs([referral for referral, _case, _team in found], now)
    return len(found)


def close_on_withdrawal(consent: Consent, now: datetime) -> None:
    """Close, in the transaction of the withdrawal, every referral that carries a section no longer covered (trap 17).

    Also those of files that the one who notes the withdrawal may not open: the database finds them.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM close_uncovered_referrals(%s, %s, %s)", [consent.person_id, consent.recipient_id, now]
        )
        closed = cursor.fetchall()
    for referral, case in closed:
        _drop_notices(referral, Reason.CONSENT_WITHDRAWN, now)
        record("REFERRAL_WITHDRAWN", subject=("case", case), detail={"referral": str(referral)}, at=now)
    _reopen_needs([referral for referral, _case in closed], now)
    _recall_copies(consent, now)


@transaction.atomic
def note_copy(*, referral: Referral, by: UUID, now: datetime) -> Copy:
    """Write down that the sheet was taken as a PDF, with the sections it carried: paper is not called back by closing a link."""
    permissions.check_may_refer(by, now)
    carried = queries.list_carried(referral.id)
    copy = Copy(case_id=referral.case_id, referral=referral, sections=carried, taken_at=now, taken_by=by)
    copy.save(force_insert=True)
    record("REFERRAL_PAPER_TAKEN", subject=("case", referral.case_id), detail={"referral": str(referral.id)}, at=now)
    return copy


@transaction.atomic
def open_link(*, token: str, code: str, now: datetime) -> Subject | None:
    """Try an address and a code, inside `entering("field", Subject("link"))`. Return the subject to enter with from then on.

    None means no, whatever the reason: wrong address, wrong code, used, lapsed, withdrawn, closed. It is not an exception,
    because the attempt must be counted, and an exception would take the count back with the transaction (trap 12). The
    same statements run in every case; the words are `queries.link_refusal()` (Z06, trap 27).
    """
    with connection.cursor() as cursor:
        token_hash = link_secrets.hash_token(token)
        cursor.execute(
            "SELECT * FROM open_referral_link(%s, %s)", [token_hash, link_secrets.hash_code(token_hash, code)]
        )
        found = cursor.fetchone()
    referral, case = found or (None, None)
    subject = ("case", case) if case else ("link", "refused")
    record("REFERRAL_LINK_OPENED" if case else "REFERRAL_LINK_REFUSED", subject=subject, at=now)
    return Subject("link", referral) if referral else None


@transaction.atomic
def answer_by_link(*, referral: Referral, to: State, now: datetime, reason: str = "") -> None:
    """What the partner says without an account, inside the link's own subject. Raises MoveRefused.

    The database moves this one referral and nothing else of it; a refusal, a lack of capacity and a service rendered close
    the link.
    """
    _check_answer(referral, to, reason)
    told = [referral.state, to, reason, now]
    _answered("SELECT answer_referral_link(%s, %s, %s, %s)", told, referral.id, referral.case_id, to, reason, now)


@transaction.atomic
def answer_received(*, received: Received, to: State, by: UUID, now: datetime, reason: str = "") -> None:
    """What a partner with an account says of a referral that its organisation received. Raises NotAllowed, MoveRefused."""
    permissions.check_may_answer(by, now)
    _check_answer(Referral(state=received.state, mode=Mode.ACCOMPANIED), to, reason)
    told = [received.id, received.state, to, reason, now]
    _answered("SELECT answer_received(%s, %s, %s, %s, %s)", told, received.id, received.case_id, to, reason, now)


def switch_route(
    *, protocol: str, off: bool, decided_by: str = "", why: str, by: UUID, now: datetime
) -> RouteSuspension:
    """Switch a local protocol off, or on again, from today; what was written and sent before stays (AT-16).

    Raises NotAllowed, RouteRefused.
    """
    permissions.check_may_switch(by, now)
    if off:
        return suspend_route(protocol=protocol, decided_by=decided_by, reason=why, by=by, now=now)
    return resume_route(protocol=protocol, because=why, by=by, now=now)


def _answered(statement: str, told: list[Any], id: UUID, case: UUID, to: State, reason: str, now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, told)
        moved = cursor.fetchone()
    if not moved or moved[0] is None:
        raise policies.MoveRefused(_("The referral has moved meanwhile: look at it again."))
    if to not in UNANSWERED:
        _drop_notices(id, Reason.NO_LONGER_NEEDED, now)
    _reopen_needs([id], now)
    record(
        "REFERRAL_ANSWERED", subject=("case", case), detail={"referral": str(id), "to": to, "reason": reason}, at=now
    )


def _check_answer(referral: Referral, to: State, reason: str) -> None:
    if to not in BY_PARTNER:
        raise policies.MoveRefused(_("This is not an answer of the service."))
    policies.check_can_move(referral, to)
    if to == State.REFUSED:
        policies.check_code("service-refusal-reasons", reason)


def _move(referral: Referral, to: State, now: datetime, *, reason: str = "", outcome: str = "") -> None:
    stamp = _STAMPS.get(to, "closed_at")
    setattr(referral, stamp, now)
    if to in (State.ACCEPTED, State.REFUSED, State.NO_CAPACITY) and referral.received_at is None:
        referral.received_at = now
    referral.state = to
    referral.refusal_reason = reason if to == State.REFUSED else referral.refusal_reason
    referral.outcome = outcome or referral.outcome
    referral.save(update_fields=["state", stamp, "received_at", "refusal_reason", "outcome"])
    if to not in UNANSWERED:
        _drop_notices(referral.id, Reason.NO_LONGER_NEEDED, now)
    if to not in LIVE:
        Link.objects.filter(referral=referral, closed_at__isnull=True).update(closed_at=now)
    _reopen_needs([referral.id], now)
    detail = {"referral": str(referral.id), "to": to, "reason": reason or outcome}
    record("REFERRAL_MOVED", subject=("case", referral.case_id), detail=detail, at=now)


def _reopen_needs(referrals: Sequence[UUID], now: datetime) -> None:
    """What a referral that came to nothing answered is to do again: "sent to a partner" would be a lie."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM reopen_needs(%s, %s)", [list(referrals), now])
        reopened = cursor.fetchall()
    for case, domain in reopened:
        record("NEED_SET", subject=("case", case), detail={"domain": domain, "to": Need.RED}, at=now)


def _recall_copies(consent: Consent, now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM recall_copies(%s, %s, %s)", [consent.person_id, consent.recipient_id, now])
        recalled = cursor.fetchall()
    for referral, case in recalled:
        record("REFERRAL_PAPER_OUT", subject=("case", case), detail={"referral": str(referral)}, at=now)


def _tell_partner(referral: Referral, now: datetime) -> None:
    """Say to the accounts of the recipient, if it has any, that something waits in their space."""
    seats, roles = list_seats(organisation=referral.recipient_id, now=now), permissions.receiving_roles()
    accounts = [seat.account_id for seat in seats if roles & set(seat.position.roles)]
    _tell("referral-received", referral.id, referral.case_id, accounts, now)


def _tell(key: str, referral: UUID, case: UUID, accounts: Sequence[UUID], now: datetime) -> None:
    about = [f"case:{case}", f"referral:{referral}"]
    for account in dict.fromkeys(accounts):
        last = "" if key.startswith("referral-reminder") else f":{account}"
        outbox.queue_notice(key=f"{key}:{referral}{last}", account=account, about=about, now=now)


def _drop_notices(referral: UUID, because: Reason, now: datetime) -> None:
    outbox.drop_messages(about=f"referral:{referral}", because=because, now=now)


def _each_due(statement: str, moment: datetime, code: str, now: datetime) -> list[tuple[UUID, UUID, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [moment])
        found: list[tuple[UUID, UUID, Any]] = cursor.fetchall()
    for referral, case, _writer in found:
        record(code, subject=("case", case), detail={"referral": str(referral)}, at=now)
    return found
