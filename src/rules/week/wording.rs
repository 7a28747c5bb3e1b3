//! Weeks, days and places in the words of messages.

use crate::week::{Claim, DayOfYear};
use jiff::civil::Date;

/// What a claim says: "week 460", "weeks 548 to 550", "2024-W08", "season 2 episode 3".
pub fn weeks(claim: &Claim) -> String {
    let plural = |numbers: &[u32]| if numbers.len() > 1 { "s" } else { "" };
    if let Some(season) = claim.season {
        let s = plural(&claim.numbers);
        return format!("season {season} episode{s} {}", run(&claim.numbers));
    }
    match (claim.year, claim.numbers.as_slice()) {
        (Some(year), [from, .., to]) if to < from => {
            let week = |year, number: &u32| match claim.iso {
                true => format!("{year}-W{number:02}"),
                false => format!("week {number} of {year}"),
            };
            format!("{} to {}", week(year, from), week(year + 1, to))
        }
        (Some(year), [week]) if claim.iso => format!("{year}-W{week:02}"),
        (Some(year), weeks) => format!("week{} {} of {year}", plural(weeks), run(weeks)),
        (None, weeks) => format!("week{} {}", plural(weeks), run(weeks)),
    }
}

fn run(numbers: &[u32]) -> String {
    match numbers {
        [] => String::new(),
        [one] => one.to_string(),
        [one, other] => format!("{one} and {other}"),
        [first, .., last]
            if last.abs_diff(*first) as usize + 1 == numbers.len() || last < first =>
        {
            format!("{first} to {last}")
        }
        [others @ .., last] => {
            let others: Vec<String> = others.iter().map(u32::to_string).collect();
            format!("{} and {last}", others.join(", "))
        }
    }
}

/// "15 July 2015".
pub fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// "15 July".
pub fn day_and_month(date: Date) -> String {
    date.strftime("%-d %B").to_string()
}

/// "Wednesday".
pub fn weekday(date: Date) -> String {
    date.strftime("%A").to_string()
}

/// "15 July 2015", or "15 July" where no year is written.
pub fn partial(date: DayOfYear) -> String {
    let year = date.year.map_or(String::new(), |year| format!(" {year}"));
    format!("{} {}{year}", date.day, month(date.month))
}

/// The name of a month, from 1.
pub fn month(month: i8) -> String {
    let first = Date::new(2024, month, 1).map(|first| first.strftime("%B").to_string());
    first.unwrap_or_default()
}

#[cfg(test)]
mod tests;
