"""How an archive is kept, drawn at random: its scheme, names, titles, metadata, rhythm, language and generator."""
import dataclasses
import random
import re

from . import calendar, sites, words
from .calendar import Claims, Rhythm
from .sites import Keys, Site
from .words import Language, slug

SCHEMES = ["sequence", "sequence", "sequence", "epoch", "iso", "iso", "year", "episodes", "days", "days", "days", "key"]
NUMBER_KEYS = words.split("week|number|issue|edition|nr|weeknote|ordinal|count|num|part|week_no")
RANGE_KEYS = words.split("period|covers|dates|span|subtitle|timeframe|weekRange|about_days")
END_KEYS = words.split("week_ending|until|ends|weekEnd|to_day")
START_KEYS = words.split("week_of|from|starts|monday_is|weekStart")
LOCAL_DAYS = {"en": "us", "de": "DD.MM.YYYY", "fr": "DD/MM/YYYY", "es": "DD/MM/YYYY", "nl": "DD-MM-YYYY"}
TAGS = words.split("work|travel|reading|music|cooking|planning")
OPTIONAL = ["cover", "description", "featured", "image", "location", "mood", "reading", "summary", "words"]  # keys


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


def name_templates(scheme: str, kind: str, week: str, language: Language) -> list[str]:
    """File names without a day before them (but for schemes of days)."""
    season, episode = slug(language.season), slug(language.episode)
    match scheme:
        case "sequence" | "epoch":
            return [f"{kind}-{{n}}", f"{kind}-{{n}}", "{n:03}", f"{week}-{{n}}", f"{week}-{{n:02}}", f"{kind}-{{n:03}}", "{n}",
                    f"{kind}.{{n}}", "{n:03}-{slug}", f"{week}-{{n}}-{{slug}}", f"{kind}_{{n}}"]
        case "iso":
            return ["{year}-W{week:02}", "{year}-W{week:02}", f"{week}-{{week}}-{{year}}", "{year}w{week:02}",
                    f"{kind}-{{year}}-w{{week:02}}", f"{kind}-{{year}}-{{week:02}}", "{year}/{week:02}",
                    f"{{year}}/{week}-{{week}}"]
        case "year":
            return [f"{{year}}/{week}-{{week}}", f"{{year}}/{kind}-{{week:02}}", "{year}/{week:02}-{slug}"]
        case "episodes":
            return [f"{kind}-s{{season:02}}e{{episode:02}}", "s{season}e{episode}", "{slug}",
                    f"{season}-{{season:02}}-{episode}-{{episode:02}}", f"{kind}-{season}-{{season}}-{episode}-{{episode}}"]
        case "key":
            return ["{published}-{slug}", "{slug}", f"{{published}}-{kind}"]
        case _:
            return [f"{{published}}-{kind}", f"{{published}}-{kind}", "{last}", "{first}", "{published}", "{published:YYYYMMDD}",
                    f"{kind}-{{last}}", f"{kind}-{{published}}", "{first}_to_{last}", f"{{last}}-{week}", "{published}-{slug}",
                    f"{{published:DD-MM-YYYY}}-{kind}", "{published:YYYY}/{published:MM}-{published:DD}"]


def title_templates(scheme: str, kind: str, language: Language) -> list[str]:
    week, numbers = language.week, ["{n}", "#{n}", "No. {n}", "{n}"]
    episode = [f"{language.season} {{season}}, {language.episode} {{episode}}", "S{season:02}E{episode:02}"]
    match scheme:
        case "sequence" | "epoch":
            return [f"{kind} {number}{end}" for number in numbers for end in ("", ": {topic}", " – {topic}")] + [
                f"{week} {{n}}", f"{week} {{n}}: {{topic}}", f"{kind}: {week} {{n}}",
                f"{kind} {{n}}, {language.ending} {{last:long}}", f"{week} {{n}} ({{range}})"]
        case "iso":
            return [f"{week} {{week}}, {{year}}", f"{week} {{week}}/{{year}}", f"{kind} {{year}}-W{{week:02}}",
                    f"{kind} {{week:02}}/{{year}}: {{topic}}", f"{week} {{week}}", f"{week} {{week}} ({{range}})"]
        case "year":
            return [f"{week} {{week}}", f"{kind} – {week} {{week}}", f"{week} {{week}}: {{topic}}",
                    f"{kind} {week} {{week}} {{year}}"]
        case "episodes":
            return [f"{kind} – {episode[0]}", f"{kind} – {episode[1]}", f"{kind} {episode[1]}: {{topic}}",
                    f"{kind}, {episode[0]}: {{topic}}"]
        case "key":
            return ["{topic}", "{topic}", f"{kind}: {{topic}}"]
        case _:
            return [f"{kind} {{published:long}}", f"{kind} – {{published:weekday}}", f"{language.ending} {{last:long}}",
                    f"{kind}: {{range}}", f"{language.commencing} {{first:long}}", f"{kind} {{published}}", "{topic}",
                    f"{kind}: {{topic}}", "{range}",
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
    length = 5 if not sunday and every == 1 and rng.random() < 0.25 else 7
    return Rhythm(count, counted, every, sunday, length, start, weekday=rng.choice([4, 4, 6, 6, 5, 7, 3]),
                  drift=rng.choice([0, 0, 0.1, 0.3]), gaps=rng.choice([0, 0.03, 0.08, 0.15]), holidays=rng.random() < 0.5)


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
    if form == "headers":  # a single line would be a paragraph rather than metadata
        keys.setdefault("author", pool["author"])
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
    telling = r"\{(published|first|last|range" + ("" if loose else "|year|n[:}]") + ")"
    if not date_key and form != "none" and not re.search(telling, said):
        date_key = next(filter(None, site.dates))
    date_key = date_key.capitalize() if form == "headers" else date_key
    folder = sites.kind_folder(site, kind, rng)
    tags = rng.sample(TAGS, rng.randint(2, 5)) if rng.random() < 0.6 else []
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
    optional = [key for key in rng.sample(OPTIONAL, rng.choice([0, 0, 1, 2, 4])) if key not in templates]
    optional = optional if form in ("yaml", "json") or form == "toml" and site.name == "Hugo" else []
    return Plan(
        f"{seed}/{index}", scheme, language, site, rhythm, kind, form, quotes=rng.choice(["", "", '"', "'"]), flow=rng.random() < 0.5,
        folder=folder, bundle=site.bundles and "/" not in name and rng.random() < 0.4, extension=rng.choice(site.extensions),
        newline=rng.choice(["\n"] * 11 + ["\r\n"]), range=rng.choice(language.ranges), link=rng.choice(site.links),
        templates=templates, title_key=title_key, date_key=date_key, constant=constant, tags=tags, optional=optional, mixed=mixed,
        setext=site.name == "snips" or site.name == "plain folder" and rng.random() < 0.2)


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
        templates["opening"] = rng.choice(["*{range}*", "_{range}_", "{published:weekday}", "*{published:weekday}*", "{range}"])
