//! The way through a collection: each request in its order, with the folders that it is in.

use super::{Collection, Folder, Item};

/// An item that is no folder, and the folders around it, outermost first.
#[derive(Clone, Debug)]
pub struct Found<'c> {
    /// The folders.
    pub folders: Vec<&'c Folder>,
    /// The item.
    pub item: &'c Item,
}

/// Walks over all items that are no folders.
#[derive(Clone, Debug)]
pub struct Walk<'c> {
    /// What is left of the list of each folder on the way, the collection's own first.
    lists: Vec<std::slice::Iter<'c, Item>>,
    folders: Vec<&'c Folder>,
}

impl Collection {
    /// Returns every item that is no folder, in the order in which requests are run.
    #[must_use]
    pub fn walk(&self) -> Walk<'_> {
        Walk { lists: vec![self.items.iter()], folders: Vec::new() }
    }
}

impl<'c> Iterator for Walk<'c> {
    type Item = Found<'c>;

    fn next(&mut self) -> Option<Found<'c>> {
        loop {
            match self.lists.last_mut()?.next() {
                Some(Item::Folder(folder)) => {
                    self.lists.push(folder.items.iter());
                    self.folders.push(folder);
                }
                Some(item) => return Some(Found { folders: self.folders.clone(), item }),
                None => {
                    self.lists.pop();
                    self.folders.pop();
                }
            }
        }
    }
}
