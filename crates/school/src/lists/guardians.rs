//! The columns of the list of guardians.

use uuid::Uuid;
use words::paper::lists::{columns, guardians, yes_no};
use words::{Language, Message};

use super::columns::{Around, Column, Listed};
use super::{ListCell, ShowList};
use crate::classes::ClassKind;
use crate::people::{GuardianChild, GuardianFilter, GuardianListRow, ListGuardians, address_line, list_guardians};
use crate::{Call, Page, Result};

impl GuardianListRow {
    /// The children that the guardian is asked about: those to whom they have access, or all where that is none.
    fn theirs(&self) -> Vec<&GuardianChild> {
        let open: Vec<&GuardianChild> = self.children.iter().filter(|child| !child.no_access).collect();
        if open.is_empty() { self.children.iter().collect() } else { open }
    }

    /// The children's names with their class: `Okonkwo, Mina (7A)`.
    fn children_in_line(&self, around: &Around) -> String {
        let named = self.theirs().into_iter().map(|child| {
            let name = around.order.list_name(&child.given_name, &child.family_name);
            match homerooms(child).next() {
                Some(class) => format!("{name} ({class})"),
                None => name,
            }
        });
        around.order.in_one_line(&named.collect::<Vec<_>>())
    }

    /// Yes or no where it is the same for all children, and else the given names of those of whom it is so.
    fn of_children(&self, is_so: fn(&GuardianChild) -> bool) -> ListCell {
        let theirs = self.theirs();
        let so: Vec<&str> = theirs.iter().filter(|child| is_so(child)).map(|child| child.given_name.as_str()).collect();
        match so.len() {
            0 => ListCell::Said(yes_no::no()),
            all if all == theirs.len() => ListCell::Said(yes_no::yes()),
            _ => ListCell::Text(so.join(", ")),
        }
    }

    /// To whom the guardian has no access; none where they have it to all.
    fn no_access(&self) -> Option<Message> {
        let closed = self.children.iter().filter(|child| child.no_access).map(|child| child.given_name.as_str());
        let closed: Vec<&str> = closed.collect();
        match closed.len() {
            0 => None,
            all if all == self.children.len() => Some(guardians::no_access()),
            _ => Some(guardians::no_access_to(closed.join(", "))),
        }
    }
}

fn homerooms(child: &GuardianChild) -> impl Iterator<Item = &str> {
    child.classes.iter().filter(|class| class.kind == ClassKind::Homeroom).map(|class| class.title.as_str())
}

/// Each of these texts once, in their order.
fn once<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let mut found: Vec<&str> = Vec::new();
    for text in texts {
        if !found.contains(&text) {
            found.push(text);
        }
    }
    found.join(", ")
}

impl Listed for GuardianListRow {
    type Filter = GuardianFilter;

    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::<Self>::new("name", columns::name(), |g, around| {
                ListCell::Text(around.order.list_name(&g.given_name, &g.family_name))
            })
            .usual()
            .sortable()
            .wide(10.0, 2.0),
            Column::<Self>::new("relationship", columns::relationship(), |g, _| {
                ListCell::text(once(g.theirs().into_iter().map(|child| child.relationship.as_str())))
            })
            .lesser(2)
            .usual()
            .wide(6.0, 1.0),
            Column::<Self>::new("children", columns::children(), |g, around| {
                ListCell::text(g.children_in_line(around))
            })
            .usual()
            .wide(11.0, 3.0),
            Column::<Self>::new("phone", columns::phone(), |g, _| ListCell::text(g.phone.clone()))
                .usual()
                .wide(9.0, 1.0),
            Column::<Self>::new("email", columns::email(), |g, _| ListCell::text(g.email.clone()))
                .lesser(3)
                .usual()
                .sortable()
                .wide(10.0, 2.0),
            Column::<Self>::new("noAccess", columns::no_access(), |g, _| {
                g.no_access().map_or(ListCell::Nothing, ListCell::Said)
            })
            .lesser(1)
            .usual()
            .wide(6.0, 1.0),
            Column::<Self>::new("class", columns::class(), |g, _| {
                ListCell::text(once(g.theirs().into_iter().flat_map(homerooms)))
            })
            .wide(4.0, 1.0),
            Column::<Self>::new("mayCollect", columns::may_collect(), |g, _| g.of_children(|child| child.may_collect))
                .wide(6.0, 1.0),
            Column::<Self>::new("getsLetters", columns::gets_letters(), |g, _| {
                g.of_children(|child| child.gets_letters)
            })
            .wide(6.0, 1.0),
            Column::<Self>::new("calledFirst", columns::called_first(), |g, _| g.of_children(|child| child.is_primary))
                .wide(6.0, 1.0),
            Column::<Self>::new("furtherContacts", columns::further_contacts(), |g, _| {
                ListCell::text(once(g.contacts.iter().map(|contact| contact.value.as_str())))
            })
            .wide(9.0, 2.0),
            Column::<Self>::new("address", columns::address(), |g, _| {
                ListCell::text(g.address.as_ref().map(address_line))
            })
            .wide(12.0, 3.0),
            Column::<Self>::new("language", columns::language(), |g, _| {
                let known = g.language.as_deref().and_then(Language::find);
                ListCell::text(known.map(|language| language.name().to_owned()))
            })
            .sortable()
            .wide(6.0, 1.0),
            Column::<Self>::new("givenName", columns::given_name(), |g, _| ListCell::Text(g.given_name.clone()))
                .wide(7.0, 2.0),
            Column::<Self>::new("familyName", columns::family_name(), |g, _| ListCell::Text(g.family_name.clone()))
                .wide(7.0, 2.0),
        ]
    }

    fn seen(&self) -> (Uuid, i32) {
        (self.id.0, self.version)
    }

    async fn page(
        call: &Call,
        filter: &GuardianFilter,
        input: &ShowList,
        offset: u64,
        limit: u64,
    ) -> Result<Page<Self>> {
        let list = ListGuardians {
            school: input.school,
            search: input.search.clone(),
            filter: filter.clone(),
            sort: input.sort.clone(),
            offset: Some(offset),
            limit: Some(limit),
        };
        list_guardians(call, list).await
    }
}
