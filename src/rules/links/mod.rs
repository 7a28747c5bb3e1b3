//! Reference links, definitions and where links lead.

pub mod label_as_destination;
mod meant;
