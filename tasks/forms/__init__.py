"""Forms parse and present; they never save."""

from tasks.forms.reports import ReportForm

__all__ = ["ReportForm"]
