"""Configuration of the assembling app."""

from django.apps import AppConfig


class StrategyConfig(AppConfig):
    name = "strategy"
