//! Reading many measured cases, as they were known on a day, or on every day: streamed, decoded where they lie, and
//! gathered by several threads at once.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use chrono::NaiveDate;
use diesel::connection::DefaultLoadingMode;
use diesel::pg::PgRowByRowLoadingMode;
use diesel::prelude::*;
use uuid::Uuid;

use super::case_query::Reader;
use super::connection::{AnyConnection, Transaction};
use super::error::StoreError;
use super::key::Key;
use super::measure_code::{unpack, unpack_matter};
use super::measure_history::{STILL_KNOWN, case_measures as t, known_on as rows_known_on};
use super::schema::{case_shares, organisations};
use crate::domain::id::{CaseId, OrganisationId};
use crate::domain::stamp::{day_number, numbered_day};
use crate::measures::known_cases::Span;
use crate::measures::measured::MeasuredCase;
use crate::measures::selection::Selection;

/// Which cases are read. What is asked of their place is answered on the decoded case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct MeasureFilter {
    /// Filed on this day or later.
    pub filed_from: Option<NaiveDate>,
    /// Filed on this day or earlier.
    pub filed_to: Option<NaiveDate>,
    /// Only those that an organisation may read now; which of them have a visit is asked of the day.
    pub reader: Option<Reader>,
    /// Only those whose matter it admits.
    pub selection: Selection,
}

/// What was gathered of cases.
#[derive(Debug)]
pub struct Gathered<T> {
    /// Each gathered by itself.
    pub parts: Vec<T>,
    /// How many cases were read for it, those that were passed over with them.
    pub read: u64,
}

/// Which thread is handed a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spread {
    /// Any: the one that has done with its own.
    AsTheyCome,
    /// One that has all rows of its case, and of about as many cases as any other.
    ByCase,
}

/// Of which time rows are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnownAt {
    /// Everything that became known before a day, whatever became of it.
    Before(NaiveDate),
    /// Everything that became known on a day or later.
    Since(NaiveDate),
}

/// A case as it was known on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasuredRow<'a> {
    /// Whose.
    pub id: CaseId,
    /// From when until when it was known so.
    pub span: Span,
    /// All that is measured of it, packed: equal bytes, equal figures.
    pub packed: &'a [u8],
    /// The same, to be measured.
    pub case: MeasuredCase<'a>,
}

impl<'a> MeasuredRow<'a> {
    /// The case; none where the filter does not let it through.
    fn decode(row: &RowPlace, packed: &'a [u8], filter: &MeasureFilter) -> Result<Option<Self>, StoreError> {
        let id = CaseId(row.id);
        let damaged = || StoreError::Unreadable(format!("measures of case {id}"));
        if !filter.selection.admits_matter(&unpack_matter(packed).ok_or_else(damaged)?) {
            return Ok(None);
        }
        let case = unpack(packed).ok_or_else(damaged)?;
        let is_hidden = filter.reader.is_some_and(|reader| reader.only_with_visit) && case.visits.is_empty();
        let span = Span {
            from: numbered_day(row.known_from).ok_or_else(damaged)?,
            to: numbered_day(row.known_to).filter(|_| row.known_to != STILL_KNOWN),
        };
        Ok((!is_hidden).then_some(Self { id, span, packed, case }))
    }
}

/// Some rows on their way to a thread, in one piece of memory.
#[derive(Default)]
struct Parcel {
    rows: Vec<RowPlace>,
    bytes: Vec<u8>,
}

struct RowPlace {
    id: Uuid,
    known_from: i32,
    known_to: i32,
    /// Where its bytes end, and those of the next begin.
    end: usize,
}

/// What is selected of each row.
type SelectedRow = (Key, i32, i32, Vec<u8>);

/// From how many bytes on a parcel is sent: some thousand cases.
const FULL: usize = 256 * 1024;

impl Parcel {
    fn add(&mut self, (id, known_from, known_to, packed): &SelectedRow) {
        self.bytes.extend_from_slice(packed);
        self.rows.push(RowPlace { id: id.0, known_from: *known_from, known_to: *known_to, end: self.bytes.len() });
    }

    fn each(&self, filter: &MeasureFilter, mut take: impl FnMut(&MeasuredRow<'_>)) -> Result<(), StoreError> {
        let mut start = 0;
        for row in &self.rows {
            let packed = self.bytes.get(start..row.end).unwrap_or_default();
            start = row.end;
            if let Some(row) = MeasuredRow::decode(row, packed, filter)? {
                take(&row);
            }
        }
        Ok(())
    }
}

/// Hands every row of a query to `take`. On PostgreSQL one at a time as they come: the whole result at once would
/// be the table in memory.
macro_rules! stream {
    ($connection:expr, $query:expr, $take:expr) => {
        match $connection {
            AnyConnection::Postgres(connection) => {
                for row in $query.load_iter::<SelectedRow, PgRowByRowLoadingMode>(connection)? {
                    $take(&row?)?;
                }
            }
            AnyConnection::Sqlite(connection) => {
                for row in $query.load_iter::<SelectedRow, DefaultLoadingMode>(connection)? {
                    $take(&row?)?;
                }
            }
        }
    };
}

impl Transaction<'_> {
    /// Gathers something of every case that a filter lets through, as it was known at the end of a day, by as many
    /// threads as there are cores: each begins with what `begin` makes and adds the rows that fall to it. Which those
    /// are, and in which order, is chance; what is made of the parts must not hang on it.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] where a row is damaged.
    pub fn gather_cases<T: Send>(
        &mut self,
        known_on: NaiveDate,
        filter: &MeasureFilter,
        begin: impl Fn() -> T + Sync,
        add: impl Fn(&mut T, &MeasuredRow<'_>) + Sync,
    ) -> Result<Gathered<T>, StoreError> {
        self.gather(filter, Spread::AsTheyCome, |tx, take| tx.each_known_on(known_on, filter, take), begin, add)
    }

    /// The same of every case for every day on which it became known otherwise than before. All days of a case fall to one
    /// thread.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] where a row is damaged.
    pub fn gather_history<T: Send>(
        &mut self,
        at: KnownAt,
        begin: impl Fn() -> T + Sync,
        add: impl Fn(&mut T, &MeasuredRow<'_>) + Sync,
    ) -> Result<Gathered<T>, StoreError> {
        self.gather(&MeasureFilter::default(), Spread::ByCase, |tx, take| tx.each_at(at, take), begin, add)
    }

    /// How many rows there are: each case for every day on which it became known otherwise than before.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn count_history(&mut self) -> Result<u64, StoreError> {
        let rows: i64 = t::table.count().get_result(self.connection)?;
        Ok(u64::try_from(rows).unwrap_or(0))
    }

    /// The cases of others that are shared with an organisation.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn cases_shared_with(&mut self, organisation: OrganisationId) -> Result<Vec<CaseId>, StoreError> {
        let shared = case_shares::table.filter(case_shares::organisation_id.eq(Key::from(organisation)));
        let ids: Vec<Key> = shared.select(case_shares::case_id).load(self.connection)?;
        Ok(ids.into_iter().map(|id| CaseId(id.0)).collect())
    }

    fn gather<T: Send>(
        &mut self,
        filter: &MeasureFilter,
        spread: Spread,
        read: impl FnOnce(&mut Self, &mut dyn FnMut(&SelectedRow) -> Result<(), StoreError>) -> Result<(), StoreError>,
        begin: impl Fn() -> T + Sync,
        add: impl Fn(&mut T, &MeasuredRow<'_>) + Sync,
    ) -> Result<Gathered<T>, StoreError> {
        let threads = thread::available_parallelism().map_or(1, |cores| cores.get().min(8));
        let channels = match spread {
            Spread::AsTheyCome => 1,
            Spread::ByCase => threads,
        };
        let (senders, receivers): (Vec<_>, Vec<_>) = (0..channels)
            .map(|_| sync_channel(threads * 2 / channels))
            .map(|(sender, receiver)| (sender, Arc::new(Mutex::new(receiver))))
            .unzip();
        let (begin, add) = (&begin, &add);
        thread::scope(|scope| {
            let gather = |receiver: Arc<Mutex<Receiver<Parcel>>>| {
                move || {
                    let (mut gathered, mut read) = (begin(), 0);
                    while let Some(parcel) = next_of(&receiver) {
                        parcel.each(filter, |row| add(&mut gathered, row))?;
                        read += parcel.rows.len() as u64;
                    }
                    Ok::<(T, u64), StoreError>((gathered, read))
                }
            };
            let started: Vec<_> =
                receivers.iter().cycle().take(threads).map(|receiver| scope.spawn(gather(receiver.clone()))).collect();
            // With the last thread that stops, its channel closes: nobody sends to it for ever.
            drop(receivers);
            let sent = self.send_parcels(read, &senders);
            drop(senders);
            let gathered = started
                .into_iter()
                .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            let gathered = gathered.collect::<Result<Vec<(T, u64)>, StoreError>>()?;
            sent?;
            let read = gathered.iter().map(|(_, read)| read).sum();
            Ok(Gathered { parts: gathered.into_iter().map(|(part, _)| part).collect(), read })
        })
    }

    fn send_parcels(
        &mut self,
        read: impl FnOnce(&mut Self, &mut dyn FnMut(&SelectedRow) -> Result<(), StoreError>) -> Result<(), StoreError>,
        senders: &[SyncSender<Parcel>],
    ) -> Result<(), StoreError> {
        // Nobody listens any more where a thread has met a damaged row: that error is the one to tell.
        let nobody_listens = |_| StoreError::Unreadable("measures".to_owned());
        let mut parcels: Vec<(Parcel, &SyncSender<Parcel>)> =
            senders.iter().map(|sender| (Parcel::default(), sender)).collect();
        let channels = senders.len() as u128;
        read(self, &mut |row| {
            let channel = (row.0.0.as_u128() % channels) as usize;
            let (parcel, sender) = &mut parcels[channel];
            parcel.add(row);
            if parcel.bytes.len() < FULL {
                return Ok(());
            }
            sender.send(std::mem::take(parcel)).map_err(nobody_listens)
        })?;
        parcels.into_iter().try_for_each(|(parcel, sender)| sender.send(parcel).map_err(nobody_listens))
    }

    fn each_at(
        &mut self,
        at: KnownAt,
        take: &mut dyn FnMut(&SelectedRow) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let columns = (t::case_id, t::known_from, t::known_to, t::data);
        match at {
            KnownAt::Before(day) => {
                // They are nearly all: an index on the day would only lead there and back.
                let day = day_number(day);
                let mut take = |row: &SelectedRow| if row.1 < day { take(row) } else { Ok(()) };
                stream!(&mut *self.connection, t::table.select(columns), take);
            }
            KnownAt::Since(day) => {
                stream!(
                    &mut *self.connection,
                    t::table.filter(t::known_from.ge(day_number(day))).select(columns),
                    take
                );
            }
        }
        Ok(())
    }

    fn each_known_on(
        &mut self,
        known_on: NaiveDate,
        filter: &MeasureFilter,
        take: &mut dyn FnMut(&SelectedRow) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let from = filter.filed_from.map_or(i32::MIN, day_number);
        let to = filter.filed_to.map_or(i32::MAX, day_number);
        let rows = || {
            let filed = t::filed_day.ge(from).and(t::filed_day.le(to));
            let columns = (t::case_id, t::known_from, t::known_to, t::data);
            rows_known_on(day_number(known_on)).filter(filed).select(columns)
        };
        // An organisation at a time: its rows lie together, and what it does not own is not passed over.
        for owner in self.owners(filter.reader)? {
            let own = rows().filter(t::organisation_id.eq(owner));
            stream!(&mut *self.connection, own, take);
        }
        if let Some(reader) = filter.reader {
            let organisation = Key::from(reader.organisation);
            let shared = case_shares::table.filter(case_shares::organisation_id.eq(organisation));
            let shared = rows()
                .filter(t::case_id.eq_any(shared.select(case_shares::case_id)))
                .filter(t::organisation_id.ne(organisation));
            stream!(&mut *self.connection, shared, take);
        }
        Ok(())
    }

    /// Whose own cases are read: those of the reader, or of everybody.
    fn owners(&mut self, reader: Option<Reader>) -> Result<Vec<Key>, StoreError> {
        match reader {
            Some(reader) => Ok(vec![reader.organisation.into()]),
            None => Ok(organisations::table.select(organisations::id).load(self.connection)?),
        }
    }
}

/// The next parcel; none when there will be no more.
fn next_of(receiver: &Mutex<Receiver<Parcel>>) -> Option<Parcel> {
    receiver.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}
