"""Forms parse and present; they never save."""

from tasks.forms.reports import ReportForm, ReturnForm, RowReportForm

__all__ = ["ReportForm", "ReturnForm", "RowReportForm"]
