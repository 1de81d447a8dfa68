"""检查意见书, set by the worker as a letter of the county's justice bureau (信函格式)."""

from portal.documents.rendering import Layout, OfficialPaper, parse_blocks
from portal.documents.rendering.paper import chinese_date
from portal.oversight.inspecting.effects import inspecting_body


def inspection_opinion(inspection) -> OfficialPaper:
    """What was looked at, each problem with its basis and what is asked, and until when."""
    body_name = inspecting_body(inspection).name
    looked_at = "、".join(f"《{paper.title}》" for paper in inspection.looked_at.all())
    lines = [
        f"{chinese_date(inspection.inspected_on)}，我单位对你单位规范性文件工作进行了{inspection.get_inspection_kind_display()}，"
        f"查看了{looked_at}。"
    ]
    if inspection.summary:
        lines += ["一、检查情况", inspection.summary]
    lines.append("二、发现的问题和整改要求" if inspection.summary else "发现的问题和整改要求：")
    for finding in inspection.findings.all():
        about = f"（{finding.document}）" if finding.document else ""
        lines.append(f"{finding.number}．{finding.problem}{about}依据：{finding.basis}。整改要求：{finding.demand}")
    lines.append(f"请于{chinese_date(inspection.rectify_until)}前将整改情况书面报告我单位。")
    return OfficialPaper(
        kind="函",
        layout=Layout.LETTER,
        mark=(body_name,),
        number=inspection.opinion_number,
        title=f"关于{inspection.organisation.short_name}规范性文件工作的检查意见书",
        recipients=inspection.organisation.name,
        body=parse_blocks("\n".join(lines)),
        signature=(body_name,),
        issued_on=inspection.issued_on,
    )
