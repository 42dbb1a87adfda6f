//! What statistics know of each case, for each day on which something was recorded of it: rows beside the events,
//! kept in the same transaction and made anew from them. A row says how the case was known at the end of a day, and
//! until which day nothing else was; so the figures of a past day can be had again, whatever came after it. A row
//! that has been closed is never changed, but by a rebuild, which gives the same one.

use diesel::prelude::*;

use super::cases::{CaseRecord, insert_rows};
use super::connection::{AnyConnection, Transaction};
use super::error::StoreError;
use super::key::Key;
use super::measure_code::pack;
use super::schema::case_shares;
use crate::domain::case::Case;
use crate::domain::event::Event;
use crate::domain::stamp::day_number;
use crate::domain::time::Zone;
use crate::measures::measured::MeasuredCase;

diesel::table! {
    case_measures (organisation_id, known_to, case_id) {
        organisation_id -> Binary,
        known_to -> Integer,
        case_id -> Binary,
        known_from -> Integer,
        filed_day -> Integer,
        data -> Binary,
    }
}

diesel::allow_tables_to_appear_in_same_query!(case_measures, case_shares);

/// The `known_to` of what is known now: a day that never comes.
pub(super) const STILL_KNOWN: i32 = i32::MAX;

/// A row of `case_measures`.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = case_measures)]
pub(super) struct MeasureRow {
    organisation_id: Key,
    known_to: i32,
    case_id: Key,
    known_from: i32,
    filed_day: i32,
    data: Vec<u8>,
}

impl MeasureRow {
    fn new(record: &CaseRecord, case: &Case, known_from: i32) -> Option<Self> {
        let measured = MeasuredCase::of(case, record.organisation, &record.jurisdiction)?;
        Some(Self {
            organisation_id: record.organisation.into(),
            known_to: STILL_KNOWN,
            case_id: record.id.into(),
            known_from,
            filed_day: day_number(measured.filed_day),
            data: pack(&measured),
        })
    }
}

/// The day on which an event was recorded, as every figure counts days.
fn recording_day(event: &Event) -> i32 {
    day_number(Zone::default().date_of(event.recorded_at))
}

/// Every row of a case. What had been recorded by the end of a day may not make a case yet, where a list of events
/// was brought from elsewhere: there is no row for such a day.
pub(super) fn history_of(record: &CaseRecord, case: &Case) -> Result<Vec<MeasureRow>, StoreError> {
    let mut rows: Vec<MeasureRow> = Vec::new();
    for (day, events) in days_of(case.events()) {
        let earlier = if events == case.events().len() {
            None
        } else {
            let Ok(earlier) = Case::replay(case.zone(), case.events()[..events].to_vec()) else { continue };
            Some(earlier)
        };
        let row = MeasureRow::new(record, earlier.as_ref().unwrap_or(case), day).ok_or_else(|| never_filed(record))?;
        if let Some(before) = rows.last_mut() {
            before.known_to = day;
        }
        rows.push(row);
    }
    Ok(rows)
}

/// The days on which events were recorded, each with how many there were by its end. A clock that was put back
/// moves nothing to an earlier day.
fn days_of(events: &[Event]) -> Vec<(i32, usize)> {
    let mut days: Vec<(i32, usize)> = Vec::new();
    for (count, event) in (1..).zip(events) {
        let day = recording_day(event);
        match days.last_mut() {
            Some((last, until)) if day <= *last => *until = count,
            _ => days.push((day, count)),
        }
    }
    days
}

fn never_filed(record: &CaseRecord) -> StoreError {
    StoreError::Unreadable(format!("case {} was never filed", record.reference))
}

impl Transaction<'_> {
    /// Keeps the rows of a case in step with its newest event, the last of `after`.
    pub(super) fn measure_anew(&mut self, record: &CaseRecord, after: &Case) -> Result<(), StoreError> {
        let current = case_measures::table.find((Key::from(record.organisation), STILL_KNOWN, Key::from(record.id)));
        let known: Option<i32> = current.select(case_measures::known_from).first(self.connection).optional()?;
        let (Some(known_from), Some(newest)) = (known, after.events().last()) else {
            let rows = history_of(record, after)?;
            insert_rows!(self.connection, case_measures::table, &rows);
            return Ok(());
        };
        let day = recording_day(newest);
        let row = MeasureRow::new(record, after, day.max(known_from)).ok_or_else(|| never_filed(record))?;
        if day <= known_from {
            let now = (case_measures::filed_day.eq(row.filed_day), case_measures::data.eq(row.data));
            diesel::update(current).set(now).execute(self.connection)?;
            return Ok(());
        }
        diesel::update(current).set(case_measures::known_to.eq(day)).execute(self.connection)?;
        diesel::insert_into(case_measures::table).values(&row).execute(self.connection)?;
        Ok(())
    }

    /// Forgets every row; to be made anew in the same transaction.
    pub(super) fn forget_measures(&mut self) -> Result<(), StoreError> {
        diesel::delete(case_measures::table).execute(self.connection)?;
        Ok(())
    }
}

/// What was known at the end of a day and had not been overtaken by then.
#[diesel::dsl::auto_type(no_type_alias)]
pub(super) fn known_on(day: i32) -> _ {
    case_measures::table.filter(case_measures::known_to.gt(day)).filter(case_measures::known_from.le(day))
}
