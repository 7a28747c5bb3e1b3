//! One line on standard error that says how far a long run is, for people at a terminal.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

/// A run that is shorter shows nothing.
const PATIENCE: Duration = Duration::from_millis(500);

/// How long a line stays as it is.
const PAUSE: Duration = Duration::from_millis(100);

/// What is being done, and to how many files.
static STEP: Mutex<(&str, usize)> = Mutex::new(("", 0));

/// How many of them it has been done to.
static DONE: AtomicUsize = AtomicUsize::new(0);

/// What shows the line.
static SHOWN: Mutex<Option<(Sender<()>, JoinHandle<()>)>> = Mutex::new(None);

/// Begins something that is done to so many Markdown files, such as `reading`.
pub fn begin(what: &'static str, files: usize) {
    *STEP.lock().unwrap_or_else(PoisonError::into_inner) = (what, files);
    DONE.store(0, Ordering::Relaxed);
}

/// It has been done to one more file.
pub fn advance() {
    DONE.fetch_add(1, Ordering::Relaxed);
}

/// Shows the line from now on, if standard error is a terminal that somebody looks at: not in CI.
pub fn show() {
    if is_plain("CI") || !io::stderr().is_terminal() {
        return;
    }
    let (end, ended) = channel();
    // Without another thread there is no line.
    if let Ok(thread) = Builder::new().spawn(move || draw(&ended, &mut io::stderr())) {
        *SHOWN.lock().unwrap_or_else(PoisonError::into_inner) = Some((end, thread));
    }
}

/// Whether the environment asks for plain text, by the variable or since the terminal can do no more.
pub fn is_plain(variable: &str) -> bool {
    let value = |name| std::env::var_os(name).unwrap_or_default();
    !value(variable).is_empty() || value("TERM") == "dumb"
}

/// Takes the line away: what is printed next begins where it stood.
pub fn hide() {
    let shown = SHOWN.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some((end, thread)) = shown {
        drop(end);
        // It has nothing to return, and what it could not draw does not matter.
        let _ = thread.join();
    }
}

/// Draws the line, again and again, until the other end of the channel is gone.
fn draw(ended: &Receiver<()>, out: &mut dyn Write) {
    let (mut pause, mut drawn) = (PATIENCE, 0);
    while ended.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
        pause = PAUSE;
        let line = line();
        let room = terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0));
        if !line.is_empty() && line.len() < room {
            // In one piece, and over the whole line before.
            let _ = out.write_all(format!("\r{line:<drawn$}").as_bytes());
            let _ = out.flush();
            drawn = line.len();
        }
    }
    if drawn > 0 {
        let _ = out.write_all(format!("\r{:drawn$}\r", "").as_bytes());
        let _ = out.flush();
    }
}

fn line() -> String {
    let (what, files) = *STEP.lock().unwrap_or_else(PoisonError::into_inner);
    match DONE.load(Ordering::Relaxed) {
        _ if what.is_empty() => String::new(),
        done if done < files => format!("{what} {done} of {files} Markdown files"),
        _ => format!("{what} {files} Markdown files"),
    }
}

#[cfg(test)]
mod tests;
