"""A mistyped or missing variable stops the start with its name; a good one is read exactly."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.settings.env import database_from_url, env_bool, env_int, env_list, env_secret, env_text, redis_database


@pytest.mark.parametrize("word", ["1", "true", "YES", " on "])
def test_words_for_true(monkeypatch, word):
    monkeypatch.setenv("SWITCH", word)
    assert env_bool("SWITCH", False) is True


@pytest.mark.parametrize("word", ["0", "False", "no", "OFF"])
def test_words_for_false(monkeypatch, word):
    monkeypatch.setenv("SWITCH", word)
    assert env_bool("SWITCH", True) is False


@pytest.mark.parametrize("word", ["ture", "2", "是"])
def test_a_mistyped_switch_is_refused(monkeypatch, word):
    monkeypatch.setenv("SWITCH", word)
    with pytest.raises(ImproperlyConfigured, match="SWITCH"):
        env_bool("SWITCH", False)


@pytest.mark.parametrize("text", ["12a", "-1", "1.5", "１２", "0"])
def test_a_number_that_is_none_is_refused(monkeypatch, text):
    monkeypatch.setenv("LIMIT", text)
    with pytest.raises(ImproperlyConfigured, match="LIMIT"):
        env_int("LIMIT", 5, at_least=1)


@pytest.mark.parametrize("reader", [env_text, env_bool, env_int, env_list, env_secret])
@pytest.mark.parametrize("value", [None, "", "   "])
def test_a_required_variable_must_not_be_missing_or_blank(monkeypatch, reader, value):
    monkeypatch.delenv("NEEDED", raising=False)
    if value is not None:
        monkeypatch.setenv("NEEDED", value)
    with pytest.raises(ImproperlyConfigured, match="NEEDED"):
        reader("NEEDED")


def test_a_blank_variable_reads_as_its_default(monkeypatch):
    monkeypatch.setenv("BLANK", " ")
    assert (env_text("BLANK", "x"), env_int("BLANK", 7), env_bool("BLANK", True)) == ("x", 7, True)
    assert env_list("BLANK", ["a"]) == ["a"]


def test_a_list_drops_blanks(monkeypatch):
    monkeypatch.setenv("HOSTS", " a.gov.cn, ,b.gov.cn,")
    assert env_list("HOSTS") == ["a.gov.cn", "b.gov.cn"]


def test_a_secret_may_come_from_a_file(monkeypatch, tmp_path):
    (tmp_path / "key").write_text("从文件读取\n", encoding="utf-8")
    monkeypatch.setenv("KEY_FILE", str(tmp_path / "key"))
    assert env_secret("KEY") == "从文件读取"


def test_a_secret_given_twice_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("KEY", "x")
    monkeypatch.setenv("KEY_FILE", str(tmp_path / "key"))
    with pytest.raises(ImproperlyConfigured, match="KEY_FILE"):
        env_secret("KEY")


def test_a_file_that_cannot_be_read_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("KEY_FILE", str(tmp_path / "absent"))
    with pytest.raises(ImproperlyConfigured, match="KEY_FILE"):
        env_secret("KEY")


def test_an_empty_file_is_refused(monkeypatch, tmp_path):
    (tmp_path / "key").write_text("\n", encoding="utf-8")
    monkeypatch.setenv("KEY_FILE", str(tmp_path / "key"))
    with pytest.raises(ImproperlyConfigured, match="KEY_FILE"):
        env_secret("KEY")


def test_a_short_secret_is_refused_without_being_repeated(monkeypatch):
    monkeypatch.setenv("KEY", "tooshort")
    with pytest.raises(ImproperlyConfigured) as refusal:
        env_secret("KEY", min_length=50)
    assert "tooshort" not in str(refusal.value)


def test_a_database_address_is_taken_apart():
    parts = database_from_url("postgresql://web:p%40ss@db.gov.cn:6432/portal?sslmode=require")
    assert (parts["USER"], parts["PASSWORD"], parts["HOST"], parts["PORT"]) == ("web", "p@ss", "db.gov.cn", "6432")
    assert (parts["NAME"], parts["OPTIONS"]) == ("portal", {"sslmode": "require"})


def test_a_socket_folder_is_a_host():
    parts = database_from_url("postgresql://portal_web@/portal?host=%2Fsrv%2Frun")
    assert (parts["HOST"], parts["PORT"], parts["OPTIONS"]) == ("/srv/run", "", {})


@pytest.mark.parametrize("url", ["sqlite:///x.db", "mysql://a@b/c", "postgresql://a@b", "portal"])
def test_other_databases_are_refused(url):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        database_from_url(url)


@pytest.mark.parametrize(
    ("url", "for_celery", "address"),
    [
        ("redis://:geheim@cache:6379", False, "redis://:geheim@cache:6379/2"),
        ("redis://cache:6379/0", True, "redis://cache:6379/2"),
        ("rediss://cache:6380?ssl_cert_reqs=required", True, "rediss://cache:6380/2?ssl_cert_reqs=required"),
        ("unix:///srv/run/valkey.sock", False, "unix:///srv/run/valkey.sock?db=2"),
        ("unix:///srv/run/valkey.sock", True, "redis+socket:///srv/run/valkey.sock?virtual_host=2"),
    ],
)
def test_each_user_of_the_broker_gets_its_own_database(url, for_celery, address):
    assert redis_database(url, 2, for_celery=for_celery) == address


@pytest.mark.parametrize("url", ["cache:6379", "amqp://cache", "unix://"])
def test_other_brokers_are_refused(url):
    with pytest.raises(ImproperlyConfigured, match="REDIS_URL"):
        redis_database(url, 1)
