"""The addresses of the night note. Those of the notebook say nothing of what it is for."""

from django.urls import path

from . import online, sending, shell, unit

urlpatterns = [
    path("carnet/", shell.notebook, name="notebook"),
    path("carnet/application.webmanifest", shell.manifest, name="notebook_manifest"),
    path("carnet/service.js", shell.worker, name="notebook_worker"),
    path("carnet/envoi/", sending.sending, name="sending"),
    path("carnet/envoi/<uuid:note>/", sending.sending_note, name="sending_note"),
    path("carnet/notes/", online.night_notes, name="night_notes"),
    path("carnet/notes/<uuid:note>/", online.night_note, name="night_note"),
    path("terrain/notes/", unit.handed_notes, name="handed_notes"),
    path("terrain/notes/<uuid:note>/", unit.handed_note, name="handed_note"),
    path("terrain/notes/<uuid:note>/note.pdf", unit.handed_note_pdf, name="handed_note_pdf"),
]
