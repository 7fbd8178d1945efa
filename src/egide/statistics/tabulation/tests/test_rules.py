"""What the tabulation refuses or leaves blank, in the words of the rule that says so."""

from dataclasses import replace

import pytest

from egide.core.count import NotAdditive, UnlikeUnits
from egide.core.missing import Missing
from egide.foundation.catalogue import Text, get_indicator, get_source
from egide.methods.comparability import Backcast, NotComparable
from egide.statistics.collection.models import Verdict
from egide.statistics.tabulation.cells import TOTAL, Cell
from egide.statistics.tabulation.growth import describe, growth_of
from egide.statistics.tabulation.tabulate import list_vintages, tabulate_indicator

YEAR = {"period": "2022", "territory": "990"}
WHOLE = [(commune, "F", "U", "family", 10) for commune in ("99001", "99002", "99003")]


@pytest.fixture
def victims():
    return get_indicator("val-degide-recorded-victims")


# --- unlike units, unlike levels


def test_index_46_and_index_57_are_not_added_and_both_units_are_named(etat4001, indicator):
    """AT-57."""
    both = indicator("etat4001", offence=["46", "57"])
    with pytest.raises(UnlikeUnits) as refusal:
        tabulate_indicator(both, period="2012-01", territory="FR")
    assert "“suspect” and “victim”: they do not count the same thing" in str(refusal.value)
    assert str(refusal.value).endswith("Select one unit at a time.")


def test_two_indexes_of_unknown_units_are_not_added_either(etat4001, indicator):
    """AT-57, and R26's trap of a “total crime”: nobody has established what 95 of the 107 indexes count."""
    with pytest.raises(UnlikeUnits, match="“etat4001:1” and “etat4001:2”"):
        tabulate_indicator(indicator("etat4001", offence=["1", "2"]), period="2012-01", territory="FR")
    total = indicator("etat4001")
    with pytest.raises(UnlikeUnits):
        tabulate_indicator(total, period="2012-01", territory="FR")


def test_two_indexes_that_count_victims_are_not_added_for_a_victim_may_be_in_both(etat4001, indicator):
    """AT-57's trap: facts are not persons."""
    with pytest.raises(NotAdditive, match="“victim” is not additive over “offence”"):
        tabulate_indicator(indicator("etat4001", offence=["46", "47"]), period="2012-01", territory="FR")


def test_an_index_of_unknown_unit_is_read_alone_and_not_summed_over_its_months(etat4001, indicator):
    alone = indicator("etat4001", offence=["1"])
    assert tabulate_indicator(alone, period="2012-01", territory="FR").cells[0].value is not None
    with pytest.raises(NotAdditive, match="nobody has established what it counts"):
        tabulate_indicator(alone, period="2012", territory="FR")


def test_an_indicator_does_not_take_rows_that_count_something_else(etat4001, indicator):
    with pytest.raises(UnlikeUnits, match="said to count “victim”, and the delivered rows count “suspect”"):
        tabulate_indicator(indicator("etat4001", unit="victim", offence=["57"]), period="2012-01", territory="FR")


def test_suspects_by_territory_are_shown_and_their_total_is_not_a_sum(receive, indicator):
    """Trap 19: a suspect counts once in each territory; the total that nobody delivered is absent, with its reason."""
    header = "Code_departement;annee;indicateur;unite_de_compte;nombre;Code_region;taux_pour_mille;insee_pop"
    more = ";insee_pop_millesime;insee_log;insee_log_millesime"
    rows = [
        f"{code};2022;Trafic de stupéfiants;Mis en cause;{value};94;0;0;2022;0;2022"
        for code, value in (("2A", 3), ("2B", 4))
    ]
    receive("\n".join([header + more, *rows]) + "\n", "ssmsi-departements")
    suspects = indicator("ssmsi-departements", unit="suspect", offence=["drug-trafficking"])
    table = tabulate_indicator(suspects, period="2022", territory="R94", by=("territory",))
    assert {cell.codes: (cell.value, cell.absence) for cell in table.cells} == {
        ("2A",): (3, None), ("2B",): (4, None), (TOTAL,): (None, Missing.NOT_PUBLISHED),
    }  # fmt: skip


def test_a_relationship_and_its_part_are_not_added(val_degide, victims):
    val_degide(*WHOLE, ("99001", "F", "U", "intimate", 5), ("99001", "F", "U", "spouse", 3))
    for by in ((), ("relationship",)):
        with pytest.raises(NotAdditive, match="“intimate” and “spouse”, which is a part of it"):
            tabulate_indicator(victims, **YEAR, by=by)


def test_two_published_ratios_are_never_added(receive, indicator):
    header = "item,facts_period,record_period,territory,value,qualifier,unit,population,producer,published_in,published_on,fictional"
    line = "women-killed-prior-violence-share,2022,2022,FR,{},exact,percent,women-killed,dav,{},2024-03,false"
    receive("\n".join([header, line.format(31, "Lettre"), line.format(30, "Étude")]) + "\n", "published-figures")
    share = indicator("published-figures", kind="share", unit="killed", item=["women-killed-prior-violence-share"])
    with pytest.raises(NotAdditive, match="2 rows are given in “percent”, which is a ratio"):
        tabulate_indicator(share, period="2022", territory="FR")


# --- what is not there is not zero


def test_partner_violence_in_the_4001_is_not_measurable_in_the_source_s_own_words_and_not_zero(
    inside_statistics, indicator
):
    """AT-58."""
    table = tabulate_indicator(indicator("etat4001", concept=["partner-violence"]), period="2012-01", territory="FR")
    assert [(cell.value, cell.absence) for cell in table.cells] == [(None, Missing.NOT_APPLICABLE)]
    assert "cannot be measured in it. That is not zero." in table.words.en
    assert "n'y sont pas mesurables" in table.words.fr
    assert table.origin is None


def test_what_has_no_source_is_not_published_and_not_zero(inside_statistics):
    """AT-75."""
    table = tabulate_indicator(get_indicator("tactics-v"), period="2022", territory="FR")
    assert [(cell.value, cell.absence) for cell in table.cells] == [(None, Missing.NOT_PUBLISHED)]
    assert table.words.fr
    assert table.words.en
    assert list_vintages(get_indicator("tactics-v"), period="2022", territory="FR") == []


def test_what_nobody_has_delivered_is_unknown(inside_statistics, victims):
    cell = tabulate_indicator(victims, **YEAR).cells[0]
    assert (cell.value, cell.absence) == (None, Missing.UNKNOWN)


def test_a_zero_delivered_is_a_zero_and_a_blank_is_unknown_and_so_is_every_sum_it_enters(val_degide, victims):
    """AT-70: 0 and blank differ; an unknown part makes an unknown whole."""
    val_degide(("99001", "F", "U", "family", 0), ("99002", "F", "U", "family", ""), ("99003", "F", "U", "family", 4))
    table = tabulate_indicator(victims, **YEAR, by=("territory",))
    assert {cell.codes: (cell.value, cell.absence) for cell in table.cells} == {
        ("99001",): (0, None), ("99002",): (None, Missing.UNKNOWN), ("99003",): (4, None), (TOTAL,): (None, Missing.UNKNOWN),
    }  # fmt: skip


@pytest.mark.parametrize(("value", "absence"), [(None, None), (0, Missing.UNKNOWN)])
def test_a_cell_has_a_value_or_the_reason_there_is_none(value, absence):
    with pytest.raises(ValueError, match="either a value or the reason"):
        Cell((), value, absence)


# --- parts and wholes


def test_a_departement_is_the_sum_of_all_its_communes_with_every_margin(val_degide, victims):
    val_degide(*WHOLE, ("99001", "M", "U", "intimate", 4))
    table = tabulate_indicator(victims, **YEAR, by=("territory", "relationship"))
    assert table.cell("99001", TOTAL).value == 14
    assert table.cell(TOTAL, "family").value == 30
    assert table.cell(TOTAL, TOTAL).value == 34
    with pytest.raises(KeyError):
        table.cell("99002", "intimate")


def test_a_whole_that_lacks_a_part_is_unknown_and_the_part_is_named(val_degide, victims):
    """A smaller sum would pass for the whole."""
    val_degide(*WHOLE[:2])
    table = tabulate_indicator(victims, **YEAR)
    assert (table.cells[0].value, table.cells[0].absence) == (None, Missing.UNKNOWN)
    assert table.words == Text(
        "La livraison du 2023-01-31 n’en donne qu’une partie ; il manque 99003 (2022).",
        "The delivery of 2023-01-31 holds only a part of it; missing: 99003 (2022).",
    )
    assert list_vintages(victims, **YEAR) == []


def test_the_latest_vintage_that_holds_the_whole_is_the_one_used(val_degide, victims):
    whole = val_degide(*WHOLE)
    part = val_degide(*((c, s, a, r, v + 1) for c, s, a, r, v in WHOLE[:2]), vintage="2024-01-31")
    assert part.verdict == Verdict.ACCEPTED
    table = tabulate_indicator(victims, **YEAR)
    assert (table.cells[0].value, table.origin.delivery) == (30, str(whole.id))


def test_a_refused_delivery_enters_no_figure(val_degide, victims):
    val_degide(*WHOLE)
    assert val_degide(*WHOLE, WHOLE[0], vintage="2024-01-31").verdict == Verdict.REFUSED
    assert tabulate_indicator(victims, **YEAR).origin.vintage == "2023-01-31"


def test_a_unit_that_adds_over_time_is_summed_over_the_months_of_a_year_all_of_them(etat4001, indicator):
    victims = indicator("etat4001", unit="victim", offence=["46"])
    months = [f"2012-{month:02}" for month in range(1, 13)]
    each = [tabulate_indicator(victims, period=month, territory="FR").cells[0].value for month in months]
    year = tabulate_indicator(victims, period="2012", territory="FR")
    assert year.cells[0].value == sum(each)
    assert (year.origin.row_count, len(year.origin.rows)) == (12, 12)
    assert tabulate_indicator(victims, period="2012-Q1", territory="FR").cells[0].value == sum(each[:3])
    assert tabulate_indicator(victims, period="2011-08/2012-07", territory="FR").origin.row_count == 12
    assert tabulate_indicator(victims, period="2021", territory="FR").cells[0].absence == Missing.UNKNOWN, (
        "ends in October"
    )


# --- growth and breaks


def test_growth_of_index_49_across_the_change_of_software_is_refused_with_its_cause(etat4001, indicator):
    """AT-59: +24 % in January 2012 is an effect of the tool."""
    rape = indicator("etat4001", unit="victim", offence=["49"])
    for before, after in (("2011-01", "2012-01"), ("2011-12", "2012-12"), ("2011", "2012"), ("2010-06", "2013-06")):
        with pytest.raises(NotComparable) as refusal:
            growth_of(rape, before=before, after=after, territory="FR")
        assert "the series breaks in 2012-01" in str(refusal.value)
        assert "recording software" in str(refusal.value)
        assert "(+24 %)" in str(refusal.value)
        assert str(refusal.value).endswith("attach a back-cast of the earlier one.")
    for before, after in (("2010-12", "2011-12"), ("2012-01", "2013-01")):
        assert growth_of(rape, before=before, after=after, territory="FR").crossed == (), (
            "the break is before or behind"
        )


def test_with_a_back_cast_both_growths_are_shown(etat4001, indicator):
    """AT-59."""
    rape = indicator("etat4001", unit="victim", offence=["49"])
    before = describe(tabulate_indicator(rape, period="2011", territory="FR"))
    after = describe(tabulate_indicator(rape, period="2012", territory="FR"))
    recomputed = replace(before, value=before.value * 5 / 4)
    told = growth_of(
        rape, before="2011", after="2012", territory="FR", backcast=Backcast(recomputed, "Essai : +25 % sur 2011")
    )
    assert told.as_published == after.value / before.value - 1
    assert told.value == after.value / recomputed.value - 1 < told.as_published
    assert [each.kind for each in told.crossed] == ["artefact"]
    assert told.backcast.method == "Essai : +25 % sur 2011"


def test_growth_of_index_48_across_october_2017_is_told_with_its_break_which_is_real(etat4001, indicator):
    """AT-59: +35 % at 2017-10 is no artefact."""
    other = indicator("etat4001", unit="victim", offence=["48"])
    told = growth_of(other, before="2016-10", after="2017-10", territory="FR")
    assert told.value > 0
    assert [(str(each.at), each.kind, each.effect) for each in told.crossed] == [("2017-10", "real", "+35 %")]
    assert told.as_published is None


def test_a_break_of_one_index_does_not_stop_another(etat4001, indicator):
    index = indicator("etat4001", unit="victim", offence=["46"])
    assert growth_of(index, before="2011", after="2012", territory="FR").crossed == ()


def test_growth_from_an_absent_figure_is_refused_and_not_reckoned_from_zero(etat4001, indicator):
    index = indicator("etat4001", unit="victim", offence=["46"])
    with pytest.raises(NotComparable, match="absent value is not zero"):
        growth_of(index, before="1990", after="2012", territory="FR")


# --- outside the scope


def test_contraventions_road_offences_and_police_logs_are_in_no_figure(receive, indicator):
    """AT-60: outside, listed on arrival, whatever they number."""
    rows = ["FR,46,2021-01,5", *(f"FR,{entry.code},2021-01,1000" for entry in get_source("etat4001").outside)]
    receive("geo,index4001,month,faits\n" + "\n".join(rows) + "\n", "etat4001")
    everything = indicator("etat4001", unit="victim")
    assert tabulate_indicator(everything, period="2021-01", territory="FR").cells[0].value == 5
    outside = indicator("etat4001", offence=["contraventions"])
    assert tabulate_indicator(outside, period="2021-01", territory="FR").cells[0].absence == Missing.UNKNOWN


def test_a_sum_that_may_lack_rows_set_aside_or_unread_is_withheld_and_says_so(val_degide, indicator):
    """R30: rows in quarantine never shorten a sum in silence; a figure of other codes or another place is given."""
    source = "val-degide-recorded"
    delivery = val_degide(
        ("99001", "F", "Y18-24", "intimate", 15), ("99001", "M", "Y18-24", "intimate", 2), ("99002", "F", "Y18-24", "intimate", 8),
        ("99002", "F", "Y99", "intimate", 4),
    )  # fmt: skip
    assert "UNKNOWN_CODE" in {finding["code"] for finding in delivery.findings}
    women = indicator(source, unit="victim", sex=["F"])
    cell = tabulate_indicator(women, period="2022", territory="99002")
    assert cell.cells[0].absence == Missing.UNKNOWN
    assert "1 rows set aside or of an unknown code" in cell.words.en
    assert tabulate_indicator(women, period="2022", territory="99001").cells[0].value == 15
    young = indicator(source, unit="victim", sex=["F"], age=["Y18-24"])
    assert tabulate_indicator(young, period="2022", territory="99002").cells[0].value == 8
