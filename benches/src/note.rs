//! A weeknote. On average it has 3.9 kB and 560 words in nine paragraphs or so, two or three headings of second rank, nine
//! links by reference to nine definitions, five links in line, nine keys, and a mistake in one note of twenty-five:
//! measured on five hundred notes that a real archive has.

use crate::dice::Dice;
use crate::words::{self, AUTHORS, capital, clause, thing};
use anyhow::Result;
use jiff::Span;
use jiff::civil::{Date, date};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Where a note has its metadata.
#[derive(Clone, Copy)]
pub enum Shape {
    /// At the end, in lines such as `:kind: blog`.
    Trailer,
    /// At the beginning, as YAML.
    FrontMatter,
}

/// What is wrong with a note.
#[derive(Clone, Copy, PartialEq)]
enum Mistake {
    UndefinedReference,
    UnusedDefinition,
    WrongWeek,
    WrongLink,
    StrayBlank,
}

/// A day of a week, from 0 for Monday. Week 1 begins on Monday, 1 January 2007.
fn day(week: usize, weekday: usize) -> Result<Date> {
    let days = (week * 7 + weekday).saturating_sub(7);
    let days = Span::new().try_days(i64::try_from(days)?)?;
    Ok(date(2007, 1, 1).checked_add(days)?)
}

/// The note with a number, from 0, for a week, from 1.
pub fn text(number: usize, week: usize, shape: Shape) -> Result<String> {
    let mut dice = Dice::of(number);
    let mistake = dice.happens(4).then(|| match dice.below(5) {
        0 => Mistake::UndefinedReference,
        1 => Mistake::UnusedDefinition,
        2 => Mistake::WrongWeek,
        3 => Mistake::WrongLink,
        _ => Mistake::StrayBlank,
    });
    let author = dice.below(AUTHORS.len());
    let stated = week + usize::from(mistake == Some(Mistake::WrongWeek));
    let mut body = Body::new(dice, week, mistake);
    body.write(author)?;
    let title = format!("Week {stated}");
    Ok(match shape {
        Shape::Trailer => {
            let line = "=".repeat(title.len());
            let mut trailer = trailer(week, author)?;
            if mistake == Some(Mistake::StrayBlank) {
                trailer = trailer.replace(":kind: blog", ":kind: blog ");
            }
            format!("{title}\n{line}\n\n{}{trailer}", body.text)
        }
        Shape::FrontMatter => {
            let mut front = front_matter(week, author)?;
            if mistake == Some(Mistake::StrayBlank) {
                front = front.replace("layout: weeknote", "layout: weeknote\u{a0}");
            }
            format!("{front}\n# {title}\n\n{}", body.text)
        }
    })
}

/// The body of a note as a part of another: no label or definition is another part's.
pub fn part(number: usize) -> Result<String> {
    let mut body = Body::new(Dice::of(number), number % 900 + 1, None);
    body.suffix = format!(" {number}");
    body.write(number % AUTHORS.len())?;
    Ok(body.text)
}

/// The page of somebody who writes notes.
pub fn author(called: &str) -> String {
    format!("# {called}\n\n{called} writes weeknotes.\n")
}

/// The metadata of a note, at its end.
pub fn trailer(week: usize, author: usize) -> Result<String> {
    let friday = day(week, 4)?;
    let (name, _) = AUTHORS.get(author).unwrap_or(&("", ""));
    let minute = week % 60;
    Ok(format!(
        "\n:name: week-{week}\n:updated_at: {friday} 16:{minute:02}:07.412000000 +00:00\n\
         :created_at: {friday} 16:{minute:02}:07.411000000 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n\
         :author: {name}\n:page_title: Week {week}\n:extension: markdown\n"
    ))
}

fn front_matter(week: usize, author: usize) -> Result<String> {
    let friday = day(week, 4)?;
    let (name, _) = AUTHORS.get(author).unwrap_or(&("", ""));
    Ok(format!(
        "---\ntitle: Week {week}\nslug: week-{week}\ndate: {friday}\nauthor: {name}\nlayout: weeknote\n\
         tags: [weeknotes, workshop]\ndraft: false\ndescription: What we did in week {week}\n---\n"
    ))
}

/// What is written between the title and the metadata.
struct Body {
    dice: Dice,
    week: usize,
    mistake: Option<Mistake>,
    /// What each label has at its end.
    suffix: String,
    text: String,
    /// Destinations by label.
    definitions: BTreeMap<String, String>,
}

impl Body {
    fn new(dice: Dice, week: usize, mistake: Option<Mistake>) -> Self {
        Body {
            dice,
            week,
            mistake,
            suffix: String::new(),
            text: String::new(),
            definitions: BTreeMap::new(),
        }
    }

    fn write(&mut self, author: usize) -> Result<()> {
        let (page, called) = AUTHORS.get(author).unwrap_or(&("", ""));
        self.paragraph()?;
        let is_wrong = self.mistake == Some(Mistake::WrongLink);
        if self.week > 1 && (is_wrong || self.dice.happens(60)) {
            let earlier = self.week - 1 - self.dice.below(self.week - 1).min(self.dice.below(60));
            self.earlier(earlier)?;
        }
        self.paragraph()?;
        let sections = self.dice.below(3) + self.dice.below(4);
        for _ in 0..sections {
            write!(self.text, "## The {}\n\n", thing(&mut self.dice))?;
            self.paragraph()?;
            for _ in 0..self.dice.below(4) {
                self.paragraph()?;
            }
            if self.dice.happens(18) {
                self.list()?;
            }
        }
        write!(
            self.text,
            "Until next week.\n\n-- [{called}][{page}{}]\n\n",
            self.suffix
        )?;
        self.define(page, format!("/{page}"));
        match self.mistake {
            Some(Mistake::UndefinedReference) => {
                let first = self.definitions.keys().next().cloned();
                first.and_then(|label| self.definitions.remove(&label));
            }
            Some(Mistake::UnusedDefinition) => {
                self.define(
                    "not-needed-any-more",
                    "https://not-needed.example/".to_owned(),
                );
            }
            _ => {}
        }
        for (label, destination) in &self.definitions {
            writeln!(self.text, "[{label}]: {destination}")?;
        }
        Ok(())
    }

    fn define(&mut self, label: &str, destination: String) {
        let label = format!("{label}{}", self.suffix);
        self.definitions.insert(label, destination);
    }

    /// A link to the note of an earlier week.
    fn earlier(&mut self, week: usize) -> Result<()> {
        let by = capital(&clause(&mut self.dice, None));
        // No folder has so many weeks.
        let leads_to = match self.mistake {
            Some(Mistake::WrongLink) => 901 + week % 99,
            _ => week,
        };
        if leads_to != week || self.dice.happens(40) {
            let label = format!("week-{week}");
            let suffix = &self.suffix;
            write!(self.text, "{by}, as in [week {week}][{label}{suffix}].\n\n")?;
            self.define(&label, format!("/week-{leads_to}"));
        } else {
            write!(self.text, "{by}, as [then](/week-{leads_to}).\n\n")?;
        }
        Ok(())
    }

    fn paragraph(&mut self) -> Result<()> {
        for _ in 0..self.dice.below(6) + 1 {
            let sentence = self.sentence()?;
            write!(self.text, "{sentence} ")?;
        }
        self.text.pop();
        self.text.push_str("\n\n");
        Ok(())
    }

    fn list(&mut self) -> Result<()> {
        for _ in 0..self.dice.below(4) + 2 {
            let object = self.object();
            writeln!(self.text, "* {}", capital(&clause(&mut self.dice, object)))?;
        }
        self.text.push('\n');
        Ok(())
    }

    fn sentence(&mut self) -> Result<String> {
        let mut sentence = String::new();
        if self.dice.happens(3) {
            let day = day(self.week, self.dice.below(5))?;
            write!(sentence, "on {} ", day.strftime("%A %-d %B"))?;
        }
        let object = self.object();
        sentence.push_str(&clause(&mut self.dice, object));
        for _ in 0..self.dice.below(3) {
            sentence.push_str(words::joint(&mut self.dice));
            write!(sentence, " {}", clause(&mut self.dice, None))?;
        }
        Ok(format!("{}.", capital(&sentence)))
    }

    /// What is spoken of, if it is more than plain words.
    fn object(&mut self) -> Option<String> {
        let kind = self.dice.below(100);
        let thing = thing(&mut self.dice);
        let name = thing.replace(' ', "-");
        let (what, suffix) = (name.rsplit('-').next().unwrap_or_default(), &self.suffix);
        Some(match kind {
            0..14 => {
                let link = format!("[the {thing}][{name}{suffix}]");
                self.define(&name, format!("https://www.{name}.example/{what}"));
                link
            }
            14..28 if suffix.is_empty() => {
                self.define(&thing, format!("http://{what}s.example/{name}/"));
                format!("the [{thing}][]")
            }
            28..43 => format!(
                "[the {thing}](https://{what}.example/{name}?page={})",
                self.dice.below(40)
            ),
            43..46 => format!("*the {thing}*"),
            46..48 => format!("`{what}`"),
            48..50 => format!("<em>the {thing}</em>"),
            50..56 => format!("{} {what}s", self.dice.below(90) + 10),
            _ => return None,
        })
    }
}
