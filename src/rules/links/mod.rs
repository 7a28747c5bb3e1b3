//! Reference links, definitions and where links lead.

pub mod broken_definition;
pub mod duplicate_definition;
pub mod empty;
pub mod footnote;
pub mod label_as_destination;
pub mod local_host;
pub mod malformed_destination;
mod meant;
pub mod missing_fragment;
pub mod missing_target;
pub mod own_site;
pub mod spaced_reference;
pub mod undefined_reference;
pub mod unused_definition;
pub mod wikilink;
mod written;
