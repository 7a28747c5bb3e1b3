//! Rules about the metadata block: whether it can be read, and whether it says what the archive's other files say.

pub mod cut_off;
pub mod dates;
pub mod duplicate_key;
mod evidence;
pub mod file_extension;
pub mod invalid_value;
pub mod missing;
pub mod missing_key;
pub mod name_mismatch;
pub mod stray_whitespace;
pub mod syntax;
pub mod title_mismatch;
pub mod unknown_author;
pub mod unknown_key;
