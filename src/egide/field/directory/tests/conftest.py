"""The sample directory, loaded as the demonstration loads it."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import egide
from egide.field.directory import actions
from egide.field.directory.sheet import organisations_of, read_sheet
from egide.foundation.organisations.actions import register_organisation
from egide.foundation.organisations.models import Organisation
from egide.foundation.wings.entering import Subject, entering

SAMPLE = Path(egide.__file__).with_name("sample") / "services.csv"


@pytest.fixture
def load_sample(coordinator):
    """Load the sample's services, verified or not as it says."""

    def load():
        moment, sheet = datetime.now(ZoneInfo("Europe/Paris")), read_sheet(SAMPLE)
        with entering("foundation", Subject.job("tests")):
            for code, (name, kind, fictional) in organisations_of(sheet).items():
                register_organisation(code=code, name=name, kind=kind, fictional=fictional, now=moment)
        with entering("field", Subject.account(coordinator.id)):
            known = {each.code: each for each in Organisation.objects.all()}
            return actions.load_sheet(sheet=sheet, organisations=known, by=coordinator.id, now=moment)

    return load
