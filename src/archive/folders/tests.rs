use super::*;
use crate::archive::routes::Target;
use crate::config::Config;
use crate::diagnostic::DocumentId;
use crate::lint::archive_of;

#[test]
fn the_folders_of_a_page_are_learnt_from_the_links() {
    let archive_with = |folders: &str| {
        let mut files = vec![("_config.yml".to_owned(), String::new())];
        let mut links = format!("[It]({folders}/weeknotes-21/)\n");
        for day in 1..=25 {
            let path = format!("_posts/2024-05-{day:02}-weeknotes-{day}.md");
            files.push((path, String::new()));
            links += &format!("[It](/notes/2024/05/{day:02}/weeknotes-{day}/)\n");
        }
        files.push(("_posts/2024-06-01-weeknotes-26.md".to_owned(), links));
        archive_of(files, Config::default(), jiff::civil::date(2026, 3, 4))
    };
    let leads = |folders: &str| {
        let address = format!("{folders}/weeknotes-21");
        archive_with(folders).resolve(DocumentId(25), &address) != Target::Missing(address.clone())
    };
    for slip in [
        "/notse/2024/05/21",
        "/notes/2023/05/21",
        "/notes/2024/21/05",
    ] {
        assert!(!leads(slip), "{slip}");
    }
    for other in [
        "/notes/2024/05/21",
        "/notes/2024/05/20",
        "/archive",
        "/notes",
    ] {
        assert!(leads(other), "{other}");
    }
}

#[test]
fn one_slip_in_a_folder_is_told_from_another_folder() {
    for (own, meant) in [
        ("wekenotes", "weeknotes"),
        ("blog/weeknote", "blog/weeknotes"),
        ("2024/16/02", "2024/02/16"),
        ("2023/02/16", "2024/02/16"),
    ] {
        assert!(is_slip(own, meant), "{own}");
    }
    for (own, meant) in [
        ("es", "en"),
        ("post", "posts"),
        ("version1", "version2"),
        ("Weeknotes", "weeknotes"),
        ("blog", "weeknotes"),
        ("2021/03/16", "2024/02/16"),
        ("2024/02", "2024/02/16"),
        ("2024/02/15", "2024/02/16"),
    ] {
        assert!(!is_slip(own, meant), "{own}");
    }
}
