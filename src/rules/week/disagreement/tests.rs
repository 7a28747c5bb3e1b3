use super::is_misprint;

#[test]
fn misprints_are_no_neighbours() {
    assert!(is_misprint(640, 460));
    assert!(is_misprint(560, 460));
    assert!(!is_misprint(459, 460));
    assert!(!is_misprint(461, 460));
    assert!(!is_misprint(3, 460));
    assert!(
        !is_misprint(13, 31),
        "two digits count too many other things"
    );
}
