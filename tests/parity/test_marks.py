"""What a cell of a list marks as not verified is said in the file of the list too, also where the mark is another row's."""

import itertools

from django.apps import apps
from django.utils.translation import override

from common.records import Confidence
from tests.parity.test_exports import ENGLISH, lists


def test_the_mark_that_a_cell_shows_of_another_row_stands_in_the_file_too(reader):
    """Nothing is verified; a cell still marked where its own row is verified shows the mark of something else."""
    for model in apps.get_models():
        doubted = [each.name for each in model._meta.concrete_fields if each.name.endswith("confidence")]
        if doubted:
            model.objects.update(**dict.fromkeys(doubted, Confidence.UNVERIFIED))
    silent, told = set(), set()
    for name, path, _view in lists():
        table = reader.get(path, headers=ENGLISH).context["table"]
        with override("en"):
            for row, column in itertools.product(table.rows, table.columns):
                row.confidence = Confidence.PUBLISHED
                if "mark-" in column.cell(row):
                    written = [str(part.written(row)) for part in (column, *column.beside)]
                    (told if any("Not verified" in words for words in written) else silent).add((name, column.name))
    assert not silent, silent
    assert {("trade:framework-list", "latest"), ("bills", "ministry")} <= {
        (name.removeprefix("tasks:"), column) for name, column in told
    }
