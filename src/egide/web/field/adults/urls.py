"""The addresses of reports about a vulnerable adult: a file and a report, never a name."""

from django.urls import path

from . import report, writing

ALL = "terrain/dossiers/<uuid:case>/majeurs/"

urlpatterns = [
    path(ALL, report.adult_reports, name="adult_reports"),
    path(ALL + "signaler/", writing.new_adult_report, name="new_adult_report"),
    path(ALL + "<uuid:report>/", report.adult_report, name="adult_report"),
]
