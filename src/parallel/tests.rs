#[test]
fn results_keep_the_order() {
    let items: Vec<usize> = (0..1000).collect();
    let doubled = super::map(&items, |index, item| index + item);
    assert!(
        doubled
            .iter()
            .enumerate()
            .all(|(index, value)| *value == 2 * index)
    );
}
