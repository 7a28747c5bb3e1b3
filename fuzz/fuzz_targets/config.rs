//! Any text is read as a configuration: no panic, and an error that can be printed; a good one is asked about paths.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::path::Path;
use weeknote_lint::baseline::Baseline;
use weeknote_lint::config;
use weeknote_lint::rules::RULES;
use weeknote_lint_fuzz::write_seeds;

fuzz_target!(init: write_seeds(), |data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let rules: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    match config::read(Path::new(config::FILE_NAME), &text, &rules) {
        Ok(config) => {
            for path in ["", "notes/week-1.md", &*text] {
                config.excludes(path);
                config.is_route(path);
                rules.iter().for_each(|rule| _ = config.level(rule, path));
            }
        }
        Err(error) => {
            let report = miette::Report::new(error);
            assert!(!format!("{report:?}").is_empty());
        }
    }
    if let Ok(baseline) = Baseline::read(&text) {
        assert!(Baseline::read(&baseline.text()).is_ok(), "what is written is read");
    }
});
