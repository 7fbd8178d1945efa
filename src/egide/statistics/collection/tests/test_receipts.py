"""A receipt is written once and stays: the same bytes again, a corrected file, two deposits at one moment, a kill -9."""

import gzip
import hashlib
import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import date

import pyarrow.parquet as pq
import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from egide.foundation.audit.queries import list_events
from egide.foundation.wings.entering import Subject, entering
from egide.statistics.collection import store
from egide.statistics.collection.actions import receive_delivery
from egide.statistics.collection.models import Delivery, Verdict
from egide.statistics.collection.queries import NotFound, get_delivery, list_accepted, list_deliveries, read_accepted

from .conftest import ROWS, csv_of


def test_the_same_bytes_again_give_the_first_receipt_and_no_second_row(deliver):
    """Trap 24, under another name and another vintage too."""
    first = deliver(csv_of(*ROWS))
    again = deliver(csv_of(*ROWS), vintage="2024-01-31", name="copie.csv")
    assert again.id == first.id
    assert (again.vintage, again.filename) == (date(2023, 1, 31), "livraison.csv")
    assert Delivery.objects.count() == 1


def test_a_refused_file_delivered_again_gives_its_first_receipt_too(deliver):
    assert deliver(b"nothing").id == deliver(b"nothing").id
    assert Delivery.objects.get().verdict == Verdict.REFUSED


def test_a_later_vintage_never_overwrites_an_earlier_one(deliver):
    """R30's trap: last year's figure stays what it was."""
    first = deliver(csv_of(*ROWS))
    second = deliver(csv_of(ROWS[0].replace(";15;", ";16;"), *ROWS[1:]), vintage="2024-01-31")
    assert [delivery.id for delivery in list_accepted("val-degide-recorded")] == [first.id, second.id]
    assert [read_accepted(delivery)["value"][0].as_py() for delivery in (first, second)] == [15, 16]
    assert store.original(first.sha256).read_bytes() == csv_of(*ROWS)


def test_vintages_are_ordered_by_their_own_day_and_not_by_the_day_they_came(deliver):
    late = deliver(csv_of(*ROWS[:3]), vintage="2024-01-31")
    early = deliver(csv_of(*ROWS), vintage="2023-01-31")
    assert [delivery.id for delivery in list_accepted("val-degide-recorded")] == [early.id, late.id]
    assert {view.id for view in list_deliveries("val-degide-recorded")} == {early.id, late.id}
    assert list_deliveries("etat4001") == []


def test_what_came_is_kept_byte_for_byte_under_its_own_fingerprint(deliver):
    content = gzip.compress(csv_of(*ROWS))
    delivery = deliver(content, name="../../evil.csv.gz".replace("/", "_"))
    assert delivery.sha256 == hashlib.sha256(content).hexdigest()
    assert (store.original(delivery.sha256).read_bytes(), delivery.size) == (content, len(content))
    assert [path.name for path in store.folder(delivery.sha256).iterdir() if "partial" in path.name] == []
    manifest = json.loads((store.folder(delivery.sha256) / "manifest-val-degide-recorded-1.json").read_text())
    assert manifest == {"source": "val-degide-recorded", "version": "1", "sha256": delivery.sha256, "rows": 4}


def test_each_receipt_leaves_its_trace_refused_or_not(active_statistics, tmp_path, now):
    """X09."""
    path = tmp_path / "rien.csv"
    path.write_bytes(b"nothing")
    with entering("statistics", Subject.job("tests")):
        receipt = receive_delivery(
            path=path, filename=path.name, source="val-degide-recorded", vintage=date(2023, 1, 31), by=None, now=now
        )
    with entering("foundation", Subject.job("tests")):
        traces = list(list_events(kind="delivery", identifier=receipt.id))
    assert [(trace.code, trace.detail["verdict"]) for trace in traces] == [("DELIVERY_RECEIVED", "REFUSED")]


def test_an_unknown_number_is_answered_in_words(inside_statistics):
    with pytest.raises(NotFound):
        get_delivery("00000000-0000-0000-0000-000000000000")


# --- two at once, and a kill: these commit, each in its own database


@pytest.fixture
def own_wing(own_database, now):
    """A database of its own where the statistics module is active."""
    from egide.foundation.legal.actions import activate, register_processing

    with entering("foundation", Subject.job("tests")):
        register_processing(
            module="statistics", controller="Organisme fictif", act="Arrêté fictif", dpia_reference="AIPD fictive",
            dpia_date=date(2026, 1, 1), dpo="DPO fictif", retention_rule="aggregate-deliveries", fictional=True, now=now,
        )  # fmt: skip
        activate(module="statistics", now=now)
    return own_database


def test_the_same_bytes_from_two_hands_at_one_moment_make_one_receipt(own_wing, tmp_path, now, settings):
    """Trap 24: one receipt, and neither hand meets an error."""
    settings.EGIDE_STORE = tmp_path / "store"
    path = tmp_path / "livraison.csv"
    path.write_bytes(csv_of(*ROWS))
    ready, receipts = threading.Barrier(2), []

    def hand():
        try:
            with entering("statistics", Subject.job("tests")):
                ready.wait()
                receipt = receive_delivery(
                    path=path, filename="livraison.csv", source="val-degide-recorded", vintage=date(2023, 1, 31), by=None, now=now
                )  # fmt: skip
            receipts.append(receipt.id)
        finally:
            connections.close_all()

    hands = [threading.Thread(target=hand) for _ in range(2)]
    for each in hands:
        each.start()
    for each in hands:
        each.join()
    assert len(receipts) == 2
    assert receipts[0] == receipts[1]
    with entering("statistics", Subject.job("tests")):
        assert Delivery.objects.count() == 1


MOMENTS = {
    "while the bytes are copied": "deliveries/incoming.*.partial",
    "once they are kept": "deliveries/*/*/original",
    "while the rows are written": "deliveries/*/*/raw-*.parquet.*.partial",
    "once the rows are written": "deliveries/*/*/raw-*.parquet",
    "once all is written but the receipt": "deliveries/*/*/manifest-*.json",
}


def run_deliver(path, environment):
    command = [sys.executable, "-m", "egide.project.manage", "deliver", path]
    options = ["--source", "val-degide-recorded", "--vintage", "2023-01-31", "--language", "en"]
    return subprocess.Popen(
        [*command, *options], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def check_store(folder):
    """No file of the store has a final name and another content than that name says."""
    for original in folder.glob("deliveries/*/*/original"):
        assert hashlib.sha256(original.read_bytes()).hexdigest() == original.parent.name
    for rows in folder.glob("deliveries/*/*/raw-*.parquet"):
        assert pq.read_table(rows).num_rows == 6_000
    for manifest in folder.glob("deliveries/*/*/manifest-*.json"):
        assert json.loads(manifest.read_text())["rows"] == 6_000


def large_file(path, seed):
    """Six thousand rows that differ from one seed to the next."""
    from egide.foundation.catalogue import list_territories

    communes = [territory.code for territory in list_territories("commune")][:3_000]
    rows = (f"{c};2022;{s};U;family;victime;{seed};true" for c in communes for s in "FM")
    path.write_bytes(csv_of(*rows))
    return path


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_kill_leaves_no_half_receipt_and_delivering_again_completes(own_wing, tmp_path, now, settings, moment):
    """kill -9 in the middle of `egide deliver` leaves nothing half-written."""
    folder = tmp_path / "store"
    environment = {**os.environ, "EGIDE_DB_NAME": own_wing, "EGIDE_VAR": str(tmp_path)}
    path = large_file(tmp_path / "livraison.csv", seed=list(MOMENTS).index(moment))
    run = run_deliver(path, environment)
    until = time.monotonic() + 60
    while run.poll() is None and time.monotonic() < until and not any(folder.glob(MOMENTS[moment])):
        time.sleep(0.0005)
    run.send_signal(signal.SIGKILL)
    run.communicate()
    check_store(folder)
    with entering("statistics", Subject.job("tests")):
        receipts = list(Delivery.objects.values_list("verdict", "rows_accepted"))
    assert receipts in ([], [("ACCEPTED", 6_000)]), "no receipt, or a whole one"
    settings.EGIDE_STORE = folder
    with entering("statistics", Subject.job("tests")):
        whole = receive_delivery(
            path=path, filename=path.name, source="val-degide-recorded", vintage=date(2023, 1, 31), by=None, now=now
        )
        assert (whole.verdict, whole.rows_accepted, Delivery.objects.count()) == (Verdict.ACCEPTED, 6_000, 1)
        assert read_accepted(whole).num_rows == 6_000
    check_store(folder)


def test_the_command_ends_well_on_the_same_bytes_and_tells_the_first_receipt(active_statistics, tmp_path):
    """Trap 24: the same bytes again, exit 0; a refused file, exit 1."""

    def deliver(content):
        path, out = tmp_path / "livraison.csv", io.StringIO()
        path.write_bytes(content)
        options = {"source": "val-degide-recorded", "vintage": date(2023, 1, 31), "language": "en"}
        call_command("deliver", str(path), **options, stdout=out)
        return out.getvalue()

    first = deliver(csv_of(*ROWS))
    assert first.startswith("livraison.csv: accepted (4/4)")
    assert deliver(csv_of(*ROWS)) == first
    with pytest.raises(CommandError, match=r"livraison\.csv: refused\."):
        deliver(csv_of(ROWS[0], ROWS[0]))
