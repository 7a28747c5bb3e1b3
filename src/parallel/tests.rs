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

#[test]
fn two_things_are_done_each_once() {
    let done = std::sync::atomic::AtomicUsize::new(0);
    let count = |by: usize| done.fetch_add(by, std::sync::atomic::Ordering::Relaxed);
    super::join(|| count(1), || count(10));
    assert_eq!(done.into_inner(), 11);
}
