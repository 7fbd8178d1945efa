"""The addresses of the professional directory."""

from django.urls import path

from . import deciding, keeping, pages

urlpatterns = [
    path("terrain/annuaire/", pages.directory, name="services"),
    path("terrain/annuaire/liste/", pages.printed, name="services_printed"),
    path("terrain/annuaire/a-verifier/", pages.doubtful, name="doubtful_services"),
    path("terrain/annuaire/doubles/", deciding.duplicate_services, name="duplicate_services"),
    path("terrain/annuaire/en-attente/", deciding.waiting_rows, name="waiting_rows"),
    path("terrain/annuaire/ajouter/", keeping.add_service, name="add_service"),
    path("terrain/annuaire/<uuid:service>/", pages.service, name="service"),
    path("terrain/annuaire/<uuid:service>/corriger/", pages.correct, name="correct_service"),
    path("terrain/annuaire/<uuid:service>/ecrire/", keeping.describe, name="describe_service"),
    path("terrain/annuaire/<uuid:service>/tournees/", keeping.rounds, name="service_rounds"),
    path("terrain/annuaire/<uuid:service>/retirer/", keeping.withdraw, name="withdraw_service"),
]
