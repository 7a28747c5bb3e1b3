//! Claims out of text.
