"""What stands on file in the demo county: every stage, near due, overdue, and the year 2021 of 龙潭镇."""

from datetime import date, timedelta

from normative_docs.demo import texts
from normative_docs.demo.journey import Journey
from normative_docs.models.recognition import QUESTIONS
from normative_docs.numbers import DOCUMENTS
from normative_docs.recognising import recognise
from portal.casefiles.numbering import reserve
from portal.demo.walking import Cast, cast_of
from portal.jobs import queue
from portal.jobs.models import Job
from portal.legal_review.models import Conclusion
from portal.moment import clock_set_to
from portal.oversight.assigning import assign
from portal.oversight.findings import add_finding, answer_finding
from portal.workflow.perform import perform


def build(world, today: date) -> None:
    """The app's part of the demo, oldest first, so that numbers run in the order of time."""
    longtan, qinghe = cast_of(world, "longtan"), cast_of(world, "qinghe")
    _existing(longtan)
    _year_2021(longtan)
    _filed(longtan, today)
    _corrected(qinghe, today)
    _revoked(cast_of(world, "baishi"), today)
    _filing_overdue(longtan, today)
    _under_county_review(longtan, today)
    _filing_due_soon(qinghe, today)
    _in_deliberation(qinghe, today)
    _awaiting_signature(cast_of(world, "dongcheng"), today)
    _awaiting_publication(cast_of(world, "baishi"), today)
    _given_up(qinghe, today)
    _not_lawful(longtan, today)
    _reviewed_by_county(cast_of(world, "baishi"), today)
    _in_review(longtan, today)
    _answering(longtan, today)
    _open_for_comment(longtan, today)
    _open_for_comment(cast_of(world, "dongcheng"), today, texts.elderly("东城街道"))
    Journey(longtan, texts.parking("龙潭镇"), today - timedelta(days=4)).open()
    _looked_at(longtan, today)
    _number_kept_back(longtan, today)


def _looked_at(cast: Cast, today: date) -> None:
    """Papers that were recognised: one waiting to be drafted, an internal one, and rules put into minutes."""
    yes = {question.code: True for question in QUESTIONS}
    with clock_set_to(today - timedelta(days=6)):
        for title, form, answers, reason in (
            ("龙潭镇河道采砂巡查工作方案", "notice", yes | {"is_no_internal_paper": False}, "只规定镇内各办所的分工。"),
            (
                "关于集镇摊位收费标准的会议纪要",
                "minutes",
                yes | {"is_no_internal_paper": False},
                "纪要对全镇摊主规定收费标准，涉及不特定的人的权利义务。",
            ),
            ("龙潭镇文化广场使用管理规定", "provisions", yes, "规定广场使用时段和音量，全镇居民普遍适用。"),
        ):
            recognise(
                by=cast.clerk, organisation=cast.town, title=title, form=form, answers=answers, reason=reason
            )  # fmt: skip


def _number_kept_back(cast: Cast, today: date) -> None:
    with clock_set_to(today - timedelta(days=2)):
        reserve(cast.town, DOCUMENTS.code, today.year, reason="为防汛应急通告预留", by=cast.head)


def _existing(cast: Cast) -> None:
    """Documents of earlier years: one in force, one lapsed by its own date."""
    for text, issued, effective, until, number in (
        (texts.water("龙潭镇"), date(2024, 3, 12), date(2024, 5, 1), date(2029, 4, 30), "龙政规〔2024〕1号"),
        (texts.fire("龙潭镇"), date(2022, 9, 20), date(2022, 10, 1), date(2024, 9, 30), "龙政规〔2022〕2号"),
    ):
        journey = Journey(cast, text, issued)
        with clock_set_to(issued):
            document = journey.open(
                document_number=number,
                issued_on=issued,
                effective_on=effective,
                valid_until=until,
                validity_text=f"有效期至{until:%Y年%-m月%-d日}",
            )
            journey.document = perform(document, "register_existing", by=cast.clerk)


def _year_2021(cast: Cast) -> None:
    """What this issue's rooms hold of the town's year 2021."""
    for text, start in (
        (texts.waste("龙潭镇"), date(2021, 3, 1)),
        (texts.elderly("龙潭镇"), date(2021, 6, 1)),
    ):
        journey = Journey(cast, text, start)
        journey.expect_publication()
        journey.walk("record", comments=texts.COMMENTS[:2])


def _ready_by(cast: Cast, text, published_on: date, comments=texts.COMMENTS[:1]) -> Journey:
    """A document published on exactly that day."""
    journey = Journey(cast, text, published_on - timedelta(days=90))
    journey.expect_publication()
    journey.walk("adopt", comments=comments)
    journey.day = published_on - timedelta(days=1)
    journey.sign()
    journey.day = published_on
    journey.publish()
    return journey


def _filed(cast: Cast, today: date) -> None:
    journey = _ready_by(cast, texts.market("龙潭镇"), today - timedelta(days=60), texts.COMMENTS)
    journey.workday(4)
    journey.submit_filing()
    journey.workday(2)
    journey.accept_filing()
    journey.workday(6)
    journey.record_filing()


def _corrected(cast: Cast, today: date) -> None:
    """Filed late; the county found something; the town answered."""
    journey = _ready_by(cast, texts.housing("清河镇"), today - timedelta(days=58))
    journey.day += timedelta(days=31)
    journey.submit_filing()
    journey.workday()
    journey.accept_filing()
    journey.workday(4)
    with journey.on():
        finding = add_finding(
            journey.filing,
            by=cast.county_reviewer,
            clause="第五条",
            fault="conflict",
            problem="办理期限与省有关规定的最长期限不一致。",
            basis="《中华人民共和国土地管理法》第六十二条",
            suggestion="与上位规定保持一致。",
        )
        perform(
            journey.filing,
            "order_correction",
            by=cast.county_supervisor,
            data={"order": "amend", "opinion": "请于期限内修改第五条，并报送修改情况。"},
        )
    journey.workday(5)
    with journey.on():
        answer_finding(
            finding, by=cast.clerk, answer="amended", answer_text="已按上位规定修改第五条，另行公布修改决定。"
        )
        perform(journey.filing, "answer", by=cast.clerk)


def _revoked(cast: Cast, today: date) -> None:
    """The town let the period of correction run out: the county revoked the document and said so publicly."""
    journey = _ready_by(
        cast,
        texts.draft(
            "白石乡",
            "农村道路通行管理",
            "measures",
            "交通运输",
            (
                "为加强农村道路通行管理，制定本办法。",
                "超过三吨的车辆通行村道，应当向村民委员会缴纳养护费。",
                "违反本办法的，处二百元罚款。",
            ),
        ),
        today - timedelta(days=120),
    )
    journey.workday(3)
    journey.submit_filing()
    journey.workday()
    journey.accept_filing()
    journey.workday(4)
    reviewer, supervisor = cast.county_reviewer, cast.county_supervisor
    with journey.on():
        for clause, problem, basis in (
            ("第二条", "要求缴纳费用没有法律、法规依据。", "国办发〔2018〕37号"),
            ("第三条", "规范性文件不得设定罚款。", "中华人民共和国行政处罚法 第十六条"),
        ):
            add_finding(
                journey.filing, by=reviewer, clause=clause, fault="power", problem=problem, basis=basis,
                suggestion="删去本条。",
            )  # fmt: skip
        opinion = {"order": "correct", "opinion": "第二条、第三条超越权限，请在期限内自行废止或者修改。"}
        filing = perform(journey.filing, "order_correction", by=supervisor, data=opinion)
    journey.day = filing.deadlines.get(code="nd_filing_correct").effective_end + timedelta(days=8)
    words = {
        "reason": "整改期限届满未纠正第二条、第三条超越权限设定收费和罚款的问题，经催告仍未报送整改情况。",
        "basis": "地方各级人民代表大会和地方各级人民政府组织法 第七十三条",
    }
    with journey.on():
        perform(filing, "propose_revocation", by=reviewer, data=words)
        decision = {
            **words, "organ": "云溪县人民政府", "approver": "县人民政府常务会议",
            "number": f"云府决〔{journey.day.year}〕2号", "on": journey.day,
        }  # fmt: skip
        perform(filing, "revoke", by=supervisor, data=decision)
        queue.run(Job.objects.get(key=f"{filing.pk}:fl_revocation").pk)
        perform(filing, "announce", by=supervisor)


def _under_county_review(cast: Cast, today: date) -> None:
    journey = _ready_by(cast, texts.housing("龙潭镇"), today - timedelta(days=16))
    journey.workday(3)
    journey.submit_filing()
    journey.workday()
    journey.accept_filing()
    with journey.on():
        add_finding(
            journey.filing,
            by=cast.county_reviewer,
            clause="第八条",
            fault="form",
            problem="投诉答复期限的表述与前文不一致。",
            basis="国办发〔2018〕37号",
            suggestion="统一表述。",
        )
        assign(journey.filing, to=cast.county_reviewer, by=cast.county_supervisor, reason="熟悉农村住房管理")


def _filing_due_soon(cast: Cast, today: date) -> None:
    _ready_by(cast, texts.market("清河镇"), today - timedelta(days=13))


def _filing_overdue(cast: Cast, today: date) -> None:
    _ready_by(
        cast,
        texts.draft(
            "龙潭镇",
            "公共健身场地管理",
            "measures",
            "文化体育",
            (
                "为管好用好公共健身场地，制定本办法。",
                "公共健身场地免费向居民开放。",
                "管理单位应当定期检查设施，及时维修。",
            ),
        ),
        today - timedelta(days=24),
    )


def _in_deliberation(cast: Cast, today: date) -> None:
    Journey(cast, texts.water("清河镇"), today - timedelta(days=65)).walk("deliberate", comments=texts.COMMENTS[1:3])


def _awaiting_signature(cast: Cast, today: date) -> None:
    Journey(cast, texts.parking("东城街道"), today - timedelta(days=75)).walk("adopt", comments=texts.COMMENTS[:1])


def _awaiting_publication(cast: Cast, today: date) -> None:
    Journey(cast, texts.market("白石乡"), today - timedelta(days=76)).walk("sign", comments=texts.COMMENTS[1:2])


def _given_up(cast: Cast, today: date) -> None:
    """A draft that the head ended: the county is about to regulate the same."""
    journey = Journey(cast, texts.parking("清河镇"), today - timedelta(days=33))
    journey.open()
    journey.workday(6)
    with journey.on():
        perform(journey.document, "terminate", by=cast.head, note="县人民政府正在制定同类规定，本镇不再单独制定。")


def _not_lawful(cast: Cast, today: date) -> None:
    """A draft that the review found unlawful: it waits to be reworked."""
    text = texts.draft(
        "龙潭镇",
        "集镇摊点规范管理",
        "provisions",
        "城镇管理",
        ("为规范集镇摊点秩序，制定本规定。", "在集镇设置摊点的，应当缴纳保证金五百元。", "违反本规定的，没收其物品。"),
        affects_market=True,
    )
    journey = Journey(cast, text, today - timedelta(days=60))
    journey.walk("review", comments=texts.COMMENTS[3:])
    journey.find("第二条", "要求缴纳保证金没有法律、法规依据。", "国办发〔2018〕37号", "删去保证金。")
    journey.find(
        "第三条", "没收物品属于行政处罚，规范性文件不得设定。", "中华人民共和国行政处罚法 第十六条", "删去本条。"
    )
    journey.workday(3)
    journey.conclude(Conclusion.UNLAWFUL, "第二条、第三条无上位法依据，应当删去后重新送审。")


def _reviewed_by_county(cast: Cast, today: date) -> None:
    """白石乡 has no legal office: the body named by the county reviews."""
    Journey(cast, texts.waste("白石乡"), today - timedelta(days=46)).walk("review", comments=texts.COMMENTS[:1])


def _in_review(cast: Cast, today: date) -> None:
    journey = Journey(
        cast,
        texts.draft(
            "龙潭镇",
            "农村集体聚餐食品安全管理",
            "measures",
            "食品安全",
            (
                "为预防集体聚餐食品安全事故，制定本办法。",
                "举办一百人以上集体聚餐的，举办者应当提前三日报告村民委员会。",
                "乡村厨师应当持有有效健康证明。",
                "镇人民政府组织免费培训和现场指导，不收取任何费用。",
            ),
        ),
        today - timedelta(days=52),
    )
    journey.walk("review", comments=texts.COMMENTS[:3])
    journey.find("第二条", "报告时限与省有关规定不一致。", "国办发〔2018〕115号 六", "与省规定一致。")


def _answering(cast: Cast, today: date) -> None:
    """The comment period is over; opinions wait for their answers."""
    journey = Journey(
        cast,
        texts.draft(
            "龙潭镇",
            "村级公共厕所管护",
            "measures",
            "人居环境",
            (
                "为建立村级公共厕所长效管护机制，制定本办法。",
                "村民委员会确定专人保洁，名单在公厕门口公示。",
                "管护经费收支每半年公示一次。",
            ),
        ),
        today - timedelta(days=46),
    )
    journey.open()
    journey.consult(closes_on=today - timedelta(days=3))
    journey.comment(*texts.COMMENTS)


def _open_for_comment(cast: Cast, today: date, text=None) -> None:
    journey = Journey(cast, text or texts.fire(cast.town.short_name), today - timedelta(days=10))
    journey.open()
    journey.consult()
    journey.comment(*texts.COMMENTS[:2])
