"""When a module may run. Who may activate it is decided by whoever can type the command on the server."""

from django.utils.translation import gettext as _

from .models import GATED, ProcessingRecord

REQUIRED = ("controller", "act", "dpia_reference", "dpia_date", "dpo", "retention_rule")


class GateClosed(PermissionError):
    """A module was asked to run, or to be activated, without its legal record."""


class RouteRefused(ValueError):
    """A local route cannot be switched as was asked."""


def check_complete(record: ProcessingRecord) -> None:
    """Raise GateClosed naming each element that is missing."""
    fields = {field.name: str(field.verbose_name) for field in ProcessingRecord._meta.fields}
    missing = [fields[name] for name in REQUIRED if not getattr(record, name)]
    if missing:
        raise GateClosed(
            _(
                "The module “%(module)s” cannot be activated: its record does not name: %(missing)s. "
                "Complete it with `egide register_processing`."
            )
            % {"module": record.module, "missing": ", ".join(missing)}
        )


def check_active(module: str) -> None:
    """Raise GateClosed when a gated module is not active."""
    if module in GATED and not ProcessingRecord.objects.filter(module=module, activated_at__isnull=False).exists():
        raise GateClosed(
            _(
                "The module “%(module)s” is not active: it has no complete legal record. "
                "An administrator activates it with `egide activate %(module)s`."
            )
            % {"module": module}
        )
