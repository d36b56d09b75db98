"""Configuration of the common app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CommonConfig(AppConfig):
    name = "common"

    def ready(self) -> None:
        """Each package says in its `past.py` how its tables looked on a day."""
        autodiscover_modules("past")
