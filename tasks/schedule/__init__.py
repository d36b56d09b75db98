"""What waits for what: earliest dates through all dependencies.

`graph` computes them, `read` asks the database, `around` tells of one noun what it waits for and what waits for it.
"""

from tasks.schedule.around import Around, Waiting
from tasks.schedule.graph import Link, Schedule, Step, Wait
from tasks.schedule.read import linked_in, schedule, schedule_around

__all__ = ["Around", "Link", "Schedule", "Step", "Wait", "Waiting", "linked_in", "schedule", "schedule_around"]
