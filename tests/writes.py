"""What a transaction has written so far, whether or not it took it back."""

from django.db import connection


def written(but=frozenset()) -> list[tuple]:
    """Rows inserted, updated and deleted in the running transaction, by table.

    :param but: tables that don't matter.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE n_tup_ins + n_tup_upd + n_tup_del > 0 ORDER BY relname"
        )
        return [row for row in cursor.fetchall() if row[0] not in but]
