//! Accounts: first run, signing in and out, sessions, users and their roles.

mod acting;
mod ended;
mod first_run;
mod language;
mod lock;
mod of_staff;
mod passwords;
mod sessions;
mod sign_in;
mod table;
mod tries;
mod users;

pub use first_run::{FirstAdministrator, SetUp, TermDates};
pub use language::SetLanguage;
pub use lock::GivePassword;
pub use of_staff::{MadeAccount, MakeStaffAccount, OfStaffAccount, StaffAccount};
pub(crate) use of_staff::{free_name, names as names_of, one_time_password};
pub(crate) use passwords::hash as hash_password;
pub use passwords::{ChangePassword, SetPassword};
pub use sessions::{OfUser, RevokeUserSession, Token, UserSessionRow, resume, resume_even_locked};
pub use sign_in::{Nothing, SignIn, SignedIn, Status, Whoami, WhoamiSchool, WhoamiTerm};
pub use table::*;
pub use users::{ListUsers, RoleAt, SaveUser, UserRow};

pub use acting::acting;
pub use ended::{end_with_people, own_access};
pub use sessions::{at_session, still_signed_in};
pub use sign_in::{end_own_session, has_users};
pub use tries::is_own_password;
pub use users::{permit_every_school, permit_roles};
