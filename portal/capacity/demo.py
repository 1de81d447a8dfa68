"""The county's pool of experts, two of a town's own, and an adviser for every town but one. All names are invented."""

from datetime import date, timedelta

from portal.capacity.advisers import appointing
from portal.capacity.advisers.models import AdviserAppointment
from portal.capacity.experts import pool
from portal.capacity.experts.models import Expert
from portal.capacity.experts.vocabulary import Field, Kind
from portal.moment import clock_set_to

F, K = Field, Kind
ENTERED_DAYS_AGO, TERM_YEARS = 400, 3

# name, fields, kind, employer, title, known interests, consents to be named
_COUNTY = (
    ("周文博", (F.LAW,), K.UNIVERSITY, "江州大学法学院", "教授", "江州仲裁委员会", True),
    ("林晓棠", (F.LAW, F.STABILITY), K.UNIVERSITY, "江州行政学院", "副教授", "", True),
    ("贺立群", (F.PLANNING,), K.INSTITUTE, "江州市城乡规划设计研究院", "教授级高级规划师", "", True),
    (
        "唐思远",
        (F.PLANNING, F.COSTING),
        K.INSTITUTE,
        "江州市建筑科学研究所",
        "一级造价工程师",
        "云溪县城镇建设投资有限公司",
        True,
    ),
    ("蒋雨晴", (F.ENVIRONMENT,), K.INSTITUTE, "江州市环境科学研究院", "高级工程师", "", True),
    ("罗建新", (F.ENVIRONMENT, F.AGRICULTURE), K.PRACTITIONER, "江州市水文水资源中心", "正高级工程师", "", True),
    ("覃少华", (F.AGRICULTURE,), K.UNIVERSITY, "江州农业职业学院", "研究员", "云溪县绿野农业发展有限公司", True),
    ("邓佩珊", (F.FINANCE,), K.ASSOCIATION, "江州市注册会计师协会", "注册会计师", "", True),
    ("欧阳澜", (F.HEALTH,), K.PRACTITIONER, "江州市疾病预防控制中心", "主任医师", "", True),
    ("苏瑾瑜", (F.EDUCATION,), K.UNIVERSITY, "江州师范学院", "副教授", "", False),
    ("陆鸿飞", (F.STABILITY, F.LAW), K.INDIVIDUAL, "江州市信访局（已退休）", "一级调研员", "", False),
    ("梁启航", (F.COSTING, F.FINANCE), K.ASSOCIATION, "江州市建设工程造价管理协会", "一级造价工程师", "", True),
)
_TOWN = (
    ("韦桂芳", (F.AGRICULTURE,), K.PRACTITIONER, "云溪县农业技术推广站", "高级农艺师", "", True),
    ("石磊", (F.PLANNING, F.OTHER), K.INDIVIDUAL, "龙潭镇桥头村（退休教师）", "", "龙潭镇桥头村村民委员会", False),
)  # fmt: skip

_A = AdviserAppointment
# town, name, firm, kind, profession, licence, selection, first day and last day from today, duties
_ADVISERS = (
    ("longtan", "方雅琴", "江州明理律师事务所", _A.Kind.EXTERNAL, _A.Profession.LAWYER, "14501201110456780",
     _A.Selection.OPEN, -250, 480, "重大行政决策和规范性文件合法性审查、合同审查、代理行政复议和诉讼。"),
    ("qinghe", "郭振宇", "江州正衡律师事务所", _A.Kind.FIRM, _A.Profession.LAWYER, "14501200910123450",
     _A.Selection.COMPARED, -690, 40, "规范性文件合法性审查、合同审查、法律咨询。"),
    ("dongcheng", "潘越", "云溪县司法局法律援助中心", _A.Kind.PUBLIC_LAWYER, _A.Profession.LAWYER,
     "14501202281067890", _A.Selection.ASSIGNED, -300, None, "合同审查、法律咨询、参与重大纠纷处理。"),
)  # fmt: skip


def build(world, today: date) -> None:
    """The room's part of the demo; 白石乡 has no adviser, and that of 清河镇 leaves soon."""
    since = today - timedelta(days=ENTERED_DAYS_AGO)
    until = since.replace(year=since.year + TERM_YEARS, day=min(since.day, 28))
    with clock_set_to(since):
        for number, row in enumerate(_COUNTY):
            _expert(world["county_supervisor"], world.county, row, since, until, number)
        for number, row in enumerate(_TOWN, start=len(_COUNTY)):
            _expert(world["lt_legal"], world.longtan, row, since, until, number)
        _county_lawyer(world, since)
    clerks = {"longtan": "lt_legal", "qinghe": "qh_legal", "dongcheng": "dc_legal"}
    for town, name, firm, kind, profession, licence, selection, first, last, duties in _ADVISERS:
        start = today + timedelta(days=first)
        with clock_set_to(start):
            appointing.enter(
                by=world[clerks[town]],
                facts={
                    "organisation": world.units[town], "name": name, "firm": firm, "kind": kind,
                    "profession": profession, "licence_number": licence, "selection": selection,
                    "appointed_from": start, "appointed_until": today + timedelta(days=last) if last else None,
                    "notice_number": "", "fee": None, "duties": duties,
                },
            )  # fmt: skip
    with clock_set_to(today - timedelta(days=30)):
        left = Expert.objects.get(owner=world.county, name="苏瑾瑜")
        pool.end(
            left, by=world["county_supervisor"], on=today - timedelta(days=31), reason="调往外省工作，本人书面提出"
        )


def _expert(by, owner, row, since: date, until: date, number: int) -> None:
    name, fields, kind, employer, title, interests, consents = row
    pool.enter(
        by=by,
        owner=owner,
        facts={
            "name": name, "expertise": [field.value for field in fields], "kind": kind.value, "employer": employer,
            "title": title, "interests": interests, "contact": f"0000-61290{number:02}", "appointed_from": since,
            "appointed_until": until, "consents_to_publication": consents,
        },
    )  # fmt: skip


def _county_lawyer(world, since: date) -> None:
    appointing.enter(
        by=world["county_supervisor"],
        facts={
            "organisation": world.county, "name": "谢敏", "firm": "云溪县司法局", "kind": _A.Kind.PUBLIC_LAWYER,
            "profession": _A.Profession.LAWYER, "licence_number": "14501202181033210",
            "selection": _A.Selection.ASSIGNED, "appointed_from": since, "appointed_until": None,
            "notice_number": "", "fee": None, "duties": "重大行政决策合法性审查，列席县政府常务会议。",
        },
    )  # fmt: skip
