"""The county's review screen: papers to tick off, the text beside its previous version, findings, the outcome."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from portal.accounts.authority import may
from portal.documents.attach import note_view
from portal.documents.comparison import changes, clauses_of, compared
from portal.documents.models import DocumentVersion
from portal.documents.papers import file_index
from portal.moment import today
from portal.oversight.filing import claim, release
from portal.oversight.findings import DRAFT_FIELDS, add_finding, mark_seen, save_draft, settle_finding
from portal.oversight.forms import FindingForm, SettleForm
from portal.oversight.kinds import EarlierText
from portal.oversight.models import FindingDraft
from portal.oversight.phrases import PHRASES, phrases
from portal.oversight.views.staff import KIND, jobs_of
from portal.oversight.workflow import Stage
from portal.web.htmx import wants_part
from portal.web.inside.access import FileView
from portal.web.inside.case_page import case_url, identity_of, step_url
from portal.workflow.models import WorkItem
from portal.workflow.perform import available
from portal.workflow.refusals import StepRefused

SHOWN_CHARACTERS = 60_000


class CountyFilingView(FileView):
    """``/county/filings/<uuid>/``: ``?paper=<uuid>`` chooses the paper in the middle; a POST names its ``act``."""

    authority = "oversight.decide"
    changes = "oversight.decide"
    kinds = (KIND,)

    def get(self, request, public_id):
        return self._page()

    def post(self, request, public_id):
        acts = {
            "seen": self._seen, "draft": self._draft, "phrase": self._phrase, "add": self._add, "settle": self._settle,
            "claim": self._claim, "release": self._release,
        }  # fmt: skip
        wanted = request.POST.get("act", "")
        wanted = "phrase" if request.POST.get("phrase") else wanted
        act = acts.get(wanted)
        if act is None:
            return self._page(problems=[("", "没有选择要办理的内容。")], status=422)
        try:
            return act()
        except StepRefused as refusal:
            if wants_part(request):
                return HttpResponse(refusal.message, status=200, content_type="text/plain; charset=utf-8")
            return self._page(problems=[("", refusal.message)], status=409)

    def _here(self, anchor=""):
        address = reverse("oversight:county-filing", kwargs={"public_id": self.file.public_id})
        paper = self.request.GET.get("paper", "")
        return redirect(address + (f"?paper={paper}" if paper else "") + (f"#{anchor}" if anchor else ""))

    def _claim(self):
        claim(self.file, by=self.request.user)
        messages.success(self.request, "这件报备已由您承办。", extra_tags="已认领")
        return self._here()

    def _release(self):
        release(self.file, by=self.request.user)
        messages.success(self.request, "其他审查员可以认领。", extra_tags="已退回公共待办")
        return self._here()

    def _seen(self):
        mark_seen(self.file, by=self.request.user, documents=set(self.request.POST.getlist("paper")))
        if wants_part(self.request):
            rows = self._papers()
            return HttpResponse(
                f"已看 {sum(row['seen'] for row in rows)}/{len(rows)}", content_type="text/plain; charset=utf-8"
            )
        return self._here("papers")

    def _typed(self) -> dict[str, str]:
        return {name: self.request.POST.get(name, "") for name in DRAFT_FIELDS}

    def _draft(self):
        draft = save_draft(self.file, by=self.request.user, **self._typed())
        if wants_part(self.request):
            return HttpResponse(_saved(draft), content_type="text/plain; charset=utf-8")
        return self._here("findings")

    def _phrase(self):
        """A stock phrase fills what is empty in the draft and replaces what an earlier phrase filled."""
        phrase = phrases.get(self.request.POST["phrase"])
        if phrase is None:
            return self._page(problems=[("", "没有这条常用语。")], status=422)
        save_draft(self.file, by=self.request.user, **{**self._typed(), **phrase.fields()})
        return self._here("finding-form")

    def _add(self):
        form = FindingForm(self.request.POST)
        if not form.is_valid():
            return self._page(form=form, status=422)
        finding = add_finding(self.file, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, f"第 {finding.number} 条：{finding.clause}。", extra_tags="已记下")
        return self._here("findings")

    def _settle(self):
        number = self.request.POST.get("finding", "")
        finding = get_object_or_404(self.file.findings, number=number if number.isdigit() and len(number) < 5 else 0)
        form = SettleForm(self.request.POST)
        if not form.is_valid():
            return self._page(problems=[(f"#settle-{finding.number}", "请填写销号理由")], status=422)
        settle_finding(finding, by=self.request.user, reason=form.cleaned_data["reason"])
        messages.success(self.request, f"第 {finding.number} 条已销号。", extra_tags="已销号")
        return self._here("findings")

    # ── what the page shows ──

    def _papers(self) -> list[dict]:
        seen = set(self.file.papers_seen.filter(person=self.request.user).values_list("version_id", flat=True))
        order = [slot.code for slot in self.file.kind_of_filing.papers]
        entries = file_index(self.file)
        entries.sort(key=lambda entry: (_place(order, entry.version.document.slot), entry.number))
        return [
            {
                "key": str(entry.version.document.public_id),
                "label": entry.title,
                "pages": entry.pages,
                "on": entry.at,
                "slot": entry.version.document.slot,
                "version": entry.version,
                "seen": entry.version.pk in seen,
                "is_town": entry.version.document.slot in order,
            }
            for entry in entries
        ]

    def _shown(self, papers: list[dict]) -> dict | None:
        wanted = self.request.GET.get("paper", "")
        text_slot = self.file.kind_of_filing.text
        for rule in (
            lambda row: row["key"] == wanted,
            lambda row: row["slot"] == text_slot,
            lambda row: row["is_town"],
        ):
            chosen = next((row for row in papers if rule(row)), None)
            if chosen is not None:
                return chosen
        return None

    def _text(self, shown, marked) -> dict | None:
        if shown is None:
            return None
        version = DocumentVersion.objects.select_related("document__file", "blob").get(pk=shown["version"].pk)
        if self.request.method == "GET":
            note_view(version, self.request.user)
        choices = self._against(shown, version)
        wanted = self.request.GET.get("against", "")
        earlier = next((choice for choice in choices if choice.code == wanted), choices[0] if choices else None)
        if wanted == "none":
            earlier = None
        lines = compared(
            version.text[:SHOWN_CHARACTERS], earlier.text[:SHOWN_CHARACTERS] if earlier else None, frozenset(marked)
        )
        return {
            "against": [
                {"label": choice.label, "url": self._address(against=choice.code), "current": choice is earlier}
                for choice in choices
            ],
            "plain_url": self._address(against="none") if choices else "",
            "numbers": range(1, changes(lines) + 1),
            "numbered": _numbered(lines),
            "heading": shown["label"],
            "version": version,
            "earlier": earlier,
            "lines": lines,
            "changes": changes(lines),
            "clauses": clauses_of(version.text[:SHOWN_CHARACTERS]),
            "is_cut": len(version.text) > SHOWN_CHARACTERS,
            "preview_url": reverse("documents:preview", args=[version.document.public_id, version.number]),
        }

    def _against(self, shown, version) -> list[EarlierText]:
        """What the text can be held against: its own earlier versions, then what the document amends or replaces."""
        own = version.document.versions.filter(number__lt=version.number).order_by("-number")
        choices = [EarlierText(f"v{one.number}", f"第 {one.number} 版", one.text) for one in own if one.text]
        kind = self.file.kind_of_filing
        if kind.earlier is not None and shown["slot"] == kind.text:
            choices += kind.earlier(self.file.subject)
        return choices

    def _address(self, **query) -> str:
        """This page with the shown paper and one more choice."""
        paper = self.request.GET.get("paper", "")
        here = reverse("oversight:county-filing", kwargs={"public_id": self.file.public_id})
        return f"{here}?{urlencode({**({'paper': paper} if paper else {}), **query})}"

    def _page(self, form=None, problems=(), status=200):
        file, person = self.file, self.request.user
        papers = self._papers()
        findings = list(file.findings.select_related("found_by"))
        text = self._text(self._shown(papers), {finding.clause for finding in findings if finding.settled_at is None})
        draft = FindingDraft.objects.filter(filing=file, person=person).first()
        initial = {name: getattr(draft, name) for name in DRAFT_FIELDS} if draft else {}
        due = file.next_deadline()
        reviewing = file.stage == Stage.REVIEWING
        here = reverse("oversight:county-filing", kwargs={"public_id": file.public_id})
        item = WorkItem.objects.filter(file_id=file.pk, closed_at__isnull=True).select_related("assignee").first()
        context = {
            "title": f"{file.receipt_number or file.number} 备案审查",
            "crumbs": [
                ("工作台", reverse("inside:county-worklist")), ("备案审查", reverse("oversight:county-filings")),
                (file.receipt_number or file.number, ""),
            ],
            "file": file,
            "identity": identity_of(file, due.lamp(today()) if due else None, due),
            "facts": _facts(file),
            "papers": papers,
            "seen": sum(row["seen"] for row in papers),
            "shown_key": text["version"].document.public_id if text else "",
            "text": text,
            "findings": findings,
            "may_settle": file.stage in (Stage.REVIEWING, Stage.ANSWERED),
            "reviewing": reviewing,
            "finding_form": form or (FindingForm(initial=initial) if reviewing else None),
            "form": form,
            "draft_said": _saved(draft),
            "phrases": PHRASES,
            "steps": [
                {"label": step.label, "url": step_url(file, step.code), "main": step.main, "help": step.help}
                for step in available(file, person)
            ],
            "item": item,
            "assigned_to": file.assigned_to,
            "may_assign": not file.is_closed and may(person, "oversight.assign", file.organisation),
            "form_check_url": reverse("oversight:form-check", kwargs={"public_id": file.public_id}),
            "at_form_check": file.stage == Stage.SUBMITTED,
            "is_mine": bool(item and item.assignee_id == person.pk),
            "jobs": jobs_of(file),
            "here": here,
            "action": f"{here}?paper={self.request.GET['paper']}" if self.request.GET.get("paper") else here,
            "case_url": case_url(file),
            "problems": problems,
            "page_has_errors": bool(problems),
        }  # fmt: skip
        return render(self.request, "oversight/county_filing.html", context, status=status)


def _numbered(lines) -> list[tuple]:
    """(line, number of its change): so that each change can be reached by a link, from the keyboard too."""
    numbered, count = [], 0
    for line in lines:
        count += line.is_changed
        numbered.append((line, count if line.is_changed else 0))
    return numbered


def _place(order: list[str], slot: str) -> int:
    return order.index(slot) if slot in order else len(order)


def _facts(file) -> list[str]:
    facts = [f"报送：{file.organisation.short_name}"]
    if file.submitted_on:
        facts.append(f"收到：{file.submitted_on:%Y-%m-%d}")
    if file.is_on_time is False:
        facts.append(f"报备期限 {file.due_on:%Y-%m-%d}")
    if file.returned_count:
        facts.append(f"退回 {file.returned_count} 次")
    return facts


def _saved(draft) -> str:
    """What the live region says about the draft."""
    return f"已保存 {timezone.localtime(draft.saved_at):%H:%M}" if draft else ""
