"""What experts said is public with the decision, and by name only where they agreed to that (P5)."""

from decisions.demo import texts
from portal.publishing.pages import document_url
from tests.decisions.scenarios import walked
from tests.ground import made_once


@made_once
def published(world):
    return walked(world, "publish", texts.market)


def shown(journey, client) -> str:
    with journey.on():
        return client.get(document_url(journey.document.publications.get())).content.decode()


def test_the_public_reads_what_each_expert_said_and_what_became_of_it(published, client):
    page = shown(published, client)
    assert "专家论证意见" in page
    for _, _, field, _, words, answer in published.EXPERTS:
        assert field in page
        assert words in page
        assert answer in page


def test_an_expert_who_did_not_agree_stays_unnamed(published, client):
    page = shown(published, client)
    for name, employer, *_ in published.EXPERTS:
        assert (f"{name}（{employer}）" in page) is (name in published.NAMED)
        assert (name in page) is (name in published.NAMED)
