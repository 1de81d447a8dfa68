"""Every address × every role: who may not enter does not, and reading changes nothing."""

from contextlib import contextmanager
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.forms import BaseForm
from django.urls import reverse

from portal.accounts.authority import may
from portal.meetings.models import Attendance, Meeting
from portal.moment import clock_set_to
from portal.notifications.models import Notification
from portal.web.docs.addresses import addresses
from portal.web.docs.pages import EVERYONE, read
from tests import matrix
from tests.scene import ask, built_once, papers_of_the_scene, signed_in
from tests.writes import written

SIGNED_IN = (
    "lt_clerk", "lt_legal", "lt_head", "qh_clerk", "qh_legal", "qh_head", "lt_village01", "lt_mediator",
    "county_reviewer", "county_supervisor", "sysadmin", "secadmin", "auditor",
)  # fmt: skip
OTHER_TOWN = ("qh_clerk", "qh_legal", "qh_head")
# People of the town who see only what they opened themselves, which is nothing here.
OWN_ENTRIES_ONLY = ("lt_village01", "lt_mediator")
ADMINISTRATORS = ("sysadmin", "secadmin", "auditor")
DISABLED = "lt_petition"
# At every change whoever may do most in the town, and somebody of another town; with `--full` everybody.
AT_EVERY_CHANGE = {None, "lt_clerk", "qh_clerk"}


# What these may not do is asked by a test of its own below, method by method.
ASKED_BELOW = {"qh_clerk"}


def each_of(*people, of=AT_EVERY_CHANGE):
    """Parameters for these people: whoever stands for others at every change, the rest in the full run."""
    return [name if name in of else pytest.param(name, marks=pytest.mark.full) for name in people]


# What reading may write: that somebody was there, looked at protected data, or has read a message; the key that is
# offered with the page for setting up a second factor; and the query code that goes when its minutes are over.
READING_LEAVES = {
    "django_session", "accounts_signedinsession", "audit_auditentry", "notifications_notification",
    "otp_totp_totpdevice", "consultation_commentdraft", "consultation_signupdraft",
    "consultation_questiondraft",
    "normative_docs_suggestions_suggestiondraft",
}  # fmt: skip
# No report of this world is public: its paper takes the worker. Their own tests show them.
SHOWN_ELSEWHERE = {"api:unknown", "reports:public-year", "reports:public-report", "oversight:revoked-notice"}
OPEN_BY_INTERFACE = {
    "api:schema", "api:docs", "api:time-limits", "api:time-limit", "api:organisation-list", "api:organisation-detail",
    "api:unknown",
}  # fmt: skip
REFUSED = (401, 403, 404)

ADDRESSES = addresses()
INSIDE = [address for address in ADDRESSES if address.route.startswith(("/staff/", "/county/"))]
DOOR = {"accounts:sign-in", "accounts:second-step", "accounts:sign-out"}
TOWNS = [address for address in ADDRESSES if matrix.is_of_the_town(address)]
DECLARED = read(Path(django_settings.BASE_DIR))


scene = built_once()
media_folder = papers_of_the_scene()


@pytest.fixture(autouse=True)
def undone(scene):
    """What a test does is taken back."""
    with clock_set_to(matrix.noon()), transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def taken_back():
    """Whatever happens inside is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def contents(but=READING_LEAVES) -> dict[str, str]:
    """A digest of every table."""
    digests = {}
    with connection.cursor() as cursor:
        for table in sorted({*connection.introspection.table_names(cursor)} - but):
            cursor.execute(f"SELECT md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))) FROM \"{table}\" t")
            digests[table] = cursor.fetchone()[0]
    return digests


def changed(before: dict[str, str]) -> list[str]:
    return [table for table, digest in contents().items() if before[table] != digest]


def readable(response) -> str:
    """The text of an answer, that of a workbook too."""
    body = response.getvalue() if response.streaming else response.content
    if body[:4] == b"PK\x03\x04":
        with ZipFile(BytesIO(body)) as workbook:
            body = b"".join(workbook.read(name) for name in workbook.namelist())
    return body.decode("utf-8", "ignore")


def holds_one(person, rules) -> bool:
    return any(may(person, rule) for rule in rules if rule not in EVERYONE)


@pytest.mark.parametrize(
    "username", each_of(None, *SIGNED_IN, of=AT_EVERY_CHANGE - ASKED_BELOW), ids=lambda name: name or "anonymous"
)
def test_reading_as_this_person_opens_what_the_page_table_says_changes_nothing_and_is_guarded(scene, username):
    client, before, wrong = signed_in(scene, username), written(READING_LEAVES), []
    for address in ADDRESSES:
        row = DECLARED.row_for(address)
        barred = not set(row.role) & set(EVERYONE) and (
            username is None or not holds_one(scene.world[username], row.role)
        )
        response = ask(client, "GET", scene.path(address))
        status, lacking = response.status_code, missing_guards(address, response, username)
        scene.answered[username, scene.path(address)] = status
        # The probe says with 503 that a server is away, which may be so in a test.
        failed = status >= 500 and not (address.name == "readyz" and status == 503)
        if failed or lacking or (barred and status == 200):
            wrong.append(f"{address.name}: {status} {lacking}")
    assert not wrong, "\n".join(wrong)
    assert written(READING_LEAVES) == before


def test_every_address_of_the_table_shows_its_thing_to_somebody(scene):
    """Else a refusal would prove nothing: the thing might simply not be there."""
    clients = {
        name: signed_in(scene, name)
        for name in ("lt_clerk", "lt_legal", "lt_head", "county_reviewer", "county_supervisor", *ADMINISTRATORS)
    }
    unseen = {}
    for address in ADDRESSES:
        path, answers = scene.path(address), {}
        for name, client in clients.items():
            answers[name] = scene.answered.get((name, path)) or ask(client, "GET", path).status_code
            if answers[name] < 400 or answers[name] == 405:
                break
        else:
            unseen[address.name] = answers
    assert set(unseen) <= SHOWN_ELSEWHERE, unseen


@pytest.mark.parametrize(
    "methods", [("GET", "POST"), pytest.param(("HEAD", "PUT", "PATCH", "DELETE"), marks=pytest.mark.full)], ids="-".join
)
@pytest.mark.parametrize("whose", ["its own file", pytest.param("files in every stage", marks=pytest.mark.full)])
@pytest.mark.parametrize("username", each_of(*OTHER_TOWN, *OWN_ENTRIES_ONLY))
def test_a_thing_of_the_town_does_not_exist_for_others(scene, username, methods, whose):
    """Whatever the method, the answer is that for a thing that was never there; 404 to whoever may open such pages."""
    person, client, before, wrong = scene.world[username], signed_in(scene, username), written(READING_LEAVES), []
    # Figures of the town are the town's: its own people may read them, without the files behind.
    foreign = [address for address in TOWNS if username in OTHER_TOWN or address.name not in matrix.OF_THE_TOWN_TOO]
    for address in foreign:
        rules = DECLARED.row_for(address).role
        may_open = "signed-in" in rules or holds_one(person, rules)
        for method in methods:
            nothing = ask(client, method, scene.path_to_nothing(address)).status_code
            for path in scene.paths(address) if whose == "files in every stage" else [scene.path(address)]:
                status = ask(client, method, path).status_code
                hidden = status == 404 if may_open and method == "GET" else status in (*REFUSED, 405)
                if status != nothing or not (hidden or (method == "GET" and status == 405)):
                    wrong.append(f"{method} {address.name} {path}: {status}, for nothing {nothing}")
    assert not wrong, "\n".join(wrong)
    assert written(READING_LEAVES) == before


@pytest.mark.parametrize("username", each_of(*OTHER_TOWN))
def test_no_list_and_no_export_names_a_thing_of_another_town(scene, username):
    client, found = signed_in(scene, username), []
    hidden = [scene.files[stage] for stage in ("draft", "reviewing", "deliberating", "submitted", "filing", "report")]
    for address in ADDRESSES:
        if not address.route.startswith(("/staff/", "/api/")) or matrix.is_of_the_town(address):
            continue
        response = ask(client, "GET", scene.path(address))
        text = readable(response)
        found += [f"{address.name}: {file.number}" for file in hidden if file.number in text]
        found += [f"{address.name}: {file.public_id}" for file in hidden if str(file.public_id) in text]
    assert found == []


@pytest.mark.parametrize("username", [None, DISABLED], ids=["anonymous", "disabled"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_stranger_is_shown_the_door(scene, username, method):
    """So is a person whose account was disabled while signed in."""
    client = signed_in(scene, username)
    if username is not None:
        person = scene.world[username]
        type(person).objects.filter(pk=person.pk).update(is_active=False)
    before, wrong = written(READING_LEAVES), []
    for address in INSIDE:
        response = ask(client, method, scene.path(address))
        to_the_door = response.status_code == 302 and response["Location"].startswith("/staff/sign-in/")
        if address.name not in DOOR and not (to_the_door or response.status_code == 405):
            wrong.append(f"{address.name}: {response.status_code}")
    for address in ADDRESSES:
        if address.namespace == "api" and address.name not in OPEN_BY_INTERFACE:
            status = ask(client, method, scene.path(address)).status_code
            if status not in (401, 403):
                wrong.append(f"{address.name}: {status}")
    assert not wrong, "\n".join(wrong)
    assert written(READING_LEAVES) == before


@pytest.mark.parametrize("username", each_of(*ADMINISTRATORS))
def test_an_administrator_touches_nothing_of_the_business(scene, username):
    # That work ran, failed or is to run again is the business of whoever runs the machine (system.jobs).
    own = {"office:job", "office:job-retry"} if username == "sysadmin" else set()
    client, before, wrong = signed_in(scene, username), written(READING_LEAVES), []
    for address in (address for address in TOWNS if address.name not in own):
        for method in ("GET", "POST"):
            for path in scene.paths(address):
                status = ask(client, method, path).status_code
                if status not in (*REFUSED, 405):
                    wrong.append(f"{method} {address.name} {path}: {status}")
    assert not wrong, "\n".join(wrong)
    assert written(READING_LEAVES) == before


@pytest.mark.parametrize("username", ["county_reviewer", "county_supervisor"])
def test_the_county_sees_no_file_before_it_is_addressed_to_it(scene, username):
    client, wrong = signed_in(scene, username), []
    for stage in ("draft", "consulting", "reviewing", "deliberating", "report"):
        for name in ("inside:case", "inside:papers", "inside:history", "api:case-file-detail"):
            path = reverse(name, kwargs={"public_id": scene.files[stage].public_id})
            wrong += [f"{stage} {path}"] if ask(client, "GET", path).status_code != 404 else []
    assert not wrong, "\n".join(wrong)


@pytest.mark.full
@pytest.mark.parametrize("username", SIGNED_IN)
def test_an_empty_form_never_fails_and_changes_nothing_for_whoever_may_not_open_the_page(scene, username):
    person, client, before, wrong = scene.world[username], signed_in(scene, username), contents(), []
    for address in ADDRESSES:
        rules = DECLARED.row_for(address).role
        if set(rules) & set(EVERYONE) or holds_one(person, rules):
            cookies = deepcopy(client.cookies)
            with taken_back():
                status = ask(client, "POST", scene.path(address)).status_code
            client.cookies = cookies
            fits = status < 500
        else:
            response = ask(client, "POST", scene.path(address))
            status = response.status_code
            fits = status in (*REFUSED, 405)
        if not fits:
            wrong.append(f"{address.name}: {status}")
    assert not wrong, "\n".join(wrong)
    assert changed(before) == []


def meeting_of_the_other_town(scene) -> Meeting:
    return Meeting.objects.create(
        organisation=scene.world.qinghe, kind=Meeting.Kind.TOWN_HEADS, title="镇长办公会议", held_on=matrix.TODAY,
        place="会议室", members_due=5, recorded_by=scene.world["qh_clerk"],
    )  # fmt: skip


def attendance_of_the_other_town(scene) -> Attendance:
    return Attendance.objects.create(
        meeting=meeting_of_the_other_town(scene), name="吴志强", post="镇长", role=Attendance.Role.MEMBER
    )


@pytest.mark.parametrize(
    ("username", "page", "field", "foreign"),
    [
        ("lt_clerk", "normative_docs:new", "handling_unit", lambda scene: scene.world.units["qinghe-office"].pk),
        ("lt_clerk", "normative_docs:edit", "handling_unit", lambda scene: scene.world.units["qinghe-office"].pk),
        ("lt_clerk", "normative_docs:edit", "issuing_authority", lambda scene: scene.world.qinghe.pk),
        ("lt_clerk", "inside:clock", "approver", lambda scene: scene.world["qh_head"].pk),
        (
            "lt_clerk", "meetings:staff-deliberation", "meeting",
            lambda scene: meeting_of_the_other_town(scene).public_id,
        ),
        ("lt_clerk", "meetings:staff-new-attendance", "person", lambda scene: "qh_head"),
        (
            "lt_clerk", "meetings:staff-new-statement", "attendance",
            lambda scene: attendance_of_the_other_town(scene).public_id,
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_form_takes_nothing_that_belongs_to_another_town(scene, username, page, field, foreign):
    value, client = str(foreign(scene)), signed_in(scene, username)
    path = scene.path(next(address for address in ADDRESSES if address.name == page))
    before = written(READING_LEAVES)
    with transaction.atomic():
        response = client.post(path, {"act": "join" if field == "meeting" else "suspend", field: value})
    assert response.status_code == 422
    assert field in errors_of(response)
    assert written(READING_LEAVES) == before


def errors_of(response) -> set[str]:
    """Fields that the page complains about."""
    shown = (value for layer in response.context for value in layer.flatten().values()) if response.context else ()
    forms = [value for value in shown if isinstance(value, BaseForm) and value.is_bound]
    return {name for form in forms for name in form.errors}


def test_marking_the_notification_of_another_reader_leaves_it_unread(scene):
    entry = scene.arguments["office:notification"]["pk"]
    signed_in(scene, "qh_clerk").post("/staff/notifications/", {"act": "picked", "pick": [entry]})
    assert Notification.objects.get(pk=entry).read_at is None


@pytest.mark.parametrize("stage", ["draft", "filing"])
def test_a_bulk_form_passes_over_what_the_person_may_not_take(scene, stage):
    """The reviewer's list takes only filings that stand in the county's inbox; a clerk of a town none at all."""
    path, picked = reverse("oversight:county-filings-selected"), {"pick": [str(scene.files[stage].public_id)]}
    acts = ({"act": "accept", **picked}, {"act": "claim", **picked})
    people = ("qh_clerk", "county_reviewer") if stage == "draft" else ("qh_clerk",)
    clients = [signed_in(scene, username) for username in people]
    before = written(READING_LEAVES)
    for client in clients:
        for act in acts:
            assert ask(client, "POST", path, **act).status_code < 500
    assert written(READING_LEAVES) == before


def missing_guards(address, response, username) -> list[str]:
    """No foreign or inline script, no guessing of types, no frame, no address told; nothing inside is kept."""
    headers, kind = response.headers, response.headers.get("Content-Type", "")
    policy = headers.get("Content-Security-Policy", "")
    lacking = (
        ("nosniff", headers.get("X-Content-Type-Options") != "nosniff"),
        ("referrer", headers.get("Referrer-Policy") != "same-origin"),
        ("frames", headers.get("X-Frame-Options") != "DENY"),
        ("policy", kind.startswith("text/html") and "default-src 'none'" not in policy),
        ("inline", "unsafe-inline" in policy or "unsafe-eval" in policy),
        (
            "kept",
            response.status_code == 200
            and address.route.startswith(("/staff/", "/county/"))
            and "no-store" not in headers.get("Cache-Control", ""),
        ),
        ("cookies", username is None and not fair_cookies(address, response)),
    )
    return [name for name, is_lacking in lacking if is_lacking]


def fair_cookies(address, response) -> bool:
    """A public page leaves no cookie, but for the one that a form to post needs."""
    if address.route.startswith(("/staff/", "/county/")):
        return True
    has_form = b"csrfmiddlewaretoken" in response.content if not response.streaming else False
    return set(response.cookies) <= ({"csrftoken"} if has_form else set())
