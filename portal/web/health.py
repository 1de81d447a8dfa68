"""Two answers for whoever watches the portal: is the process up, and can it do its work?"""

import logging

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.settings.env import redis_database

logger = logging.getLogger(__name__)

ALLOWED_SECONDS = 2


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Say that this process answers. Nothing else is asked: a slow database is no reason to kill the process."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Say whether database, broker and schema are fit for work: 200 when all are, 503 when one is not.

    Names what is missing, never why: addresses and texts of errors belong in the log.
    """
    database = _database_answers()
    state = {
        "database": database,
        "broker": _broker_answers(),
        "migrations": database and _schema_is_current(),
    }
    ready = all(state.values())
    return JsonResponse({"status": "ok" if ready else "unavailable", **state}, status=200 if ready else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError as error:
        logger.warning("not ready: database (%s)", type(error).__name__)
        return False


def _broker_answers() -> bool:
    try:
        with redis.Redis.from_url(
            redis_database(settings.REDIS_URL, 2),
            socket_connect_timeout=ALLOWED_SECONDS,
            socket_timeout=ALLOWED_SECONDS,
        ) as client:
            return bool(client.ping())
    except redis.RedisError as error:
        logger.warning("not ready: broker (%s)", type(error).__name__)
        return False


def _schema_is_current() -> bool:
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        logger.warning("not ready: migrations (%s)", type(error).__name__)
        return False
