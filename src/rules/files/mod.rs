//! Files that cannot be read at all.

pub mod unreadable;
