//! Which week a note reports, and whether everything that speaks of it agrees.

pub mod disagreement;
pub mod duplicate;
pub mod file_name;
pub mod gap;
pub mod impossible;
pub mod missing;
pub mod wording;
pub mod wrong_date;
pub mod wrong_link;
