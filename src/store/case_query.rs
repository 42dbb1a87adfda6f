//! The list of cases: filtered, ordered, a page at a time. A page begins after the last row of
//! the one before (a keyset), so the thousandth costs what the first does.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::connection::{AnyConnection, Transaction};
use super::error::StoreError;
use super::key::Key;
use super::schema::{case_shares, case_summaries as t, events};
use crate::domain::id::{ActorId, CaseId, OrganisationId, Reference};
use crate::domain::stage::Stage;
use crate::domain::stamp::{day_number, unstamp};
use crate::domain::time::{PartialTime, Zone};
use crate::domain::visit::VisitState;

/// How many of somebody's last events are looked through for the cases that they worked on.
const LAST_EVENTS: i64 = 300;

/// Which cases; every part that is given must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseFilter {
    /// The headline.
    pub stage: Option<Stage>,
    /// The region's code.
    pub region: Option<String>,
    /// The agency's code.
    pub agency: Option<String>,
    /// The kind of place's code.
    pub kind_of_place: Option<String>,
    /// The place's code.
    pub place: Option<String>,
    /// Filed on this day or later.
    pub filed_from: Option<NaiveDate>,
    /// Filed on this day or earlier.
    pub filed_to: Option<NaiveDate>,
    /// Only those with a deadline that ran out before this instant.
    pub overdue_at: Option<DateTime<Utc>>,
    /// Only those that an organisation may read.
    pub reader: Option<Reader>,
}

/// Whose cases are seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reader {
    /// The organisation: its own cases, and those that are shared with it.
    pub organisation: OrganisationId,
    /// Of these, only the ones in which a visit has been requested.
    pub only_with_visit: bool,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CaseOrder {
    /// The latest filing first.
    #[default]
    FiledLast,
    /// The earliest filing first.
    FiledFirst,
    /// The earliest deadline first; cases that wait for nothing with a deadline are left out.
    DueFirst,
    /// The latest change first.
    ChangedLast,
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseListing {
    /// The case.
    pub id: CaseId,
    /// Its reference.
    pub reference: Reference,
    /// Its time zone.
    pub zone: Zone,
    /// Its version.
    pub version: i32,
    /// The headline.
    pub stage: String,
    /// Where the investigation stands.
    pub investigation_state: String,
    /// Where the latest visit stands.
    pub visit_state: String,
    /// How it came in.
    pub channel: String,
    /// The region.
    pub region: Option<String>,
    /// The kind of place.
    pub kind_of_place: Option<String>,
    /// The place.
    pub place: Option<String>,
    /// The agency.
    pub agency: Option<String>,
    /// When it was filed.
    pub filed_at: Option<PartialTime>,
    /// The earliest deadline of what it waits for.
    pub next_due_at: Option<DateTime<Utc>>,
    /// When it was last added to.
    pub updated_at: Option<DateTime<Utc>>,
    sort_key: i64,
}

/// A page of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CasePage {
    /// The rows.
    pub cases: Vec<CaseListing>,
    /// Where the next page begins; none after the last.
    pub next: Option<CaseCursor>,
}

/// The end of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaseCursor {
    key: i64,
    case: Uuid,
}

impl std::fmt::Display for CaseCursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}_{}", self.key, self.case.simple())
    }
}

impl std::str::FromStr for CaseCursor {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (key, case) = text.split_once('_').ok_or(())?;
        Ok(Self { key: key.parse().map_err(|_| ())?, case: Uuid::try_parse(case).map_err(|_| ())? })
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = t)]
struct Row {
    case_id: Key,
    reference_year: i32,
    reference_number: i32,
    time_zone: String,
    version: i32,
    updated_at: i64,
    stage: String,
    investigation_state: String,
    visit_state: String,
    channel: String,
    region: Option<String>,
    kind_of_place: Option<String>,
    place: Option<String>,
    agency: Option<String>,
    filed_day: i32,
    next_due_at: Option<i64>,
    filed_at: Option<i64>,
}

impl Row {
    fn listing(self, order: CaseOrder) -> CaseListing {
        let sort_key = match order {
            CaseOrder::FiledLast | CaseOrder::FiledFirst => i64::from(self.filed_day),
            CaseOrder::DueFirst => self.next_due_at.unwrap_or(i64::MAX),
            CaseOrder::ChangedLast => self.updated_at,
        };
        CaseListing {
            id: self.case_id.into(),
            reference: Reference { year: self.reference_year, number: self.reference_number },
            zone: Zone::named(&self.time_zone).unwrap_or_default(),
            version: self.version,
            stage: self.stage,
            investigation_state: self.investigation_state,
            visit_state: self.visit_state,
            channel: self.channel,
            region: self.region,
            kind_of_place: self.kind_of_place,
            place: self.place,
            agency: self.agency,
            filed_at: self.filed_at.and_then(unstamp),
            next_due_at: self.next_due_at.and_then(DateTime::from_timestamp_micros),
            updated_at: DateTime::from_timestamp_micros(self.updated_at),
            sort_key,
        }
    }
}

type Query<'a> = t::BoxedQuery<'a, <AnyConnection as Connection>::Backend>;

fn filtered(filter: &CaseFilter) -> Query<'_> {
    let mut query = t::table.into_boxed();
    if let Some(stage) = filter.stage {
        query = query.filter(t::stage.eq(stage.as_str()));
    }
    if let Some(region) = &filter.region {
        query = query.filter(t::region.eq(region));
    }
    if let Some(agency) = &filter.agency {
        query = query.filter(t::agency.eq(agency));
    }
    if let Some(kind) = &filter.kind_of_place {
        query = query.filter(t::kind_of_place.eq(kind));
    }
    if let Some(place) = &filter.place {
        query = query.filter(t::place.eq(place));
    }
    if let Some(from) = filter.filed_from {
        query = query.filter(t::filed_day.ge(day_number(from)));
    }
    if let Some(to) = filter.filed_to {
        query = query.filter(t::filed_day.le(day_number(to)));
    }
    if let Some(reader) = filter.reader {
        let organisation = Key::from(reader.organisation);
        let shared = case_shares::table.filter(case_shares::organisation_id.eq(organisation));
        let is_shared = t::case_id.eq_any(shared.select(case_shares::case_id));
        query = query.filter(t::organisation_id.eq(organisation).or(is_shared));
    }
    if let Some(now) = filter.overdue_at {
        query = query.filter(t::next_due_at.lt(now.timestamp_micros()));
    }
    if filter.reader.is_some_and(|reader| reader.only_with_visit) {
        query = query.filter(t::visit_state.ne(VisitState::NotRequested.as_str()));
    }
    query
}

/// Narrows a query to the rows after a cursor. The first condition lets the index begin there; the
/// second one passes over those with the same key that the page before has shown.
fn after(query: Query<'_>, order: CaseOrder, cursor: CaseCursor) -> Query<'_> {
    let case = Key(cursor.case);
    let day = i32::try_from(cursor.key).unwrap_or(if cursor.key < 0 { i32::MIN } else { i32::MAX });
    match order {
        CaseOrder::FiledLast => query.filter(t::filed_day.le(day)).filter(t::filed_day.lt(day).or(t::case_id.lt(case))),
        CaseOrder::FiledFirst => {
            query.filter(t::filed_day.ge(day)).filter(t::filed_day.gt(day).or(t::case_id.gt(case)))
        }
        CaseOrder::DueFirst => query
            .filter(t::next_due_at.ge(cursor.key))
            .filter(t::next_due_at.gt(cursor.key).assume_not_null().or(t::case_id.gt(case))),
        CaseOrder::ChangedLast => {
            query.filter(t::updated_at.le(cursor.key)).filter(t::updated_at.lt(cursor.key).or(t::case_id.lt(case)))
        }
    }
}

fn ordered(query: Query<'_>, order: CaseOrder) -> Query<'_> {
    match order {
        CaseOrder::FiledLast => query.order((t::filed_day.desc(), t::case_id.desc())),
        CaseOrder::FiledFirst => query.order((t::filed_day.asc(), t::case_id.asc())),
        CaseOrder::DueFirst => {
            query.filter(t::next_due_at.is_not_null()).order((t::next_due_at.asc(), t::case_id.asc()))
        }
        CaseOrder::ChangedLast => query.order((t::updated_at.desc(), t::case_id.desc())),
    }
}

impl Transaction<'_> {
    /// A page of the list.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn list_cases(
        &mut self,
        filter: &CaseFilter,
        order: CaseOrder,
        cursor: Option<CaseCursor>,
        limit: u16,
    ) -> Result<CasePage, StoreError> {
        let mut query = filtered(filter);
        if let Some(cursor) = cursor {
            query = after(query, order, cursor);
        }
        let wanted = usize::from(limit);
        let rows: Vec<Row> =
            ordered(query, order).limit(i64::from(limit) + 1).select(Row::as_select()).load(self.connection)?;
        let more = rows.len() > wanted;
        let cases: Vec<CaseListing> = rows.into_iter().take(wanted).map(|row| row.listing(order)).collect();
        let end = |listing: &CaseListing| CaseCursor { key: listing.sort_key, case: listing.id.0 };
        let next = cases.last().filter(|_| more).map(end);
        Ok(CasePage { cases, next })
    }

    /// The cases among these that a reader may see.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn listings_of(&mut self, cases: &[CaseId], reader: Option<Reader>) -> Result<Vec<CaseListing>, StoreError> {
        let keys: Vec<Key> = cases.iter().copied().map(Key::from).collect();
        let filter = CaseFilter { reader, ..CaseFilter::default() };
        let rows: Vec<Row> =
            filtered(&filter).filter(t::case_id.eq_any(keys)).select(Row::as_select()).load(self.connection)?;
        Ok(rows.into_iter().map(|row| row.listing(CaseOrder::ChangedLast)).collect())
    }

    /// The cases that a member recorded something in last, the last first; of their last few hundred events.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn cases_of_actor(&mut self, actor: ActorId, limit: usize) -> Result<Vec<CaseId>, StoreError> {
        let own = events::table.filter(events::actor_id.eq(Key::from(actor)));
        let last: Vec<Key> =
            own.order(events::recorded_at.desc()).limit(LAST_EVENTS).select(events::case_id).load(self.connection)?;
        let mut cases: Vec<CaseId> = Vec::new();
        for case in last.into_iter().map(CaseId::from) {
            if !cases.contains(&case) {
                cases.push(case);
            }
        }
        cases.truncate(limit);
        Ok(cases)
    }

    /// How many cases there are in all.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn count_cases(&mut self) -> Result<i64, StoreError> {
        Ok(super::schema::cases::table.count().get_result(self.connection)?)
    }
}
