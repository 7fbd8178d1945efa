"""Ciphers and hashes of the trail: pure functions over bytes, the installation's key given by the caller.

Details are encrypted under a key of their subject, so that shredding it (Z14) leaves the chain, computed over ciphertext,
verifiable. Hashes are keyed: whoever holds the database alone cannot recompute a chain they altered.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

GENESIS = bytes(32)


def master_key(secret: str) -> bytes:
    """The installation's 32-byte key from its secret text."""
    return hashlib.sha256(b"egide audit " + secret.encode()).digest()


def encrypt(key: bytes, plain: bytes) -> bytes:
    """AES-256-GCM with a fresh nonce, which stands first."""
    nonce = os.urandom(12)
    return nonce + AESGCM(key).encrypt(nonce, plain, None)


def decrypt(key: bytes, sealed: bytes) -> bytes:
    """The plain bytes; raises cryptography's InvalidTag when a byte was altered."""
    return AESGCM(key).decrypt(sealed[:12], sealed[12:], None)


def event_digest(master: bytes, event: dict[str, Any]) -> bytes:
    """The keyed hash of one event's columns, ciphertext included."""
    text = json.dumps(event, sort_keys=True, default=_plain).encode()
    return hmac.new(master, text, hashlib.sha256).digest()


def seal_digest(master: bytes, previous: bytes, events: Iterable[bytes]) -> bytes:
    """The keyed hash that chains a batch to the one before it."""
    return hmac.new(master, previous + b"".join(events), hashlib.sha256).digest()


def _plain(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)
