"""云溪县: its towns, offices, villages, posts and people. All names are invented."""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from portal.accounts.models import Person, PostHolding, RoleAssignment
from portal.organisations.models import (
    Organisation,
    OrganisationAlias,
    OrganisationKind,
    OrganisationLevel,
    PolicySetting,
    Post,
)

SINCE = date(2018, 1, 1)
REGION = "yunxi"


@dataclass
class World:
    """The county as built: units by code, people by user name."""

    county: Organisation
    units: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    def __getitem__(self, username: str) -> Person:
        return self.people[username]

    @property
    def longtan(self) -> Organisation:
        return self.units["longtan"]

    @property
    def qinghe(self) -> Organisation:
        return self.units["qinghe"]

    @property
    def baishi(self) -> Organisation:
        return self.units["baishi"]

    @property
    def dongcheng(self) -> Organisation:
        return self.units["dongcheng"]


# code, name, short name, kind, document mark
_TOWNS = (
    ("longtan", "云溪县龙潭镇人民政府", "龙潭镇", OrganisationKind.TOWN_GOVERNMENT, "龙政规"),
    ("qinghe", "云溪县清河镇人民政府", "清河镇", OrganisationKind.TOWN_GOVERNMENT, "清政规"),
    ("baishi", "云溪县白石乡人民政府", "白石乡", OrganisationKind.TOWN_GOVERNMENT, "白政规"),
    ("dongcheng", "云溪县人民政府东城街道办事处", "东城街道", OrganisationKind.SUBDISTRICT_OFFICE, "东街规"),
)
# 白石乡 has no legal office: its drafts go to the body that the county names.
_WITHOUT_LEGAL_OFFICE = {"baishi"}
_VILLAGES = {
    "longtan": ("上坪村", "桥头村", "竹园村"),
    "qinghe": ("河口村", "柳湾村"),
    "baishi": ("石门村", "杉树村"),
    "dongcheng": ("文昌社区", "新市社区"),
}
_PREFIX = {"longtan": "lt", "qinghe": "qh", "baishi": "bs", "dongcheng": "dc"}

# user name, full name, role, unit, post
_PEOPLE = (
    ("lt_clerk", "王建国", "clerk", "longtan-office", "主任"),
    ("lt_legal", "李静", "legal_reviewer", "longtan-legal", "主任（司法所所长）"),
    ("lt_head", "杨振华", "head", "longtan", "镇长"),
    ("lt_village01", "陈喆", "village_informant", "longtan-village-1", "村级信息员"),
    ("lt_mediator", "周玉兰", "mediator", "longtan-legal", "人民调解员"),
    ("lt_petition", "孙立", "petition_receiver", "longtan-office", "信访接待员"),
    ("qh_clerk", "赵明", "clerk", "qinghe-office", "主任"),
    ("qh_legal", "刘珺", "legal_reviewer", "qinghe-legal", "主任（司法所所长）"),
    ("qh_head", "吴志强", "head", "qinghe", "镇长"),
    ("bs_clerk", "郑晓", "clerk", "baishi-office", "主任"),
    ("bs_head", "钱卫东", "head", "baishi", "乡长"),
    ("dc_clerk", "冯雪", "clerk", "dongcheng-office", "主任"),
    ("dc_legal", "何翀", "legal_reviewer", "dongcheng-legal", "主任（司法所所长）"),
    ("dc_head", "沈家豪", "head", "dongcheng", "街道办事处主任"),
    ("county_reviewer", "林𠮷", "filing_reviewer", "yunxi-justice", "规范性文件备案审查股股长"),
    ("county_supervisor", "韩梅", "supervisor", "yunxi-justice", "副局长"),
    ("sysadmin", "系统管理员", "system_administrator", "yunxi-justice", "系统管理员"),
    ("secadmin", "安全管理员", "security_administrator", "yunxi-justice", "安全管理员"),
    ("auditor", "审计管理员", "audit_administrator", "yunxi-justice", "审计管理员"),
)
COUNTY_ROLES = {"filing_reviewer", "supervisor"}


def _unit(code, name, short_name, level, kind, parent=None, mark="") -> Organisation:
    unit, _ = Organisation.objects.get_or_create(
        code=code,
        defaults={
            "name": name,
            "short_name": short_name,
            "level": level,
            "kind": kind,
            "parent": parent,
            "region": REGION,
            "document_mark": mark,
            "valid_from": SINCE,
            "contact": "0000-6128000",
            "address": f"{name}驻地",
        },
    )
    return unit


@transaction.atomic
def build_county(password: str) -> World:
    """Units, posts, people and settings; built again, it changes nothing."""
    level, kind = OrganisationLevel, OrganisationKind
    county = _unit("yunxi", "云溪县人民政府", "云溪县", level.COUNTY, kind.COUNTY_GOVERNMENT, mark="云府")
    world = World(county)
    justice = _unit("yunxi-justice", "云溪县司法局", "县司法局", level.COUNTY, kind.JUSTICE_BUREAU, county, "云司")
    world.units |= {"yunxi": county, "yunxi-justice": justice}
    for name in ("县法制办", "云溪县人民政府法制办公室"):
        OrganisationAlias.objects.get_or_create(
            organisation=justice, name=name, defaults={"valid_until": date(2019, 3, 31)}
        )
    for code, name, short, town_kind, mark in _TOWNS:
        town = _unit(code, name, short, level.TOWNSHIP, town_kind, county, mark)
        world.units[code] = town
        OrganisationAlias.objects.get_or_create(organisation=town, name=f"云溪县{short}")
        world.units[f"{code}-office"] = _unit(
            f"{code}-office", f"{short}党政综合办公室", "党政办", level.OFFICE, kind.OFFICE, town
        )
        world.units[f"{code}-building"] = _unit(
            f"{code}-building", f"{short}自然资源和规划建设办公室", "规建办", level.OFFICE, kind.OFFICE, town
        )
        if code not in _WITHOUT_LEGAL_OFFICE:
            world.units[f"{code}-legal"] = _unit(
                f"{code}-legal",
                f"{short}法制办公室（司法所）",
                f"{short}法制办",
                level.OFFICE,
                kind.LEGAL_OFFICE,
                town,
                mark[0] + "法",
            )
        for serial, village in enumerate(_VILLAGES[code], start=1):
            world.units[f"{code}-village-{serial}"] = _unit(
                f"{code}-village-{serial}",
                f"{short}{village}村民委员会".replace("社区村民", "社区居民").replace("村村民", "村民"),
                village,
                level.VILLAGE,
                kind.VILLAGE_COMMITTEE,
                town,
            )
    _collective(world)
    _people(world, password)
    PolicySetting.objects.get_or_create(
        organisation=county,
        code="legal_review.body_for_towns_without",
        valid_from=SINCE,
        defaults={"value": "yunxi-justice", "basis": "云溪县人民政府指定（地方示例）", "set_by_name": "韩梅"},
    )
    return world


def _collective(world: World) -> None:
    towns = _unit(
        "yunxi-all-towns",
        "各镇政府（街道办事处）",
        "各镇街",
        OrganisationLevel.TOWNSHIP,
        OrganisationKind.COLLECTIVE,
        world.county,
    )
    towns.members.set([world.units[code] for code in _PREFIX])


def _people(world: World, password: str) -> None:
    for username, full_name, role, unit, post_title in _PEOPLE:
        home = world.units[unit]
        person = Person.objects.filter(username=username).first()
        if person is None:
            person = Person.objects.create_user(
                username, password, full_name=full_name, organisation=home, is_demo=True, phone="0000-6128001"
            )
        world.people[username] = person
        town = home.town()
        sphere = world.county if role in COUNTY_ROLES else (town if town and role != "village_informant" else home)
        RoleAssignment.objects.get_or_create(
            person=person, role=role, organisation=sphere, defaults={"valid_from": SINCE}
        )
        post, _ = Post.objects.get_or_create(
            organisation=home,
            title=post_title,
            defaults={"is_head": role == "head", "rank": 10 if role == "head" else 50},
        )
        PostHolding.objects.get_or_create(person=person, post=post, defaults={"held_from": SINCE})
