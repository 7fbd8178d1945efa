"""How a release moves, who moves it, and what the public can reach meanwhile."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError

from egide.foundation.audit.queries import list_events
from egide.foundation.legal.actions import entering_active
from egide.foundation.wings.entering import PUBLIC, Subject, entering
from egide.statistics.disclosure.protected import NotProtected, _path
from egide.statistics.publication.actions import compose_release, publish_release, sign_release
from egide.statistics.publication.models import Figure
from egide.statistics.publication.permissions import NotAllowed
from egide.statistics.publication.policies import ReleaseRefused
from egide.statistics.publication.queries import NotFound, get_artefact, get_figure, get_release, list_releases

EDITION = 2022


@pytest.fixture
def composed(delivered, now):
    return compose_release(edition=EDITION, by="job:composer", now=now)


def test_nothing_leaves_before_someone_else_signed_it_off(composed, now):
    with pytest.raises(ReleaseRefused):
        publish_release(release_id=composed.id, by="job:editor", now=now)
    with pytest.raises(ReleaseRefused):
        sign_release(release_id=composed.id, by="job:composer", now=now)


def test_nothing_leaves_before_the_embargo(composed, now):
    sign_release(release_id=composed.id, by="job:signatory", now=now)
    with pytest.raises(ReleaseRefused, match="2024"):
        publish_release(release_id=composed.id, by="job:editor", now=composed.embargo_until - timedelta(minutes=1))
    assert publish_release(release_id=composed.id, by="job:editor", now=composed.embargo_until).state == "PUBLISHED"


@pytest.mark.parametrize(
    "shortcut",
    [
        "UPDATE statistics_publication_release SET state = 'PUBLISHED', published_at = now()",
        "UPDATE statistics_publication_release SET signed_by = built_by, signed_at = now()",
    ],
)
def test_raw_sql_inside_the_wing_cannot_skip_the_signature(composed, shortcut):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(shortcut)


def test_a_published_figure_or_file_is_never_changed(delivered, publish):
    publish()
    for table in ("figure", "artefact"):
        for attack in (
            f"UPDATE statistics_publication_{table} SET id = id",
            f"DELETE FROM statistics_publication_{table}",
        ):
            with (
                pytest.raises(DatabaseError, match="permission denied"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(attack)


def test_a_signed_release_does_not_go_back_and_a_later_revision_takes_its_place(composed, deliver, now):
    from .test_letter import correct

    sign_release(release_id=composed.id, by="job:signatory", now=now)
    with pytest.raises(ReleaseRefused):
        sign_release(release_id=composed.id, by="job:signatory", now=now)
    deliver("published-figures", "2024-04-02", correct)
    compose_release(edition=EDITION, by="job:composer", now=now)
    with pytest.raises(ReleaseRefused):
        publish_release(release_id=composed.id, by="job:editor", now=now)


def test_composing_again_without_a_new_figure_is_refused(composed, now):
    with pytest.raises(ReleaseRefused):
        compose_release(edition=EDITION, by="job:composer", now=now)


def test_a_letter_whose_figures_were_not_delivered_is_refused_naming_them(inside_statistics, now):
    with pytest.raises(ReleaseRefused, match="published-figures"):
        compose_release(edition=EDITION, by="job:composer", now=now)


def test_a_protected_table_altered_after_its_audit_is_not_published(composed, now):
    sign_release(release_id=composed.id, by="job:signatory", now=now)
    path = _path(composed.protected)
    path.write_text(path.read_text().replace('"value": null', '"value": 4', 1))
    with pytest.raises(NotProtected):
        publish_release(release_id=composed.id, by="job:editor", now=now)


# --- what the public reaches


@pytest.fixture
def committed_draft(statistician, active_statistics, now):
    """A draft composed inside the wing, the test itself standing outside of it."""
    from datetime import date

    from egide.statistics.collection.actions import receive_delivery

    from .conftest import SAMPLE

    with entering_active("statistics", Subject.account(statistician.id)):
        for path in SAMPLE.glob("*.csv"):
            source, vintage = path.stem.rsplit("_", 1)
            receive_delivery(
                path=path, filename=path.name, source=source, vintage=date.fromisoformat(vintage), by=None, now=now
            )
        return compose_release(edition=EDITION, by="statisticienne", now=now)


def test_the_public_reaches_neither_draft_nor_signed_release_by_any_query(committed_draft, signatory, now):
    """The gate is a rule of the database: page, file and figure queries, and raw SQL, see nothing before publication."""
    for _state in ("draft", "signed"):
        with entering("public", PUBLIC):
            assert list_releases() == []
            for read in (
                lambda: get_release(EDITION),
                lambda: get_artefact(EDITION, 1, "letter-2022-fr.pdf"),
                lambda: get_figure(EDITION, "women-killed", 1),
            ):
                with pytest.raises(NotFound):
                    read()
            assert not Figure.objects.exists()
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM statistics_publication_artefact")
                assert cursor.fetchone() == (0,)
        if _state == "draft":
            with entering_active("statistics", Subject.account(signatory.id)):
                sign_release(release_id=committed_draft.id, by="signataire", now=now)


def test_the_public_reads_what_is_published_and_writes_nothing(committed_draft, signatory, editor, now):
    with entering_active("statistics", Subject.account(signatory.id)):
        sign_release(release_id=committed_draft.id, by="signataire", now=now)
        publish_release(release_id=committed_draft.id, by="editrice", now=now)
    with entering("public", PUBLIC):
        assert get_figure(EDITION, "women-killed").printed["en"] == "118"
        for attack in ("UPDATE", "DELETE"):
            statement = {
                "UPDATE": "UPDATE statistics_publication_release SET revision = 9",
                "DELETE": "DELETE FROM statistics_publication_release",
            }
            with (
                pytest.raises(DatabaseError, match="permission denied"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement[attack])
    with entering("foundation", Subject.job("tests")):
        codes = [trace.code for trace in list_events(kind="release", identifier=committed_draft.id)]
    assert codes == ["RELEASE_COMPOSED", "RELEASE_SIGNED", "RELEASE_PUBLISHED"]


@pytest.mark.parametrize("who", ["signataire", "editrice"])
def test_only_a_position_with_the_role_may_act(committed_draft, signatory, editor, statistician, now, who):
    with entering_active("statistics", Subject.account(statistician.id)):
        if who == "editrice":
            with pytest.raises(NotAllowed):
                sign_release(release_id=committed_draft.id, by="editrice", now=now)
        else:
            sign_release(release_id=committed_draft.id, by="signataire", now=now)
            with pytest.raises(NotAllowed):
                publish_release(release_id=committed_draft.id, by="signataire", now=now)


def test_unknown_release_and_unpublished_release_answer_alike(committed_draft):
    with entering("public", PUBLIC):
        with pytest.raises(NotFound) as unpublished:
            get_release(EDITION, 1)
        with pytest.raises(NotFound) as unknown:
            get_release(EDITION, 77)
    assert str(unpublished.value) == str(unknown.value)
