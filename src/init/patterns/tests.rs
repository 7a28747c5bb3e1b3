use super::*;

#[track_caller]
fn told(folder: &str, members: &[&str], others: &[&str], include: &[&str], exclude: &[&str]) {
    let strings = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
    let expected = Patterns {
        include: strings(include),
        exclude: strings(exclude),
    };
    assert_eq!(telling(folder, members, others), Some(expected));
}

fn numbered(form: &str) -> Vec<String> {
    (1..=30)
        .map(|number| form.replace('#', &number.to_string()))
        .collect()
}

fn texts(paths: &[String]) -> Vec<&str> {
    paths.iter().map(String::as_str).collect()
}

#[test]
fn a_folder_of_notes_alone_is_named_by_itself() {
    let notes = numbered("notes/week-#.md");
    told(
        "notes",
        &texts(&notes),
        &["about.md", "notes/a/b.md"],
        &["notes/*"],
        &[],
    );
    let by_year = numbered("notes/2024/#.md");
    told("notes", &texts(&by_year), &["about.md"], &["notes/**"], &[]);
    told(
        "",
        &texts(&numbered("week-#.md")),
        &["a/b.md"],
        &["week-*"],
        &[],
    );
}

#[test]
fn two_series_of_one_folder_are_told_apart() {
    let (notes, links) = (numbered("n/week-#.md"), numbered("n/week-#-links.md"));
    told(
        "n",
        &texts(&notes),
        &texts(&links),
        &["n/week-*[0-9].md"],
        &[],
    );
    told("n", &texts(&links), &texts(&notes), &["n/*links*"], &[]);
}

#[test]
fn days_alone_are_told_from_days_with_a_title() {
    let days: Vec<String> = (10..30).map(|day| format!("n/2024-01-{day}.md")).collect();
    let others = ["n/2024-01-01-beans.md", "n/2024-01-01-top-10.md"];
    let day = "n/[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9].md";
    told("n", &texts(&days), &others, &[day], &[]);
}

#[test]
fn bundles_are_named_by_their_folders() {
    let bundles = numbered("posts/2023/week-#/index.md");
    let others = ["posts/2023/a-trip/index.md", "posts/_index.md"];
    told(
        "posts",
        &texts(&bundles),
        &others,
        &["posts/**/week-*/index.md"],
        &[],
    );
}

#[test]
fn few_exceptions_are_named_by_their_paths() {
    let mut notes = numbered("_posts/2024-01-02-weeknotes-#.md");
    notes.push("_posts/2024-01-03-[a]-quiet-one.md".to_owned());
    let others = [
        "_posts/2024-01-01-beans.md",
        "_posts/2024-01-01-why-weeknotes.md",
    ];
    told(
        "_posts",
        &texts(&notes),
        &others,
        &[
            "_posts/*-*-*-weeknotes-*",
            "_posts/2024-01-03-[[]a[]]-quiet-one.md",
        ],
        &[],
    );
}

#[test]
fn names_that_have_nothing_in_common_are_not_told() {
    let members = ["p/beans.md", "p/rain.md", "p/a-walk.md"];
    assert_eq!(telling("p", &members, &["p/pears.md"]), None);
}
