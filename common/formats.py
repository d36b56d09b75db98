"""Money, dates and percentages as text, in Korean and English. Pure: no request, no translation machinery."""

import datetime as dt
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

DASH = "–"
SEOUL = ZoneInfo("Asia/Seoul")
JO, EOK, MAN = 10**12, 10**8, 10**4

_WEEKDAYS_KO = "월화수목금토일"
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

Number = int | float | Decimal | Fraction


def rounded(value: Number, places: int = 1) -> Decimal:
    """Half away from zero, exactly: a fraction is never passed through binary floating point."""
    if isinstance(value, float):
        value = Decimal(str(value))
    exact = Fraction(value) * 10**places
    whole = (abs(exact) + Fraction(1, 2)).__floor__()
    return Decimal(whole if exact >= 0 else -whole).scaleb(-places).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def apportioned(parts: Sequence[Fraction], total: int) -> list[int]:
    """Whole numbers near the parts that sum to the total: each rounded down, what is left to the largest remainders.

    `total` is their sum as it is shown, which may differ from it by the rounding of what it is the difference of.
    """
    found = [part.__floor__() for part in parts]
    by_remainder = sorted(range(len(parts)), key=lambda place: (found[place] - parts[place], place))
    left = total - sum(found)
    # One that is exactly 0 stays so, as long as others can take what is left.
    by_remainder.sort(key=lambda place: parts[place] == 0)
    for turn in range(abs(left)):
        place = by_remainder[turn % len(parts)] if left > 0 else by_remainder[::-1][turn % len(parts)]
        found[place] += 1 if left > 0 else -1
    return found


def won(amount: int, lang: str = "ko") -> str:
    """3조 7,400억 원 / KRW 3.74 tn. Rounded; `won_exact` is not."""
    return _won_ko(amount) if lang == "ko" else _won_en(amount)


def won_short(amount: int, lang: str = "ko") -> str:
    """One unit and at most one decimal, for cards and axes: 3.7조 원, 740.5억 원 / KRW 3.7 tn."""
    sign, size = _signed(amount)
    if lang != "ko":
        return f"{sign}KRW {_scaled(size, ((JO, ' tn'), (10**9, ' bn'), (10**6, ' m')))}"
    return f"{sign}{_scaled(size, ((JO, '조 원'), (EOK, '억 원')))}" if size >= EOK else _won_ko(amount)


def _won_ko(amount: int) -> str:
    sign, size = _signed(amount)
    eok = int(rounded(Fraction(size, EOK), 0))
    if eok >= JO // EOK:
        jo, rest = divmod(eok, JO // EOK)
        return f"{sign}{jo:,}조 {rest:,}억 원" if rest else f"{sign}{jo:,}조 원"
    if size >= EOK:
        return f"{sign}{_trimmed(rounded(Fraction(size, EOK)))}억 원"
    if size >= MAN:
        man = int(rounded(Fraction(size, MAN), 0))
        return f"{sign}1억 원" if man == EOK // MAN else f"{sign}{man:,}만 원"
    return f"{sign}{size:,}원"


def _won_en(amount: int) -> str:
    sign, size = _signed(amount)
    if size >= JO or rounded(Fraction(size, 10**9)) >= 1000:
        return f"{sign}KRW {_trimmed(rounded(Fraction(size, JO), 2))} tn"
    return f"{sign}KRW {_scaled(size, ((10**9, ' bn'), (10**6, ' m')))}"


def _scaled(size: int, units: tuple[tuple[int, str], ...]) -> str:
    """In the largest unit that it fills, one decimal at most; what rounds up to the next unit is said in that one."""
    for larger, (unit, name) in zip((None, *units), units, strict=False):
        if size >= unit:
            if larger and rounded(Fraction(size, unit)) * unit >= larger[0]:
                return f"1{larger[1]}"
            return f"{_trimmed(rounded(Fraction(size, unit)))}{name}"
    return f"{size:,}"


def won_exact(amount: int, lang: str = "ko") -> str:
    """Every digit: 3,740,000,000,000원 / KRW 3,740,000,000,000."""
    sign, size = _signed(amount)
    return f"{sign}{size:,}원" if lang == "ko" else f"{sign}KRW {size:,}"


def won_full(amount: int, lang: str = "ko") -> str:
    """In words and exactly: 3조 7,400억 원(3,740,000,000,000원) / KRW 3.74 tn (KRW 3,740,000,000,000)."""
    words, exact = won(amount, lang), won_exact(amount, lang)
    if words.replace(" ", "") == exact.replace(" ", ""):
        return exact
    return f"{words}({exact})" if lang == "ko" else f"{words} ({exact})"


def percent(ratio: Number, places: int = 1) -> str:
    """A ratio of one as a percentage: 0.714 → 71.4%."""
    return f"{_minus(rounded(_exact(ratio) * 100, places))}%"


def bp_percent(basis_points: Number, places: int = 1) -> str:
    """Basis points as a percentage: 7 140 → 71.4%."""
    return f"{_minus(rounded(_exact(basis_points) / 100, places))}%"


def bp_points(basis_points: Number, lang: str = "ko", places: int = 1) -> str:
    """A difference of two percentages: -660 → ▼ 6.6%p / ▼ 6.6 pp."""
    size = rounded(abs(_exact(basis_points)) / 100, places)
    arrow = "" if not size else "▲ " if basis_points > 0 else "▼ "
    return f"{arrow}{size}{'%p' if lang == 'ko' else ' pp'}"


def number(value: Number, places: int | None = None) -> str:
    """Grouped by thousands; decimals as given, or as many as the value has (three at most)."""
    if places is not None:
        return _minus(rounded(value, places))
    return _trimmed(_minus(rounded(value, 3)))


def day(date: dt.date, lang: str = "ko") -> str:
    """2026. 11. 22.(일) / 22 Nov 2026. A moment is read in Korean time."""
    date = local(date)
    return f"{in_text(date, lang)}({_WEEKDAYS_KO[date.weekday()]})" if lang == "ko" else in_text(date, lang)


def in_text(date: dt.date, lang: str = "ko") -> str:
    """A day among words: 2026. 11. 22. / 22 Nov 2026."""
    if lang == "ko":
        return f"{date.year}. {date.month}. {date.day}."
    return f"{date.day} {_MONTHS_EN[date.month - 1]} {date.year}"


def moment(at: dt.datetime, lang: str = "ko") -> str:
    """The day and the time to the minute, in Korean time."""
    return f"{day(at, lang)} {local(at):%H:%M}"


def month(date: dt.date, lang: str = "ko") -> str:
    """2026. 11. / Nov 2026."""
    date = local(date)
    return f"{date.year}. {date.month}." if lang == "ko" else f"{_MONTHS_EN[date.month - 1]} {date.year}"


def as_known(date: dt.date, precision: str = "", lang: str = "ko") -> str:
    """A day among words, only as exact as it is known: the day, its month, half-year or year."""
    if precision == "half":
        is_first = date.month <= 6
        if lang == "ko":
            return f"{date.year}년 {'상반기' if is_first else '하반기'}"
        return f"{'First' if is_first else 'Second'} half of {date.year}"
    return {"month": month, "year": year}.get(precision, in_text)(date, lang)


def year(date: dt.date, lang: str = "ko") -> str:
    """2026년 / 2026."""
    return f"{local(date).year}년" if lang == "ko" else str(local(date).year)


def late_days(days: int, lang: str = "ko", *, short: bool = False) -> str:
    """D+12 / 12 days late (`short`: 12 d late); D-3 / 3 days left; D-day / due today."""
    if lang == "ko":
        return f"D{days:+d}" if days else "D-day"
    if not days:
        return "due today"
    unit = "d" if short else "day" if abs(days) == 1 else "days"
    return f"{number(abs(days))} {unit} {'late' if days > 0 else 'left'}"


def local(value: dt.date) -> dt.date:
    """An aware moment in Korean time; anything else as it is."""
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        return value.astimezone(SEOUL)
    return value


def _signed(amount: int) -> tuple[str, int]:
    return ("−" if amount < 0 else "", abs(int(amount)))


def _exact(value: Number) -> Fraction:
    return Fraction(str(value)) if isinstance(value, float) else Fraction(value)


def _trimmed(value: Decimal | str) -> str:
    text = value if isinstance(value, str) else f"{value:,}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _minus(value: Decimal) -> str:
    return f"{value:,}".replace("-", "−") if value else f"{abs(value):,}"
