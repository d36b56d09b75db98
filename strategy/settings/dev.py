"""Settings of a trial on one machine: `make run`."""

from strategy.settings.base import *  # noqa: F403
from strategy.settings.base import SECRET_KEY

DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
# Only for commands that run before the launcher has made a secret; it never serves a page.
SECRET_KEY = SECRET_KEY or "not-a-secret: no server is running"

# Assets are served as `npm run build` left them, without a copy in between.
WHITENOISE_USE_FINDERS = True
STATIC_ROOT = None  # type: ignore[assignment]
