"""The first draft of a session's report, written from its record and the answers."""

from collections import Counter

from portal.consultation.models import Session, VoicedOpinion
from portal.moment import SHANGHAI


def draft_report(session: Session) -> str:
    """Facts in sentences: when, where, who came, what was said and what became of it. Names stay out."""
    held_at = session.held_at.astimezone(SHANGHAI)
    present = list(session.participants.filter(removed_at__isnull=True, attended=True))
    sides = "、".join(f"{side} {count} 人" for side, count in Counter(person.capacity for person in present).items())
    opinions = list(session.opinions.all())
    results = Counter(opinion.outcome for opinion in opinions)
    counted = "，".join(f"{label} {results[code]} 条" for code, label in VoicedOpinion.Outcome.choices)
    where = f"在{session.place}" if session.place else "以书面方式"
    listened = f"旁听 {session.observers_present} 人。" if session.observers_present else ""
    lines = [
        "一、会议概况",
        f"{session.title}于{held_at.year}年{held_at.month}月{held_at.day}日{where}举行，主持人{session.host}。"
        f"参加人 {len(present)} 人：{sides}。{listened}",
        "二、主要意见和采纳情况",
        f"共提出意见 {len(opinions)} 条：{counted}。",
    ]  # fmt: skip
    for opinion in opinions:
        lines.append(f"{opinion.number}. {opinion.public_text}（{opinion.get_outcome_display()}：{opinion.answer}）")
    return "\n".join(lines)
