//! The language server, as an editor speaks with it: over pipes, with the real program.

#![allow(clippy::expect_used, reason = "a failure here is a failed test")]

mod support;

use serde_json::{Value, json};
use std::fs;
use support::client::{Client, edited};
use support::{Folder, archive, copy_folder};

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
        href.ends_with("docs/rules.md#linksundefined-reference"),
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
