//! Trailer.
use super::Metadata;
use crate::source::Span;
/// stub
pub fn parse(_text: &str) -> Option<(Metadata, Span)> {
    None
}
