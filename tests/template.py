"""The databases of the tests: one migrated template, kept between runs, and a copy of it for each process.

Migrating takes half a minute, copying a fifth of a second. The template is named by a digest of everything that
shapes it, so it is made anew exactly when migrations, packages or rights change.
"""

import hashlib
import os
import subprocess
import sys

from psycopg2 import sql

from portal.audit.management.commands import grant_web_role
from portal.supervisor import layout
from tests.database import maintenance

# Any number will do; it only has to be the same in all processes that may build the template.
BUILDING = 20_261_122
TEMPLATES_KEPT = 3


def template_name() -> str:
    """Return the name of the template that fits the code as it is now."""
    digest = hashlib.sha256()
    watched = [
        layout.PROJECT / "requirements-dev.txt",
        layout.PROJECT / "portal" / "supervisor" / "postgres.py",
        *layout.migration_files(),
    ]
    for path in watched:
        digest.update(str(path.relative_to(layout.PROJECT)).encode())
        digest.update(path.read_bytes())
    rights = grant_web_role.statements(layout.WEB_ROLE, set(grant_web_role.append_only_tables()))
    digest.update("\n".join(rights).encode())
    return f"template_{digest.hexdigest()[:16]}"


def migrated_template() -> str:
    """Return the name of the template, after building it if there is none. Other processes wait meanwhile."""
    name = template_name()
    with maintenance() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [BUILDING])
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'template\\_%%' ORDER BY oid")
        existing = [row[0] for row in cursor.fetchall()]
        if name not in existing:
            for outdated in existing[: 1 - TEMPLATES_KEPT] + [db for db in existing if db.endswith("_unfinished")]:
                cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(outdated)))
            _build(cursor, name)
    return name


def _build(cursor, name: str) -> None:
    draft = f"{name}_unfinished"
    cursor.execute(
        sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(draft), sql.Identifier(layout.OWNER_ROLE))
    )
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        "PORTAL_DB_ROLE": "owner",
        "OWNER_DATABASE_URL": layout.current().database_url(layout.OWNER_ROLE, draft),
    }
    for command in (["migrate", "--no-input", "--skip-checks", "--verbosity", "0"], ["grant_web_role"]):
        result = subprocess.run(
            [sys.executable, str(layout.PROJECT / "manage.py"), *command],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if result.returncode:
            raise RuntimeError(f"manage.py {command[0]} failed for the tests' template:\n{result.stderr}")
    cursor.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(draft), sql.Identifier(name)))
