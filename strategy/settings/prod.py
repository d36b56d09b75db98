"""Settings of a production server behind a proxy that ends TLS."""

from strategy.settings.base import *  # noqa: F403
from strategy.settings.base import DEMO_MODE, SECRET_KEY, env

if not SECRET_KEY:
    raise SystemExit("SECRET_KEY is not set. Give the server a long random value and start again.")
if DEMO_MODE and not env.bool("DEMO_IN_PRODUCTION", default=False):
    raise SystemExit("DEMO_MODE makes accounts with a known password. Unset it, or set DEMO_IN_PRODUCTION=1.")

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
