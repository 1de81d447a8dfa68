"""A database engine whose `flush` restores the template database.

Django would empty the tables with TRUNCATE, which the portal's own guards refuse for evidence, and which would also
take away the rows that migrations wrote. A fresh copy of the template takes a fifth of a second.
"""

from django.db.backends.postgresql import base
from django.db.backends.postgresql.operations import DatabaseOperations

from tests.database import copy_template


class RestoringOperations(DatabaseOperations):
    def execute_sql_flush(self, sql_list):
        settings = self.connection.settings_dict
        self.connection.close()
        copy_template(settings["TEST"]["TEMPLATE"], settings["NAME"])


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = RestoringOperations
