//! weeknote-lint
