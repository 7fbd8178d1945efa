"""The addresses of children: a file and a role, never a name."""

from django.urls import path

from . import one, several

ALL = "terrain/dossiers/<uuid:case>/enfants/"

urlpatterns = [
    path(ALL, several.children, name="children"),
    path(ALL + "ajouter/", several.new_child, name="new_child"),
    path(ALL + "<uuid:role>/", one.child, name="child"),
    path(ALL + "<uuid:role>/situation/", one.child_part, name="child_part"),
]
