"""Addresses of protection measures. No identity ever stands in one."""

from django.urls import path

from . import ask, measures

CASE = "terrain/dossiers/<uuid:case>/mesures/"
MEASURE = CASE + "<uuid:measure>/"

urlpatterns = [
    path("terrain/registre/", ask.ask_protection, name="ask_protection"),
    path(CASE, measures.measures, name="measures"),
    path(CASE + "noter/", measures.note_measure, name="note_measure"),
    path(MEASURE, measures.measure, name="measure"),
    path(MEASURE + "renouveler/", measures.renew_measure, name="renew_measure"),
    path(MEASURE + "levee/", measures.lift_measure, name="lift_measure"),
    path(MEASURE + "non-respect/", measures.report_breach, name="report_breach"),
]
