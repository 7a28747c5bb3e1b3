use super::*;

#[test]
fn small_numbers_are_less_certain() {
    let certainty = |with, of| (Share::new(with, of).certainty() * 100.0).round() / 100.0;
    assert_eq!(certainty(0, 0).to_string(), "0");
    assert_eq!(certainty(5, 5).to_string(), "0.65");
    assert_eq!(certainty(19, 20).to_string(), "0.8");
    assert_eq!(certainty(95, 96).to_string(), "0.95");
}
