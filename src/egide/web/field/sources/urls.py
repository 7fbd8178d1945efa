"""The addresses of sheets of facts. Nothing in them says of whom."""

from django.urls import path

from . import inbox, own

urlpatterns = [
    path("terrain/fiches/", own.sources, name="sources"),
    path("terrain/fiches/ecrire/", own.new_source, name="new_source"),
    path("terrain/fiches/<uuid:sheet>/", own.source, name="source"),
    path("terrain/fiches/recues/", inbox.sources_received, name="sources_received"),
    path("terrain/fiches/recues/<uuid:sheet>/", inbox.source_received, name="source_received"),
]
