use super::*;

#[test]
fn the_nearest_name_has_the_same_numbers() {
    let names = ["week-12", "week-21", "ada-byron", "week-12-links"];
    assert_eq!(nearest("ada-bryon", names.into_iter()), Some("ada-byron"));
    assert_eq!(nearest("week12", names.into_iter()), Some("week-12"));
    assert_eq!(nearest("week-13", names.into_iter()), None);
    assert_eq!(nearest("grace", names.into_iter()), None);
    assert_eq!(nearest("ab", ["ac", "ad"].into_iter()), None, "a toss-up");
}

#[test]
fn the_way_to_a_file() {
    assert_eq!(relative("notes/2024", "notes/2025/a.md"), "../2025/a.md");
    assert_eq!(relative("", "notes/a.md"), "notes/a.md");
    assert_eq!(relative("notes", "notes/a.md"), "a.md");
    assert_eq!(relative("notes", "a.md"), "../a.md");
}
