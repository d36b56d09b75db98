"""Pages, API, forms, tables and filters start from `visible_to`."""

import pytest

from common.api import ReadOnlyList
from tests.architecture.scan import is_door, modules, unseen
from tests.architecture.sitemap import views_of_nouns

# (module, what) → why it may; "*" for the whole module.
ALLOWED = {
    ("strategy/demo.py", "*"): "Seeds of the demo: no reader asks.",
    ("accounts/tokens.py", "*"): "Who asks is what it finds out.",
    ("tasks/changes.py", "Change.objects.filter without visible_to(…)"): "The log of one row that was found visible.",
    ("tasks/changes.py", "User.objects.in_bulk without visible_to(…)"): "Names of those who changed a visible row.",
    ("tasks/changes.py", "target._default_manager.… without visible_to(…)"): "The next line starts from visible_to.",
    ("tasks/mentions.py", "*"): "Accounts that a text names; whether they may see the row is asked before they are "
    "told or offered.",
    ("tasks/named_rows.py", "*"): "Which nouns have visible_to; what narrows the rows is handed in.",
    (
        "tasks/api/changes.py",
        "model._default_manager.all without visible_to(…)",
    ): "The next line starts from visible_to.",
    ("tasks/api/changes.py", "Change.objects.filter without visible_to(…)"): "A place in the log and a row's key; "
    "the rows themselves come from the narrowed list.",
    ("tasks/imports/plan.py", "model.objects.filter without visible_to(…)"): "Codes are unique whoever sees them.",
    ("tasks/views/ministries.py", "MinistrySuccession.objects.filter without visible_to(…)"): "Reference rows of a "
    "ministry that was found visible.",
}


def found():
    return [finding for path, source in modules() if is_door(path) for finding in unseen(path, source)]


def test_every_exception_is_still_needed():
    there = {(finding.path, what) for finding in found() for what in (finding.what, "*")}
    assert set(ALLOWED) <= there


def is_allowed(finding):
    return (finding.path, "*") in ALLOWED or (finding.path, finding.what) in ALLOWED


def test_doors_start_from_what_the_reader_may_see():
    assert [str(finding) for finding in found() if not is_allowed(finding)] == []


def test_every_view_of_a_noun_in_the_api_narrows_by_the_common_base():
    """What the rule above trusts: nobody replaces the `get_queryset` that narrows."""
    for name, view in views_of_nouns().items():
        if hasattr(view, "queryset") and view.queryset is not None:
            assert issubclass(view, ReadOnlyList), name
            assert view.get_queryset is ReadOnlyList.get_queryset, name


@pytest.mark.parametrize(
    "fault",
    [
        "rows = Milestone.objects.all()",
        "rows = Milestone.objects.filter(code='x').visible_to(user)",
        "rows = models.Milestone.objects.filter(measure=1)",
        "row = get_object_or_404(Milestone, pk=1) or Milestone._default_manager.get(pk=1)",
        "manager = Milestone.objects",
        "class V(ListAPIView):\n    queryset = Milestone.objects.all()",
        "class V(ReadOnly):\n    rows = Milestone.objects.all()",
        "class V(ReadOnly):\n    queryset = Milestone.objects.all()\n    def get_queryset(self): ...",
        "rows = Milestone.objects.exclude(pk=2).filter(measure=OuterRef('pk'))",
    ],
)
def test_a_door_that_starts_from_all_rows_is_seen(fault):
    assert list(unseen("tasks/views/x.py", fault))
    assert is_door("tasks/views/x.py")


@pytest.mark.parametrize(
    "sound",
    [
        "rows = Milestone.objects.visible_to(user).filter(code='x')",
        "rows = self.model._default_manager.visible_to(user)",
        "class V(ReadOnly):\n    queryset = models.Milestone.objects.all()",
        "rows = Verdict.objects.filter(commitment=OuterRef('pk')).order_by('x')",
    ],
)
def test_a_door_that_starts_from_visible_rows_passes(sound):
    assert not list(unseen("tasks/views/x.py", sound))
