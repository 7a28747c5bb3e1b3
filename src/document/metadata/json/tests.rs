use super::*;

#[test]
fn keys_and_values_have_their_spans() {
    let text = "{ \"tïtle\" : \"caf\\u00e9 \\\" x\",\n \"n\": -3, \"f\": 1e2, \"l\": [1, {\"a\": null}], \"n\": true }\n\nBody";
    let (entries, end) = parse(text, 0).unwrap();
    assert_eq!(text.get(end..), Some("\n\nBody"));
    let keys: Vec<&str> = entries.iter().map(|entry| &*entry.key).collect();
    assert_eq!(keys, ["tïtle", "n", "f", "l", "n"]);
    assert_eq!(entries[0].key_span.of(text), "\"tïtle\"");
    assert_eq!(entries[0].value, Value::String("café \" x".into()));
    assert_eq!(&*entries[0].source, "\"caf\\u00e9 \\\" x\"");
    assert!(entries[0].quoted);
    assert_eq!(entries[1].value, Value::Number(None));
    assert_eq!(entries[2].value, Value::Number(None));
    assert_eq!(entries[3].value_span.of(text), "[1, {\"a\": null}]");
    assert_eq!(entries[4].value, Value::Bool(true));
}

#[test]
fn what_only_begins_with_a_brace_is_no_json() {
    for text in [
        "{% include x %}\n",
        "{: .lead}\n",
        "{\"a\": 1",
        "{\"a\": 1} and on\n",
        "{{< youtube x >}}",
        "[1]",
    ] {
        assert!(parse(text, 0).is_none(), "{text}");
    }
    assert!(parse("{}", 0).is_some());
}
