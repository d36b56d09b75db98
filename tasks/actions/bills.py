"""Bills: laws on their way; their stages are milestones."""

from typing import Any

from tasks.actions.records import change_record, create_record
from tasks.models import Bill, BillStage, Milestone
from tasks.permissions import Actor, require


def create_bill(*, by: Actor, **values: Any) -> Bill:
    return create_record(Bill, by=by, verb="bill.created", **values)


def change_bill(bill: Bill, **change: Any) -> Bill:
    return change_record(bill, verb="bill.changed", **change)


def add_bill_stage(bill: Bill, milestone: Milestone, *, by: Actor, **values: Any) -> BillStage:
    require(by, "record", bill)
    return create_record(BillStage, by=by, verb="bill.stage_added", bill=bill, milestone=milestone, **values)
