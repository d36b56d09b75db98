"""Configuration of the trade app."""

from django.apps import AppConfig


class TradeConfig(AppConfig):
    name = "trade"
