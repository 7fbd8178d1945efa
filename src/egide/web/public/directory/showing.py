"""What a page says of a service: records of a list, facts of its own page. Not here: which services (the search)."""

from typing import Any

from babel import Locale
from django.utils.translation import gettext as _

from egide.field.directory.nearest import Nearby
from egide.field.directory.views import ServiceView
from egide.foundation.catalogue import UnknownEntry, get_nomenclature, get_territory
from egide.web.components.shapes import Fact, Record, Tag
from egide.web.components.words import NO_BREAK, day, language, moment, words

from .schedules import hours_in_words, rule_in_words


def labels(nomenclature: str, codes: Any) -> str:
    """The words of codes, joined."""
    known = get_nomenclature(nomenclature).codes
    return _(", ").join(words(known[code].label) if code in known else code for code in codes)


def written_in() -> str:
    """The language services are described in, where the page is not in it."""
    return "" if language() == "fr" else "fr"


def choices(nomenclature: str) -> list[tuple[str, str]]:
    """The codes of a list with their words."""
    return [(code, words(entry.label)) for code, entry in get_nomenclature(nomenclature).codes.items()]


def near_record(near: Nearby, url: str, number: int | None = None) -> Record:
    """A service that answers now, with how far it is."""
    service = near.service
    far = [Fact(_("Distance"), distance_in_words(near))] if distance_in_words(near) else []
    title = f"{number}. {service.name}" if number else service.name
    tags = (Tag(_("open at that moment"), "good"), *_tags(service))
    place = Fact(_("Where"), near.place or place_in_words(service))
    facts = (*_reach(service), *far, *((place,) if place.words else ()), *_more(service))
    return Record(title, url, service.description or service.organisation, tags, facts, written_in())


def list_record(service: ServiceView, url: str) -> Record:
    """A service of the whole list, with its hours in words: for paper, and for a page kept without a network."""
    facts = [
        *_reach(service), Fact(_("Where"), place_in_words(service)),
        Fact(_("Opening hours"), hours_in_words(service.schedule, service.hours_note)),
        Fact(_("Rounds"), rounds_in_words(service)), Fact(_("Verified"), day(service.last_verified_on)),
    ]  # fmt: skip
    kept = tuple(
        fact
        for fact in facts
        if fact.words and not (fact.term == _("Opening hours") and service.stops and not service.schedule.known)
    )
    return Record(service.name, url, service.description or service.organisation, _tags(service), kept, written_in())


def service_facts(service: ServiceView) -> list[Fact]:
    """Everything that a service's page says."""
    hours = hours_in_words(service.schedule, service.hours_note)
    lines = [
        Fact(_("Organisation"), service.organisation), *_reach(service), Fact(_("E-mail"), service.email), Fact(_("Site"), service.website),
        Fact(_("Opening hours"), hours if service.schedule.known or not service.stops else ""),
        Fact(_("Rounds"), rounds_in_words(service)),
        Fact(_("Opens next"), moment(service.opens_at) if service.opens_at else ""),
        Fact(_("Where"), place_in_words(service)), Fact(_("Zone served"), zone_in_words(service)),
        Fact(_("For whom"), labels("service-audiences", service.audiences), note=service.audience_note),
        Fact(_("About"), labels("service-themes", service.themes)),
        Fact(_("How to reach it"), labels("service-access", service.access_modes), note=service.access_note),
        *_more(service),
        Fact(_("Cost"), service.fee, note=service.fee_note),
    ]  # fmt: skip
    verified = Fact(_("Verified"), day(service.last_verified_on) or _("never"))
    return [*(line for line in lines if line.words), verified]


def place_in_words(service: ServiceView) -> str:
    """Where it is; of a confidential place, its band from a public point and nothing else (Z07)."""
    if not service.confidential_address:
        return " ".join(filter(None, (service.address, service.postal_code, service.commune_name)))
    if service.distance_band and service.public_point:
        told = {"band": service.distance_band, "point": service.public_point}
        return _("confidential address, %(band)s from: %(point)s") % told
    return _("confidential address")


def distance_in_words(near: Nearby) -> str:
    """Kilometres as the crow flies; below one, that it is near."""
    if near.distance_km is None:
        return ""
    if near.distance_km < 1:
        return _("less than a kilometre")
    km = f"{near.distance_km:.0f}{NO_BREAK}" + _("km")
    return _("%(km)s as the crow flies") % {"km": km}


def rounds_in_words(service: ServiceView) -> str:
    """Each stop of an itinerant service: when, and where."""
    return "\n".join(f"{rule_in_words(stop.rule)} – {stop.place}" for stop in service.stops)


def zone_in_words(service: ServiceView) -> str:
    """The territories served, by their names where the catalogue has them."""
    said = []
    for code in service.zone:
        try:
            said.append(_("the whole country") if code == "france" else get_territory(code).name)
        except UnknownEntry:
            said.append(code)
    return ", ".join(said)


def _reach(service: ServiceView) -> tuple[Fact, ...]:
    call = Fact(
        _("Telephone"), service.telephone, url=f"tel:{service.telephone.replace(' ', '')}" if service.telephone else ""
    )
    number = service.text_messages
    text = Fact(_("Text messages"), number, url=f"sms:{number.replace(' ', '')}" if number else "")
    return tuple(fact for fact in (call, text) if fact.words)


def _more(service: ServiceView) -> tuple[Fact, ...]:
    known = Locale.parse(language()).languages
    said = "" if service.capacity is None else _("%(count)s today") % {"count": service.capacity}
    lines = (
        Fact(_("Languages"), ", ".join(str(known.get(code, code)) for code in service.languages)),
        Fact(_("Accessibility"), service.accessibility), Fact(_("Places free"), said),
    )  # fmt: skip
    return tuple(line for line in lines if line.words)


def _tags(service: ServiceView) -> tuple[Tag, ...]:
    tags = [Tag(_("not verified for a year: call first"), "warn")] if service.doubtful else []
    if "one-stop" in service.access_modes:
        tags.append(Tag(_("everything on the spot")))
    if "remote-session" in service.access_modes:
        tags.append(Tag(_("at a distance")))
    if service.stops:
        tags.append(Tag(_("comes to you, on its rounds")))
    return tuple(tags)
