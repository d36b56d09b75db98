"""`manage.py glossary`: writes docs/glossary.md, so that the words stand in one place only."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import override

from common.glossary import as_markdown


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        with override("en"):
            (Path(settings.BASE_DIR) / "docs" / "glossary.md").write_text(as_markdown(), encoding="utf-8")
