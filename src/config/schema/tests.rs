use super::*;
use serde_json::{Value, json};
use std::path::Path;

/// Id and summary of every rule.
fn rules() -> Vec<(&'static str, &'static str)> {
    let rules = crate::rules::RULES.iter();
    rules.map(|rule| (rule.id, rule.summary)).collect()
}

#[test]
fn the_schema_in_the_repository_is_the_one_made_here() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("weeknote-lint.schema.json");
    let made = format!("{:#}\n", json_schema(&rules()));
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &made).expect("the schema can be written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept.replace("\r\n", "\n") == made,
        "weeknote-lint.schema.json is stale: run `UPDATE=1 cargo test schema`"
    );
}

#[test]
fn every_example_is_valid_where_its_key_stands() {
    let read = |text: &str| {
        let result = crate::config::read(Path::new("x.toml"), text, &["week/gap"]);
        assert!(
            result.is_ok(),
            "{text}\n{}",
            result.err().map_or(String::new(), |e| e.to_string())
        );
    };
    for table in Table::all() {
        for key in table.keys {
            let with = |key: &Key| format!("{} = {}\n", key.name, key.example);
            let others =
                (table.keys.iter()).filter(|other| other.required && other.name != key.name);
            let lines: String = std::iter::once(key).chain(others).map(with).collect();
            let inline = lines.trim_end().replace('\n', ", ");
            match table.title {
                "the configuration" => read(&lines),
                // `week-zero` goes with another scheme than the example's.
                "`numbering`" => read(&format!(
                    "[[series]]\nname = 'w'\ninclude = ['*']\nnumbering = {{ {} }}",
                    if key.name == "week-zero" {
                        inline.replace("sequence", "epoch")
                    } else {
                        inline
                    }
                )),
                title => read(&format!("{}\n{lines}", title.trim_matches('`'))),
            }
        }
    }
}

#[test]
fn rules_are_offered_with_their_summaries() {
    let schema = json_schema(&[("week/gap", "weeks without a note")]);
    for levels in [
        &schema["properties"]["rules"],
        &schema["properties"]["overrides"]["items"]["properties"]["rules"],
    ] {
        let rule = &levels["properties"]["week/gap"];
        assert_eq!(rule["description"], "weeks without a note");
        assert_eq!(rule["enum"], json!(["error", "warning", "info", "off"]));
        assert_eq!(levels["properties"]["week/*"]["enum"], rule["enum"]);
        assert_eq!(levels["additionalProperties"], false);
    }
}

#[test]
fn descriptions_are_sentences() {
    for key in Table::all().iter().flat_map(|table| table.keys) {
        let text = key.description;
        let begins_well = text.starts_with(|first: char| first.is_uppercase() || first == '`');
        assert!(
            begins_well && text.ends_with('.') && !text.contains("  "),
            "{text}"
        );
    }
}

impl Table {
    fn json(&self, rules: &[(&str, &str)]) -> Value {
        let keys = self.keys.iter();
        let properties: Value = keys.map(|key| (key.name, key.json(rules))).collect();
        let mut schema = json!({
            "type": "object",
            "additionalProperties": false,
            "properties": properties,
        });
        let required = self.keys.iter().filter(|key| key.required);
        let required: Vec<&str> = required.map(|key| key.name).collect();
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        schema
    }
}

impl Key {
    fn json(&self, rules: &[(&str, &str)]) -> Value {
        let mut schema = match self.kind {
            Kind::String => json!({ "type": "string" }),
            Kind::Strings(_) => json!({ "type": "array", "items": { "type": "string" } }),
            // Editors show a TOML date to the schema as a string.
            Kind::Date(_) => json!({ "type": "string", "format": "date" }),
            Kind::Week(_) => json!({ "anyOf": [
                { "type": "integer", "minimum": 0, "maximum": u32::MAX },
                { "type": "string", "pattern": "^[0-9]{4}-(W[0-9]{2}|[0-9]{2}-[0-9]{2})$" },
            ] }),
            Kind::Word(_, words) => json!({ "enum": words }),
            Kind::Table(table) => table.json(rules),
            Kind::Tables(table) => json!({ "type": "array", "items": table.json(rules) }),
            Kind::Levels => levels(rules),
        };
        schema["description"] = json!(self.description);
        schema
    }
}

fn levels(rules: &[(&str, &str)]) -> Value {
    let level = |summary: &str| json!({ "enum": LEVELS, "description": summary });
    let families = rules.iter().filter_map(|(id, _)| id.split_once('/'));
    let families =
        families.map(|(family, _)| (format!("{family}/*"), level("All rules of this family.")));
    let rules = rules
        .iter()
        .map(|&(id, summary)| (id.to_owned(), level(summary)));
    let properties: Value = rules.chain(families).collect();
    json!({ "type": "object", "additionalProperties": false, "properties": properties })
}

/// The JSON Schema (draft 7, which the TOML plug-ins of editors know) of `weeknote-lint.toml`, for `rules` given by id
/// and summary.
fn json_schema(rules: &[(&str, &str)]) -> Value {
    let mut schema = TOP.json(rules);
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["$id"] = json!(concat!(
        env!("CARGO_PKG_REPOSITORY"),
        "/raw/main/weeknote-lint.schema.json"
    ));
    schema["title"] = json!("weeknote-lint.toml");
    schema["description"] = json!("The configuration of weeknote-lint, the linter for weeknotes.");
    schema
}
