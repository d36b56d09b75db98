"""Configuration of the technology app."""

from django.apps import AppConfig


class TechnologyConfig(AppConfig):
    name = "technology"
