use super::*;
use crate::week::DayOfYear;
use crate::week::run::LONGEST_RUN;
use proptest::prelude::*;

/// A claim in short: `2024 W8 named`, `s2e1`, `on 2022-3-4`.
fn show(claim: Option<Claim>) -> String {
    let Some(claim) = claim else {
        return "none".to_owned();
    };
    let list = |numbers: &[u32]| {
        let numbers: Vec<String> = numbers.iter().map(u32::to_string).collect();
        numbers.join(",")
    };
    let mut parts = Vec::new();
    parts.extend(claim.year.map(|year| format!("{year}")));
    match claim.season {
        Some(season) => parts.push(format!("s{season}e{}", list(&claim.numbers))),
        None if claim.numbers.is_empty() => {}
        None => {
            let iso = if claim.iso { "W" } else { "" };
            parts.push(format!("{iso}{}", list(&claim.numbers)));
        }
    }
    if let Some((first, last)) = claim.dates {
        let end = |date: DayOfYear| {
            let year = date.year.map_or(String::new(), |year| format!("{year}-"));
            format!("{year}{}-{}", date.month, date.day)
        };
        parts.push(if first == last {
            format!("on {}", end(first))
        } else {
            format!("{}..{}", end(first), end(last))
        });
    }
    parts.extend(claim.named.then(|| "named".to_owned()));
    parts.join(" ")
}

#[track_caller]
fn titles(cases: &[(&str, &str)]) {
    let read = |title: &str| show(of_title(title));
    let wrong = cases
        .iter()
        .filter(|(title, expected)| read(title) != *expected);
    let wrong: Vec<_> = wrong.map(|case| (case, read(case.0))).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn numbered_titles() {
    titles(&[
        ("Week 17", "17 named"),
        ("Weeknotes: 021", "21 named"),
        ("Weeknote #1712", "1712 named"),
        ("Weeknote 8: Soup (again)", "8 named"),
        ("Weeknote Zero", "0 named"),
        ("Week Two", "2 named"),
        ("Week Twenty-One", "21 named"),
        ("Semaine n° 12", "12 named"),
        ("Weeknotes: episode 12", "12 named"),
        ("Week 12, part 2", "12 named"),
        ("Week Notes, № 4", "4 named"),
        ("Week 9.5: Bonus Note", "none"),
        ("Week 12b", "12 named"),
        ("Sunday Reading - Week 88", "88 named"),
        ("GardenWeekly #04｜雨", "4 named"),
        ("Weekly links no. 6", "6 named"),
        ("Week in review #3", "3 named"),
        ("#14 - weeknotes", "14 named"),
        ("KW 12", "12 named"),
        ("週報 #12", "12 named"),
        ("Week 61 - 10 years", "61 named"),
        ("Week 8 at the new desk", "8 named"),
        ("Week 7/52", "7 named"),
        ("W7", "7 named"),
        ("Wk. 7", "7 named"),
        ("KW7", "7 named"),
        ("Woche 7", "7 named"),
        ("7. KW", "7 named"),
        ("7. hafta", "7 named"),
        ("7주차 회고", "7 named"),
        ("第32週", "32 named"),
    ]);
}

#[test]
fn runs() {
    titles(&[
        ("Weeks 41 & 42", "41,42 named"),
        ("Week 5, 6, 7 - Harvest", "5,6,7 named"),
        ("Long spring - weeknotes #21, #22, #23", "21,22,23 named"),
        ("Rainy double issue (weeks 98-9)", "98,99 named"),
        ("Weeks 365-7", "365,366,367 named"),
        ("Weeks 12 to 15", "12,13,14,15 named"),
        ("weeks 148-150", "148,149,150 named"),
        ("Week 1-3", "1,2,3 named"),
        ("Weeknotes 12/13", "12,13 named"),
        ("Week 12 and Week 13", "12,13 named"),
        ("Weeks 3, 4 and 6: mud", "3,4,6 named"),
        ("Weeks 15-12", "12,15 named"),
        ("Weeks 52, 1 and 2", "52,1,2 named"),
        ("Weeks 51 to 02", "51,52,1,2 named"),
        ("Week 53/1", "53,1 named"),
        ("Week 52 and 1 pie", "52 named"),
        ("Week 52, 1 pie", "52 named"),
        ("Week 34 and 5 pies", "34 named"),
        ("Week 12 & 13 recap", "12,13 named"),
        ("24-25", "24,25"),
    ]);
}

#[test]
fn years_and_weeks() {
    titles(&[
        ("Weeknotes (2023 week 41)", "2023 41 named"),
        ("Weeknotes 2025 week 4-5", "2025 4,5 named"),
        ("Weeknotes: 2016 Week 2", "2016 2 named"),
        ("Weeknotes: Ladder — Week 2, 2025", "2025 2 named"),
        ("Week 3 (2024)", "2024 3 named"),
        ("Week 3/2024", "2024 3 named"),
        ("Weeknotes 2023 W07", "2023 W7 named"),
        ("2023 W19: Hello", "2023 W19 named"),
        ("2022-W01 to W03", "2022 W1,2,3 named"),
        ("2020-W53", "2020 W53 named"),
        ("Week Notes 2024-31", "2024 31 named"),
        ("KW 7, 2024", "2024 W7 named"),
        ("Semana 7 de 2024", "2024 7 named"),
        ("Weeknotes W7 2024", "2024 W7 named"),
        ("2024/07", "2024 7"),
        ("Week 7 ('24)", "2024 7 named"),
        ("Week 7 ’24: rain", "2024 7 named"),
        ("7. KW 2024", "2024 W7 named"),
        ("2024년 7주차", "2024 7 named"),
        ("2024 – 7. hafta", "2024 7 named"),
        ("Veckobrev v. 7 2024", "2024 7 named"),
        ("2023-W52/2024-W01", "2023 W52,1 named"),
        ("2020-W52 to 2021-W02", "2020 W52,53,1,2 named"),
        ("2023-W50 - 2023-W52", "2023 W50,51,52 named"),
        ("W52/2023 - W02/2024", "2023 W52,1,2 named"),
        ("Week 52, 2023 & week 1, 2024", "2023 52,1 named"),
        ("Week 52 2023 to week 1 2024", "2023 52,1 named"),
        ("2023-W52 & W01", "2023 W52,1 named"),
        ("Weeks 52 & 1 (2024)", "52,1 named"),
        ("2025年第 32 周", "2025 32 named"),
        ("2024年第07周周报", "2024 7 named"),
        ("GardenWeekly #12 - 2024年第07周周报", "12 named"),
        ("Weeknotes #31: 2024-W08", "31 named"),
    ]);
}

#[test]
fn seasons() {
    titles(&[
        ("Weeknotes S02E05", "s2e5 named"),
        ("Weeknotes S06E09–10", "s6e9,10 named"),
        ("Weeknotes s4e2-4", "s4e2,3,4 named"),
        ("[S03 E00] Before it starts", "s3e0"),
        ("Weeknotes – series 05 episode 11 and 12", "s5e11,12 named"),
        ("Season 2, Episode 3", "s2e3"),
        ("Cycle 2, week 3", "s2e3 named"),
        ("Sprint 12, week 2", "s12e2 named"),
        ("Weeknotes vol. 2, no. 12", "s2e12 named"),
        ("S1 E2 - week 3", "s1e2 named"),
        ("Series 2 was good", "none"),
    ]);
}

#[test]
fn dates_in_titles() {
    titles(&[
        ("Weeknotes for the week ending May.14", "on 5-14 named"),
        ("Weeknotes for Week 19: May 6 to 12", "19 5-6..5-12 named"),
        ("Week Notes for May 6-12 2024.", "2024-5-6..2024-5-12 named"),
        ("Week Notes 6-10 May", "5-6..5-10 named"),
        ("# May 6 - May 12", "5-6..5-12"),
        ("Week 7: 26-02-2018", "7 on 2018-2-26 named"),
        ("Week Notes - 3rd May 2021", "on 2021-5-3 named"),
        ("Weeknotes: May 14 2023", "on 2023-5-14 named"),
        ("2021-02-01", "on 2021-2-1"),
        ("Talk on 3 May 2021", "none"),
        ("Week 12th March", "on 3-12 named"),
        ("Weeknotes 12. Februar", "on 2-12 named"),
        ("Weeknotes 12.–18. Februar", "2-12..2-18 named"),
        ("Weeknotes 31 April 6, 2018", "31 on 2018-4-6 named"),
        ("w/c 12 Feb 2024", "on 2024-2-12 named"),
        ("Weeknotes w/e 18 Feb", "on 2-18 named"),
    ]);
}

#[test]
fn two_equal_readings_are_none() {
    titles(&[
        ("Week 12 March", "none"),
        ("Week 12 - 18 March", "none"),
        ("Weeknotes 03/04/2025", "none"),
        ("Weeknotes 03-04-2025", "none"),
        ("Week 3, 4 pies", "none"),
        ("KW 7/24", "none"),
        ("Weeknotes 1,024", "none"),
        ("February 2024, week 2", "none"),
        ("2024 Q1 week 3", "none"),
        ("Q1W3", "none"),
        ("2024년 2월 3주차", "none"),
        ("Weeknotes 24-07", "none"),
        ("Weeknotes 07-24", "none"),
    ]);
}

#[test]
fn what_claims_no_week() {
    for title in [
        "50 consecutive weeks",
        "Three weeks of rain",
        "The first few weeks",
        "A late weeknote for 2024",
        "Weeknotes 2024",
        "Week in review",
        "5 weeks in",
        "6 weeks to go",
        "Weeknotes",
        "Weeknotes: 5 things",
        "Weeknotes – 5 lessons from the allotment",
        "v2.0 weeknotes",
        "Weeknotes 2.0",
        "Weeknotes 24.07",
        "My weekend at 10 Elm Street",
        "30 books",
        "Week 5th",
        "Week -1",
        "W3C",
        "On W3",
        "After the 2. Woche",
        "Semaine 12 février 2024",
        "Week 1 of a new job",
        "Fixing a test ([PR #2539][pr-2539])",
        "Don&#8217;t do this every week",
        "Two weeks, PR #12",
        "2024",
        "Mending, part 2",
        "",
    ] {
        titles(&[(title, "none")]);
    }
}

#[test]
fn unnamed_numbers() {
    titles(&[
        ("Sunday Reading - 88", "88"),
        ("Note 12: Mending", "12"),
        ("52", "52"),
        ("31: Nails", "31"),
        ("#7", "7"),
    ]);
}

#[test]
fn stems_of_files() {
    let cases = [
        ("week-17", "17 named"),
        ("weeks-20-to-24", "20,21,22,23,24 named"),
        ("week-41-and-42", "41,42 named"),
        ("week-5-6-7-harvest", "5,6,7 named"),
        ("week-41-and-week-42", "41,42 named"),
        ("weeknotes-21-22-23", "21,22,23 named"),
        ("weeknote.23", "23 named"),
        ("52", "52"),
        ("2024-07", "2024 7"),
        ("2024-W07", "2024 W7 named"),
        ("2024w07", "2024 W7 named"),
        ("2024-w7", "2024 W7 named"),
        ("2024-kw07", "2024 W7 named"),
        ("2024-W52-2025-W01", "2024 W52,1 named"),
        ("2024-w52-to-w01", "2024 W52,1 named"),
        ("2024-w52-w01", "2024 W52,1 named"),
        ("week-52-1", "52 named"),
        ("week-twenty-one", "21 named"),
        ("w7-2024", "2024 W7 named"),
        ("2024-hafta-7", "2024 7 named"),
        ("tydzien-7", "7 named"),
        ("weeknotes-24-07", "none"),
        ("2021-05-03-week-2021", "on 2021-5-3 named"),
        ("cycle-4-week-2", "s4e2 named"),
        ("week-12-part-2", "12 named"),
        ("2022_03_04", "on 2022-3-4"),
        ("2022-03-04_2022-03-10", "2022-3-4..2022-3-10"),
        ("w07", "7 named"),
        ("week-88-links", "88 named"),
        ("2022-03-04-week-12-nails", "12 on 2022-3-4 named"),
        ("2022-03-04-weeknotes-16", "16 on 2022-3-4 named"),
        ("2022-03-04-weeknotes-s2e1", "s2e1 on 2022-3-4 named"),
        (
            "2022-03-04-weeknotes–series-06-episode-01",
            "s6e1 on 2022-3-4 named",
        ),
        ("2022-03-04", "on 2022-3-4"),
        ("20220304", "on 2022-3-4"),
        ("2022-03-04-a-day-out", "on 2022-3-4"),
        ("week-ending-2022-03-04", "on 2022-3-4 named"),
        ("we-2022-03-04", "on 2022-3-4 named"),
        ("weeknotes-may-6-to-12", "5-6..5-12 named"),
        ("2024-week-12", "2024 12 named"),
        ("week-12-2024", "2024 12 named"),
        ("week-one", "1 named"),
        ("007-soup", "7"),
        ("week-3-4-bugs", "none"),
        ("week-nnn", "none"),
        ("15-research-days", "none"),
        ("weekend-2", "none"),
        ("weeknotes", "none"),
    ];
    let read = |stem: &str| show(of_stem(stem));
    let wrong = cases
        .iter()
        .filter(|(stem, expected)| read(stem) != *expected);
    let wrong: Vec<_> = wrong.map(|case| (case, read(case.0))).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn spans_hold_the_words_and_numbers() {
    for (text, expected) in [
        ("Week 17 - Better late", "Week 17"),
        ("Odd ones (weeks 98-9)", "weeks 98-9"),
        ("Weeknotes S02E05: é", "S02E05"),
        ("Notes: 2023-W01 to W03!", "2023-W01 to W03"),
    ] {
        let claim = of_title(text).unwrap_or_default();
        assert_eq!(claim.span.of(text), expected);
    }
    let stem = "2022-03-04-week-12-nails";
    assert_eq!(of_stem(stem).unwrap_or_default().span.of(stem), "week-12");
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(
        text in "(([0-9]{1,5}|[Ww]eek(s|notes|ly)?|week|W|S|E|to|and|第|周|年|2024|May|bonus|é|[ \n.,:/_#&–-]){1,2}){0,14}",
        wild in any::<String>(),
    ) {
        for text in [text, wild] {
            for claim in [of_title(&text), of_stem(&text)].into_iter().flatten() {
                prop_assert!(text.get(claim.span.range()).is_some_and(|part| !part.is_empty()));
                prop_assert!(claim.numbers.len() <= LONGEST_RUN as usize);
                let falls = claim.numbers.windows(2).filter(|pair| pair[0] > pair[1]);
                prop_assert!(falls.count() <= 1);
            }
        }
    }
}
