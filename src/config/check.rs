//! Whether a TOML document holds what [`super::schema`] says it may: the keys, and the type of each value. A message
//! shows the example that the key has there; serde's own messages name Rust types and know no examples.

use super::error::{ConfigError, Mistake, Source};
use super::read::{date_of, number};
use super::schema::{Key, Kind, LEVELS, Table};
use super::suggest::{did_you_mean, list, nearest, rules_named};
use crate::order::Order;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// Says what is wrong; the keys come first, then the values in the order in which they are described.
pub(super) struct Checker<'c> {
    pub(super) source: &'c Source,
    pub(super) known_rules: &'c [&'c str],
}

impl Checker<'_> {
    /// Checks `entries`, which stand at `span`.
    pub(super) fn table(
        &self,
        table: &Table,
        entries: &DeTable,
        span: Range<usize>,
    ) -> Result<(), ConfigError> {
        let unknown = entries
            .keys()
            .filter(|key| table.key(key.get_ref()).is_none());
        if let Some(key) = unknown.min_by_key(|key| key.span().start) {
            return Err(self.unknown_key(table, key));
        }
        let missing = |key: &&Key| key.required && !entries.contains_key(key.name);
        if let Some(key) = table.keys.iter().find(missing) {
            let message = format!("{} needs the key `{}`", table.title, key.name);
            let label = format!("`{}` is missing", key.name);
            let mistake = Mistake::new(message, label, key.help());
            return Err(self.source.error(span, mistake));
        }
        for key in table.keys {
            if let Some(value) = entries.get(key.name) {
                self.value(key, value)?;
            }
        }
        Ok(())
    }

    fn unknown_key(&self, table: &Table, key: &Spanned<DeString>) -> ConfigError {
        let (name, names) = (key.get_ref(), table.names());
        let mut tables = Table::all().into_iter();
        let elsewhere = tables.find(|table| table.key(name).is_some());
        let help = match (nearest(name, &names), elsewhere) {
            (None, Some(table)) => format!("`{name}` belongs in {}", table.title),
            _ => did_you_mean(name, &names, &format!("the keys of {} are", table.title)),
        };
        let label = format!("not a key of {}", table.title);
        let mistake = Mistake::new(format!("unknown key `{name}`"), label, help);
        self.source.error(key.span(), mistake)
    }

    fn value(&self, key: &Key, value: &Spanned<DeValue>) -> Result<(), ConfigError> {
        let wrong = |found: &Spanned<DeValue>| {
            let message = format!("`{}` must be {}", key.name, key.kind.name());
            let mistake = Mistake::new(message, type_of(found.get_ref()), key.help());
            self.source.error(found.span(), mistake)
        };
        let refused = |mistake| self.source.error(value.span(), mistake);
        let (inner, text) = (value.get_ref(), value.get_ref().as_str());
        let (items, entries) = (inner.as_array(), inner.as_table());
        let checked = match key.kind {
            Kind::String => text.map(|_| Ok(())),
            Kind::Date(check) => date_of(inner).map(|date| check(date).map_err(refused)),
            Kind::Week(_) if number(inner).is_some() || date_of(inner).is_some() => Some(Ok(())),
            Kind::Week(check) => text.map(|text| check(text).map(|_| ()).map_err(refused)),
            Kind::Word(noun, words) => text.map(|word| known(word, noun, words).map_err(refused)),
            Kind::Strings(check) => items.map(|items| {
                items.iter().try_for_each(|item| {
                    let text = item.get_ref().as_str().ok_or_else(|| wrong(item))?;
                    check(text).map_err(|mistake| self.source.error(item.span(), mistake))
                })
            }),
            Kind::Table(table) => entries.map(|entries| self.table(table, entries, value.span())),
            Kind::Tables(table) => items.map(|items| {
                items.iter().try_for_each(|item| {
                    let entries = item.get_ref().as_table().ok_or_else(|| wrong(item))?;
                    self.table(table, entries, item.span())
                })
            }),
            Kind::Levels => entries.map(|entries| self.levels(entries)),
        };
        checked.unwrap_or_else(|| Err(wrong(value)))
    }

    fn levels(&self, entries: &DeTable) -> Result<(), ConfigError> {
        let mut pairs: Vec<_> = entries.iter().collect();
        pairs.order_by_key(|(id, _)| id.span().start);
        for (id, value) in pairs {
            rules_named(id.get_ref(), self.known_rules)
                .map_err(|help| {
                    let message = format!("there is no rule called `{}`", id.get_ref());
                    Mistake::new(message, "not a rule", help)
                })
                .map_err(|mistake| self.source.error(id.span(), mistake))?;
            let level = match value.get_ref().as_str() {
                Some(word) => known(word, "level", LEVELS),
                None => Err(Mistake::new(
                    "a level must be a string",
                    type_of(value.get_ref()),
                    format!("the levels are {}", list(LEVELS)),
                )),
            };
            level.map_err(|mistake| self.source.error(value.span(), mistake))?;
        }
        Ok(())
    }
}

fn known(word: &str, noun: &str, words: &[&str]) -> Result<(), Mistake> {
    if words.contains(&word) {
        return Ok(());
    }
    let message = format!("unknown {noun} `{word}`");
    let help = did_you_mean(word, words, &format!("the {noun}s are"));
    Err(Mistake::new(message, format!("not a {noun}"), help))
}

/// What a value is called.
fn type_of(value: &DeValue) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a decimal number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
