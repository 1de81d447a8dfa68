"""Reading bodies: an object of clean text and finite numbers, or a plain refusal; never a failure further down."""

import json
import math
from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

MOST_NESTED = 8


class StrictJSONParser(JSONParser):
    """JSON as other software may read it too (RFC 8259): UTF-8, an object at the top, no NaN.

    NUL and lone surrogates are refused here: PostgreSQL stores neither.
    """

    def parse(self, stream, media_type=None, parser_context=None) -> dict:
        try:
            value = json.loads(stream.read().decode("utf-8-sig"), parse_constant=_refuse_constant)
        except (ValueError, RecursionError) as unreadable:
            raise ParseError("请求内容不是有效的 JSON（UTF-8）。") from unreadable
        if not isinstance(value, dict):
            raise ParseError('请求内容应当是一个 JSON 对象，例如 {"note": "……"}。')
        _examine(value, 1)
        return value


def _refuse_constant(name: str):
    raise ValueError(f"{name} is not JSON")


def _examine(value: Any, depth: int) -> None:
    if depth > MOST_NESTED:
        raise ParseError(f"请求内容嵌套超过 {MOST_NESTED} 层。")
    match value:
        case str():
            if not is_clean(value):
                raise ParseError("请求内容含有不能保存的字符（空字符或者不成对的代理码）。")
        case float():
            if not math.isfinite(value):
                raise ParseError("请求内容含有超出范围的数。")
        case dict():
            for key, inner in value.items():
                _examine(key, depth)
                _examine(inner, depth + 1)
        case list():
            for inner in value:
                _examine(inner, depth + 1)


def is_clean(text: str) -> bool:
    """Whether a text can be stored: no NUL, no lone surrogate."""
    return "\x00" not in text and not any("\ud800" <= character <= "\udfff" for character in text)
