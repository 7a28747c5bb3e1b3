//! What was wrong before: the findings of an earlier state of the archive, which `--since` does not report again.
//!
//! We lint the earlier state as a whole, with its files where they were, so that a link is new if it breaks because
//! somebody removed or renamed another note. We judge it by what the archive has learnt now ([`Archive::earlier`]), so
//! that a new habit reveals no old mistakes. A renamed file keeps its findings.

use super::asking::ask_rules;
use super::levels::with_levels;
use super::order::in_order;
use super::reading::{Contents, read_documents};
use crate::archive::Archive;
use crate::diagnostic::{DocumentId, Severity};
use crate::discover::{self, Listing};
use crate::rules::laws;
use crate::suppress;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// An earlier state of the archive; one without any files, if it did not exist.
#[derive(Debug, Default)]
pub struct Earlier {
    /// The files that there were.
    pub listing: Listing,
    /// The contents of those that differ from the working tree.
    pub replaced: BTreeMap<String, Vec<u8>>,
    /// What the files that were renamed are called now, by their old paths.
    pub renamed: BTreeMap<String, String>,
}

impl Earlier {
    fn path_now<'p>(&'p self, path: &'p str) -> &'p str {
        self.renamed.get(path).map_or(path, String::as_str)
    }
}

/// The findings of an earlier state of `archive`, which lies in `root`: their fingerprints with the paths that the files
/// have now, and how grave they were.
pub(super) fn severities(
    archive: &Archive,
    earlier: &Earlier,
    root: &Path,
) -> HashMap<u64, Severity> {
    let files = discover::select(root, &earlier.listing, &archive.config);
    let contents = Contents {
        root,
        replaced: &earlier.replaced,
        on_disk: earlier.listing.walks_submodules,
    };
    let (permalinks, options) = (&archive.routes.permalinks, archive.parse_options);
    let documents = read_documents(&files, &contents, permalinks, options, Vec::new());
    let now: Vec<Option<DocumentId>> = documents
        .iter()
        .map(|document| archive.find(earlier.path_now(&document.path)))
        .collect();
    let before = Archive::earlier(archive, documents, files, &now);
    let mut found = ask_rules(&before);
    found.extend(laws::broken(&before));
    let (shown, _) = suppress::apply(&before, found);
    // Habits are left as they are found, one by one: what one finding stands for now is in each of them.
    in_order(&before, with_levels(&before, shown), |path| {
        earlier.path_now(path)
    })
    .iter()
    .map(|diagnostic| (diagnostic.fingerprint, diagnostic.severity))
    .collect()
}
