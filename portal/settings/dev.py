"""One machine: development and the demo. Needs no variable; what `.env.example` names may still be set.

Without DATABASE_URL and REDIS_URL it speaks to the embedded servers of `portal.supervisor`.
"""

import os
import secrets

from portal.settings.base import *  # the settings package's one star import, see pyproject.toml
from portal.settings.base import caches, database
from portal.settings.env import database_from_url, env_bool, env_list, env_secret, env_text, redis_database
from portal.supervisor import layout

LAYOUT = layout.current()


def kept_secret() -> str:
    """Return the key of this copy, made once and kept in its `var` folder, so that sessions outlast a restart."""
    path = LAYOUT.secret_key
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            # A link fails when another process was faster; its key is then the one that counts.
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()


DEBUG = env_bool("DEBUG", False)
SECRET_KEY = env_secret("SECRET_KEY", "") or kept_secret()
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", ["*"])

WEB_DATABASE_URL = env_text("DATABASE_URL", LAYOUT.database_url(layout.WEB_ROLE))
WEB_ROLE = database_from_url(WEB_DATABASE_URL)["USER"]
DATABASES = {
    "default": database(
        web_url=WEB_DATABASE_URL,
        owner_url=env_text("OWNER_DATABASE_URL", env_text("DATABASE_URL", LAYOUT.database_url(layout.OWNER_ROLE))),
    )
}
REDIS_URL = env_text("REDIS_URL", LAYOUT.redis_url)
CACHES = caches(REDIS_URL)
CELERY_BROKER_URL = redis_database(REDIS_URL, 2, for_celery=True)

STATIC_ROOT = LAYOUT.static
MEDIA_ROOT = env_text("MEDIA_ROOT", str(LAYOUT.media))
# A page may be rendered before `collectstatic` has run.
WHITENOISE_MANIFEST_STRICT = False
WHITENOISE_USE_FINDERS = DEBUG
if DEBUG:
    STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

EMAIL_BACKEND = env_text("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")

# The demo county's site facts; a real site must set its own.
SITE_NAME = env_text("SITE_NAME", "云溪县法治政府建设平台")
SITE_IDENTIFIER = env_text("SITE_IDENTIFIER", "0000000000")
SITE_ICP = env_text("SITE_ICP", "演示备0000000000号")
SITE_POLICE_RECORD = env_text("SITE_POLICE_RECORD", "演示公网安备00000000000000号")
SITE_HOST_UNIT = env_text("SITE_HOST_UNIT", "云溪县人民政府(演示)")
SITE_CONTACT = env_text("SITE_CONTACT", "0000-00000000")
