"""Settings of every mode, from the environment. Each variable that is read here is named in docs/reference/settings.md."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from egide.project import postgres
from egide.project.keys import installation_key

CHECKOUT = Path(__file__).resolve().parents[3]
VAR = Path(os.environ.get("EGIDE_VAR", CHECKOUT / "var"))

MODE = os.environ.get("EGIDE_MODE", "demonstration")  # demonstration | test | production
DEBUG = False
SECRET_KEY = installation_key("secret_key", VAR / "keys")
EGIDE_AUDIT_KEY = installation_key("audit_key", VAR / "keys")
EGIDE_FIELD_KEY = installation_key("field_key", VAR / "keys")
EGIDE_OUTBOX = Path(os.environ.get("EGIDE_OUTBOX", VAR / "outbox"))
EGIDE_STORE = Path(os.environ.get("EGIDE_STORE", VAR / "store"))
EGIDE_MAX_BYTES = int(os.environ.get("EGIDE_MAX_BYTES", 1 << 30))
EGIDE_ENGINE = os.environ.get("EGIDE_ENGINE", "")
EGIDE_THEME = os.environ.get("EGIDE_THEME", "neutral")
# where the quick exit leads: a page that says nothing
EGIDE_EXIT = os.environ.get("EGIDE_EXIT", "https://www.wikipedia.org/")
EGIDE_NOW = os.environ.get("EGIDE_NOW", "")
ALLOWED_HOSTS = os.environ.get("EGIDE_HOSTS", "127.0.0.1,localhost,testserver").split(",")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "egide.foundation.audit",
    "egide.foundation.accounts",
    "egide.foundation.organisations",
    "egide.foundation.outbox",
    "egide.foundation.retention",
    "egide.foundation.legal",
    "egide.foundation.territories",
    "egide.field.directory",
    "egide.field.persons",
    "egide.field.consents",
    "egide.field.casefiles",
    "egide.field.assessments",
    "egide.field.needs",
    "egide.field.referrals",
    "egide.field.complaints",
    "egide.field.reception",
    "egide.field.protection",
    "egide.field.shelter",
    "egide.field.requisitions",
    "egide.field.appointments",
    "egide.field.identity",
    "egide.field.exports",
    "egide.field.spotting",
    "egide.field.supervision",
    "egide.field.interventions",
    "egide.field.adults",
    "egide.field.children",
    "egide.field.attestations",
    "egide.field.sources",
    "egide.field.walls",
    "egide.statistics.sources",
    "egide.statistics.collection",
    "egide.statistics.harmonisation.breaks",
    "egide.statistics.vintages",
    "egide.statistics.publication",
    "egide.web",
    "egide.jobs",
    "egide.foundation.wings",  # last: it lays the grants once every table exists
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "egide.web.languages.SafetyLanguages",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "egide.project.urls"
WSGI_APPLICATION = "egide.project.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ.get("EGIDE_DB_NAME", "egide"),
        "USER": os.environ.get("EGIDE_DB_USER", "egide_app"),
        "PASSWORD": os.environ.get("EGIDE_DB_PASSWORD", ""),
        "HOST": os.environ.get("EGIDE_DB_HOST", str(postgres.socket_dir())),
        "PORT": os.environ.get("EGIDE_DB_PORT", ""),
        "CONN_MAX_AGE": 60,
        # The walls are long to plan: a statement prepared on its connection is planned once (half of PostgreSQL's work on a page).
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 2},
    }
}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [CHECKOUT / "src/egide/web/themes" / EGIDE_THEME / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "egide.web.components.tags",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

AUTH_USER_MODEL = "foundation_accounts.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "egide.web.public.sign_in.locked_out"
AXES_VERBOSE = False
CSRF_FAILURE_VIEW = "egide.web.answers.csrf_failure"
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "home"

LANGUAGE_CODE = "fr"
LANGUAGES = [
    ("fr", "Français"),
    ("en", "English"),
    ("ar", "العربية"),
    ("uk", "Українська"),
]  # the last two: egide.web.languages
LOCALE_PATHS = [CHECKOUT / "src/egide/web/locale"]
TIME_ZONE = "Europe/Paris"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [CHECKOUT / "src/egide/web/themes" / EGIDE_THEME / "static"]
WHITENOISE_USE_FINDERS = MODE != "production"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None  # a year-old cookie on a shared phone would tell of this site
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
if MODE == "production":
    SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {  # errors reach the console in every mode; a page never shows them
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler", "level": "WARNING"}},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
SILENCED_SYSTEM_CHECKS = ["axes.W003"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 << 20
FILE_UPLOAD_TEMP_DIR = None
