"""Secrets of an installation: from the environment, else made once and kept in a file that only its owner reads."""

import os
import secrets
from pathlib import Path


def installation_key(name: str, folder: Path) -> str:
    """Return EGIDE_<NAME> or the content of `folder/<name>`, made of 48 random bytes the first time."""
    if given := os.environ.get(f"EGIDE_{name.upper()}"):
        return given
    path = folder / name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        partial = folder / f"{name}.{os.getpid()}"
        partial.touch(mode=0o600)
        partial.write_text(secrets.token_urlsafe(48))
        try:
            os.link(partial, path)  # the first process wins, the others read its key
        except FileExistsError:
            pass
        finally:
            partial.unlink()
    return path.read_text()
