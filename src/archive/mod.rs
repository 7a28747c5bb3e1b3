//! The archive.
/// The read-only index.
#[derive(Debug)]
pub struct Archive;
