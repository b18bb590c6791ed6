FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /portal
COPY requirements.lock .
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock
COPY . .
# Translations and static files belong to the image; DEMO stands in for the settings that only an installation has.
RUN DEMO=1 python manage.py setup_portal --files \
    && useradd --system portal && mkdir -p var/media && chown -R portal var static_build
USER portal
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "network_portal.wsgi:application"]
