use super::*;

#[test]
fn data_and_properties_are_escaped_as_the_toolkit_does() {
    assert_eq!(data("50 %0A:,\r\n"), "50 %250A:,%0D%0A");
    assert_eq!(property("a:b,c%\n"), "a%3Ab%2Cc%25%0A");
}
