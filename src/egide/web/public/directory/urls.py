"""The addresses of the public directory."""

from django.urls import path

from . import pages

urlpatterns = [
    path("annuaire/", pages.directory, name="directory"),
    path("annuaire/liste/", pages.directory_list, name="directory_list"),
    path("annuaire/<uuid:service>/", pages.service, name="directory_service"),
]
