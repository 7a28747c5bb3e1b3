//! JUnit XML, which most CI systems show as test results: a suite for each file, a test case for each finding.
//!
//! The format has no specification; this is what Jenkins, GitLab and their like read alike
//! (<https://github.com/testmoapp/junitxml>).

use super::text::markup;
use super::{Outcome, Positions, further, said};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Position;
use std::collections::HashMap;
use std::io::{self, Write};

/// Writes the document. Errors and warnings are failures, infos are test cases that pass and say something; where
/// nothing was found one test case passes.
///
/// `prefix` is the path of the linted root in the repository, with a final `/`, or empty where they are one. Errors are
/// those of `out`.
pub fn write(outcome: &Outcome, prefix: &str, out: &mut dyn Write) -> io::Result<()> {
    let findings = outcome.diagnostics.as_slice();
    let name = env!("CARGO_PKG_NAME");
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<testsuites {}>", counts(name, findings))?;
    if findings.is_empty() {
        let case = format!("name=\"no findings\" classname=\"{name}\" time=\"0\"");
        writeln!(out, "  <testsuite {}>", counts(name, findings))?;
        writeln!(out, "    <testcase {case}/>\n  </testsuite>")?;
    }
    let mut positions = Positions::below(outcome, prefix);
    for findings in findings.chunk_by(|one, other| one.place.document == other.place.document) {
        let document = findings.first().map(|finding| finding.place.document);
        let path = document.map_or(String::new(), |document| positions.path(document));
        let file = markup(&path);
        writeln!(out, "  <testsuite {}>", counts(&file, findings))?;
        let mut repeats = HashMap::new();
        for finding in findings {
            let message = markup(&finding.message);
            // Test cases are compared by name from run to run: it holds no line, and no two are alike.
            let mut name = format!("{}: {message}", finding.rule);
            let repeat: &mut usize = repeats.entry(name.clone()).or_default();
            *repeat += 1;
            if *repeat > 1 {
                name.push_str(&format!(" ({repeat})"));
            }
            let Position { line, column, .. } = positions.range(finding.place).start;
            let mut lines = vec![format!("{path}:{line}:{column}")];
            lines.extend(said(finding).into_iter().skip(1));
            lines.extend(further(finding, &mut positions));
            let lines: Vec<String> = lines.iter().map(|line| markup(line)).collect();
            let lines = lines.join("\n");
            let (begin, end) = if is_failure(finding) {
                let kind = finding.severity.as_str();
                let begin = format!("<failure type=\"{kind}\" message=\"{message}\">");
                (begin, "</failure>")
            } else {
                (format!("<system-out>{message}\n"), "</system-out>")
            };
            let case = format!("name=\"{name}\" classname=\"{file}\" file=\"{file}\"");
            writeln!(out, "    <testcase {case} line=\"{line}\" time=\"0\">")?;
            writeln!(out, "      {begin}{lines}{end}\n    </testcase>")?;
        }
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

/// The attributes that suites have: their name, and how many test cases they hold and how many fail.
fn counts(name: &str, findings: &[Diagnostic]) -> String {
    let failures = findings.iter().filter(|one| is_failure(one)).count();
    let tests = findings.len().max(1);
    format!("name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" time=\"0\"")
}

fn is_failure(finding: &Diagnostic) -> bool {
    finding.severity > Severity::Info
}
