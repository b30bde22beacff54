//! The accounts, as the table of operations says it.

#[allow(clippy::wildcard_imports)] // the feature whose table it is
use super::*;
use crate::permission::rules::{ANYONE, LEADERS, SIGNED_IN};

kernel::operations! { accounts;
    /// Whether the school is set up and who is signed in.
    sign_in::status(Nothing) -> Status,
        who: ANYONE, does: Read, shows: [], runs: AtData, path: none;

    /// First run: makes the school and its first administrator.
    first_run::set_up(SetUp) -> SignedIn,
        who: ANYONE, does: Write, shows: [], runs: AtData, path: none;

    /// Signs somebody in by name and password.
    sign_in::sign_in(SignIn) -> SignedIn,
        who: ANYONE, does: Write, shows: [], runs: AtData, path: none;

    /// Ends this sign-in.
    sign_in::sign_out(Nothing) -> (),
        who: SIGNED_IN, does: Write, shows: [], runs: AtData, path: none, also: [while_locked, by_itself];

    /// Who is signed in, and what they may see and do.
    sign_in::whoami(Nothing) -> Whoami,
        who: SIGNED_IN, does: Read,
        shows: [academic_sessions, districts, grants, schools, settings, users],
        runs: AtData, path: GET "/me", also: [at_kiosk, before_password_change];

    /// Changes one's own password.
    passwords::change_password(ChangePassword) -> (),
        who: SIGNED_IN, does: Write, shows: [], runs: AtData, path: POST "/me/password", also: [before_password_change];

    /// Chooses the language of one's own screens.
    language::set_language(SetLanguage) -> (),
        who: SIGNED_IN, does: Write, shows: [], runs: AtData, path: PUT "/me/language", also: [before_password_change];

    /// Locks this sign-in's screen: nothing is done in its name before the password is given.
    lock::lock_screen(Nothing) -> (),
        who: SIGNED_IN, does: Write, shows: [], runs: AtData, path: none, also: [before_password_change];

    /// Unlocks this sign-in's screen with the password.
    lock::unlock(GivePassword) -> (),
        who: SIGNED_IN, does: Write, shows: [], runs: AtData, path: none, also: [while_locked, before_password_change];

    /// Gives the password once more, for what asks for it.
    lock::confirm_password(GivePassword) -> (),
        who: SIGNED_IN, does: Write, shows: [], runs: AtData, path: none, also: [before_password_change];

    /// The sign-ins of oneself that have not ended.
    sessions::my_sessions(Nothing) -> Vec<UserSessionRow>,
        who: SIGNED_IN, does: Read,
        shows: [user_sessions],
        runs: AtData, path: GET "/me/sessions";

    /// Ends a sign-in of one's own.
    sessions::revoke_session(RevokeUserSession) -> (),
        who: SIGNED_IN, does: Write, shows: [], runs: AtData, path: DELETE "/me/sessions/{session=id}";

    /// The users of a school with their roles.
    users::list_users(ListUsers) -> Vec<UserRow>,
        who: LEADERS, does: Read,
        shows: [grants, schools, staff, students, user_sessions, users],
        runs: AtData, path: GET "/schools/{school}/users";

    /// Makes a user, or changes one.
    users::save_user(SaveUser) -> UserRow,
        who: LEADERS, does: Write, shows: [], runs: AtData, path: PUT "/users", also: [needs_password];

    /// The account of a member of staff, or what would be proposed for one.
    of_staff::staff_account(OfStaffAccount) -> StaffAccount,
        who: LEADERS, does: Read,
        shows: [staff, users],
        runs: AtData, path: GET "/staff/{staff}/account";

    /// Makes an account for a member of staff, with a password that is shown once.
    of_staff::make_staff_account(MakeStaffAccount) -> MadeAccount,
        who: LEADERS, does: Write, shows: [], runs: AtData, path: POST "/staff/{staff}/account", also: [needs_password];

    /// Sets the password of somebody else.
    passwords::set_password(SetPassword) -> (),
        who: LEADERS, does: Write, shows: [], runs: AtData, path: POST "/users/{user}/password", also: [needs_password];

    /// The sign-ins of a user that have not ended.
    sessions::user_sessions(OfUser) -> Vec<UserSessionRow>,
        who: LEADERS, does: Read,
        shows: [grants, user_sessions, users],
        runs: AtData, path: GET "/users/{user}/sessions";

    /// Ends a sign-in of a user.
    sessions::revoke_user_session(RevokeUserSession) -> (),
        who: LEADERS, does: Write, shows: [], runs: AtData, path: DELETE "/sessions/{session=id}";
}
