//! One plausible input per operation, for the walk over all operations and roles. Identifiers need not exist: permission
//! comes first.

use school::Operation;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::world::World;

/// An input that parses; none for the operations that anyone may call.
pub fn sample(world: &World, operation: Operation) -> Option<Value> {
    let id = Uuid::nil();
    let school = world.school;
    Some(match operation {
        Operation::status | Operation::set_up | Operation::sign_in => return None,
        Operation::sign_out | Operation::whoami | Operation::my_sessions => json!({}),
        Operation::change_password => json!({ "current": "not it", "new": "something longer" }),
        Operation::revoke_session | Operation::revoke_user_session => json!({ "id": id }),
        Operation::list_users => json!({ "school": school }),
        Operation::save_user => json!({
            "id": null, "version": null, "username": "somebody", "givenName": "Some", "familyName": "Body",
            "roles": [{ "role": "student", "school": school, "district": null }], "staff": null, "student": null,
            "disabled": false, "password": "too short"
        }),
        Operation::set_password => json!({ "user": id, "new": "something longer" }),
        Operation::user_sessions => json!({ "user": id }),
    })
}
