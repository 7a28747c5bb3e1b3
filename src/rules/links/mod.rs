//! Reference links, definitions and where links lead.
