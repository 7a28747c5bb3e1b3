//! Stub
use super::state::State;
use serde_json::Value;
pub(super) fn prepared(_: &mut State, _: &Value) -> Option<Value> {
    None
}
pub(super) fn label(_: &mut State, _: &Value) -> super::Answer {
    Ok(Value::Null)
}
pub(super) fn files(_: &mut State, _: &Value) -> Option<Value> {
    None
}
