use super::*;

fn many() -> Names {
    Names::new((0..1000).map(|number| format!("a page of number {number}")))
}

#[test]
fn all_of_few_names_are_candidates() {
    let names = Names::new(["b", "a", "b"].into_iter().map(str::to_owned));
    assert_eq!(names.near("x"), [0, 1, 2]);
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
    ] {
        assert!(many().near(slip).contains(&777), "{slip}");
    }
}

#[test]
fn few_of_many_names_are_candidates() {
    assert!(many().near("a page of number").len() <= MOST_ALIKE + 2 * NEIGHBOURS);
    assert!(many().near("something else").len() <= 2 * NEIGHBOURS);
}
