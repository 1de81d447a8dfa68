"""The consultation of a file as its people see it: rounds, notice, opinions, answers, export."""

from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count, F, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from portal.accounts.authority import may
from portal.consultation.anchoring import Anchors, lines_of
from portal.consultation.conducting import ConsultationRefused, withdraw
from portal.consultation.forms import CommentFilterForm, WithdrawForm
from portal.consultation.grouping import groups_of, on_paragraph
from portal.consultation.masking import masked_name
from portal.consultation.models import PublicComment
from portal.consultation.versions import drafts_of
from portal.consultation.views.public import draft_url, notice_facts
from portal.moment import SHANGHAI
from portal.web.inside.access import FileView
from portal.web.inside.case_page import case_url, identity_of, step_url
from portal.web.inside.drafts import draft_of
from portal.web.keyset import KeysetPage
from portal.web.tables import Cell, Column, Row, Table
from portal.workflow.perform import available

SHOWN_OF_AN_OPINION = 80  # characters in the list; the page of the opinion shows it whole


class ConsultationPage(FileView):
    """A page about the rounds of one file; ``?round=`` chooses an earlier one."""

    changes = "consultation.run"

    def rounds(self) -> list:
        return list(self.file.consultations.order_by("-round"))

    def chosen(self, rounds):
        """The round the address names, else the newest. :raises Http404: a round the file never had."""
        wanted = self.request.GET.get("round", "")
        if not wanted:
            return rounds[0] if rounds else None
        for consultation in rounds:
            if str(consultation.round) == wanted:
                consultation.file = self.file
                return consultation
        raise Http404

    def address(self, name: str = "staff-consultation", **kwargs) -> str:
        return reverse(f"consultation:{name}", kwargs={"public_id": self.file.public_id, **kwargs})

    def frame(self, title: str) -> dict:
        crumbs = [("工作台", reverse("inside:worklist")), (self.file.title, case_url(self.file))]
        here = "公开征求意见"
        crumbs += [(here, "")] if title == here else [(here, self.address()), (title, "")]
        return {"title": title, "crumbs": crumbs, "file": self.file, "identity": identity_of(self.file)}

    @property
    def may_answer(self) -> bool:
        return self.may_change() and not self.file.is_closed


class StaffConsultationView(ConsultationPage):
    """``/staff/cases/<uuid>/consultation/``"""

    def get(self, request, public_id):
        rounds = self.rounds()
        consultation = self.chosen(rounds)
        context = self.frame("公开征求意见") | {"rounds": rounds, "consultation": consultation}
        if consultation is not None:
            consultation.file = self.file
            context |= self._of_round(consultation)
        return render(request, "consultation/staff.html", context)

    def _of_round(self, consultation) -> dict:
        drafts = drafts_of(consultation)
        self.anchors = Anchors(drafts[-1].text)
        lines = lines_of(
            self.anchors,
            consultation.comments.order_by()
            .values("article", "paragraph", "draft_number")
            .annotate(total=Count("pk"), open=Count("pk", filter=Q(outcome=""))),
        )
        total, left = sum(line.total for line in lines), sum(line.open for line in lines)
        groups = list(groups_of(consultation))
        outcomes = dict(
            consultation.comments.order_by().values_list("outcome").annotate(n=Count("pk")).values_list("outcome", "n")
        )
        person = self.request.user
        publish = [step for step in available(self.file, person) if step.code == "publish_answers"]
        filter_form = CommentFilterForm(self.request.GET, lines=lines, groups=groups)
        may_lead = may(person, "casefiles.lead", self.file.organisation)
        return {
            "facts": notice_facts(consultation),
            "total": total,
            "left": left,
            "totals": [(label, outcomes.get(code, 0)) for code, label in PublicComment.Outcome.choices],
            "by_article": [self._article_line(consultation, line) for line in lines],
            "groups": [self._group_line(consultation, group) for group in groups],
            "drafts": self._drafts(consultation, drafts),
            "new_draft_url": self.address("staff-new-draft")
            if self._may_renew(consultation) and draft_of(self.file) is not None
            else "",
            "print_url": f"{self.address('staff-table')}?round={consultation.round}" if total else "",
            "filter_form": filter_form,
            "keep": [("round", consultation.round)],
            "action": self.address(),
            "clear_url": f"{self.address()}?round={consultation.round}#comments",
            "table": self._table(consultation, filter_form, total, lines),
            "publish_url": step_url(self.file, "publish_answers")
            if publish and not consultation.answers_published_at and not consultation.withdrawn_at
            else "",
            "withdraw_url": self.address("staff-withdraw", number=consultation.round)
            if may_lead and not consultation.withdrawn_at and not consultation.answers_published_at
            else "",
            "public_url": reverse("consultation:public-detail", kwargs={"public_id": consultation.public_id}),
        }

    def _may_renew(self, consultation) -> bool:
        """A further version belongs to the newest round, before its answers are published."""
        newest = not self.file.consultations.filter(round__gt=consultation.round).exists()
        return newest and self._takes_answers(consultation)

    def _takes_answers(self, consultation) -> bool:
        return self.may_answer and not consultation.answers_published_at and not consultation.withdrawn_at

    def _drafts(self, consultation, drafts) -> list[dict]:
        return [
            {"draft": draft, "url": "" if consultation.withdrawn_at else draft_url(consultation, draft.number)}
            for draft in reversed(drafts)
        ]

    def _article_line(self, consultation, line) -> dict:
        wanted = urlencode({"round": consultation.round, "article": line.place.key})
        ungrouped = f"{self.address('staff-answers')}?{wanted}"
        return {
            "label": line.place.shown,
            "words": line.place.words if line.place.is_changed else "",
            "total": line.total,
            "open": line.open,
            "url": f"{self.address()}?{wanted}#comments",
            "group_url": ungrouped if line.open > 1 and self._takes_answers(consultation) else "",
        }

    def _group_line(self, consultation, group) -> dict:
        return {"group": group, "url": self.address("staff-group", round=consultation.round, number=group.number)}

    def _filtered(self, comments, chosen: dict, lines):
        answered, article, group = chosen["answered"], chosen["article"], chosen.get("group")
        if answered:
            comments = comments.filter(outcome="") if answered == "no" else comments.exclude(outcome="")
        if article:
            comments = comments.filter(on_paragraph(lines, article))
        if group:
            comments = comments.filter(group=None) if group == "none" else comments.filter(group__number=group)
        return comments

    def _table(self, consultation, filter_form, total, lines) -> Table:
        comments = consultation.comments.select_related("group")
        filtered = filter_form.is_valid() and any(filter_form.cleaned_data.values())
        if filtered:
            comments = self._filtered(comments, filter_form.cleaned_data, lines)
        page = KeysetPage(comments, self.request, order=[(F("number"), False)])
        bulk = {
            "url": f"{self.address('staff-answers')}?round={consultation.round}",
            "acts": [{"value": "choose", "label": "归并所选意见，一并答复"}],
        }
        tools = []
        if total:
            export = f"{self.address('staff-export')}?round={consultation.round}"
            tools.append({"url": export, "label": f"导出 Excel（本轮 {total} 条）"})
        empty = {"title": "还没有收到意见。", "text": "公众在征求意见页面提出的意见会列在这里。"}
        if filtered:
            empty = {
                "title": "没有符合条件的意见。",
                "url": f"{self.address()}?round={consultation.round}",
                "link": "清除筛选",
            }
        columns = [
            Column("序号", kind="number"), Column("意见", kind="title"), Column("针对条款"), Column("提出人"),
            Column("提交日期", kind="date"), Column("处理结果"),
        ]  # fmt: skip
        return Table(
            label="意见",
            columns=columns,
            rows=[self._row(comment) for comment in page.rows],
            count_text=page.count_text,
            tools=tools,
            bulk=bulk if self._takes_answers(consultation) and page.rows else None,
            pager=page.pager,
            empty=empty,
            stack=True,
        )

    def _row(self, comment) -> Row:
        words = (
            comment.content
            if len(comment.content) <= SHOWN_OF_AN_OPINION
            else f"{comment.content[:SHOWN_OF_AN_OPINION]}…"
        )
        grouped = f"第 {comment.group.number} 组" if comment.group else ""
        outcome = Cell(comment.get_outcome_display(), kind="nowrap", stack_label="处理结果", sub=grouped)
        if not comment.outcome:
            outcome = Cell(tag="未答复", tag_kind="now", stack_label="处理结果", sub=grouped)
        return Row(
            key=str(comment.number),
            name=f"第 {comment.number} 条意见",
            cells=[
                Cell(comment.number, kind="number", stack_label="序号"),
                Cell(words, kind="title", url=self.address("staff-comment", comment_id=comment.public_id)),
                Cell(self.anchors.of(comment).shown, stack_label="针对条款"),
                Cell(masked_name(comment.name) or "未署名", kind="nowrap", stack_label="提出人"),
                Cell(f"{comment.submitted_at.astimezone(SHANGHAI):%Y-%m-%d}", kind="date", stack_label="提交日期"),
                outcome,
            ],
        )


class WithdrawView(ConsultationPage):
    """Take the notice down, after a page that says what follows from it."""

    changes = "casefiles.lead"
    only_to_change = True
    refusal = "撤下征求意见公告，由负责人办理。"

    def get(self, request, public_id, number):
        return self._page(self._round(number), WithdrawForm())

    def post(self, request, public_id, number):
        consultation = self._round(number)
        form = WithdrawForm(request.POST)
        if not form.is_valid():
            return self._page(consultation, form, 422)
        try:
            withdraw(consultation, by=request.user, reason=form.cleaned_data["reason"])
        except ConsultationRefused as refusal:
            form.add_error(None, refusal.message)
            return self._page(consultation, form, 409)
        messages.success(request, f"{consultation.title}：{form.cleaned_data['reason']}", extra_tags="已撤下公告")
        return redirect(self.address())

    def _round(self, number):
        return get_object_or_404(self.file.consultations, round=number)

    def _page(self, consultation, form, status=200):
        context = self.frame("撤下征求意见公告") | {
            "form": form,
            "lead": "撤下后，原网址显示撤下的日期和理由，不再接收意见；已收到的意见保留在案。"
            "需要重新征求意见的，退回修改草案后另开一轮。",
            "button": "撤下公告",
            "back_url": f"{self.address()}?round={consultation.round}",
        }
        return render(self.request, "consultation/form.html", context, status=status)
