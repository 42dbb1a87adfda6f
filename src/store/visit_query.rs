//! The queue of urgent visits: what is open, most urgent first.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::case_query::Reader;
use super::connection::{AnyConnection, Transaction};
use super::error::StoreError;
use super::key::Key;
use super::schema::{case_shares, visit_summaries as t};
use crate::domain::id::{CaseId, EventId, Reference};
use crate::domain::stamp::unstamp;
use crate::domain::time::{PartialTime, Zone};

/// A row of the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitListing {
    /// The request.
    pub request: EventId,
    /// The case.
    pub case: CaseId,
    /// Its reference.
    pub reference: Reference,
    /// Its time zone.
    pub zone: Zone,
    /// Where the visit stands: asked for, or approved and not carried out.
    pub state: String,
    /// Whether it needs approval.
    pub needs_approval: bool,
    /// The region.
    pub region: Option<String>,
    /// The kind of place.
    pub kind_of_place: String,
    /// The place.
    pub place: Option<String>,
    /// The evidence offered.
    pub evidence: String,
    /// When it was asked for.
    pub requested_at: PartialTime,
    /// When it was approved.
    pub approved_at: Option<PartialTime>,
    /// When it was answered, in whichever way.
    pub answered_at: Option<PartialTime>,
    /// When it ended, or nothing more was learnt of its case.
    pub ended_at: Option<PartialTime>,
    /// The ground of its refusal.
    pub refusal_ground: Option<String>,
    /// When the answer, or the visit, falls due.
    pub due_at: Option<DateTime<Utc>>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = t)]
pub(super) struct Row {
    pub request_id: Key,
    case_id: Key,
    reference_year: i32,
    reference_number: i32,
    time_zone: String,
    state: String,
    needs_approval: bool,
    region: Option<String>,
    kind_of_place: String,
    place: Option<String>,
    evidence: String,
    due_at: Option<i64>,
    requested_at: i64,
    approved_at: Option<i64>,
    answered_at: Option<i64>,
    ended_at: Option<i64>,
    follow_up_ended_at: Option<i64>,
    refusal_ground: Option<String>,
    pub board_order: i64,
}

impl Row {
    pub fn listing(self) -> Result<VisitListing, StoreError> {
        Ok(VisitListing {
            request: self.request_id.into(),
            case: self.case_id.into(),
            reference: Reference { year: self.reference_year, number: self.reference_number },
            zone: Zone::named(&self.time_zone).unwrap_or_default(),
            state: self.state,
            needs_approval: self.needs_approval,
            region: self.region,
            kind_of_place: self.kind_of_place,
            place: self.place,
            evidence: self.evidence,
            requested_at: unstamp(self.requested_at)
                .ok_or_else(|| StoreError::Unreadable("time of a request".into()))?,
            approved_at: self.approved_at.and_then(unstamp),
            answered_at: self.answered_at.and_then(unstamp),
            ended_at: self.ended_at.or(self.follow_up_ended_at).and_then(unstamp),
            refusal_ground: self.refusal_ground,
            due_at: self.due_at.and_then(DateTime::from_timestamp_micros),
        })
    }
}

pub(super) type Query = t::BoxedQuery<'static, <AnyConnection as Connection>::Backend>;

/// The visits of a reader's own cases.
pub(super) fn own(reader: Reader) -> Query {
    t::table.filter(t::organisation_id.eq(Key::from(reader.organisation))).into_boxed()
}

/// The visits of the cases that others share with a reader.
pub(super) fn shared(reader: Reader) -> Query {
    let organisation = Key::from(reader.organisation);
    let shared = case_shares::table.filter(case_shares::organisation_id.eq(organisation)).select(case_shares::case_id);
    t::table.filter(t::organisation_id.ne(organisation)).filter(t::case_id.eq_any(shared)).into_boxed()
}

/// The open visits that a reader may see.
fn open(reader: Option<Reader>) -> Query {
    let mut query = t::table.filter(t::is_open.eq(true)).into_boxed();
    if let Some(reader) = reader {
        let organisation = Key::from(reader.organisation);
        let shared =
            case_shares::table.filter(case_shares::organisation_id.eq(organisation)).select(case_shares::case_id);
        query = query.filter(t::organisation_id.eq(organisation).or(t::case_id.eq_any(shared)));
    }
    query
}

impl Transaction<'_> {
    /// How many visits are open.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn count_open_visits(&mut self, reader: Option<Reader>) -> Result<i64, StoreError> {
        // Apart, for of both at once every open visit of all organisations would be looked at.
        let parts = reader.map_or_else(|| vec![t::table.into_boxed()], |reader| vec![own(reader), shared(reader)]);
        let mut count = 0;
        for visits in parts {
            count += visits.filter(t::is_open.eq(true)).count().get_result::<i64>(self.connection)?;
        }
        Ok(count)
    }

    /// The open visits: the earliest deadline first, then those without one; of two, the one that was asked for first.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn open_visits(&mut self, reader: Option<Reader>, limit: u16) -> Result<Vec<VisitListing>, StoreError> {
        let due = open(reader).filter(t::due_at.is_not_null()).order((t::due_at, t::requested_at, t::request_id));
        let mut rows: Vec<Row> = due.limit(limit.into()).select(Row::as_select()).load(self.connection)?;
        let room = usize::from(limit).saturating_sub(rows.len());
        let undated = open(reader).filter(t::due_at.is_null()).order((t::requested_at, t::request_id));
        let rest = i64::try_from(room).unwrap_or(0);
        rows.extend(undated.limit(rest).select(Row::as_select()).load::<Row>(self.connection)?);
        rows.into_iter().map(Row::listing).collect()
    }
}
