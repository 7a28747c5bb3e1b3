//! The metadata of pages and notes.
