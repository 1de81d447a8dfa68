"""Refusals as problem details (RFC 9457): what is wrong, what is missing, and where it is put right."""

import logging
from dataclasses import dataclass

from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import OperationalError
from django.http.multipartparser import MultiPartParserError
from django.urls import reverse
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

from portal.deadlines.limits import LimitError, UnknownLimit
from portal.workflow.refusals import GatesNotMet, NotAuthorised, NoteMissing, StageConflict, StepRefused

CONTENT_TYPE = "application/problem+json"
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Kind:
    """A kind of problem; its ``type`` address is the place on the documentation page that explains it."""

    code: str
    status: int
    title: str
    explanation: str


KINDS = {
    kind.code: kind
    for kind in (
        Kind("bad-request", 400, "请求有误", "地址中的参数、翻页标记或者请求内容不合格式；errors 按参数列出。"),
        Kind("not-signed-in", 401, "尚未登录", "请先登录，再带着会话 Cookie 请求。"),
        Kind("forbidden", 403, "没有权限", "您的角色没有这项权限，或者缺少 CSRF 令牌。"),
        Kind("not-authorised", 403, "不能由您办理", "这一步须由其他角色或者另一人办理；detail 说明原因。"),
        Kind("not-found", 404, "没有找到", "没有这个地址，或者它不在您的可见范围内。"),
        Kind("method-not-allowed", 405, "不支持这种请求方法", "可用的方法见响应头 Allow。"),
        Kind("not-acceptable", 406, "不支持这种响应格式", "接口只返回 JSON。"),
        Kind("gates-not-met", 409, "条件尚不具备", "missing 逐项列出缺什么、依据哪一条、在哪里补上。"),
        Kind("stage-conflict", 409, "已被他人办理", "事项的状态在您看到之后已经改变，请重新读取后再办。"),
        Kind("refused", 409, "不能办理", "事项目前的状况不允许这样做；detail 说明原因。"),
        Kind("too-large", 413, "内容太大", "请求内容超过上限。"),
        Kind("unsupported-media-type", 415, "不支持这种内容类型", "请用 JSON；提交材料用 multipart/form-data。"),
        Kind("invalid-form", 422, "填写有误", "errors 按字段列出，与网页表单的提示相同。"),
        Kind("too-many-requests", 429, "请求过于频繁", "请在响应头 Retry-After 所示的秒数之后再试。"),
        Kind("unavailable", 503, "暂时不能服务", "请稍后再试。"),
    )
}
_OF_STATUS = {
    400: "bad-request", 401: "not-signed-in", 403: "forbidden", 404: "not-found", 405: "method-not-allowed",
    406: "not-acceptable", 413: "too-large", 415: "unsupported-media-type", 429: "too-many-requests",
}  # fmt: skip


def problem(code: str, detail: str = "", headers=None, **members) -> Response:
    """One refusal. ``members`` are further keys of the body, such as ``errors`` or ``missing``."""
    kind = KINDS[code]
    body = {"type": f"{reverse('api:docs')}#{code}", "title": kind.title, "status": kind.status, "detail": detail}
    return Response(body | members, status=kind.status, headers=headers, content_type=CONTENT_TYPE)


def gate_lines(reports) -> list[dict]:
    """Gate reports as the interface gives them."""
    return [
        {
            "code": report.code, "label": report.label, "basis": report.basis, "binding": report.binding,
            "state": report.state, "state_label": report.state_label, "explain": report.explain,
            "remedy": report.remedy_url,
        }
        for report in reports
    ]  # fmt: skip


def invalid(errors: dict) -> Response:
    """A form that was not filled in as asked; ``errors`` maps fields to sentences."""
    return problem("invalid-form", "请按 errors 中的提示修改后重新提交。", errors=errors)


def form_errors(form) -> dict[str, list[str]]:
    """The messages of a form, by field; those about the whole under ``__all__``."""
    return {name: [str(message) for message in messages] for name, messages in form.errors.items()}


def refused(refusal: StepRefused) -> Response:
    """The refusal of a step, in the words of the page."""
    match refusal:
        case GatesNotMet():
            return problem("gates-not-met", refusal.message, missing=gate_lines(refusal.missing))
        case StageConflict():
            return problem("stage-conflict", refusal.message)
        case NotAuthorised():
            return problem("not-authorised", refusal.message)
        case NoteMissing():
            return invalid({"note": [refusal.message]})
        case _:
            return problem("refused", refusal.message)


def handle(exc: Exception, context: dict) -> Response | None:
    """DRF's exception handler. What nobody expected stays an error for the log and the 500 page."""
    response = _foreseen(exc)
    if response is None:
        known = exception_handler(exc, context)
        if known is None:
            return None
        response = _translated(exc, known)
    set_rollback()
    return response


def _foreseen(exc: Exception) -> Response | None:
    """Refusals that are not DRF's own."""
    match exc:
        case StepRefused():
            return refused(exc)
        case UnknownLimit():
            return problem("not-found", str(exc))
        case LimitError():
            return invalid({"__all__": [str(exc)]})
        case DjangoValidationError():
            errors = exc.message_dict if hasattr(exc, "error_dict") else {"__all__": exc.messages}
            return invalid(errors)
        case RequestDataTooBig() | TooManyFieldsSent() | TooManyFilesSent():
            return problem("too-large", "请求内容或者字段、文件的数目超过上限。")
        case SuspiciousOperation() | BadRequest() | MultiPartParserError():
            return problem("bad-request", "请求内容无法识别。")
        case OperationalError():
            logger.exception("the database did not answer")
            return problem("unavailable", "数据库暂时没有响应，请稍后再试。", headers={"Retry-After": "30"})
    return None


def _translated(exc: Exception, known: Response) -> Response:
    """DRF's answer as problem details; its headers (Allow, Retry-After, WWW-Authenticate) stay."""
    code = _OF_STATUS.get(known.status_code, "bad-request")
    headers = {name: value for name, value in known.headers.items() if name != "Content-Type"}
    detail, members = KINDS[code].explanation, {}
    match exc:
        case exceptions.ValidationError():
            detail = "请按 errors 中的提示修改请求。"
            members["errors"] = known.data if isinstance(known.data, dict) else {"__all__": known.data}
        case exceptions.Throttled():
            detail = f"请在 {int(exc.wait or 1)} 秒后再试。"
        case exceptions.PermissionDenied() | exceptions.ParseError():
            detail = str(exc.detail)
    return problem(code, detail, headers=headers, **members)
