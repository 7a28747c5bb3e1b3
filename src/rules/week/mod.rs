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

use crate::week::calendar::day_number;
use jiff::civil::Date;

/// How many days lie between two dates.
pub(super) fn days_apart(one: Date, other: Date) -> u32 {
    day_number(one).abs_diff(day_number(other))
}
