"""The starter data and the demo: whole or nothing, twice as once, and no figure from a draft."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings

from accounts.models import Ministry, User
from common.records import Confidence
from strategy.demo import ACCOUNTS
from tasks import rollups
from tasks.actions import plans
from tasks.models import (
    Assessment,
    Change,
    CommitmentVerdict,
    Decision,
    Dispute,
    Figure,
    Meeting,
    Milestone,
    OutboxJob,
    RecoveryPlan,
    Risk,
    StatusReport,
    Strategy,
)


def run(name):
    out = StringIO()
    call_command(name, stdout=out)
    return out.getvalue()


def counts():
    """Rows of every table of ours."""
    ours = {"accounts", "tasks", "technology", "talent", "clusters", "ecosystem", "investment", "trade"}
    models = (model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in ours)
    return {model._meta.db_table: model._default_manager.count() for model in models}


def figures():
    left_out = {"id", "computed_at"}
    return [{k: v for k, v in row.items() if k not in left_out} for row in Figure.objects.order_by("pk").values()]


# The strategy


def test_a_second_run_changes_nothing(seeded_db):
    before = counts(), Change.objects.count(), figures(), list(Milestone.objects.values())
    run("seed_strategy")
    assert (counts(), Change.objects.count(), figures(), list(Milestone.objects.values())) == before


def test_every_fact_says_where_it_comes_from(seeded_db):
    unknown = [Confidence.GENERATED, Confidence.UNVERIFIED]
    for model in (Ministry, *apps.get_app_config("tasks").get_models()):
        if hasattr(model, "provenance"):
            unsourced = model.objects.filter(source="", source_note="").exclude(confidence__in=unknown)
            if model is CommitmentVerdict:
                unsourced = unsourced.filter(sources=[])
            assert not unsourced.exists(), f"{model.__name__}: {unsourced.first()}"


def test_what_is_completed_is_known_from_its_own_date(seeded_db):
    done = Milestone.objects.filter(state="completed")
    assert done.exists()
    for milestone in done:
        report = StatusReport.objects.get(milestone=milestone, verb="complete")
        assert report.effective_on == milestone.completed_on


@pytest.mark.parametrize("where", ["create_milestone", "add_dependency"])
def test_a_load_that_breaks_in_the_middle_leaves_nothing(committed_db, monkeypatch, where):
    real, calls = getattr(plans, where), []

    def break_at_the_third(*args, **values):
        calls.append(1)
        if len(calls) == 3:
            raise ZeroDivisionError
        return real(*args, **values)

    before = counts()
    monkeypatch.setattr(plans, where, break_at_the_third)
    with pytest.raises(ZeroDivisionError):
        run("seed_strategy")
    assert counts() == before
    assert not Strategy.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM rollup_outbox")
        assert cursor.fetchone() == (0,)


def test_a_load_that_breaks_in_the_last_domain_leaves_nothing(committed_db, monkeypatch):
    from trade import actions

    def break_off(*args, **values):
        raise ZeroDivisionError

    before = counts()
    monkeypatch.setattr(actions, "create_protection_measure", break_off)
    with pytest.raises(ZeroDivisionError):
        run("seed_strategy")
    assert counts() == before
    assert not Change.objects.exists()
    assert not Strategy.objects.exists()


# The demo


def test_the_demo_is_refused_outside_the_demo_mode(seeded_db):
    before = counts()
    with override_settings(DEMO_MODE=False), pytest.raises(CommandError, match="DEMO_MODE"):
        run("seed_demo")
    with override_settings(DEMO_PASSWORD=""), pytest.raises(CommandError, match="DEMO_PASSWORD"):
        run("seed_demo")
    assert counts() == before


def test_a_second_demo_changes_nothing(seeded_db):
    before = counts()
    run("seed_demo")
    assert counts() == before


def test_a_new_password_reaches_the_accounts_that_are_there(seeded_db):
    with override_settings(DEMO_PASSWORD="another-long-password"):
        run("seed_demo")
    assert all(user.check_password("another-long-password") for user in User.objects.all())
    assert User.objects.count() == len(ACCOUNTS)


def test_drafts_say_that_they_are_generated_and_enter_no_figure(seeded_db):
    drafts = StatusReport.objects.filter(confidence=Confidence.GENERATED)
    assert drafts.exists()
    assert set(drafts.values_list("status", flat=True)) == {"draft"}
    assert all("Generated for demonstration" in draft.result for draft in drafts)
    before = figures()
    rollups.recompute()
    assert figures() == before
    drafts.delete()
    assert rollups.recompute() == 0
    assert figures() == before


def test_lights_of_the_demo_say_that_they_are_generated(seeded_db):
    lights = Assessment.objects.all()
    assert lights.exists()
    assert set(lights.values_list("confidence", flat=True)) == {Confidence.GENERATED}, "nothing real is published"
    texts = [*lights.values_list("reason", flat=True), *RecoveryPlan.objects.values_list("plan", flat=True)]
    texts += [text for pair in Dispute.objects.values_list("reason", "answer") for text in pair if text]
    assert all("Generated for demonstration" in text for text in texts)


def test_risks_and_meetings_of_the_demo_say_so_and_the_record_has_one_meeting(seeded_db):
    made = [*Risk.objects.all(), *Decision.objects.all(), *Meeting.objects.filter(confidence=Confidence.GENERATED)]
    assert {type(row) for row in made} == {Risk, Decision, Meeting}
    assert {row.confidence for row in made} == {Confidence.GENERATED}, "nothing real is published"
    assert all("Demonstration" in (row.text_en if isinstance(row, Decision) else row.title_en) for row in made)
    real = Meeting.objects.exclude(confidence=Confidence.GENERATED).get()
    assert (real.title_ko, str(real.meets_on), real.status) == ("제14차 비상경제민생회의", "2023-03-15", "held")
    assert (real.confidence, real.kind, real.minutes) == (Confidence.PUBLISHED, "", "")


# The figures against the reference model


def test_stored_figures_agree_with_the_reference_model(seeded_db):
    assert f"{Figure.objects.count()} stored figures agree" in run("check_rollups")


@pytest.mark.parametrize(("column", "amount"), [("earned", 1), ("share", -1), ("slip", 1), ("overdue", 1)])
def test_a_stored_sum_altered_by_hand_is_named_and_ends_in_1(seeded_db, column, amount):
    row = Figure.objects.filter(slice="task", tier=2).first()
    Figure.objects.filter(pk=row.pk).update(**{column: getattr(row, column) + amount})
    out = StringIO()
    with pytest.raises(CommandError) as failed:
        call_command("check_rollups", stdout=out)
    assert failed.value.returncode == 1
    assert f"internal task {row.key}: {column} is stored as" in out.getvalue()
    found = len(out.getvalue().splitlines())
    counted = "1 difference" if found == 1 else f"{found} differences"
    assert str(failed.value) == f"{counted} in {Figure.objects.count()} stored figures; 0 changes wait."


def test_a_figure_too_few_and_one_too_many_are_named(seeded_db):
    row = Figure.objects.filter(slice="ministry", tier=1).exclude(key=0).first()
    Figure.objects.filter(pk=row.pk).update(key=999_999)
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("check_rollups", stdout=out)
    assert f"public ministry {row.key}: missing" in out.getvalue()
    assert "public ministry 999999: stored, but should not exist" in out.getvalue()


def test_loading_queues_the_past_and_nothing_else(seeded_db):
    assert list(OutboxJob.objects.values_list("name", flat=True)) == ["tasks.jobs.keep_past_days"]
