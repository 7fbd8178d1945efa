"""The two secrets of a link: an address nobody can guess, and a code that a voice can tell. Only hashes are ever stored."""

import hashlib
import secrets
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

CODE_DIGITS = 8


@dataclass(frozen=True, repr=False)
class Secrets:
    """What is handed over once: `token` goes into the address, `code` is told by telephone. Never printed by accident."""

    token: str
    code: str


def draw() -> Secrets:
    """Draw both."""
    return Secrets(draw_token(), draw_code())


def draw_token() -> str:
    """An address that nobody can guess."""
    return secrets.token_urlsafe(32)


def draw_code() -> str:
    """Eight digits in two groups, easy to say and to keep in mind."""
    digits = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    return f"{digits[:4]} {digits[4:]}"


def hash_token(token: str) -> str:
    """What is stored of the address: 256 bits of chance need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def hash_code(token_hash: str, code: str) -> str:
    """What is stored of the code: keyed by the installation, for eight digits alone could be tried one by one."""
    digits = "".join(character for character in code if character.isdecimal())
    return salted_hmac("egide.link.code", f"{token_hash}:{digits}", algorithm="sha256").hexdigest()
