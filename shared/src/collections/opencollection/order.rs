//! The order in which Bruno shows and runs the items of a folder.

use super::super::Item;

/// An item and what its place among the others depends on.
#[derive(Debug)]
pub(super) struct Ordered {
    pub(super) name: String,
    pub(super) seq: Option<f64>,
    pub(super) item: Item,
}

/// Returns folders in their order: by name, and each with a number at the place that the number says.
pub(super) fn folders(mut folders: Vec<Ordered>) -> Vec<Item> {
    folders.sort_by(|a, b| a.name.to_lowercase().cmp(&b.name.to_lowercase()).then_with(|| a.name.cmp(&b.name)));
    let has_place = |folder: &Ordered| folder.seq.is_some_and(|seq| seq >= 1.0 && seq.fract() == 0.0);
    let (mut numbered, mut sorted): (Vec<_>, Vec<_>) = folders.into_iter().partition(has_place);
    numbered.sort_by(by_number);
    let mut previous = None;
    for folder in numbered {
        let number = folder.seq.unwrap_or(1.0);
        // The type's range bounds the cast, and the list's length the place.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the cast saturates")]
        let at = ((number - 1.0) as usize).min(sorted.len());
        // Those with the same number stay beside each other, by name.
        let at = match previous {
            Some((other, place)) if other == number => usize::min(place + 1, sorted.len()),
            _ => at,
        };
        previous = Some((number, at));
        sorted.insert(at, folder);
    }
    sorted.into_iter().map(|folder| folder.item).collect()
}

/// Returns requests in their order: by number, which is 1 if there is none, and then by the names of their files.
pub(super) fn requests(mut requests: Vec<Ordered>) -> Vec<Item> {
    requests.sort_by(by_number);
    requests.into_iter().map(|request| request.item).collect()
}

fn by_number(a: &Ordered, b: &Ordered) -> std::cmp::Ordering {
    a.seq.unwrap_or(1.0).total_cmp(&b.seq.unwrap_or(1.0))
}
