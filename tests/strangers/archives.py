"""Whole archives: how one is kept is drawn at random (`Plan`), then its notes are written, and then people deviate."""
import copy
import dataclasses
import datetime
import random
import re
from typing import Callable

from . import calendar, sites, words
from .calendar import DAY, TODAY, Claims, Rhythm
from .sites import Bare, Keys, Site
from .words import Language, say, slug

SCHEMES = ["sequence", "sequence", "sequence", "epoch", "iso", "iso", "year", "episodes", "days", "days", "days", "key"]
NUMBER_KEYS = words.split("week|number|issue|edition|nr|weeknote|ordinal|count|num|part|week_no")
RANGE_KEYS = words.split("period|covers|dates|span|subtitle|timeframe|weekRange|about_days")
END_KEYS = words.split("week_ending|until|ends|weekEnd|to_day")
START_KEYS = words.split("week_of|from|starts|monday_is|weekStart")
LOCAL_DAYS = {"en": "us", "de": "DD.MM.YYYY", "fr": "DD/MM/YYYY", "es": "DD/MM/YYYY", "nl": "DD-MM-YYYY"}
HOSTS = words.split("harbour.example|maps.example.org|choir.example.net|www.bread.example|tram.example.com|radio.example")


@dataclasses.dataclass
class Note:
    """A note in parts. What a place says is a text; `odd` names what is unusual about it."""

    claims: Claims
    name: str
    folder: str
    keys: Keys
    heading: str
    opening: str
    body: list[str]
    odd: set[str] = dataclasses.field(default_factory=set)
    linked: bool = False

    def get(self, place: str) -> str | None:
        text = getattr(self, place) if place in ("name", "heading", "opening") else self.keys.get(place)
        return text if isinstance(text, str) and text else str(text) if type(text) is int else None

    def put(self, place: str, text: str) -> None:
        if place in ("name", "heading", "opening"):
            setattr(self, place, text)
        else:
            old = self.keys[place]
            self.keys[place] = int(text) if type(old) is int and text.isdigit() else type(old)(text) if isinstance(old, str) else text


@dataclasses.dataclass
class Plan:
    """How an archive is kept."""

    seed: str
    scheme: str
    language: Language
    site: Site
    rhythm: Rhythm
    kind: str
    form: str
    quotes: str
    flow: bool
    folder: str
    bundle: bool
    extension: str
    newline: str
    range: tuple[str, str]
    link: str
    templates: dict[str, str]  # place -> what it says
    title_key: str
    date_key: str
    constant: Keys  # the same in all notes
    tags: list[str]
    optional: list[str]
    mixed: bool
    setext: bool

    def __str__(self) -> str:
        places = "; ".join(f"{place} `{template}`" for place, template in self.templates.items())
        return (f"{self.seed}: {self.site.name} ({self.form}), {self.language.code}, {self.rhythm.count} notes, {self.scheme}"
                f"{' mixed' if self.mixed else ''}{' fortnightly' if self.rhythm.every == 2 else ''}"
                f"{' Sunday' if self.rhythm.sunday else ''}; {places}")

    @property
    def end(self) -> str:
        """What follows the name of a note."""
        return f"/index{self.extension}" if self.bundle else self.extension

    def fill(self, place: str, claims: Claims) -> str:
        return calendar.fill(self.templates[place], claims, self.language, self.range)


@dataclasses.dataclass
class Archive:
    plan: Plan
    notes: list[Note]
    beside: dict[str, str]

    def path(self, note: Note) -> str:
        return f"{note.folder}/{note.name}{self.plan.end}".lstrip("/")

    def text(self, note: Note) -> str:
        level = [note.heading, "=" * len(note.heading)] if self.plan.setext else ["# " + note.heading]
        body = [*(level if note.heading else []), *([""] if note.heading else []),
                *([note.opening, ""] if note.opening else []), *note.body]
        text = sites.document(note.keys, body, self.plan.form, self.plan.quotes, self.plan.flow)
        return text.replace("\n", self.plan.newline)

    def files(self) -> dict[str, str]:
        return self.beside | {self.path(note): self.text(note) for note in self.notes}


# --- Plans ------------------------------------------------------------------------------------------------------------

def name_templates(scheme: str, kind: str, week: str, language: Language) -> list[str]:
    """File names without a day before them (but for schemes of days)."""
    season, episode = slug(language.season), slug(language.episode)
    match scheme:
        case "sequence" | "epoch":
            return [f"{kind}-{{n}}", f"{kind}-{{n}}", "{n:03}", f"{week}-{{n}}", f"{week}-{{n:02}}", f"{kind}-{{n:03}}", "{n}",
                    f"{kind}.{{n}}", "{n:03}-{slug}", f"{week}-{{n}}-{{slug}}", f"{kind}_{{n}}"]
        case "iso":
            return ["{year}-W{week:02}", "{year}-W{week:02}", f"{week}-{{week}}-{{year}}", "{year}w{week:02}",
                    f"{kind}-{{year}}-w{{week:02}}", f"{kind}-{{year}}-{{week:02}}", "{year}/{week:02}", f"{{year}}/{week}-{{week}}"]
        case "year":
            return [f"{{year}}/{week}-{{week}}", f"{{year}}/{kind}-{{week:02}}", "{year}/{week:02}-{slug}"]
        case "episodes":
            return [f"{kind}-s{{season:02}}e{{episode:02}}", "s{season}e{episode}", "{slug}",
                    f"{season}-{{season:02}}-{episode}-{{episode:02}}", f"{kind}-{season}-{{season}}-{episode}-{{episode}}"]
        case "key":
            return ["{published}-{slug}", "{slug}", f"{{published}}-{kind}"]
        case _:
            return [f"{{published}}-{kind}", f"{{published}}-{kind}", "{last}", "{first}", "{published}", "{published:YYYYMMDD}",
                    f"{kind}-{{last}}", f"{kind}-{{published}}", "{first}_to_{last}", f"{{last}}-{week}", "{published}-{slug}", f"{{published:DD-MM-YYYY}}-{kind}",
                    "{published:YYYY}/{published:MM}-{published:DD}"]


def title_templates(scheme: str, kind: str, language: Language) -> list[str]:
    week, numbers = language.week, ["{n}", "#{n}", "No. {n}", "{n}"]
    episode = [f"{language.season} {{season}}, {language.episode} {{episode}}", "S{season:02}E{episode:02}"]
    match scheme:
        case "sequence" | "epoch":
            return [f"{kind} {number}{end}" for number in numbers for end in ("", ": {topic}", " – {topic}")] + [
                f"{week} {{n}}", f"{week} {{n}}: {{topic}}", f"{kind}: {week} {{n}}", f"{kind} {{n}}, {language.ending} {{last:long}}",
                f"{week} {{n}} ({{range}})"]
        case "iso":
            return [f"{week} {{week}}, {{year}}", f"{week} {{week}}/{{year}}", f"{kind} {{year}}-W{{week:02}}",
                    f"{kind} {{week:02}}/{{year}}: {{topic}}", f"{week} {{week}}", f"{week} {{week}} ({{range}})"]
        case "year":
            return [f"{week} {{week}}", f"{kind} – {week} {{week}}", f"{week} {{week}}: {{topic}}", f"{kind} {week} {{week}} {{year}}"]
        case "episodes":
            return [f"{kind} – {form}" for form in episode] + [f"{kind} {episode[1]}: {{topic}}", f"{kind}, {episode[0]}: {{topic}}"]
        case "key":
            return ["{topic}", "{topic}", f"{kind}: {{topic}}"]
        case _:
            return [f"{kind} {{published:long}}", f"{kind} – {{published:weekday}}", f"{language.ending} {{last:long}}", f"{kind}: {{range}}",
                    f"{language.commencing} {{first:long}}", f"{kind} {{published}}", "{topic}", f"{kind}: {{topic}}", "{range}",
                    f"{kind} {{published:{LOCAL_DAYS.get(language.code, 'YYYY-MM-DD')}}}", "{published:weekday}"]


def date_template(form: str, site: Site, rng: random.Random) -> str:
    zone = rng.choice(calendar.ZONES)
    if site.name == "Pelican":
        return rng.choice(["{published}", "{published} {time:.5}"])
    if form == "trailer":
        return f"{{published}} {{time}} {zone.replace('Z', '+00:00')}"
    if form in ("toml", "json") or site.name == "Astro":
        return rng.choice(["{published}", f"{{published}}T{{time}}{zone}", f"{{published}}T{{time}}{zone}"])
    if site.name in ("plain folder", "Obsidian", "MkDocs"):
        return rng.choice(["{published}", "{published}", "{published:YYYY/MM/DD}", "{published}T{time}"])
    return rng.choice(["{published}", "{published}", f"{{published}} {{time}} {zone.replace(':', '').replace('Z', '+0000')}",
                       f"{{published}}T{{time}}{zone}"])


def draw_rhythm(scheme: str, site: Site, index: int, rng: random.Random) -> Rhythm:
    young = index % 11 == 5
    count = rng.choice([3, 5, 10]) if young else rng.choice([rng.randint(12, 40), rng.randint(30, 120), rng.randint(100, 400)])
    counted = {"key": rng.choice(["sequence", "epoch"])}.get(scheme, scheme)
    every = 2 if counted in ("sequence", "days") and not young and rng.random() < 0.1 else 1
    sunday = counted == "days" and rng.random() < 0.2 or counted == "iso" and site.name == "Obsidian" and rng.random() < 0.5
    start = rng.choice([1, 1, 1, 0, rng.randint(20, 300)]) if counted == "sequence" else rng.randint(3, 300)
    return Rhythm(count, counted, every, sunday, 5 if not sunday and every == 1 and rng.random() < 0.25 else 7, start,
                  rng.choice([4, 4, 6, 6, 5, 7, 3]), rng.choice([0, 0, 0.1, 0.3]), rng.choice([0, 0.03, 0.08, 0.15]), rng.random() < 0.5)


OPTIONAL: dict[str, Callable] = {  # keys that notes may have: (plan, claims, rng) -> value
    "description": lambda plan, claims, rng: f"{claims.topic}. {paragraph(plan, claims, rng)}",
    "summary": lambda plan, claims, rng: f"{claims.topic}; {say('{noun}', plan.language, rng).lower()}",
    "image": lambda plan, claims, rng: f"https://images.example.com/{claims.published:%Y}/{rng.randint(100, 999)}.jpg",
    "cover": lambda plan, claims, rng: {"image": f"https://images.example.com/{rng.randint(100, 999)}.jpg",
                                        "alt": say(rng.choice(plan.language.topics), plan.language, rng)},
    "mood": lambda plan, claims, rng: rng.choice(["calm", "busy", "tired", "happy", "curious"]),
    "location": lambda plan, claims, rng: rng.choice(["Lisbon", "Leeds", "Malmö", "Gent"]),
    "reading": lambda plan, claims, rng: [say("{Noun}", plan.language, rng) for _ in range(rng.randint(1, 3))],
    "featured": lambda plan, claims, rng: rng.random() < 0.2,
    "words": lambda plan, claims, rng: rng.randint(150, 1900),
}


def draw_constant(site: Site, form: str, kind: str, language: Language, rng: random.Random) -> Keys:
    """Keys with one value in all notes."""
    author = rng.choice(words.PEOPLE)
    keys: Keys = {"layout": rng.choice(["post", "weeknote", "note"])} if site.name == "Jekyll" else {}
    pool = {"author": slug(author) if form == "trailer" else f"{author} {rng.choice(words.SURNAMES)}", "draft": False,
            "type": rng.choice(["weeknote", "post"]), "category": rng.choice([kind, "notes"]), "lang": language.code,
            "comments": True, "toc": False, "layout": "post"}
    pool.pop("type" if site.name == "Hugo" else "", None)
    for key in rng.sample(sorted(pool), rng.randint(0, 4)):
        keys.setdefault(key, pool[key])
    if site.name == "Zola":  # other keys stand in its tables
        keys = {key: keys[key] for key in keys.keys() & {"draft"}}
    if form == "trailer":
        keys |= {"render_as": "Blog", "author": slug(author), "extension": "markdown"}
    return {(key.capitalize() if form == "headers" else key): value for key, value in keys.items()} if form != "none" else {}


def deal(seed: int, index: int, cards: list) -> object:
    """A card for each number, so that all are dealt before one comes again."""
    hand, at = divmod(index, len(cards))
    return random.Random(f"{seed} {hand} {len(cards)}").sample(cards, len(cards))[at]


def draw_plan(seed: int, index: int) -> Plan:
    """What is drawn first limits what is drawn then: names and titles depend on the scheme, all on the kind of site."""
    rng = random.Random(f"{seed}/{index}")
    scheme, site, language = deal(seed, index, SCHEMES), deal(seed, index, sites.SITES), rng.choice(words.LANGUAGES)
    form = rng.choice(site.forms)
    if scheme == "key" and form == "none":
        form = "yaml"
    rhythm = draw_rhythm(scheme, site, index, rng)
    # What does not call itself weekly is told by its days, of which a young archive has too few.
    loose = scheme in ("sequence", "days") and form != "none" and rhythm.count >= 30 and rhythm.every == 1 and rng.random() < 0.25
    kind = rng.choice(language.loose if loose else language.kinds)
    short, week = slug(kind), slug(language.week)
    # Nobody calls a fortnight a week.
    weekly = lambda text: rhythm.every == 2 and re.search(rf"\b{language.week}\b", text, re.I) and kind.lower() not in text.lower()
    name = rng.choice([t for t in name_templates(scheme, short, week, language) if not weekly(t)])
    if site.dated and not re.match(r"\{(published|first|last)\}-", name):
        name = "{published}-" + (name.split("/")[-1] if scheme != "days" else short)
    elif "/" not in name and site.name not in ("Astro", "Obsidian", "snips") and rng.random() < 0.15:
        name = "{published:YYYY}/" + name
    title = rng.choice([t for t in title_templates(scheme, kind, language) if not weekly(t)])
    where = rng.choice(site.titles) if form != "none" else "heading" if site.titles != ["key"] else "key"
    where = "heading" if where == "none" and scheme in ("episodes", "key") else where
    title_key = {"headers": "Title", "trailer": "page_title"}.get(form, "title") if where in ("key", "both") else ""
    date_key = rng.choice(site.dates) if form != "none" else ""
    # Something has to tell the day or the year where the number does not.
    said = name + (title if where != "none" else "")
    if not date_key and form != "none" and not re.search(r"\{(published|first|last|range)" + ("" if loose else r"|\{year|\{n"), said):
        date_key = next(filter(None, site.dates))
    date_key = date_key.capitalize() if form == "headers" else date_key
    folder = sites.kind_folder(site, kind, rng)
    tags = rng.sample(["work", "travel", "reading", "music", "cooking", "planning"], rng.randint(2, 5)) if rng.random() < 0.6 else []
    tags = [] if form in ("none", "trailer") else [short, *tags]
    mixed = site.name in ("Jekyll", "Hugo", "Eleventy", "Astro", "Pelican") and not loose and rng.random() < 0.5 and (
        short in name + slug(title) or bool(tags))
    if mixed:
        folder = next((f for f in site.folders if "{kind}" not in f), folder)
    # Few notes, or a fortnight between them, are told as weekly notes by words alone.
    if (rhythm.count < 16 or rhythm.every == 2 or form == "none") and not mixed and not (
            short in name + folder.lower() + slug(title) or re.search(rf"\b{week}\b", name + slug(title))):
        title = f"{kind}: {title}"
        name = name if where != "none" else f"{short}-{name}"
    templates = {"name": name}
    if title_key:
        templates[title_key] = title
    if date_key:
        templates[date_key] = date_template(form, site, rng)
    if where in ("heading", "both"):
        templates["heading"] = title
    add_claims(templates, scheme, form, site, language, rng)
    constant = draw_constant(site, form, short, language, rng)
    optional = [key for key in rng.sample(sorted(OPTIONAL), rng.choice([0, 0, 1, 2, 4])) if key not in templates]
    optional = optional if form in ("yaml", "json") or form == "toml" and site.name == "Hugo" else []
    return Plan(f"{seed}/{index}", scheme, language, site, rhythm, kind, form, rng.choice(["", "", '"', "'"]), rng.random() < 0.5, folder,
                site.bundles and "/" not in name and rng.random() < 0.4, rng.choice(site.extensions), rng.choice(["\n"] * 11 + ["\r\n"]),
                rng.choice(language.ranges), rng.choice(site.links), templates, title_key, date_key, constant, tags, optional, mixed,
                site.name == "snips" or site.name == "plain folder" and rng.random() < 0.2)


def add_claims(templates: dict[str, str], scheme: str, form: str, site: Site, language: Language, rng: random.Random) -> None:
    """Further places that state the week: keys with names of the author's own, and a line below the heading."""
    if form in ("yaml", "json", "headers") or form == "toml" and site.name == "Hugo":
        name = lambda key: key.capitalize() if form == "headers" else key
        if scheme == "key" or scheme in ("sequence", "epoch") and rng.random() < 0.25:
            templates[name(rng.choice(NUMBER_KEYS))] = "{n}"
        if scheme in ("iso", "year") and rng.random() < 0.2:
            templates[name(rng.choice(NUMBER_KEYS))] = rng.choice(["{week}", "{year}-W{week:02}"])
        if rng.random() < (0.3 if scheme in ("days", "key", "iso") else 0.1):
            templates[name(rng.choice(RANGE_KEYS))] = "{range}"
        if rng.random() < 0.15:
            key, day = rng.choice([(END_KEYS, "{last}"), (START_KEYS, "{first}")])
            templates[name(rng.choice(key))] = day
    elif scheme == "key":
        templates["opening"] = f"{language.week} {{n}}"
    if rng.random() < 0.2:
        templates["opening"] = rng.choice(["*{range}*", "_{range}_", "{published:weekday}", "*{published:weekday}*", f"{language.week}: {{range}}"])


# --- Notes ------------------------------------------------------------------------------------------------------------

def fresh_topics(plan: Plan, count: int, rng: random.Random) -> list[str]:
    """Topics without a repetition, as far as the words suffice; a number beside one makes it new."""
    seen: dict[str, None] = {}
    for tries in range(count * 30):
        if len(seen) == count:
            break
        template = rng.choice(plan.language.topics)
        topic = say(template if tries < count * 3 else "{Noun}, {noun}, {noun}", plan.language, rng)
        seen.setdefault(topic)
    return list(seen)


def paragraph(plan: Plan, claims: Claims, rng: random.Random, link: str = "") -> str:
    day = calendar.show_day(claims.published + DAY * rng.randint(-400, 60), "long", plan.language)
    text = " ".join(say(rng.choice(plan.language.sentences), plan.language, rng, day) for _ in range(rng.randint(1, 3)))
    if rng.random() < 0.03:
        text += f" ({plan.language.week} {rng.randint(1, 52)}: {say('{Noun}', plan.language, rng)}.)"
    return text + (" " + link if link else "")


def link_to(plan: Plan, note: Note, path: str) -> str:
    """A link to an earlier note, as this kind of site writes it."""
    undated = re.sub(r"^\d{4}-\d\d-\d\d-", "", note.name)
    section = re.sub(r"^(content|src/content|src|docs)(/|$)", "", note.folder)
    file = path.rsplit("/", 1)[-1]
    parts = {"name": note.name.lower() if plan.site.lower and plan.link.startswith("/") else note.name, "undated": undated,
             "day": note.claims.published.strftime("%Y/%m/%d") if plan.templates["name"].startswith("{published}") else note.name[:10].replace("-", "/"),
             "section": section.lower() if plan.site.lower else section, "file": file, "sub": note.folder.removeprefix("_posts").lstrip("/")}
    if parts["sub"]:
        parts["sub"] += "/"
    if "/" in plan.templates["name"] and plan.link == "[[{name}]]":  # the name alone is that of notes of other years, too
        parts["name"] = "/".join([note.folder.rsplit("/", 1)[-1], note.name])
    address = re.sub(r"\{(\w+)\}", lambda m: parts.get(m[1], m[0]), plan.link)
    address = address.replace("//", "/") if address.startswith("/") else address
    field = {"sequence": "n", "epoch": "n", "iso": "week", "year": "week"}.get(plan.scheme)
    text = f"{plan.language.week} {getattr(note.claims, field)}" if field and note.claims.topic < "M" else plan.language.last_week
    return address if address.startswith("[[") else f"[{text}]({address})"


def body(plan: Plan, claims: Claims, earlier: tuple[Note, str] | None, sections: list[str], rng: random.Random) -> list[str]:
    lines: list[str] = []
    defined: list[str] = []
    for number, section in enumerate(sections or [""]):
        lines += [f"## {section}", ""] if section else []
        for _ in range(rng.randint(1, 3)):
            link = ""
            if rng.random() < 0.25:
                text, url = say("{noun}", plan.language, rng).lower(), f"https://{rng.choice(HOSTS)}/{rng.choice(plan.tags or ['news'])}/{rng.randint(1, 900)}"
                if rng.random() < 0.4 and not any(line.startswith(f"[{text}]") for line in defined):
                    link = f"[{text}][]"
                    defined.append(f"[{text}]: {url}")
                else:
                    link = f"[{text}]({url})"
                link += "."
            lines += [paragraph(plan, claims, rng, link), ""]
        if rng.random() < 0.3:
            lines += [*(f"- {say(rng.choice(plan.language.topics), plan.language, rng)}" for _ in range(rng.randint(2, 4))), ""]
    if earlier:
        lines += [paragraph(plan, claims, rng, link_to(plan, *earlier) + "."), ""]
    return lines[:-1] + ([""] + defined if defined else [])


def write_note(plan: Plan, claims: Claims, rng: random.Random) -> Note:
    name = plan.fill("name", claims)
    folder, _, name = f"{plan.folder}/{name}".rpartition("/")
    keys: Keys = dict(plan.constant)
    for place in plan.templates:
        if place not in ("name", "heading", "opening"):
            text = plan.fill(place, claims)
            day = re.fullmatch(r"\d{4}-\d\d-\d\d([T ][\d:]+( ?[+-][\d:]+|Z)?)?", text)
            keys[place] = int(text) if text.isdigit() and plan.templates[place] in ("{n}", "{week}") else Bare(text) if day else text
    if plan.tags:
        key = {"headers": "Tags"}.get(plan.form, "tags")
        tags = [plan.tags[0], *rng.sample(plan.tags[1:], rng.randint(0, min(2, len(plan.tags) - 1)))]
        keys[key] = tags
        if plan.site.name == "Zola":
            del keys[key]
            keys["taxonomies"] = {"tags": tags}
    for key in plan.optional:
        keys[key] = OPTIONAL[key](plan, claims, rng)
    if plan.form == "trailer":
        keys = {"name": name, **keys}
    if plan.form == "none":
        keys = {}
    heading = plan.fill("heading", claims) if "heading" in plan.templates else ""
    return Note(claims, name, folder.lstrip("/"), keys, heading, plan.fill("opening", claims) if "opening" in plan.templates else "", [])


def make(seed: int, index: int) -> Archive:
    """The archive of this number: the same for the same seed."""
    plan = draw_plan(seed, index)
    rng = random.Random(f"notes {seed}/{index}")
    facts = calendar.claims(plan.rhythm, rng)
    for claims, topic in zip(facts, fresh_topics(plan, len(facts), rng)):
        claims.topic = topic
    facts = [claims for claims in facts if claims.topic]
    archive = Archive(plan, [write_note(plan, claims, rng) for claims in facts], {})
    deviate(archive, rng)
    write_bodies(archive, rng)
    archive.beside = beside(archive, rng)
    if plan.site.name == "plain folder" and rng.random() < 0.3:
        list_notes(archive)
    return archive


def write_bodies(archive: Archive, rng: random.Random) -> None:
    plan = archive.plan
    usual = rng.sample(plan.language.sections, rng.randint(2, 4)) if rng.random() < 0.6 else []
    other = rng.choice([language for language in words.LANGUAGES if language is not plan.language])
    linking = rng.choice([0, 0.1, 0.5])
    for number, note in enumerate(archive.notes):
        earlier = None
        if number and rng.random() < linking:
            target = archive.notes[number - 1]
            # An address with the folder's name is known only where the folder is that of the linking note.
            if target.folder == note.folder:
                target.linked, earlier = True, (target, archive.path(target))
                earlier = (target, f"../{target.name}/" if plan.bundle and plan.link == "{file}" else archive.path(target))
        spoken = dataclasses.replace(plan, language=other) if "second language" in note.odd else plan
        note.body = body(spoken, note.claims, earlier, usual, rng)


# --- What people do ---------------------------------------------------------------------------------------------------

def deviate(archive: Archive, rng: random.Random) -> None:
    """Human variation that is no mistake, in a few notes each."""
    if len(archive.notes) < 8:
        return
    ways = [run_of_weeks, other_wording, late_note, bank_holiday, lacking_key, further_key, second_language]
    for way in ways:
        if rng.random() < 0.5:
            for _ in range(rng.choice([1, 1, 2])):
                index = rng.randrange(1, len(archive.notes) - 1)
                if not archive.notes[index].odd:
                    way(archive, index, rng)
    if rng.random() < 0.3:
        renamed_author(archive, rng)
    if "draft" in archive.plan.constant and rng.random() < 0.4:
        archive.notes[-1].keys["draft"] = True
        archive.notes[-1].odd.add("draft")
    if rng.random() < 0.3 and archive.plan.form in ("yaml", "json"):
        new_key(archive, rng)


def rewrite(archive: Archive, note: Note, templates: dict[str, str] | None = None) -> None:
    """Fills the places of a note anew from its claims."""
    templates = archive.plan.templates | (templates or {})
    for place, template in templates.items():
        text = calendar.fill(template, note.claims, archive.plan.language, archive.plan.range)
        if place == "name":
            folder, _, note.name = f"{archive.plan.folder}/{text}".rpartition("/")
            note.folder = folder.lstrip("/")
            if "name" in note.keys and archive.plan.form == "trailer":
                note.keys["name"] = note.name
        else:
            note.put(place, text)


def run_of_weeks(archive: Archive, index: int, rng: random.Random) -> None:
    """A note that covers its week and the one before: numbers `12-13`, `12 and 13`, days over a fortnight."""
    plan, note = archive.plan, archive.notes[index]
    before, field = archive.notes[index - 1], {"iso": "week", "year": "week"}.get(plan.scheme, "n")
    counted = field == "n" and plan.rhythm.scheme != "days" or field == "week"
    if plan.scheme in ("episodes", "key") or plan.rhythm.every > 1 or before.linked or any(t == "{week}" or t == "{n}" for t in plan.templates.values()):
        return
    if (note.claims.first - before.claims.first).days != 7 or before.odd or note.claims.year != before.claims.year:
        return
    a, b = getattr(before.claims, field), getattr(note.claims, field)
    both, templates = {"name": f"{a}-{b}"}, {}
    note.claims = dataclasses.replace(note.claims, first=before.claims.first)
    if counted:
        text = rng.choice([f"{a} {plan.language.conjunction} {b}", f"{a}–{b}", f"{a} & {b}", f"{a}-{b}"])
        for place, template in plan.templates.items():
            width = re.search(rf"\{{{field}:0(\d)\}}", template)
            digits = int(width[1]) if width else 1
            said = f"{a:0{digits}}-{b:0{digits}}" if place == "name" or "W{week" in template or width else text
            templates[place] = re.sub(rf"\{{{field}(:\d+)?\}}", said, template)
            if place != "name" and f"{plan.language.week} {{{field}}}" in template:
                templates[place] = templates[place].replace(f"{plan.language.week} {a}", f"{plan.language.weeks} {a}")
    archive.notes.pop(index - 1)
    rewrite(archive, note, templates)
    note.odd.add("run")


def other_wording(archive: Archive, index: int, rng: random.Random) -> None:
    """A title in other words that says the same number or day."""
    plan, note = archive.plan, archive.notes[index]
    places = [place for place in (plan.title_key, "heading") if place in plan.templates]
    if places:
        template = plan.templates[places[0]]
        new = rng.choice([template + "!", f"{template} ({note.claims.topic.lower()})", template.replace(plan.kind, plan.kind + ",", 1)])
        rewrite(archive, note, dict.fromkeys(places, new))
        note.odd.add("wording")


def late_note(archive: Archive, index: int, rng: random.Random) -> None:
    """Published weeks late; where days are the only order, still before the next one."""
    plan, note = archive.plan, archive.notes[index]
    if plan.scheme in ("iso", "epoch", "year") and "{published" not in "".join(plan.templates.get(p, "") for p in ("name", "heading", "opening", plan.title_key)):
        note.claims = dataclasses.replace(note.claims, published=min(note.claims.published + DAY * rng.randint(8, 24), TODAY))
        rewrite(archive, note)
        note.odd.add("late")


def bank_holiday(archive: Archive, index: int, rng: random.Random) -> None:
    """A week of work that starts on Tuesday."""
    plan, note = archive.plan, archive.notes[index]
    if plan.rhythm.length == 5 and "{first" not in plan.templates["name"]:
        note.claims = dataclasses.replace(note.claims, first=note.claims.first + DAY)
        rewrite(archive, note)
        note.odd.add("holiday")


def lacking_key(archive: Archive, index: int, rng: random.Random) -> None:
    keys = [key for key in archive.plan.optional if key in archive.notes[index].keys]
    if keys and len(archive.notes) >= 12:
        del archive.notes[index].keys[rng.choice(keys)]
        archive.notes[index].odd.add("lacking")


def further_key(archive: Archive, index: int, rng: random.Random) -> None:
    if archive.plan.form in ("yaml", "json", "headers"):
        key = rng.choice(["canonical", "thanks", "soundtrack", "weather", "guest"])
        archive.notes[index].keys[key.capitalize() if archive.plan.form == "headers" else key] = rng.choice(words.PEOPLE)
        archive.notes[index].odd.add("further")


def second_language(archive: Archive, index: int, rng: random.Random) -> None:
    archive.notes[index].odd.add("second language")


def renamed_author(archive: Archive, rng: random.Random) -> None:
    """A new surname from some note on."""
    since = rng.randrange(3, len(archive.notes) - 3)
    key = next((key for key in ("author", "Author") if key in archive.plan.constant), None)
    if key and archive.plan.form != "trailer":
        new = archive.plan.constant[key].split()[0] + " " + rng.choice(words.SURNAMES)
        for note in archive.notes[since:]:
            note.keys[key] = new


def new_key(archive: Archive, rng: random.Random) -> None:
    """The template gets a key at some time."""
    since = rng.randrange(3, len(archive.notes) - 3)
    key = rng.choice([key for key in sorted(OPTIONAL) if key not in archive.plan.optional])
    for note in archive.notes[since:]:
        note.keys[key] = OPTIONAL[key](archive.plan, note.claims, rng)


# --- What lies beside -------------------------------------------------------------------------------------------------

def beside(archive: Archive, rng: random.Random) -> dict[str, str]:
    """Files that are no notes: configuration, pages, other posts on irregular days, daily notes."""
    plan = archive.plan
    author = str(plan.constant.get("author", "nobody"))
    title = rng.choice([f"{rng.choice(words.PEOPLE)} {rng.choice(words.SURNAMES)}", say("{Noun}", plan.language, rng)])
    files = sites.site_files(plan.site, title, plan.language, author)
    about = {"title": "About"} if plan.form not in ("none", "headers", "trailer") else {"Title": "About"} if plan.form == "headers" else {}
    if plan.form == "trailer":
        about = {"name": "about", "render_as": "Page"}
    text = [f"# {say('{Noun}', plan.language, rng)}", ""] if not about else []
    prose = lambda: paragraph(plan, archive.notes[0].claims, rng)
    files[plan.site.page] = sites.document(about, text + [prose(), "", prose()], plan.form, "", True)
    if plan.site.name == "Hugo" and plan.folder != "content":
        files[f"{plan.folder}/_index.md"] = f"---\ntitle: {plan.kind}\n---\n"
    if plan.site.name == "Zola":
        folders = {note.folder for note in archive.notes} | {plan.folder}
        files |= {f"{folder}/_index.md": "+++\nsort_by = \"date\"\n+++\n" for folder in folders}
    if plan.site.name == "Eleventy" and "layout" not in plan.constant:
        files[f"{plan.folder}/{plan.folder.rsplit('/', 1)[-1]}.json"] = '{ "layout": "post.njk" }\n'
    if plan.mixed:
        files |= other_posts(archive, rng)
    if plan.site.name == "Obsidian":
        files |= daily_notes(archive, rng)
    return files


def list_notes(archive: Archive) -> None:
    """A README that links to all notes."""
    lines = [f"- [{note.heading or note.name}]({archive.path(note)})" for note in archive.notes]
    archive.beside["README.md"] += "\n".join(["", *lines, ""])
    for note in archive.notes:
        note.linked = True


def other_posts(archive: Archive, rng: random.Random) -> dict[str, str]:
    plan, files = archive.plan, {}
    day = archive.notes[0].claims.published
    for _ in range(rng.randint(6, 40)):
        day += DAY * rng.choice([1, 3, 5, 11, 16, 25, 38, 61, 90])
        if day > TODAY - 40 * DAY:
            break
        title = say(rng.choice(plan.language.others), plan.language, rng)
        keys: Keys = dict(plan.constant)
        if plan.title_key:
            keys[plan.title_key] = title
        date_key = plan.date_key or "date"
        keys[date_key] = Bare(calendar.fill(plan.templates.get(date_key, "{published}"), dataclasses.replace(archive.notes[0].claims, published=day),
                                            plan.language, plan.range))
        if plan.tags:
            keys["Tags" if plan.form == "headers" else "tags"] = [rng.choice(["essay", "recipe", "talk"])]
        keys |= {"category": "essays"} if "category" in keys else {}
        keys |= {"layout": "post"} if "layout" in keys else {}
        keys |= {"type": "post"} if "type" in keys else {}
        name = slug(title)
        name = f"{day}-{name}" if plan.site.dated or plan.templates["name"].startswith("{published") else name
        files[f"{plan.folder}/{name}{plan.end}"] = sites.document(keys, [paragraph(plan, archive.notes[0].claims, rng)], plan.form, plan.quotes, plan.flow)
    return files


def daily_notes(archive: Archive, rng: random.Random) -> dict[str, str]:
    """Daily notes of a vault, with gaps, beside the weekly ones."""
    plan, last = archive.plan, archive.notes[-1].claims.published
    folder = rng.choice(["Daily", "Journal/Daily", "Journal"])
    days = [last - DAY * back for back in range(rng.randint(20, 120)) if rng.random() < 0.8]
    return {f"{folder}/{day}.md": "\n".join([f"# {calendar.show_day(day, 'weekday', plan.language)}", "",
                                            paragraph(plan, archive.notes[0].claims, rng), ""]) for day in days}
