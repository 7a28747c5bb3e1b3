//! `weeknote-lint`: the linter for weeknotes.
//!
//! Data flows one way, and each module uses only what stands before it:
//!
//! ```text
//! discover -> document -> archive -> rules -> report
//! ```
//!
//! [`lint::lint`] is that line as code.

pub mod archive;
pub mod baseline;
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod discover;
pub mod docs;
pub mod document;
pub mod fix;
pub mod git;
pub mod hash;
pub mod hook;
pub mod init;
pub mod lint;
pub mod manual;
pub mod names;
pub mod next;
pub mod notes;
pub mod order;
pub mod parallel;
pub mod patch;
pub mod progress;
pub mod read;
pub mod report;
pub mod request;
pub mod rules;
pub mod server;
pub mod source;
pub mod suppress;
pub mod week;
pub mod word_list;
pub mod write;

pub use lint::Request;
