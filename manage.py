#!/usr/bin/env python
"""Django's command line. `bin/portal manage …` runs it with the embedded servers up."""

import os
import sys

# Commands that change the schema run as the database's owner; everything else runs as the web role,
# which owns nothing. See `portal.settings.base.database()`.
OWNER_COMMANDS = frozenset({"migrate", "flush", "grant_web_role", "pgtrigger", "dbshell"})


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    os.environ.setdefault("PORTAL_PROCESS", "command")
    if len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS:
        os.environ.setdefault("PORTAL_DB_ROLE", "owner")

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
