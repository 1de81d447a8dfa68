"""The county's pages: what came in, who wrote it, and which document is meant."""

from django.contrib import messages
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.shortcuts import redirect, render
from django.urls import reverse

from normative_docs.models import NormativeDocument
from normative_docs.suggestions import time_limits
from normative_docs.suggestions.forms import CountyFilter, IdentifyForm
from normative_docs.suggestions.handling import identify, note_proposer_seen
from normative_docs.suggestions.models import ReviewSuggestion
from normative_docs.suggestions.workflow import WORKFLOW
from portal.deadlines.models import Deadline
from portal.moment import today
from portal.organisations.models import Organisation
from portal.web.inside.access import FileView, InsideView
from portal.web.inside.case_page import case_url, identity_of
from portal.web.keyset import KeysetPage
from portal.web.tables import Cell, Column, Row, Table
from portal.workflow.refusals import StepRefused

MOST_FOUND = 20


class CountyView(InsideView):
    """``/county/review-suggestions/``: those under way first; the oldest is due first."""

    authority = "suggestions.review"

    def get(self, request):
        mine = ReviewSuggestion.objects.visible_to(request.user)
        form = CountyFilter(request.GET, towns=Organisation.objects.filter(pk__in=mine.values("organisation")))
        rows, state = mine, ""
        if form.is_valid():
            state = form.cleaned_data["state"]
            if form.cleaned_data["town"]:
                rows = rows.filter(organisation=form.cleaned_data["town"])
        late = Deadline.objects.late(today()).filter(file=OuterRef("pk"))
        rows = {
            "": rows.filter(closed_on__isnull=True),
            "late": rows.filter(Exists(late)),
            "replied": rows.filter(replied_on__isnull=False),
        }.get(state, rows)
        clocks = Prefetch("deadlines", Deadline.objects.order_by("-id"), to_attr="clocks")
        page = KeysetPage(
            rows.select_related("organisation", "document").prefetch_related(clocks), request,
            order=[(F("received_on"), state in ("replied", "all")), (F("id"), state in ("replied", "all"))],
        )  # fmt: skip
        context = {
            "title": "审查建议",
            "crumbs": [("工作台", reverse("inside:county-worklist")), ("审查建议", "")],
            "filter_form": form,
            "table": self._table(page),
            "here": reverse("suggestions:county"),
            "register_url": reverse("inside:register", kwargs={"code": "review-suggestions"}),
        }
        return render(request, "normative_docs/suggestions/county.html", context)

    def _table(self, page) -> Table:
        rows = []
        for suggestion in page.rows:
            clock = next((clock for clock in suggestion.clocks if clock.code == time_limits.REVIEW), None)
            rows.append(
                Row(
                    key=str(suggestion.public_id),
                    name=suggestion.title,
                    cells=[
                        Cell(lamp=clock.lamp(today())) if clock else Cell("—", stack_label="期限"),
                        Cell(suggestion.shown_document, kind="title", url=case_url(suggestion), sub=suggestion.clause),
                        Cell(suggestion.organisation.short_name, kind="nowrap", stack_label="制定机关"),
                        Cell(tag=suggestion.stage_label, tag_kind="now"),
                        Cell(f"{suggestion.received_on:%Y-%m-%d}", kind="date", stack_label="收到"),
                        Cell(f"{clock.effective_end:%Y-%m-%d}" if clock else "", kind="date", stack_label="答复期限"),
                        Cell(
                            suggestion.get_result_display() if suggestion.replied_on else "—", kind="nowrap", drop=True
                        ),
                    ],
                )
            )
        columns = [
            Column("期限"), Column("文件", kind="title"), Column("制定机关"), Column("环节"),
            Column("收到日期", kind="date"), Column("答复期限", kind="date"), Column("结果"),
        ]  # fmt: skip
        return Table(
            label="审查建议", columns=columns, rows=rows, count_text=page.count_text, pager=page.pager, stack=True,
            empty={"title": "没有这样的审查建议。", "text": "公众在网上提出的审查建议会出现在这里。"},
        )  # fmt: skip


class _OfSuggestion(FileView):
    kinds = (WORKFLOW.code,)
    changes = "suggestions.review"

    def frame(self, title: str) -> dict:
        return {
            "title": title,
            "crumbs": [
                ("工作台", reverse("inside:worklist")), ("审查建议", reverse("suggestions:county")),
                (self.file.title, case_url(self.file)), (title, ""),
            ],
            "file": self.file,
            "identity": identity_of(self.file),
            "back_url": case_url(self.file),
        }  # fmt: skip


class ProposerView(_OfSuggestion):
    """Show who made the suggestion. The click is a POST and stands in the file's history."""

    def get(self, request, public_id):
        return redirect(f"{case_url(self.file)}#county")

    def post(self, request, public_id):
        note_proposer_seen(self.file, by=request.user)
        context = self.frame("建议人信息") | {
            "rows": [
                {"key": "建议人", "value": self.file.get_proposer_display()},
                {"key": "姓名或者名称", "value": self.file.proposer_name},
                {"key": "联系方式", "value": self.file.contact or "未填写"},
            ]
        }
        return render(request, "normative_docs/suggestions/proposer.html", context)


class IdentifyView(_OfSuggestion):
    """``/staff/cases/<uuid>/suggested-document/``: search by number or words, then choose."""

    only_to_change = True

    def get(self, request, public_id):
        words = request.GET.get("words", self.file.named_document)[:200]
        return self._page(IdentifyForm({"words": words}))

    def post(self, request, public_id):
        form = IdentifyForm({"words": request.POST.get("words", "") or self.file.named_document})
        chosen = request.POST.get("document", "")
        document = None
        if chosen.isdecimal() and len(chosen) < 12:
            document = self._documents().filter(pk=int(chosen)).first()
        if document is None:
            form.add_error(None, "请选择一件文件。")
            return self._page(form, 422)
        try:
            identify(self.file, document, by=request.user)
        except StepRefused as refusal:
            form.add_error(None, refusal.message)
            return self._page(form, 409)
        messages.success(request, f"《{document.title}》{document.document_number}", extra_tags="已对应文件")
        return redirect(case_url(self.file))

    def _documents(self):
        return NormativeDocument.objects.filter(organisation=self.file.organisation, published_on__isnull=False)

    def _page(self, form, status=200):
        found = []
        if form.is_valid() or form.cleaned_data.get("words"):
            words = form.cleaned_data["words"].strip("《》 ")
            plain = words.split("（")[0]
            found = list(
                self._documents()
                .filter(Q(title__icontains=plain) | Q(document_number__icontains=words) | Q(document_number=plain))
                .order_by("-published_on", "-id")[:MOST_FOUND]
            )
        context = self.frame("对应规范性文件") | {"form": form, "found": found, "words": form.data["words"]}
        return render(self.request, "normative_docs/suggestions/identify.html", context, status=status)
