//! How fast `weeknote-lint` is: archives to measure on, the floor that no linter gets below, and what is measured.

mod archive;
mod dice;
mod floor;
mod instructions;
mod note;
mod table;
mod words;

use anyhow::{Context, Result, bail};
use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "\
usage:
  bench archive SIZE FOLDER                 make an archive; SIZE is one, 1k, 10k, 100k or big
  bench floor THREADS FOLDER                walk, read and parse, as any linter must
  bench instructions PROGRAM FOLDER BOUND   count instructions; exit with 1 above BOUND times the floor
  bench table PROGRAM FOLDER...             CPU, time and memory of PROGRAM, the floor and others, as Markdown";

fn main() -> Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match *arguments {
        ["archive", size, folder] => archive::make(size.parse()?, Path::new(folder))?,
        ["floor", threads, folder] => {
            let threads = threads.parse().context("THREADS is a number")?;
            println!("{}", floor::run(Path::new(folder), threads)?);
        }
        ["instructions", program, folder, bound] => {
            let bound = bound.parse().context("BOUND is a number, such as 2.2")?;
            return instructions::compare(Path::new(program), Path::new(folder), bound);
        }
        ["table", program, ref folders @ ..] if !folders.is_empty() => {
            let folders: Vec<&Path> = folders.iter().map(Path::new).collect();
            table::print(Path::new(program), &folders)?;
        }
        _ => bail!(USAGE),
    }
    Ok(ExitCode::SUCCESS)
}
