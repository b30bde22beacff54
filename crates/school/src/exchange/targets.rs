//! Which school each organisation of the files is: one that is here already, or a new one.

use std::collections::HashMap;

use exchange::{Org, OrgKind, Roster, Status};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use store::entities::{SoftDeleted, classes, districts, schools, students};
use store::fold;
use store::ids::{DistrictId, SchoolId};
use words::faults::exchange::expected;

use super::report::Remarks;
use super::rows::{Rows, whole_set};
use crate::Result;

/// In which schools the person may change the roster, and which of them is meant.
pub(super) struct Allowed {
    /// Every school, those of other people too, in which the whole roster may be changed.
    pub schools: Vec<SchoolId>,
    /// May add schools.
    pub may_create: bool,
    /// The school that the person works in.
    pub chosen: Option<SchoolId>,
    /// The files' only school is the chosen one, whatever it is called.
    pub into_chosen: bool,
    /// A school of this name is chosen, and made where there is none; only while the whole is being set up.
    pub name: Option<String>,
}

/// The schools of an import.
pub(super) struct Targets {
    pub schools: Rows<schools::Model>,
    /// The district of new schools, where there was none.
    pub district: Option<districts::Model>,
    /// By the organisation's id in the files.
    pub of_org: HashMap<String, SchoolId>,
    pub chosen: Option<SchoolId>,
    /// Stored schools whose rosters the import compares with.
    pub stored: Vec<SchoolId>,
}

struct Finder<'a> {
    allowed: &'a Allowed,
    /// All that are not deleted.
    known: Vec<schools::Model>,
    district: Option<DistrictId>,
    targets: Targets,
}

/// Finds the schools of the files; an organisation that is none and may not become one is refused.
pub(super) async fn find(
    db: &impl ConnectionTrait,
    roster: &Roster,
    allowed: &Allowed,
    remarks: &mut Remarks,
) -> Result<Targets> {
    let known =
        schools::Entity::find().filter(schools::Entity::existing()).order_by_asc(schools::Column::Name).all(db).await?;
    let targets = Targets {
        schools: Rows::stored(known.iter().filter(|school| allowed.schools.contains(&school.id)).cloned().collect()),
        district: None,
        of_org: HashMap::new(),
        chosen: allowed.chosen,
        stored: Vec::new(),
    };
    let district = match known.iter().find(|school| Some(school.id) == allowed.chosen).or(known.first()) {
        Some(school) => Some(school.district_id),
        None => districts::Entity::find().one(db).await?.map(|district| district.id),
    };
    let mut finder = Finder { allowed, known, district, targets };
    let teaching: Vec<&Org> = roster.orgs.iter().filter(|org| org.teaches && org.status == Status::Active).collect();
    // A set of several schools names them itself.
    if teaching.len() < 2 {
        finder.named(roster);
    }
    for org in &teaching {
        let only = teaching.len() == 1 && (allowed.into_chosen || finder.chosen_is_empty(db).await?);
        finder.place(roster, org, only, remarks);
    }
    finder.referred(roster);
    Ok(finder.finish(roster))
}

impl Finder<'_> {
    /// The school that is named, made where there is none.
    fn named(&mut self, roster: &Roster) {
        let Some(name) = &self.allowed.name else { return };
        let found = self.known.iter().find(|school| fold(&school.name) == fold(name)).map(|school| school.id);
        self.targets.chosen = Some(match found {
            Some(id) => id,
            None => self.create(roster, name, None, None),
        });
    }

    /// Whether the chosen school was only set up so far: the first set that comes is its roster.
    async fn chosen_is_empty(&self, db: &impl ConnectionTrait) -> Result<bool> {
        let Some(chosen) = self.targets.chosen else { return Ok(false) };
        if !self.allowed.may_create {
            return Ok(true);
        }
        if self.known.iter().any(|school| school.id == chosen && school.source_id.is_some()) {
            return Ok(false);
        }
        let people = students::Entity::find().filter(students::Column::SchoolId.eq(chosen)).count(db).await?;
        let groups = classes::Entity::find().filter(classes::Column::SchoolId.eq(chosen)).count(db).await?;
        Ok(people + groups == 0)
    }

    fn place(&mut self, roster: &Roster, org: &Org, is_chosen: bool, remarks: &mut Remarks) {
        let same = |text: &str| !text.is_empty() && fold(text) == fold(&org.name);
        let known = self.known.iter();
        let found = known
            .clone()
            .find(|school| school.source_id.as_deref() == Some(&org.source_id))
            .or_else(|| {
                let unclaimed = known.filter(|school| school.source_id.is_none());
                unclaimed
                    .clone()
                    .find(|s| !org.identifier.is_empty() && s.identifier.as_deref() == Some(&org.identifier))
                    .or_else(|| unclaimed.clone().find(|school| same(&school.name)))
            })
            .map(|school| school.id)
            .or(if is_chosen { self.targets.chosen } else { None });
        let id = match found {
            Some(id) if self.allowed.schools.contains(&id) || self.is_new(id) => id,
            None if self.allowed.may_create => {
                let identifier = Some(org.identifier.clone()).filter(|text| !text.is_empty());
                self.create(roster, &org.name, Some(org.source_id.clone()), identifier)
            }
            _ => {
                return remarks.refuse(&org.at, "name", &org.name, expected::own_school());
            }
        };
        if let Some(known) = self.known.iter_mut().find(|school| school.id == id) {
            // Claimed: another organisation of the same name is another school.
            known.source_id.get_or_insert_with(|| org.source_id.clone());
        }
        let place = self.targets.schools.iter().find(|(_, school)| school.id == id).map(|(place, _)| place);
        if let Some(place) = place {
            let school = self.targets.schools.meet(place, &org.at);
            // A school keeps the name that people gave it here.
            school.source_id.get_or_insert_with(|| org.source_id.clone());
        }
        self.targets.of_org.insert(org.source_id.clone(), id);
    }

    /// Schools that the files of a delta refer to without holding them.
    fn referred(&mut self, roster: &Roster) {
        let of_classes = roster.classes.iter().filter_map(|class| class.school.as_ref());
        let of_roles = roster.roles.iter().filter_map(|role| role.org.as_ref());
        let of_enrolments = roster.enrolments.iter().filter_map(|enrolment| enrolment.school.as_ref());
        for org in of_classes.chain(of_roles).chain(of_enrolments) {
            if self.targets.of_org.contains_key(org) || roster.orgs.iter().any(|known| known.source_id == *org) {
                continue;
            }
            let found = self.known.iter().find(|school| school.source_id.as_ref() == Some(org));
            if let Some(school) = found.filter(|school| self.allowed.schools.contains(&school.id)) {
                self.targets.of_org.insert(org.clone(), school.id);
            }
        }
    }

    fn is_new(&self, id: SchoolId) -> bool {
        self.targets.schools.list.iter().any(|kept| kept.stored.is_none() && kept.now.id == id)
    }

    fn create(
        &mut self,
        roster: &Roster,
        name: &str,
        source_id: Option<String>,
        identifier: Option<String>,
    ) -> SchoolId {
        let district_id = match self.district {
            Some(id) => id,
            None => {
                let org = roster.orgs.iter().find(|org| org.kind == OrgKind::District && org.status == Status::Active);
                let row = districts::Model {
                    id: DistrictId::new(),
                    name: org.map_or(name, |org| &org.name).to_owned(),
                    source_id: org.map(|org| org.source_id.clone()),
                    version: 1,
                };
                let id = row.id;
                self.district = Some(id);
                self.targets.district = Some(row);
                id
            }
        };
        let neighbour = self.known.iter().find(|school| Some(school.id) == self.allowed.chosen).or(self.known.first());
        let school = schools::Model {
            id: SchoolId::new(),
            district_id,
            name: name.to_owned(),
            identifier,
            address: None,
            phone: None,
            email: None,
            time_zone: neighbour.map_or("UTC", |school| &school.time_zone).to_owned(),
            logo: None,
            source_id,
            deleted_at: None,
            version: 1,
        };
        let id = school.id;
        self.targets.schools.add(school, &whole_set());
        id
    }

    fn finish(mut self, roster: &Roster) -> Targets {
        let mut needed: Vec<SchoolId> = self.targets.of_org.values().copied().chain(self.targets.chosen).collect();
        if roster.delta {
            // Rows that only say what changes do not name their school.
            needed.extend(&self.allowed.schools);
        }
        needed.sort();
        needed.dedup();
        needed.retain(|id| self.allowed.schools.contains(id) && !self.is_new(*id));
        self.targets.stored = needed;
        self.targets
    }
}
