"""The addresses of statements: a file and a number of no one."""

from django.urls import path

from . import pages

ALL = "terrain/dossiers/<uuid:case>/attestations/"

urlpatterns = [
    path(ALL, pages.attestations, name="attestations"),
    path(ALL + "<uuid:attestation>/attestation.pdf", pages.attestation_pdf, name="attestation_pdf"),
]
