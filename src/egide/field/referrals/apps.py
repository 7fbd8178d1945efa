"""The room of referrals."""

from egide.foundation.wings.rooms import APPEND, READ, RoomConfig

_MOVES = (
    "state, agreed, sent_at, reply_wanted_by, expires_at, reminded_at, reminded_again_at, received_at, answered_at, "
    "contact_made_at, closed_at, refusal_reason, outcome"
)
_TURNS = "code_hash, attempts, open_until, closed_at"


class ReferralsConfig(RoomConfig):
    """A referral moves, but nobody can point it at someone else or widen what it carries; a link can only be turned."""

    name = "egide.field.referrals"
    label = "field_referrals"
    verbose_name = "referrals"
    rights = {
        "Referral": {
            "field": f"SELECT, INSERT, UPDATE ({_MOVES}, recipient_name)",
            "keeper": f"{READ}, UPDATE ({_MOVES})",
        },
        "Copy": {"field": APPEND, "keeper": f"{READ}, UPDATE (recalled_at)"},
        "Link": {"field": f"SELECT, INSERT, UPDATE ({_TURNS})", "keeper": f"{READ}, UPDATE ({_TURNS})"},
    }
    functions = {
        "live_sections(uuid)": ("keeper",),
        "field_link()": ("field", "keeper"),
        "linked_sections()": ("field",),
        "linked_persons(text[])": ("field",),
        "referral_sections(uuid)": ("field",),
        "referral_bases(uuid)": ("field",),
        "open_referral_link(text, text)": ("field",),
        "answer_referral_link(text, text, text, timestamptz)": ("field",),
        "close_uncovered_referrals(uuid, uuid, timestamptz)": ("field",),
        "lapse_referrals(timestamptz)": ("field",),
        "remind_referrals(timestamptz)": ("field",),
        "remind_referrals_again(timestamptz)": ("field",),
        "reopen_needs(uuid[], timestamptz)": ("field",),
        "recall_copies(uuid, uuid, timestamptz)": ("field",),
        "my_received()": ("field", "keeper"),
        "received_referrals()": ("field",),
        "received_person(uuid)": ("field",),
        "answer_received(uuid, text, text, text, timestamptz)": ("field",),
    }

    def ready(self) -> None:
        """Ask to be called when a consent is withdrawn (trap 17)."""
        from egide.field.consents.handlers import register_on_withdrawal

        from .actions import close_on_withdrawal

        register_on_withdrawal(close_on_withdrawal)
