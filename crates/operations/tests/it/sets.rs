//! Sets of files as the command line hands them in.

use std::path::Path;
use std::sync::Arc;

use kernel::{Context, Result, Upload};
use school::exchange::{ImportReport, ImportSet};

/// Files with their names.
#[derive(Clone)]
pub struct Set(Vec<(String, Vec<u8>)>);

impl Set {
    /// The files at a path.
    pub fn read(path: &Path) -> Self {
        Self(exchange::files_of(path, exchange::Limits::default()).unwrap())
    }

    /// These texts.
    pub fn of<'f, T: AsRef<str> + 'f>(files: impl IntoIterator<Item = &'f (&'f str, T)>) -> Self {
        Self(files.into_iter().map(|(name, text)| ((*name).to_owned(), text.as_ref().into())).collect())
    }

    /// These bytes under these names.
    pub fn bytes(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        Self(files.into_iter().collect())
    }

    /// One file as it was given out.
    pub fn zip(name: &str, bytes: &[u8]) -> Self {
        Self(vec![(name.to_owned(), bytes.to_vec())])
    }

    /// Adds a text.
    pub fn put(&mut self, name: &str, text: &str) {
        self.0.push((name.to_owned(), text.into()));
    }

    /// Changes one of the texts.
    pub fn edit(&mut self, name: &str, change: impl Fn(&str) -> String) {
        let (_, bytes) = self.0.iter_mut().find(|(known, _)| known == name).unwrap();
        *bytes = change(std::str::from_utf8(bytes).unwrap()).into_bytes();
    }

    fn handed_in(&self, context: &Context, input: ImportSet) -> ImportSet {
        let owner = context.actor.as_ref().map(|actor| actor.user);
        let keep = |(name, bytes): &(String, Vec<u8>)| {
            context.services.keep_upload(Upload { file_name: name.clone(), bytes: Arc::new(bytes.clone()), owner })
        };
        ImportSet { uploads: self.0.iter().map(keep).collect(), ..input }
    }

    /// Imports it.
    pub async fn import(&self, context: &Context, input: ImportSet) -> Result<ImportReport> {
        school::exchange::import_set(context, self.handed_in(context, input)).await
    }

    /// Imports it before anybody can sign in.
    pub async fn import_at_set_up(&self, context: &Context, input: ImportSet) -> Result<ImportReport> {
        school::exchange::import_at_set_up(context, self.handed_in(context, input)).await
    }
}
