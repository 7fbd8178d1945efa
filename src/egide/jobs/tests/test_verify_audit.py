"""The verification of the trail as a command, on a database of its own that it may damage."""

import io

import pytest
from django.core.management import CommandError, call_command

from egide.foundation.audit.actions import record
from egide.foundation.wings.entering import Subject, entering


def test_verification_names_the_first_altered_record_and_fails(own_database, owner, now):
    """X09: `egide verify_audit` exits in error and names the record."""
    with entering("foundation", Subject.job("tests")):
        for number in (1, 2):
            record("FILE_READ", subject=("file", number), at=now)
    call_command("seal_audit", stdout=io.StringIO())
    owner.execute("ALTER TABLE foundation_audit_event DISABLE TRIGGER append_only")
    altered = owner.execute(
        "UPDATE foundation_audit_event SET actor = 'x' WHERE subject_id = '2' RETURNING id"
    ).fetchone()
    owner.commit()
    with pytest.raises(CommandError, match=rf"event {altered[0]} .*altered"):
        call_command("verify_audit")
