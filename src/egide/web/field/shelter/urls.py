"""Addresses of the pages of shelters."""

from django.urls import path

from . import exits, house, keeping, places

CASE = "terrain/dossiers/<uuid:case>/"
REQUEST = CASE + "hebergement/<uuid:asked>/"

urlpatterns = [
    path(CASE + "hebergement/", places.places, name="places"),
    path(CASE + "hebergement/demander/<uuid:place>/", places.ask_place, name="ask_place"),
    path(REQUEST, places.place_request, name="place_request"),
    path(CASE + "depart/", exits.exits, name="exits"),
    path(CASE + "depart/accompagnement/", exits.ask_escort, name="ask_escort"),
    path("terrain/maison/", house.house, name="house"),
    path("terrain/maison/ajouter/", keeping.add_house, name="add_house"),
    path("terrain/maison/places/ajouter/", keeping.add_place, name="add_place"),
    path("terrain/maison/demandes/<uuid:asked>/", house.incoming, name="incoming"),
]
