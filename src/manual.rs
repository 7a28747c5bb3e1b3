//! What packages install beside the program: its manual page, and completions for shells. Both are made from the
//! definition of the command line.

use crate::cli;
use clap::Command;
use clap_complete::Shell;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use std::io;

/// What `weeknote-lint generate` prints: completions for a shell, or the manual page. An error is not to be expected, since nothing but memory is written to.
pub fn generate(shell: Option<Shell>) -> io::Result<String> {
    let mut text = Vec::new();
    match shell {
        Some(shell) => {
            let name = env!("CARGO_PKG_NAME");
            clap_complete::generate(shell, &mut cli::command(), name, &mut text);
        }
        None => page(cli::command(), &mut text)?,
    }
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// The manual page. Commands are described on it, not on pages of their own, and what `--help` ends with are sections.
fn page(command: Command, out: &mut Vec<u8>) -> io::Result<()> {
    let mut more = Roff::new();
    more.control("SH", ["COMMANDS"]);
    for command in command.get_subcommands().filter(|one| !one.is_hide_set()) {
        let about = command.get_about().map(ToString::to_string);
        more.control("TP", []);
        more.text([bold(command.get_name())]);
        more.text([roman(about.unwrap_or_default())]);
    }
    let ending = command.get_after_help().map(ToString::to_string);
    for line in ending.unwrap_or_default().lines() {
        match line.strip_suffix(':') {
            Some(heading) => more
                .control("fi", [])
                .control("SH", [heading.to_uppercase().as_str()])
                .control("nf", []),
            None => more.text([roman(line)]),
        };
    }

    let man = Man::new(command);
    man.render_title(out)?;
    man.render_name_section(out)?;
    man.render_synopsis_section(out)?;
    man.render_description_section(out)?;
    man.render_options_section(out)?;
    more.to_writer(out)
}
