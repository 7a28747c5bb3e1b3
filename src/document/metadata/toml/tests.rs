use super::*;

fn parsed(text: &str) -> (Vec<Entry>, Vec<Problem>) {
    let block = parse(text, 0..text.len());
    (block.entries, block.problems)
}

#[test]
fn values_have_types_and_spans() {
    let text = "title = \"Ünï\" \ndate = 2031-05-06\nat = 2031-05-06T07:08:09.5+02:00\r\nlocal = 2031-05-06 07:08:09\n\
                    draft = true\ntags = ['a', 'b']\nn = 0x10\nf = 1.5\nextra.lead = 'x'\n[taxonomies]\npeople = [\"é\"]\n";
    let (entries, problems) = parsed(text);
    assert!(problems.is_empty());
    let keys: Vec<&str> = entries.iter().map(|entry| &*entry.key).collect();
    assert_eq!(
        keys,
        [
            "title",
            "date",
            "at",
            "local",
            "draft",
            "tags",
            "n",
            "f",
            "extra",
            "taxonomies"
        ]
    );
    for entry in entries.iter().take(9) {
        assert_eq!(entry.key_span.of(text), &*entry.key);
    }
    assert_eq!(&*entries[0].source, "\"Ünï\"");
    assert!(entries[0].quoted);
    assert_eq!(entries[0].stray_whitespace.len(), 1);
    assert_eq!(entries[1].value, Value::Date(jiff::civil::date(2031, 5, 6)));
    let Value::Timestamp(at) = entries[2].value else {
        panic!()
    };
    assert_eq!((at.offset, at.second_of_day), (Some(7200), 25_689));
    assert!(entries[2].stray_whitespace.is_empty());
    assert!(matches!(
        entries[3].value,
        Value::Timestamp(Timestamp { offset: None, .. })
    ));
    assert_eq!(entries[5].value_span.of(text), "['a', 'b']");
    assert_eq!(entries[6].value, Value::Number(Some(16)));
    let Value::Map(inside) = &entries[9].value else {
        panic!()
    };
    assert_eq!(inside[0].key_span.of(text), "people");
}

#[test]
fn a_broken_line_is_one_problem_and_its_key_is_known() {
    let text = "title = Not quoted\ndate = 2031-05-06\nstray\nx = 1\n";
    let (entries, problems) = parsed(text);
    let keys: Vec<&str> = entries.iter().map(|entry| &*entry.key).collect();
    assert_eq!(keys, ["title", "date", "x"]);
    let spans: Vec<&str> = problems
        .iter()
        .map(|problem| problem.span.of(text))
        .collect();
    assert_eq!(spans, ["title = Not quoted", "stray"]);
    assert_eq!(entries[0].as_str(), Some("Not quoted"));
}

#[test]
fn a_duplicate_key_is_two_entries() {
    let (entries, problems) = parsed("a = 1\nb = 2\na = 3\n");
    assert_eq!(entries.len(), 3);
    assert!(problems.is_empty());
    assert_eq!(entries[2].value, Value::Number(Some(3)));
}

#[test]
fn an_array_that_is_not_closed_is_one_problem() {
    let text = "tags = [\"a\"\ndate = 2024-01-02\n\n[extra]\nimage = \"a.jpg\"\n";
    assert_eq!(parse(text, 0..text.len()).problems.len(), 1);
}
