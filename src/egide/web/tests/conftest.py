"""The French of the pages, compiled before the pages are asked for."""

import pytest
from django.core.management import call_command


@pytest.fixture(scope="session", autouse=True)
def compiled_french():
    call_command("update_messages", "--compile")
