"""Checks of a real site's accounts, run by `check --deploy`."""

from django.apps import apps
from django.core.checks import Error, Tags, Warning, register
from django.db import DatabaseError, OperationalError, connection


@register(Tags.security, deploy=True)
def no_demo_account_is_active(app_configs, **kwargs):
    """A demo account has a published name and a shared password: on a real site none may be able to sign in."""
    person = apps.get_model("accounts", "Person")
    try:
        if person._meta.db_table not in connection.introspection.table_names():
            return []
        names = list(
            person.objects.filter(is_demo=True, is_active=True)
            .order_by("username")
            .values_list("username", flat=True)[:20]
        )
    except OperationalError:
        return [Warning("数据库无法连接，未能检查演示账号。", id="portal.W101")]
    except DatabaseError:
        return [Warning("数据库结构不是最新，未能检查演示账号。", hint="先运行 manage.py migrate。", id="portal.W102")]
    if not names:
        return []
    return [
        Error(
            f"有 {len(names)} 个演示账号仍可登录：{'、'.join(names)}。",
            hint="停用这些账号，或使用不含演示数据的数据库。",
            id="portal.E101",
        )
    ]
