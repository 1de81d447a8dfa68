"""What the demo county hears from its people: a hearing with sign-ups, a forum with its report, one whose participants
were drawn, questionnaires."""

from datetime import date, timedelta

from portal.consultation.drawing_participants import draw_participants, freeze_pool
from portal.consultation.models import PublicConsultation
from portal.consultation.rehearsal import Voice, announce, walk_questionnaire, walk_session
from portal.consultation.taking_part import publish_list, sign_up, withdraw_sign_up
from portal.moment import clock_set_to

AFTER_OTHERS = True  # the drafts that the sessions are about come from the rooms that write them

SPEAKERS = (
    ("赵大海", 1, "经营户希望保留早晚两个时段。"), ("钱小河", 1, "收费标准应当张贴在入口。"),
    ("孙立春", 1, "摊位调整应当提前告知。"), ("李晓梅", 2, "噪声和油烟影响休息，应当限定时间。"),
    ("周建平", 2, "应当保证消防通道畅通。"),
)  # fmt: skip
APPLICANTS = (
    ("孔令芬", 1), ("曹建军", 1), ("严小芳", 1), ("华国平", 1), ("金桂兰", 1), ("魏长河", 1),
    ("陶春燕", 2), ("姜大勇", 2),
)  # fmt: skip
LISTENERS = ("吴桂芳", "郑国强", "王秀兰", "冯志刚", "陈玉珍", "褚明亮", "卫东升")
VOICES = (
    Voice("蒋月华", "村民代表", "管护人员的报酬应当公开。", "adopted", "增加报酬公示的规定。"),
    Voice("沈长青", "村民代表", "每日保洁次数应当写明。", "partly", "写明最低次数，旺季由村民委员会增加。"),
    Voice(
        "韩代表", "镇人大代表", "建议全部由镇里统一招聘。", "not_adopted", "与村民自治的规定不符，由村民委员会确定。",
        invited=True,
    ),
    Voice("杨主任", "村民委员会", "经费应当按季度拨付。", "adopted", "采纳，按季度拨付。", invited=True),
)  # fmt: skip


def build(world, today: date) -> None:
    """The room's part of the demo, on drafts of 龙潭镇 that are before the public or just were."""
    clerk, drafts = world["lt_clerk"], PublicConsultation.objects.filter(file__organisation=world.longtan)
    over = drafts.public().filter(closes_on__lt=today, answers_published_at=None, file__closed_on=None)
    heard = over.order_by("-closes_on").first()
    if heard is not None:
        walk_session(
            heard.file, by=clerk, kind="forum", announced_on=today - timedelta(days=20),
            held_on=today - timedelta(days=8), voices=VOICES,
        )  # fmt: skip
        walk_questionnaire(
            heard.file, by=clerk, opens_on=today - timedelta(days=30), closes_on=today - timedelta(days=9), answers=8
        )
        _drawn_forum(heard.file, clerk, today)
    running = drafts.running(today).order_by("-opened_on").first()
    if running is not None:
        _hearing(running.file, clerk, today)
        walk_questionnaire(
            running.file, by=clerk, opens_on=max(running.opened_on, today - timedelta(days=3)),
            closes_on=today + timedelta(days=11), answers=12,
        )  # fmt: skip


def _drawn_forum(file, clerk, today: date) -> None:
    """A second forum whose villagers were drawn the day before yesterday; one of them gave up, and a reserve waits."""
    with clock_set_to(today - timedelta(days=12)):
        session = announce(
            file, by=clerk, kind="forum", title=f"{file.title}第二次座谈会", held_on=today + timedelta(days=4),
            sign_up_until=today - timedelta(days=3), speaker_seats=5, groups=[("村民", 3), ("保洁人员", 2)],
            method_kind="draw", method="报名多于名额的，由镇人大派员见证，公开抽取。",
        )  # fmt: skip
    with clock_set_to(today - timedelta(days=9)):
        sides = {group.order: group for group in session.groups.all()}
        for number, (name, side) in enumerate(APPLICANTS, start=41):
            sign_up(session, wish="speak", name=name, contact=f"0000-61230{number:02d}", group=sides[side],
                    views="希望了解管护经费和报酬的安排。")  # fmt: skip
    with clock_set_to(today - timedelta(days=2)):
        draw_participants(
            freeze_pool(session, by=clerk), by=clerk, spoken="云溪秋色", witness_name="韩代表",
            witness_post="龙潭镇人大副主席",
        )  # fmt: skip
        publish_list(session, by=clerk)
    with clock_set_to(today - timedelta(days=1)):
        withdraw_sign_up(session.sign_ups.get(group=sides[1], drawn_rank=2))


def _hearing(file, clerk, today: date) -> None:
    """Announced the day before yesterday: five want to speak, seven to listen on five seats."""
    with clock_set_to(today - timedelta(days=2)):
        session = announce(
            file, by=clerk, kind="hearing", held_on=today + timedelta(days=14), sign_up_until=today + timedelta(days=5),
            speaker_seats=4, observer_seats=5, groups=[("生产经营者", 2), ("附近居民", 2)],
            method_kind="draw", method="按利益方分配名额；报名多于名额的，公开抽取。",
        )  # fmt: skip
    with clock_set_to(today - timedelta(days=1)):
        sides = {group.order: group for group in session.groups.all()}
        for number, (name, side, views) in enumerate(SPEAKERS, start=1):
            sign_up(session, wish="speak", name=name, contact=f"0000-61230{number:02d}", group=sides[side], views=views)
        for number, name in enumerate(LISTENERS, start=21):
            sign_up(session, wish="listen", name=name, contact=f"0000-61230{number:02d}")
