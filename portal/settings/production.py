"""A real site. Every secret, host and site fact must be given; a missing one stops the start with its name."""

from django.core.exceptions import ImproperlyConfigured

from portal.settings.base import *  # the settings package's one star import, see pyproject.toml
from portal.settings.base import BASE_DIR, caches, database
from portal.settings.env import database_from_url, env_bool, env_int, env_list, env_secret, env_text, redis_database

DEBUG = False
SECRET_KEY = env_secret("SECRET_KEY", min_length=50)
if len(set(SECRET_KEY)) < 5 or SECRET_KEY.startswith("django-insecure-"):
    raise ImproperlyConfigured("SECRET_KEY 过于简单。 SECRET_KEY is too simple; generate a random one.")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS")
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS 不得为 *。 ALLOWED_HOSTS must name the site's hosts, not *.")
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS", [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS])

# Only `manage.py migrate` and its kin need the owner's address, and the web server should not even know it.
WEB_DATABASE_URL = env_secret("DATABASE_URL")
WEB_ROLE = database_from_url(WEB_DATABASE_URL)["USER"]
DATABASES = {
    "default": database(
        web_url=WEB_DATABASE_URL,
        owner_url=env_secret("OWNER_DATABASE_URL") if env_text("PORTAL_DB_ROLE", "web") == "owner" else "",
    )
}
REDIS_URL = env_secret("REDIS_URL")
CACHES = caches(REDIS_URL)
CELERY_BROKER_URL = redis_database(REDIS_URL, 2, for_celery=True)

STATIC_ROOT = env_text("STATIC_ROOT", str(BASE_DIR / "var" / "static"))
MEDIA_ROOT = env_text("MEDIA_ROOT", str(BASE_DIR / "var" / "media"))

SITE_NAME = env_text("SITE_NAME")
SITE_IDENTIFIER = env_text("SITE_IDENTIFIER")
if not (SITE_IDENTIFIER.isascii() and SITE_IDENTIFIER.isdecimal() and len(SITE_IDENTIFIER) == 10):
    raise ImproperlyConfigured("SITE_IDENTIFIER(网站标识码)应为 10 位数字。 SITE_IDENTIFIER must have ten digits.")
SITE_ICP = env_text("SITE_ICP")
SITE_POLICE_RECORD = env_text("SITE_POLICE_RECORD")
SITE_HOST_UNIT = env_text("SITE_HOST_UNIT")
SITE_CONTACT = env_text("SITE_CONTACT")

# ── TLS ends at the proxy ──
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env_bool("SECURE_SSL_REDIRECT", True)
# A container platform asks for health by plain HTTP from inside.
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)/?$"]
SECURE_HSTS_SECONDS = env_int("SECURE_HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env_bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", True)
SECURE_HSTS_PRELOAD = env_bool("SECURE_HSTS_PRELOAD", True)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# The prefix makes the browser refuse the cookie unless it is secure, for this host alone and for every path.
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_USE_TLS = env_bool("EMAIL_USE_TLS", False)
