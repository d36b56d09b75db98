"""The one error that the launcher shows its user: a sentence, never a traceback."""


class Refusal(Exception):
    """Why the launcher cannot go on, and what to do about it, in one sentence."""
