//! Stub
use super::state::State;
use serde_json::Value;
pub(super) fn definition(_: &mut State, _: &Value) -> Option<Value> {
    None
}
pub(super) fn references(_: &mut State, _: &Value) -> Option<Value> {
    None
}
