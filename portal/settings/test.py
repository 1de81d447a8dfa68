"""The tests: as `dev`, with what would only cost time taken out."""

from portal.settings.dev import *  # the settings package's one star import, see pyproject.toml
from portal.settings.dev import LAYOUT
from portal.settings.env import env_text
from portal.supervisor import layout

SECRET_KEY = "only-for-the-tests-and-never-for-a-site"  # a fixed key makes failures repeatable
DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "tests"}}
MEDIA_ROOT = str(LAYOUT.var / "test-media")

DATABASES["default"]["ENGINE"] = "tests.engine"
if env_text("PORTAL_DB_ROLE", "web") != "owner":
    # Signed in as the owner but acting as the web role: a test may step back to the owner with `as_owner()`.
    DATABASES["default"]["USER"] = layout.OWNER_ROLE
    DATABASES["default"]["OPTIONS"]["options"] += f" -c role={layout.WEB_ROLE}"
# A connection that is reused across tests would hide a leak.
DATABASES["default"]["CONN_MAX_AGE"] = 0
