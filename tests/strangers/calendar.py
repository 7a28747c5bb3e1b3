"""When notes are written: their weeks, numbers and days, with gaps, holidays and lateness."""
import dataclasses
import datetime
import random
import re

from .words import Language, slug

DAY = datetime.timedelta(days=1)
TODAY = datetime.date(2026, 9, 30)
ZONES = ["Z", "+00:00", "+01:00", "+02:00", "-05:00", "-08:00", "+10:00"]


@dataclasses.dataclass
class Claims:
    """What is true of a note. Places of the note state these by their names."""

    n: int | str  # the number of the scheme, where it has one
    season: int
    episode: int
    year: int  # of the week, which may differ from that of its days
    week: int | str  # of the year
    first: datetime.date
    last: datetime.date
    published: datetime.date
    time: str
    topic: str

    @property
    def slug(self) -> str:
        return slug(self.topic)


@dataclasses.dataclass(frozen=True)
class Rhythm:
    """How an archive counts and when its notes appear."""

    count: int
    scheme: str  # sequence, epoch, iso, year, episodes, days
    every: int  # weeks
    sunday: bool  # weeks begin on Sunday
    length: int  # days that a stated range covers
    start: int  # the first number
    weekday: int  # of publication, in days after the first day of the week
    drift: float  # share of notes that are some days late
    gaps: float  # share of weeks without a note
    holidays: bool


def week_of_year(first: datetime.date, sunday: bool) -> tuple[int, int]:
    """Year and week: of ISO 8601, or those of `gggg-[W]ww` in America, whose week 1 has 1 January."""
    if not sunday:
        return first.isocalendar()[:2]
    year = (first + 6 * DAY).year
    january = datetime.date(year, 1, 1)
    return year, (first - january).days // 7 + 1 + ((first - january).days % 7 > 0)


def claims(rhythm: Rhythm, rng: random.Random) -> list[Claims]:
    """The notes of an archive in order."""
    span = int(rhythm.count * rhythm.every * (1 + rhythm.gaps) * (1.25 if rhythm.scheme == "episodes" else 1.1)) + 2
    latest = (TODAY - datetime.date(2009, 1, 5)).days // 7 - span - 10
    first = datetime.date(2009, 1, 5) + 7 * DAY * rng.randint(max(0, latest - 400), max(0, latest)) - DAY * rhythm.sunday
    result, number, season, episode, length = [], rhythm.start, 1, 0, rng.randint(6, 14)
    while len(result) < rhythm.count and first < TODAY - 30 * DAY:
        away = rhythm.holidays and (first.month == 8 and first.day > 8 or first.month == 12 and first.day > 22)
        if not (away and rng.random() < 0.7 or result and rng.random() < rhythm.gaps):
            late = rng.choice([1, 1, 2, 2, 3]) if rng.random() < rhythm.drift else 0
            published = first + DAY * (rhythm.weekday + late + 7 * (rhythm.every - 1))
            episode += 1
            year, week = week_of_year(first, rhythm.sunday)
            last = first + DAY * (rhythm.length - 1 + 7 * (rhythm.every - 1))
            time = f"{rng.randint(7, 21):02}:{rng.randint(0, 59):02}:{rng.randint(0, 59):02}"
            result.append(Claims(number, season, episode, year, week, first, last, published, time, ""))
            number += rhythm.scheme != "epoch"
        if rhythm.scheme == "epoch":
            number += 1
        if rhythm.scheme == "episodes" and episode >= length:
            season, episode, length = season + 1, 0, rng.randint(6, 14)
            first += 7 * DAY * rng.randint(2, 6)
        first += 7 * DAY * rhythm.every
    return result


def show_day(day: datetime.date, form: str, language: Language) -> str:
    """A day in a form: a name of one, or a pattern of D, DD, MM, MMMM and YYYY."""
    if form == "weekday":
        return f"{language.weekdays[day.weekday()]} {show_day(day, 'long', language)}"
    form = {"": "YYYY-MM-DD", "long": language.long, "us": "MMMM D, YYYY"}.get(form, form)
    parts = {"YYYY": f"{day.year}", "MMMM": language.months[day.month - 1], "MM": f"{day.month:02}",
             "DD": f"{day.day:02}", "D": f"{day.day}"}
    return re.sub("YYYY|MMMM|MM|DD|D(?![a-z])", lambda m: parts[m[0]], form)


def show_range(first: datetime.date, last: datetime.date, form: tuple[str, str], language: Language) -> str:
    """A run of days. Both years are written only where they differ."""
    pattern = form[0] if (first.year, first.month) == (last.year, last.month) else form[1]
    parts = {"A": str(first.day), "B": str(last.day), "MMMM": language.months[first.month - 1],
             "NNNN": language.months[last.month - 1], "YYYY": str(last.year)}
    text = re.sub(r"\b(A|B|MMMM|NNNN|YYYY)\b", lambda m: parts[m[0]], pattern)
    if first.year != last.year:
        name = parts["MMMM"]
        before = {"es": " de", "pt": " de"}.get(language.code, "")
        american = re.match(r"MMMM A", pattern)
        there = f"{name} {first.day}," if american else f"{name}{before}"
        text = text.replace(f"{name} {first.day}" if american else name, f"{there} {first.year}", 1)
    return text


def fill(template: str, claims: Claims, language: Language, form: tuple[str, str]) -> str:
    """A template with `{claim}` or `{claim:form}`; a claim that is a text already is written as it is."""
    def value(match: re.Match) -> str:
        name, how = match[1], match[2] or ""
        if name == "range":
            return show_range(claims.first, claims.last, form, language)
        what = getattr(claims, name)
        if isinstance(what, datetime.date):
            return show_day(what, how, language)
        return what if isinstance(what, str) else format(what, how)
    return re.sub(r"\{(\w+)(?::([^}]*))?\}", value, template)
