use super::*;

const TEXT: &str = "a\u{1f995}bé\r\n\r\nlast";

#[test]
fn positions_are_counted_in_the_units_agreed_on() {
    let file = SourceFile::new("", TEXT);
    let at = TEXT.find('é').unwrap_or_default();
    for (encoding, character) in [(Encoding::Utf8, 6), (Encoding::Utf16, 4)] {
        let position = encoding.position(&file, at);
        assert_eq!(position, json!({ "line": 0, "character": character }));
        assert_eq!(encoding.offset(&file, &position), Some(at));
    }
}

#[test]
fn every_byte_at_which_a_character_begins_comes_back() {
    let file = SourceFile::new("", TEXT);
    let begins = TEXT.char_indices().filter(|(_, one)| *one != '\n');
    for (at, _) in begins.chain([(TEXT.len(), ' ')]) {
        for encoding in [Encoding::Utf8, Encoding::Utf16] {
            let position = encoding.position(&file, at);
            assert_eq!(encoding.offset(&file, &position), Some(at));
        }
    }
}

#[test]
fn what_lies_beyond_an_end_or_inside_a_character_is_moved() {
    let file = SourceFile::new("", TEXT);
    let offset = |line: u32, character: u32| {
        let position = json!({ "line": line, "character": character });
        Encoding::Utf16.offset(&file, &position)
    };
    assert_eq!(offset(0, 99), Some(TEXT.find('\r').unwrap_or_default()));
    assert_eq!(offset(0, 2), Some(1), "half of a pair of surrogates");
    assert_eq!(offset(99, 0), Some(TEXT.len()));
    let wrong = json!({ "line": -1, "character": "x" });
    assert_eq!(Encoding::Utf16.offset(&file, &wrong), None);
}

#[test]
fn addresses_of_files_are_read_and_written() {
    for (uri, path) in [
        ("file:///notes/week%20%231.md", "/notes/week #1.md"),
        ("file://localhost/notes/a.md", "/notes/a.md"),
        ("file:///c%3A/notes/a.md", "c:/notes/a.md"),
    ] {
        assert_eq!(path_of(uri), Some(PathBuf::from(path)), "{uri}");
    }
    assert_eq!(path_of("untitled:Untitled-1"), None);
    let path = Path::new("/notes/é/week #1 (old).md");
    assert_eq!(path_of(&uri_of(path)), Some(path.to_owned()));
}
