//! Colours and weights, the same for the same thing in every command, as ECMA-48 has them (SGR).

use super::rule_url;
use crate::diagnostic::Severity;

pub(crate) const PLAIN: &str = "";
pub(crate) const BOLD: &str = "1";
pub(crate) const FAINT: &str = "2";
pub(crate) const RED: &str = "31";
pub(crate) const GREEN: &str = "32";
pub(crate) const YELLOW: &str = "33";
pub(crate) const CYAN: &str = "36";
pub(crate) const BOLD_YELLOW: &str = "1;33";

/// Lines in a colour or weight, if there is to be colour.
pub(crate) fn painted(lines: &str, style: &str, color: bool) -> String {
    if !color || style.is_empty() {
        return lines.to_owned();
    }
    let lines = lines.split('\n');
    let lines: Vec<String> = lines
        .map(|line| format!("\u{1b}[{style}m{line}\u{1b}[0m"))
        .collect();
    lines.join("\n")
}

/// The colour of a severity.
pub(crate) fn of_severity(severity: Severity) -> &'static str {
    severity.pick([RED, YELLOW, CYAN])
}

/// The id of a rule, which leads to its page where the terminal has links (OSC 8).
pub(crate) fn linked(rule: &str, links: bool) -> String {
    match links {
        true => format!(
            "\u{1b}]8;;{}\u{1b}\\{rule}\u{1b}]8;;\u{1b}\\",
            rule_url(rule)
        ),
        false => rule.to_owned(),
    }
}

/// A unified diff in colour.
pub fn of_diff(diff: &str) -> String {
    let lines = diff.split_inclusive('\n').map(|whole| {
        let line = whole.trim_end_matches('\n');
        let style = match line.get(..1) {
            _ if line.starts_with("--- ") || line.starts_with("+++ ") => BOLD,
            Some("-") => RED,
            Some("+") => GREEN,
            Some("@") => CYAN,
            _ => PLAIN,
        };
        whole.replacen(line, &painted(line, style, true), 1)
    });
    lines.collect()
}
