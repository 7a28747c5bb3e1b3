//! What the body of a page shows as text.

pub mod conflict_marker;
pub mod not_a_heading;
pub mod placeholder;
pub mod titles;
pub mod unclosed_code;
pub mod unclosed_comment;
