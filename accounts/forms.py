"""Signing in."""

from typing import Any

from allauth.account.forms import LoginForm
from django.conf import settings


class SignInForm(LoginForm):
    """The way to a new password stands below the form, so that Tab leads from the name to the password.

    It goes by e-mail: where none is set up, the administrator of the accounts gives a new one.
    """

    can_reset = property(lambda self: bool(settings.EMAIL_HOST))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        self.fields["login"].widget.attrs["autofocus"] = True
