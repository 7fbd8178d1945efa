"""The room of pages; it owns no table."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates, static files and translations of the pages."""

    name = "egide.web"
    label = "web"
