//! The way through a collection: each request in its order, with the folders that it is in.
//!
//! ```
//! use countersign_shared::collections::postman;
//!
//! let text = r#"{"item": [{"name": "Users", "item": [{"name": "List", "request": "http://h/"}]}]}"#;
//! let collection = postman::read(text)?;
//! let found = collection.walk().next().expect("a request");
//! assert_eq!((found.name(), found.folders[0].name.as_str()), (Some("List"), "Users"));
//! # Ok::<(), countersign_shared::error::Error>(())
//! ```

use super::{Collection, Folder, Item};

/// An item that is no folder, and the folders around it, outermost first.
#[derive(Clone, Debug)]
pub struct Found<'c> {
    /// The folders.
    pub folders: Vec<&'c Folder>,
    /// The item.
    pub item: &'c Item,
}

impl Found<'_> {
    /// Returns the item's name, if it has one.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        let name = match self.item {
            Item::Folder(folder) => &folder.name,
            Item::Request(template) => &template.name,
            Item::Foreign(foreign) => &foreign.name,
            Item::Broken(broken) => broken.name.as_ref()?,
        };
        Some(name).filter(|name| !name.is_empty()).map(String::as_str)
    }

    /// Returns true if one of the folders has this name, or this path: `Users/Admin`.
    #[must_use]
    pub fn is_within(&self, folder: &str) -> bool {
        let names: Vec<&str> = self.folders.iter().map(|folder| folder.name.as_str()).collect();
        names.contains(&folder)
            || (1..=names.len()).any(|depth| names.get(..depth).unwrap_or_default().join("/") == folder)
    }
}

/// Walks over all items that are no folders.
#[derive(Clone, Debug)]
pub struct Walk<'c> {
    /// The list of each folder on the way, the collection's own first, and the number of items that were taken from it.
    lists: Vec<(&'c [Item], usize)>,
    folders: Vec<&'c Folder>,
}

impl Walk<'_> {
    /// Returns the place of the item that was found last, which [`Collection::at`] finds again.
    #[must_use]
    pub fn path(&self) -> Vec<usize> {
        self.lists.iter().map(|(_, taken)| taken.saturating_sub(1)).collect()
    }
}

impl Collection {
    /// Returns every item that is no folder, in the order in which requests are run.
    #[must_use]
    pub fn walk(&self) -> Walk<'_> {
        Walk { lists: vec![(&self.items, 0)], folders: Vec::new() }
    }

    /// Returns the item at a place.
    #[must_use]
    pub fn at(&self, path: &[usize]) -> Option<Found<'_>> {
        let (last, way) = path.split_last()?;
        let (mut items, mut folders) = (&self.items, Vec::new());
        for step in way {
            let Item::Folder(folder) = items.get(*step)? else { return None };
            folders.push(folder);
            items = &folder.items;
        }
        Some(Found { folders, item: items.get(*last)? })
    }
}

impl<'c> Iterator for Walk<'c> {
    type Item = Found<'c>;

    fn next(&mut self) -> Option<Found<'c>> {
        loop {
            let (items, taken) = self.lists.last_mut()?;
            let item = items.get(*taken);
            *taken += 1;
            match item {
                Some(Item::Folder(folder)) => {
                    self.lists.push((&folder.items, 0));
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
