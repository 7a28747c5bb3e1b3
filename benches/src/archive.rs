//! Archives of weeknotes, the same to the byte wherever and whenever they are made.
//!
//! An archive has folders `a000`, `a001` and so on with the notes of 900 weeks each, and a page for each of the authors.
//! What a note is like is said in [`crate::note`].

use crate::note::{self, Shape};
use crate::words::AUTHORS;
use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::str::FromStr;

/// How many weeks a folder has.
const WEEKS: usize = 900;

/// How large the one note of a big archive is, in bytes.
const BIG: usize = 50_000_000;

/// How much an archive holds.
#[derive(Clone, Copy)]
pub enum Size {
    /// So many notes.
    Notes(usize),
    /// One note of 50 MB.
    Big,
}

impl FromStr for Size {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        Ok(match text {
            "one" => Size::Notes(1),
            "1k" => Size::Notes(1_000),
            "10k" => Size::Notes(10_000),
            "100k" => Size::Notes(100_000),
            "big" => Size::Big,
            _ => bail!("`{text}` is no size: one, 1k, 10k, 100k or big"),
        })
    }
}

/// Makes an archive in a folder that is not there yet.
pub fn make(size: Size, folder: &Path) -> Result<()> {
    let shown = folder.display();
    if folder.exists() {
        bail!("`{shown}` already exists");
    }
    fs::create_dir_all(folder)?;
    fill(size, folder).with_context(|| format!("`{shown}` cannot be filled"))
}

fn fill(size: Size, folder: &Path) -> Result<()> {
    let people = folder.join("people");
    fs::create_dir(&people)?;
    for (name, called) in AUTHORS {
        fs::write(people.join(name).with_extension("md"), note::author(called))?;
    }
    let notes = match size {
        Size::Notes(notes) => notes,
        Size::Big => return big(&folder.join("week-1.md")),
    };
    for number in 0..notes {
        let (part, week) = (number / WEEKS, number % WEEKS + 1);
        let part_folder = folder.join(format!("a{part:03}"));
        if week == 1 {
            fs::create_dir(&part_folder)?;
        }
        let shape = match part % 2 {
            0 => Shape::Trailer,
            _ => Shape::FrontMatter,
        };
        let text = note::text(number, week, shape)?;
        fs::write(part_folder.join(format!("week-{week}.md")), text)?;
    }
    Ok(())
}

/// One note that has the bodies of many, each with labels of its own.
fn big(path: &Path) -> Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    let mut size = file.write(b"Week 1\n======\n")?;
    let mut part = 1;
    while size < BIG {
        let text = format!("\n## Part {part}\n\n{}", note::part(part)?);
        file.write_all(text.as_bytes())?;
        size += text.len();
        part += 1;
    }
    file.write_all(note::trailer(1, 0)?.as_bytes())?;
    Ok(file.flush()?)
}
