"""The room of the commands; it owns no table."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Where `egide <command>` finds its commands."""

    name = "egide.jobs"
    label = "jobs"
