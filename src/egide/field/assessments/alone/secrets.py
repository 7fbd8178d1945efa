"""The link and the code of a form filled alone. Both are kept as hashes only; the code's is keyed by the installation."""

import hashlib
import secrets

from django.utils.crypto import salted_hmac

CODE_DIGITS = 8


def draw_token() -> str:
    """An address that nobody can guess."""
    return secrets.token_urlsafe(32)


def draw_code() -> str:
    """Eight digits in two groups, easy to say and to remember: she may need them again after a stop."""
    digits = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    return f"{digits[:4]} {digits[4:]}"


def hash_token(token: str) -> str:
    """What is stored of the address: 256 bits of chance need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def hash_code(token_hash: str, code: str) -> str:
    """What is stored of the code."""
    digits = "".join(character for character in code if character.isdecimal())
    return salted_hmac("egide.field.assessments.alone", f"{token_hash}:{digits}", algorithm="sha256").hexdigest()
