//! The language server, as an editor speaks with it: over pipes, with the real program.

#![allow(clippy::expect_used, reason = "a failure here is a failed test")]

mod support;

use serde_json::{Value, json};
use std::fs;
use support::client::{Client, edited};
use support::{Folder, archive, copy_folder, lint_text};

/// The clean archive in a folder of its own.
fn clean() -> Folder {
    let folder = Folder::new(&[]);
    copy_folder(&archive("clean"), folder.path(), |_| false);
    folder
}

fn week(number: u32) -> String {
    format!("soups/weeknotes/week-{number}.snip.markdown")
}

fn text(folder: &Folder, path: &str) -> String {
    fs::read_to_string(folder.path().join(path)).expect("the note is there")
}

/// The range of a part of a text in ASCII, which stands there once.
#[track_caller]
fn range(text: &str, part: &str) -> Value {
    let at = |offset: usize| {
        let before = text.get(..offset).expect("the text is ASCII");
        let line = before.matches('\n').count();
        json!({ "line": line, "character": offset - before.rfind('\n').map_or(0, |at| at + 1) })
    };
    let start = text.find(part).expect("the part is there");
    json!({ "start": at(start), "end": at(start + part.len()) })
}

/// The actions at a part of a note.
fn actions(client: &mut Client, path: &str, range: Value, only: Value) -> Vec<Value> {
    let document = client.document(path);
    let mut context = json!({ "diagnostics": [] });
    if !only.is_null() {
        context["only"] = only;
    }
    let params = json!({ "textDocument": document, "range": range, "context": context });
    let actions = client.request("textDocument/codeAction", params);
    actions.as_array().cloned().unwrap_or_default()
}

#[test]
fn findings_follow_what_is_typed() {
    let folder = clean();
    let path = week(111);
    let before = text(&folder, &path);
    let mut client = Client::new(folder.path());
    client.open(&path, &before);
    assert_eq!(client.rules(&path), Vec::<String>::new());

    let council = range(&before, "council][");
    client.change(&path, json!([{ "range": council, "text": "council][x" }]));
    let found = client.diagnostics(&path);
    let [finding] = found.as_slice() else {
        panic!("one finding: {found:#?}");
    };
    assert_eq!(finding["code"], "links/undefined-reference");
    assert_eq!(finding["source"], "weeknote-lint");
    assert_eq!(finding["severity"], 1);
    assert_eq!(
        finding["range"]["start"],
        json!({ "line": 3, "character": 4 })
    );
    let href = finding["codeDescription"]["href"]
        .as_str()
        .unwrap_or_default();
    assert!(
        href.ends_with("/rules/links/undefined-reference.html"),
        "{href}"
    );
    let related = finding["relatedInformation"].as_array().expect("a label");
    assert_eq!(related[0]["location"]["uri"], client.uri(&path));
    assert_eq!(related[0]["location"]["range"]["start"]["line"], 9);

    client.change(&path, json!([{ "text": before }]));
    assert_eq!(client.rules(&path), Vec::<String>::new());
    assert_eq!(client.end(), 0);
}

#[test]
fn a_fix_and_a_comment_are_actions() {
    let folder = clean();
    let path = week(111);
    let wrong = text(&folder, &path).replace("[council][council]", "[council][councel]");
    let mut client = Client::new(folder.path());
    client.open(&path, &wrong);
    assert_eq!(client.rules(&path), ["links/undefined-reference"]);

    let place = range(&wrong, "[councel]");
    let actions = actions(&mut client, &path, place.clone(), json!(["quickfix"]));
    let titles: Vec<&str> = actions
        .iter()
        .filter_map(|one| one["title"].as_str())
        .collect();
    assert_eq!(
        titles,
        [
            "Use the label `council`",
            "Ignore links/undefined-reference here",
            "Ignore links/undefined-reference in this note",
        ]
    );
    assert_eq!(actions[0]["isPreferred"], false, "it is to be read");
    for (action, holds) in actions.iter().zip([
        "[council][council] came",
        "\n<!-- weeknote-lint-ignore links/undefined-reference -->\nThe [council][councel]",
        ":extension: markdown\n# weeknote-lint-ignore-file links/undefined-reference",
    ]) {
        let after = edited(&wrong, &action["edit"]["changes"][client.uri(&path)]);
        assert!(after.contains(holds), "{after}");
        client.change(&path, json!([{ "text": after }]));
        assert_eq!(client.rules(&path), Vec::<String>::new(), "{after}");
        client.change(&path, json!([{ "text": wrong }]));
        assert_eq!(client.rules(&path), ["links/undefined-reference"]);
    }

    let params = json!({ "textDocument": client.document(&path), "position": place["start"] });
    let hover = client.request("textDocument/hover", params);
    let page = hover["contents"]["value"].as_str().unwrap_or_default();
    assert!(
        page.starts_with("**links/undefined-reference**: "),
        "{page}"
    );
    assert!(page.contains("**Why.**"), "{page}");
    assert_eq!(client.end(), 0);
}

#[test]
fn what_is_safe_is_fixed_at_once() {
    let folder = clean();
    let path = week(111);
    let wrong = text(&folder, &path)
        .replace("We showed", "We  showed")
        .replace(
            "\n[opening-hours]:",
            "\n[never-used]: /opening-hours\n[opening-hours]:",
        )
        .replace(":kind: blog\n", ":kind: blog \n");
    let mut client = Client::new(folder.path());
    client.open(&path, &wrong);
    let found = client.rules(&path);
    assert!(found.len() >= 2, "{found:?}");
    let whole =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } });
    let actions = actions(&mut client, &path, whole, json!(["source.fixAll"]));
    let [action] = actions.as_slice() else {
        panic!("one action: {actions:#?}");
    };
    assert_eq!(action["kind"], "source.fixAll.weeknote-lint");
    let action = client.request("codeAction/resolve", action.clone());
    let after = edited(&wrong, &action["edit"]["changes"][client.uri(&path)]);
    folder.write(&path, &wrong);
    let run = folder.lint(&["--fix", &path]);
    assert_eq!(after, text(&folder, &path), "as --fix does: {}", run.err);
    client.change(&path, json!([{ "text": after }]));
    assert_eq!(client.rules(&path), Vec::<String>::new());
    assert_eq!(client.end(), 0);
}

/// The items that are offered where `mark` stands in a text; the mark is taken out.
fn offered(client: &mut Client, path: &str, marked: &str) -> (String, Vec<Value>) {
    let place = range(marked, "‸")["start"].clone();
    let text = marked.replace('‸', "");
    client.change(path, json!([{ "text": text }]));
    let params = json!({ "textDocument": client.document(path), "position": place });
    let offered = client.request("textDocument/completion", params);
    let items = offered["items"].as_array().cloned().unwrap_or_default();
    (text, items)
}

fn labels(items: &[Value]) -> Vec<&str> {
    items
        .iter()
        .filter_map(|item| item["label"].as_str())
        .collect()
}

/// The text with an item in it, and with what comes along.
fn taken(text: &str, item: &Value) -> String {
    let mut edits = vec![item["textEdit"].clone()];
    edits.extend(
        item["additionalTextEdits"]
            .as_array()
            .cloned()
            .unwrap_or_default(),
    );
    edited(text, &json!(edits))
}

const WEEKS: [(&str, &str); 4] = [
    (
        "notes/week-11.md",
        "---\ntitle: Week 11\ndate: 2024-03-15\ntags: [garden]\n---\n\n## Broad beans\n\nThe [seed fund][seed-fund] and [the shed](week-10.md).\n\n[seed-fund]: https://seed.example/now\n",
    ),
    (
        "notes/week-10.md",
        "---\ntitle: Week 10\ndate: 2024-03-08\ntags: [garden]\nmood: fine\n---\n\nThe [seed fund][seed-fund] wrote.\n\n[seed-fund]: https://seed.example/then\n",
    ),
    (
        "notes/week-9.md",
        "---\ntitle: Week 9\ndate: 2024-03-01\ntags: [garden, rain]\nmood: fine\n---\n\nRain. See [last week](week-8.md).\n",
    ),
    (
        "notes/week-8.md",
        "---\ntitle: Week 8\ndate: 2024-02-23\nmood: low\n---\n\nMore [rain][].\n\n[rain]: https://rain.example/\n",
    ),
];

const NEW: &str = "---\ntitle: Week 12\ndate: 2024-03-22\n---\n\nThe [council][c] came.\n\n[c]: https://council.example/\n";

#[test]
fn the_archive_remembers_labels() {
    let folder = Folder::new(&WEEKS);
    let path = "notes/week-12.md";
    folder.write(path, NEW);
    let mut client = Client::new(folder.path());
    client.open(path, NEW);
    let marked = NEW.replace("came.", "came, the [fund][se‸] too.");
    let (text, items) = offered(&mut client, path, &marked);
    let details: Vec<&str> = items
        .iter()
        .filter_map(|item| item["detail"].as_str())
        .collect();
    assert_eq!(labels(&items), ["seed-fund", "seed-fund"]);
    assert_eq!(
        details,
        [
            "https://seed.example/now (week-11)",
            "https://seed.example/then (week-10)"
        ],
        "the nearest week comes first"
    );
    let after = taken(&text, &items[0]);
    assert!(after.contains("the [fund][seed-fund] too."), "{after}");
    let defined = "[c]: https://council.example/\n[seed-fund]: https://seed.example/now\n";
    assert!(after.ends_with(defined), "{after}");

    // A label alone gets the text that is typed, as the references of this note have one.
    let (text, items) = offered(&mut client, path, &NEW.replace("came.", "came, [rai‸"));
    assert_eq!(labels(&items), ["rain"]);
    let after = taken(&text, &items[0]);
    assert!(after.contains("came, [rai][rain]\n"), "{after}");

    // A note without a definition gets its first at the end.
    let (text, items) = offered(
        &mut client,
        path,
        "---\ntitle: Week 12\n---\n\nThe [fund][se‸]\n",
    );
    let after = taken(&text, &items[0]);
    assert!(
        after.ends_with("[fund][seed-fund]\n\n[seed-fund]: https://seed.example/now\n"),
        "{after}"
    );
    assert_eq!(client.end(), 0);
}

#[test]
fn the_archive_remembers_pages_headings_keys_and_values() {
    let folder = Folder::new(&WEEKS);
    let path = "notes/week-12.md";
    folder.write(path, NEW);
    let mut client = Client::new(folder.path());
    client.open(path, NEW);
    let at = |marked: &str| NEW.replace("came.", marked);
    let (text, items) = offered(&mut client, path, &at("came, see [it](we‸)."));
    assert_eq!(labels(&items), ["Week 11", "Week 10", "Week 9", "Week 8"]);
    let after = taken(&text, &items[0]);
    assert!(after.contains("[it](week-11.md)."), "{after}");

    let (text, items) = offered(&mut client, path, &at("came, see [it](week-11.md#‸)."));
    assert_eq!(labels(&items), ["Broad beans"]);
    let after = taken(&text, &items[0]);
    assert!(after.contains("[it](week-11.md#broad-beans)."), "{after}");

    let (text, items) = offered(
        &mut client,
        path,
        &NEW.replace("---\n\nThe", "‸\n---\n\nThe"),
    );
    assert_eq!(labels(&items), ["tags", "mood"]);
    assert_eq!(items[0]["detail"], "in 3 of 4 notes");
    let after = taken(&text, &items[1]);
    assert!(after.contains("date: 2024-03-22\nmood: \n---"), "{after}");

    let (_, items) = offered(
        &mut client,
        path,
        &NEW.replace("---\n\nThe", "mood: ‸\n---\n\nThe"),
    );
    assert_eq!(labels(&items), ["fine", "low"]);
    let (_, items) = offered(
        &mut client,
        path,
        &NEW.replace("---\n\nThe", "tags: [garden, ‸]\n---\n\nThe"),
    );
    assert_eq!(labels(&items), ["garden", "rain"]);
    assert_eq!(client.end(), 0);
}

/// The lines that a list of places names, as `path:line`.
fn places(client: &Client, found: &Value) -> Vec<String> {
    let root = client.uri("");
    let place = |one: &Value| {
        let uri = one["uri"].as_str().unwrap_or_default();
        format!(
            "{}:{}",
            uri.trim_start_matches(&root),
            one["range"]["start"]["line"]
        )
    };
    found.as_array().into_iter().flatten().map(place).collect()
}

#[test]
fn labels_and_pages_are_found() {
    let folder = Folder::new(&WEEKS);
    let path = "notes/week-12.md";
    let text = NEW.replace(
        "came.",
        "came; [beans](week-11.md#broad-beans), the [fund][seed-fund].",
    );
    folder.write(path, &text);
    let mut client = Client::new(folder.path());
    client.open(path, &text);
    client.open("notes/week-10.md", WEEKS[1].1);
    let mut ask = |method: &str, path: &str, text: &str, part: &str| {
        let params = json!({
            "textDocument": client.document(path),
            "position": range(text, part)["start"],
            "context": { "includeDeclaration": true },
        });
        let found = client.request(method, params);
        places(&client, &found)
    };
    let definition = "textDocument/definition";
    assert_eq!(
        ask(definition, path, &text, "c] came"),
        ["notes/week-12.md:7"]
    );
    assert_eq!(
        ask(definition, path, &text, "week-11.md"),
        ["notes/week-11.md:6"]
    );
    assert_eq!(
        ask(definition, path, &text, "seed-fund"),
        ["notes/week-11.md:10", "notes/week-10.md:9"]
    );
    let references = "textDocument/references";
    assert_eq!(
        ask(references, path, &text, "c]: https"),
        ["notes/week-12.md:5", "notes/week-12.md:7"]
    );
    // Outside of any link: the links to this page.
    assert_eq!(
        ask(references, "notes/week-10.md", WEEKS[1].1, "wrote"),
        ["notes/week-11.md:8"]
    );
    assert_eq!(
        ask(references, path, &text, "week-11.md"),
        ["notes/week-12.md:5"]
    );
    assert_eq!(client.end(), 0);
}

#[test]
fn labels_and_files_get_other_names() {
    let folder = Folder::new(&WEEKS);
    let path = "notes/week-12.md";
    let text = NEW.replace(
        "came.",
        "came, [c] and [last week](week-11.md#broad-beans).",
    );
    folder.write(path, &text);
    let mut client = Client::new(folder.path());
    client.open(path, &text);
    let place = range(&text, "c] came")["start"].clone();
    let document = client.document(path);
    let params = json!({ "textDocument": document, "position": place });
    let prepared = client.request("textDocument/prepareRename", params.clone());
    assert_eq!(prepared["placeholder"], "c");
    let mut renamed = params;
    renamed["newName"] = json!("council");
    let edit = client.request("textDocument/rename", renamed.clone());
    let after = edited(&text, &edit["changes"][client.uri(path)]);
    assert!(
        after.contains("[council][council] came, [c][council] and"),
        "{after}"
    );
    assert!(
        after.ends_with("\n[council]: https://council.example/\n"),
        "{after}"
    );
    renamed["newName"] = json!("a]b");
    assert_eq!(
        client.request("textDocument/rename", renamed)["code"],
        -32803
    );

    let files = json!({ "files": [{
        "oldUri": client.uri("notes/week-11.md"),
        "newUri": client.uri("notes/2024/week-eleven.md"),
    }] });
    let edit = client.request("workspace/willRenameFiles", files);
    let after = edited(&text, &edit["changes"][client.uri(path)]);
    assert!(
        after.contains("[last week](2024/week-eleven.md#broad-beans)"),
        "{after}"
    );
    let after = edited(WEEKS[0].1, &edit["changes"][client.uri("notes/week-11.md")]);
    assert!(after.contains("[the shed](../week-10.md)"), "{after}");
    let document = client.document(path);
    let place = range(&text, "week-11.md")["start"].clone();
    let params = json!({ "textDocument": document, "position": place, "newName": "week-eleven" });
    let prepared = client.request("textDocument/prepareRename", params.clone());
    assert_eq!(prepared["placeholder"], "week-11");
    let edit = client.request("textDocument/rename", params.clone());
    let after = edited(&text, &edit["documentChanges"][0]["edits"]);
    assert!(
        after.contains("[last week](week-eleven.md#broad-beans)"),
        "{after}"
    );
    assert_eq!(edit["documentChanges"][1]["kind"], "rename");
    assert_eq!(
        edit["documentChanges"][1]["newUri"],
        client.uri("notes/week-eleven.md")
    );
    let mut taken = params;
    taken["newName"] = json!("week-10");
    assert_eq!(client.request("textDocument/rename", taken)["code"], -32803);

    // The server knows the archive as it is until it is told.
    client.change(path, json!([{ "text": text }]));
    assert_eq!(client.rules(path), Vec::<String>::new());
    assert_eq!(client.end(), 0);
}

#[test]
fn files_that_change_on_the_disk_are_read_again() {
    let folder = Folder::new(&WEEKS);
    let path = "notes/week-9.md";
    let mut client = Client::new(folder.path());
    client.open(path, WEEKS[2].1);
    assert_eq!(client.rules(path), Vec::<String>::new());
    let watched = &client.asked[0]["params"]["registrations"][0];
    assert_eq!(
        watched["registerOptions"]["watchers"][0]["globPattern"],
        "**/*"
    );

    fs::remove_file(folder.path().join("notes/week-8.md")).expect("the note is there");
    client.files_changed(&["notes/week-8.md"]);
    assert_eq!(client.rules(path), ["links/missing-target"]);
    folder.write("notes/week-8.md", WEEKS[3].1);
    client.files_changed(&["notes/week-8.md"]);
    assert_eq!(client.rules(path), Vec::<String>::new());

    client.change(
        path,
        json!([{ "text": WEEKS[2].1.replace("Rain.", "[Rain]().") }]),
    );
    assert_eq!(client.rules(path), ["links/empty"]);
    folder.write("weeknote-lint.toml", "[rules]\n\"links/empty\" = \"off\"\n");
    client.files_changed(&["weeknote-lint.toml"]);
    assert_eq!(client.rules(path), Vec::<String>::new());

    folder.write("weeknote-lint.toml", "[rules]\n\"links/emtpy\" = \"off\"\n");
    client.files_changed(&["weeknote-lint.toml"]);
    let found = client.diagnostics("weeknote-lint.toml");
    assert_eq!(
        found[0]["range"]["start"],
        json!({ "line": 1, "character": 0 })
    );
    let message = found[0]["message"].as_str().unwrap_or_default();
    assert!(
        message.contains("links/emtpy") && message.contains("links/empty`"),
        "{message}"
    );
    folder.write("weeknote-lint.toml", "");
    client.files_changed(&["weeknote-lint.toml"]);
    assert_eq!(
        client.diagnostics("weeknote-lint.toml"),
        Vec::<Value>::new()
    );
    assert_eq!(client.rules(path), ["links/empty"]);
    client.close(path);
    assert_eq!(client.rules(path), Vec::<String>::new());
    assert_eq!(client.end(), 0);
}

#[test]
fn an_editor_that_watches_no_files_is_served_as_well() {
    let folder = Folder::new(&WEEKS);
    let path = "notes/week-9.md";
    let mut client = Client::with(folder.path(), &json!({}));
    client.open(path, WEEKS[2].1);
    assert_eq!(client.rules(path), Vec::<String>::new());
    fs::remove_file(folder.path().join("notes/week-8.md")).expect("the note is there");
    let document = client.document(path);
    client.notify("textDocument/didSave", json!({ "textDocument": document }));
    assert_eq!(client.rules(path), ["links/missing-target"]);
    assert_eq!(client.end(), 0);
}

#[test]
fn a_note_that_was_never_saved_and_what_is_no_note() {
    let folder = Folder::new(&WEEKS);
    folder.write("weeknote-lint.toml", "exclude = [\"drafts/**\"]\n");
    let wrong = "---\ntitle: Week 12\n---\n\nSee [it]().\n";
    let mut client = Client::new(folder.path());
    client.open("notes/week-12.md", wrong);
    assert!(
        client
            .rules("notes/week-12.md")
            .contains(&"links/empty".to_owned())
    );
    client.open("drafts/week-13.md", wrong);
    assert_eq!(client.rules("drafts/week-13.md"), Vec::<String>::new());
    assert_eq!(client.end(), 0);
}

#[test]
fn only_the_agreed_end_is_a_success() {
    let folder = Folder::new(&WEEKS);
    let unheard = lint_text(folder.path(), &["server", "--stdio"], b"");
    assert_eq!((unheard.code, &*unheard.err), (1, ""));
    assert_eq!(
        Client::new(folder.path()).status(),
        1,
        "the editor went away"
    );
    let mut client = Client::new(folder.path());
    client.notify("exit", Value::Null);
    assert_eq!(client.status(), 1);

    let mut client = Client::begun(folder.path());
    let early = client.request("textDocument/hover", json!({}));
    assert_eq!(early["code"], -32002);
    let params =
        json!({ "capabilities": { "general": { "positionEncodings": ["utf-32", "utf-8"] } } });
    let agreed = client.request("initialize", params.clone());
    assert_eq!(agreed["capabilities"]["positionEncoding"], "utf-8");
    assert_eq!(client.request("initialize", params)["code"], -32600);
    assert_eq!(
        client.request("textDocument/unheard", Value::Null)["code"],
        -32601
    );
    client.notify("$/unheard", json!({}));
    assert_eq!(client.request("shutdown", Value::Null), Value::Null);
    assert_eq!(
        client.request("textDocument/hover", json!({}))["code"],
        -32600
    );
    client.notify("exit", Value::Null);
    assert_eq!(client.status(), 0);
}

#[test]
fn places_are_counted_in_utf_16_and_lines_keep_their_endings() {
    let folder = Folder::new(&WEEKS);
    let path = "notes/week-12.md";
    let text = NEW.replace("The [council]", "A \u{1f995} [fund][seed-fund], [council]");
    let text = text.replace('\n', "\r\n");
    folder.write(path, &text);
    let mut client = Client::new(folder.path());
    client.open(path, &text);
    let found = client.diagnostics(path);
    assert_eq!(found[0]["code"], "links/undefined-reference");
    let start = json!({ "line": 5, "character": 5 });
    assert_eq!(found[0]["range"]["start"], start);
    let actions = actions(
        &mut client,
        path,
        found[0]["range"].clone(),
        json!(["quickfix"]),
    );
    let edit = &actions[0]["edit"]["changes"][client.uri(path)][0];
    assert_eq!(edit["newText"], "\r\n[seed-fund]: https://seed.example/now");
    // One character after the dinosaur, which is two units.
    let range =
        json!({ "start": { "line": 5, "character": 2 }, "end": { "line": 5, "character": 5 } });
    client.change(path, json!([{ "range": range, "text": "" }]));
    let found = client.diagnostics(path);
    assert_eq!(
        found[0]["range"]["start"],
        json!({ "line": 5, "character": 2 })
    );
    assert_eq!(client.end(), 0);
}

#[test]
fn what_is_malformed_is_answered_and_passed_over() {
    let folder = Folder::new(&WEEKS);
    let path = "notes/week-9.md";
    let mut client = Client::new(folder.path());
    for bytes in ["{", "[]", "\u{0}", "3"] {
        client.send_bytes(format!("Content-Length: {}\r\n\r\n{bytes}", bytes.len()).as_bytes());
        assert_eq!(client.answer(&Value::Null)["code"], -32700, "{bytes:?}");
    }
    client.send_bytes(b"X-Nothing: 1\r\n\r\nContent-Length: x\r\n\r\n");
    client.send(&json!({ "jsonrpc": "2.0", "id": "a" }));
    assert_eq!(client.answer(&json!("a"))["code"], -32600);
    client.open(path, WEEKS[2].1);
    // Nothing that a method does not expect is more than a null, or an error.
    let strange = [
        Value::Null,
        json!(3),
        json!([]),
        json!({ "textDocument": { "uri": 3 } }),
        json!({ "textDocument": { "uri": "untitled:1" }, "position": {} }),
        json!({ "textDocument": { "uri": client.uri(path) }, "position": { "line": 1e9, "character": -1 } }),
        json!({ "textDocument": { "uri": client.uri(path) }, "position": { "line": 999, "character": 999 },
            "range": { "start": null }, "files": [{ "oldUri": "x" }], "newName": "",
            "contentChanges": [{ "range": { "start": { "line": 9, "character": 9 }, "end": { "line": 1, "character": 0 } }, "text": "é" }, 3] }),
    ];
    for params in strange {
        for method in [
            "textDocument/codeAction",
            "codeAction/resolve",
            "textDocument/hover",
            "textDocument/completion",
            "textDocument/definition",
            "textDocument/references",
            "textDocument/prepareRename",
            "textDocument/rename",
            "workspace/willRenameFiles",
        ] {
            client.request(method, params.clone());
        }
        for method in [
            "textDocument/didOpen",
            "textDocument/didChange",
            "textDocument/didSave",
            "textDocument/didClose",
            "workspace/didChangeWatchedFiles",
            "workspace/didChangeWorkspaceFolders",
        ] {
            client.notify(method, params.clone());
        }
    }
    client.open(path, WEEKS[2].1);
    assert_eq!(client.rules(path), Vec::<String>::new());
    assert_eq!(client.end(), 0);
}

#[test]
fn a_request_that_waits_can_be_cancelled() {
    let folder = Folder::new(&WEEKS);
    let path = "notes/week-9.md";
    let mut client = Client::new(folder.path());
    client.open(path, WEEKS[2].1);
    let document = client.document(path);
    let params = json!({ "textDocument": document, "position": { "line": 0, "character": 0 } });
    let hover = |id: &str| json!({ "jsonrpc": "2.0", "id": id, "method": "textDocument/hover", "params": params });
    let cancel = json!({ "jsonrpc": "2.0", "method": "$/cancelRequest", "params": { "id": "b" } });
    let both = [hover("a"), hover("b"), cancel.clone()].map(|message| {
        let body = message.to_string();
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    });
    client.send_bytes(both.concat().as_bytes());
    let answer = client.answer(&json!("b"));
    assert!(answer.is_null() || answer["code"] == -32800, "{answer}");
    // What was answered already, or was never asked, is no matter.
    client.send(&cancel);
    assert_eq!(client.end(), 0);
}
