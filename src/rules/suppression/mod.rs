//! Comments that hide findings.

pub mod unused;
