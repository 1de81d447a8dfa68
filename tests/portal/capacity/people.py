"""Experts and advisers for the tests, as their pages would enter them."""

from datetime import date
from io import BytesIO

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.capacity.advisers import appointing
from portal.capacity.advisers.models import AdviserAppointment
from portal.capacity.experts import importing, pool
from portal.capacity.experts.models import Expert
from portal.capacity.experts.sheet import COLUMNS
from portal.documents.kinds import XLSX
from portal.moment import clock_set_to

TODAY = date(2026, 6, 26)
SINCE, UNTIL = date(2026, 1, 1), date(2027, 12, 31)
CONTACT = "0000-6129999"


def expert_facts(name="周文博", **changes) -> dict:
    facts = {
        "name": name, "expertise": ["law"], "kind": "university", "employer": "江州大学法学院", "title": "教授",
        "interests": "", "contact": CONTACT, "appointed_from": SINCE, "appointed_until": UNTIL,
        "consents_to_publication": True,
    }  # fmt: skip
    return facts | changes


def county_expert(world, name="周文博", **changes) -> Expert:
    return pool.enter(by=world["county_supervisor"], owner=world.county, facts=expert_facts(name, **changes))


def town_expert(world, name="韦桂芳", **changes) -> Expert:
    facts = expert_facts(name, employer="云溪县农业技术推广站", expertise=["agriculture"], **changes)
    return pool.enter(by=world["lt_clerk"], owner=world.longtan, facts=facts)


def adviser_facts(organisation, name="方雅琴", **changes) -> dict:
    facts = {
        "organisation": organisation, "name": name, "firm": "江州明理律师事务所", "kind": "external",
        "profession": "lawyer", "licence_number": "14501201110456780", "selection": "open", "appointed_from": SINCE,
        "appointed_until": UNTIL, "notice_number": "", "fee": None, "duties": "",
    }  # fmt: skip
    return facts | changes


def adviser(world, name="方雅琴", **changes) -> AdviserAppointment:
    """Of 龙潭镇."""
    return appointing.enter(by=world["lt_clerk"], facts=adviser_facts(world.longtan, name, **changes))


def posted(facts: dict) -> dict:
    """Facts as a browser sends them."""
    sent = {name: value for name, value in facts.items() if value not in (None, False)}
    if "organisation" in sent:
        sent["organisation"] = sent["organisation"].pk
    return sent


ROW = {
    "name": "梁启航", "expertise": "工程造价、财政金融", "kind": "行业组织", "employer": "江州市造价管理协会",
    "title": "一级造价工程师", "contact": "0000-6120001", "appointed_from": "2026年3月1日",
    "appointed_until": "2028-02-29", "consents_to_publication": "是",
}  # fmt: skip


def sheet(*rows: dict, name="专家名单.xlsx") -> SimpleUploadedFile:
    """A list as people fill it in."""
    book = openpyxl.Workbook()
    page = book.active
    page.append([column.label for column in COLUMNS])
    for row in rows:
        page.append([row.get(column.code) for column in COLUMNS])
    stream = BytesIO()
    book.save(stream)
    return SimpleUploadedFile(name, stream.getvalue(), XLSX.content_type)


def capacity_addresses(world, day: date) -> dict[str, object]:
    """An expert of 龙潭镇's own pool, its adviser and a list that waits, for walking all addresses."""
    with clock_set_to(day):
        handed_in = importing.hand_in(sheet(ROW), by=world["lt_clerk"], owner=world.longtan)
        return {
            "expert_id": town_expert(world).public_id,
            "adviser_id": adviser(world).public_id,
            "list_id": handed_in.public_id,
        }
