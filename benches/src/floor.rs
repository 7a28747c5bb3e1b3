//! The floor: what every linter of Markdown has to do. It walks a folder, reads each note, checks that it is UTF-8, and asks
//! pulldown-cmark for all events and their places; and does nothing with them.

use anyhow::{Context, Result};
use ignore::{DirEntry, WalkBuilder, WalkState};
use pulldown_cmark::{BrokenLink, Options, Parser};
use std::cell::RefCell;
use std::fs::File;
use std::hint::black_box;
use std::io::Read;
use std::path::Path;
use std::sync::Mutex;

thread_local! {
    /// What a thread has read, so that each note needs no memory of its own.
    static CONTENT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Does it, and returns how many events there are.
pub fn run(folder: &Path, threads: usize) -> Result<usize> {
    let result = Mutex::new(Ok(0));
    let walk = WalkBuilder::new(folder).threads(threads).build_parallel();
    walk.run(|| {
        Box::new(|entry| {
            let events = entry
                .map_err(anyhow::Error::from)
                .and_then(|entry| events(&entry));
            if let Ok(mut all) = result.lock() {
                match (events, &mut *all) {
                    (Ok(events), Ok(all)) => *all += events,
                    (Err(error), all) => *all = Err(error),
                    (Ok(_), Err(_)) => {}
                }
            }
            WalkState::Continue
        })
    });
    result.into_inner()?
}

fn events(entry: &DirEntry) -> Result<usize> {
    let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
    if !is_file
        || entry
            .path()
            .extension()
            .is_none_or(|extension| extension != "md")
    {
        return Ok(0);
    }
    let counted = CONTENT.with_borrow_mut(|content| count(entry.path(), content));
    counted.with_context(|| format!("`{}` cannot be read", entry.path().display()))
}

fn count(path: &Path, content: &mut Vec<u8>) -> Result<usize> {
    content.clear();
    File::open(path)?.read_to_end(content)?;
    let text = std::str::from_utf8(content)?;
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    // A reference without a definition is a link, too: a linter wants to see it.
    let as_link = |_: BrokenLink<'_>| Some(("".into(), "".into()));
    let parser = Parser::new_with_broken_link_callback(text, options, Some(as_link));
    Ok(parser.into_offset_iter().map(black_box).count())
}
