"""Configuration of the tasks app."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "tasks"
