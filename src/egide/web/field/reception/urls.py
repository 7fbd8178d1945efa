"""The addresses of the reception. The screen's says nothing of what it shows."""

from django.urls import path

from . import desk, screen, settings, station

urlpatterns = [
    path("terrain/accueil/", desk.reception, name="reception"),
    path("terrain/accueil/<uuid:ticket>/", desk.ticket, name="ticket"),
    path("terrain/poste/", station.station, name="station"),
    path("terrain/poste/reglages/", settings.settings, name="station_settings"),
    path("ecran/<token:token>/", screen.screen, name="screen"),
]
