//! What operations at a desk get: the devices of this computer, and a way to the operations where the data is.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use crate::{Calls, Job, Result};

/// What this computer keeps running and remembers, whoever is signed in.
pub struct Desk {
    /// The folder of this installation.
    pub data: PathBuf,
    extensions: Extensions,
}

impl Desk {
    /// The desk of this installation.
    pub fn new(data: PathBuf) -> Self {
        Self { data, extensions: Extensions::default() }
    }

    /// A shared part of a feature (cameras that run), made at its first use.
    pub fn extension<T: Send + Sync + 'static>(&self, make: impl FnOnce() -> Result<T>) -> Result<Arc<T>> {
        self.extensions.get(make)
    }
}

/// An operation at a desk on its way. It reaches what is stored by `calls` alone, as a window does.
#[derive(Clone)]
pub struct AtDesk {
    pub calls: Arc<dyn Calls>,
    pub desk: Arc<Desk>,
    pub job: Job,
}

/// Values that are there once each, by their type.
#[derive(Default)]
pub(crate) struct Extensions(Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>);

impl Extensions {
    /// The one of this type, made at its first use.
    pub fn get<T: Send + Sync + 'static>(&self, make: impl FnOnce() -> Result<T>) -> Result<Arc<T>> {
        // A panic while holding it leaves a map that is still a map.
        let mut extensions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kind = TypeId::of::<T>();
        if let Some(found) = extensions.get(&kind).cloned().and_then(|found| found.downcast::<T>().ok()) {
            return Ok(found);
        }
        let made = Arc::new(make()?);
        extensions.insert(kind, made.clone());
        Ok(made)
    }
}
