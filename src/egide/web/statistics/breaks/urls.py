"""The addresses of the breaks."""

from django.urls import path

from .views import breaks, one_break

urlpatterns = [
    path("bureau/ruptures/", breaks, name="breaks"),
    path("bureau/ruptures/<uuid:proposal>/", one_break, name="break"),
]
