"""The roles of the database, and the databases themselves.

The owner makes the tables; the application role, as which the web connects, owns nothing and
bypasses nothing: it has exactly the rights that the owner's default privileges hand it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final, LiteralString
from urllib.parse import unquote

import psycopg
from psycopg import conninfo, sql

OWNER: Final = "crossforce_owner"
APPLICATION: Final = "crossforce_app"
ROLE_RIGHTS: Final = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
BUILTIN_LOCALE_SINCE: Final = 170000
PREPARING: Final = 7_226_301


@dataclass(frozen=True)
class Login:
    """How to reach one database as one role."""

    host: str
    port: str
    name: str
    user: str
    password: str
    options: tuple[tuple[str, str], ...] = ()

    @classmethod
    def from_url(cls, url: str) -> "Login":
        found = conninfo.conninfo_to_dict(url)
        known = {
            key: str(found.pop(key, "") or "")
            for key in ("host", "port", "dbname", "user", "password")
        }
        return cls(
            unquote(known["host"]),
            known["port"],
            known["dbname"] or "crossforce",
            known["user"],
            known["password"],
            tuple((key, str(value)) for key, value in sorted(found.items())),
        )

    def on(self, name: str) -> "Login":
        return replace(self, name=name)

    def as_role(self, user: str, password: str) -> "Login":
        return replace(self, user=user, password=password)

    def connect(self, **more: Any) -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(
            host=self.host,
            port=self.port,
            dbname=self.name,
            user=self.user,
            password=self.password,
            **{**dict(self.options), **more},
        )

    def django(self) -> dict[str, Any]:
        return {
            "ENGINE": "crossforce.kernel.postgres_engine",
            "HOST": self.host,
            "PORT": self.port,
            "NAME": self.name,
            "USER": self.user,
            "PASSWORD": self.password,
            "OPTIONS": dict(self.options),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
        }

    def without_password(self) -> str:
        """A connection string for PostgreSQL's own programs; the password goes beside it."""
        return conninfo.make_conninfo(
            host=self.host,
            port=self.port,
            dbname=self.name,
            user=self.user,
            **dict(self.options),
        )


class NotOurDatabase(Exception):
    """That database belongs to somebody else and is not empty."""


_FOUND: LiteralString = """
    SELECT pg_get_userbyid(datdba),
           (SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')),
           'é' > 'z'
      FROM pg_database WHERE datname = %s"""

_HELD: LiteralString = """
    SELECT pg_has_role(datdba, 'USAGE'),
           (SELECT pg_has_role(nspowner, 'USAGE') FROM pg_namespace WHERE nspname = 'public')
      FROM pg_database WHERE datname = current_database()"""
NOTHING_TEMPORARY: LiteralString = (
    "REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC, {application}"
)
"""What one person's request left on a connection would stand in front of the tables for the next."""
HIDDEN: LiteralString = r"""
DO $$ DECLARE hidden regprocedure; BEGIN
  FOR hidden IN SELECT oid FROM pg_catalog.pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace
     AND (proname = 'pg_prepared_statement'
          OR proname ~ '^(query|cursor)_to_xml' OR proname IN ('ts_stat', 'ts_rewrite') AND 'text'::regtype = ANY (proargtypes)
          OR proname ~ '^pg_stat_get_' AND proname <> 'pg_stat_get_activity'
          OR proname IN ('pg_lock_status', 'pg_stat_force_next_flush', 'pg_terminate_backend', 'pg_cancel_backend'))
  LOOP EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', hidden); END LOOP;
END $$"""
"""Names of prepared statements, which would be to exchange them; what runs a text, for one that explains how a query
was run counts the rows that its policy took away; counters and locks, which count them too; the end of other
people's requests, whose sessions are of the same role."""


def may_make_roles(login: Login) -> bool:
    """Whether this login is an administrator's; False when it cannot connect at all."""
    try:
        with login.connect(connect_timeout=5) as connection:
            row = connection.execute(
                "SELECT rolsuper OR (rolcreaterole AND rolcreatedb) FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
    except psycopg.OperationalError:
        return False
    return bool(row and row[0])


@contextmanager
def one_at_a_time(admin: Login, work: int = PREPARING) -> Iterator[None]:
    """Roles belong to the whole server: two processes that alter one at once would collide."""
    with admin.connect(autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [work])
        yield


def make_roles(admin: Login, *, owner: Login, application: Login) -> None:
    """Make both roles, or set their rights and passwords again."""
    with admin.connect(autocommit=True) as connection:
        for login in (owner, application):
            known = connection.execute(
                "SELECT 1 FROM pg_roles WHERE rolname = %s", [login.user]
            ).fetchone()
            statement = sql.SQL("{verb} ROLE {name} WITH {rights} PASSWORD {password}")
            connection.execute(
                statement.format(
                    verb=sql.SQL("ALTER" if known else "CREATE"),
                    name=sql.Identifier(login.user),
                    rights=sql.SQL(ROLE_RIGHTS),
                    password=sql.Literal(login.password),
                )
            )
        if not is_superuser(connection):
            grant = sql.SQL("GRANT {owner} TO CURRENT_USER").format(
                owner=sql.Identifier(owner.user)
            )
            connection.execute(grant)


def forget_settings(admin: Login, *roles: str) -> None:
    """What a role begins its connections with is the server's own again: a role may alter its own settings."""
    with admin.connect(autocommit=True) as connection:
        for role in roles:
            statement = sql.SQL("ALTER ROLE {} RESET ALL").format(sql.Identifier(role))
            connection.execute(statement)


def change_password(admin: Login, *, role: str, password: str) -> None:
    statement = sql.SQL("ALTER ROLE {} PASSWORD {}").format(
        sql.Identifier(role), sql.Literal(password)
    )
    with admin.connect(autocommit=True) as connection:
        connection.execute(statement)


def opens(login: Login) -> bool:
    """Whether the password is the right one; other faults are raised."""
    try:
        login.connect(connect_timeout=5).close()
    except psycopg.OperationalError as fault:
        if "password authentication failed" in str(fault):
            return False
        raise
    return True


def make_database(admin: Login, *, owner: Login, application: Login, name: str) -> bool:
    """Make the database if it is not there, and say what the application may do in it."""
    with admin.connect(autocommit=True) as connection:
        known = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
        if not known:
            locale = (
                "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"
                if connection.info.server_version >= BUILTIN_LOCALE_SINCE
                else "LOCALE 'C.UTF-8'"
            )
            statement = sql.SQL(
                "CREATE DATABASE {name} OWNER {owner} TEMPLATE template0 ENCODING 'UTF8' {locale}"
            )
            connection.execute(
                statement.format(
                    name=sql.Identifier(name),
                    owner=sql.Identifier(owner.user),
                    locale=sql.SQL(locale),
                )
            )
    if known:
        take_over(admin, owner=owner, name=name)
    claim(owner.on(name), application=application.user)
    hide(admin.on(name))
    grant_to_application(owner.on(name), application=application.user)
    return not known


def take_over(admin: Login, *, owner: Login, name: str) -> None:
    """Make an empty database that somebody else made ours. Raises NotOurDatabase for any other."""
    with admin.on(name).connect(autocommit=True) as connection:
        holder, tables, sorts_by_code = connection.execute(_FOUND, [name]).fetchone() or (
            "",
            0,
            True,
        )
        if holder == owner.user:
            return
        if name == admin.name or tables:
            raise NotOurDatabase(
                f"The database “{name}” is not ours: it belongs to {holder} and holds {tables} "
                "tables. Name another in DATABASE_URL; it is made if it is not there."
            )
        if not sorts_by_code:
            raise NotOurDatabase(
                f"The database “{name}” does not sort by C.UTF-8. Drop it, and it is made anew."
            )
        role = sql.Identifier(owner.user)
        for statement in (
            "ALTER DATABASE {name} OWNER TO {role}",
            "ALTER SCHEMA public OWNER TO {role}",
        ):
            connection.execute(sql.SQL(statement).format(name=sql.Identifier(name), role=role))


def copy_database(
    admin: Login, *, owner: Login, application: Login, source: str, name: str
) -> None:
    """A database like another that nobody is connected to."""
    statement = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}")
    names = (sql.Identifier(word) for word in (name, owner.user, source))
    with admin.connect(autocommit=True) as connection:
        connection.execute(statement.format(*names))
    claim(owner.on(name), application=application.user)
    hide(admin.on(name))


def databases(admin: Login) -> list[str]:
    with admin.connect() as connection:
        return [
            row[0] for row in connection.execute("SELECT datname FROM pg_database").fetchall()
        ]


def drop_database(admin: Login, *, name: str) -> None:
    with admin.connect(autocommit=True) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )


def rename_databases(admin: Login, names: list[tuple[str, str]]) -> None:
    """All of the renames, or none."""
    with admin.connect() as connection:
        for before, after in names:
            statement = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            connection.execute(statement.format(sql.Identifier(before), sql.Identifier(after)))


def claim(owner: Login, *, application: str) -> None:
    """A database of our own is closed to every role but these two."""
    _as_owner(
        owner,
        application,
        "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
        "GRANT CONNECT ON DATABASE {database} TO {application}",
        NOTHING_TEMPORARY,
        "ALTER SCHEMA public OWNER TO {owner}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
    )


def hide(admin: Login) -> None:
    """Nobody but an administrator calls what would tell of rows and statements that one is not shown."""
    with admin.connect() as connection:
        if is_superuser(connection):
            connection.execute(HIDDEN)


def close_to_application(owner: Login, *, application: str) -> None:
    """Nothing of its own for the application in a database that was brought, as far as the owner may say so."""
    with owner.connect() as connection:
        found = connection.execute(_HELD).fetchone()
    is_database, is_schema = found or (False, False)
    if is_database:
        _as_owner(
            owner,
            application,
            NOTHING_TEMPORARY,
            "GRANT TEMPORARY ON DATABASE {database} TO {owner}",
        )
    if is_schema:
        _as_owner(
            owner, application, "REVOKE CREATE ON SCHEMA public FROM PUBLIC, {application}"
        )


def grant_to_application(owner: Login, *, application: str) -> None:
    """Rows, not structure: reading and writing, in tables that the owner has made or will make."""
    defaults: LiteralString = "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT"
    _as_owner(
        owner,
        application,
        "CREATE EXTENSION IF NOT EXISTS btree_gist",  # "not two of these at once" by constraint
        "GRANT USAGE ON SCHEMA public TO {application}",
        defaults + " SELECT, INSERT, UPDATE, DELETE ON TABLES TO {application}",
        defaults + " USAGE, SELECT ON SEQUENCES TO {application}",
    )


def _as_owner(owner: Login, application: str, *statements: LiteralString) -> None:
    names = {
        "database": sql.Identifier(owner.name),
        "application": sql.Identifier(application),
        "owner": sql.Identifier(owner.user),
    }
    with owner.connect() as connection:
        for statement in statements:
            connection.execute(sql.SQL(statement).format(**names))


def is_superuser(connection: psycopg.Connection[tuple[Any, ...]]) -> bool:
    row = connection.execute(
        "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    return bool(row and row[0])
