"""The folder where delivered bytes are kept, each file under the name of its own fingerprint, written once."""

import hashlib
import os
import shutil
from pathlib import Path

from django.conf import settings


def folder(sha256: str) -> Path:
    """The folder of one file's bytes and of what is derived from them."""
    return Path(settings.EGIDE_STORE) / "deliveries" / sha256[:2] / sha256


def original(sha256: str) -> Path:
    """The delivered bytes."""
    return folder(sha256) / "original"


def fingerprint(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def keep(path: Path) -> str:
    """Copy a file into the store and return its fingerprint; beside it first, then renamed, so that no half file has a name."""
    sha256 = fingerprint(path)
    target = original(sha256)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(f"original.{os.getpid()}.partial")
        with path.open("rb") as source, partial.open("wb") as copy:
            shutil.copyfileobj(source, copy)
            copy.flush()
            os.fsync(copy.fileno())
        partial.replace(target)
    return sha256
