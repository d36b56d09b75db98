"""Who gets which answer at which address: the one table. An address without a row here fails the tests."""

from dataclasses import dataclass, field
from uuid import uuid4

# Role of the account → the highest tier that it reads (see `users` in tests/conftest.py); anonymous reads nothing.
CLEARANCE = {
    "admin": 3, "coordinator": 3, "executive": 3, "auditor": 3,
    "staff": 2, "approver": 2, "staff-msit": 2,
    "analyst": 1, "nobody": 1,
    "anonymous": 0,
}  # fmt: skip
SIGNED_IN = frozenset(CLEARANCE) - {"anonymous"}
EVERYONE = frozenset(CLEARANCE)
AUDITORS = frozenset({"admin", "coordinator", "auditor"})
# Those who answer for the milestones of the tests: lead ministry and coordinating office.
REPORTERS = frozenset({"coordinator", "staff", "approver"})


@dataclass(frozen=True)
class Rule:
    """By method: the answer to those who may, and who may. Others get 403, any other method 405."""

    answers: dict[str, tuple[int, frozenset[str]]] = field(default_factory=dict)
    body: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


READ = Rule({"get": (200, SIGNED_IN)})
OPEN = Rule({"get": (200, EVERYONE)})
HEALTH = Rule(dict.fromkeys(("get", "post", "delete"), (200, EVERYONE)))  # whatever a load balancer asks with
# A part of a page; opened by itself it leads to the list.
PANEL = Rule({"get": (200, SIGNED_IN)}, headers={"HX-Request": "true"})
# The library's own view: it asks who is there before it looks at the method.
API_ROOT = Rule({"get": (200, SIGNED_IN), "post": (405, SIGNED_IN), "delete": (405, SIGNED_IN)})
AUDIT = Rule({"get": (200, AUDITORS)})
MOVED = Rule(dict.fromkeys(("get", "post", "delete"), (302, SIGNED_IN)))
# Without htmx the form's own address leads back to the page.
REPORT = Rule(
    {"get": (302, SIGNED_IN), "post": (302, REPORTERS)}, body={"verb": "update", "version": "1", "progress": "0"}
)
REVIEW = Rule({"post": (302, frozenset({"coordinator"}))}, body={"act": "approve"})  # of no ministry: no approver
WITHDRAW = Rule({"post": (302, frozenset({"coordinator"}))})  # the author too; in the tests that is nobody here

# Who has a role comments; the own comment is corrected and withdrawn, and in the tests that is nobody's here.
COMMENT = Rule({"post": (302, SIGNED_IN - {"nobody"})}, body={"comment-text": "Seen.", "comment-uuid": str(uuid4())})
OWN_COMMENT = Rule({"post": (422, frozenset())})
# One that is shared everybody opens; its owner, in the tests nobody here, and the coordinating office change it.
SAVED_VIEW = Rule({"get": (302, SIGNED_IN)})
OWN_VIEW = Rule({"get": (200, frozenset({"coordinator"})), "post": (422, frozenset({"coordinator"}))})
FOLLOW = Rule({"post": (302, SIGNED_IN)}, body={"act": "follow"})

# Forms: an empty one that is sent shows what is missing. Rows below a measure or milestone, and the plan.
ENTER = Rule({"get": (200, REPORTERS), "post": (422, REPORTERS)})
# Without htmx the list's own address leads back to the page; files that are missing are asked for.
UPLOAD = Rule({"get": (302, SIGNED_IN), "post": (422, REPORTERS)})
# The own word of the lead ministry.
OWN_STAFF = frozenset({"staff", "approver"})
DECLARE = Rule({"get": (200, OWN_STAFF), "post": (422, OWN_STAFF)})
COORDINATE = Rule({"get": (200, frozenset({"coordinator"})), "post": (422, frozenset({"coordinator"}))})
# An edit without anything to fill in goes into the change set, which is nobody else's and changes nothing.
PROPOSE = Rule({"get": (200, frozenset({"coordinator"})), "post": (302, frozenset({"coordinator"}))})
# Who has a desk of review, and who sees to who acts for whom.
REVIEWERS = frozenset({"approver", "coordinator"})
OF_PEOPLE = frozenset({"admin", "coordinator"})
# Who may enter something imports it; without a file that waits, the later steps lead back to the first.
IMPORTERS = REPORTERS | {"staff-msit"}
IMPORTS = ("tasks:import-budget", "tasks:import-indicators", "tasks:import-reports", "ecosystem:import-dependence")
IMPORT = Rule({"get": (200, IMPORTERS), "post": (422, IMPORTERS)})
IMPORT_FILE = Rule({"get": (200, IMPORTERS)})
IMPORT_CHECK = Rule({"get": (302, IMPORTERS), "post": (302, IMPORTERS)})
IMPORT_ERRORS = Rule({"get": (302, IMPORTERS)})

# Addresses without an object.
PLAIN: dict[str, Rule] = {
    **dict.fromkeys(["livez", "readyz"], HEALTH),
    "tasks:review": Rule({"get": (200, SIGNED_IN), "post": (302, SIGNED_IN)}),  # what is ticked is judged one by one
    "tasks:notifications": Rule({"get": (200, SIGNED_IN), "post": (302, SIGNED_IN)}),  # one's own alone
    "tasks:notification-open": Rule({"get": (302, SIGNED_IN)}),
    "tasks:notification-settings": Rule({"get": (200, SIGNED_IN), "post": (422, SIGNED_IN)}),
    "tasks:saved-views": Rule({"get": (200, SIGNED_IN), "post": (302, SIGNED_IN)}),  # removes what it names
    "tasks:saved-view-new": Rule({"get": (404, SIGNED_IN), "post": (404, SIGNED_IN)}),  # of no list: `?of=` names it
    "tasks:delegations": Rule({"get": (200, SIGNED_IN), "post": (302, SIGNED_IN)}),  # revokes what it names
    "tasks:delegation-new": Rule({"get": (200, REVIEWERS), "post": (422, REVIEWERS)}),
    "tasks:hand-over-new": Rule({"get": (200, OF_PEOPLE), "post": (422, OF_PEOPLE)}),
    **dict.fromkeys(["schema", "api-docs"], OPEN),
    **dict.fromkeys(
        [
            "overview",
            "overview-figures",
            "glossary",
            "tasks:my-work",
            "tasks:people",
            "tasks:notification-count",
            "tasks:strategic-tasks",
            "tasks:measures",
            "tasks:milestones",
            "tasks:assessments",
            "tasks:risks",
            "tasks:meetings",
            "tasks:decisions",
            "tasks:commitments",
            "tasks:budget-lines",
            "tasks:indicators",
            "tasks:bills",
            "tasks:ministries",
            "tasks:dependencies",
            "tasks:reports",
            "tasks:evidence",
            "tasks:plan-versions",
            "tasks:budget-entries",
            "tasks:indicator-observations",
            "tasks:offices",
            "tasks:holidays",
            "tasks:what-changed",
            "tasks:periods",
            "tasks:period-matrix",
            "tasks:structure",
            "tasks:strategies",
            "tasks:regions",
            "technology:research-programme-list",
            "technology:research-hub-list",
            "technology:technology-list",
            "technology:legal-list-list",
            "talent:talent-programme-list",
            "talent:cohort-list",
            "talent:talent-incentive-list",
            "clusters:complex-list",
            "clusters:designation-round-list",
            "clusters:stage-rule-list",
            "clusters:tenant-list",
            "ecosystem:supply-item-list",
            "ecosystem:supply-plan-list",
            "ecosystem:dependence-observation-list",
            "ecosystem:lead-project-list",
            "ecosystem:mother-factory-list",
            "investment:tax-credit-rate-list",
            "investment:tax-credit-rule-list",
            "investment:investment-vehicle-list",
            "investment:infrastructure-need-list",
            "investment:global-standard-review-list",
            "investment:permit-list",
            "investment:permit-rule-list",
            "investment:clock-trial",
            "investment:tax-credit-calculation",
            "trade:framework-list",
            "trade:negotiation-case-list",
            "trade:position-list",
            "trade:consultation-list",
            "trade:protection-measure-list",
            "api-root",
            "me-list",
            "rollup-list",
            "strategy-list",
            "strategic-task-list",
            "measure-list",
            "commitment-list",
            "milestone-list",
            "dependency-list",
            "plan-version-list",
            "budget-line-list",
            "budget-entry-list",
            "indicator-list",
            "indicator-observation-list",
            "assessment-list",
            "risk-list",
            "meeting-list",
            "decision-list",
            "bill-list",
            "legislative-step-list",
            "region-list",
            "reporting-period-list",
            "snapshot-list",
            "status-report-list",
            "evidence-list",
            "ministry-list",
            "office-list",
            "technology-profile-list",
            "legal-list-list",
            "research-programme-list",
            "research-hub-list",
            "talent-programme-list",
            "cohort-list",
            "talent-incentive-list",
            "complex-list",
            "designation-round-list",
            "stage-rule-list",
            "tenant-list",
            "supply-item-list",
            "supply-plan-list",
            "dependence-observation-list",
            "lead-project-list",
            "mother-factory-list",
            "tax-credit-rate-list",
            "tax-credit-rule-list",
            "investment-vehicle-list",
            "infrastructure-need-list",
            "global-standard-review-list",
            "permit-list",
            "permit-rule-list",
            "framework-list",
            "negotiation-case-list",
            "position-list",
            "consultation-list",
            "protection-measure-list",
        ],
        READ,
    ),
    **dict.fromkeys(
        ["technology:panel", "talent:panel", "clusters:panel", "ecosystem:panel", "investment:panel", "trade:panel"],
        PANEL,
    ),
    **dict.fromkeys(
        ["technology:home", "talent:home", "clusters:home", "ecosystem:home", "investment:home", "trade:home"], MOVED
    ),
    **dict.fromkeys(IMPORTS, IMPORT),
    **dict.fromkeys([f"{name}-template" for name in IMPORTS], IMPORT_FILE),
    **dict.fromkeys([f"{name}-check" for name in IMPORTS], IMPORT_CHECK),
    **dict.fromkeys([f"{name}-errors" for name in IMPORTS], IMPORT_ERRORS),
    "tasks:change-set": PROPOSE,  # without a set that waits, back to the structure
    "api-root": API_ROOT,
    "change-list": AUDIT,
    "tasks:commitment-new": COORDINATE,
    "tasks:period-new": COORDINATE,
    "tasks:strategy-new": COORDINATE,
    # The plan is the coordinating office's.
    "tasks:import-plan": COORDINATE,
    "tasks:import-plan-template": Rule({"get": (200, frozenset({"coordinator"}))}),
    "tasks:import-plan-check": Rule(dict.fromkeys(("get", "post"), (302, frozenset({"coordinator"})))),
    "tasks:import-plan-errors": Rule({"get": (302, frozenset({"coordinator"}))}),
    "tasks:meeting-new": COORDINATE,
    **dict.fromkeys(
        [
            "clusters:complex-new",
            "ecosystem:supply-item-new",
            "ecosystem:lead-project-new",
            "ecosystem:mother-factory-new",
            "talent:talent-programme-new",
            "talent:talent-incentive-new",
            "investment:investment-vehicle-new",
            "investment:infrastructure-need-new",
            "investment:global-standard-review-new",
            "investment:permit-new",
            "technology:research-programme-new",
            "technology:research-hub-new",
            "trade:framework-new",
            "trade:negotiation-case-new",
            "trade:consultation-new",
            "trade:protection-measure-new",
        ],
        ENTER,
    ),
    # Without what is to be computed it says what is missing.
    "tax-credit-calculation-list": Rule({"get": (400, SIGNED_IN)}),
}

# Addresses that name an object: its noun, and the rule among those who see it. Whoever does not see it gets 404.
OF_ROW: dict[str, tuple[str, Rule]] = {
    "tasks:strategic-task": ("tasks.StrategicTask", READ),
    "tasks:strategic-task-figures": ("tasks.StrategicTask", READ),
    "tasks:measure": ("tasks.Measure", READ),
    "tasks:measure-figures": ("tasks.Measure", READ),
    "tasks:milestone": ("tasks.Milestone", READ),
    "tasks:why": ("tasks.Measure", READ),
    "tasks:series": ("tasks.Measure", PANEL),
    "tasks:milestone-figures": ("tasks.Milestone", READ),
    "tasks:milestone-report": ("tasks.Milestone", REPORT),
    "tasks:milestone-evidence": ("tasks.Milestone", UPLOAD),
    "tasks:evidence-link-new": ("tasks.Milestone", ENTER),
    "tasks:evidence-change": ("tasks.Evidence", ENTER),
    "tasks:evidence-withdraw": ("tasks.Evidence", ENTER),
    "tasks:evidence-file": ("tasks.Evidence", READ),
    "tasks:evidence-preview": ("tasks.Evidence", READ),
    "tasks:milestone-comment": ("tasks.Milestone", COMMENT),
    "tasks:measure-comment": ("tasks.Measure", COMMENT),
    "tasks:report-comment": ("tasks.StatusReport", COMMENT),
    "tasks:comment": ("tasks.Comment", OWN_COMMENT),
    "tasks:follow": ("tasks.Milestone", FOLLOW),
    "tasks:saved-view": ("tasks.SavedView", SAVED_VIEW),
    "tasks:saved-view-change": ("tasks.SavedView", OWN_VIEW),
    "tasks:report": ("tasks.StatusReport", READ),
    "tasks:report-review": ("tasks.StatusReport", REVIEW),
    "tasks:report-withdraw": ("tasks.StatusReport", WITHDRAW),
    "tasks:structure-task": ("tasks.StrategicTask", READ),
    "tasks:structure-measure": ("tasks.Measure", READ),
    "tasks:structure-milestone": ("tasks.Milestone", READ),
    **{f"tasks:structure-{act}": ("tasks.Strategy", COORDINATE) for act in ("weights", "merge", "reassign")},
    **{
        f"tasks:structure-task-{act}": ("tasks.StrategicTask", COORDINATE)
        for act in ("add-measure", "weights", "assign")
    },
    **{
        f"tasks:structure-{kind}-{act}": (noun, COORDINATE)
        for kind, noun in (("measure", "tasks.Measure"), ("milestone", "tasks.Milestone"))
        for act in ("move", "split", "rebaseline", "assign", "supersede")
    },
    **{
        f"tasks:structure-measure-{act}": ("tasks.Measure", COORDINATE)
        for act in ("add-measure", "add-milestone", "weights")
    },
    "tasks:structure-measure-cancel": ("tasks.Measure", PROPOSE),
    "tasks:structure-milestone-cancel": ("tasks.Milestone", PROPOSE),
    "clusters:complex-change": ("clusters.Complex", ENTER),
    "clusters:complex-stage-new": ("clusters.Complex", ENTER),
    "clusters:tenant-new": ("clusters.Complex", ENTER),
    "clusters:tenant-change": ("clusters.Tenant", ENTER),
    "ecosystem:supply-item-change": ("ecosystem.SupplyItem", ENTER),
    "ecosystem:dependence-observation-new": ("ecosystem.SupplyItem", ENTER),
    "ecosystem:dependence-observation-change": ("ecosystem.DependenceObservation", ENTER),
    "ecosystem:lead-project-change": ("ecosystem.LeadProject", ENTER),
    "ecosystem:mother-factory-change": ("ecosystem.MotherFactory", ENTER),
    "talent:talent-programme-change": ("talent.TalentProgramme", ENTER),
    "talent:cohort-new": ("talent.TalentProgramme", ENTER),
    "talent:cohort-change": ("talent.Cohort", ENTER),
    "talent:talent-incentive-change": ("talent.ForeignTalentIncentive", ENTER),
    "investment:investment-vehicle-change": ("investment.InvestmentVehicle", ENTER),
    "investment:vehicle-part-new": ("investment.InvestmentVehicle", ENTER),
    "investment:infrastructure-need-change": ("investment.InfrastructureNeed", ENTER),
    "investment:global-standard-review-change": ("investment.GlobalStandardReview", ENTER),
    "technology:research-programme-change": ("technology.ResearchProgramme", ENTER),
    "technology:research-hub-change": ("technology.ResearchHub", ENTER),
    "technology:hub-phase-new": ("technology.ResearchHub", ENTER),
    "trade:framework-change": ("trade.Framework", ENTER),
    "trade:framework-step-new": ("trade.Framework", ENTER),
    "trade:negotiation-case-change": ("trade.NegotiationCase", ENTER),
    "trade:case-step-new": ("trade.NegotiationCase", ENTER),
    "trade:position-new": ("trade.NegotiationCase", ENTER),
    "trade:position-change": ("trade.Position", ENTER),
    "trade:consultation-change": ("trade.Consultation", ENTER),
    "trade:protection-measure-change": ("trade.ProtectionMeasure", ENTER),
    "tasks:task-plan": ("tasks.StrategicTask", COORDINATE),
    "tasks:measure-new": ("tasks.StrategicTask", COORDINATE),
    "tasks:measure-plan": ("tasks.Measure", COORDINATE),
    "tasks:submeasure-new": ("tasks.Measure", COORDINATE),
    "tasks:milestone-new": ("tasks.Measure", COORDINATE),
    "tasks:milestone-plan": ("tasks.Milestone", COORDINATE),
    "tasks:dependency-new": ("tasks.Milestone", ENTER),
    "tasks:dependency-remove": ("tasks.Dependency", ENTER),
    "tasks:budget-line-new": ("tasks.Measure", ENTER),
    "tasks:budget-entry-new": ("tasks.BudgetLine", ENTER),
    "tasks:budget-entry-withdraw": ("tasks.BudgetEntry", ENTER),
    "tasks:target-change": ("tasks.IndicatorTarget", ENTER),
    "tasks:observation-change": ("tasks.IndicatorObservation", ENTER),
    "tasks:indicator-new": ("tasks.Measure", ENTER),
    "tasks:indicator-change": ("tasks.Indicator", ENTER),
    "tasks:target-new": ("tasks.Indicator", ENTER),
    "tasks:observation-new": ("tasks.Indicator", ENTER),
    "tasks:verdict-new": ("tasks.Commitment", COORDINATE),
    "tasks:bill-new": ("tasks.Measure", ENTER),
    "tasks:task-declare": ("tasks.StrategicTask", DECLARE),
    "tasks:task-assess": ("tasks.StrategicTask", COORDINATE),
    "tasks:measure-declare": ("tasks.Measure", DECLARE),
    "tasks:measure-assess": ("tasks.Measure", COORDINATE),
    "tasks:recovery-plan-new": ("tasks.Assessment", DECLARE),
    "tasks:dispute-new": ("tasks.Assessment", DECLARE),
    "tasks:dispute-answer": ("tasks.Dispute", COORDINATE),
    "tasks:assessment-withdraw": ("tasks.Assessment", COORDINATE),
    "tasks:measure-risk-new": ("tasks.Measure", ENTER),
    "tasks:milestone-risk-new": ("tasks.Milestone", ENTER),
    "tasks:risk": ("tasks.Risk", READ),
    "tasks:risk-change": ("tasks.Risk", ENTER),
    "tasks:risk-state-change": ("tasks.Risk", ENTER),
    "tasks:meeting": ("tasks.Meeting", READ),
    "tasks:meeting-change": ("tasks.Meeting", COORDINATE),
    "tasks:meeting-state-change": ("tasks.Meeting", COORDINATE),
    "tasks:agenda-item-new": ("tasks.Meeting", COORDINATE),
    "tasks:agenda-item-change": ("tasks.AgendaItem", COORDINATE),
    "tasks:decision-new": ("tasks.Meeting", COORDINATE),
    "tasks:decision": ("tasks.Decision", READ),
    "tasks:decision-change": ("tasks.Decision", COORDINATE),
    "tasks:decision-state-change": ("tasks.Decision", COORDINATE),
    "tasks:bill-change": ("tasks.Bill", ENTER),
    "tasks:bill-stage-new": ("tasks.Bill", ENTER),
    "tasks:period": ("tasks.ReportingPeriod", READ),
    "tasks:period-published": ("tasks.ReportingPeriod", READ),
    "tasks:period-missing": ("tasks.ReportingPeriod", READ),
    **{f"tasks:period-{act}": ("tasks.ReportingPeriod", COORDINATE) for act in ("change", "close", "reopen")},
    "tasks:commitment": ("tasks.Commitment", READ),
    "tasks:budget-line": ("tasks.BudgetLine", READ),
    "tasks:indicator": ("tasks.Indicator", READ),
    "tasks:bill": ("tasks.Bill", READ),
    "tasks:ministry": ("accounts.Ministry", READ),
    "tasks:office": ("accounts.Office", READ),
    "tasks:region": ("tasks.Region", READ),
    "technology:research-programme": ("technology.ResearchProgramme", READ),
    "technology:research-hub": ("technology.ResearchHub", READ),
    "technology:technology": ("technology.TechnologyProfile", READ),
    "technology:legal-list": ("technology.LegalList", READ),
    "talent:talent-programme": ("talent.TalentProgramme", READ),
    "talent:cohort": ("talent.Cohort", READ),
    "talent:talent-incentive": ("talent.ForeignTalentIncentive", READ),
    "clusters:complex": ("clusters.Complex", READ),
    "clusters:designation-round": ("clusters.DesignationRound", READ),
    "clusters:tenant": ("clusters.Tenant", READ),
    "ecosystem:supply-item": ("ecosystem.SupplyItem", READ),
    "ecosystem:supply-plan": ("ecosystem.SupplyPlan", READ),
    "ecosystem:dependence-observation": ("ecosystem.DependenceObservation", READ),
    "ecosystem:lead-project": ("ecosystem.LeadProject", READ),
    "ecosystem:mother-factory": ("ecosystem.MotherFactory", READ),
    "investment:tax-credit-rate": ("investment.TaxCreditRate", READ),
    "investment:investment-vehicle": ("investment.InvestmentVehicle", READ),
    "investment:infrastructure-need": ("investment.InfrastructureNeed", READ),
    "investment:permit": ("investment.Permit", READ),
    "investment:permit-change": ("investment.Permit", ENTER),
    "investment:permit-event-new": ("investment.Permit", ENTER),
    "investment:permit-event-withdraw": ("investment.PermitEvent", ENTER),
    "investment:permit-rule": ("investment.PermitRule", READ),
    "investment:global-standard-review": ("investment.GlobalStandardReview", READ),
    "trade:framework": ("trade.Framework", READ),
    "trade:negotiation-case": ("trade.NegotiationCase", READ),
    "trade:position": ("trade.Position", READ),
    "trade:consultation": ("trade.Consultation", READ),
    "trade:protection-measure": ("trade.ProtectionMeasure", READ),
    "strategy-detail": ("tasks.Strategy", READ),
    "strategy-waiting": ("tasks.Strategy", READ),
    "strategic-task-detail": ("tasks.StrategicTask", READ),
    "strategic-task-waiting": ("tasks.StrategicTask", READ),
    "measure-detail": ("tasks.Measure", READ),
    "measure-waiting": ("tasks.Measure", READ),
    "commitment-detail": ("tasks.Commitment", READ),
    "milestone-detail": ("tasks.Milestone", READ),
    "milestone-schedule": ("tasks.Milestone", READ),
    "dependency-detail": ("tasks.Dependency", READ),
    "plan-version-detail": ("tasks.PlanVersion", READ),
    "budget-line-detail": ("tasks.BudgetLine", READ),
    "budget-entry-detail": ("tasks.BudgetEntry", READ),
    "indicator-detail": ("tasks.Indicator", READ),
    "indicator-observation-detail": ("tasks.IndicatorObservation", READ),
    "assessment-detail": ("tasks.Assessment", READ),
    "risk-detail": ("tasks.Risk", READ),
    "meeting-detail": ("tasks.Meeting", READ),
    "decision-detail": ("tasks.Decision", READ),
    "bill-detail": ("tasks.Bill", READ),
    "bill-waiting": ("tasks.Bill", READ),
    "legislative-step-detail": ("tasks.LegislativeStep", READ),
    "region-detail": ("tasks.Region", READ),
    "reporting-period-detail": ("tasks.ReportingPeriod", READ),
    "reporting-period-reporting": ("tasks.ReportingPeriod", READ),
    "snapshot-detail": ("tasks.Snapshot", READ),
    "snapshot-content": ("tasks.Snapshot", READ),
    "status-report-detail": ("tasks.StatusReport", READ),
    "evidence-detail": ("tasks.Evidence", READ),
    "evidence-file": ("tasks.Evidence", READ),
    "ministry-detail": ("accounts.Ministry", READ),
    "office-detail": ("accounts.Office", READ),
    "technology-profile-detail": ("technology.TechnologyProfile", READ),
    "legal-list-detail": ("technology.LegalList", READ),
    "research-programme-detail": ("technology.ResearchProgramme", READ),
    "research-hub-detail": ("technology.ResearchHub", READ),
    "talent-programme-detail": ("talent.TalentProgramme", READ),
    "cohort-detail": ("talent.Cohort", READ),
    "talent-incentive-detail": ("talent.ForeignTalentIncentive", READ),
    "rollup-explain": ("tasks.Measure", READ),
    "rollup-series": ("tasks.Measure", READ),
    "rollup-changes": ("tasks.Measure", READ),
    "complex-detail": ("clusters.Complex", READ),
    "designation-round-detail": ("clusters.DesignationRound", READ),
    "stage-rule-detail": ("clusters.StageRule", READ),
    "tenant-detail": ("clusters.Tenant", READ),
    "supply-item-detail": ("ecosystem.SupplyItem", READ),
    "supply-plan-detail": ("ecosystem.SupplyPlan", READ),
    "dependence-observation-detail": ("ecosystem.DependenceObservation", READ),
    "lead-project-detail": ("ecosystem.LeadProject", READ),
    "mother-factory-detail": ("ecosystem.MotherFactory", READ),
    "tax-credit-rate-detail": ("investment.TaxCreditRate", READ),
    "tax-credit-rule-detail": ("investment.TaxCreditRule", READ),
    "investment-vehicle-detail": ("investment.InvestmentVehicle", READ),
    "infrastructure-need-detail": ("investment.InfrastructureNeed", READ),
    "permit-detail": ("investment.Permit", READ),
    "permit-rule-detail": ("investment.PermitRule", READ),
    "global-standard-review-detail": ("investment.GlobalStandardReview", READ),
    "framework-detail": ("trade.Framework", READ),
    "negotiation-case-detail": ("trade.NegotiationCase", READ),
    "position-detail": ("trade.Position", READ),
    "consultation-detail": ("trade.Consultation", READ),
    "protection-measure-detail": ("trade.ProtectionMeasure", READ),
}

# Addresses of libraries, by the beginning of their name.
THIRD_PARTY = ("admin:", "account_", "set_language")

# Parameters without which a plain address answers 400.
QUERY = {"rollup-list": {"slice": "task"}}
