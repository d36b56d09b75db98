"""How ministries looked on a day: one that was reorganised later had no end and no successor yet."""

from accounts.models import Ministry, MinistrySuccession, Office
from common.past import view


def ministry_then(column: str) -> str:
    """The ministry that a column names, or, where that came to be later, the one whose work it took over (SQL)."""
    return f"""coalesce((SELECT s.predecessor_id FROM public.accounts_ministrysuccession s
        WHERE s.successor_id = {column} AND s.starts_on > past.as_of()
        ORDER BY s.is_main DESC, s.id LIMIT 1), {column})"""


_END = "CASE WHEN row.valid_to < past.as_of() THEN row.valid_to END"
view(Ministry, valid_to=_END)
view(MinistrySuccession, where="row.starts_on <= past.as_of()")
view(Office, valid_to=_END, ministry_id=ministry_then("row.ministry_id"))
