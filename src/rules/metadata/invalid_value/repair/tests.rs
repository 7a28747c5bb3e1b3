use super::*;

#[test]
fn faults_are_named_and_repaired() {
    for (text, what, repair) in [
        (
            "2031-05-6 07:08:09 +01:00",
            "the day has one digit",
            Some("2031-05-06 07:08:09 +01:00"),
        ),
        ("2031-5-16", "the month has one digit", Some("2031-05-16")),
        (
            "2031-05-16 7:08 +01:00",
            "the time has no seconds",
            Some("2031-05-16 07:08:00 +01:00"),
        ),
        (
            "2031-05-16 17:08:09 01:00",
            "the offset `01:00` has no sign",
            Some("2031-05-16 17:08:09 +01:00"),
        ),
        ("2031-02-30", "2031-02 has no day 30", Some("2031-02-30")),
        ("2031-13-01", "there is no month 13", Some("2031-13-01")),
        (
            "2031-05-16 27:08:09",
            "27:08 is not a time",
            Some("2031-05-16 27:08:09"),
        ),
    ] {
        assert_eq!(fault(text).as_deref(), Some(what), "{text}");
        assert_eq!(
            repaired(text, '-').map(|(text, _)| text).as_deref(),
            repair,
            "{text}"
        );
    }
    assert_eq!(
        repaired("2031/5/6", '/').map(|(text, _)| text).as_deref(),
        Some("2031/05/06")
    );
    for text in [
        "",
        "soon",
        "16/05/2031",
        "2031-05",
        "2031-05-06 noon",
        "2031-05-16-1",
    ] {
        assert!(
            fault(text).is_none() && repaired(text, '-').is_none(),
            "{text}"
        );
    }
    assert_eq!(
        repaired("2031-05-06 07:08 01:00", '-').map(|(_, safety)| safety),
        Some(Safety::Unsafe)
    );
}
