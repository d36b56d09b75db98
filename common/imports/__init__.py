"""Import of rows from a table: a noun declares its columns and its action, the rest is done here.

declaration: what a noun says of itself · values: how a cell becomes a value, or an error · layout: which sheet, which
columns, what the eye does not see · checking: all errors at once, was → will be · template: the workbook to fill in.
Nothing here writes.
"""

from common.imports.checking import Checked, Fault, check, compare, parse
from common.imports.declaration import Column, Importer, Role, Row
from common.imports.form import UploadForm
from common.imports.template import template

__all__ = [
    "Checked",
    "Column",
    "Fault",
    "Importer",
    "Role",
    "Row",
    "UploadForm",
    "check",
    "compare",
    "parse",
    "template",
]
