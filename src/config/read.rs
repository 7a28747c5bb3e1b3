//! From the text of a `weeknote-lint.toml` to a [`Config`], or to the first thing that is wrong with it.

use super::check::Checker;
use super::error::{ConfigError, Mistake, Source};
use super::paths::{Paths, Routes};
use super::schema::TOP;
use super::suggest::rules_named;
use super::types::{Dialect, EnforceFrom, Numbering, Series, Site, level, parse_date};
use super::{Config, Levels, Override};
use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads `text`, the configuration that stands in the file at `path`, which the errors name. `known_rules` are the ids
/// of all rules.
pub fn read(path: &Path, text: &str, known_rules: &[&str]) -> Result<Config, ConfigError> {
    let source = &Source::new(path, text);
    let document = DeTable::parse(text).map_err(|error| source.syntax_error(&error))?;
    let (top, span) = (document.get_ref(), document.span());
    Checker {
        source,
        known_rules,
    }
    .table(&TOP, top, span)?;
    let overrides = tables(top, "overrides").map(|item| {
        Ok(Override {
            files: paths(source, item, "files")?,
            levels: levels(item, known_rules),
        })
    });
    Ok(Config {
        enforce_from: top.get("enforce-from").and_then(enforce_from),
        site: match table(top, "site") {
            Some(table) => site(source, table)?,
            None => Site::default(),
        },
        series: all_series(source, top)?,
        exclude: paths(source, top, "exclude")?,
        levels: levels(top, known_rules),
        overrides: overrides.collect::<Result<_, ConfigError>>()?,
        source: source.clone(),
        ..Config::default()
    })
}

// What follows reads tables that the checker has found right. What is not there is empty.

fn table<'t>(table: &'t DeTable, name: &str) -> Option<&'t DeTable<'t>> {
    table.get(name)?.get_ref().as_table()
}

fn items<'t>(table: &'t DeTable, name: &str) -> impl Iterator<Item = &'t DeValue<'t>> {
    let array = table.get(name).and_then(|value| value.get_ref().as_array());
    let items = array.into_iter().flat_map(|items| items.iter());
    items.map(Spanned::get_ref)
}

fn tables<'t>(table: &'t DeTable, name: &str) -> impl Iterator<Item = &'t DeTable<'t>> {
    items(table, name).filter_map(DeValue::as_table)
}

fn text<'t>(table: &'t DeTable, name: &str) -> &'t str {
    let text = table.get(name).and_then(|value| value.get_ref().as_str());
    text.unwrap_or_default()
}

fn texts(table: &DeTable, name: &str) -> Vec<String> {
    let texts = items(table, name).filter_map(DeValue::as_str);
    texts.map(str::to_owned).collect()
}

/// A number that weeks and notes can have.
pub(super) fn number(value: &DeValue) -> Option<u32> {
    let integer = value.as_integer()?;
    u32::from_str_radix(integer.as_str(), integer.radix()).ok()
}

/// A TOML date without a time, or a string that is written like one.
pub(super) fn date_of(value: &DeValue) -> Option<Date> {
    match value {
        DeValue::String(text) => parse_date(text),
        DeValue::Datetime(datetime) => parse_date(&datetime.to_string()),
        _ => None,
    }
}

fn enforce_from(value: &Spanned<DeValue>) -> Option<EnforceFrom> {
    let value = value.get_ref();
    let week = number(value).map(EnforceFrom::Week);
    week.or_else(|| date_of(value).map(EnforceFrom::Date))
        .or_else(|| iso_week(value.as_str()?).ok())
}

/// An ISO week, `2024-W07`.
pub(super) fn iso_week(text: &str) -> Result<EnforceFrom, Mistake> {
    let parts = text.split_once("-W").filter(|(year, week)| {
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        year.len() == 4 && week.len() == 2 && digits(year) && digits(week)
    });
    let parsed = parts.and_then(|(year, week)| Some((year.parse().ok()?, week.parse().ok()?)));
    let Some((year, week)) = parsed else {
        let help = match text.parse::<u32>() {
            Ok(number) => format!("write the number without quotes: `enforce-from = {number}`"),
            Err(_) => {
                "write a week number (`860`), an ISO week (`\"2024-W07\"`) or a date (`2024-02-12`)"
                    .to_owned()
            }
        };
        let message = format!("`{text}` is neither a week nor a date");
        return Err(Mistake::new(message, "cannot be read", help));
    };
    if let Ok(monday) = ISOWeekDate::new(year, week, Weekday::Monday) {
        return Ok(EnforceFrom::Date(monday.date()));
    }
    let last = ISOWeekDate::new(year, 1, Weekday::Monday).map_or(53, ISOWeekDate::weeks_in_year);
    Err(Mistake::new(
        format!("there is no week `{text}`"),
        "not in the calendar",
        format!("the weeks of {year} are `{year:04}-W01` to `{year:04}-W{last}`"),
    ))
}

/// A day on which a week can begin.
pub(super) fn monday(date: Date) -> Result<(), Mistake> {
    let days = i64::from(date.weekday().to_monday_zero_offset());
    if days == 0 {
        return Ok(());
    }
    let monday = date.saturating_sub(days.days());
    let help = format!("the Monday before it is {monday}");
    let label = format!("a {:?}", date.weekday());
    Err(Mistake::new("`week-zero` must be a Monday", label, help))
}

/// An absolute path of the site.
pub(super) fn route(text: &str) -> Result<(), Mistake> {
    let (problem, label, help) = if let Some((_, rest)) = text.split_once("://") {
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let help = format!("write `/{path}` here, and `{host}` under `hosts`");
        ("is a whole address", "not a path", help)
    } else if !text.starts_with('/') {
        let help = format!("write `/{text}`");
        ("does not start with `/`", "not an absolute path", help)
    } else {
        return Ok(());
    };
    let message = format!("the route `{text}` {problem}");
    Err(Mistake::new(message, label, help))
}

/// A host's name, perhaps with a port.
pub(super) fn host(text: &str) -> Result<(), Mistake> {
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let name = rest.split('/').next().unwrap_or(rest);
    let is_name = !name.is_empty() && !name.contains(char::is_whitespace);
    if is_name && name == text {
        return Ok(());
    }
    let help = match is_name {
        true => format!("write only the name: `{name}`"),
        false => "a host name looks like this: `example.com`".to_owned(),
    };
    let message = format!("`{text}` is not a host name");
    Err(Mistake::new(message, "not a host name", help))
}

fn site(source: &Source, site: &DeTable) -> Result<Site, ConfigError> {
    let hosts = |name| {
        let hosts = texts(site, name).into_iter();
        hosts.map(|host| host.to_lowercase()).collect()
    };
    let routes = texts(site, "routes");
    Ok(Site {
        dialect: Dialect::ALL
            .iter()
            .find(|(_, name, _)| *name == text(site, "dialect"))
            .map(|(dialect, ..)| *dialect),
        routes: Routes::new(routes.iter().map(String::as_str))
            .map_err(|error| too_large(source, site, "routes", &error))?,
        hosts: hosts("hosts"),
        development_hosts: hosts("development-hosts"),
    })
}

fn all_series(source: &Source, top: &DeTable) -> Result<Vec<Series>, ConfigError> {
    let mut all: Vec<Series> = Vec::new();
    for item in tables(top, "series") {
        let name = text(item, "name").to_owned();
        if all.iter().any(|other| other.name == name) {
            let mistake = Mistake::new(
                format!("there are two series `{name}`"),
                "another series has this name",
                "choose another name, or put both patterns into one `include`".to_owned(),
            );
            return Err(error_at(source, item, "name", mistake));
        }
        let numbering = table(item, "numbering").map(|table| numbering(source, table));
        let required_keys = item.get("required-keys");
        all.push(Series {
            name,
            include: paths(source, item, "include")?,
            exclude: paths(source, item, "exclude")?,
            tags: texts(item, "tags"),
            numbering: numbering.transpose()?,
            required_keys: required_keys.map(|_| texts(item, "required-keys")),
            place: item.get("include").map_or(0..0, Spanned::span),
        });
    }
    Ok(all)
}

fn numbering(source: &Source, numbering: &DeTable) -> Result<Numbering, ConfigError> {
    let scheme = text(numbering, "scheme");
    if scheme != "epoch" && numbering.contains_key("week-zero") {
        let mistake = Mistake::new(
            "`week-zero` works only with the scheme `epoch`",
            "has no meaning here",
            "leave `week-zero` out, or write `scheme = \"epoch\"`".to_owned(),
        );
        return Err(error_at(source, numbering, "week-zero", mistake));
    }
    let value = |name| numbering.get(name).map(Spanned::get_ref);
    Ok(match scheme {
        "epoch" => Numbering::Epoch {
            week_zero: value("week-zero").and_then(date_of).ok_or_else(|| {
                let mistake = Mistake::new(
                    "the scheme `epoch` needs the key `week-zero`",
                    "counts from `week-zero`",
                    "`week-zero` is the Monday on which week 0 began: \
                     `numbering = { scheme = \"epoch\", week-zero = 2009-01-12 }`"
                        .to_owned(),
                );
                error_at(source, numbering, "scheme", mistake)
            })?,
        },
        "sequence" => Numbering::Sequence,
        "iso-week" => Numbering::IsoWeek,
        "week-of-year" => Numbering::WeekOfYear,
        "season-episode" => Numbering::SeasonEpisode,
        "dates" => Numbering::Dates,
        _ => Numbering::None,
    })
}

fn paths(source: &Source, table: &DeTable, name: &str) -> Result<Paths, ConfigError> {
    Paths::new(texts(table, name)).map_err(|error| too_large(source, table, name, &error))
}

/// The error for patterns that are right one by one, and too much together.
fn too_large(source: &Source, table: &DeTable, name: &str, error: &globset::Error) -> ConfigError {
    let message = format!("`{name}` cannot be used: {}", error.kind());
    error_at(source, table, name, Mistake::new(message, "here", None))
}

fn error_at(source: &Source, table: &DeTable, name: &str, mistake: Mistake) -> ConfigError {
    source.error(table.get(name).map_or(0..0, Spanned::span), mistake)
}

/// The level of each rule that is named; its own name beats that of its family.
fn levels(table_of: &DeTable, known_rules: &[&str]) -> Levels {
    let entries = table(table_of, "rules").into_iter().flatten();
    let entries = entries.filter_map(|(name, value)| {
        let level = level(value.get_ref().as_str()?).ok()?;
        Some((name.get_ref(), level))
    });
    let (rules, families): (Vec<_>, Vec<_>) =
        entries.partition(|(name, _)| known_rules.contains(&&***name));
    let named = families.into_iter().chain(rules).flat_map(|(name, level)| {
        let rules = rules_named(name, known_rules).unwrap_or_default();
        rules.into_iter().map(move |rule| (rule.to_owned(), level))
    });
    named.collect()
}

#[cfg(test)]
mod tests;
