//! From the text of a `weeknote-lint.toml` to a [`Config`], or to the first thing that is wrong with it.

use super::error::{ConfigError, Source};
use super::paths::{self, Paths, Routes};
use super::schema::{NUMBERING, OVERRIDE, SERIES, SITE, TOP};
use super::suggest::{check_rule, list};
use super::table::{self, Table};
use super::types::{
    Dialect, EnforceFrom, Level, Numbering, Scheme, Series, Site, Words, parse_date,
};
use super::{Config, Levels, Override};
use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads `text`, the configuration that stands in the file at `path`, which the errors name. `known_rules` are the ids
/// of all rules.
pub fn read(path: &Path, text: &str, known_rules: &[&str]) -> Result<Config, ConfigError> {
    let source = Source::new(path, text);
    let document = DeTable::parse(text).map_err(|error| source.syntax_error(&error))?;
    let reader = Reader {
        source: &source,
        known_rules,
    };
    let top = Table::open(&source, &TOP, document.get_ref(), document.span())?;
    let mut config = reader.config(&top)?;
    config.source = source.clone();
    Ok(config)
}

struct Reader<'r> {
    source: &'r Source,
    known_rules: &'r [&'r str],
}

impl Reader<'_> {
    fn config(&self, top: &Table) -> Result<Config, ConfigError> {
        let enforce_from = top.value("enforce-from");
        Ok(Config {
            enforce_from: enforce_from
                .map(|value| self.enforce_from(top, value))
                .transpose()?,
            site: match top.table("site", &SITE)? {
                Some(site) => self.site(&site)?,
                None => Site::default(),
            },
            series: self.all_series(top)?,
            exclude: self.folders(top, "exclude")?,
            levels: self.levels(top)?,
            overrides: (top.tables("overrides", &OVERRIDE)?.iter())
                .map(|item| {
                    Ok(Override {
                        files: self.files(item, "files")?,
                        levels: self.levels(item)?,
                    })
                })
                .collect::<Result<_, ConfigError>>()?,
            ..Config::default()
        })
    }

    fn enforce_from(
        &self,
        top: &Table,
        value: &Spanned<DeValue>,
    ) -> Result<EnforceFrom, ConfigError> {
        if let Some(number) = table::number(value.get_ref()) {
            return Ok(EnforceFrom::Week(number));
        }
        if let Some(date) = date_of(value.get_ref()) {
            return Ok(EnforceFrom::Date(date));
        }
        let Some(text) = value.get_ref().as_str() else {
            return Err(top.wrong_type("enforce-from", value, "a week or a date"));
        };
        let error = |message: String| self.source.error(value.span(), message);
        let iso_week = text.split_once("-W").filter(|(year, week)| {
            let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
            year.len() == 4 && week.len() == 2 && digits(year) && digits(week)
        });
        let parsed =
            iso_week.and_then(|(year, week)| Some((year.parse().ok()?, week.parse().ok()?)));
        let Some((year, week)) = parsed else {
            let help = match text.parse::<u32>() {
                Ok(number) => format!("write the number without quotes: `enforce-from = {number}`"),
                Err(_) => "a week number (`860`), an ISO week (`\"2024-W07\"`) or a date \
                           (`2024-02-12`) can stand here"
                    .to_owned(),
            };
            return Err(error(format!("`{text}` is neither a week nor a date"))
                .label("cannot be read")
                .help(help));
        };
        if ISOWeekDate::new(year, week, Weekday::Monday).is_err() {
            let last =
                ISOWeekDate::new(year, 1, Weekday::Monday).map_or(53, ISOWeekDate::weeks_in_year);
            return Err(error(format!("there is no week `{text}`"))
                .label("not in the calendar")
                .help(format!(
                    "the weeks of {year} are `{year:04}-W01` to `{year:04}-W{last}`"
                )));
        }
        Ok(EnforceFrom::IsoWeek { year, week })
    }

    fn site(&self, site: &Table) -> Result<Site, ConfigError> {
        let routes = site.strings("routes")?.unwrap_or_default();
        for route in &routes {
            self.check_route(route)?;
        }
        Ok(Site {
            dialect: site.word::<Option<Dialect>>("dialect")?.flatten(),
            routes: Routes::new(routes.iter().map(|route| *route.get_ref()))
                .map_err(|error| self.too_large(site, "routes", &error))?,
            hosts: self.hosts(site, "hosts")?,
            development_hosts: self.hosts(site, "development-hosts")?,
        })
    }

    fn check_route(&self, route: &Spanned<&str>) -> Result<(), ConfigError> {
        let text = *route.get_ref();
        let error = |message: &str| {
            self.source
                .error(route.span(), format!("the route `{text}` {message}"))
        };
        if let Some((_, rest)) = text.split_once("://") {
            let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
            return Err(error("is a whole address")
                .label("not a path")
                .help(format!("write `/{path}` here, and `{host}` under `hosts`")));
        }
        if !text.starts_with('/') {
            return Err(error("does not start with `/`")
                .label("not an absolute path")
                .help(format!("write `/{text}`")));
        }
        Ok(())
    }

    fn hosts(&self, site: &Table, name: &str) -> Result<Vec<String>, ConfigError> {
        let hosts = site.strings(name)?.unwrap_or_default().into_iter();
        hosts.map(|host| self.host(&host)).collect()
    }

    fn host(&self, host: &Spanned<&str>) -> Result<String, ConfigError> {
        let text = *host.get_ref();
        let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
        let name = rest.split('/').next().unwrap_or(rest);
        if name == text && !text.is_empty() && !text.contains(char::is_whitespace) {
            return Ok(text.to_lowercase());
        }
        let error = self
            .source
            .error(host.span(), format!("`{text}` is not a host name"))
            .label("not a host name");
        Err(if name.is_empty() || name.contains(char::is_whitespace) {
            error.help("a host name looks like this: `example.com`")
        } else {
            error.help(format!("write the name alone: `{name}`"))
        })
    }

    fn all_series(&self, top: &Table) -> Result<Vec<Series>, ConfigError> {
        let mut all: Vec<Series> = Vec::new();
        for item in top.tables("series", &SERIES)? {
            let series = self.series(&item)?;
            if let Some(name) = item.string("name")?
                && all.iter().any(|other| other.name == series.name)
            {
                return Err(self
                    .source
                    .error(
                        name.span(),
                        format!("there are two series `{}`", series.name),
                    )
                    .label("the name is taken")
                    .help("choose another name, or put both patterns into one `include`"));
            }
            all.push(series);
        }
        Ok(all)
    }

    fn series(&self, item: &Table) -> Result<Series, ConfigError> {
        let numbering = item.table("numbering", &NUMBERING)?;
        let required_keys = item.strings("required-keys")?;
        Ok(Series {
            name: (item.string("name")?).map_or(String::new(), |name| name.into_inner().to_owned()),
            include: self.files(item, "include")?,
            exclude: self.folders(item, "exclude")?,
            numbering: numbering
                .map(|numbering| self.numbering(&numbering))
                .transpose()?,
            required_keys: required_keys
                .map(|keys| keys.iter().map(|key| (*key.get_ref()).to_owned()).collect()),
            place: item.value("include").map_or(0..0, Spanned::span),
        })
    }

    fn numbering(&self, numbering: &Table) -> Result<Numbering, ConfigError> {
        let scheme = numbering.word::<Scheme>("scheme")?.unwrap_or(Scheme::None);
        for (key, owner, word) in [
            ("week-zero", Scheme::Epoch, "epoch"),
            ("first", Scheme::Sequence, "sequence"),
        ] {
            if let Some(value) = numbering.value(key)
                && scheme != owner
            {
                let message = format!("`{key}` goes only with the scheme `{word}`");
                return Err(self
                    .source
                    .error(value.span(), message)
                    .label("has no meaning here")
                    .help(format!("leave `{key}` out, or write `scheme = \"{word}\"`")));
            }
        }
        Ok(match scheme {
            Scheme::Epoch => Numbering::Epoch {
                week_zero: self.week_zero(numbering)?,
            },
            Scheme::Sequence => Numbering::Sequence {
                first: numbering.number("first")?.unwrap_or(1),
            },
            Scheme::IsoWeek => Numbering::IsoWeek,
            Scheme::WeekOfYear => Numbering::WeekOfYear,
            Scheme::SeasonEpisode => Numbering::SeasonEpisode,
            Scheme::Dates => Numbering::Dates,
            Scheme::None => Numbering::None,
        })
    }

    fn week_zero(&self, numbering: &Table) -> Result<Date, ConfigError> {
        let Some(value) = numbering.value("week-zero") else {
            let scheme = numbering.string("scheme")?;
            return Err(self
                .source
                .error(
                    scheme.map_or(0..0, |scheme| scheme.span()),
                    "the scheme `epoch` needs the key `week-zero`",
                )
                .label("counts from `week-zero`")
                .help(
                    "`week-zero` is the Monday on which week 0 began: \
                     `numbering = { scheme = \"epoch\", week-zero = 2009-01-12 }`",
                ));
        };
        let Some(date) = date_of(value.get_ref()) else {
            return Err(numbering.wrong_type("week-zero", value, "a date"));
        };
        let days = i64::from(date.weekday().to_monday_zero_offset());
        if days == 0 {
            return Ok(date);
        }
        let error = self
            .source
            .error(value.span(), "`week-zero` must be a Monday")
            .label(format!("a {:?}", date.weekday()));
        Err(match date.checked_sub(days.days()) {
            Ok(monday) => error.help(format!("the Monday before it is {monday}")),
            Err(_) => error,
        })
    }

    /// Patterns that match files.
    fn files(&self, table: &Table, name: &str) -> Result<Paths, ConfigError> {
        for pattern in table.strings(name)?.unwrap_or_default() {
            if pattern.get_ref().ends_with('/') {
                let message = format!("the pattern `{}` names a folder", pattern.get_ref());
                return Err(self
                    .source
                    .error(pattern.span(), message)
                    .label("matches no file")
                    .help(format!(
                        "write `{}**` for all files in it",
                        pattern.get_ref()
                    )));
            }
        }
        self.folders(table, name)
    }

    /// Patterns that match files and folders.
    fn folders(&self, table: &Table, name: &str) -> Result<Paths, ConfigError> {
        let patterns = table.strings(name)?.unwrap_or_default();
        for pattern in &patterns {
            let text = *pattern.get_ref();
            if let Err(bad) = paths::check_pattern(text) {
                return Err(self
                    .source
                    .error(
                        pattern.span(),
                        format!("the pattern `{text}` {}", bad.problem),
                    )
                    .label("matches nothing")
                    .help(bad.help));
            }
        }
        let patterns = patterns
            .iter()
            .map(|pattern| (*pattern.get_ref()).to_owned());
        Paths::new(patterns.collect()).map_err(|error| self.too_large(table, name, &error))
    }

    /// The error for patterns that are right one by one, and too much together.
    fn too_large(&self, table: &Table, name: &str, error: &globset::Error) -> ConfigError {
        let span = table.value(name).map_or(0..0, Spanned::span);
        self.source
            .error(span, format!("`{name}` cannot be used: {}", error.kind()))
    }

    fn levels(&self, table: &Table) -> Result<Levels, ConfigError> {
        let mut levels = Levels::new();
        for (id, value) in table.pairs("rules")? {
            check_rule(id.get_ref(), self.known_rules).map_err(|unknown| {
                self.source
                    .error(id.span(), unknown.to_string())
                    .label("not a rule")
                    .help(unknown.help)
            })?;
            let Some(word) = value.get_ref().as_str() else {
                return Err(self
                    .source
                    .error(value.span(), "a level must be a string")
                    .label(table::type_of(value.get_ref()))
                    .help(format!("the levels are {}", list(&Level::words()))));
            };
            let level = Level::from_word(word).ok_or_else(|| {
                table::unknown_word::<Level>(self.source, &Spanned::new(value.span(), word))
            })?;
            levels.insert(id.get_ref().to_string(), level);
        }
        Ok(levels)
    }
}

/// A TOML date without a time, or a string that is written like one.
fn date_of(value: &DeValue) -> Option<Date> {
    match value {
        DeValue::String(text) => parse_date(text),
        DeValue::Datetime(toml::value::Datetime {
            date: Some(date),
            time: None,
            offset: None,
        }) => {
            let (month, day) = (i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?);
            Date::new(i16::try_from(date.year).ok()?, month, day).ok()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
