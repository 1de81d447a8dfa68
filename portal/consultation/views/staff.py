"""The consultation of a file as its people see it: rounds, notice, opinions, answers, export."""

from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from portal.accounts.authority import may
from portal.audit.record import record
from portal.consultation.conducting import EXPORTED, ConsultationRefused, withdraw
from portal.consultation.forms import CommentFilterForm, WithdrawForm
from portal.consultation.masking import masked_name
from portal.consultation.models import PublicComment
from portal.consultation.views.public import notice_facts
from portal.moment import SHANGHAI, today
from portal.web.inside.access import FileView
from portal.web.inside.case_page import case_url, identity_of, step_url
from portal.web.keyset import KeysetPage
from portal.web.spreadsheet import Note, workbook
from portal.web.tables import Cell, Column, Row, Table
from portal.workflow.perform import available

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_EXPORTED_AT_ONCE = 5000
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
        by_article = list(
            consultation.comments.order_by("article")
            .values("article")
            .annotate(total=Count("pk"), open=Count("pk", filter=Q(outcome="")))
        )
        total, left = sum(row["total"] for row in by_article), sum(row["open"] for row in by_article)
        outcomes = dict(
            consultation.comments.order_by().values_list("outcome").annotate(n=Count("pk")).values_list("outcome", "n")
        )
        person = self.request.user
        publish = [step for step in available(self.file, person) if step.code == "publish_answers"]
        filter_form = CommentFilterForm(self.request.GET, articles=[row["article"] for row in by_article])
        may_lead = may(person, "casefiles.lead", self.file.organisation)
        return {
            "facts": notice_facts(consultation),
            "total": total,
            "left": left,
            "totals": [(label, outcomes.get(code, 0)) for code, label in PublicComment.Outcome.choices],
            "by_article": [self._article_line(consultation, row) for row in by_article],
            "filter_form": filter_form,
            "keep": [("round", consultation.round)],
            "action": self.address(),
            "clear_url": f"{self.address()}?round={consultation.round}#comments",
            "table": self._table(consultation, filter_form, total),
            "publish_url": step_url(self.file, "publish_answers")
            if publish and not consultation.answers_published_at and not consultation.withdrawn_at
            else "",
            "withdraw_url": self.address("staff-withdraw", number=consultation.round)
            if may_lead and not consultation.withdrawn_at and not consultation.answers_published_at
            else "",
            "public_url": reverse("consultation:public-detail", kwargs={"public_id": consultation.public_id}),
        }

    def _article_line(self, consultation, row) -> dict:
        wanted = quote(row["article"] or "-")
        return {
            "label": row["article"] or "全文",
            "total": row["total"],
            "open": row["open"],
            "url": f"{self.address()}?round={consultation.round}&article={wanted}#comments",
        }

    def _table(self, consultation, filter_form, total) -> Table:
        comments = consultation.comments.all()
        filtered = filter_form.is_valid() and any(filter_form.cleaned_data.values())
        if filtered:
            answered, article = filter_form.cleaned_data["answered"], filter_form.cleaned_data["article"]
            if answered:
                comments = comments.filter(outcome="") if answered == "no" else comments.exclude(outcome="")
            if article:
                comments = comments.filter(article="" if article == "-" else article)
        page = KeysetPage(comments, self.request, order=[(F("number"), False)])
        may_answer = self.may_answer and not consultation.answers_published_at and not consultation.withdrawn_at
        bulk = {
            "url": f"{self.address('staff-answers')}?round={consultation.round}",
            "acts": [{"value": "choose", "label": "一并答复所选意见"}],
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
            bulk=bulk if may_answer and page.rows else None,
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
        outcome = Cell(comment.get_outcome_display(), kind="nowrap", stack_label="处理结果")
        if not comment.outcome:
            outcome = Cell(tag="未答复", tag_kind="now", stack_label="处理结果")
        return Row(
            key=str(comment.number),
            name=f"第 {comment.number} 条意见",
            cells=[
                Cell(comment.number, kind="number", stack_label="序号"),
                Cell(words, kind="title", url=self.address("staff-comment", comment_id=comment.public_id)),
                Cell(comment.shown_article, kind="nowrap", stack_label="针对条款"),
                Cell(masked_name(comment.name) or "未署名", kind="nowrap", stack_label="提出人"),
                Cell(f"{comment.submitted_at.astimezone(SHANGHAI):%Y-%m-%d}", kind="date", stack_label="提交日期"),
                outcome,
            ],
        )


class WithdrawView(ConsultationPage):
    """Take the notice down, after a page that says what follows from it."""

    changes = "casefiles.lead"

    def get(self, request, public_id, number):
        if not self.may_change():
            raise PermissionDenied("撤下征求意见公告，由负责人办理。")
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


class ExportView(ConsultationPage):
    """All opinions and answers of a round as XLSX. Contacts stay out: the sheet travels, the file does not."""

    def get(self, request, public_id):
        consultation = self.chosen(self.rounds())
        if consultation is None:
            raise Http404
        comments = list(consultation.comments.select_related("answered_by").order_by("number")[:MOST_EXPORTED_AT_ONCE])
        heads = [
            "序号",
            "提交日期",
            "身份",
            "提出人",
            "针对条款",
            "意见内容",
            "公布的意见内容",
            "处理结果",
            "理由",
            "答复人",
            "答复日期",
        ]
        data = [
            [
                comment.number, _day(comment.submitted_at), comment.get_sent_from_display(), comment.shown_name,
                comment.shown_article, comment.content, comment.public_text, comment.get_outcome_display(),
                comment.answer, comment.answered_by.full_name if comment.answered_by else "", _day(comment.answered_at),
            ]
            for comment in comments
        ]  # fmt: skip
        person = request.user
        notes = [
            Note("事项", consultation.title),
            Note("轮次", consultation.round),
            Note("征求时间", f"{consultation.opened_on:%Y-%m-%d} 至 {consultation.closes_on:%Y-%m-%d}"),
            Note("导出人", f"{person.full_name}（{person.post_on(today())}）"),
            Note("导出日期", today()),
            Note("行数", len(data)),
            Note("说明", "不含联系方式；未同意公开姓名的，提出人记为匿名。"),
        ]
        content = workbook("意见及采纳情况", heads, data, notes)
        record(EXPORTED, by=person, file=self.file, summary=f"第 {consultation.round} 轮，{len(data)} 条意见")
        response = HttpResponse(content, content_type=XLSX)
        name = f"意见及采纳情况_{self.file.number}_{today():%Y%m%d}.xlsx"
        response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
        response["X-Content-Type-Options"] = "nosniff"
        return response


def _day(moment):
    return moment.astimezone(SHANGHAI).date() if moment else None
