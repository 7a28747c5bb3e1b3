//! Where the next note is to lie.

use super::{Example, Series, TO_WRITE, Text};
use crate::archive::content_name;
use crate::archive::series::{is_period, month_of};
use crate::document::slug;
use crate::next::carry::{Point, carried};
use crate::week::statements::statements;
use jiff::civil::Date;

/// The path of the next note, relative to the root; `None` where no name can be made of those that there are.
pub(super) fn of(series: &Series<'_>, model: &Example<'_>) -> Option<String> {
    let folder = series.folder;
    let rest = rest_of(model, folder)?;
    // A name that is the day alone counts with the folders of its year and month.
    let whole = carried(rest, &model.point, &series.next, true).filter(|one| one.is_moved);
    let name = content_name(model.document);
    let name_moves =
        carried(name, &model.point, &series.next, true).is_some_and(|one| one.is_moved);
    let path = match whole.filter(|_| !name_moves) {
        Some(whole) => whole.text(),
        None => {
            let parts = rest.split('/').map(|part| {
                if part.strip_suffix(model.document.extension()) == Some(name) || part == name {
                    let named = named(series, model)?;
                    return Some(part.replacen(name, &named, 1));
                }
                Some(folder_of(part, name, &model.point, &series.next))
            });
            parts.collect::<Option<Vec<String>>>()?.join("/")
        }
    };
    Some(match folder {
        "" => path,
        folder => format!("{folder}/{path}"),
    })
}

/// The path below the folder of the series.
fn rest_of<'e>(example: &'e Example<'_>, folder: &str) -> Option<&'e str> {
    let path = &*example.document.path;
    match folder {
        "" => Some(path),
        folder => path.strip_prefix(folder)?.strip_prefix('/'),
    }
}

/// The name of the note: its file's, or its folder's.
fn named(series: &Series<'_>, model: &Example<'_>) -> Option<String> {
    let name = content_name(model.document);
    let own = match series.title {
        // In a vault, names are written as titles are.
        Some(title) if name.contains(' ') => title.replace(['/', '\\', ':'], "-"),
        Some(title) if name.contains('_') && !name.contains('-') => {
            slug::github(title).replace('-', "_")
        }
        Some(title) => slug::github(title),
        None => TO_WRITE.to_lowercase(),
    };
    series
        .text(model, |one| Some(content_name(one.document)), &own, false)
        .map(Text::into_string)
}

/// A folder above a note of this name: of its year, month, quarter or week.
fn folder_of(part: &str, name: &str, from: &Point, to: &Point) -> String {
    if !is_period(part) {
        let moved = carried(part, from, to, true);
        return moved.map_or(part.to_owned(), |moved| moved.text());
    }
    // The year that the name has, too, or that of one of its days.
    let year_in = |name: &str| statements(name).first().and_then(|one| one.stated.year());
    let moved = carried(name, from, to, true).map(|moved| moved.text());
    let named = year_in(name).zip(moved.and_then(|moved| year_in(&moved)));
    let days = [(from.written, to.written), (from.day, to.day)];
    let days: Vec<(Date, Date)> = days.iter().filter_map(|(old, new)| old.zip(*new)).collect();
    let of_days = days.iter().map(|(old, new)| (old.year(), new.year()));
    let mut years = named.into_iter().chain(of_days);
    if let Some((_, year)) = years.find(|(old, _)| part.parse() == Ok(*old)) {
        return year.to_string();
    }
    let mut days = days.iter();
    let of_month = days.find(|(old, _)| month_of(part) == Some(old.month()));
    of_month.map_or(part.to_owned(), |(old, new)| month(part, *old, *new))
}

/// The folder of a month, written like the one before: `06`, `06-June`, `Jun`.
fn month(part: &str, old: Date, new: Date) -> String {
    let name = |day: Date, form: &str| day.strftime(form).to_string();
    let digits = part.bytes().take_while(u8::is_ascii_digit).count();
    let number = match part.starts_with('0') || old.month() > 9 && digits == 2 {
        true => format!("{:02}", new.month()),
        false => new.month().to_string(),
    };
    let rest = part.get(digits..).unwrap_or("");
    let rest = rest.replace(&name(old, "%B"), &name(new, "%B"));
    let rest = match rest.contains(&name(new, "%B")) {
        true => rest,
        false => rest.replace(&name(old, "%b"), &name(new, "%b")),
    };
    match digits {
        0 => rest,
        _ => format!("{number}{rest}"),
    }
}
