"""Reads an uploaded table (.xlsx or text with separators) into plain cells, or refuses it. Knows no noun.

A file from outside is hostile until it is read: the limits are checked before anything is unpacked,
XML is read by one hardened parser, and nothing in a workbook is ever computed.
"""

from common.uploads.grid import Cell, Kind, Limits, Refused, Sheet, Workbook
from common.uploads.upload import read_upload

__all__ = ["Cell", "Kind", "Limits", "Refused", "Sheet", "Workbook", "read_upload"]
