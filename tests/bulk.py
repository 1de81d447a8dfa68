"""Many documents at once, past `perform()`: for counting queries and for measuring, never for behaviour.

Rows are copied from one template by the database itself; search entries get the vectors that the portal's own cutter
makes. The tables' triggers are off meanwhile, which only their owner may do.
"""

import io
import json
from datetime import date, timedelta
from random import Random
from uuid import UUID

from django.contrib.postgres.search import SearchVectorField
from django.db import connection

from normative_docs.in_force.models import TextVersion, VersionSource
from normative_docs.models import NormativeDocument
from portal.casefiles.models import CaseFile, Disclosure
from portal.publishing.models import Publication, ReviewedCopy
from portal.search.index import vectors_of
from portal.search.models import SearchEntry
from portal.search.registry import EntryData

FIRST = 1_000_000
"""Number of the row before the first; the sequences of the tables never get there in a test."""

EVERY_THOUSANDTH = "古井保护"
_PHRASES = (
    "加强组织领导，明确职责分工", "村民委员会应当及时公示办理结果", "经费纳入年度预算管理", "自觉接受群众监督",
    "申请人提交的材料应当真实完整", "自受理之日起二十个工作日内办结", "公共设施由专人管护", "禁止向沟渠倾倒垃圾",
    "对经营者一视同仁，不得设置门槛", "建立台账，做到一事一档", "定期开展安全检查", "发现隐患应当立即整改",
    "农村住房建设应当符合村庄规划", "老年人凭身份证享受就餐补贴", "集市摊位实行统一编号", "饮用水水源保护范围设置标志",
    "停车泊位按照标线停放", "畜禽养殖粪污就地还田利用", "防火期内严禁野外用火", "河道采砂应当取得许可",
)  # fmt: skip
_SUBJECTS = ("农村住房建设", "生活垃圾分类", "集市摊位", "饮用水水源", "道路停车", "畜禽养殖", "森林防火", "河道采砂",
             "村级小型工程", "养老服务补贴")  # fmt: skip


def load_documents(cursor, count: int, organisations, person) -> None:
    """Put that many documents on file, before the public and into the public index, as the owner of the tables.

    :param organisations: the towns that share them, in turn.
    """
    tables = [
        model._meta.db_table
        for model in (CaseFile, NormativeDocument, ReviewedCopy, Publication, SearchEntry, TextVersion)
    ]
    # A table with checks still to be made cannot be altered.
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute("SET LOCAL statement_timeout = 0")
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    _copy_entries(cursor, count, organisations)
    file = CaseFile(
        kind="normative_docs", organisation=organisations[0], opened_on=date(2016, 1, 1), opened_by=person,
        disclosure=Disclosure.PROACTIVE,
    )  # fmt: skip
    of_entry = {"title": "entry.title", "organisation_id": "entry.organisation_id"}
    _multiply(
        cursor, CaseFile, file, id="entry.id", public_id="gen_random_uuid()", number="'案' || entry.id", **of_entry
    )
    document = NormativeDocument(casefile_ptr_id=0, issuing_authority=organisations[0])
    _multiply(
        cursor, NormativeDocument, document, casefile_ptr_id="entry.id", issuing_authority_id="entry.organisation_id"
    )
    copy = ReviewedCopy(file_id=0, source_digest="0" * 64, rules_version="1", is_automatic=True)
    _multiply(cursor, ReviewedCopy, copy, id="entry.id", file_id="entry.id")
    publication = Publication(
        column="规范性文件", has_validity=True, published_by=person, digest="0" * 64, file_id=0, copy_id=0,
        starts_on=date(2016, 1, 1), published_at="2016-01-01T00:00Z", organisation=organisations[0],
    )  # fmt: skip
    _multiply(
        cursor, Publication, publication, id="entry.id", public_id="gen_random_uuid()", file_id="entry.id",
        copy_id="entry.id", year="entry.year", serial="entry.id", text="entry.body",
        published_on="entry.published_on", number="entry.number", **of_entry,
    )  # fmt: skip
    version = TextVersion(
        document_id=0, number=1, source=VersionSource.PUBLISHED, digest="0" * 64, effective_from=date(2016, 1, 1),
        is_matching=True, prepared_at="2016-01-01T00:00Z", confirmed_at="2016-01-01T00:00Z",
    )  # fmt: skip
    _multiply(cursor, TextVersion, version, id="entry.id", document_id="entry.id", text="entry.body")
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute(f"ANALYZE {table}")
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _multiply(cursor, model, template, **expressions: str) -> None:
    """One row of the model for each bulk entry; the columns not named come from the template."""
    fields = [field for field in model._meta.local_concrete_fields if not field.generated]
    values = [
        expressions.get(field.column) or cursor.mogrify("%s", [_prepared(field, template)]).decode() for field in fields
    ]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    cursor.execute(
        f'INSERT INTO "{model._meta.db_table}" ({columns}) SELECT {", ".join(values)} '
        f"FROM search_searchentry entry WHERE entry.id > {FIRST}"
    )


def _prepared(field, template):
    value = getattr(template, field.attname)
    prepared = field.get_db_prep_save(value, connection)
    return str(prepared) if isinstance(prepared, UUID) else prepared


def _copy_entries(cursor, count: int, organisations) -> None:
    """COPY the public entries with vectors of the portal's cutter; the index of terms is filled afterwards, at once."""
    fields = [field for field in SearchEntry._meta.local_concrete_fields if not field.generated]
    index = SearchEntry._meta.indexes[0].name
    cursor.execute(f"SELECT indexdef FROM pg_indexes WHERE indexname = '{index}'")
    definition = cursor.fetchone()[0]
    cursor.execute(f"DROP INDEX {index}")
    chance = Random(20_261_122)
    for start in range(0, count, 5_000):
        lines = io.StringIO()
        for number in range(start + 1, min(start + 5_000, count) + 1):
            entry = _entry(number, organisations[number % len(organisations)], chance)
            lines.write("\t".join(_copied(field, getattr(entry, field.attname)) for field in fields) + "\n")
        lines.seek(0)
        columns = ", ".join(f'"{field.column}"' for field in fields)
        cursor.copy_expert(f"COPY search_searchentry ({columns}) FROM STDIN", lines)
    cursor.execute(definition)


def _entry(number: int, organisation, chance: Random) -> SearchEntry:
    day = date(2016, 1, 1) + timedelta(days=chance.randrange(3_650))
    subject = chance.choice(_SUBJECTS)
    rare = EVERY_THOUSANDTH if number % 1_000 == 0 else ""
    body = "。".join([rare, *chance.sample(_PHRASES, 9)])
    title = f"{organisation.short_name}{rare or subject}管理办法（第{number}件）"
    document_number = f"{organisation.document_mark}〔{day.year}〕{number}号"
    address = (str(day.year), str(FIRST + number))
    data = EntryData(
        title=title, number=document_number, body=body, keywords="规范性文件", published_on=day,
        organisation=organisation, url_name="publishing:document", url_args=address, public=True, file=None,
    )  # fmt: skip
    vector, ranking = vectors_of(data)
    return SearchEntry(
        id=FIRST + number, kind="publication", object_uuid=UUID(int=number), is_public=True, organisation=organisation,
        title=title, number=document_number, body=body, vector=vector, ranking=ranking, published_on=day, year=day.year,
        has_validity=True, starts_on=date(2016, 1, 1), url_name=data.url_name, url_args=list(address),
    )  # fmt: skip


def _copied(field, value) -> str:
    """A value as COPY reads it."""
    if value is None:
        return r"\N"
    if isinstance(value, list) and not isinstance(field, SearchVectorField):
        value = json.dumps(value)
    text = {True: "t", False: "f"}.get(value, str(value)) if isinstance(value, bool) else str(value)
    return text.replace("\\", r"\\").replace("\t", r"\t").replace("\n", r"\n")
