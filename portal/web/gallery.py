"""Every component once, with invented figures: the page that people and axe look at (DEBUG only).

"Today" is 2026-10-12, as on the reference pages.
"""

from datetime import date, datetime, timedelta, timezone

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from portal.deadlines.counting import reckon
from portal.deadlines.explain import grid
from portal.deadlines.rules import limit
from portal.deadlines.shipped import shipped_calendar
from portal.web.charts import bar_chart, line_chart
from portal.web.forms import DayField, UploadField
from portal.web.inside.clocks import week_view
from portal.web.tables import Cell, Column, Pager, Row, Table

TODAY = date(2026, 10, 12)
_CST = timezone(timedelta(hours=8))


class SampleForm(forms.Form):
    """One field of each sort."""

    published_on = DayField(label="公布日期", help_text="按实际公布之日填写，例如 2026-09-05。")
    opinion = UploadField(label="审核意见书")
    outcome = forms.ChoiceField(
        label="审查结论", choices=[("pass", "准予备案"), ("amend", "限期修改")], widget=forms.RadioSelect
    )
    unit = forms.ChoiceField(label="起草单位", choices=[("", "请选择"), ("a", "农业农村办公室")])
    phone = forms.CharField(label="联系电话", required=False, help_text="只用于核实意见，不公开。")
    text = forms.CharField(label="意见内容", widget=forms.Textarea(attrs={"rows": 3}))
    honest = forms.BooleanField(label="以上内容属实。")


class SampleFilter(forms.Form):
    keyword = forms.CharField(label="关键词", required=False)
    unit = forms.ChoiceField(label="起草单位", required=False, choices=[("", "全部")])
    validity = forms.ChoiceField(label="效力状态", required=False, choices=[("", "全部")])
    since = DayField(label="公布日期起", required=False)
    until = DayField(label="公布日期止", required=False)


def _lamp(state, text):
    return {"state": state, "text": text}


def _weeks(code: str, start: date) -> list[list[dict]]:
    """The days of a limit of the law from this start, over the shipped holidays."""
    reckoning = reckon(limit(code), start, calendar=shipped_calendar())
    return [week_view(row) for row in grid(reckoning, TODAY)]


def _case():
    gates = [
        {
            "label": "会议已议决",
            "state": "not_required",
            "explain": "因不涉及经营主体",
            "basis": "县办法第二条",
            "binding_label": "地方",
        },
        {"label": "送审材料齐备（5/5）", "state": "met", "basis": "国办发〔2018〕115号 五", "binding_label": "参照"},
        {
            "label": "逐条回应收到的意见",
            "state": "not_started",
            "explain": "第 9、17 条还没有处理结果",
            "basis": "《重大行政决策程序暂行条例》第十七条",
            "binding_label": "参照",
            "remedy_url": "#papers",
        },
        {
            "label": "取得合法性审核意见书",
            "state": "in_progress",
            "explain": "已记 3 条意见，意见书未出具",
            "basis": "国办发〔2018〕115号 六",
            "binding_label": "法定",
            "remedy_url": "#papers",
        },
    ]
    done = [
        ("立项", date(2026, 7, 6), "田园"),
        ("起草", date(2026, 7, 28), "田园"),
        ("征求意见", date(2026, 9, 4), "田园"),
    ]
    steps = [{"label": label, "state": "done", "on": on, "who": who} for label, on, who in done]
    steps += [
        {"label": "公平竞争审查", "state": "skipped", "note": "未涉经营主体"},
        {"label": "合法性审核", "state": "now", "who": "苏敏"},
        *({"label": label, "state": "todo"} for label in ("集体审议", "签发编号", "公布", "备案")),
    ]
    clock = {
        "label": "合法性审核",
        "lamp": _lamp("soon", "剩 3 个工作日"),
        "due_on": date(2026, 10, 15),
        "due_note": "星期四 24 时止",
        "rule": "5 至 15 个工作日",
        "basis": "国办发〔2018〕115号 五",
        "started": "9月18日 材料齐备，当日不计入",
        "unit": "工作日",
        "weeks": _weeks("nd_legality_review_max", date(2026, 9, 18)),
        "legend": ["休：中秋、国庆放假", "班：调休上班 2 日"],
        "source": "放假安排：国务院办公厅 2025年11月4日通知",
        "is_open": True,
    }
    long_clock = {
        "label": "行政处罚决定",
        "lamp": _lamp("fine", "剩 21 日（暂定）"),
        "due_on": date(2026, 11, 2),
        "rule": "90日内",
        "basis": "《行政处罚法》第六十条",
        "unit": "日",
        "weeks": _weeks("pen_decide", date(2026, 8, 3)),
        "is_open": True,
    }
    entries = [
        {
            "title": "回应审核意见第 1 条",
            "person": "田园",
            "post": "经办人",
            "at": datetime(2026, 10, 9, 16, 42, tzinfo=_CST),
            "body": "采纳，已删除。",
        },
        {
            "title": "送审：征求意见 → 合法性审核",
            "person": "田园",
            "post": "经办人",
            "moved": True,
            "key": "2",
            "link": "#gates",
            "at": datetime(2026, 9, 18, 17, 20, tzinfo=_CST),
            "body": "材料齐备，审核期限起算。",
        },
    ]
    return {
        "identity": {
            "number": "龙规〔2026〕7号",
            "title": "龙潭镇农房建设管理细则（送审稿）",
            "facts": ["承办：苏敏"],
            "tags": [{"text": "规范性文件"}, {"text": "合法性审核", "kind": "now"}],
            "lamp": _lamp("soon", "剩 3 个工作日"),
            "due_on": date(2026, 10, 15),
            "due_label": "审核期限",
        },
        "steps": steps,
        "gates": gates,
        "clocks": [
            clock,
            long_clock,
            {"label": "报送备案", "lamp": _lamp("idle", "未起算"), "note": "公布之日起 15 日内"},
        ],
        "entries": entries,
        "action": {"label": "提请集体审议", "url": "#gates", "hint": "须由法制审核员提请。现在点按，将列出所缺各项。"},
    }


def _papers():
    return [
        {
            "kind": "送审稿",
            "name": "农房建设管理细则（送审稿）.docx",
            "url": "#p1",
            "version": 4,
            "person": "田园",
            "on": date(2026, 9, 17),
            "check": "已检测，无异常",
        },
        {"kind": "审核意见书", "make_url": "#make", "make_label": "生成意见书", "upload_url": "#upload"},
        {"kind": "会议纪要", "state": "later", "note": "审议后提交"},
    ]


def _table():
    rows = []
    samples = [
        ("农村集体聚餐管理办法", "龙政规〔2026〕4号", "有效", "live", _lamp("fine", "县局审查中"), ""),
        ("秸秆综合利用奖补办法（试行）", "龙政规〔2024〕3号", "有效", "live", _lamp("late", "评估逾期 12 日"), ""),
        ("犬只管理暂行办法", "龙政规〔2024〕1号", "有效", "live", _lamp("soon", "应作届满评估"), ""),
        ("村民建房管理暂行规定", "龙政发〔2021〕9号", "已失效", "dead", _lamp("done", "按期备案"), "已失效"),
    ]
    for number, (title, mark, validity, kind, lamp, prefix) in enumerate(samples, start=1):
        cells = [
            Cell(lamp=lamp, kind="nowrap"),
            Cell(title, "title", url="#row", prefix=prefix, risk=3 if number == 2 else 0, risk_text="较高风险"),
            Cell(mark, "no"),
            Cell(date(2026, 9, number).isoformat(), "date", stack_label="公布"),
            Cell(tag=validity, tag_kind=kind),
            Cell(links=[{"label": "办理", "url": "#act", "of": mark}], drop=True),
        ]
        rows.append(Row(cells, key=str(number), name=mark, number=number, picked=number == 2))
    columns = [
        Column("期限"),
        Column("文件名称"),
        Column("文号"),
        Column("公布日期", kind="date", sort_url="#sort", sorted="descending"),
        Column("效力"),
        Column("操作"),
    ]
    return Table(
        "规范性文件",
        columns,
        rows,
        "共 4 件",
        numbered=True,
        tight=True,
        stack=True,
        tools=[{"label": "导出 Excel（4 行 6 列）", "url": "#export"}],
        bulk={
            "url": "#bulk",
            "acts": [{"value": "remind", "label": "提醒起草单位"}, {"value": "export", "label": "导出所选"}],
        },
        column_choice={
            "url": "#columns",
            "columns": [
                {"code": "title", "label": "文件名称", "shown": True},
                {"code": "unit", "label": "起草单位", "shown": False},
            ],
        },
        pager=Pager(
            "第 1—4 件，共 4 件",
            sizes=[{"size": 25, "url": "#25", "current": True}, {"size": 50, "url": "#50"}],
            next_url="#next",
        ),
    )


def _figures():
    matrix = {
        "label": "乡镇指标矩阵",
        "first": "乡镇（街道）",
        "columns": ["文件（件）", "报备率（%）", "出庭率（%）"],
        "rows": [
            {
                "label": "龙潭镇",
                "url": "#lt",
                "cells": [{"value": 4, "url": "#1"}, {"value": "75.0", "url": "#2", "state": "late"}, {"state": "nil"}],
            },
            {
                "label": "清河镇",
                "url": "#qh",
                "cells": [
                    {"value": 6, "url": "#3"},
                    {"value": "88.3", "url": "#4", "state": "soon"},
                    {"value": "100.0", "url": "#5"},
                ],
            },
        ],
        "total": {"label": "全县", "cells": [10, "83.0", "100.0"]},
    }
    return {
        "matrix": matrix,
        "bars": bar_chart(
            "报备及时率",
            [("清河镇", 100), ("龙潭镇", 75), ("白石乡", 33.3)],
            first="乡镇",
            unit="%",
            top=100,
            goal=90,
            goal_label="考核目标",
        ),
        "line": line_chart(
            "每月公布文件", ["1月", "2月", "3月", "4月"], [("本年", [2, 4, 3, 5]), ("上年", [4, 4, 6, 5])], first="年份"
        ),
    }


_FACTS = [
    {"key": "文件名称", "value": "农村集体聚餐管理办法", "change_url": "#title"},
    {"key": "文号", "value": "龙政规〔2026〕4号", "is_number": True, "change_url": "#number"},
    {"key": "备案材料", "lines": ["备案报告", "正式文本"], "change_url": "#papers"},
]


def inside(request) -> HttpResponse:
    """The parts of the desks of town and county."""
    context = _case() | _figures()
    context |= {
        "crumbs": [("工作台", "#"), ("台账", "#"), ("部件样张", "")],
        "form": SampleForm({"published_on": "2026-13-05", "phone": "123"}, {}),
        "filter": SampleFilter(),
        "chips": [{"label": "公布日期 2019-01-01 起", "url": "#chip"}],
        "views": [
            {"label": "全部", "count": 48, "url": "#a"},
            {"label": "本年公布", "count": 4, "url": "#b", "current": True},
        ],
        "tabs": [{"label": "基本信息", "url": "#a", "current": True}, {"label": "材料", "url": "#b", "count": 5}],
        "lamps": [
            _lamp("late", "逾期 4 个工作日"),
            _lamp("soon", "今日到期"),
            _lamp("fine", "剩 14 个工作日"),
            _lamp("halt", "已中止"),
            _lamp("idle", "未起算"),
            _lamp("done", "逾期 18 日办结"),
        ],
        "risks": [(4, "高风险"), (3, "较高风险"), (2, "一般风险"), (1, "低风险")],
        "tiles": [
            {"count": 3, "label": "逾期", "note": "最长 4 个工作日", "url": "#late", "kind": "late"},
            {"count": 4, "label": "3 日内到期", "note": "今日到期 1 件", "url": "#soon", "kind": "soon"},
            {"count": 1, "label": "退回补正", "note": "10 月 9 日退回", "url": "#back"},
            {"count": 6, "label": "待我审核", "note": "最早 9 月 18 日送审", "url": "#review"},
        ],
        "jobs": [
            {
                "name": "导出台账（8,214 行）",
                "state": "running",
                "percent": 62,
                "note": "可以离开本页，完成后在通知中下载。",
            },
            {"name": "生成年度报告 PDF", "state": "done", "url": "#pdf", "link": "下载（1.2 MB）"},
            {"name": "重建检索", "state": "failed", "note": "已完成的部分不会重做。", "retry_url": "#retry"},
        ],
        "facts": _FACTS,
        "papers": _papers(),
        "table": _table(),
    }
    return render(request, "web/gallery.html", context)


def public(request) -> HttpResponse:
    """The parts of the public site."""
    context = {
        "crumbs": [("首页", "/"), ("政策文件", "#"), ("正文", "")],
        "column": {"name": "政策文件", "type": "政策文件"},
        "article": {
            "title": "农村集体聚餐管理办法",
            "published_at": datetime(2026, 9, 5, 9, tzinfo=_CST),
            "source": "龙潭镇人民政府",
        },
        "number": "龙政规〔2026〕4号",
        "title": "龙潭镇人民政府关于印发《龙潭镇农村集体聚餐食品安全管理办法》的通知",
        "index": [
            {"key": "索引号", "value": "YX003-0302-2026-00041", "is_number": True},
            {"key": "主题分类", "value": "市场监管"},
            {"key": "发文机关", "value": "龙潭镇人民政府"},
            {"key": "文号", "value": "龙政规〔2026〕4号", "is_number": True},
            {"key": "效力状态", "value": "有效", "tag_kind": "live"},
        ],
        "clauses": [
            {
                "anchor": "d1",
                "number": "第一条",
                "label": "第一条",
                "text": "为规范农村集体聚餐活动，保障公众身体健康，结合本镇实际，制定本办法。",
                "count": 0,
            },
            {
                "anchor": "d2",
                "number": "第二条",
                "label": "第二条",
                "text": "举办者应当在聚餐两日前向村（居）民委员会报告。",
                "count": 3,
            },
        ],
        "consultations": [
            {
                "title": "村级小型工程管理办法（征求意见稿）",
                "url": "#c1",
                "body": "龙潭镇",
                "from_on": date(2026, 9, 20),
                "until_on": date(2026, 10, 20),
                "days_left": 8,
            },
            {
                "title": "自建经营性房屋管理办法（征求意见稿）",
                "url": "#c2",
                "body": "清河镇",
                "from_on": date(2026, 9, 13),
                "until_on": date(2026, 10, 13),
                "days_left": 1,
            },
        ],
        "files": [{"label": "公文原件.pdf", "url": "#pdf", "note": "PDF　412 KB"}],
        "receipt": {
            "number": "龙依申〔2026〕15号",
            "number_label": "申请编号",
            "code": "7K3F9QWM",
            "qr_url": "https://portal.example/receipts/",
            "facts": [{"key": "受理机关", "value": "龙潭镇人民政府"}],
            "due_on": date(2026, 11, 10),
            "due_text": "（20 个工作日）",
            "why": "依据《中华人民共和国政府信息公开条例》第三十三条。收到申请的次日起算。",
            "query_url": "#query",
            "nexts": [
                {"title": "确认收到", "text": "工作人员与您联系。"},
                {"title": "作出答复", "text": "需要延长的，事先告知您。"},
            ],
        },
        "facts": _FACTS,
    }
    return render(request, "web/gallery_public.html", context)
