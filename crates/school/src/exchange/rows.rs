//! The rows of a school as they are stored and as they will be: the import changes a copy, and only what differs is
//! written.

use std::sync::Arc;

use exchange::Place;
use store::Transaction;
use store::entities::{Row, RowModel};

use super::report::ImportedField;
use crate::Result;

/// One row as it is stored and as it will be.
pub(super) struct Kept<M> {
    /// None for a new row.
    pub stored: Option<M>,
    pub now: M,
    /// Where in the files it was last met; none where they do not hold it.
    pub at: Option<Place>,
    /// The files say that it is to be deleted, or no longer hold it.
    pub deleted: bool,
    /// The row itself goes, since its table has no mark for deleted rows.
    pub gone: bool,
    /// What changes of it besides its own fields.
    pub besides: Vec<ImportedField>,
}

/// All rows of one kind.
pub(super) struct Rows<M> {
    pub list: Vec<Kept<M>>,
}

impl<M> Default for Rows<M> {
    fn default() -> Self {
        Self { list: Vec::new() }
    }
}

impl<M: RowModel> Rows<M> {
    pub fn stored(rows: Vec<M>) -> Self {
        let kept = |row: M| Kept {
            stored: Some(row.clone()),
            now: row,
            at: None,
            deleted: false,
            gone: false,
            besides: Vec::new(),
        };
        Self { list: rows.into_iter().map(kept).collect() }
    }

    /// Adds a new row; its place.
    pub fn add(&mut self, row: M, at: &Place) -> usize {
        let at = Some(at.clone());
        self.list.push(Kept { stored: None, now: row, at, deleted: false, gone: false, besides: Vec::new() });
        self.list.len() - 1
    }

    /// The row to be compared with the files' one.
    pub fn meet(&mut self, index: usize, at: &Place) -> &mut M {
        let kept = &mut self.list[index];
        kept.at = Some(at.clone());
        &mut kept.now
    }

    pub fn now(&self, index: usize) -> &M {
        &self.list[index].now
    }

    pub fn iter(&self) -> impl Iterator<Item = (usize, &M)> {
        self.list.iter().enumerate().map(|(index, kept)| (index, &kept.now))
    }

    /// New rows; changed ones before and after; rows that go.
    pub fn split(self) -> Split<M> {
        let mut split = Split { new: Vec::new(), changed: Vec::new(), gone: Vec::new() };
        for kept in self.list {
            match kept.stored {
                None if !kept.deleted => split.new.push(kept.now),
                None => {}
                Some(stored) if kept.gone => split.gone.push(stored),
                Some(stored) if stored != kept.now => split.changed.push((stored, kept.now)),
                Some(_) => {}
            }
        }
        split
    }
}

/// What is to be written of one kind.
pub(super) struct Split<M> {
    pub new: Vec<M>,
    pub changed: Vec<(M, M)>,
    pub gone: Vec<M>,
}

impl<M: RowModel> Split<M> {
    /// Writes rows that need nothing besides themselves.
    pub async fn write<E: Row<Model = M>>(self, tx: &mut Transaction<'_>) -> Result<()>
    where
        M: RowModel<Entity = E> + sea_orm::IntoActiveModel<E::ActiveModel>,
        E::ActiveModel: Send,
    {
        tx.insert_many::<E>(self.new).await?;
        for (before, after) in self.changed {
            tx.update::<E>(&before, after).await?;
        }
        for row in &self.gone {
            tx.delete::<E>(row).await?;
        }
        Ok(())
    }
}

/// The place of what no single line of a file asks for.
pub(super) fn whole_set() -> Place {
    Place { file: Arc::from(""), line: 0 }
}
