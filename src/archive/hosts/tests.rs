use super::*;

#[test]
fn hosts_are_told_from_addresses() {
    assert_eq!(
        host("HTTPS://Example.com:80/a").as_deref(),
        Some("example.com")
    );
    assert_eq!(host("//ada@example.com?x").as_deref(), Some("example.com"));
    assert_eq!(host("http://[::1]:3000/").as_deref(), Some("::1"));
    assert_eq!(host("/example.com"), None);
    assert_eq!(host("mailto:ada@example.com"), None);
    assert_eq!(host("http://"), None);
}

#[test]
fn a_host_is_known_by_its_parts() {
    let mut hosts = Hosts::default();
    hosts.add(&"https://docs.garden.example/a".into());
    hosts.add(&"https://www.pond.example/a.".into());
    assert_eq!(hosts.related("garden.example"), 1);
    assert_eq!(hosts.related("blog.pond.example"), 1);
    assert_eq!(hosts.related("shed.example"), 0);
    assert_eq!(hosts.related("example"), 2);
}
