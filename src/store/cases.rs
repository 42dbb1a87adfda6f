//! Cases and their events as rows: reading one whole, filing new ones, adding to one.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;

use super::case_query::Reader;
use super::case_rows::{CaseRow, EventRow, replay};
use super::connection::{AnyConnection, Transaction};
use super::error::StoreError;
use super::key::Key;
use super::measure_history::{MeasureRow, case_measures, history_of};
use super::revisions::STATISTICS;
use super::schema::{case_shares, case_summaries, cases, events, reference_counters, visit_summaries};
use super::summary::{CaseSummary, Frame, VisitSummary, summarise};
use crate::domain::case::Case;
use crate::domain::deadline::Deadlines;
use crate::domain::id::{CaseId, CaseVersion, OrganisationId, Reference};

/// What is known of a case apart from its events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRecord {
    /// Its identifier.
    pub id: CaseId,
    /// Its reference.
    pub reference: Reference,
    /// The organisation that owns it.
    pub organisation: OrganisationId,
    /// The state whose deadlines apply.
    pub jurisdiction: String,
    /// Its version in the database.
    pub version: CaseVersion,
}

/// A case with its events.
#[derive(Clone, Debug)]
pub struct StoredCase {
    /// What is known apart from the events.
    pub record: CaseRecord,
    /// The case.
    pub case: Case,
}

/// A case to be filed.
#[derive(Clone, Debug)]
pub struct NewCase {
    /// Its identifier.
    pub id: CaseId,
    /// The organisation that will own it.
    pub organisation: OrganisationId,
    /// The state whose deadlines apply.
    pub jurisdiction: String,
    /// The case.
    pub case: Case,
    /// What tells an imported row from every other; the same one is never imported twice.
    pub origin: Option<[u8; 32]>,
}

/// Replays cases whose events lie in one list, both by the cases' identifiers.
fn replay_each(batch: &[CaseRow], rows: Vec<EventRow>) -> Result<Vec<StoredCase>, StoreError> {
    let mut rows = rows.into_iter().peekable();
    let own = |row: &CaseRow| std::iter::from_fn(|| rows.next_if(|event| event.case_id == row.id)).collect();
    let histories: Vec<Vec<EventRow>> = batch.iter().map(own).collect();
    batch.iter().zip(histories).map(|(row, history)| replay(row, history)).collect()
}

fn year_of_filing(new: &NewCase) -> Result<i32, StoreError> {
    let (filing, _) = new.case.complaint().ok_or(StoreError::NotFound)?;
    Ok(chrono::Datelike::year(&filing.occurred_at.first_day(new.case.zone())))
}

impl Transaction<'_> {
    /// A case with all its events.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], or [`StoreError::Unreadable`] where its history does not replay.
    pub fn case(&mut self, id: CaseId) -> Result<StoredCase, StoreError> {
        // The events first: where another write comes in between, the version is ahead of them and the
        // writer is told that the case has changed. The other way round, its step would seem illegal.
        let rows =
            events::table.filter(events::case_id.eq(Key::from(id))).order(events::sequence).load(self.connection)?;
        let row: CaseRow = cases::table.find(Key::from(id)).first(self.connection)?;
        replay(&row, rows)
    }

    /// What is known of a case apart from its events.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn case_record(&mut self, id: CaseId) -> Result<CaseRecord, StoreError> {
        let row: CaseRow = cases::table.find(Key::from(id)).first(self.connection)?;
        Ok(row.record())
    }

    /// The same of several cases; those that are not here are left out.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn case_records(&mut self, ids: &[CaseId]) -> Result<HashMap<CaseId, CaseRecord>, StoreError> {
        let ids = ids.iter().map(|id| Key::from(*id));
        let rows: Vec<CaseRow> = cases::table.filter(cases::id.eq_any(ids)).load(self.connection)?;
        Ok(rows.into_iter().map(|row| row.record()).map(|record| (record.id, record)).collect())
    }

    /// The identifier of the case with a reference.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn case_id(&mut self, reference: Reference) -> Result<CaseId, StoreError> {
        let with_reference = cases::reference_year.eq(reference.year).and(cases::reference_number.eq(reference.number));
        Ok(cases::table.filter(with_reference).select(cases::id).first::<Key>(self.connection)?.into())
    }

    /// Which of these origins have been imported before.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn known_origins(&mut self, origins: &[[u8; 32]]) -> Result<Vec<[u8; 32]>, StoreError> {
        let mut known = Vec::new();
        for chunk in origins.chunks(500) {
            let wanted: Vec<Vec<u8>> = chunk.iter().map(|origin| origin.to_vec()).collect();
            let found: Vec<Option<Vec<u8>>> =
                cases::table.filter(cases::origin.eq_any(wanted)).select(cases::origin).load(self.connection)?;
            known.extend(found.into_iter().flatten().filter_map(|origin| <[u8; 32]>::try_from(origin).ok()));
        }
        Ok(known)
    }

    /// Files new cases and gives each its reference. Numbers run on without gaps: the counter
    /// belongs to the transaction, and whoever files at the same time waits for it.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] where an origin is there already.
    pub fn file_cases(&mut self, new: &[NewCase], deadlines: &Deadlines) -> Result<Vec<CaseRecord>, StoreError> {
        let mut rows = Batch::default();
        let mut records = Vec::with_capacity(new.len());
        let years = new.iter().map(year_of_filing).collect::<Result<Vec<i32>, _>>()?;
        let mut numbers = self.take_numbers(&years)?;
        for (new, year) in new.iter().zip(years) {
            let next = numbers.entry(year).or_default();
            let reference = Reference { year, number: *next };
            *next += 1;
            let row = CaseRow {
                id: new.id.into(),
                reference_year: reference.year,
                reference_number: reference.number,
                organisation_id: new.organisation.into(),
                jurisdiction: new.jurisdiction.clone(),
                time_zone: new.case.zone().name().to_owned(),
                version: new.case.version().0,
                origin: new.origin.map(|origin| origin.to_vec()),
            };
            let record = row.record();
            rows.cases.push(row);
            for (sequence, event) in (1..).zip(new.case.events()) {
                rows.events.push(EventRow::new(new.id, sequence, event)?);
            }
            rows.add_summaries(&record, &new.case, deadlines)?;
            rows.add_history(&record, &new.case)?;
            records.push(record);
        }
        rows.insert(self.connection)?;
        self.note_change(STATISTICS)?;
        Ok(records)
    }

    /// Takes a number for every case, a year at a time: each change of a counter leaves a dead row on
    /// PostgreSQL until the transaction ends, and sixty thousand of them slow every next one down.
    /// Returns the first number of each year.
    fn take_numbers(&mut self, years: &[i32]) -> Result<BTreeMap<i32, i32>, StoreError> {
        let mut numbers = BTreeMap::new();
        for year in years {
            *numbers.entry(*year).or_default() += 1;
        }
        for (year, number) in &mut numbers {
            let wanted = *number;
            *number = self.advance_counter(*year, wanted)? - wanted + 1;
        }
        Ok(numbers)
    }

    /// Moves the counter of a year on. Returns the last number taken.
    fn advance_counter(&mut self, year: i32, by: i32) -> Result<i32, StoreError> {
        let counter = reference_counters::table.find(year);
        let next = reference_counters::last_number.eq(reference_counters::last_number + by);
        if diesel::update(counter).set(next).execute(self.connection)? == 0 {
            let first = (reference_counters::year.eq(year), reference_counters::last_number.eq(0));
            // Two may begin a year at the same time on PostgreSQL; the second one's row is there already.
            match self.connection {
                AnyConnection::Postgres(connection) => {
                    diesel::insert_into(reference_counters::table)
                        .values(first)
                        .on_conflict_do_nothing()
                        .execute(connection)?;
                }
                AnyConnection::Sqlite(connection) => {
                    diesel::insert_into(reference_counters::table).values(first).execute(connection)?;
                }
            }
            diesel::update(counter).set(next).execute(self.connection)?;
        }
        Ok(counter.select(reference_counters::last_number).first(self.connection)?)
    }

    /// Adds the last event of `after` to a case that was read as `before`.
    ///
    /// # Errors
    /// [`StoreError::Stale`] where somebody else has added one since.
    pub fn add_event(
        &mut self,
        before: &CaseRecord,
        after: &Case,
        deadlines: &Deadlines,
    ) -> Result<CaseRecord, StoreError> {
        let record = CaseRecord { version: after.version(), ..before.clone() };
        let unchanged = cases::id.eq(Key::from(before.id)).and(cases::version.eq(before.version.0));
        let updated = diesel::update(cases::table.filter(unchanged))
            .set(cases::version.eq(record.version.0))
            .execute(self.connection)?;
        if updated == 0 {
            let current = cases::table.find(Key::from(before.id)).select(cases::version).first(self.connection)?;
            return Err(StoreError::Stale { current });
        }
        if let Some(event) = after.events().last() {
            let row = EventRow::new(before.id, record.version.0, event)?;
            diesel::insert_into(events::table).values(&row).execute(self.connection)?;
        }
        self.summarise_anew(&record, after, deadlines)?;
        self.measure_anew(&record, after)?;
        self.note_change(STATISTICS)?;
        Ok(record)
    }

    pub(super) fn summarise_anew(
        &mut self,
        record: &CaseRecord,
        case: &Case,
        deadlines: &Deadlines,
    ) -> Result<(), StoreError> {
        let mut rows = Batch::default();
        rows.add_summaries(record, case, deadlines)?;
        for row in &rows.case_summaries {
            diesel::update(case_summaries::table.find(Key::from(record.id))).set(row).execute(self.connection)?;
        }
        diesel::delete(visit_summaries::table.filter(visit_summaries::case_id.eq(Key::from(record.id))))
            .execute(self.connection)?;
        rows.case_summaries.clear();
        rows.insert(self.connection)
    }

    /// Up to `limit` cases with their events, by identifier, from after `last` on.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] where a history does not replay.
    pub fn case_batch(
        &mut self,
        last: Option<CaseId>,
        limit: u16,
        reader: Option<Reader>,
    ) -> Result<Vec<StoredCase>, StoreError> {
        let mut query = cases::table.order(cases::id).limit(limit.into()).into_boxed();
        if let Some(reader) = reader {
            let organisation = Key::from(reader.organisation);
            let shared =
                case_shares::table.filter(case_shares::organisation_id.eq(organisation)).select(case_shares::case_id);
            query = query.filter(cases::organisation_id.eq(organisation).or(cases::id.eq_any(shared)));
        }
        if let Some(last) = last {
            query = query.filter(cases::id.gt(Key::from(last)));
        }
        let batch: Vec<CaseRow> = query.load(self.connection)?;
        let (Some(first), Some(end)) = (batch.first(), batch.last()) else { return Ok(Vec::new()) };
        if reader.is_some() {
            // Others' cases may lie in between.
            return self.with_events_of(&batch);
        }
        let of_batch = events::table.filter(events::case_id.between(first.id, end.id));
        let rows = of_batch.order((events::case_id, events::sequence)).load(self.connection)?;
        replay_each(&batch, rows)
    }

    /// Some cases with their events, by identifier.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] where a history does not replay.
    pub fn cases_with_events(&mut self, ids: &[CaseId]) -> Result<Vec<StoredCase>, StoreError> {
        let ids: Vec<Key> = ids.iter().copied().map(Key::from).collect();
        let rows: Vec<CaseRow> = cases::table.filter(cases::id.eq_any(ids)).order(cases::id).load(self.connection)?;
        self.with_events_of(&rows)
    }

    fn with_events_of(&mut self, batch: &[CaseRow]) -> Result<Vec<StoredCase>, StoreError> {
        let ids: Vec<Key> = batch.iter().map(|row| row.id).collect();
        let of_batch = events::table.filter(events::case_id.eq_any(ids));
        let rows = of_batch.order((events::case_id, events::sequence)).load(self.connection)?;
        replay_each(batch, rows)
    }
}

impl Transaction<'_> {
    /// Lets nobody else file until this transaction ends. Two that file many cases at once would take
    /// the counters of the years in different orders, and on PostgreSQL wait for each other for ever.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn hold_numbers(&mut self) -> Result<(), StoreError> {
        if let AnyConnection::Postgres(connection) = self.connection {
            diesel::sql_query("lock table reference_counters in share row exclusive mode").execute(connection)?;
        }
        Ok(())
    }
}

macro_rules! insert_rows {
    ($connection:expr, $table:expr, $rows:expr) => {
        match $connection {
            AnyConnection::Postgres(connection) => {
                // PostgreSQL takes 65,535 parameters a statement.
                for chunk in $rows.chunks(1_000) {
                    diesel::insert_into($table).values(chunk).execute(connection)?;
                }
            }
            AnyConnection::Sqlite(connection) => {
                for row in $rows {
                    diesel::insert_into($table).values(row).execute(connection)?;
                }
            }
        }
    };
}
pub(super) use insert_rows;

/// Rows to be inserted together.
#[derive(Default)]
pub(super) struct Batch {
    cases: Vec<CaseRow>,
    events: Vec<EventRow>,
    case_summaries: Vec<CaseSummary>,
    visit_summaries: Vec<VisitSummary>,
    case_measures: Vec<MeasureRow>,
}

impl Batch {
    pub(super) fn add_summaries(
        &mut self,
        record: &CaseRecord,
        case: &Case,
        deadlines: &Deadlines,
    ) -> Result<(), StoreError> {
        let frame = Frame {
            id: record.id,
            reference: record.reference,
            organisation: record.organisation,
            jurisdiction: &record.jurisdiction,
            deadlines,
        };
        let (summary, visits) = summarise(case, &frame)
            .ok_or_else(|| StoreError::Unreadable(format!("case {} was never filed", record.reference)))?;
        self.case_summaries.push(summary);
        self.visit_summaries.extend(visits);
        Ok(())
    }

    pub(super) fn add_history(&mut self, record: &CaseRecord, case: &Case) -> Result<(), StoreError> {
        self.case_measures.extend(history_of(record, case)?);
        Ok(())
    }

    /// Inserts the rows: many at once on PostgreSQL, where every statement is a journey; one by one
    /// on SQLite, where the statement stays prepared.
    pub(super) fn insert(&self, connection: &mut AnyConnection) -> Result<(), StoreError> {
        insert_rows!(connection, cases::table, &self.cases);
        insert_rows!(connection, events::table, &self.events);
        insert_rows!(connection, case_summaries::table, &self.case_summaries);
        insert_rows!(connection, visit_summaries::table, &self.visit_summaries);
        insert_rows!(connection, case_measures::table, &self.case_measures);
        Ok(())
    }
}
