"""What seven languages call weeks, notes and days, and the words that prose is made of.

All sentences are made up for this instrument. Nouns carry their article; German ones are feminine or neuter, so that
subject and object look the same.
"""
import dataclasses
import random
import re
import unicodedata


@dataclasses.dataclass(frozen=True)
class Language:
    """A language: `kinds` are what weekly notes are called, `loose` names that do not say weekly by themselves."""

    code: str
    months: list[str]
    weekdays: list[str]  # from Monday
    week: str
    weeks: str
    season: str
    episode: str
    conjunction: str
    ending: str
    commencing: str
    long: str  # a day, as `show` fills it
    ranges: list[tuple[str, str]]  # within a month, and across two
    kinds: list[str]
    loose: list[str]
    nouns: list[str]
    topics: list[str]
    sentences: list[str]
    sections: list[str]
    others: list[str]  # titles of posts that are no notes
    last_week: str


def split(text: str) -> list[str]:
    return [part.strip() for part in text.split("|")]


PEOPLE = split("Ada|Noor|Emil|Ines|Jonas|Mira|Tove|Hugo|Lena|Paulo|Sanne|Yara|Nils|Clara|Rui|Elin")
SURNAMES = split("Bergman|Okafor|Lindqvist|Moreau|Castillo|de Wit|Hartmann|Pereira|Novak|Whitlock")

ENGLISH = Language(
    "en",
    split("January|February|March|April|May|June|July|August|September|October|November|December"),
    split("Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"),
    "Week", "Weeks", "Season", "Episode", "and", "Week ending", "Week commencing", "D MMMM YYYY",
    [("A–B MMMM YYYY", "A MMMM – B NNNN YYYY"), ("MMMM A–B, YYYY", "MMMM A – NNNN B, YYYY"),
     ("A to B MMMM YYYY", "A MMMM to B NNNN YYYY")],
    split("Weeknotes|Weeknote|Weekly notes|Week in review|Weekly digest|Weekly update|Team weeknotes|This week in the workshop"),
    split("Newsletter issue|Issue|Meeting minutes|Digest"),
    split("the boat|the archive|the map|the garden|the shop window|the printer|the bridge|the choir|the search page|the budget"
          "|the library|the bakery|the tram|the survey|the new door|the radio play|the lighthouse|the beehive|the form"
          "|the old server|the festival|the stairs|the museum shop|the timetable|the orchard"),
    split("{Noun}|{Noun} and {noun}|More about {noun}|{small} things about {noun}|{big} years of {noun}|Goodbye to {noun}"
          "|Waiting for {noun}|{Noun}, again|Rain, tea and {noun}"),
    split("We spent {small} days on {noun} with {person}.|{person} drew {noun} from memory.|{Noun} is late again, but nobody minds."
          "|On {weekday} {person} moved {noun} to the other side of the river.|There are {big} names on the list for {noun}."
          "|{person} and {person} talked about {noun} over lunch.|Somebody asked {big} questions about {noun}, and we answered {small}."
          "|{Noun} opens on {date}.|I slept badly and still finished {noun}.|Next, {person} will look at {noun} once more."
          "|Nothing happened with {noun}, which is fine."),
    split("Work|Reading|Next|Seen and heard|At home|Decisions|Thanks"),
    split("How {noun} came to be|On {noun}|Notes from a talk about {noun}|A recipe for {person}|Why I like {noun}"), "last week")

GERMAN = Language(
    "de",
    split("Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"),
    split("Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag"),
    "Woche", "Wochen", "Staffel", "Folge", "und", "Woche bis", "Woche ab", "D. MMMM YYYY",
    [("A.–B. MMMM YYYY", "A. MMMM – B. NNNN YYYY"), ("A. bis B. MMMM YYYY", "A. MMMM bis B. NNNN YYYY")],
    split("Wochennotizen|Wochennotiz|Wochenrückblick|Wochenbericht|Wochenbrief"),
    split("Newsletter Ausgabe|Ausgabe|Protokoll"),
    split("die Brücke|das Archiv|die Karte|das Schaufenster|die Werkstatt|das Boot|die Umfrage|das Formular|die Bäckerei"
          "|das Radio|die Treppe|das Lager|die Orgel|das Fest|die Suche|das Beet|die Bibliothek|das Modell|die Leitung"),
    split("{Noun}|{Noun} und {noun}|Noch einmal {noun}|{small} Dinge über {noun}|{big} Jahre {noun}|Warten auf {noun}"
          "|Regen, Tee und {noun}"),
    split("{person} zeichnet {noun} aus dem Kopf.|{Noun} kommt später, und niemand ist böse.|Am {weekday} war {noun} dran."
          "|Auf der Liste stehen {big} Namen.|{person} und {person} reden beim Essen über {noun}.|{Noun} öffnet am {date}."
          "|Wir haben {small} Tage gebraucht.|Danach schaut {person} noch einmal auf {noun}."),
    split("Arbeit|Gelesen|Demnächst|Gehört und gesehen|Zuhause|Beschlüsse"),
    split("Wie {noun} entstand|Über {noun}|Ein Rezept für {person}|Warum ich {noun} mag"), "letzte Woche")

FRENCH = Language(
    "fr",
    split("janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"),
    split("lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"),
    "Semaine", "Semaines", "Saison", "Épisode", "et", "Semaine terminée le", "Semaine du", "D MMMM YYYY",
    [("du A au B MMMM YYYY", "du A MMMM au B NNNN YYYY"), ("A–B MMMM YYYY", "A MMMM – B NNNN YYYY")],
    split("Notes de la semaine|Bilan de la semaine|Carnet hebdomadaire|Notes hebdo|La semaine en bref"),
    split("Lettre|Compte rendu|Numéro"),
    split("le bateau|la carte|le jardin|la vitrine|l'atelier|le pont|la chorale|le formulaire|la boulangerie|la radio"
          "|l'escalier|le dépôt|la fête|la recherche|le budget|la bibliothèque|le modèle|le tramway"),
    split("{Noun}|{Noun} et {noun}|Encore {noun}|{small} choses sur {noun}|En attendant {noun}|{Noun}, suite et fin"),
    split("{person} dessine {noun} de mémoire.|{Noun} prend du retard, et tant pis.|Rien de neuf pour {noun}."
          "|{person} et {person} parlent de tout autre chose.|Il y a {big} noms sur la liste.|On ouvre le {date}."
          "|Il a fallu {small} jours pour comprendre {noun}."),
    split("Travail|Lectures|La suite|Vu et entendu|À la maison|Décisions"),
    split("Comment faire {noun}|À propos : {noun}|Une recette pour {person}"), "la semaine dernière")

SPANISH = Language(
    "es",
    split("enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"),
    split("lunes|martes|miércoles|jueves|viernes|sábado|domingo"),
    "Semana", "Semanas", "Temporada", "Episodio", "y", "Semana hasta el", "Semana del", "D de MMMM de YYYY",
    [("del A al B de MMMM de YYYY", "del A de MMMM al B de NNNN de YYYY"), ("A–B de MMMM de YYYY", "A de MMMM – B de NNNN de YYYY")],
    split("Notas semanales|Resumen semanal|Notas de la semana|La semana en breve"), split("Boletín|Acta|Número"),
    split("el barco|el mapa|la huerta|el taller|el puente|el coro|la encuesta|la panadería|la radio|la escalera|el almacén"
          "|la fiesta|la biblioteca|el tranvía|el faro|la puerta nueva"),
    split("{Noun}|{Noun} y {noun}|Otra vez {noun}|{small} cosas sobre {noun}|Esperando {noun}|Lluvia, té y {noun}"),
    split("{person} dibuja {noun} de memoria.|{Noun} va con retraso, y no pasa nada.|Hay {big} nombres en la lista."
          "|{person} y {person} hablan de otra cosa.|Abrimos el {date}.|Tardamos {small} días en entender {noun}."),
    split("Trabajo|Lecturas|Lo siguiente|Visto y oído|En casa|Acuerdos"),
    split("Cómo nació {noun}|Sobre {noun}|Una receta para {person}"), "la semana pasada")

SWEDISH = Language(
    "sv",
    split("januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"),
    split("måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag"),
    "Vecka", "Veckor", "Säsong", "Avsnitt", "och", "Veckan till", "Veckan från", "D MMMM YYYY",
    [("A–B MMMM YYYY", "A MMMM – B NNNN YYYY"), ("A till B MMMM YYYY", "A MMMM till B NNNN YYYY")],
    split("Veckobrev|Veckoanteckningar|Veckans anteckningar|Veckorapport"), split("Nyhetsbrev|Protokoll|Nummer"),
    split("båten|kartan|trädgården|verkstaden|bron|kören|enkäten|bageriet|radion|trappan|lagret|festen|biblioteket|fyren"
          "|sökningen|budgeten"),
    split("{Noun}|{Noun} och {noun}|Mer om {noun}|{small} saker om {noun}|{big} år med {noun}|Hejdå till {noun}"),
    split("{person} ritar {noun} ur minnet.|{Noun} är sen igen, men det gör inget.|Det står {big} namn på listan."
          "|{person} och {person} pratar om {noun} på lunchen.|Vi öppnar {date}.|I {weekday}s flyttade vi {noun}."),
    split("Arbete|Läst|Härnäst|Sett och hört|Hemma|Beslut"),
    split("Hur {noun} blev till|Om {noun}|Ett recept för {person}"), "förra veckan")

DUTCH = Language(
    "nl",
    split("januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"),
    split("maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"),
    "Week", "Weken", "Seizoen", "Aflevering", "en", "Week tot en met", "Week van", "D MMMM YYYY",
    [("A–B MMMM YYYY", "A MMMM – B NNNN YYYY"), ("A t/m B MMMM YYYY", "A MMMM t/m B NNNN YYYY")],
    split("Weeknotities|Weekoverzicht|Weekbericht|Weeknotes"), split("Nieuwsbrief|Notulen|Nummer"),
    split("de boot|het archief|de kaart|de tuin|de etalage|de brug|het koor|de bakkerij|de radio|de trap|het feest"
          "|de bibliotheek|het formulier|de tram|de vuurtoren|de begroting"),
    split("{Noun}|{Noun} en {noun}|Nog eens {noun}|{small} dingen over {noun}|{big} jaar {noun}|Wachten op {noun}"),
    split("{person} tekent {noun} uit het hoofd.|{Noun} is weer te laat, maar dat geeft niet.|Er staan {big} namen op de lijst."
          "|{person} en {person} praten over {noun}.|We openen op {date}.|Op {weekday} was {noun} aan de beurt."),
    split("Werk|Gelezen|Straks|Gezien en gehoord|Thuis|Besluiten"),
    split("Hoe {noun} ontstond|Over {noun}|Een recept voor {person}"), "vorige week")

PORTUGUESE = Language(
    "pt",
    split("janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro"),
    split("segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira|sábado|domingo"),
    "Semana", "Semanas", "Temporada", "Episódio", "e", "Semana até", "Semana de", "D de MMMM de YYYY",
    [("A a B de MMMM de YYYY", "A de MMMM a B de NNNN de YYYY"), ("A–B de MMMM de YYYY", "A de MMMM – B de NNNN de YYYY")],
    split("Notas da semana|Notas semanais|Resumo semanal|A semana em resumo"), split("Boletim|Ata|Número"),
    split("o barco|o mapa|a horta|a oficina|a ponte|o coro|a padaria|o rádio|a escada|o armazém|a festa|a biblioteca|o bonde"
          "|o farol|a porta nova|o orçamento"),
    split("{Noun}|{Noun} e {noun}|De novo {noun}|{small} coisas sobre {noun}|À espera: {noun}|Chuva, chá e {noun}"),
    split("{person} desenha {noun} de cabeça.|{Noun} está sem pressa.|Há {big} nomes na lista."
          "|{person} e {person} falam de outra coisa.|Abrimos em {date}.|Levamos {small} dias para entender {noun}."),
    split("Trabalho|Leituras|A seguir|Visto e ouvido|Em casa|Decisões"),
    split("Como surgiu {noun}|Sobre {noun}|Uma receita para {person}"), "semana passada")

LANGUAGES = [ENGLISH, ENGLISH, ENGLISH, ENGLISH, GERMAN, GERMAN, FRENCH, SPANISH, SWEDISH, DUTCH, PORTUGUESE]


def slug(text: str) -> str:
    """A text as generators write it in an address."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ü", "ue")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def say(template: str, language: Language, rng: random.Random, day: str = "") -> str:
    """A template of a sentence or title, filled with words drawn at random."""
    def word(match: re.Match) -> str:
        match match[1]:
            case "noun": return rng.choice(language.nouns)
            case "Noun": return upper(rng.choice(language.nouns))
            case "person": return rng.choice(PEOPLE)
            case "weekday": return rng.choice(language.weekdays)
            case "small": return str(rng.randint(2, 9))
            case "big": return str(rng.choice([rng.randint(11, 99), 100, 150, 1000]))
            case _: return day
    return upper(re.sub(r"\{(\w+)\}", word, template))
