"""How someone is recognised without being listed: a keyed hash of family name, first given name and date of birth.

The key is that of the trail, which an installation never changes: under a key that changed, the register would find nothing
and say so of everyone. Accents, capitals and hyphens do not count; nothing else is tolerated, on purpose (Z04).
"""

import hashlib
import hmac
from datetime import date

from django.conf import settings

from egide.field.persons.keys import name_key


def identity_of(given_name: str, family_name: str, born_on: date) -> str:
    """What is stored and compared of someone's identity."""
    key = hashlib.sha256(b"egide protection identity " + settings.EGIDE_AUDIT_KEY.encode()).digest()
    return hmac.new(key, f"{name_key(given_name, family_name)}|{born_on}".encode(), hashlib.sha256).hexdigest()
