//! Files on their way between a person and an operation, in memory: faces are among them, which are never written down in the
//! clear. Each has an owner and an end, and there is a limit to them.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Duration, Utc};
use store::ids::UserId;
use uuid::Uuid;

/// So many files of one person are held.
const MOST: usize = 24;
/// So many bytes of all persons are held.
const MOST_BYTES: usize = 512 << 20;

/// For so long a file is held: a working day, as an import that is looked through may take one.
fn held_for() -> Duration {
    Duration::hours(10)
}

/// What a file says of itself.
pub(crate) trait File: Clone {
    /// Whose it is; none where it was put in before anybody could sign in.
    fn owner(&self) -> Option<UserId>;
    /// What is in it.
    fn bytes(&self) -> &Arc<Vec<u8>>;
}

/// Files of one kind. Where there are too many the oldest go: of a person their own, of all bytes the oldest.
pub(crate) struct Handed<T>(Mutex<Vec<Held<T>>>);

struct Held<T> {
    id: Uuid,
    until: DateTime<Utc>,
    file: T,
}

impl<T> Default for Handed<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: File> Handed<T> {
    /// Holds a file; the identifier to take it by.
    pub fn keep(&self, file: T, now: DateTime<Utc>) -> Uuid {
        let mut held = self.held(now);
        let own = |one: &Held<T>| one.file.owner() == file.owner();
        while held.iter().filter(|one| own(one)).count() >= MOST {
            let Some(oldest) = held.iter().position(own) else { break };
            held.remove(oldest);
        }
        let bytes = |held: &[Held<T>]| held.iter().map(|one| one.file.bytes().len()).sum::<usize>();
        while !held.is_empty() && bytes(&held) + file.bytes().len() > MOST_BYTES {
            held.remove(0);
        }
        let id = Uuid::now_v7();
        held.push(Held { id, until: now + held_for(), file });
        id
    }

    /// A file that is still held.
    pub fn find(&self, id: Uuid, now: DateTime<Utc>) -> Option<T> {
        self.held(now).iter().find(|one| one.id == id).map(|one| one.file.clone())
    }

    /// Holds a file no longer.
    pub fn forget(&self, id: Uuid) {
        self.lock().retain(|one| one.id != id);
    }

    /// What is not over.
    fn held(&self, now: DateTime<Utc>) -> MutexGuard<'_, Vec<Held<T>>> {
        let mut held = self.lock();
        held.retain(|one| now < one.until);
        held
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Held<T>>> {
        // A panic while it is held leaves a list that is still a list.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone)]
    struct Sheet(Option<UserId>, Arc<Vec<u8>>);

    impl File for Sheet {
        fn owner(&self) -> Option<UserId> {
            self.0
        }
        fn bytes(&self) -> &Arc<Vec<u8>> {
            &self.1
        }
    }

    #[test]
    fn who_hands_in_too_much_loses_their_own_and_all_of_it_ends() {
        let files = Handed::default();
        let now = DateTime::UNIX_EPOCH;
        let sheet = |owner| Sheet(Some(owner), Arc::new(vec![1]));
        let (amara, ben) = (UserId::new(), UserId::new());
        let kept = files.keep(sheet(amara), now);
        let bens: Vec<Uuid> = (0..=MOST).map(|_| files.keep(sheet(ben), now)).collect();
        assert!(files.find(kept, now).is_some());
        let there: Vec<bool> = bens.iter().map(|id| files.find(*id, now).is_some()).collect();
        assert_eq!((there[0], there.iter().filter(|there| **there).count()), (false, MOST));
        files.forget(bens[MOST]);
        assert!(files.find(bens[MOST], now).is_none());
        let last = now + held_for() - Duration::seconds(1);
        assert!(files.find(kept, last).is_some());
        assert!(files.find(kept, now + held_for()).is_none());
    }
}
