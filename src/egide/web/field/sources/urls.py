"""The addresses of sheets of facts. Nothing in them says of whom."""

from django.urls import path

from . import inbox, own

urlpatterns = [
    path("terrain/fiches/", own.sources, name="facts_sheets"),
    path("terrain/fiches/ecrire/", own.new_source, name="new_facts_sheet"),
    path("terrain/fiches/<uuid:sheet>/", own.source, name="facts_sheet"),
    path("terrain/fiches/recues/", inbox.sources_received, name="facts_received"),
    path("terrain/fiches/recues/<uuid:sheet>/", inbox.source_received, name="facts_received_one"),
]
