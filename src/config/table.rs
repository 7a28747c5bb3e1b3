//! A TOML table that is read key by key. Each getter says what it expected where something else stands, with the
//! example that [`super::schema`] has for the key. serde's own messages name Rust types and know no examples.

use super::error::{ConfigError, Source};
use super::schema::Table as Shape;
use super::suggest::{did_you_mean, nearest};
use super::types::Words;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// The result of reading something that need not be there.
type Optional<T> = Result<Option<T>, ConfigError>;

/// A key and its value.
pub(super) type Pair<'t> = (&'t Spanned<DeString<'t>>, &'t Spanned<DeValue<'t>>);

/// A table whose keys are known to be allowed, and complete.
pub(super) struct Table<'t> {
    source: &'t Source,
    shape: &'static Shape,
    entries: &'t DeTable<'t>,
}

impl<'t> Table<'t> {
    /// Opens `entries`, which stand at `span`, after a look at their keys.
    pub(super) fn open(
        source: &'t Source,
        shape: &'static Shape,
        entries: &'t DeTable<'t>,
        span: Range<usize>,
    ) -> Result<Self, ConfigError> {
        let unknown = (entries.keys())
            .filter(|key| shape.key(key.get_ref()).is_none())
            .min_by_key(|key| key.span().start);
        if let Some(key) = unknown {
            return Err(unknown_key(source, shape, key));
        }
        let missing =
            (shape.keys.iter()).find(|key| key.required && !entries.contains_key(key.name));
        if let Some(key) = missing {
            return Err(source
                .error(
                    span,
                    format!("{} needs the key `{}`", shape.title, key.name),
                )
                .label(format!("`{}` is missing", key.name))
                .help(format!("write it like this: `{}`", key.line())));
        }
        Ok(Table {
            source,
            shape,
            entries,
        })
    }

    pub(super) fn value(&self, name: &str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.entries.get(name)
    }

    pub(super) fn string(&self, name: &str) -> Optional<Spanned<&'t str>> {
        self.value(name)
            .map(|value| self.as_string(name, value, "a string"))
            .transpose()
    }

    pub(super) fn strings(&self, name: &str) -> Optional<Vec<Spanned<&'t str>>> {
        const EXPECTED: &str = "a list of strings";
        let Some(value) = self.value(name) else {
            return Ok(None);
        };
        let Some(items) = value.get_ref().as_array() else {
            return Err(self.wrong_type(name, value, EXPECTED));
        };
        let strings = items
            .iter()
            .map(|item| self.as_string(name, item, EXPECTED));
        strings.collect::<Result<_, _>>().map(Some)
    }

    pub(super) fn number(&self, name: &str) -> Optional<u32> {
        let Some(value) = self.value(name) else {
            return Ok(None);
        };
        match number(value.get_ref()) {
            Some(number) => Ok(Some(number)),
            None => Err(self.wrong_type(name, value, "a whole number, 0 or more")),
        }
    }

    pub(super) fn word<T: Words>(&self, name: &str) -> Optional<T> {
        let Some(word) = self.string(name)? else {
            return Ok(None);
        };
        match T::from_word(word.get_ref()) {
            Some(meaning) => Ok(Some(meaning)),
            None => Err(unknown_word::<T>(self.source, &word)),
        }
    }

    pub(super) fn table(&self, name: &str, shape: &'static Shape) -> Optional<Table<'t>> {
        let Some(value) = self.value(name) else {
            return Ok(None);
        };
        let entries = self.entries(name, value)?;
        Table::open(self.source, shape, entries, value.span()).map(Some)
    }

    pub(super) fn tables(
        &self,
        name: &str,
        shape: &'static Shape,
    ) -> Result<Vec<Table<'t>>, ConfigError> {
        let Some(value) = self.value(name) else {
            return Ok(Vec::new());
        };
        let Some(items) = value.get_ref().as_array() else {
            return Err(self.wrong_type(name, value, "a list of tables"));
        };
        let open = |item: &'t Spanned<DeValue<'t>>| {
            let Some(entries) = item.get_ref().as_table() else {
                return Err(self.wrong_type(name, item, "a list of tables"));
            };
            Table::open(self.source, shape, entries, item.span())
        };
        items.iter().map(open).collect()
    }

    /// The entries of a table whose keys the user chooses, in the order of the file.
    pub(super) fn pairs(&self, name: &str) -> Result<Vec<Pair<'t>>, ConfigError> {
        let Some(value) = self.value(name) else {
            return Ok(Vec::new());
        };
        let mut pairs: Vec<_> = self.entries(name, value)?.iter().collect();
        pairs.sort_by_key(|(key, _)| key.span().start);
        Ok(pairs)
    }

    /// The error for a value of `name` that is not what was `expected`.
    pub(super) fn wrong_type(
        &self,
        name: &str,
        found: &Spanned<DeValue>,
        expected: &str,
    ) -> ConfigError {
        let error = self
            .source
            .error(found.span(), format!("`{name}` must be {expected}"))
            .label(type_of(found.get_ref()));
        match self.shape.key(name) {
            Some(key) => error.help(format!("write it like this: `{}`", key.line())),
            None => error,
        }
    }

    fn entries(
        &self,
        name: &str,
        value: &'t Spanned<DeValue<'t>>,
    ) -> Result<&'t DeTable<'t>, ConfigError> {
        let entries = value.get_ref().as_table();
        entries.ok_or_else(|| self.wrong_type(name, value, "a table"))
    }

    fn as_string(
        &self,
        name: &str,
        value: &'t Spanned<DeValue<'t>>,
        expected: &str,
    ) -> Result<Spanned<&'t str>, ConfigError> {
        match value.get_ref().as_str() {
            Some(text) => Ok(Spanned::new(value.span(), text)),
            None => Err(self.wrong_type(name, value, expected)),
        }
    }
}

/// What a value is called.
pub(super) fn type_of(value: &DeValue) -> &'static str {
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

/// A number that weeks and notes can have.
pub(super) fn number(value: &DeValue) -> Option<u32> {
    let integer = value.as_integer()?;
    u32::from_str_radix(integer.as_str(), integer.radix()).ok()
}

/// The error for a word that is none of `T`'s.
pub(super) fn unknown_word<T: Words>(source: &Source, word: &Spanned<&str>) -> ConfigError {
    let all = format!("the {}s are", T::NOUN);
    source
        .error(
            word.span(),
            format!("unknown {} `{}`", T::NOUN, word.get_ref()),
        )
        .label(format!("not a {}", T::NOUN))
        .help(did_you_mean(word.get_ref(), &T::words(), &all))
}

fn unknown_key(source: &Source, shape: &Shape, key: &Spanned<DeString>) -> ConfigError {
    let (name, names) = (key.get_ref(), shape.names());
    let elsewhere = Shape::all()
        .into_iter()
        .find(|table| table.key(name).is_some());
    let help = match (nearest(name, &names), elsewhere) {
        (None, Some(table)) => format!("`{name}` belongs in {}", table.title),
        _ => did_you_mean(name, &names, &format!("the keys of {} are", shape.title)),
    };
    source
        .error(key.span(), format!("unknown key `{name}`"))
        .label(format!("not a key of {}", shape.title))
        .help(help)
}
