"""The addresses of liaison. French words; a name never stands in an address."""

from django.urls import path

from . import grounds, inbox, routes

urlpatterns = [
    path("terrain/dossiers/<uuid:case>/consentements/sans-accord/", grounds.ground, name="ground"),
    path("terrain/circuits/", routes.routes, name="routes"),
    path("terrain/circuits/<code:protocol>/", routes.route, name="route"),
    path("terrain/recues/", inbox.received, name="received"),
    path("terrain/recues/<uuid:referral>/", inbox.received_one, name="received_one"),
]
