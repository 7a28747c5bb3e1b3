"""Whole archives: the notes of a plan are written, then people deviate, and other files are put beside them."""
import dataclasses
import random
import re
from typing import Any

from . import calendar, sites, words
from .calendar import DAY, TODAY, Claims
from .plans import OPTIONAL, Plan, draw_plan
from .sites import Bare, Keys
from .words import say, slug

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
            kind = int if type(old) is int and text.isdigit() else type(old) if isinstance(old, str) else str
            self.keys[place] = kind(text)


@dataclasses.dataclass
class Archive:
    plan: Plan
    notes: list[Note]
    beside: dict[str, str]

    def path(self, note: Note) -> str:
        return f"{note.folder}/{note.name}{self.plan.end}".lstrip("/")

    def text(self, note: Note) -> str:
        head = []
        if note.heading:
            head += [note.heading, "=" * len(note.heading), ""] if self.plan.setext else ["# " + note.heading, ""]
        if note.opening:
            head += [note.opening, ""]
        text = sites.document(note.keys, head + note.body, self.plan.form, self.plan.quotes, self.plan.flow)
        return text.replace("\n", self.plan.newline)

    def files(self) -> dict[str, str]:
        return self.beside | {self.path(note): self.text(note) for note in self.notes}


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
    parts = {"name": note.name, "undated": undated, "day": note.name[:10].replace("-", "/"), "section": section, "file": file,
             "sub": (note.folder.removeprefix("_posts") + "/").lstrip("/")}
    if plan.site.lower and plan.link.startswith("/"):
        parts |= {"name": note.name.lower(), "section": section.lower()}
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
                text = say("{noun}", plan.language, rng).lower()
                url = f"https://{rng.choice(HOSTS)}/{rng.choice(plan.tags or ['news'])}/{rng.randint(1, 900)}"
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


def optional(key: str, plan: Plan, claims: Claims, rng: random.Random) -> Any:
    """A value of a key that notes may have."""
    match key:
        case "cover": return {"image": f"https://images.example.com/{rng.randint(100, 999)}.jpg", "alt": say("{Noun}", plan.language, rng)}
        case "description": return f"{claims.topic}. {paragraph(plan, claims, rng)}"
        case "featured": return rng.random() < 0.2
        case "image": return f"https://images.example.com/{claims.published:%Y}/{rng.randint(100, 999)}.jpg"
        case "location": return rng.choice(["Lisbon", "Leeds", "Malmö", "Gent"])
        case "mood": return rng.choice(["calm", "busy", "tired", "happy", "curious"])
        case "reading": return [say("{Noun}", plan.language, rng) for _ in range(rng.randint(1, 3))]
        case "summary": return f"{claims.topic}; {say('{noun}', plan.language, rng).lower()}"
        case _: return rng.randint(150, 1900)


def write_note(plan: Plan, claims: Claims, rng: random.Random) -> Note:
    name = plan.fill("name", claims)
    folder, _, name = f"{plan.folder}/{name}".rpartition("/")
    keys: Keys = dict(plan.constant)
    for place in plan.templates:
        if place not in ("name", "heading", "opening"):
            text = plan.fill(place, claims)
            day = re.fullmatch(r"\d{4}-\d\d-\d\d([T ][\d:]+( ?[+-][\d:]+|Z)?)?", text)
            number = text.isdigit() and plan.templates[place] in ("{n}", "{week}")
            keys[place] = int(text) if number else Bare(text) if day else text
    if plan.tags:
        key = {"headers": "Tags"}.get(plan.form, "tags")
        tags = [plan.tags[0], *rng.sample(plan.tags[1:], rng.randint(0, min(2, len(plan.tags) - 1)))]
        keys[key] = tags
        if plan.site.name == "Zola":
            del keys[key]
            keys["taxonomies"] = {"tags": tags}
    for key in plan.optional:
        keys[key] = optional(key, plan, claims, rng)
    if plan.form == "trailer":
        keys = {"name": name, **keys}
    if plan.form == "none":
        keys = {}
    heading = plan.fill("heading", claims) if "heading" in plan.templates else ""
    opening = plan.fill("opening", claims) if "opening" in plan.templates else ""
    return Note(claims, name, folder.lstrip("/"), keys, heading, opening, [])


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
    bare = {"{week}", "{n}"} & {*plan.templates.values()}
    if plan.scheme in ("episodes", "key") or plan.rhythm.every > 1 or before.linked or bare:
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
        ways = [template + "!", f"{template} ({note.claims.topic.lower()})", template.replace(plan.kind, plan.kind + ",", 1)]
        new = rng.choice(ways)
        rewrite(archive, note, dict.fromkeys(places, new))
        note.odd.add("wording")


def late_note(archive: Archive, index: int, rng: random.Random) -> None:
    """Published weeks late; where days are the only order, still before the next one."""
    plan, note = archive.plan, archive.notes[index]
    said = "".join(plan.templates.get(place, "") for place in ("name", "heading", "opening", plan.title_key))
    if plan.scheme in ("iso", "epoch", "year") and "{published" not in said:
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
    key = rng.choice([key for key in OPTIONAL if key not in archive.plan.optional])
    for note in archive.notes[since:]:
        note.keys[key] = optional(key, archive.plan, note.claims, rng)


# --- What lies beside -------------------------------------------------------------------------------------------------

def beside(archive: Archive, rng: random.Random) -> dict[str, str]:
    """Files that are no notes: configuration, pages, other posts on irregular days, daily notes."""
    plan = archive.plan
    author = str(plan.constant.get("author", "nobody"))
    title = rng.choice([f"{rng.choice(words.PEOPLE)} {rng.choice(words.SURNAMES)}", say("{Noun}", plan.language, rng)])
    files = sites.site_files(plan.site, title, plan.language, author)
    about: Keys = {"none": {}, "headers": {"Title": "About"}, "trailer": {"name": "about", "render_as": "Page"}}.get(
        plan.form, {"title": "About"})
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
        claims = dataclasses.replace(archive.notes[0].claims, published=day)
        keys[date_key] = Bare(calendar.fill(plan.templates.get(date_key, "{published}"), claims, plan.language, plan.range))
        if plan.tags:
            keys["Tags" if plan.form == "headers" else "tags"] = [rng.choice(["essay", "recipe", "talk"])]
        for key, other in {"category": "essays", "layout": "post", "type": "post"}.items():
            keys |= {written: other for written in (key, key.capitalize()) if written in keys}
        name = slug(title)
        name = f"{day}-{name}" if plan.site.dated or plan.templates["name"].startswith("{published") else name
        text = [paragraph(plan, claims, rng)]
        files[f"{plan.folder}/{name}{plan.end}"] = sites.document(keys, text, plan.form, plan.quotes, plan.flow)
    return files


def daily_notes(archive: Archive, rng: random.Random) -> dict[str, str]:
    """Daily notes of a vault, with gaps, beside the weekly ones."""
    plan, last = archive.plan, archive.notes[-1].claims.published
    folder = rng.choice(["Daily", "Journal/Daily", "Journal"])
    days = [last - DAY * back for back in range(rng.randint(20, 120)) if rng.random() < 0.8]
    taken = {note.name for note in archive.notes}  # else a link to one of the two would be ambiguous
    heading = lambda day: "# " + calendar.show_day(day, "weekday", plan.language)
    prose = lambda: paragraph(plan, archive.notes[0].claims, rng)
    return {f"{folder}/{day}.md": f"{heading(day)}\n\n{prose()}\n" for day in days if str(day) not in taken}
