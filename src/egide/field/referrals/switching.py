"""The switch of local routes: the coordinator's only write here; what was sent before is not touched (AT-16)."""

from datetime import datetime
from uuid import UUID

from egide.foundation.legal.actions import resume_route, suspend_route
from egide.foundation.legal.models import RouteSuspension

from . import permissions


def switch_route(
    *, protocol: str, off: bool, decided_by: str = "", why: str, by: UUID, now: datetime
) -> RouteSuspension:
    """Switch a local protocol off, or on again, from today; written referrals and the history stay (AT-16).

    Raises NotAllowed, RouteRefused.
    """
    permissions.check_may_switch(by, now)
    if off:
        return suspend_route(protocol=protocol, decided_by=decided_by, reason=why, by=by, now=now)
    return resume_route(protocol=protocol, because=why, by=by, now=now)
