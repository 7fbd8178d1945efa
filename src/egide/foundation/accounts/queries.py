"""The only reads of accounts by others: under which name somebody signs."""

from collections.abc import Iterable
from uuid import UUID

from .models import Account


def list_names(ids: Iterable[UUID | str]) -> dict[str, str]:
    """The name of each account, by its identifier as a text."""
    return {str(id): name for id, name in Account.objects.filter(id__in=set(ids)).values_list("id", "name")}
