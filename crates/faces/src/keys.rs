//! The keys that protect templates: one master key of this computer wraps one data key a school, and the data key
//! encrypts each template for its own place only. The master key rests in the system's key store; where there is none, in
//! a file that only its owner may read. It is never in the database.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use words::{Message, refusals};
use zeroize::Zeroizing;

use crate::{Error, ErrorCode, Result, Services};

/// The service under which the system's key store lists the key.
const SERVICE: &str = "Homeroom";
/// Under this name among a school's settings it is noted that the key was put on paper; never the key itself.
pub(super) const PRINTED: &str = "recovery key";
/// Larger files hold no key, in bytes.
const LARGEST_FILE: u64 = 4096;

/// Where the master key rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum KeyPlace {
    /// The system's key store: Keychain, Credential Manager, Secret Service.
    System,
    /// `keys/master.key` in the data folder, where the system has no key store.
    File,
}

/// 32 secret bytes that seal and open values; wiped from memory when it goes.
#[derive(Clone)]
pub struct SecretKey(Zeroizing<[u8; 32]>);

/// A value that only its key opens, and only in the place for which it was sealed.
pub struct Sealed {
    pub nonce: Vec<u8>,
    pub ciphertext: Vec<u8>,
}

impl SecretKey {
    pub fn random() -> Result<Self> {
        let mut bytes = Zeroizing::new([0; 32]);
        kernel::random(&mut *bytes)?;
        Ok(Self(bytes))
    }

    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Some(Self(Zeroizing::new(bytes.try_into().ok()?)))
    }

    /// The bytes, to be wrapped by another key.
    pub fn bytes(&self) -> &[u8] {
        &*self.0
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&Key::from(*self.0))
    }

    /// Encrypts with XChaCha20-Poly1305 under a random nonce; `place` is authenticated and must be given to open it.
    pub fn seal(&self, place: &str, plain: &[u8]) -> Result<Sealed> {
        let mut nonce = [0; 24];
        kernel::random(&mut nonce)?;
        let payload = Payload { msg: plain, aad: place.as_bytes() };
        let ciphertext = self
            .cipher()
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| Error::internal("a value could not be encrypted"))?;
        Ok(Sealed { nonce: nonce.to_vec(), ciphertext })
    }

    /// Opens what was sealed for this place; none when the key, the place or a single bit is another.
    pub fn open(&self, place: &str, nonce: &[u8], ciphertext: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let nonce: [u8; 24] = nonce.try_into().ok()?;
        let payload = Payload { msg: ciphertext, aad: place.as_bytes() };
        self.cipher().decrypt(&XNonce::from(nonce), payload).ok().map(Zeroizing::new)
    }

    /// Opens a key that this key wraps.
    pub fn unwrap(&self, place: &str, nonce: &[u8], wrapped: &[u8]) -> Option<SecretKey> {
        SecretKey::from_bytes(&self.open(place, nonce, wrapped)?)
    }
}

/// The master key and where it was found.
#[derive(Clone)]
pub struct MasterKey {
    pub key: SecretKey,
    pub place: KeyPlace,
    /// The key that a rotation has prepared; both are kept until it is known which of them opens the data keys.
    pub next: Option<SecretKey>,
}

/// What is kept: the key in use, the one that a rotation prepares, the one that a restored key took the place of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    Main,
    Next,
    Former,
}

impl Slot {
    fn file(self, data: &Path) -> PathBuf {
        let name = match self {
            Slot::Main => "master.key",
            Slot::Next => "master.next",
            Slot::Former => "master.former",
        };
        data.join("keys").join(name)
    }

    fn entry(self, data: &Path) -> keyring::Result<keyring::Entry> {
        // One entry a data folder: two installations of one person do not share a key.
        let folder = data.canonicalize().unwrap_or_else(|_| data.to_owned());
        let digest = Sha256::digest(folder.to_string_lossy().as_bytes());
        let name: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        let what = match self {
            Slot::Main => "master key",
            Slot::Next => "next master key",
            Slot::Former => "former master key",
        };
        keyring::Entry::new(SERVICE, &format!("{what} {name}"))
    }
}

/// The key once it was found, for the life of the program.
#[derive(Default)]
struct Found(Mutex<Option<Arc<MasterKey>>>);

/// The master key of this computer; with `make` a new one where there is none. Blocks: the system may ask the person to
/// unlock its key store.
pub(super) fn master_key(services: &Services, make: bool) -> Result<Arc<MasterKey>> {
    let found = services.extension(|| Ok(Found::default()))?;
    let mut found = found.0.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(key) = found.as_ref() {
        return Ok(key.clone());
    }
    let key = Arc::new(look_for(&services.folders.data, make)?);
    *found = Some(key.clone());
    Ok(key)
}

fn remember(services: &Services, key: MasterKey) -> Result<Arc<MasterKey>> {
    let found = services.extension(|| Ok(Found::default()))?;
    let key = Arc::new(key);
    *found.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(key.clone());
    Ok(key)
}

/// Prepares another master key beside the present one, which stays until [`keep_next`]. Blocks.
pub(super) fn prepare_next(services: &Services) -> Result<Arc<MasterKey>> {
    let now = master_key(services, false)?;
    let next = SecretKey::random()?;
    store(&services.folders.data, now.place, Slot::Next, &next)?;
    remember(services, MasterKey { next: Some(next), ..(*now).clone() })
}

/// The prepared key takes the place of the present one, which goes. Blocks.
pub(super) fn keep_next(services: &Services) -> Result<Arc<MasterKey>> {
    let now = master_key(services, false)?;
    let Some(next) = now.next.clone() else { return Ok(now) };
    store(&services.folders.data, now.place, Slot::Main, &next)?;
    forget(&services.folders.data, now.place, Slot::Next)?;
    remember(services, MasterKey { key: next, place: now.place, next: None })
}

/// Takes a key that came from its paper. A key that was here is put aside, not thrown away. Blocks.
pub(super) fn put_back(services: &Services, key: SecretKey) -> Result<Arc<MasterKey>> {
    let data = &services.folders.data;
    let place = match look_for(data, false) {
        Ok(former) => {
            store(data, former.place, Slot::Former, &former.key)?;
            former.place
        }
        Err(_) if system_store_works(data) => KeyPlace::System,
        Err(_) => KeyPlace::File,
    };
    store(data, place, Slot::Main, &key)?;
    forget(data, place, Slot::Next)?;
    remember(services, MasterKey { key, place, next: None })
}

fn file_chosen() -> bool {
    std::env::var_os("HOMEROOM_KEY_STORE").is_some_and(|store| store == "file")
}

fn system_store_works(data: &Path) -> bool {
    let asked = || Slot::Main.entry(data).map(|entry| entry.get_secret());
    !file_chosen() && matches!(asked(), Ok(Ok(_) | Err(keyring::Error::NoEntry)))
}

fn store(data: &Path, place: KeyPlace, slot: Slot, key: &SecretKey) -> Result<()> {
    match place {
        KeyPlace::File => keep_in_file(&slot.file(data), key),
        KeyPlace::System => {
            let kept = slot.entry(data).and_then(|entry| entry.set_secret(key.bytes()));
            kept.map_err(|_| refused(refusals::faces::key_not_taken()).help(refusals::faces::unlock_key_store()))
        }
    }
}

fn forget(data: &Path, place: KeyPlace, slot: Slot) -> Result<()> {
    match place {
        KeyPlace::File => match fs::remove_file(slot.file(data)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(refused(refusals::faces::former_key_stays(error.to_string()))
                    .help(refusals::faces::delete_in_keys()))
            }
            _ => Ok(()),
        },
        KeyPlace::System => match slot.entry(data).and_then(|entry| entry.delete_credential()) {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(_) => Err(refused(refusals::faces::former_key_not_deleted()).help(refusals::faces::unlock_key_store())),
        },
    }
}

fn keep_in_file(file: &Path, key: &SecretKey) -> Result<()> {
    write_file(file, key).map_err(|error| {
        let what = refusals::faces::key_not_kept(file.display());
        Error::of_files(what, &error, refusals::faces::write_to_data())
    })
}

/// A file from before wins, so that a key store that appears later does not hide it.
fn look_for(data: &Path, make: bool) -> Result<MasterKey> {
    if let Some(key) = read_file(&Slot::Main.file(data))? {
        return Ok(MasterKey { key, place: KeyPlace::File, next: read_file(&Slot::Next.file(data))? });
    }
    if !file_chosen() {
        match system_key(data, Slot::Main, make) {
            Ok(Some(key)) => {
                // A prepared key that cannot be read counts as none: the present one opens, or says that it does not.
                let next = system_key(data, Slot::Next, false).unwrap_or_default();
                return Ok(MasterKey { key, place: KeyPlace::System, next });
            }
            Ok(None) => return Err(missing()),
            Err(keyring::Error::NoStorageAccess(_)) => {
                return Err(refused(refusals::faces::key_store_locked()).help(refusals::faces::unlock_key_store()));
            }
            Err(keyring::Error::BadEncoding(_) | keyring::Error::BadDataFormat(..)) => {
                return Err(refused(refusals::faces::key_store_foreign()).help(refusals::faces::type_recovery_key()));
            }
            // No key store runs here; the file takes its place.
            Err(error) => tracing::info!(kind = ?std::mem::discriminant(&error), "no key store of the system"),
        }
    }
    if !make {
        return Err(missing());
    }
    let key = SecretKey::random()?;
    keep_in_file(&Slot::Main.file(data), &key)?;
    Ok(MasterKey { key, place: KeyPlace::File, next: None })
}

fn refused(message: Message) -> Error {
    Error::new(ErrorCode::KeyStore, message)
}

fn missing() -> Error {
    refused(refusals::faces::key_missing()).help(refusals::faces::type_recovery_key())
}

/// The error for a data key that the master key does not open.
pub(super) fn wrong_master_key() -> Error {
    refused(refusals::faces::other_key()).help(refusals::faces::type_recovery_key())
}

/// The key from the system's store; none where there is none and none is to be made.
fn system_key(data: &Path, slot: Slot, make: bool) -> keyring::Result<Option<SecretKey>> {
    let entry = slot.entry(data)?;
    match entry.get_secret() {
        Ok(secret) => {
            let secret = Zeroizing::new(secret);
            SecretKey::from_bytes(&secret).map(Some).ok_or(keyring::Error::BadEncoding(Vec::new()))
        }
        Err(keyring::Error::NoEntry) if make => {
            let mut bytes = Zeroizing::new([0; 32]);
            kernel::random(&mut *bytes).map_err(|_| keyring::Error::NoEntry)?;
            entry.set_secret(&*bytes)?;
            Ok(Some(SecretKey(bytes)))
        }
        Err(keyring::Error::NoEntry) => Ok(None),
        Err(error) => Err(error),
    }
}

fn read_file(file: &Path) -> Result<Option<SecretKey>> {
    let bytes = match files::read(file, LARGEST_FILE) {
        Ok(bytes) => Zeroizing::new(bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => {
            return Err(refused(refusals::faces::key_unreadable(file.display(), error.to_string()))
                .help(refusals::faces::type_recovery_key()));
        }
    };
    match SecretKey::from_bytes(&bytes) {
        Some(key) => Ok(Some(key)),
        None => Err(refused(refusals::faces::holds_no_key(file.display())).help(refusals::faces::type_recovery_key())),
    }
}

/// On Unix nobody but the owner may open its folder, on Windows the folder's rights decide.
fn write_file(file: &Path, key: &SecretKey) -> io::Result<()> {
    let folder: PathBuf = file.parent().map(Path::to_path_buf).unwrap_or_default();
    fs::create_dir_all(&folder)?;
    #[cfg(unix)]
    fs::set_permissions(&folder, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    files::write_whole(file, key.bytes())
}

/// What `homeroom doctor` and the health page say about the key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KeyStatus {
    /// Where the key rests; none while there is none.
    pub place: Option<KeyPlace>,
    /// What is wrong; none where all is well, or nothing was enrolled yet.
    pub problem: Option<Message>,
    pub help: Option<Message>,
}

/// Looks for the key without making one. Blocks like [`master_key`].
pub fn key_status(services: &Services) -> KeyStatus {
    match master_key(services, false) {
        Ok(key) => KeyStatus { place: Some(key.place), problem: None, help: None },
        Err(error) => KeyStatus { place: None, problem: Some(error.message), help: error.help },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_opens_only_unchanged_and_in_its_place() {
        let key = SecretKey::random().unwrap();
        let sealed = key.seal("a|b", b"template").unwrap();
        assert_eq!(&**key.open("a|b", &sealed.nonce, &sealed.ciphertext).unwrap(), b"template");
        assert!(key.open("a|c", &sealed.nonce, &sealed.ciphertext).is_none());
        assert!(SecretKey::random().unwrap().open("a|b", &sealed.nonce, &sealed.ciphertext).is_none());
        for bit in 0..sealed.ciphertext.len() * 8 {
            let mut changed = sealed.ciphertext.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(key.open("a|b", &sealed.nonce, &changed).is_none());
        }
    }

    #[test]
    fn the_key_in_a_file_is_for_its_owner_and_stays_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("keys/master.key");
        assert!(read_file(&file).unwrap().is_none());
        let key = SecretKey::random().unwrap();
        write_file(&file, &key).unwrap();
        assert_eq!(read_file(&file).unwrap().unwrap().bytes(), key.bytes());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        }
        fs::write(&file, b"short").unwrap();
        assert_eq!(read_file(&file).map(|_| ()).unwrap_err().code, ErrorCode::KeyStore);
    }
}
