"""Settings: one file, every value from the environment, safe on a laptop, refused in production when missing."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

VERSION = "0.1.0"
DEVELOPMENT_KEY = "development-only-key-that-production-refuses-0123456789"
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
LOCAL = DEBUG or DEMO
SECRET_KEY = env("SECRET_KEY", default=DEVELOPMENT_KEY)
SITE_URL = env("SITE_URL", default="http://localhost:8000" if LOCAL else "").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if LOCAL else [])
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https://") else []

# The network that this installation serves
NETWORK_NAME = env("NETWORK_NAME", default="Rede de Autarquias para a Igualdade")
NETWORK_SHORT_NAME = env("NETWORK_SHORT_NAME", default=NETWORK_NAME)
NETWORK_COORDINATOR = env("NETWORK_COORDINATOR", default="Questão de Igualdade – Associação para a Inovação Social")
NETWORK_FUNDER = env("NETWORK_FUNDER", default="Apoio Técnico e Financeiro às Organizações Não Governamentais de Mulheres")
NETWORK_CONTACT_EMAIL = env("NETWORK_CONTACT_EMAIL", default="webinars@redeigualdade.example")
NETWORK_COUNTRY = env("NETWORK_COUNTRY", default="PT")
ADMIN_PATH = env("ADMIN_PATH", default="administration").strip("/")
STATUS_TOKEN = env("STATUS_TOKEN", default="")

INSTALLED_APPS = [
    "network_portal.common",
    "network_portal.vocabularies",
    "network_portal.search",
    "network_portal.mail",
    "network_portal.jobs",
    "network_portal.audit",
    "network_portal.users",
    "municipalities",
    "goodpractices",
    "webinars",
    "grants",
    "network_portal.reports",
    "network_portal.privacy",
    "network_portal.pages",
    "network_portal.demo",
    "network_portal.users.admin_config.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "django_filters",
    "django_htmx",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "network_portal.users.middleware.SignInRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "network_portal.common.middleware.PrivateCacheMiddleware",
]
ROOT_URLCONF = "network_portal.urls"
WSGI_APPLICATION = "network_portal.wsgi.application"
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
                "network_portal.common.context_processors.network",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Databases: SQLite on a laptop, PostgreSQL in production
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'var/portal.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["OPTIONS"] = {
        "pool": {"min_size": 1, "max_size": 8, "timeout": 20},
        "server_side_binding": True,  # PostgreSQL plans what it sees often once, not each time
        "prepare_threshold": 3,
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},  # the counts of rate limits must not push each other out
    },
    # parts of pages that each process keeps; their keys hold the version of what they show, so none is ever stale
    "fragments": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "fragments",
        "OPTIONS": {"MAX_ENTRIES": 4_000},
    },
}

# Signing in
AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "pages:my_page"
LOGOUT_REDIRECT_URL = "pages:home"
ACCOUNT_ADAPTER = "network_portal.users.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 1800
ACCOUNT_LOGIN_TIMEOUT = 1800
ACCOUNT_RATE_LIMITS = {
    "request_login_code": env("SIGN_IN_RATE", default="60/m/ip,3/m/key,20/d/key"),
    "login": env("SIGN_IN_RATE_IP", default="60/m/ip"),  # codes typed
    "change_email": "10/d/user,3/m/key,20/d/key",
    "certificate_check": "30/m/ip",  # codes of certificates looked up
    "call_question": "20/d/user",  # questions about calls
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0 if LOCAL else 1)  # entries of X-Forwarded-For
SESSION_COOKIE_AGE = 14 * 24 * 3600

# Languages: the first has no prefix in the address
LANGUAGE_CODE = "pt"
LANGUAGES = [("pt", "Português"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "network_portal/locale"]
TIME_ZONE = env("TIME_ZONE", default="Europe/Lisbon")
USE_TZ = True
USE_I18N = True

# Static files
STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default="") or BASE_DIR / "static_build")
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = BASE_DIR / "var/media"
FILE_UPLOAD_HANDLERS = [
    "network_portal.common.uploads.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Security
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "font-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "network_portal.users.carried.csrf_failure"
if not LOCAL:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    CSRF_COOKIE_HTTPONLY = True

# Mail
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default=f"{NETWORK_NAME} <{NETWORK_CONTACT_EMAIL}>")
EMAIL_URL = env("EMAIL_URL", default="")
if EMAIL_URL:
    vars().update(env.email_url("EMAIL_URL"))
    EMAIL_TIMEOUT = 20
MAIL_RATE = env.float("MAIL_RATE", default=5.0)  # mails a second
MAIL_AMBIGUOUS = env("MAIL_AMBIGUOUS", default="resend")  # or "hold"
MAIL_LEASE_SECONDS = env.float("MAIL_LEASE_SECONDS", default=300.0)  # longer than the slowest server takes for one mail

# Long work
JOB_LEASE_SECONDS = env.float("JOB_LEASE_SECONDS", default=60.0)  # longer than the slowest step between two reports of progress

# YouTube, asked about the recordings once a day when there is a key
YOUTUBE_API_KEY = env("YOUTUBE_API_KEY", default="")
YOUTUBE_API_URL = env("YOUTUBE_API_URL", default="https://www.googleapis.com/youtube/v3/videos")

# Celery: its schedule is in celery.py
CELERY_BROKER_URL = env("REDIS_URL", default="filesystem://")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
if CELERY_BROKER_URL.startswith("filesystem"):
    queue_dir = BASE_DIR / "var/queue"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": queue_dir,
        "data_folder_out": queue_dir,
        "control_folder": BASE_DIR / "var/queue-control",
        "polling_interval": 0.05,
    }

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)r"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
}
