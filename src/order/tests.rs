use super::Order;
use proptest::prelude::*;

proptest! {
    #[test]
    fn the_order_is_that_of_the_standard_library(items: Vec<(u8, u32)>) {
        let (mut ours, mut theirs) = (items.clone(), items);
        ours.order_by_key(|(key, _)| *key);
        theirs.sort_by_key(|(key, _)| *key);
        prop_assert_eq!(ours, theirs);
    }
}
