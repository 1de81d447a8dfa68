"""Steps by the interface: the same form, the same refusals and the same ``perform()`` as on the page."""

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.response import Response
from rest_framework.reverse import reverse

from portal.accounts.authority import may
from portal.api import problems
from portal.api.forms import as_browser_data, described
from portal.api.serializers import StagedFileSerializer, StepSerializer, TransitionSerializer
from portal.workflow.declare import Transition
from portal.workflow.forms import step_data, step_form_class
from portal.workflow.gates import gate_reports
from portal.workflow.perform import perform, require_authority
from portal.workflow.refusals import NotAuthorised


class TransitionActions:
    """``…/transitions/`` and ``…/transitions/<code>/`` of a viewset of case files."""

    @extend_schema(summary="可以办理的步骤", responses=TransitionSerializer(many=True))
    @action(detail=True, url_path="transitions", pagination_class=None, filterset_class=None)
    def transitions(self, request, public_id):
        """每一步由谁办、条件是否具备、缺什么、要填什么。案卷办结后没有步骤。"""
        file = self.get_object()
        steps = [] if file.is_closed else file.workflow.next_steps(file)
        return Response([self._described(file, step) for step in steps])

    @extend_schema(summary="一个步骤", responses=TransitionSerializer)
    @action(detail=True, url_path="transitions/<slug:code>", filterset_class=None, pagination_class=None)
    def transition(self, request, public_id, code):
        """这一步的条件和要填的字段。"""
        file = self.get_object()
        return Response(self._described(file, self._step(file, code)))

    @extend_schema(
        summary="办理一个步骤",
        request={"application/json": StepSerializer, "multipart/form-data": StepSerializer},
        responses=StagedFileSerializer,
    )
    @transition.mapping.post
    def take(self, request, public_id, code):
        """与网页用同一张表单。成功返回办理后的案卷；条件不具备返回 409，并逐项列出缺什么。"""
        file = self.get_object()
        step = self._step(file, code)
        body = request.data
        empty = self._form(file, step)
        data, misshapen = as_browser_data(empty, body)
        form = self._form(file, step, data, request.FILES)
        if misshapen or not form.is_valid():
            return problems.invalid({**problems.form_errors(form), **misshapen})
        moved = perform(
            file, code, by=request.user, note=form.cleaned_data["note"], data=step_data(form),
            expects=form.cleaned_data["expects"],
        )  # fmt: skip
        return Response(self.get_serializer(self.fresh(moved)).data)

    def _step(self, file, code: str) -> Transition:
        try:
            return file.workflow.transition(code)
        except KeyError as unknown:
            raise NotFound from unknown

    def _form(self, file, step, data=None, files=None):
        return step_form_class(step)(data, files, step=step, file=file, person=self.request.user)

    def _described(self, file, step: Transition) -> dict:
        reports = gate_reports(file, step)
        person, last = self.request.user, file.last_record()
        try:
            require_authority(file, step, person)
            barred = ""
        except NotAuthorised as refusal:
            barred = refusal.message
        here = file.stage in step.sources and not file.is_closed
        target = step.target or file.stage
        authority = step.authority_on(file)
        place = {"public_id": file.public_id, "code": step.code}
        return {
            "code": step.code,
            "label": step.label,
            "target": target,
            "target_label": file.workflow.stages(target).label,
            "is_main": step.main,
            "help": step.help,
            "authority": authority,
            "authority_held": may(person, authority, file.organisation),
            "barred": barred,
            "is_ready": here and not any(report.is_open for report in reports),
            "expects": last.pk if last else 0,
            "gates": problems.gate_lines(reports),
            "form": described(self._form(file, step)),
            "url": reverse(f"api:{self.basename}-transition", kwargs=place, request=self.request),
        }
