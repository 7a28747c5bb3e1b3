use super::*;

#[test]
fn the_way_to_a_file() {
    assert_eq!(relative("notes/2024", "notes/2025/a.md"), "../2025/a.md");
    assert_eq!(relative("", "notes/a.md"), "notes/a.md");
    assert_eq!(relative("notes", "notes/a.md"), "a.md");
    assert_eq!(relative("notes", "a.md"), "../a.md");
}
