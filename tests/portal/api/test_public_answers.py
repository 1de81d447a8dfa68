"""What everybody may ask: units, limits and the description. No session, no cookie."""

import pytest

PUBLIC = ["/api/v1/organisations/", "/api/v1/organisations/longtan/", "/api/v1/time-limits/", "/api/v1/schema/",
          "/api/v1/docs/"]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_public_answers_set_no_cookie_and_may_be_kept(client, world, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert not answer.cookies
    assert "public" in answer["Cache-Control"]


def test_a_unit_is_known_by_its_code(client, world):
    unit = client.get("/api/v1/organisations/longtan/").json()
    assert (unit["short_name"], unit["parent"]) == ("龙潭镇", "yunxi")
    assert client.get("/api/v1/organisations/atlantis/").status_code == 404


def test_a_limit_is_counted_and_explained(client, world):
    counted = client.get("/api/v1/time-limits/foi_reply/", {"start": "2026-09-18"}).json()
    assert (counted["code"], counted["effective_end"]) == ("foi_reply", "2026-10-22")
    extended = client.get("/api/v1/time-limits/foi_reply/", {"start": "2026-09-18", "extend": "true"}).json()
    assert extended["effective_end"] == "2026-11-19"
    stop = {"start": "2026-09-18", "suspend": "2026-09-22:2026-10-12"}
    assert client.get("/api/v1/time-limits/foi_reply/", stop).json()["effective_end"] == "2026-11-04"
    assert counted["steps"]
    assert counted["basis"]


@pytest.mark.parametrize(
    ("query", "status"),
    [({}, 400), ({"start": "soon"}, 422), ({"start": "2026-09-18", "extend": "maybe"}, 400),
     ({"start": "2026-09-18", "suspend": "x"}, 422), ({"start": "2026-09-18", "region": "大西洲"}, 404),
     ({"start": "0001-01-01"}, 422), ({"start": "9999-12-31"}, 422)],
)  # fmt: skip
def test_a_question_that_cannot_be_answered_says_why(client, world, query, status):
    answer = client.get("/api/v1/time-limits/foi_reply/", query)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"


def test_an_unknown_limit_is_not_found(client, world):
    assert client.get("/api/v1/time-limits/eternity/", {"start": "2026-09-18"}).status_code == 404


def test_the_documentation_needs_nothing_from_elsewhere(client, world):
    page = client.get("/api/v1/docs/").content.decode()
    assert "https://" not in page.split("<main", 1)[1].split("</main>", 1)[0]
    assert "<style" not in page
    assert 'id="gates-not-met"' in page
