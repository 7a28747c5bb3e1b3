//! Where output goes, and how it looks there.

use crate::Failure;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;
use weeknote_lint::cli::Lint;
use weeknote_lint::progress;
use weeknote_lint::write::{self, Refusal};

/// Writes to where the report goes: standard output, or the file of `--output`, which is there when all of it is.
pub(super) fn deliver(
    arguments: &Lint,
    root: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    progress::hide();
    let Some(path) = &arguments.output else {
        let mut out = BufWriter::new(io::stdout().lock());
        return written(write(&mut out).and_then(|()| out.flush()));
    };
    let mut report = Vec::new();
    write(&mut report)
        .map_err(Refusal::from)
        .and_then(|()| write::report(root, path, &report))
        .map_err(|reason| {
            miette::miette!(
                "the report cannot be written to `{}`: {reason}",
                path.display()
            )
        })
}

pub(super) fn print(text: &str) -> Result<ExitCode, Failure> {
    progress::hide();
    let mut out = io::stdout().lock();
    written(out.write_all(text.as_bytes()).and_then(|()| out.flush()))?;
    Ok(ExitCode::SUCCESS)
}

/// Whether to colour, by `--color`, `NO_COLOR` and what is written to.
pub(super) fn wants_color(color: Option<bool>, to_terminal: bool) -> bool {
    color.unwrap_or_else(|| to_terminal && !progress::is_plain("NO_COLOR"))
}

/// What standard output is to look like.
pub(super) struct Look {
    /// Whether to colour.
    pub(super) color: bool,
    /// Whether the ids of rules lead to their pages.
    pub(super) links: bool,
}

impl Look {
    /// The look of a terminal, or of what is none.
    pub(super) fn new(color: Option<bool>, to_terminal: bool) -> Self {
        Look {
            color: wants_color(color, to_terminal),
            links: to_terminal && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout),
        }
    }
}

pub(super) fn terminal_width() -> usize {
    terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0))
}

/// The result of writing to a standard stream. Where the other end is closed, whoever read has read enough.
pub(super) fn written(result: io::Result<()>) -> Result<(), Failure> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(miette::miette!(
            "the output cannot be written: {}",
            error.to_string().to_lowercase()
        )),
        _ => Ok(()),
    }
}
