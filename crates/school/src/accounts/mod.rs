//! Accounts: first run, signing in and out, sessions, users and their roles.

mod ended;
mod first_run;
mod lock;
mod of_staff;
mod passwords;
mod sessions;
mod sign_in;
mod tries;
mod users;

pub use first_run::{FirstAdministrator, SetUp, TermDates, set_up};
pub use lock::{GivePassword, confirm_password, give_way, lock_screen, unlock};
pub use of_staff::{MadeAccount, MakeStaffAccount, OfStaffAccount, StaffAccount, make_staff_account, staff_account};
pub use passwords::{ChangePassword, SetPassword, change_password, set_password};
pub use sessions::{
    OfUser, RevokeSession, SessionRow, Token, my_sessions, resume, resume_even_locked, revoke_session,
    revoke_user_session, user_sessions,
};
pub use sign_in::{
    Nothing, SignIn, SignedIn, Status, Whoami, WhoamiSchool, WhoamiTerm, sign_in, sign_out, status, whoami,
};
pub use users::{ListUsers, RoleAt, SaveUser, UserRow, list_users, save_user};

pub(crate) use ended::{end_with_people, own_access};
pub(crate) use sessions::{at_session, still_signed_in};
pub(crate) use sign_in::{end_own_session, has_users};
pub(crate) use tries::is_own_password;
pub(crate) use users::{permit_every_school, permit_roles};
