"""The addresses of complaints. That of her own page says nothing of what it is about."""

from django.urls import path

from . import attempts, complaint, status, timeline

COMPLAINT = "terrain/dossiers/<uuid:case>/plainte/"

urlpatterns = [
    path(COMPLAINT, complaint.complaint, name="complaint"),
    path(COMPLAINT + "demarche/", attempts.new_attempt, name="new_attempt"),
    path(COMPLAINT + "demarche/<uuid:attempt>/<code:addressee>.pdf", attempts.refusal_letter, name="refusal_letter"),
    path(COMPLAINT + "recit/", timeline.timeline, name="timeline"),
    path(COMPLAINT + "recit/<uuid:moment>/", timeline.moment, name="moment"),
    path("page/<token:token>/", status.status, name="status"),
]
