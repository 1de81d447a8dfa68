"""备案目录: the public sees what was recorded, and nothing else."""

import csv
from io import StringIO

from portal.casefiles.models import Disclosure
from tests.portal.oversight import filings


def test_only_recorded_filings_are_listed(world, client):
    filings.recorded(world, title="已备案的办法")
    filings.accepted(world, title="审查中的办法")
    filings.prepared(world, title="未报送的办法")
    for address in ("/filings/", "/filings/index.json", "/filings/index.csv"):
        shown = client.get(address).content.decode()
        assert "已备案的办法" in shown
        assert "审查中的办法" not in shown
        assert "未报送的办法" not in shown


def test_what_is_not_open_to_the_public_is_not_listed(world, client):
    filings.recorded(world, title="依申请公开的办法", disclosure=Disclosure.ON_REQUEST)
    assert "依申请公开的办法" not in client.get("/filings/").content.decode()


def test_a_record_names_number_town_and_days(world, client):
    filings.recorded(world)
    (record,) = client.get("/filings/index.json").json()["records"]
    assert record["receipt_number"] == "云府备〔2026〕1号"
    assert record["organisation"] == "云溪县龙潭镇人民政府"
    assert (record["submitted_on"], record["recorded_on"]) == ("2026-09-23", "2026-09-25")


def test_the_list_is_narrowed_by_town(world, client):
    filings.recorded(world, title="龙潭镇办法甲")
    filings.recorded(world, "qh", title="清河镇办法乙")
    shown = client.get("/filings/", {"town": "qinghe"}).content.decode()
    assert "清河镇办法乙" in shown
    assert "龙潭镇办法甲" not in shown


def test_data_goes_on_behind_a_number(world, client):
    filings.recorded(world, title="甲办法")
    filings.recorded(world, title="乙办法")
    records = client.get("/filings/index.json", {"after": "云府备〔2026〕1号"}).json()["records"]
    assert [record["title"] for record in records] == ["乙办法"]
    assert client.get("/filings/index.json", {"after": "没有这个号"}).status_code == 400


def test_a_title_that_looks_like_a_formula_stays_text(world, client):
    filings.recorded(world, title="=HYPERLINK 办法")
    rows = list(csv.reader(StringIO(client.get("/filings/index.csv").content.decode("utf-8-sig"))))
    assert rows[1][1] == "'=HYPERLINK 办法"


def test_the_page_is_the_same_for_everyone_and_may_be_cached(world, client):
    answer = client.get("/filings/")
    assert "public" in answer["Cache-Control"]
    assert not answer.cookies
