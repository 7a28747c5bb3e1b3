//! `weeknote-lint`: the linter for weeknotes.
//!
//! Data flows one way: discover, parse, archive, rules, report.

pub mod archive;
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod document;
pub mod report;
pub mod rules;
pub mod source;
pub mod week;
