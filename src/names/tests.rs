use super::*;

fn many() -> Names {
    Names::new((0..1000).map(|number| format!("a page of number {number}")))
}

fn near(names: &Names, name: &str) -> Vec<usize> {
    names.near(name).map(|(_, index)| index).collect()
}

#[test]
fn all_of_few_names_are_candidates() {
    let names = Names::new(["b", "a", "b"]);
    assert_eq!(near(&names, "x"), [0, 1, 2]);
}

#[test]
fn a_slip_in_any_place_is_found_among_many_names() {
    for slip in [
        "x page of number 777",
        " page of number 777",
        "a page of unmber 777",
        "a page off number 777",
        "a page of number 77x",
        "a page of number 777",
        "a page of numebr777",
        "A_pgae_of_munber 777",
    ] {
        assert!(near(&many(), slip).contains(&777), "{slip}");
    }
}

#[test]
fn few_of_many_names_are_candidates() {
    assert!(near(&many(), "a page of number").len() <= MOST_ALIKE + 4 * NEIGHBOURS);
    assert!(near(&many(), "something else").len() <= 4 * NEIGHBOURS);
}

#[test]
fn the_nearest_name_has_the_same_digits() {
    let names = ["week-12", "week-21", "ada-byron", "week-12-links"];
    let nearest = |name| nearest(name, names.into_iter().map(|one| (one, one)));
    let named = |name| nearest(name).map(|one| (one.item, one.distance.digits_differ));
    assert_eq!(named("ada-bryon"), Some(("ada-byron", false)));
    assert_eq!(named("week12"), Some(("week-12", false)));
    assert_eq!(named("week-13"), Some(("week-12", true)));
    assert_eq!(named("grace"), None);
    assert!(nearest("week-13").is_some_and(|one| one.is_only));
    assert!(nearest("week-11").is_some_and(|one| !one.is_only));
}

#[test]
fn what_stands_between_letters_and_their_case_do_not_count() {
    let edits = |one, other| Distance::of(one, other).map(|distance| distance.edits);
    assert_eq!(edits("solid_fund", "Solid Fund"), Some(0));
    assert_eq!(edits("allotmnet", "allotment"), Some(1));
    assert_eq!(edits("ab", "ac"), None, "too short to tell");
    assert_eq!(edits("", ""), None);
    assert_eq!(edits("week", "notes"), None);
}
