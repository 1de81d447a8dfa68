"""Readers of environment variables that fail loudly.

A mistyped or missing setting must stop the start with a sentence an operator understands,
never turn into a silent default. `.env.example` names every variable read through here.
"""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"0", "false", "no", "off"})


class _Missing:
    """Marks a reader called without a default: the variable is then required."""


REQUIRED = _Missing()


def env_text(name: str, default: str | _Missing = REQUIRED) -> str:
    """Return the variable as text without blanks at its ends.

    Raises ImproperlyConfigured when it is absent or empty and there is no default.
    """
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if isinstance(default, _Missing):
        raise ImproperlyConfigured(f"环境变量 {name} 未设置。 The environment variable {name} must be set.")
    return default


def env_bool(name: str, default: bool | _Missing = REQUIRED) -> bool:
    """Return the variable as a truth value; only 1/0, true/false, yes/no, on/off are words for one."""
    word = env_text(name, "" if isinstance(default, bool) else default).lower()
    if not word and isinstance(default, bool):
        return default
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise ImproperlyConfigured(f"环境变量 {name} 应为 true 或 false。 {name} must be true or false, not {word!r}.")


def env_int(name: str, default: int | _Missing = REQUIRED, *, at_least: int = 0) -> int:
    """Return the variable as a whole number not below `at_least`."""
    text = env_text(name, "" if isinstance(default, int) else default)
    if not text and isinstance(default, int):
        return default
    if not text.isascii() or not text.isdecimal() or int(text) < at_least:
        raise ImproperlyConfigured(
            f"环境变量 {name} 应为不小于 {at_least} 的整数。 {name} must be a whole number of at least {at_least}."
        )
    return int(text)


def env_list(name: str, default: list[str] | _Missing = REQUIRED) -> list[str]:
    """Return the comma-separated words of the variable, without empty ones."""
    text = env_text(name, "" if isinstance(default, list) else default)
    words = [word.strip() for word in text.split(",") if word.strip()]
    if not words and isinstance(default, list):
        return list(default)
    return words


def env_secret(name: str, default: str | _Missing = REQUIRED, *, min_length: int = 0) -> str:
    """Return a secret from NAME, or from the file that NAME_FILE names (as container platforms mount them).

    The message of a failure never repeats the secret.
    """
    path = os.environ.get(f"{name}_FILE", "").strip()
    if path and os.environ.get(name, "").strip():
        raise ImproperlyConfigured(f"{name} 与 {name}_FILE 只能设置一个。 Set either {name} or {name}_FILE, not both.")
    if path:
        try:
            value = Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise ImproperlyConfigured(
                f"{name}_FILE 指定的文件无法读取。 The file named by {name}_FILE cannot be read: {reason}."
            ) from error
        if not value:
            raise ImproperlyConfigured(f"{name}_FILE 指定的文件为空。 The file named by {name}_FILE is empty.")
    else:
        value = env_text(name, default)
    if len(value) < min_length:
        raise ImproperlyConfigured(
            f"{name} 至少需要 {min_length} 个字符。 {name} must have at least {min_length} characters."
        )
    return value


def database_from_url(url: str, *, name: str = "DATABASE_URL") -> dict:
    """Turn `postgresql://user:password@host:port/database?sslmode=…` into Django's connection settings.

    A socket folder is given as `?host=/folder`. Only PostgreSQL is accepted: the guards, constraints and
    the search live in it.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            f"{name} 应形如 postgresql://用户:口令@主机:5432/库名。 "
            f"{name} must be a postgresql:// address with a database."
        )
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }


def redis_database(url: str, number: int, *, for_celery: bool = False, name: str = "REDIS_URL") -> str:
    """Return the address of database `number` on the server at `url` (redis://, rediss:// or unix://).

    Celery spells socket addresses its own way, hence `for_celery`.
    """
    parts = urlsplit(url)
    if parts.scheme == "unix" and parts.path:
        if for_celery:
            return f"redis+socket://{parts.path}?virtual_host={number}"
        return f"unix://{parts.path}?db={number}"
    if parts.scheme in {"redis", "rediss"} and parts.hostname:
        query = f"?{parts.query}" if parts.query else ""
        return f"{parts.scheme}://{parts.netloc}/{number}{query}"
    raise ImproperlyConfigured(
        f"{name} 应形如 redis://主机:6379 或 unix:///路径。 {name} must be a redis://, rediss:// or unix:// address."
    )
