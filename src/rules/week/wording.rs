//! Weeks, days and places in the words of messages.

use crate::archive::claims::{Said, Whence};
use crate::week::{Claim, PartialDate};
use jiff::civil::{Date, Weekday};

/// Where a claim stands, as the subject of a sentence.
pub fn place(whence: Whence) -> &'static str {
    match whence {
        Whence::FileName => "the file name",
        Whence::Title => "the title",
        Whence::Heading => "the heading",
        Whence::Key => "the week's own key",
    }
}

/// Places in a row: "the file name and the title".
pub fn places(said: &[&Said]) -> String {
    let names: Vec<&str> = said.iter().map(|said| place(said.whence)).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// What a claim says: "week 460", "weeks 548 to 550", "2024-W08", "season 2 episode 3", "6 May to 12 May".
pub fn weeks(claim: &Claim) -> String {
    if let Some(season) = &claim.season {
        let word = if season.episodes.len() > 1 {
            "episodes"
        } else {
            "episode"
        };
        let episodes = run(&season.episodes);
        return match season.unit {
            Some(unit) => format!("number {episodes} of {unit} {}", season.season),
            None => format!("season {} {word} {episodes}", season.season),
        };
    }
    if claim.numbers.is_empty()
        && let Some(range) = claim.dates
    {
        return match (partial(range.first), partial(range.last)) {
            (first, last) if first == last => first,
            (first, last) => format!("{first} to {last}"),
        };
    }
    if claim.iso
        && let (Some(year), [week]) = (claim.year, claim.numbers.as_slice())
    {
        return format!("{year}-W{week:02}");
    }
    let word = if claim.numbers.len() > 1 {
        "weeks"
    } else {
        "week"
    };
    let of_year = claim
        .year
        .map_or(String::new(), |year| format!(" of {year}"));
    format!("{word} {}{of_year}", run(&claim.numbers))
}

fn run(numbers: &[u32]) -> String {
    match numbers {
        [] => String::new(),
        [one] => one.to_string(),
        [one, other] => format!("{one} and {other}"),
        [first, .., last] => format!("{first} to {last}"),
    }
}

/// "15 July 2015".
pub fn day(date: Date) -> String {
    format!("{} {}", day_and_month(date), date.year())
}

/// "15 July".
pub fn day_and_month(date: Date) -> String {
    format!("{} {}", date.day(), month(date.month()))
}

/// "15 July 2015", or "15 July" where no year is written.
pub fn partial(date: PartialDate) -> String {
    let year = date.year.map_or(String::new(), |year| format!(" {year}"));
    format!("{} {}{year}", date.day, month(date.month))
}

/// The name of a month, from 1.
pub fn month(month: i8) -> &'static str {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    usize::try_from(month)
        .ok()
        .and_then(|month| MONTHS.get(month.checked_sub(1)?))
        .unwrap_or(&"")
}

/// The name of a day of the week.
pub fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

/// "one day", "8 days".
pub fn count(number: usize, one: &str, many: &str) -> String {
    match number {
        1 => format!("one {one}"),
        number => format!("{number} {many}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::week::claim::of_title;

    #[test]
    fn weeks_are_told_as_people_do() {
        let told = |text| weeks(&of_title(text).unwrap());
        assert_eq!(told("Week 460"), "week 460");
        assert_eq!(told("Weeks 12 & 13"), "weeks 12 and 13");
        assert_eq!(told("Weeks 545-7"), "weeks 545 to 547");
        assert_eq!(told("2024-W08"), "2024-W08");
        assert_eq!(told("Cycle 2, week 3"), "number 3 of cycle 2");
        assert_eq!(told("Weeknotes: 6-12 May"), "6 May to 12 May");
        assert_eq!(told("Weeknotes: 3rd May 2021"), "3 May 2021");
        assert_eq!(told("Weeknotes s2e3"), "season 2 episode 3");
        assert_eq!(told("Week 12, 2026"), "week 12 of 2026");
    }
}
