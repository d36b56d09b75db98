"""Settings of the tests: real PostgreSQL and Valkey, quick password checks."""

from strategy.settings.base import *  # noqa: F403

SECRET_KEY = "only-for-tests"  # noqa: S105
DEMO_MODE = True
DEMO_PASSWORD = "a-password-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Assets are served as `npm run build` left them, without a copy in between.
WHITENOISE_USE_FINDERS = True
STATIC_ROOT = None  # type: ignore[assignment]
# No collected files here: look for them when asked, and do not warn of the missing folder.
WHITENOISE_AUTOREFRESH = True
