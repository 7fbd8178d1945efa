"""How a referral moves. The loop is closed by an outcome, never by the sending."""

from .models import State

S = State
MOVES = {
    S.DRAFT: {S.SENT, S.CONTACT_MADE, S.CLOSED},
    S.SENT: {S.RECEIVED, S.ACCEPTED, S.REFUSED, S.NO_CAPACITY, S.CLOSED, S.EXPIRED, S.WITHDRAWN},
    S.RECEIVED: {S.ACCEPTED, S.REFUSED, S.NO_CAPACITY, S.CLOSED, S.EXPIRED, S.WITHDRAWN},
    S.ACCEPTED: {S.CONTACT_MADE, S.CLOSED, S.WITHDRAWN},
    S.CONTACT_MADE: {S.CLOSED, S.WITHDRAWN},
    S.REFUSED: {S.CLOSED},
    S.NO_CAPACITY: {S.CLOSED},
    S.EXPIRED: {S.CLOSED},
    S.WITHDRAWN: set(),
    S.CLOSED: set(),
}
LIVE = (S.SENT, S.RECEIVED, S.ACCEPTED, S.CONTACT_MADE)  # the partner still needs what it was sent
UNANSWERED = (S.SENT, S.RECEIVED)
FAILED = (S.REFUSED, S.NO_CAPACITY, S.EXPIRED)  # nobody is helping: another service is to be found
ANSWERS = (S.RECEIVED, S.ACCEPTED, S.REFUSED, S.NO_CAPACITY, S.CONTACT_MADE)  # what the partner may say
BY_PARTNER = (*ANSWERS, S.CLOSED)  # and that the person was served; every other outcome is the sender's to write
SERVED = "served"  # of catalogue/nomenclatures/service-outcomes.yaml
