"""The folder where delivered bytes are kept, each file under the name of its own fingerprint, written once."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

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
    """Copy a file into the store and return the fingerprint of what was copied; a kill leaves no half file under a name."""
    incoming = Path(settings.EGIDE_STORE) / "deliveries/incoming"
    with writing_beside(incoming) as partial:
        with path.open("rb") as source, partial.open("wb") as copy:
            shutil.copyfileobj(source, copy)
            copy.flush()
            os.fsync(copy.fileno())
        sha256 = fingerprint(partial)
        target = original(sha256)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            partial.replace(target)
    return sha256


@contextmanager
def writing_beside(path: Path) -> Iterator[Path]:
    """A path to write, beside the final one and nobody else's, to be renamed at the end; what is not renamed is removed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.{uuid4().hex}.partial")
    try:
        yield partial
    finally:
        partial.unlink(missing_ok=True)
