"""Every address of the house: French without prefix, English under /en/. The words of an address stay French."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path, register_converter

from egide.web import addresses
from egide.web.public import figures, home, letters, papers, sign_in, sources
from egide.web.statistics import deliveries, deposit, desk, editions, revisions

register_converter(addresses.Year, "year")
register_converter(addresses.Revision, "revision")
register_converter(addresses.Code, "code")

LETTER = "lettres/<year:edition>/"
REVISION = LETTER + "revisions/<revision:revision>/"
EDITION = "bureau/editions/<year:edition>/"

urlpatterns = i18n_patterns(
    path("", home.home, name="home"),
    path("lettres/", letters.letters, name="letters"),
    path(LETTER, letters.letter, name="letter"),
    path(LETTER + "fichiers/<code:name>", letters.artefact, name="artefact"),
    path(LETTER + "chiffres/<code:code>/", figures.figure, name="figure"),
    path("sources/", sources.sources, name="sources"),
    path("sources/<code:code>/", sources.source, name="source"),
    path("accessibilite/", papers.accessibility, name="accessibility"),
    path("mentions/", papers.about, name="about"),
    path("connexion/", sign_in.sign_in, name="sign_in"),
    path("deconnexion/", sign_in.sign_out, name="sign_out"),
    path(REVISION, revisions.letter_revision, name="letter_revision"),
    path(REVISION + "fichiers/<code:name>", revisions.artefact_revision, name="artefact_revision"),
    path(REVISION + "chiffres/<code:code>/", revisions.figure_revision, name="figure_revision"),
    path("bureau/", desk.desk, name="desk"),
    path("bureau/livraisons/", deliveries.deliveries, name="deliveries"),
    path("bureau/livraisons/deposer/", deposit.deposit, name="deposit"),
    path("bureau/livraisons/<uuid:delivery>/", deliveries.delivery, name="delivery"),
    path(EDITION, editions.edition, name="edition"),
    path(EDITION + "composer/", editions.compose, name="compose"),
    path(EDITION + "signer/", editions.sign, name="sign"),
    path(EDITION + "publier/", editions.publish, name="publish"),
    prefix_default_language=False,
)

handler400 = "egide.web.answers.bad_request"
handler403 = "egide.web.answers.forbidden"
handler404 = "egide.web.answers.not_found"
handler500 = "egide.web.answers.server_error"
