"""Log settings: one JSON object per line on standard error, no personal data, the request's number on each line."""


def json_lines(*, level: str) -> dict:
    """Return Django's LOGGING dictionary; `level` is the threshold of everything that is not Django's own chatter."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "portal.request_id.JsonLines"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            # Its own handler would print every request a second time in another shape.
            "django.server": {"handlers": [], "level": level, "propagate": True},
            # Both log the names of people at lower levels.
            "axes": {"level": "ERROR"},
            "fontTools": {"level": "WARNING"},
            "weasyprint": {"level": "ERROR"},
        },
    }
