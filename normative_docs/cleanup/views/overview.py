"""Where clean-ups stand: a town's own page, and the county's table of all towns."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from normative_docs.cleanup.campaigns import CLEAN_UP
from normative_docs.cleanup.effects import NOTICE_JOB, ask_for_notice
from normative_docs.cleanup.outcomes import CleanupOutcome
from normative_docs.cleanup.standing import town_states
from normative_docs.cleanup.views.scope import town_of
from normative_docs.cleanup.views.work import CampaignView
from normative_docs.cleanup.workflow import Stage
from portal.accounts.authority import may
from portal.jobs.models import Job
from portal.oversight.views.supervision import supervised
from portal.publishing.models import Publication
from portal.web.inside.access import InsideView
from portal.web.inside.case_page import case_url
from portal.web.tables import Cell, Column, Row, Table


class OverviewView(InsideView):
    """``/staff/cleanup/``: the two-yearly duty with its lamp, what is under way, and where to start."""

    authority = CLEAN_UP

    def get(self, request):
        state = town_states([town_of(request.user)])[0]
        context = {
            "title": "规范性文件清理",
            "crumbs": [("工作台", reverse("inside:worklist")), ("清理", "")],
            "state": state,
            "running": [{"listed": listed, "url": case_url(listed.campaign)} for listed in state.running],
            "last_url": case_url(state.last.campaign) if state.last else "",
            "new_url": reverse("cleanup:new"),
            "registers": [
                {"label": "清理台账", "url": reverse("inside:register", kwargs={"code": "cleanups"})},
                {"label": "清理文件台账", "url": reverse("inside:register", kwargs={"code": "cleanup_documents"})},
            ],
        }
        return render(request, "normative_docs/cleanup/overview.html", context)


class CountyView(InsideView):
    """``/county/cleanup/``: every town's duty, last result and running clean-ups; overdue towns first."""

    authority = "county.see"

    def get(self, request):
        states = town_states(supervised(request.user))
        states.sort(key=lambda state: (not state.is_overdue, state.town.path))
        addresses = result_addresses(state.last.campaign for state in states if state.last)
        overdue = [state for state in states if state.is_overdue]
        context = {
            "title": "规范性文件清理情况",
            "crumbs": [("工作台", reverse("inside:county-worklist")), ("清理", "")],
            "table": self._table(states, addresses),
            "overdue": overdue,
            "names": "、".join(state.town.short_name for state in overdue),
            "running": [
                {"town": state.town, "listed": listed} for state in states for listed in state.running
            ],
        }  # fmt: skip
        return render(request, "normative_docs/cleanup/county.html", context)

    def _table(self, states, addresses) -> Table:
        outcomes = list(CleanupOutcome)
        columns = [
            Column("期限"), Column("乡镇（街道）", kind="title"), Column("上次公布", kind="date"),
            *(Column(outcome.label, kind="number") for outcome in outcomes), Column("合计", kind="number"),
            Column("下次应完成", kind="date"), Column("正在清理"),
        ]  # fmt: skip
        rows = []
        for state in states:
            last, counts = state.last, state.last.totals if state.last else None
            running = "；".join(f"{one.campaign.get_campaign_kind_display()} {one.percent}%" for one in state.running)
            published = last.campaign.published_on if last else None
            rows.append(
                Row(
                    key=state.town.code, name=state.town.short_name,
                    cells=[
                        Cell(lamp=state.lamp),
                        Cell(state.town.short_name, kind="title"),
                        Cell(
                            f"{published:%Y-%m-%d}" if published else "", kind="date", stack_label="上次公布",
                            url=addresses.get(last.campaign.pk, "") if last else "",
                        ),
                        *(
                            Cell(counts.by_verdict[outcome] if counts else "", kind="number", stack_label=outcome.label)
                            for outcome in outcomes
                        ),
                        Cell(counts.in_scope if counts else "", kind="number", stack_label="合计"),
                        Cell(
                            f"{state.cycle.effective_end:%Y-%m-%d}" if state.cycle else "", kind="date",
                            stack_label="下次应完成",
                        ),
                        Cell(running, stack_label="正在清理"),
                    ],
                )
            )  # fmt: skip
        return Table(
            label="各乡镇（街道）清理情况", columns=columns, rows=rows, count_text=f"共 {len(rows)} 个乡镇（街道）",
            stack=True, empty={"title": "没有可以查看的乡镇（街道）。"},
        )  # fmt: skip


def result_addresses(campaigns) -> dict[int, str]:
    """The public page of each published result, with one query."""
    live = Publication.objects.live().filter(file__in=[campaign.pk for campaign in campaigns])
    return {
        file_id: reverse("cleanup:public-result", args=[year, serial])
        for file_id, year, serial in live.values_list("file_id", "year", "serial")
    }


def notice_job(campaign) -> Job | None:
    """The newest work on the notice of this clean-up."""
    return Job.objects.filter(kind=NOTICE_JOB, key=f"cleanup:{campaign.pk}").order_by("-id").first()


def notice_part(campaign, person) -> dict | None:
    """The making of the notice, as the case page and its own address show it; ``None`` before it is signed."""
    if not campaign.notice_number:
        return None
    asked = notice_job(campaign)
    address = reverse("cleanup:notice", kwargs={"public_id": campaign.public_id})
    allowed = campaign.stage == Stage.PUBLICATION and may(person, "publishing.prepare", campaign.organisation)
    job = None
    if asked is not None:
        job = {
            "name": asked.label, "state": asked.state, "percent": asked.progress, "note": asked.message,
            "url": asked.result_url, "link": "查看材料", "retry_url": address if allowed else "",
        }  # fmt: skip
    return {
        "job": job,
        "poll_url": address,
        "ask_url": address,
        "may_ask": allowed and (asked is None or asked.state == Job.State.DONE),
        "number": campaign.notice_number,
    }


class NoticeView(CampaignView):
    """``/staff/cases/<uuid>/cleanup/notice/``: how far the notice is; a POST has it set anew."""

    changes = "publishing.prepare"

    def get(self, request, public_id):
        part = notice_part(self.file, request.user)
        if part is None or part["job"] is None:
            raise Http404
        return render(request, "components/job.html", {"job": part["job"], "poll_url": part["poll_url"]})

    def post(self, request, public_id):
        if self.file.stage == Stage.PUBLICATION:
            ask_for_notice(self.file, request.user)
        return redirect(f"{case_url(self.file)}#notice")
