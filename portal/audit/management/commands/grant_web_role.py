"""Gives the web role its rights after a migration: all rows may be read, evidence may only be added to."""

import pghistory.models
from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

# The programme's own record of its schema: the web role has no business writing it.
READ_ONLY_TABLES = frozenset({"django_migrations"})


def append_only_tables() -> list[str]:
    """Return the tables whose rows are evidence: models that say `append_only = True`, and all history rows."""
    return sorted(
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        and not model._meta.proxy
        and (getattr(model, "append_only", False) or issubclass(model, pghistory.models.Event))
    )


def statements(role: str, existing: set[str]) -> list[str]:
    """Return the SQL that gives `role` exactly its rights on the tables that exist."""
    name = connection.ops.quote_name
    web = name(role)
    lines = [
        f"GRANT USAGE ON SCHEMA public TO {web}",
        f"REVOKE CREATE ON SCHEMA public FROM {web}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {web}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {web}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {web}",
        # Tables of a later migration are usable at once; evidence among them is closed by the next run.
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {web}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {web}",
    ]
    lines += [
        f"REVOKE UPDATE, DELETE ON {name(table)} FROM {web}" for table in append_only_tables() if table in existing
    ]
    lines += [
        f"REVOKE INSERT, UPDATE, DELETE ON {name(table)} FROM {web}" for table in sorted(READ_ONLY_TABLES & existing)
    ]
    return lines


class Command(BaseCommand):
    help = "按最小权限为网站数据库角色授权：存证类数据表只能新增、不能修改或删除。"

    def handle(self, *args, **options):
        role = settings.WEB_ROLE
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            (owner,) = cursor.fetchone()
            if role == owner:
                raise CommandError(
                    f"网站与迁移使用同一数据库角色 {role}，存证数据表无法保护。请为 OWNER_DATABASE_URL 另设角色。"
                )
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            if cursor.fetchone() is None:
                raise CommandError(f"数据库中没有角色 {role}。请由管理员执行：CREATE ROLE {role} LOGIN PASSWORD '…';")
            for statement in statements(role, set(connection.introspection.table_names(cursor))):
                cursor.execute(statement)
        self.stderr.write(f"已为 {role} 授权：{len(append_only_tables())} 张存证表只能新增。")
