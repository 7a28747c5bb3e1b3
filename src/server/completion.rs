//! Stub
use super::state::State;
use serde_json::Value;
/// x
pub(super) const TRIGGERS: [&str; 5] = ["[", "(", "#", "/", ":"];
pub(super) fn of(_: &mut State, _: &Value) -> Option<Value> {
    None
}
