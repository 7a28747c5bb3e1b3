use super::*;

#[test]
fn addresses_of_public_sites_are_plain() {
    for text in [
        "https://example.com",
        "http://www.example.co.uk/a/b-c_d.html#e",
        "https://seeds.example/?a=b#!c",
        "https://example.com#top",
    ] {
        let destination = Destination::from(text);
        assert_eq!(&*destination, text);
        let host = text
            .split('/')
            .nth(2)
            .and_then(|host| host.split('#').next());
        assert_eq!(destination.plain_host(), host);
    }
}

#[test]
fn whatever_may_be_of_interest_to_a_rule_is_not_plain() {
    for text in [
        "",
        "/week-12",
        "week-12",
        "mailto:ada@example.com",
        "//example.com/",
        "HTTPS://example.com/",
        "https:/example.com/",
        "https://",
        "https://example",
        "https://Example.com/",
        "https://example.com./",
        "https://.example.com/",
        "https://example..com/",
        "https://-.com/",
        "https://example.com:80/",
        "https://ada@example.com/",
        "https://127.0.0.1/",
        "http://shed.local/",
        "http://shed.localhost",
        "http://shed.test/a",
        "http://shed.dev/a",
        "https://example.com/a.",
        "https://example.com/a.ext",
        "https://example.com/../a",
        "https://example.com/a(b)",
        "https://example.com/a b",
        "https://example.com/é",
        "https://example.com/http://example.com/",
        "https://https.example/",
        "https://example.com/{{ page }}",
    ] {
        assert!(!Destination::from(text).is_plain(), "{text}");
    }
}
