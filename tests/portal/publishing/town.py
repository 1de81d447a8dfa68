"""Documents of a town on their way to the public."""

from datetime import date

from django.core.files.base import ContentFile
from django.test import Client

from normative_docs.recording import open_draft
from portal.documents.attach import attach
from portal.jobs import queue
from portal.publishing.copying import CHECKLIST, prepare_copy, review_copy
from portal.publishing.making import newest_job
from portal.publishing.models import Publication
from portal.publishing.register import publication_of
from portal.workflow.perform import perform

ALL = [question.code for question in CHECKLIST]
TEXT = """各村民委员会：
第一章 总则
第一条　为规范村级河道保洁，制定本办法。
第二条　本镇行政区域内的河道保洁，适用本办法。
第三条　保洁经费由镇财政安排，每季度公布一次。
第四条　本办法自2026年5月1日起施行。"""
SECRET_TEXT = "第一条　申请人：李晓梅，身份证号 11010119900307721X，电话13800138000，住龙潭镇上坪村三组15号。"


def draft(world, *, clerk="lt_clerk", title="龙潭镇河道保洁管理办法", text=TEXT, number="龙政规〔2026〕1号", **fields):
    """A draft that could be registered as an existing document."""
    values = {
        "issued_on": date(2026, 3, 30),
        "effective_on": date(2026, 5, 1),
        "valid_until": date(2028, 4, 30),
        "drafting_notes": "起草说明不公开",
        "contact_name": "联系人甲",
        "contact_phone": "13900139000",
        "disclosure": "proactive",
    } | fields
    person = world[clerk]
    return open_draft(
        by=person,
        organisation=person.organisation.town(),
        title=title,
        draft_text=text,
        document_number=number,
        **values,
    )


def record(document, by):
    """Register as existing; it goes public at once when nothing must be hidden."""
    return perform(document, "register_existing", by=by)


def published(world, *, clerk="lt_clerk", **fields) -> Publication:
    return publication_of(record(draft(world, clerk=clerk, **fields), world[clerk]))


def several(world, count: int, *, clerk="lt_clerk"):
    """So many published documents with numbers of their own."""
    mark = world[clerk].organisation.town().document_mark
    for number in range(1, count + 1):
        published(world, clerk=clerk, title=f"第{number}号办法", number=f"{mark}〔2026〕{number}号")


def paper(document, content: bytes, name: str, by, slot="nd_final_text", title=""):
    return attach(document, slot, ContentFile(content, name=name), by, title=title)


def reviewed(world, document, **choices):
    """The public text prepared by the clerk, reviewed by the legal officer and made by the worker."""
    copy = prepare_copy(document, by=world["lt_clerk"])
    return made(review_copy(copy, by=world["lt_legal"], checklist=ALL, **choices))


def made(copy):
    """The copy after the worker has done what was asked for."""
    if (asked := newest_job(copy)) is not None:
        done = queue.run(asked.pk)
        assert done.state == done.State.DONE, done.message
    return copy


def signed_in(world, username) -> Client:
    """A browser of one's own for each person."""
    client = Client()
    client.force_login(world[username], backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(client, publication, rest="", **headers):
    return client.get(f"/docs/{publication.year}/{publication.serial}/{rest}", headers=headers)
