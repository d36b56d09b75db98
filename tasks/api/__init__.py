"""Doors of the API to the core: nouns, figures and the change log."""

from rest_framework.routers import BaseRouter

from tasks.api import changes, figures, nouns, periods


def register(router: BaseRouter) -> None:
    for part in (nouns, periods, figures, changes):
        part.register(router)
