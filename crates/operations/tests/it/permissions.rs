//! All operations × all roles: forbidden exactly where the table does not name the role, and only then.

use kernel::{ErrorCode, Role};

use crate::both;
use crate::samples::sample;

both!(
    async fn every_operation_asks_for_permission(world: World) {
        for role in Role::ALL {
            let person = world.user(&format!("the_{}", role.name()), role).await;
            for operation in ::operations::all().iter().copied() {
                // Signing out would end the walk; it has a test of its own.
                let Some(input) = sample(&world, operation).filter(|_| operation.name() != "accounts.sign_out") else {
                    continue;
                };
                let named = operation.rule().iter().any(|(at, _)| *at == role);
                let outcome = ::operations::call(&person, operation.name(), input).await;
                let code = outcome.err().map(|error| error.code);
                if named {
                    assert_ne!(code, Some(ErrorCode::SignedOut), "{} as {}", operation.name(), role.name());
                } else {
                    assert_eq!(code, Some(ErrorCode::Forbidden), "{} as {}", operation.name(), role.name());
                }
            }
        }
    }
);

both!(
    async fn nobody_signed_in_may_do_nothing(world: World) {
        for operation in ::operations::all().iter().copied() {
            let Some(input) = sample(&world, operation) else { continue };
            let outcome = ::operations::call(&world.anonymous("office"), operation.name(), input).await;
            assert_eq!(outcome.unwrap_err().code, ErrorCode::SignedOut, "{}", operation.name());
        }
    }
);

#[test]
fn every_operation_names_who_may() {
    let open: Vec<&str> = ::operations::all()
        .iter()
        .filter(|operation| operation.rule().is_empty())
        .map(|operation| operation.name())
        .collect();
    assert_eq!(
        open,
        ["accounts.status", "accounts.set_up", "accounts.sign_in", "exchange.import_at_set_up"],
        "only these may be called by anyone"
    );
}

/// The table as it was decided, in one glance: a change of it shows here.
#[test]
fn a_student_may_do_only_this() {
    let of = |role| -> Vec<&str> {
        ::operations::all()
            .iter()
            .filter(|operation| operation.rule().iter().any(|(at, _)| *at == role))
            .map(|operation| operation.name())
            .filter(|name| name.starts_with("save") || name.starts_with("delete") || name.starts_with("record"))
            .collect()
    };
    assert!(of(Role::Student).is_empty(), "a student changes nothing: {:?}", of(Role::Student));
    assert!(of(Role::Counsellor).is_empty(), "a counsellor changes no record: {:?}", of(Role::Counsellor));
}
