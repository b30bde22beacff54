//! Postal addresses and further telephone numbers as people type them, checked and as they are kept.

use store::entities::{Contact, ContactKind, Contacts, PostalAddress};
use words::refusals;

use crate::error::Invalid;

/// So many further ways to reach somebody are kept.
const MOST: usize = 20;
/// Lines above the town, which a letter's window has room for.
const MOST_LINES: usize = 5;

/// Checks an address: at most five lines of 100 characters, a town, region and country of 100 each, a postcode of 20. None
/// where nothing of it is given.
pub(super) fn checked_address(invalid: &mut Invalid, input: &PostalAddress) -> Option<PostalAddress> {
    let lines = input.lines.as_deref().unwrap_or_default().lines();
    let lines: Vec<&str> = lines.map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.len() > MOST_LINES {
        invalid.push("address.lines", "too_many", refusals::people::too_many_lines(MOST_LINES));
    }
    for line in &lines {
        invalid.optional("address.lines", Some(line), 100);
    }
    let address = PostalAddress {
        lines: Some(lines.join("\n")).filter(|lines| !lines.is_empty()),
        town: invalid.optional("address.town", input.town.as_deref(), 100),
        region: invalid.optional("address.region", input.region.as_deref(), 100),
        postcode: invalid.optional("address.postcode", input.postcode.as_deref(), 20),
        country: invalid.optional("address.country", input.country.as_deref(), 100),
    };
    (address != PostalAddress::default()).then_some(address)
}

/// Checks further telephone numbers and e-mail addresses, in the order in which they are tried; none where there are none.
pub(super) fn checked_contacts(invalid: &mut Invalid, input: &[Contact]) -> Option<Contacts> {
    if input.len() > MOST {
        invalid.push("contacts", "too_many", refusals::people::too_many_contacts(MOST));
    }
    let mut checked = Vec::with_capacity(input.len());
    for (i, contact) in input.iter().enumerate() {
        let field = format!("contacts.{i}.value");
        let value = match contact.kind {
            ContactKind::Phone => invalid.phone(&field, Some(&contact.value)),
            ContactKind::Email => invalid.email(&field, Some(&contact.value)),
        };
        match value {
            Some(value) => checked.push(Contact { value, ..*contact }),
            None => invalid.push(&field, "required", refusals::common::required()),
        }
    }
    (!checked.is_empty()).then_some(Contacts(checked))
}

/// An address in one line, as lists show it.
pub fn address_line(address: &PostalAddress) -> String {
    let part = |part: &Option<String>| part.as_deref().unwrap_or_default().trim().to_owned();
    let place = [part(&address.postcode), part(&address.town)].join(" ");
    let parts = [part(&address.lines).replace('\n', ", "), place, part(&address.region), part(&address.country)];
    let parts: Vec<&str> = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

/// What becomes of an address that is saved; what is left out of the input stays as it is.
pub(super) fn address_after(
    invalid: &mut Invalid,
    input: Option<&PostalAddress>,
    before: Option<&PostalAddress>,
) -> Option<PostalAddress> {
    input.map_or_else(|| before.cloned(), |input| checked_address(invalid, input))
}

/// The same of further telephone numbers and e-mail addresses.
pub(super) fn contacts_after(
    invalid: &mut Invalid,
    input: Option<&[Contact]>,
    before: Option<&Contacts>,
) -> Option<Contacts> {
    input.map_or_else(|| before.cloned(), |input| checked_contacts(invalid, input))
}
