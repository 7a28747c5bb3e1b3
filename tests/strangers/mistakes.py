"""Single mistakes, each planted only where a careful reader of the archive would notice it.

What is not planted, since it may be the truth or nobody could tell:
- a number that no other place of the note states and that no neighbour has: the note may just be numbered so;
- a later day of publication, where nothing else states that day: late is human;
- a range that begins later or ends earlier: a holiday; five days made six or seven: a week-end of work;
- the day of the note before, where it lies in the note's own week and no place says otherwise: both may have come at once;
- a day in Jekyll's name alone, without any other day or number: the post is just older than it seemed;
- absences in fewer than 20 notes, other spellings in fewer than 12, and anything learnt from fewer than 8: no habit yet;
- Jekyll's `date`, left out: the name has it; a tag that fewer than 20 notes have; months too short to be misspelt;
- a mistake in a note that is unusual already (a run, another wording), or beside one where neighbours are the evidence;
- a new name for a note that others link to: each link would be a mistake of its own.
"""
import calendar as months
import copy
import dataclasses
import datetime
import difflib
import random
import re
from typing import Callable, Iterator

from . import calendar, words
from .archives import Archive, Note
from .calendar import DAY
from .sites import Bare

KINDS_EACH = 14  # kinds of mistakes that an archive gets
DAYS = ("published", "first", "last")
PLACES = ("name", "heading", "opening")
HARMLESS = {"second language", "further", "lacking"}
ALL_MONTHS = {month.lower() for language in words.LANGUAGES for month in language.months}


@dataclasses.dataclass
class Mistake:
    """A changed note. Without `lines` any line of the note will do; `statements` is how many findings it may give."""

    kind: str
    path: str
    text: str
    old_path: str
    lines: set[int]
    shown: str
    statements: int = 1


class Case:
    """A note in its archive, and what states what in it."""

    def __init__(self, archive: Archive, index: int, rng: random.Random) -> None:
        self.archive, self.index, self.rng, self.plan = archive, index, rng, archive.plan
        self.note, self.count = archive.notes[index], len(archive.notes)
        self.before = archive.notes[index - 1] if index else None
        self.after = archive.notes[index + 1] if index + 1 < self.count else None
        self.files = archive.beside.keys() | {archive.path(note) for note in archive.notes}
        self.neighbours = all(note and not note.odd - HARMLESS for note in (self.before, self.after))
        titles = (self.plan.title_key, "heading", "opening")
        self.titles = [place for place in titles if place in self.plan.templates and self.note.get(place)]

    # What the note says where

    def stating(self, *fields: str) -> list[str]:
        """The places that state one of these claims; a range states its ends."""
        fields += ("range",) if {"first", "last"} & {*fields} else ()
        return [place for place, t in self.plan.templates.items() if any(re.search(rf"\{{{f}[:}}]", t) for f in fields)]

    def others(self, place: str, *fields: str) -> list[str]:
        return [other for other in self.stating(*fields) if other != place]

    def number_fields(self) -> list[str]:
        return [f for f in ("n", "week", "episode") if self.stating(f)]

    def tells_week(self, place: str) -> bool:
        """Whether another place ties the note to its week: days, or numbers that follow the calendar."""
        epoch = ["n"] if self.plan.rhythm.scheme == "epoch" and self.count >= 8 else []
        return bool(self.others(place, *DAYS, *epoch, *(["week"] if self.plan.scheme in ("iso", "year") else [])))

    def tells_order(self, place: str) -> bool:
        """Whether the note's order among its neighbours is known without this place."""
        return self.neighbours and self.count >= 8 and bool(self.others(place, *DAYS, "n", "week", "episode"))

    def states_day(self, place: str, field: str) -> bool:
        """Whether another place states the same day, or one at a constant distance: publication may always be late."""
        steady = not self.plan.rhythm.drift and not any("late" in note.odd for note in self.archive.notes)
        constant = ("first", "last", *(["published"] if steady else []))
        return bool(self.others(place, field) or field != "published" and self.count >= 12 and self.others(place, *constant))

    def precedes(self, day: datetime.date, field: str) -> bool:
        """Whether a day is before that of the note before, although the order is known."""
        return self.neighbours and self.count >= 8 and day < getattr(self.before.claims, field)

    # How it is changed

    def copy(self) -> Note:
        return copy.deepcopy(self.note)

    def said(self, place: str, **claims) -> Note:
        """The note where one place states other claims."""
        note, text = self.copy(), calendar.fill(self.plan.templates[place], dataclasses.replace(self.note.claims, **claims),
                                                self.plan.language, self.plan.range)
        if place == "name":
            folder, _, note.name = f"{self.plan.folder}/{text}".rpartition("/")
            note.folder = folder.lstrip("/")
        else:
            note.put(place, text.strip())
        return note

    def edited(self, place: str, old: str, new: str) -> Note:
        note = self.copy()
        note.put(place, note.get(place).replace(old, new, 1))
        return note

    def mistake(self, note: Note, shown: str = "", whole: bool = False, statements: int = 1,
                lines: set[int] = frozenset()) -> Iterator[Mistake]:
        """The changed note, unless nothing is changed or the new name is taken."""
        path, old = self.archive.path(note), self.archive.path(self.note)
        text, was = self.archive.text(note), self.archive.text(self.note)
        if path == old and text == was or path != old and (path in self.files or self.note.linked):
            return
        changed: set[int] = set(lines)
        new = text.split("\n")
        for tag, _, _, first, last in difflib.SequenceMatcher(None, was.split("\n"), new, False).get_opcodes():
            changed |= {line + 1 for line in range(first, last)} if tag in ("replace", "insert") else set()
        whole = whole or path != old
        line = "" if whole else new[min(changed) - 1] if changed else "a line removed"
        yield Mistake("", path, text, old, set() if whole else changed, shown or line.strip() or path, statements)


def misspell(word: str, rng: random.Random) -> str:
    """Two inner letters exchanged, or one dropped."""
    inner = [i for i in range(1, len(word) - 2) if word[i] != word[i + 1] and word[i:i + 2].isalpha()]
    if not inner:
        return ""
    i = rng.choice(inner)
    swapped = word[:i] + word[i + 1] + word[i] + word[i + 2:]
    dropped = word[:i] + word[i + 1:]
    return rng.choice([swapped, swapped, dropped]) if len(word) >= 6 else swapped


# --- week/: numbers ---------------------------------------------------------------------------------------------------

def other_number(case: Case, new: Callable[[int, str], int | None], only_neighbours: bool) -> Iterator[Mistake]:
    """A number in one place replaced, where another place has it, or a neighbour has the new one."""
    for field in case.number_fields():
        old = getattr(case.note.claims, field)
        value = new(old, field)
        if value is None or value == old or value < 0 or field == "week" and not 1 <= value <= 52:
            continue
        taken = case.neighbours and any(getattr(note.claims, field) == value and note.claims.season == case.note.claims.season
                                        for note in (case.before, case.after))
        for place in case.stating(field):
            alone = not case.others(place, field)
            known = not alone or case.count >= 12 and taken
            if not only_neighbours and alone:
                # A jump of many weeks: the days contradict it, or the neighbours' numbers do.
                known = case.count >= 12 and case.neighbours and case.tells_order(place) and abs(value - old) >= 5
            if known:
                yield from case.mistake(case.said(place, **{field: value}))


def week_number_off(case: Case) -> Iterator[Mistake]:
    step = case.rng.choice([-1, 1])
    return other_number(case, lambda n, field: n + step, True)

def week_number_before(case: Case) -> Iterator[Mistake]:
    return other_number(case, lambda n, field: getattr(case.before.claims, field) if case.before else None, True)

def week_number_swapped(case: Case) -> Iterator[Mistake]:
    def swapped(n: int, field: str) -> int | None:
        text = str(n)
        i = case.rng.randrange(len(text) - 1) if len(text) > 1 else -1
        if i < 0 or i == 0 and text[1] == "0":
            return None
        return int(text[:i] + text[i + 1] + text[i] + text[i + 2:])
    return other_number(case, swapped, False)

def week_renamed(case: Case) -> Iterator[Mistake]:
    for field in case.number_fields():
        old = getattr(case.note.claims, field)
        far = case.tells_week("name") and case.plan.rhythm.scheme != "sequence" and field != "episode"
        if "name" in case.stating(field) and (case.others("name", field) or far):
            steps = [1, -1, 2, 10] if case.others("name", field) else [10, 20, -10]
            for value in (old + step for step in steps):
                if value > 0 and not (field == "week" and value > 52):
                    yield from case.mistake(case.said("name", **{field: value}))

def week_number_blank(case: Case) -> Iterator[Mistake]:
    for field in case.number_fields():
        for place in (p for p in case.titles if p in case.stating(field) and case.count >= 8):
            yield from case.mistake(case.said(place, **{field: case.rng.choice(["??", "NN", "XX", "", "__"])}))


# --- week/: days ------------------------------------------------------------------------------------------------------

def day_places(case: Case) -> Iterator[tuple[str, str]]:
    """(place, claim) of each day in full."""
    for place, template in case.plan.templates.items():
        for field in DAYS:
            if f"{{{field}" in template:
                yield place, field

def week_date_year(case: Case) -> Iterator[Mistake]:
    """Last year's number, mostly in January, when hands still write it."""
    early = [n for n in case.archive.notes if n.claims.published.timetuple().tm_yday <= 40]
    if early and case.note not in early and case.rng.random() < 0.9:
        return
    for place, field in day_places(case):
        day = getattr(case.note.claims, field)
        if place != "name" and (case.tells_week(place) or case.tells_order(place)) and (day.month, day.day) != (2, 29):
            yield from case.mistake(case.said(place, **{field: day.replace(year=day.year - 1)}))

def week_date_month(case: Case) -> Iterator[Mistake]:
    for place, field in day_places(case):
        day, known = getattr(case.note.claims, field), case.states_day(place, field)
        # A month earlier, or the other way round where the day itself is known: a month later may just be late.
        month = day.month + (1 if known and case.rng.random() < 0.5 else -1)
        if place != "name" and 1 <= month <= 12 and day.day <= 28:
            new = day.replace(month=month)
            early = field == "published" and new < case.note.claims.first and case.tells_week(place)
            if known or early or case.tells_order(place) and case.precedes(new, field):
                yield from case.mistake(case.said(place, **{field: new}))

def week_date_digits(case: Case) -> Iterator[Mistake]:
    for place, field in day_places(case):
        day = getattr(case.note.claims, field)
        new = int(f"{day.day:02}"[::-1])
        if place != "name" and case.states_day(place, field) and new != day.day and 1 <= new <= 28:
            yield from case.mistake(case.said(place, **{field: day.replace(day=new)}))

def week_date_before(case: Case) -> Iterator[Mistake]:
    for place, field in day_places(case) if case.before else ():
        old = getattr(case.before.claims, field)
        # A day before the week begins may be a matter of zones.
        early = field == "published" and old < case.note.claims.first - DAY and case.tells_week(place)
        # Each week has days of its own; days of publication may coincide, but not where they are always a week apart.
        alone = field != "published" or case.plan.rhythm.drift == 0 and case.count >= 20
        if place != "name" and (case.states_day(place, field) or early or alone and case.tells_order(place)):
            yield from case.mistake(case.said(place, **{field: old}))

def week_name_day(case: Case) -> Iterator[Mistake]:
    for field in (f for p, f in day_places(case) if p == "name"):
        day = getattr(case.note.claims, field)
        if case.states_day("name", field):
            new = int(f"{day.day:02}"[::-1]) if case.rng.random() < 0.5 else day.day + 3
            if 1 <= new <= 28 and new != day.day:
                yield from case.mistake(case.said("name", **{field: day.replace(day=new)}))
            if day.month < 12 and day.day <= 28:
                yield from case.mistake(case.said("name", **{field: day.replace(month=day.month + 1)}))

def week_no_such_day(case: Case) -> Iterator[Mistake]:
    """The 31st of a short month, or a month after December where that is a number."""
    for place, field in day_places(case):
        day, text = getattr(case.note.claims, field), case.note.get(place)
        form = re.search(rf"\{{{field}:?([^}}]*)\}}", case.plan.templates[place])[1]
        written = calendar.show_day(day, form, case.plan.language)
        if place == "name" or not text or form == "weekday" or written not in text:
            continue
        last, numeric = months.monthrange(day.year, day.month)[1], bool(re.match(r"\d{4}", written))
        if last < 31:
            pattern = r"\d\d$" if numeric else rf"\b0?{day.day}\b"
            yield from case.mistake(case.edited(place, written, re.sub(pattern, str(last + 1), written, count=1)))
        if numeric:
            yield from case.mistake(case.edited(place, written, re.sub(r"(?<=\D)\d\d(?=\D)", str(day.month + 12), written)))

def week_weekday(case: Case) -> Iterator[Mistake]:
    for place, field in day_places(case):
        if f"{{{field}:weekday}}" in case.plan.templates[place] and case.note.get(place):
            number = getattr(case.note.claims, field).weekday()
            names = case.plan.language.weekdays
            yield from case.mistake(case.edited(place, names[number], names[(number + case.rng.randint(1, 6)) % 7]))

def range_places(case: Case) -> list[str]:
    if case.count < 8:
        return []
    return [place for place, template in case.plan.templates.items() if "{range}" in template and case.note.get(place)]

def week_range_length(case: Case) -> Iterator[Mistake]:
    for place in range_places(case):
        steps = [2, 3, 4] if case.plan.rhythm.length == 7 else [3, 4, 10]
        steps += [-2, -3] if case.others(place, "last") and case.count >= 12 else []
        yield from case.mistake(case.said(place, last=case.note.claims.last + DAY * case.rng.choice(steps)))

def week_range_backwards(case: Case) -> Iterator[Mistake]:
    for place in range_places(case):
        yield from case.mistake(case.said(place, first=case.note.claims.last, last=case.note.claims.first))

def week_range_month(case: Case) -> Iterator[Mistake]:
    """The month of the last day is the wrong one."""
    for place in range_places(case):
        first, last = case.note.claims.first, case.note.claims.last
        if last.month == 12 or last.day > 28 or first.month == last.month and not case.tells_week(place):
            continue
        both = first.month == last.month  # the month is written once, for both ends
        yield from case.mistake(case.said(place, first=first.replace(month=first.month + 1) if both else first,
                                          last=last.replace(month=last.month + 1)))

def week_month_misspelt(case: Case) -> Iterator[Mistake]:
    for place in case.plan.templates:
        text = case.note.get(place)
        for month in case.plan.language.months if text and place != "name" else []:
            new = misspell(month, case.rng) if len(month) >= 5 else ""
            if re.search(rf"\b{month}\b", text) and new and new.lower() not in ALL_MONTHS and case.note.claims.topic not in month:
                yield from case.mistake(case.edited(place, month, new))


# --- week/: names, copies, leftovers ----------------------------------------------------------------------------------

def week_name_pattern(case: Case) -> Iterator[Mistake]:
    template, name = case.plan.templates["name"], case.note.name
    fixed = re.findall(r"[a-z]{4,}", re.sub(r"\{[^}]*\}", " ", template.rsplit("/", 1)[-1]))
    free = "{slug}" in template
    ways = [name + " copy"] if not free else []
    ways += [name.replace(word, new, 1) for word in fixed if (new := misspell(word, case.rng)) and not free]
    if m := re.search(r"(?<!\d)0(\d)(?!\d)", name):
        ways.append(name[:m.start()] + name[m.start() + 1:])
    if not free and re.search(r"[a-z]-\d|\d-[a-z]", name):
        ways.append(re.sub(r"(?<=[a-z])-(?=\d)|(?<=\d)-(?=[a-z])", case.rng.choice(["_", "", " "]), name, count=1))
    for new in case.rng.sample(ways, len(ways)) if case.count >= 12 else []:
        note = case.copy()
        note.name = new
        yield from case.mistake(note)

def unique_title(case: Case, place: str) -> bool:
    """Whether a copy of this title is seen: it says a number or a day, or each note has words of its own."""
    template = case.plan.templates[place]
    return bool(re.search(r"\{(?!topic|slug)", template)) or case.count >= 12

def week_title_before(case: Case) -> Iterator[Mistake]:
    places = [place for place in case.titles if place != "opening"]
    if case.before and case.neighbours and places and unique_title(case, places[0]):
        note = case.copy()
        for place in places:
            note.put(place, case.before.get(place))
        yield from case.mistake(note, statements=len(places))

def week_note_copied(case: Case) -> Iterator[Mistake]:
    """All metadata and the heading are those of the note before; the name and the text are new."""
    named = case.stating("n", "week", "episode", *DAYS)
    if case.before and case.neighbours and len(case.plan.templates) > 2 and "name" in named and case.count >= 8:
        note = case.copy()
        note.keys, note.heading, note.opening = copy.deepcopy(case.before.keys), case.before.heading, case.before.opening
        if "name" in note.keys and case.plan.form == "trailer":
            note.keys["name"] = note.name
        changed = sum(note.get(place) != case.note.get(place) for place in {*note.keys, "heading", "opening"})
        yield from case.mistake(note, statements=max(1, changed)) if changed else ()

def body_placeholder(case: Case) -> Iterator[Mistake]:
    for place in (p for p in case.titles if p != "opening"):
        note = case.copy()
        note.put(place, case.rng.choice(["TITLE HERE", "{{ title }}", f"{case.plan.language.week} NN", f"{case.plan.kind} NNN"]))
        yield from case.mistake(note)


# --- metadata/ --------------------------------------------------------------------------------------------------------

def share(case: Case, key: str) -> float:
    return sum(key in note.keys for note in case.archive.notes) / case.count

def with_key(case: Case, key: str, value: object) -> Note:
    note = case.copy()
    note.keys[key] = value
    return note

def metadata_key_misspelt(case: Case) -> Iterator[Mistake]:
    for key in case.rng.sample(sorted(case.note.keys), len(case.note.keys)) if case.count >= 12 else []:
        new = misspell(key, case.rng)
        if len(key) >= 4 and share(case, key) >= 0.9 and new and new not in case.note.keys:
            note = case.copy()
            note.keys = {(new if k == key else k): value for k, value in note.keys.items()}
            yield from case.mistake(note)

def metadata_key_missing(case: Case) -> Iterator[Mistake]:
    """Only keys that a site or the numbering rests on, and that every note has."""
    bearing = {case.plan.title_key, case.plan.date_key, "layout", "render_as", *(p for p in case.plan.templates if p not in PLACES)}
    bearing -= {case.plan.date_key} if case.plan.site.dated else set()
    for key in sorted(bearing & case.note.keys.keys()) if case.count >= 20 else []:
        if share(case, key) == 1:
            note = case.copy()
            del note.keys[key]
            yield from case.mistake(note, f"without {key}", whole=True)

def metadata_date_as_prose(case: Case) -> Iterator[Mistake]:
    if case.plan.date_key in case.note.keys and case.count >= 12:
        prose = case.rng.choice(["last Friday", "some time in spring", "yesterday"])
        yield from case.mistake(with_key(case, case.plan.date_key, prose))

def metadata_not_a_boolean(case: Case) -> Iterator[Mistake]:
    for key, value in case.note.keys.items():
        if isinstance(value, bool) and share(case, key) >= 0.9 and case.count >= 12:
            yield from case.mistake(with_key(case, key, Bare({True: "ture", False: "flase"}[value])))

def metadata_value_misspelt(case: Case) -> Iterator[Mistake]:
    for key, value in case.note.keys.items():
        same = sum(note.keys.get(key) == value for note in case.archive.notes)
        if key in case.plan.constant and isinstance(value, str) and same >= 20 and re.fullmatch(r"[\w -]{4,}", value):
            if new := misspell(value, case.rng):
                yield from case.mistake(with_key(case, key, new))

def metadata_tag_misspelt(case: Case) -> Iterator[Mistake]:
    tags_of = lambda note: note.keys.get("tags") or note.keys.get("Tags") or note.keys.get("taxonomies", {}).get("tags") or []
    for tag in case.plan.tags:
        note = case.copy()
        tags, uses = tags_of(note), sum(tag in tags_of(other) for other in case.archive.notes)
        if tag in tags and uses >= 20 and (new := misspell(tag, case.rng)):
            tags[tags.index(tag)] = new
            yield from case.mistake(note)


# --- links/ and body/ -------------------------------------------------------------------------------------------------

def in_body(case: Case, pattern: str, new: Callable[[re.Match], str | None]) -> Iterator[Mistake]:
    """The first match in some line of the body, replaced."""
    for number, line in enumerate(case.note.body):
        m = re.search(pattern, line)
        if m and (text := new(m)) is not None:
            note = case.copy()
            note.body[number] = line[:m.start()] + text + line[m.end():]
            yield from case.mistake(note)

def links_internal_misspelt(case: Case) -> Iterator[Mistake]:
    """The name of the note before, misspelt in the link to it; a name of digits alone gets one more."""
    target = case.before.name if case.before else ""
    stems = {re.sub(r"(\.\w+)+$", "", file.rsplit("/", 1)[-1]).lower() for file in case.files}
    undated = re.sub(r"^\d{4}-\d\d-\d\d-", "", target)
    new = misspell(undated, case.rng) or undated + "9"
    if not undated or {new.lower(), target[:-len(undated)] + new.lower()} & stems:
        return iter(())
    ending = rf"{re.escape(undated)}(?=[\])/.\" ])"
    inside = re.compile(rf"(\]\((?!https?:)[^)]*?|\[\[[^\]]*?)(?<![a-z0-9]){ending}", re.I)
    return in_body(case, inside.pattern, lambda m: m[1] + new)

def links_other_week(case: Case) -> Iterator[Mistake]:
    """The text of a link says one week, the address is that of another note."""
    if case.index < 3 or case.count < 12 or not (case.stating("n", "week") and "name" in case.stating("n", "week")):
        return iter(())
    target, other = case.before.name, case.archive.notes[case.index - 3]
    if other.folder != case.before.folder or case.plan.link.startswith("/{day}"):
        return iter(())
    return in_body(case, rf"(\[{case.plan.language.week} \d+\]\()([^)]*)",
                   lambda m: m[1] + m[2].replace(target, other.name) if target in m[2] else None)

def links_definition_removed(case: Case) -> Iterator[Mistake]:
    for number, line in enumerate(case.note.body):
        if m := re.match(r"\[([^\]]+)\]: ", line):
            note = case.copy()
            del note.body[number]
            text = enumerate(case.archive.text(note).split("\n"), 1)
            yield from case.mistake(note, f"without {line}", lines={i for i, other in text if f"[{m[1]}][]" in other})

def links_label_misspelt(case: Case) -> Iterator[Mistake]:
    return in_body(case, r"\[([^\[\]]{6,})\]\[\]", lambda m: f"[{new}][]" if (new := misspell(m[1], case.rng)) else None)

def links_scheme_cut(case: Case) -> Iterator[Mistake]:
    cut = case.rng.choice(["ttps://", "https:/", "https//", "htps://"])
    return in_body(case, r"(?<=\]\()https://", lambda m: cut)

def links_no_address(case: Case) -> Iterator[Mistake]:
    return in_body(case, r"(?<=\]\()https://[^)]*", lambda m: "")

def body_heading_space(case: Case) -> Iterator[Mistake]:
    """Python-Markdown needs no space."""
    if case.plan.site.name in ("MkDocs", "Pelican"):
        return iter(())
    return in_body(case, r"^## ", lambda m: "##")

def body_conflict(case: Case) -> Iterator[Mistake]:
    line = next((i for i, text in enumerate(case.note.body) if re.match(r"[A-Z][^\[\]]+\.$", text)), None)
    if line is not None:
        note = case.copy()
        text = note.body[line]
        note.body[line:line + 1] = ["<<<<<<< HEAD", text, "=======", text[:-1] + "!", ">>>>>>> main"]
        yield from case.mistake(note)


KINDS = {name.replace("_", "/", 1).replace("_", "-"): function for name, function in globals().items()
         if re.match("(week|metadata|links|body)_", name) and callable(function)}
FIRST = [kind for kind in KINDS if kind.startswith(("week/", "metadata/")) or kind == "body/placeholder"]


def ways(archive: Archive, kind: str, rng: random.Random) -> Mistake | None:
    """One mistake of a kind in some ordinary note."""
    ordinary = [i for i, note in enumerate(archive.notes) if not note.odd - HARMLESS]
    for index in rng.sample(ordinary, min(len(ordinary), 40)):
        if made := list(KINDS[kind](Case(archive, index, rng))):
            return dataclasses.replace(rng.choice(made), kind=kind)
    return None


def plan(archive: Archive, seed: int, asked: str | None) -> list[Mistake]:
    """The mistakes of an archive: some kinds of those that can be made in it; all of them if kinds are asked for."""
    rng = random.Random(f"mistakes {archive.plan.seed}")
    kinds = [kind for kind in KINDS if asked is None or asked in (kind, kind.split("/")[0])]
    made = {kind: mistake for kind in kinds if (mistake := ways(archive, kind, rng))}
    if asked is not None:
        return list(made.values())
    first = [kind for kind in made if kind in FIRST]
    last = [kind for kind in made if kind not in FIRST]
    chosen = rng.sample(first, min(len(first), KINDS_EACH - 3)) + rng.sample(last, min(len(last), 3))
    return [made[kind] for kind in sorted(chosen)]
