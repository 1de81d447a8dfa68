"""Pages at work: marking and reviewing a public text, the queue of what must be public, taking down."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from portal.casefiles.models import CaseFile
from portal.jobs.models import Job
from portal.publishing.copying import prepare_copy, review_copy
from portal.publishing.faces import face_of, may_prepare, may_review
from portal.publishing.forms import AddedForms, ReviewForm, TakeDownForm
from portal.publishing.making import try_again
from portal.publishing.models import Publication
from portal.publishing.obligations import duties, published_late, unpublished
from portal.publishing.pages import count_text, document_url
from portal.publishing.register import publication_of, publish, take_down
from portal.publishing.review_page import job_of, papers_of, parts_of, split, state_of
from portal.publishing.source import source_of
from portal.publishing.standing import newest_copy
from portal.web.htmx import wants_part
from portal.web.inside.access import FileView, InsideView
from portal.web.inside.case_page import case_url
from portal.web.keyset import KeysetPage
from portal.web.tables import Cell, Column, Row, Table
from portal.workflow.refusals import StepRefused
from portal.workflow.registry import workflows

TABS = (("waiting", "待公开"), ("public", "已公开"), ("down", "已撤下"))


class ReviewPage(FileView):
    """``/staff/cases/<uuid>/publication/``: one prepares the public text, another reviews it."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.problems = []

    def may_change(self):
        return may_mark_or_review(self.request.user, self.file)

    def get(self, request, public_id):
        return self._page()

    def post(self, request, public_id):
        acts = {"prepare": self._prepare, "review": self._review, "publish": self._publish}
        act = acts.get(request.POST.get("act", ""))
        if act is None:
            raise Http404
        try:
            return act(request)
        except StepRefused as refusal:
            self.problems = [("#main", refusal.message)]
            return self._page(added=AddedForms(request.POST), review=ReviewForm(request.POST), status=409)

    def _prepare(self, request):
        added = AddedForms(request.POST)
        if not added.is_valid():
            return self._page(added=added, status=422)
        hidden = set(request.POST.getlist("mark"))
        proposals = source_of(self.file).proposals()
        dropped = [
            (part, mark.start, mark.end) for number, (part, mark) in enumerate(proposals) if str(number) not in hidden
        ]
        prepare_copy(
            self.file, by=request.user, dropped=dropped, added=added.added(), expects=request.POST.get("source", "")
        )
        messages.success(request, "公开文本已提交审查，须由另一人审查确认。", extra_tags="已提交")
        return redirect(request.path)

    def _review(self, request):
        added, review = AddedForms(request.POST), ReviewForm(request.POST)
        copy = newest_copy(self.file)
        if copy is None:
            raise Http404
        if not (added.is_valid() and review.is_valid()):
            return self._page(added=added, review=review, status=422)
        reviewed = review_copy(
            copy,
            by=request.user,
            checklist=review.cleaned_data["checklist"],
            accepted=[int(key) for key in request.POST.getlist("mark") if key.isascii() and key.isdigit()],
            added=added.added(),
            papers=request.POST.getlist("paper"),
            note=review.cleaned_data["note"],
        )
        follows = "" if reviewed.is_made else "随文附件正在生成，完成后即可公开。"
        messages.success(request, f"公开文本已审查并保存。{follows}", extra_tags="已审查")
        return redirect(request.path)

    def _publish(self, request):
        """After a take-down the corrected text goes out again, under a new address."""
        if not may_review(request.user, self.file):
            raise PermissionDenied("您没有重新公开的权限。")
        if not self.file.publications.exists():
            raise Http404
        with transaction.atomic():
            publication = publish(self.file, by=request.user)
        messages.success(request, f"已重新公开，公开编号 {publication.public_number}。", extra_tags="已公开")
        return redirect(request.path)

    def _page(self, added=None, review=None, status=200):
        if face_of(self.file.kind) is None:
            raise Http404
        person = self.request.user
        source, copy = source_of(self.file), newest_copy(self.file)
        state = state_of(copy, source, person)
        live = publication_of(self.file)
        plain_rows, parts = split(parts_of(source, copy if state in ("to_review", "making", "reviewed") else None))
        context = {
            "title": "公开前审查",
            "crumbs": [
                ("工作台", reverse("inside:worklist")),
                (self.file.title, case_url(self.file)),
                ("公开前审查", ""),
            ],
            "file": self.file,
            "copy": copy,
            "state": state,
            "source_digest": source.digest,
            "plain_rows": plain_rows,
            "parts": parts,
            "papers": papers_of(source, copy if state in ("making", "reviewed") else None),
            "added": added or AddedForms(),
            "review": review or ReviewForm(),
            "marks_editable": state in ("none", "stale", "own", "failed")
            and live is None
            and may_prepare(person, self.file),
            **(job_of(self.file, copy, self.may_change()) if state in ("making", "failed") else {}),
            "may_review": may_review(person, self.file),
            "may_republish": live is None and self.file.publications.exists() and may_review(person, self.file),
            "publication": live,
            "publication_url": document_url(live) if live else "",
            "problems": self.problems,
            "page_has_errors": status != 200,
            "form": review,
            "back_url": case_url(self.file),
        }
        return render(self.request, "publishing/review.html", context, status=status)


class Making(FileView):
    """``/staff/cases/<uuid>/publication/making/``: how far the renditions are; POST repeats work that failed.

    The page asks by itself every two seconds while the work lasts, which is no use of the session.
    """

    http_method_names = ("get", "post")
    passive = True

    def may_change(self):
        return may_mark_or_review(self.request.user, self.file)

    def get(self, request, public_id):
        if not wants_part(request):
            return redirect(review_url(self.file))
        context = job_of(self.file, newest_copy(self.file), self.may_change())
        if context["job"] is None:
            raise Http404
        response = render(request, "components/job.html", context)
        if context["job"]["state"] in (Job.State.DONE, Job.State.FAILED):
            # The whole page has something else to say now.
            response["HX-Refresh"] = "true"
        return response

    def post(self, request, public_id):
        copy = newest_copy(self.file)
        if copy is not None:
            try_again(copy, by=request.user)
        return redirect(review_url(self.file))


class Queue(InsideView):
    """``/staff/publishing/``: what must be public and is not, what is, and what was taken down."""

    authority = "casefiles.see"

    def get(self, request):
        tab = request.GET.get("tab", "waiting")
        if tab not in dict(TABS):
            tab = "waiting"
        waiting, late = unpublished(request.user), published_late(request.user)
        context = {
            "title": "公开与互动",
            "crumbs": [("工作台", reverse("inside:worklist")), ("公开与互动", "")],
            "tabs": [
                {
                    "label": label,
                    "url": f"{request.path}?tab={code}",
                    "current": code == tab,
                    "count": count_text(waiting) if code == "waiting" else None,
                }
                for code, label in TABS
            ],
            "late": count_text(late),
            "table": getattr(self, f"_{tab}")(request, waiting),
        }
        return render(request, "publishing/queue.html", context)

    def _waiting(self, request, waiting):
        page = KeysetPage(waiting.select_related("organisation"), request, order=[(F("id"), True)])
        rows = [
            Row(
                key=str(duty.file.public_id),
                name=duty.file.title,
                cells=[
                    Cell(lamp=duty.lamp, stack_label="期限") if duty.lamp else Cell("", stack_label="期限"),
                    Cell(duty.file.title, kind="title", url=case_url(duty.file), sub=duty.face.obligation.basis),
                    Cell(duty.face.column, kind="nowrap", drop=True),
                    Cell(duty.file.organisation.short_name, kind="nowrap", stack_label="单位"),
                    Cell(f"{duty.since:%Y-%m-%d}", kind="date", stack_label="应公开自"),
                    Cell(f"{duty.due_on:%Y-%m-%d}" if duty.due_on else "", kind="date", stack_label="最迟"),
                    Cell("公开前审查", url=review_url(duty.file), kind="nowrap"),
                ],
            )
            for duty in duties(page.rows)
        ]
        columns = [
            Column("期限"), Column("事项", kind="title"), Column("栏目"), Column("单位"), 
            Column("应公开自", kind="date"), Column("最迟公开", kind="date"), Column("办理"),
        ]  # fmt: skip
        return Table(
            label="应当公开而尚未公开的事项", columns=columns, rows=rows, count_text=page.count_text, pager=page.pager,
            stack=True, empty={"title": "没有待公开的事项。", "text": "应当主动公开的事项到了公开环节，会出现在这里。"},
        )  # fmt: skip

    def _publications(self, request, queryset, label, columns, cells, empty):
        page = KeysetPage(
            queryset.filter(file__in=CaseFile.objects.visible_to(request.user))
            .select_related("organisation", "file__organisation", "taken_down_by")
            .defer("text", "fields"),
            request,
            order=[(F("published_on"), True), (F("id"), True)],
        )
        rows = [Row(key=row.public_number, name=row.title, cells=cells(row)) for row in page.rows]
        return Table(
            label=label,
            columns=columns,
            rows=rows,
            count_text=page.count_text,
            pager=page.pager,
            stack=True,
            empty=empty,
        )

    def _public(self, request, waiting):
        columns = [
            Column("公开编号", kind="no"), Column("标题", kind="title"), Column("效力"), Column("单位"),
            Column("公布日期", kind="date"), Column("办理"),
        ]  # fmt: skip

        def cells(row):
            effect = row.effect
            return [
                Cell(row.public_number, kind="no", stack_label="公开编号"),
                Cell(row.title, kind="title", url=document_url(row), sub=row.number),
                Cell(tag=effect.label, tag_kind=effect.tag_kind) if effect else Cell(""),
                Cell(row.organisation.short_name, kind="nowrap", stack_label="单位"),
                Cell(f"{row.published_on:%Y-%m-%d}", kind="date", stack_label="公布"),
                Cell(
                    links=[
                        {"label": "案卷", "url": case_url(row.file), "of": row.title},
                        *(
                            [{"label": "撤下", "url": take_down_url(row), "of": row.title}]
                            if may_review(request.user, row.file)
                            else []
                        ),
                    ]
                ),
            ]

        return self._publications(
            request, Publication.objects.live(), "已公开的信息", columns, cells, {"title": "还没有公开的信息。"}
        )

    def _down(self, request, waiting):
        columns = [
            Column("公开编号", kind="no"), Column("标题", kind="title"), Column("撤下理由"), Column("撤下人"),
            Column("撤下日期", kind="date"), Column("办理"),
        ]  # fmt: skip

        def cells(row):
            return [
                Cell(row.public_number, kind="no", stack_label="公开编号"),
                Cell(row.title, kind="title", url=case_url(row.file), sub=row.number),
                Cell(row.take_down_reason, stack_label="理由"),
                Cell(row.taken_down_by.full_name, kind="nowrap", drop=True),
                Cell(f"{row.taken_down_at:%Y-%m-%d}", kind="date", stack_label="撤下"),
                Cell("公开文本", url=review_url(row.file), kind="nowrap"),
            ]

        return self._publications(
            request,
            Publication.objects.filter(taken_down_at__isnull=False),
            "已撤下的信息",
            columns,
            cells,
            {"title": "没有撤下的信息。"},
        )


class TakeDown(InsideView):
    """``/staff/publishing/<year>/<serial>/take-down/``"""

    authority = "casefiles.see"

    def _publication(self, request, year, serial) -> Publication:
        publication = (
            Publication.objects.filter(file__in=CaseFile.objects.visible_to(request.user), year=year, serial=serial)
            .select_related("file__organisation", "organisation")
            .first()
        )
        if publication is None:
            raise Http404
        if not may_review(request.user, publication.file):
            raise PermissionDenied("您没有撤下这条公开信息的权限。")
        return publication

    def get(self, request, year, serial):
        return self._page(request, self._publication(request, year, serial), TakeDownForm())

    def post(self, request, year, serial):
        publication = self._publication(request, year, serial)
        form = TakeDownForm(request.POST)
        if not form.is_valid():
            return self._page(request, publication, form, status=422)
        try:
            take_down(publication, by=request.user, **form.cleaned_data)
        except StepRefused as refusal:
            form.add_error(None, refusal.message)
            return self._page(request, publication, form, status=409)
        messages.success(request, f"已撤下，公开编号 {publication.public_number}。", extra_tags="已撤下")
        return redirect(f"{reverse('publishing:staff-queue')}?tab=down")

    def _page(self, request, publication, form, status=200):
        context = {
            "title": "撤下公开信息",
            "crumbs": [
                ("工作台", reverse("inside:worklist")),
                ("公开与互动", reverse("publishing:staff-queue")),
                ("撤下公开信息", ""),
            ],
            "publication": publication,
            "rows": [
                {"key": "公开编号", "value": publication.public_number, "is_number": True},
                {"key": "标题", "value": publication.title},
                {"key": "类别", "value": workflows[publication.file.kind].label},
                {"key": "公布日期", "value": f"{publication.published_on:%Y-%m-%d}", "is_number": True},
            ],
            "form": form,
            "back_url": f"{reverse('publishing:staff-queue')}?tab=public",
        }
        return render(request, "publishing/take_down.html", context, status=status)


def may_mark_or_review(person, file) -> bool:
    return may_prepare(person, file) or may_review(person, file)


def review_url(file) -> str:
    """Where the public text of a file is prepared and reviewed."""
    return reverse("publishing:staff-review", kwargs={"public_id": file.public_id})


def take_down_url(publication: Publication) -> str:
    return reverse("publishing:take-down", args=[publication.year, publication.serial])
