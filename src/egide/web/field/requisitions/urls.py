"""The addresses of the requisition desk. No name, no number of an inquiry ever stands in an address."""

from django.urls import path

from . import answering, desk

ALL = "terrain/dossiers/<uuid:case>/requisitions/"
ONE = ALL + "<uuid:requisition>/"

urlpatterns = [
    path("terrain/requisitions/", desk.requisition_desk, name="requisition_desk"),
    path(ALL, desk.requisitions, name="requisitions"),
    path(ALL + "recevoir/", desk.receive, name="receive_requisition"),
    path(ONE, answering.requisition, name="requisition"),
    path(ONE + "ecarter/", answering.aside, name="set_aside_requisition"),
    path(ONE + "clore/", answering.close, name="close_requisition"),
    path(ONE + "reponse.pdf", answering.answer_pdf, name="requisition_pdf"),
    path(ONE + "<uuid:item>/", answering.item_answer, name="requisition_item"),
]
