"""From bytes to lines of text: unpack within bounds, decode strictly. Nothing is guessed, nothing is replaced.

Workbooks and Parquet files pass through whole: `containers` opens them.
"""

import gzip
import io
import zlib
from pathlib import Path

from django.utils.translation import gettext_noop

from .findings import Finding

MAX_RATIO = 100
_CHUNK = 1 << 20
_FOREIGN = {
    b"%PDF": gettext_noop("a PDF document"),
    b"\xd0\xcf\x11\xe0": gettext_noop("an old spreadsheet"),
}


class Refused(Exception):
    """The file cannot be read further; carries the finding that says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def read_bytes(path: Path, *, max_bytes: int) -> bytes:
    """The unpacked content. Raises Refused for another format, damage, too many bytes or too high a compression ratio."""
    with path.open("rb") as stream:
        head = stream.read(4)
    for magic, kind in _FOREIGN.items():
        if head.startswith(magic):
            raise Refused(Finding("NOT_CSV", facts={"kind": kind}))
    if not head.startswith(b"\x1f\x8b"):
        if path.stat().st_size > max_bytes:
            raise Refused(Finding("TOO_LARGE", facts={"limit": max_bytes}))
        return path.read_bytes()
    return _gunzip(path, max_bytes=max_bytes)


def _gunzip(path: Path, *, max_bytes: int) -> bytes:
    packed, unpacked = path.stat().st_size, io.BytesIO()
    try:
        with gzip.open(path) as stream:
            while chunk := stream.read(_CHUNK):
                unpacked.write(chunk)
                if unpacked.tell() > MAX_RATIO * packed:
                    raise Refused(Finding("COMPRESSION", facts={"limit": MAX_RATIO}))
                if unpacked.tell() > max_bytes:
                    raise Refused(Finding("TOO_LARGE", facts={"limit": max_bytes}))
    except (OSError, EOFError, zlib.error) as error:
        raise Refused(Finding("DAMAGED")) from error
    return unpacked.getvalue()


def decode(content: bytes, *, encoding: str) -> str:
    """The text, without its byte-order mark. Raises Refused naming the first byte that has no meaning in the encoding."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        wrong = len(content) - len(error.object) + error.start  # the codec of a byte-order mark counts from behind it
        facts = {"encoding": encoding, "byte": f"0x{content[wrong]:02X}", "position": wrong}
        raise Refused(Finding("WRONG_ENCODING", (content[:wrong].count(b"\n") + 1,), 1, facts)) from error
    return text.removeprefix("\ufeff")
