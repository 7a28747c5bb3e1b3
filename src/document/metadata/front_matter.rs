//! Front matter.
use super::Metadata;
use crate::source::Span;
use jiff::civil::Date;
/// stub
pub fn parse(_text: &str) -> Option<(Metadata, Span)> {
    None
}
/// stub
pub fn lenient_date(_text: &str) -> Option<Date> {
    None
}
