//! Reference links, definitions and where links lead.

pub mod empty;
pub mod label_as_destination;
pub mod local_host;
pub mod malformed_destination;
mod meant;
pub mod missing_fragment;
pub mod missing_target;
pub mod own_site;
mod written;
