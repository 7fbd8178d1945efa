"""The addresses of danger. French words; a name never stands in an address."""

from django.urls import path

from . import alone, alone_link, beside, following, level, listing, official, parts, sheet, short

DANGER = "terrain/dossiers/<uuid:case>/danger/"
ONE = DANGER + "<uuid:assessment>/"

urlpatterns = [
    path(DANGER, listing.dangers, name="dangers"),
    path(DANGER + "cote-a-cote/", beside.side_by_side, name="side_by_side"),
    path(DANGER + "evenement/", following.danger_event, name="danger_event"),
    path(DANGER + "taches/<uuid:task>/", following.danger_task, name="danger_task"),
    path(DANGER + "fiche-courte/", short.short_form, name="short_form"),
    path(DANGER + "fiche-courte/<uuid:note>/", short.short_note, name="short_note"),
    path(DANGER + "grille-officielle/", official.official_form, name="official_form"),
    path(DANGER + "grille-officielle/<uuid:reading>/", official.official_reading, name="official_reading"),
    path(DANGER + "questions/", alone.alone_forms, name="alone_forms"),
    path(ONE, level.danger, name="danger"),
    path(ONE + "fiche/", sheet.danger_sheet, name="danger_sheet"),
    path(ONE + "fiche/<uuid:recipient>.pdf", sheet.danger_pdf, name="danger_pdf"),
    path(ONE + "<code:part>/", parts.danger_part, name="danger_part"),
    path("questions/<token:token>/", alone_link.alone, name="alone"),
]
