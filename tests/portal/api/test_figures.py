"""Figures of a year: for the own unit and those below, with the files behind them in the person's scope."""

import pytest

from portal.indicators.registry import indicators

FIGURES = "/api/v1/indicators/"


def test_every_figure_is_listed_with_its_basis(asking):
    listed = asking("lt_clerk").get(FIGURES).json()
    assert [figure["code"] for figure in listed] == [indicator.code for indicator in indicators.all()]
    assert all(figure["basis"] for figure in listed)


def test_every_figure_can_be_asked_for_the_own_town(asking, begun):
    begun(until="record")
    clerk = asking("lt_clerk")
    for indicator in indicators.all():
        answer = clerk.get(f"{FIGURES}{indicator.code}/", {"organisation": "longtan", "year": "2026"})
        assert answer.status_code == 200, (indicator.code, answer.content)
        figure = answer.json()
        assert len(figure["records"]) <= figure["records_total"]


@pytest.mark.parametrize(
    ("username", "organisation", "status"),
    [("lt_clerk", "longtan", 200), ("lt_clerk", "qinghe", 404), ("lt_clerk", "yunxi", 404),
     ("county_supervisor", "longtan", 200), ("county_supervisor", "yunxi", 200), ("lt_village01", "longtan", 404),
     ("lt_clerk", "nowhere", 404), ("lt_clerk", "", 404)],
)  # fmt: skip
def test_figures_are_seen_by_the_unit_and_those_above(asking, username, organisation, status):
    code = indicators.all()[0].code
    answer = asking(username).get(f"{FIGURES}{code}/", {"organisation": organisation, "year": "2026"})
    assert answer.status_code == status


@pytest.mark.parametrize("year", ["", "26", "１９９９", "1800", "9" * 400, "2026.0", "x"])
def test_a_year_that_is_none_is_refused(asking, year):
    code = indicators.all()[0].code
    answer = asking("lt_clerk").get(f"{FIGURES}{code}/", {"organisation": "longtan", "year": year})
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["year"]


def test_an_unknown_figure_is_not_found(asking):
    assert asking("lt_clerk").get(f"{FIGURES}no.such/", {"organisation": "longtan", "year": 2026}).status_code == 404
