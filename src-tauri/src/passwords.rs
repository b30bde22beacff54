//! The password of the database server in the system's key store, where a person wanted it kept.

use kernel::blocking;
use store::{Place, ServerPassword};

/// The service under which the system's key store lists it.
const SERVICE: &str = "Homeroom database";

/// One entry a server, database and user; what a place shows holds no secret.
fn entry(place: &Place) -> keyring::Result<keyring::Entry> {
    keyring::Entry::new(SERVICE, &place.to_string())
}

/// Whether this computer's key store is to be left alone, as for the key of the faces.
fn left_alone() -> bool {
    std::env::var_os("HOMEROOM_KEY_STORE").is_some_and(|chosen| chosen == "file")
}

/// The password that was kept for this server; none where there is none, or no key store.
pub async fn kept(place: &Place) -> Option<ServerPassword> {
    if left_alone() {
        return None;
    }
    let place = place.clone();
    // The key store may ask the person first.
    let asked = blocking(move || Ok(entry(&place).and_then(|entry| entry.get_password()))).await;
    asked.ok()?.ok().map(ServerPassword::new)
}

/// Keeps the password for the next start; false where the system has no key store, or it refused.
pub async fn keep(place: &Place, password: &ServerPassword) -> bool {
    if left_alone() {
        return false;
    }
    let (place, password) = (place.clone(), password.clone());
    let keep = move || Ok(entry(&place).and_then(|entry| entry.set_password(password.reveal())));
    matches!(blocking(keep).await, Ok(Ok(())))
}
