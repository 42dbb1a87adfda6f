//! The queue of urgent visits: what is open, most urgent first.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::case_query::Reader;
use super::connection::Transaction;
use super::error::StoreError;
use super::key::Key;
use super::schema::{visit_readers as r, visit_summaries as t};
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
struct Row {
    request_id: Key,
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
}

impl Row {
    fn listing(self) -> Result<VisitListing, StoreError> {
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

impl Transaction<'_> {
    /// How many visits are open.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn count_open_visits(&mut self, reader: Option<Reader>) -> Result<i64, StoreError> {
        let count = match reader {
            None => t::table.filter(t::is_open.eq(true)).count().get_result(self.connection),
            Some(Reader { organisation, .. }) => {
                let own = r::table.filter(r::organisation_id.eq(Key::from(organisation)));
                own.filter(r::is_open.eq(true)).count().get_result(self.connection)
            }
        };
        Ok(count?)
    }

    /// The open visits: the earliest deadline first, then those without one; of two, the one that was asked for first.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn open_visits(&mut self, reader: Option<Reader>, limit: u16) -> Result<Vec<VisitListing>, StoreError> {
        let requests = self.open_requests(reader, limit)?;
        self.listings_of_requests(&requests)
    }

    /// So many of the open visits.
    fn open_requests(&mut self, reader: Option<Reader>, limit: u16) -> Result<Vec<Key>, StoreError> {
        macro_rules! requests {
            ($t:ident, $open:expr) => {{
                let due = $open.filter($t::due_at.is_not_null());
                let due = due.order(($t::due_at, $t::requested_at, $t::request_id)).limit(limit.into());
                let mut requests: Vec<Key> = due.select($t::request_id).load(self.connection)?;
                let room = usize::from(limit).saturating_sub(requests.len());
                let undated = $open.filter($t::due_at.is_null()).order(($t::requested_at, $t::request_id));
                let undated = undated.limit(i64::try_from(room).unwrap_or(0)).select($t::request_id);
                requests.extend(undated.load::<Key>(self.connection)?);
                requests
            }};
        }
        Ok(match reader {
            None => requests!(t, t::table.filter(t::is_open.eq(true))),
            Some(Reader { organisation, .. }) => {
                let own = || r::table.filter(r::organisation_id.eq(Key::from(organisation)));
                requests!(r, own().filter(r::is_open.eq(true)))
            }
        })
    }

    /// These requests, in their order.
    pub(super) fn listings_of_requests(&mut self, requests: &[Key]) -> Result<Vec<VisitListing>, StoreError> {
        let rows = t::table.filter(t::request_id.eq_any(requests)).select(Row::as_select());
        let mut rows: HashMap<Key, Row> =
            rows.load::<Row>(self.connection)?.into_iter().map(|row| (row.request_id, row)).collect();
        requests.iter().filter_map(|request| rows.remove(request)).map(Row::listing).collect()
    }
}
