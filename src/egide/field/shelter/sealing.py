"""The address of a shelter under the installation's key: a copy of the database alone does not tell where anyone sleeps.

The key is derived from that of the trail, which an installation never changes.
"""

import hashlib

from django.conf import settings

from egide.foundation.audit.sealing import decrypt, encrypt


def seal(address: str) -> bytes:
    """The address, encrypted."""
    return encrypt(_key(), address.encode())


def unseal(sealed: bytes) -> str:
    """The address, to be shown to its holder and to nobody else."""
    return decrypt(_key(), sealed).decode()


def _key() -> bytes:
    return hashlib.sha256(b"egide shelter address " + settings.EGIDE_AUDIT_KEY.encode()).digest()
