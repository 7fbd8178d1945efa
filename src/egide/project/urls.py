"""Every address of the house: French without prefix, English under /en/. The words of an address stay French."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, register_converter

from egide.web import addresses
from egide.web.field import (
    appointment_changes,
    appointments,
    case_forms,
    case_page,
    consents,
    contact,
    disclosed,
    exports,
    intake,
    link,
    my_year,
    needs,
    needs_history,
    officer,
    referrals,
    same_person,
    spotting,
    supervision,
    today,
    traces,
)
from egide.web.public import concepts, figures, help_now, home, letters, papers, secrecy, sign_in, sources
from egide.web.public import spotting as public_spotting
from egide.web.statistics import deliveries, deposit, desk, editions, meetings, revisions, vintages

register_converter(addresses.Year, "year")
register_converter(addresses.Revision, "revision")
register_converter(addresses.Code, "code")
register_converter(addresses.Token, "token")

LETTER = "lettres/<year:edition>/"
REVISION = LETTER + "revisions/<revision:revision>/"
CASE = "terrain/dossiers/<uuid:case>/"
NEEDS = CASE + "besoins/"
REFERRALS = CASE + "orientations/"
EDITION = "bureau/editions/<year:edition>/"

urlpatterns = i18n_patterns(
    path("", home.home, name="home"),
    path("que-faire/", help_now.help_now, name="help_now"),
    path("lettres/", letters.letters, name="letters"),
    path(LETTER, letters.letter, name="letter"),
    path(LETTER + "fichiers/<code:name>", letters.artefact, name="artefact"),
    path(LETTER + "chiffres/<code:code>/", figures.figure, name="figure"),
    path("sources/", sources.sources, name="sources"),
    path("sources/notions/", concepts.concepts, name="concepts"),
    path("sources/notions/<code:code>/", concepts.concept, name="concept"),
    path("sources/<code:code>/", sources.source, name="source"),
    path("puis-je-le-dire/", secrecy.secrecy, name="secrecy"),
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
    path("bureau/reunions/", meetings.meetings, name="meetings"),
    path("bureau/millesimes/", vintages.vintages, name="vintages"),
    path("bureau/millesimes/<code:source>/<code:series>/", vintages.matrix, name="matrix"),
    path(EDITION, editions.edition, name="edition"),
    path(EDITION + "composer/", editions.compose, name="compose"),
    path(EDITION + "signer/", editions.sign, name="sign"),
    path(EDITION + "publier/", editions.publish, name="publish"),
    path("terrain/", today.today, name="today"),
    path("terrain/listes/", exports.exports, name="exports"),
    path("terrain/delegue/", officer.officer, name="officer"),
    path("terrain/meme-personne/", same_person.same_person, name="same_person"),
    path("terrain/mon-annee/", my_year.my_year, name="my_year"),
    path("terrain/mon-annee/<year:year>/", my_year.my_year, name="year_of_mine"),
    path("terrain/mon-annee/<year:year>/retour.csv", my_year.my_return, name="my_return"),
    path("terrain/mon-annee/<year:year>/retour.pdf", my_year.my_return_paper, name="my_return_paper"),
    path("terrain/ma-supervision/", supervision.supervision, name="supervision"),
    path("terrain/ma-supervision/<uuid:session>/", supervision.supervision_session, name="supervision_session"),
    path("terrain/dossiers/ouvrir/", intake.open_case, name="open_case"),
    path("terrain/partages/", disclosed.disclosed, name="disclosed"),
    path(CASE, case_page.case_page, name="case"),
    path(CASE + "contact/", contact.contact, name="contact"),
    path(CASE + "message/", contact.message, name="message"),
    path(CASE + "rendez-vous/", appointments.appointment, name="appointment"),
    path(CASE + "rendez-vous/<uuid:appointment>/", appointments.one_appointment, name="one_appointment"),
    path(CASE + "rendez-vous/<uuid:appointment>/deplacer/", appointment_changes.move, name="move_appointment"),
    path(CASE + "rendez-vous/<uuid:appointment>/annuler/", appointment_changes.cancel, name="cancel_appointment"),
    path(CASE + "rendez-vous/<uuid:appointment>/rendez-vous.pdf", appointments.slip, name="slip"),
    path(CASE + "etat/", case_forms.move_case, name="move_case"),
    path(CASE + "cloture/", case_forms.close_case, name="close_case"),
    path(CASE + "ecrire/", case_forms.write_entry, name="write_entry"),
    path(CASE + "actes/", case_forms.record_act, name="record_act"),
    path(CASE + "departs/", case_forms.record_episode, name="record_episode"),
    path(CASE + "equipe/", case_forms.team, name="team"),
    path(CASE + "traces/", traces.traces, name="traces"),
    path(CASE + "consentements/", consents.consents, name="consents"),
    path(CASE + "consentements/<uuid:consent>/retirer/", consents.withdraw, name="withdraw_consent"),
    path("", include("egide.web.field.danger.urls")),
    path(NEEDS, needs.needs, name="needs"),
    path(NEEDS + "evolution/", needs_history.needs_history, name="needs_history"),
    path(NEEDS + "<code:domain>/prevoir/", needs_history.need_plan, name="need_plan"),
    path(NEEDS + "<code:domain>/", needs.partners, name="partners"),
    path(NEEDS + "<code:domain>/fait/", needs.need_done, name="need_done"),
    path(REFERRALS, referrals.referrals, name="referrals"),
    path(REFERRALS + "vers/<uuid:service>/", referrals.new_referral, name="new_referral"),
    path(REFERRALS + "<uuid:referral>/", referrals.referral, name="referral"),
    path(REFERRALS + "<uuid:referral>/fiche.pdf", referrals.referral_pdf, name="referral_pdf"),
    path("", include("egide.web.public.directory.urls")),
    path("", include("egide.web.field.directory.urls")),
    path("lien/<token:token>/", link.link, name="link"),
    path("", include("egide.web.statistics.breaks.urls")),
    path("", include("egide.web.field.complaints.urls")),
    path("", include("egide.web.field.liaison.urls")),
    path("", include("egide.web.field.reception.urls")),
    path("", include("egide.web.field.protection.urls")),
    path("", include("egide.web.field.shelter.urls")),
    path("", include("egide.web.field.requisitions.urls")),
    path("reperer/", public_spotting.spotting, name="spotting"),
    path("terrain/reperer/", spotting.count_offer, name="count_offer"),
    path("", include("egide.web.field.night.urls")),
    path("", include("egide.web.field.adults.urls")),
    path("", include("egide.web.field.attestations.urls")),
    path("", include("egide.web.field.children.urls")),
    path("", include("egide.web.field.sources.urls")),
    prefix_default_language=False,
)

handler400 = "egide.web.answers.bad_request"
handler403 = "egide.web.answers.forbidden"
handler404 = "egide.web.answers.not_found"
handler500 = "egide.web.answers.server_error"
