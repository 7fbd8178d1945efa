"""The envelope of a message: address and words sealed under the installation's key. Pure functions, the key given."""

import hashlib
import json
from dataclasses import dataclass

from egide.foundation.audit.sealing import decrypt, encrypt


@dataclass(frozen=True, repr=False)
class Envelope:
    """To whom and what; never printed by accident."""

    address: str
    body: str


def seal(secret: str, envelope: Envelope) -> bytes:
    """Close an envelope."""
    return encrypt(_key(secret), json.dumps([envelope.address, envelope.body]).encode())


def open_sealed(secret: str, sealed: bytes) -> Envelope:
    """Open it; raises cryptography's InvalidTag under another key."""
    return Envelope(*json.loads(decrypt(_key(secret), sealed)))


def _key(secret: str) -> bytes:
    return hashlib.sha256(b"egide outbox " + secret.encode()).digest()
