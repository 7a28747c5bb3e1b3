//! `weeknote-lint.toml`: its types, and reading it with diagnostics that point into it.
