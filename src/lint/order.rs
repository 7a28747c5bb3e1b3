//! The order of the findings, and what identifies them from one run to the next.

use crate::archive::Archive;
use crate::diagnostic::Diagnostic;
use std::collections::HashMap;

/// Sorts by path, offset and rule, and gives each finding its fingerprint; `named` is the path that a document's findings
/// are known by.
pub(super) fn in_order<'a>(
    archive: &'a Archive,
    mut diagnostics: Vec<Diagnostic>,
    named: impl Fn(&'a str) -> &'a str,
) -> Vec<Diagnostic> {
    // Documents are sorted by path, so that their ids are in the order of the paths.
    diagnostics.sort_by(|one, other| {
        (one.place, one.rule, &one.message).cmp(&(other.place, other.rule, &other.message))
    });
    let mut repeats: HashMap<u64, u64> = HashMap::new();
    for diagnostic in &mut diagnostics {
        let path = archive
            .document(diagnostic.place.document)
            .map_or("", |document| named(&document.path));
        let thing = fnv_1a([diagnostic.rule, path, &diagnostic.subject].into_iter());
        let ordinal = repeats.entry(thing).or_insert(0);
        diagnostic.fingerprint = if *ordinal == 0 {
            thing
        } else {
            fnv_1a([format!("{thing:016x}#{ordinal}").as_str()].into_iter())
        };
        *ordinal += 1;
    }
    diagnostics
}

/// FNV-1a, 64 bits, of the parts with a NUL after each. The standard library's hasher promises no stability.
fn fnv_1a<'a>(parts: impl Iterator<Item = &'a str>) -> u64 {
    let bytes = parts.flat_map(|part| part.bytes().chain(std::iter::once(0)));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    })
}
