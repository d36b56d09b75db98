"""What every page gets: the site's face and its navigation."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    return {"official_site": settings.OFFICIAL_SITE, "demo_mode": settings.DEMO_MODE, "navigation": []}
