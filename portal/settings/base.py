"""What is the same on every machine. What differs comes from the environment through `env.py`."""

from importlib.util import find_spec
from pathlib import Path

from celery.schedules import crontab

from portal.settings.env import database_from_url, env_int, env_list, env_secret, env_text, redis_database
from portal.settings.logs import json_lines

BASE_DIR = Path(__file__).resolve().parents[2]

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "pgtrigger",
    "pghistory",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_celery_beat",
    "axes",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_htmx",
    "template_partials",
    "portal.organisations",
    "portal.accounts",
    "portal.jobs",
    "portal.notifications",
    "portal.indicators",
    "portal.casefiles",
    "portal.audit",
    "portal.documents",
    "portal.deadlines",
    "portal.workflow",
    "portal.receipts",
    "portal.draws",
    "portal.web",
    "portal.consultation",
    "portal.legal_review",
    "portal.meetings",
    "portal.oversight",
    "portal.county_requests",
    "portal.oversight.accountability",
    "portal.publishing",
    "portal.dossiers",
    "portal.interpretations",
    "portal.evaluations",
    "portal.search",
    "portal.capacity",
    "portal.reports",
    "portal.bulletins",
    "portal.demo",
    "normative_docs",
    "normative_docs.stock",
    "normative_docs.archiving",
    "normative_docs.in_force",
    "normative_docs.cleanup",
    "normative_docs.clause_check",
    "normative_docs.evaluation",
    "normative_docs.suggestions",
    "decisions",
    "decisions.evaluation",
    "decisions.catalogue",
    "decisions.archiving",
]

# The apps of single procedures. The portal finds their addresses here and imports none of them.
WORKFLOW_APPS = [
    "normative_docs",
    "normative_docs.stock",
    "normative_docs.archiving",
    "normative_docs.in_force",
    "normative_docs.cleanup",
    "normative_docs.clause_check",
    "normative_docs.evaluation",
    "normative_docs.suggestions",
    "decisions",
    "decisions.evaluation",
    "decisions.catalogue",
    "decisions.archiving",
]

MIDDLEWARE = [
    "portal.request_id.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.web.display.DisplayPreferenceMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    # After the person is known, before any page is made for somebody whose session is over.
    "portal.accounts.middleware.SessionLimitsMiddleware",
    "portal.accounts.middleware.ForcedPasswordChangeMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "portal.web.errors.ErrorPageMiddleware",
    # Last, as its own documentation asks: it turns a locked-out sign-in into the 429 page.
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
ASGI_APPLICATION = "portal.asgi.application"
FORM_RENDERER = "portal.web.forms.PortalFormRenderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.web.context.navigation",
            ],
        },
    },
]

# ── language and time ──
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

# ── database ──
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATEMENT_TIMEOUT_SECONDS = {"web": 5, "worker": 600, "command": 600}


def database(*, web_url: str, owner_url: str) -> dict:
    """Return the connection of this process.

    PORTAL_DB_ROLE=owner (set by `manage.py` for migrations) connects as the role that owns the tables;
    otherwise the web role does, which can neither alter a table nor touch an audit row.
    PORTAL_PROCESS (web, worker, command) decides how long one statement may run.
    """
    as_owner = env_text("PORTAL_DB_ROLE", "web") == "owner"
    process = env_text("PORTAL_PROCESS", "web")
    settings = database_from_url(
        owner_url if as_owner else web_url, name="OWNER_DATABASE_URL" if as_owner else "DATABASE_URL"
    )
    # A migration may rebuild a large index: no limit for the owner.
    milliseconds = 0 if as_owner else STATEMENT_TIMEOUT_SECONDS.get(process, 5) * 1000
    settings["OPTIONS"] = {
        "connect_timeout": "5",
        **settings["OPTIONS"],
        "options": f"-c statement_timeout={milliseconds} -c timezone=Asia/Shanghai",
    }
    settings["CONN_MAX_AGE"] = env_int("CONN_MAX_AGE", 60)
    settings["CONN_HEALTH_CHECKS"] = True
    return settings


# History rows are evidence: the triggers of pghistory refuse to change or remove them.
PGHISTORY_APPEND_ONLY = True
# The address is noted for changes only; a page that is merely read leaves no context row.
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

# ── people and sign-in ──
AUTH_USER_MODEL = "accounts.Person"
LOGIN_URL = "accounts:sign-in"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "portal.accounts.passwords.UnlikeOneselfValidator",
        "OPTIONS": {"user_attributes": ("username", "full_name", "phone", "email")},
    },
    {"NAME": "portal.accounts.passwords.LongEnoughValidator"},
    {"NAME": "portal.accounts.passwords.NotCommonValidator"},
    {"NAME": "portal.accounts.passwords.ThreeKindsValidator"},
    {"NAME": "portal.accounts.passwords.NotUsedBeforeValidator"},
]

# Five failures of one person from one address close that pair for 15 minutes: the person can still
# sign in from elsewhere, so nobody can lock a colleague out.
AXES_FAILURE_LIMIT = 5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_COOLOFF_TIME = 0.25  # hours
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_HTTP_RESPONSE_CODE = 429
AXES_LOCKOUT_CALLABLE = "portal.web.errors.locked_out"
# The audit chain is the record of who signed in when; a second one would only hold more personal data.
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_ALLOWED_CORS_ORIGINS = ""
AXES_IPWARE_META_PRECEDENCE_ORDER = ["REMOTE_ADDR"]
# How many proxies of one's own stand before the application; their X-Forwarded-For is then believed.
TRUSTED_PROXY_COUNT = env_int("TRUSTED_PROXY_COUNT", 0)
if TRUSTED_PROXY_COUNT:
    AXES_IPWARE_PROXY_COUNT = TRUSTED_PROXY_COUNT
    AXES_IPWARE_META_PRECEDENCE_ORDER = ["HTTP_X_FORWARDED_FOR", "REMOTE_ADDR"]

OTP_TOTP_ISSUER = env_text("SITE_NAME", "乡镇法治政府建设平台")

# Sessions live in the database: they outlast the broker and can be listed and ended by their owner.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_IDLE_SECONDS = 30 * 60
SESSION_ABSOLUTE_SECONDS = 12 * 60 * 60
# Longer than the limit itself, so that whoever meets the limit is told why and not only asked to sign in.
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS + 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "portal.web.errors.csrf_failure"
CSRF_COOKIE_SAMESITE = "Lax"

# ── browser rules ──
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    },
}

# ── files ──
STATIC_URL = "/static/"
# Bootstrap's package is not a Django app: its folder is offered under the name `bootstrap/`.
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("bootstrap", Path(next(iter(find_spec("bootstrap").submodule_search_locations)))),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "portal.static_storage.PortalStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
MEDIA_URL = ""  # nothing uploaded has an address of its own: every download passes a permission check
FILE_UPLOAD_HANDLERS = [
    "portal.documents.uploads.SizeLimitHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750
UPLOAD_MAX_BYTES = env_int("UPLOAD_MAX_BYTES", 50 * 1024 * 1024, at_least=1)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 50
# With a prefix such as /protected/ the proxy sends the bytes (X-Accel-Redirect); empty: Django streams.
X_ACCEL_PREFIX = env_text("X_ACCEL_PREFIX", "")

# ── interfaces ──
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["portal.api.authentication.PortalSession"],
    "DEFAULT_PERMISSION_CLASSES": ["portal.api.permissions.HoldsAuthority"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["portal.api.parsers.StrictJSONParser", "rest_framework.parsers.MultiPartParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "portal.api.pagination.NewestFirst",
    "DEFAULT_THROTTLE_CLASSES": [
        "portal.api.throttles.VisitorThrottle",
        "portal.api.throttles.PersonThrottle",
        "portal.api.throttles.ChangeThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {"visitor": "60/min", "person": "300/min", "change": "30/min"},
    "NUM_PROXIES": TRUSTED_PROXY_COUNT,
    "DEFAULT_SCHEMA_CLASS": "portal.api.schema.PortalSchema",
    "EXCEPTION_HANDLER": "portal.api.problems.handle",
    "UNICODE_JSON": True,
}
SPECTACULAR_SETTINGS = {
    # A constant, not the site's name: the description is the same at every site and kept in docs/api/.
    "TITLE": "乡镇法治政府建设平台接口",
    "DESCRIPTION": (
        "与网页同一范围、同一条件、同一办理规则。会话与网页共用；拒绝以 application/problem+json 说明。"
        "已公开文件的开放数据另见 /docs/index.json 和 /docs/index.csv。"
    ),
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {},
}

# ── jobs ──
CELERY_TIMEZONE = TIME_ZONE
CELERY_ENABLE_UTC = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 30 * 60
CELERY_TASK_SOFT_TIME_LIMIT = 25 * 60
# Longer than the longest task, or the broker would hand a running task to a second worker.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 2 * 60 * 60, "socket_connect_timeout": 3}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# The state of a job is a row in the database; the broker keeps no results.
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# WeasyPrint grows with every document it renders: a child is replaced after this many tasks.
CELERY_WORKER_MAX_TASKS_PER_CHILD = 50
CELERY_BEAT_SCHEDULE = {
    "lapsed documents": {"task": "normative_docs.in_force.sweep", "schedule": crontab(hour=0, minute=20)},
    "deadline reminders": {"task": "portal.deadlines.sweep", "schedule": crontab(hour=7, minute=30)},
    "audit anchor": {"task": "portal.audit.anchor", "schedule": crontab(hour=23, minute=50)},
    "jobs that the bell missed": {"task": "portal.jobs.sweep", "schedule": 30.0},
    "notifications by mail": {"task": "portal.notifications.mail", "schedule": crontab(minute="*/5")},
    "reports to the people's congress": {"task": "portal.oversight.remind", "schedule": crontab(hour=7, minute=40)},
    "bulletins due": {"task": "portal.bulletins.remind", "schedule": crontab(hour=7, minute=45)},
    "legal advisers": {"task": "portal.capacity.remind", "schedule": crontab(hour=7, minute=50)},
    "orphaned uploads": {"task": "portal.documents.sweep_blobs", "schedule": crontab(hour=2, minute=10)},
    "stored files intact": {"task": "portal.documents.verify_blobs", "schedule": crontab(hour=3, minute=10)},
}
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
DJANGO_CELERY_BEAT_TZ_AWARE = True

# ── mail ──
EMAIL_HOST = env_text("EMAIL_HOST", "localhost")
EMAIL_PORT = env_int("EMAIL_PORT", 25)
EMAIL_HOST_USER = env_text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env_secret("EMAIL_HOST_PASSWORD", "")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env_text("DEFAULT_FROM_EMAIL", "portal@localhost")

# ── facts every government site must show (国办发〔2017〕47号 附件) ──
SITE_NAME = env_text("SITE_NAME", "乡镇法治政府建设平台")
SITE_IDENTIFIER = env_text("SITE_IDENTIFIER", "")  # 网站标识码
SITE_ICP = env_text("SITE_ICP", "")  # ICP 备案号
SITE_POLICE_RECORD = env_text("SITE_POLICE_RECORD", "")  # 公安机关备案号
SITE_HOST_UNIT = env_text("SITE_HOST_UNIT", "")  # 主办单位
SITE_CONTACT = env_text("SITE_CONTACT", "")  # 联系方式
SITE_DOMAIN = env_text("SITE_DOMAIN", "")  # 网站域名: in the page's meta tags and in the links of e-mails

ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", [])
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS", [])

LOGGING = json_lines(level=env_text("LOG_LEVEL", "INFO"))


def caches(redis_url: str) -> dict:
    """Return the cache setting: database 1 of the broker's server, every key under `portal`."""
    return {
        "default": {
            "BACKEND": "portal.resilient_cache.ResilientRedisCache",
            "LOCATION": redis_database(redis_url, 1),
            "KEY_PREFIX": "portal",
            "TIMEOUT": 300,
            "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
        }
    }
