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

fn hosts_in(addresses: &[&str]) -> Hosts {
    let all: Vec<Destination> = addresses
        .iter()
        .map(|one| Destination::from(*one))
        .collect();
    Hosts::in_all(all.iter())
}

#[test]
fn a_host_is_known_by_its_parts() {
    let hosts = hosts_in(&[
        "https://docs.garden.example/a",
        "https://www.pond.example/a.",
    ]);
    assert_eq!(hosts.related("garden.example"), 1);
    assert_eq!(hosts.related("blog.pond.example"), 1);
    assert_eq!(hosts.related("shed.example"), 0);
    assert_eq!(hosts.related("example"), 2);
}

#[test]
fn a_host_that_is_linked_to_once_may_be_a_slip_of_another() {
    let meant = |often: &str, once: &str| {
        let (often, once_more) = (format!("https://{often}/a"), format!("https://{once}/b"));
        let mut all = vec![&*often; 20];
        all.push(&once_more);
        let hosts = hosts_in(&all);
        hosts.meant(once).map(|(host, _)| host.to_owned())
    };
    for (often, once) in [
        ("allotment.org", "alotment.org"),
        ("allotment.org", "allotmnet.org"),
        ("allotment.org", "allotment.ogr"),
        ("seeds.allotment.org", "seeds.allotmemt.org"),
    ] {
        assert_eq!(meant(often, once).as_deref(), Some(often), "{once}");
    }
    for (often, once) in [
        ("allotment.org", "allotments.org"),
        ("allotment.org", "allot-ment.org"),
        ("allotment.com", "allotment.co"),
        ("allotment.org", "seeds.allotment.org"),
        ("bed12.allotment.org", "bed13.allotment.org"),
        ("pond.org", "bond.org"),
    ] {
        assert_eq!(meant(often, once), None, "{once}");
    }
}
