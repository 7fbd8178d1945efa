"""A delivery of the état 4001 written for one test: invented counts, two indexes, the whole of France and Paris."""

from datetime import date

import numpy as np
import pytest

from egide.statistics.collection.actions import receive_delivery

AT = 144  # 2012-01


def invented(*, at=AT, months=216):
    """The text of a file in which index 49 jumps by 40 % in the whole of France and not in Paris, and index 48 stays."""
    rng = np.random.default_rng(4001)
    lines = ["geo,index4001,month,faits"]
    for territory, code, level, size in (
        ("FR", "49", 900, 0.4),
        ("FR", "48", 800, 0),
        ("75", "49", 700, 0),
        ("75", "48", 60, 0),
    ):
        values = level * (1 + 0.03 * rng.standard_normal(months)) * (1 + size * (np.arange(months) >= at))
        lines += [f"{territory},{code},{2000 + m // 12}-{m % 12 + 1:02},{round(v)}" for m, v in enumerate(values)]
    return "\r\n".join(lines) + "\r\n"


@pytest.fixture
def delivered(inside_statistics, now, tmp_path):
    path = tmp_path / "etat4001.csv"
    path.write_bytes(invented().encode())
    return receive_delivery(
        path=path, filename=path.name, source="etat4001", vintage=date(2018, 2, 1), by=None, now=now
    )
