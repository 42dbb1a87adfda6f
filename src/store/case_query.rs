//! The list of cases: filtered, ordered, a page at a time. A page begins after the last row of
//! the one before (a keyset), so the thousandth costs what the first does; and it goes by the cases of whoever reads, so
//! that it costs the same however many others there are.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::case_order::{CaseCursor, CaseOrder, InOrder};
use super::connection::{AnyConnection, Transaction};
use super::error::StoreError;
use super::key::Key;
use super::schema::{case_readers as r, case_summaries as t, events};
use crate::domain::id::{ActorId, CaseId, OrganisationId, Reference};
use crate::domain::stage::Stage;
use crate::domain::stamp::{day_number, unstamp};
use crate::domain::time::{PartialTime, Zone};
use crate::domain::visit::VisitState;

/// How many of somebody's last events are looked through for the cases that they worked on.
const LAST_EVENTS: i64 = 300;

/// How many cases of a reader can be looked at for one list, whatever is wanted of them.
const FEW: i64 = 2_000;

/// How many of them at once.
const MOST_AT_ONCE: usize = 1_000;

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

impl CaseFilter {
    /// Whether it wants a code, for which there is an index among all cases.
    fn is_by_code(&self) -> bool {
        let codes = [&self.region, &self.agency, &self.kind_of_place, &self.place];
        self.stage.is_some() || codes.iter().any(|code| code.is_some())
    }
}

/// Whose cases are seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reader {
    /// The organisation: its own cases, and those that are shared with it.
    pub organisation: OrganisationId,
    /// Of these, only the ones in which a visit has been requested.
    pub only_with_visit: bool,
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

type Backend = <AnyConnection as Connection>::Backend;

/// The cases of a reader with a visit or without, as far as their places in the orders tell which are wanted.
fn of_reader(reader: Reader, has_visit: bool, filter: &CaseFilter) -> r::BoxedQuery<'static, Backend> {
    let of_organisation = r::table.filter(r::organisation_id.eq(Key::from(reader.organisation)));
    let mut query = of_organisation.filter(r::has_visit.eq(has_visit)).into_boxed();
    if let Some(from) = filter.filed_from {
        query = query.filter(r::filed_day.ge(day_number(from)));
    }
    if let Some(to) = filter.filed_to {
        query = query.filter(r::filed_day.le(day_number(to)));
    }
    if let Some(now) = filter.overdue_at {
        query = query.filter(r::next_due_at.lt(now.timestamp_micros()));
    }
    query
}

type Query<'a> = t::BoxedQuery<'a, Backend>;

/// The cases that are wanted, whoever may read them.
fn wanted(filter: &CaseFilter) -> Query<'_> {
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
    if let Some(now) = filter.overdue_at {
        query = query.filter(t::next_due_at.lt(now.timestamp_micros()));
    }
    if filter.reader.is_some_and(|reader| reader.only_with_visit) {
        query = query.filter(t::visit_state.ne(VisitState::NotRequested.as_str()));
    }
    query
}

/// The cases that are wanted and that a reader may read.
fn wanted_by_reader(filter: &CaseFilter) -> Query<'_> {
    let Some(reader) = filter.reader else { return wanted(filter) };
    // Asked so, it is looked up for each row of the list, and not all of the reader's cases before the first.
    let own = r::table.filter(r::case_id.eq(t::case_id)).filter(r::organisation_id.eq(Key::from(reader.organisation)));
    wanted(filter).filter(own.select(r::filed_day).single_value().is_not_null())
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
        let most = usize::from(limit);
        let rows = match filter.reader {
            Some(reader) if !filter.is_by_code() || self.reads_few(reader)? => {
                self.rows_of_reader(reader, filter, order, cursor, most + 1)?
            }
            _ => {
                let query = wanted_by_reader(filter).in_order(order).after(order, cursor);
                query.limit(i64::from(limit) + 1).select(Row::as_select()).load(self.connection)?
            }
        };
        let more = rows.len() > most;
        let cases: Vec<CaseListing> = rows.into_iter().take(most).map(|row| row.listing(order)).collect();
        let end = |listing: &CaseListing| CaseCursor { key: listing.sort_key, case: listing.id.0 };
        let next = cases.last().filter(|_| more).map(end);
        Ok(CasePage { cases, next })
    }

    /// Whether no more cases are a reader's than can be looked at for one list.
    fn reads_few(&mut self, reader: Reader) -> Result<bool, StoreError> {
        let cases = r::table.filter(r::organisation_id.eq(Key::from(reader.organisation)));
        let one_more = cases.select(r::filed_day).offset(FEW).first::<i32>(self.connection);
        Ok(one_more.optional()?.is_none())
    }

    /// So many rows, or all that there are: goes through the reader's cases in their order for those that are wanted.
    fn rows_of_reader(
        &mut self,
        reader: Reader,
        filter: &CaseFilter,
        order: CaseOrder,
        mut cursor: Option<CaseCursor>,
        most: usize,
    ) -> Result<Vec<Row>, StoreError> {
        let mut rows = Vec::with_capacity(most);
        let mut at_once = most;
        loop {
            let next = self.readable(reader, filter, order, cursor, at_once)?;
            let chosen = wanted(filter).filter(t::case_id.eq_any(next.iter().map(|case| Key(case.case))));
            let chosen: Vec<Row> = chosen.select(Row::as_select()).load(self.connection)?;
            let mut chosen: HashMap<Uuid, Row> = chosen.into_iter().map(|row| (row.case_id.0, row)).collect();
            rows.extend(next.iter().filter_map(|case| chosen.remove(&case.case)));
            if next.len() < at_once || rows.len() >= most {
                rows.truncate(most);
                return Ok(rows);
            }
            cursor = next.last().copied();
            at_once = (at_once * 4).min(MOST_AT_ONCE);
        }
    }

    /// Where the next of a reader's cases stand in an order, as far as that tells which are wanted.
    fn readable(
        &mut self,
        reader: Reader,
        filter: &CaseFilter,
        order: CaseOrder,
        cursor: Option<CaseCursor>,
        most: usize,
    ) -> Result<Vec<CaseCursor>, StoreError> {
        let with_visit_or_without: &[bool] = if reader.only_with_visit { &[true] } else { &[true, false] };
        let limit = i64::try_from(most).unwrap_or(i64::MAX);
        let mut places = Vec::new();
        for has_visit in with_visit_or_without {
            let query = of_reader(reader, *has_visit, filter).in_order(order).after(order, cursor).limit(limit);
            // Nothing that the index of the order has not.
            let cases: Vec<(Key, i64)> = match order {
                CaseOrder::FiledLast | CaseOrder::FiledFirst => {
                    let days: Vec<(Key, i32)> = query.select((r::case_id, r::filed_day)).load(self.connection)?;
                    days.into_iter().map(|(case, day)| (case, day.into())).collect()
                }
                CaseOrder::DueFirst => {
                    query.select((r::case_id, r::next_due_at.assume_not_null())).load(self.connection)?
                }
                CaseOrder::ChangedLast => query.select((r::case_id, r::updated_at)).load(self.connection)?,
            };
            places.extend(cases.into_iter().map(|(case, key)| CaseCursor { key, case: case.0 }));
        }
        places.sort_by(|one, other| order.compare(one, other));
        places.truncate(most);
        Ok(places)
    }

    /// The cases among these that a reader may see.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn listings_of(&mut self, cases: &[CaseId], reader: Option<Reader>) -> Result<Vec<CaseListing>, StoreError> {
        let keys: Vec<Key> = cases.iter().copied().map(Key::from).collect();
        let filter = CaseFilter { reader, ..CaseFilter::default() };
        let rows: Vec<Row> =
            wanted_by_reader(&filter).filter(t::case_id.eq_any(keys)).select(Row::as_select()).load(self.connection)?;
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
