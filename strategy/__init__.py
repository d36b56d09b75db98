"""The whole: the Django project that assembles the core and the six domains."""

from strategy.celery import app as celery_app

__all__ = ["celery_app"]
