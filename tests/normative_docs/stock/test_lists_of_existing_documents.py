"""A list of existing documents: read, shown row by row, confirmed as a whole, harmless when it comes again."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from normative_docs.models import Effect, NormativeDocument
from normative_docs.stock import recording
from normative_docs.stock.columns import COLUMNS, LIST
from normative_docs.stock.reading import hand_in
from normative_docs.workflow import Stage
from portal.publishing.models import Publication
from portal.web.list_sheets import NOTES
from portal.workflow.refusals import NotAuthorised, StepRefused
from tests.normative_docs.stock.lists import row, sheet, worked_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def read_in(world):
    def read(*rows, by="lt_clerk"):
        return worked_off(hand_in(sheet(*rows), by=world[by], organisation=world.longtan))

    return read


def _recorded(one, by):
    recording.confirm(one, by=by)
    return worked_off(one)


def test_the_template_explains_every_column_and_offers_lists(world):
    book = openpyxl.load_workbook(BytesIO(LIST.template(world.longtan)))
    heads = [cell.value for cell in book.worksheets[0][1]]
    assert [head.removesuffix("（必填）") for head in heads] == [column.label for column in COLUMNS]
    assert all(cell.comment for cell in book.worksheets[0][1])
    offered = [rule.formula1 for rule in book.worksheets[0].data_validations.dataValidation]
    assert any("龙潭镇人民政府" in words for words in offered)
    assert any("主动公开" in words for words in offered)
    assert [line[0].value for line in book[NOTES].iter_rows(min_row=2, max_row=len(COLUMNS) + 1)] == [
        column.label for column in COLUMNS
    ]


def test_confirmed_rows_are_on_record_and_public(world, read_in):
    one = read_in(row(1), row(2, valid_until="2024年7月31日"), row(3, repealed_on="2025-01-01"))
    assert one.state == "read"
    assert not NormativeDocument.objects.exists()
    done = _recorded(one, world["lt_clerk"])
    documents = list(NormativeDocument.objects.order_by("document_serial", "document_number"))
    assert done.state == "done"
    assert [d.stage for d in documents] == [Stage.RECORDED] * 3
    assert [d.effect_on(date(2025, 6, 1)) for d in documents] == [Effect.IN_FORCE, Effect.LAPSED, Effect.REPEALED]
    assert Publication.objects.live().count() == 3
    assert documents[0].last_record().performed_by == world["lt_clerk"]


def test_the_same_list_again_changes_nothing_and_says_so(world):
    upload = sheet(row(1), row(2))
    _recorded(worked_off(hand_in(upload, by=world["lt_clerk"], organisation=world.longtan)), world["lt_clerk"])
    again = worked_off(hand_in(upload, by=world["lt_clerk"], organisation=world.longtan))
    assert [line.outcome for line in again.lines.all()] == ["known", "known"]
    assert "上传过" in again.notes[0]
    with pytest.raises(StepRefused, match="没有可以登记的新文件"):
        recording.confirm(again, by=world["lt_clerk"])
    assert NormativeDocument.objects.count() == 2


def test_a_known_document_is_recognised_however_its_number_is_written(world, read_in):
    _recorded(read_in(row(1)), world["lt_clerk"])
    again = read_in(row(1, document_number="龙政规[2023] 1 号", title="另一个标题"), row(2))
    first, second = again.lines.all()
    assert (first.outcome, second.outcome) == ("known", "new")
    assert first.warnings == ["与已登记的标题不同；已登记的内容不会改动。"]


def test_documents_without_number_are_told_apart_by_title_and_day(world, read_in):
    _recorded(read_in(row(1, document_number="")), world["lt_clerk"])
    again = read_in(row(1, document_number=""), row(1, document_number="", issued_on="2022-01-01"))
    assert [line.outcome for line in again.lines.all()] == ["known", "new"]


@pytest.mark.parametrize(
    ("changes", "label", "words"),
    [
        ({"title": ""}, "标题", "请填写标题"),
        ({"issued_on": "去年三月"}, "成文日期", "正确的日期"),
        ({"issued_on": "2099-01-01"}, "成文日期", "晚于今天"),
        ({"valid_until": "2020-01-01"}, "有效期至", "早于施行日期"),
        ({"issuing_authority": "清河镇人民政府"}, "制定机关", "不是本机关"),
        ({"document_kind": "纪要"}, "文种", "不在可选的内容中"),
        ({"disclosure": "不予公开"}, "公开属性的理由", "请填写理由"),
        ({"draft_text": ""}, "正文", "请填写正文"),
        ({"repealed_on": "2020-01-01"}, "废止日期", "早于成文日期"),
    ],
)  # fmt: skip
def test_a_wrong_row_says_what_is_wrong_and_stops_everything(world, read_in, changes, label, words):
    one = read_in(row(1), row(2, **changes))
    faulty = one.lines.get(outcome="faulty")
    assert faulty.number == 3
    assert any(name == label and words in message for name, message in faulty.problems)
    with pytest.raises(StepRefused, match="1 行有错误"):
        recording.confirm(one, by=world["lt_clerk"])
    assert not NormativeDocument.objects.exists()


def test_a_row_that_repeats_another_is_an_error(read_in):
    one = read_in(row(1), row(1, title="同号的另一行"))
    assert one.lines.get(outcome="faulty").problems == [["发文字号", "与第 2 行是同一件文件，请删去一行"]]


def test_nothing_stays_when_one_row_cannot_be_recorded(world, read_in, as_owner):
    """A row that the database itself refuses undoes the others, and the reason stands beside it."""
    one = read_in(row(1), row(2))
    second = one.lines.get(number=3)
    second.values["valid_until"] = "2001-01-01"
    second.save(update_fields=["values"])
    done = _recorded(one, world["lt_clerk"])
    second.refresh_from_db()
    assert done.state == "read"
    assert not NormativeDocument.objects.exists()
    assert second.outcome == "faulty"
    assert "全部未作登记" in done.notes[-1]


def test_what_somebody_registered_meanwhile_is_left_alone(world, read_in):
    early, late = read_in(row(1)), read_in(row(1), row(2))
    _recorded(early, world["lt_clerk"])
    done = _recorded(late, world["lt_legal"])
    assert [line.outcome for line in done.lines.all()] == ["known", "new"]
    assert NormativeDocument.objects.count() == 2


def test_a_list_is_confirmed_once_and_only_by_people_of_the_town(world, read_in):
    one = read_in(row(1))
    with pytest.raises(NotAuthorised):
        recording.confirm(one, by=world["qh_clerk"])
    recording.confirm(one, by=world["lt_clerk"])
    with pytest.raises(StepRefused, match="正在办理"):
        recording.confirm(one, by=world["lt_legal"])


@pytest.mark.parametrize(
    ("heads", "words"),
    [
        (["名称", "字号"], "没有找到表头"),
        (["标题", "发文字号"], "缺少必填的栏目：制定机关、成文日期、公开属性"),
    ],
)
def test_a_list_of_another_form_is_refused_with_the_reason(world, heads, words):
    book = openpyxl.Workbook()
    book.active.append(heads)
    book.active.append(["甲", "乙"])
    stream = BytesIO()
    book.save(stream)
    upload = sheet()
    upload.file = BytesIO(stream.getvalue())
    upload.size = len(stream.getvalue())
    one = worked_off(hand_in(upload, by=world["lt_clerk"], organisation=world.longtan))
    assert one.state == "unreadable"
    assert words in one.notes[-1]
