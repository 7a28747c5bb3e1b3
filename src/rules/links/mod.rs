//! Reference links, definitions and where links lead.

pub mod broken_definition;
pub mod duplicate_definition;
pub mod footnote;
pub mod label_as_destination;
mod meant;
pub mod spaced_reference;
pub mod undefined_reference;
pub mod unused_definition;
pub mod wikilink;
