"""Settings shared by every environment; the only place that reads the environment."""

from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy

from ops.environment import load

BASE_DIR = Path(__file__).resolve().parent.parent.parent

# The process environment wins; what it leaves out comes from the running embedded servers.
env = environ.Env()
env.ENVIRON = load()

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
SECRET_KEY = env.str("SECRET_KEY", default="")
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# What this installation shows and to whom.
DEMO_MODE = env.bool("DEMO_MODE", default=False)
DEMO_PASSWORD = env.str("DEMO_PASSWORD", default="")
OFFICIAL_SITE = env.bool("OFFICIAL_SITE", default=False)
ANONYMOUS_READING = env.bool("ANONYMOUS_READING", default=False)

# Whether the day on which processing counts as completed moves to the next working day (Civil Act, art. 161).
PERMIT_DEEMING_MOVES = env.bool("PERMIT_DEEMING_MOVES", default=False)

# Working days that a submitted report may lie on a desk before the coordinating office is told; 0: never.
REVIEW_ESCALATES_AFTER = env.int("REVIEW_ESCALATES_AFTER", default=5)

INSTALLED_APPS = [
    "common",
    "accounts",
    "tasks",
    "technology",
    "talent",
    "clusters",
    "ecosystem",
    "investment",
    "trade",
    "strategy.apps.StrategyConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "csp",
    "django_cotton.apps.SimpleAppConfig",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rest_framework",
    "template_partials.apps.SimpleAppConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "common.middleware.RequestIdMiddleware",
    "common.past_addresses.PastPrefixMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "common.middleware.SignInMiddleware",
    "common.middleware.WayOnMiddleware",
    "common.past_addresses.PastPageMiddleware",
]

ROOT_URLCONF = "strategy.urls"
WSGI_APPLICATION = "strategy.wsgi.application"

_LOADERS = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [("template_partials.loader.Loader", [("django.template.loaders.cached.Loader", _LOADERS)])],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "common.templatetags.display",
                "common.templatetags.terms",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "strategy.context.site",
            ],
        },
    }
]
COTTON_DIR = "components"

# Two roles: the application reads and writes rows, the owner alone changes the schema.
DATABASES = {
    "default": {
        **env.db_url("DATABASE_URL", default="postgresql:///strategy"),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5},
    },
    "owner": {
        **env.db_url("DATABASE_OWNER_URL", default=env.str("DATABASE_URL", default="postgresql:///strategy")),
        "OPTIONS": {"connect_timeout": 5},
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
CACHES = {"default": {"BACKEND": "common.cache.TolerantRedisCache", "LOCATION": REDIS_URL}}

# Sign-in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "accounts.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_SESSION_REMEMBER = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "common.middleware.csrf_failure"

# Language and time: Korean first, the ministries' own clock.
LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", "한국어"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Seoul"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "build" / "static"]

# E-mail: without a server none is sent, and everything is on the page.
EMAIL_HOST = env.str("EMAIL_HOST", default="")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
EMAIL_USE_SSL = env.bool("EMAIL_USE_SSL", default=False)
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="strategy-tracker@localhost")
# Where links in mails lead: jobs know no request.
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000")

# Headers: everything from this machine, nothing inline.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# How much one import may bring: files in memory, rows in one transaction.
IMPORT_MAX_MB = env.int("IMPORT_MAX_MB", default=5)
IMPORT_MAX_ROWS = env.int("IMPORT_MAX_ROWS", default=5_000)

# Files of evidence: where they lie (never served from there), how large one may be, which types (empty: all known).
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(VAR_DIR / "media"))
EVIDENCE_MAX_MB = env.int("EVIDENCE_MAX_MB", default=20)
EVIDENCE_TYPES = env.list("EVIDENCE_TYPES", default=[])

FILTERS_EMPTY_CHOICE_LABEL = gettext_lazy("All")

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["common.policies.ReadingAllowed"],
    "DEFAULT_RENDERER_CLASSES": ["common.renderers.OrjsonRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["common.policies.StrictFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "common.paging.CursorPages",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "common.problems.problem_response",
    "PAGE_SIZE": 100,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Strategy Tracker API",
    "DESCRIPTION": "Read-only access to the strategy, its milestones, money and figures.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "BillStepEnum": "tasks.choices.BillStep",
        "BoundEnum": "tasks.choices.Bound",
        "ComplexKindEnum": "clusters.choices.ComplexKind",
        "ComplexStageEnum": "clusters.choices.Stage",
        "ComputedLightEnum": "tasks.choices.ComputedLight",
        "ConfidenceEnum": "common.records.Confidence",
        "EvidenceKindEnum": "tasks.choices.EvidenceKind",
        "DatePrecisionEnum": "tasks.choices.DatePrecision",
        "GivenLightEnum": "tasks.choices.Light",
        "LimitBoundEnum": "clusters.choices.LimitBound",
        "MilestoneStateEnum": "tasks.choices.MilestoneState",
        "PermitStageEnum": "investment.choices.StageName",
        "PeriodStateEnum": "tasks.choices.PeriodState",
        "TierEnum": "common.tiers.CODES",
    },
}

# Jobs. The relay alone sends; a message that is lost costs a wake-up, never a change.
CELERY_BROKER_URL = REDIS_URL
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 15 * 60
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = env.int("WORKERS", default=2)
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # Longer than the longest job, or a running job is handed out twice.
    "visibility_timeout": 20 * 60,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
}
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "nightly": {"task": "strategy.jobs.nightly", "schedule": crontab(hour=0, minute=0)},
    "morning": {"task": "strategy.jobs.morning", "schedule": crontab(hour=8, minute=0)},
    "notify": {"task": "tasks.jobs.notify", "schedule": 15, "options": {"expires": 14}},
    "sweep": {"task": "tasks.jobs.drain_changes", "schedule": 60, "options": {"expires": 55}},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
