"""A list of experts is read, shown and judged; a person confirms it, and then all of it is entered or nothing."""

from io import BytesIO

import openpyxl
import pytest

from portal.audit.models import AuditEntry
from portal.capacity.experts import importing
from portal.capacity.experts.models import Expert, ExpertList
from portal.capacity.experts.sheet import COLUMNS
from portal.documents.refusals import FileRefused
from portal.moment import clock_set_to
from portal.web.list_sheets import UnreadableList
from portal.workflow.refusals import StepRefused
from tests.plans import statements_of
from tests.portal.capacity.people import ROW, TODAY, county_expert, sheet

PAGE = "/staff/experts/import/"


@pytest.fixture(autouse=True)
def then():
    with clock_set_to(TODAY):
        yield


def handed_in(world, *rows) -> ExpertList:
    return importing.hand_in(sheet(*rows), by=world["lt_clerk"], owner=world.longtan)


def test_the_template_explains_its_columns_and_offers_the_kinds(as_person):
    answer = as_person("lt_clerk").get(f"{PAGE}template.xlsx")
    book = openpyxl.load_workbook(BytesIO(answer.content))
    assert [cell.value.removesuffix("（必填）") for cell in book.worksheets[0][1]] == [c.label for c in COLUMNS]
    assert "高等院校" in book.worksheets[0].data_validations.dataValidation[0].formula1


def test_nobody_is_entered_before_a_person_confirms(world, as_person):
    client = as_person("lt_clerk")
    answer = client.post(PAGE, {"upload": sheet(ROW, ROW | {"name": "邓佩珊"})})
    assert not Expert.objects.exists()
    page = client.get(answer.url).content.decode()
    assert "核对无误，登记 2 人" in page
    assert ROW["contact"] not in page
    client.post(answer.url, {"act": "confirm"})
    expert = Expert.objects.get(name="梁启航")
    assert (expert.owner, expert.expertise, expert.kind) == (world.longtan, ["costing", "finance"], "association")
    assert expert.consents_to_publication
    assert AuditEntry.objects.get(verb="experts.imported").summary.endswith("2 人")
    assert "登记 2 人" in client.get(answer.url).content.decode()


def test_one_faulty_row_keeps_everybody_out_and_says_what_is_wrong(world, as_person):
    faulty = ROW | {"name": "邓佩珊", "expertise": "烹饪", "appointed_from": "去年"}
    one = handed_in(world, ROW, faulty)
    page = as_person("lt_clerk").get(f"{PAGE}{one.public_id}/").content.decode()
    assert "专业领域：" in page
    assert "聘任日期：" in page
    assert "核对无误" not in page
    with pytest.raises(StepRefused, match="有错误"):
        importing.confirm(one, by=world["lt_clerk"])
    assert not Expert.objects.exists()


def test_whoever_stands_in_the_pool_already_is_passed_over(world):
    county_expert(world, ROW["name"], employer=ROW["employer"])
    one = handed_in(world, ROW, ROW | {"name": "邓佩珊"})
    assert importing.confirm(one, by=world["lt_clerk"]) == 1
    again = handed_in(world, ROW, ROW | {"name": "邓佩珊"})
    with pytest.raises(StepRefused, match="都已在库"):
        importing.confirm(again, by=world["lt_clerk"])


def test_a_person_twice_in_one_list_is_an_error(world):
    lines, _ = importing.lines_of(handed_in(world, ROW, ROW))
    assert [line.problems for line in lines] == [[], ["与第 2 行是同一人，请删去一行"]]


def test_a_list_is_decided_once(world):
    one = handed_in(world, ROW)
    importing.drop(one, by=world["lt_clerk"])
    with pytest.raises(StepRefused, match="已经办理"):
        importing.confirm(one, by=world["lt_clerk"])
    assert not Expert.objects.exists()


def test_what_is_no_list_of_experts_is_refused_beside_the_upload(world, as_person):
    with pytest.raises(UnreadableList):
        handed_in(world)
    with pytest.raises(FileRefused):
        importing.hand_in(sheet(ROW, name="名单.txt"), by=world["lt_clerk"], owner=world.longtan)
    answer = as_person("lt_clerk").post(PAGE, {"upload": sheet()})
    assert answer.status_code == 422
    assert answer.context["form"].errors["upload"] == ["名单中没有填写任何专家。"]
    assert not ExpertList.objects.exists()


def test_another_towns_list_does_not_exist(world, as_person):
    one = handed_in(world, ROW)
    for method in ("get", "post"):
        assert getattr(as_person("qh_clerk"), method)(f"{PAGE}{one.public_id}/").status_code == 404


def test_a_preview_asks_as_often_for_many_rows_as_for_few(world, as_person):
    client, counts = as_person("lt_clerk"), []
    for rows in (2, 60):
        one = handed_in(world, *(ROW | {"name": f"专家{number}"} for number in range(rows)))
        statements, answer = statements_of(lambda one=one: client.get(f"{PAGE}{one.public_id}/"))
        assert len(answer.context["table"].rows) == rows
        counts.append(len(statements))
    assert counts[0] == counts[1]
