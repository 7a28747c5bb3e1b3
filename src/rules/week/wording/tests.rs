use super::*;
use crate::week::claim::of_title;

#[test]
fn weeks_are_told_as_people_do() {
    let told = |text| weeks(&of_title(text).unwrap());
    assert_eq!(told("Week 460"), "week 460");
    assert_eq!(told("Weeks 12 & 13"), "weeks 12 and 13");
    assert_eq!(told("Weeks 545-7"), "weeks 545 to 547");
    assert_eq!(told("Weeks 3, 4 and 6"), "weeks 3, 4 and 6");
    assert_eq!(told("Weeks 52, 1 and 2"), "weeks 52 to 2");
    assert_eq!(told("2023-W52 & 2024-W01"), "2023-W52 to 2024-W01");
    assert_eq!(told("2024-W08"), "2024-W08");
    assert_eq!(told("Weeknotes s2e3"), "season 2 episode 3");
    assert_eq!(told("Week 12, 2026"), "week 12 of 2026");
}
