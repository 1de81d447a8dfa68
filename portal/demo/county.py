"""云溪县: its towns, offices, villages, posts and people. All names are invented."""

from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import transaction

from portal.accounts.models import Person, PostHolding, RoleAssignment
from portal.organisations.models import (
    Organisation,
    OrganisationAlias,
    OrganisationKind,
    OrganisationLevel,
    PolicySetting,
    Post,
    Power,
    Qualification,
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


def _unit(world: World, code, name, short_name, level, kind, parent=None, mark="") -> Organisation:
    """A unit as it will be stored; the path is what ``Organisation.save()`` would write."""
    world.units[code] = Organisation(
        code=code,
        name=name,
        short_name=short_name,
        level=level,
        kind=kind,
        parent=parent,
        path=f"{parent.path if parent else ''}{code}/",
        region=REGION,
        document_mark=mark,
        valid_from=SINCE,
        contact="0000-6128000",
        address=f"{name}驻地",
    )
    return world.units[code]


@transaction.atomic
def build_county(password: str) -> World:
    """Units, posts, people and settings, a few statements in all; what is there already is only read."""
    known = Organisation.objects.filter(code="yunxi").first()
    if known is not None:
        units = {unit.code: unit for unit in Organisation.objects.within(known).select_related("parent")}
        people = {person.username: person for person in Person.objects.filter(is_demo=True)}
        return World(known, units, people)
    world = World(None)
    _units(world)
    _people(world, password)
    PolicySetting.objects.create(
        organisation=world.county,
        code="legal_review.body_for_towns_without",
        valid_from=SINCE,
        value="yunxi-justice",
        basis="云溪县人民政府指定（地方示例）",
        set_by_name="韩梅",
    )
    Qualification.objects.bulk_create(
        Qualification(
            organisation=unit,
            power=Power.NORMATIVE_DOCUMENTS,
            valid_from=SINCE,
            notice="云溪县人民政府关于公布行政规范性文件制定主体清单的公告",
        )
        for unit in world.units.values()
        if unit.code in ("yunxi", *_PREFIX)
    )
    return world


def _units(world: World) -> None:
    """County first, then what stands right below it, then offices and villages: parents before children."""
    level, kind = OrganisationLevel, OrganisationKind
    county = _unit(world, "yunxi", "云溪县人民政府", "云溪县", level.COUNTY, kind.COUNTY_GOVERNMENT, mark="云府")
    county.save()
    world.county = county
    justice = _unit(
        world, "yunxi-justice", "云溪县司法局", "县司法局", level.COUNTY, kind.JUSTICE_BUREAU, county, "云司"
    )
    towns = [
        _unit(world, code, name, short, level.TOWNSHIP, of, county, mark) for code, name, short, of, mark in _TOWNS
    ]
    everyone = _unit(
        world, "yunxi-all-towns", "各镇政府（街道办事处）", "各镇街", level.TOWNSHIP, kind.COLLECTIVE, county
    )
    Organisation.objects.bulk_create([justice, *towns, everyone])
    below = [unit for town in towns for unit in _below(world, town)]
    Organisation.objects.bulk_create(below)
    everyone.members.set(towns)
    OrganisationAlias.objects.bulk_create(
        [
            *(OrganisationAlias(organisation=town, name=f"云溪县{town.short_name}") for town in towns),
            *(
                OrganisationAlias(organisation=justice, name=name, valid_until=date(2019, 3, 31))
                for name in ("县法制办", "云溪县人民政府法制办公室")
            ),
        ]
    )


def _below(world: World, town: Organisation) -> list[Organisation]:
    """Offices, legal office and villages of a town."""
    level, kind, code, short = OrganisationLevel, OrganisationKind, town.code, town.short_name
    units = [
        _unit(world, f"{code}-office", f"{short}党政综合办公室", "党政办", level.OFFICE, kind.OFFICE, town),
        _unit(world, f"{code}-building", f"{short}自然资源和规划建设办公室", "规建办", level.OFFICE, kind.OFFICE, town),
    ]
    if code not in _WITHOUT_LEGAL_OFFICE:
        name, mark = f"{short}法制办公室（司法所）", f"{town.document_mark[0]}法"
        units.append(_unit(world, f"{code}-legal", name, f"{short}法制办", level.OFFICE, kind.LEGAL_OFFICE, town, mark))
    for serial, village in enumerate(_VILLAGES[code], start=1):
        committee = "居民委员会" if village.endswith("社区") else "民委员会"
        name = f"{short}{village}{committee}"
        units.append(
            _unit(world, f"{code}-village-{serial}", name, village, level.VILLAGE, kind.VILLAGE_COMMITTEE, town)
        )
    return units


def _people(world: World, password: str) -> None:
    """Accounts, roles, posts and who holds them; one hash serves all, since all share the demo's password."""
    hashed = make_password(password)
    posts: dict[tuple[str, str], Post] = {}
    roles, holdings = [], []
    for username, full_name, role, unit, post_title in _PEOPLE:
        home = world.units[unit]
        person = world.people[username] = Person(
            username=username,
            password=hashed,
            full_name=full_name,
            organisation=home,
            is_demo=True,
            phone="0000-6128001",
        )
        below_county = home.path.split("/")[1]
        town = world.units[below_county] if below_county in _PREFIX else None
        sphere = world.county if role in COUNTY_ROLES else (town if town and role != "village_informant" else home)
        roles.append(RoleAssignment(person=person, role=role, organisation=sphere, valid_from=SINCE))
        post = posts.setdefault(
            (unit, post_title),
            Post(organisation=home, title=post_title, is_head=role == "head", rank=10 if role == "head" else 50),
        )
        holdings.append(PostHolding(person=person, post=post, held_from=SINCE))
    Person.objects.bulk_create(world.people.values())
    Post.objects.bulk_create(posts.values())
    RoleAssignment.objects.bulk_create(roles)
    PostHolding.objects.bulk_create(holdings)
