//! Figures that are counted before anybody asks for them: what most people choose, for everybody who may choose it. So the
//! first to ask after a start, or in the morning, waits no longer than the next.

use std::thread;
use std::time::Duration;

use super::Services;
use super::asked::COUNTED_AT_ONCE;
use super::error::ServiceError;
use super::guard::reader_of;
use super::measure::MeasureQuery;
use super::release;
use crate::access::permission::{Action, Relation, Standing, decide};
use crate::measures::breakdown::{Breakdown, Dimension};
use crate::store::{AccountState, Reader, StoreError, Transaction};

/// All cases, and every breakdown of them. Groups of some also answer for one region, agency, kind of place or year alone.
fn usual() -> Vec<Option<Breakdown>> {
    std::iter::once(None).chain(Dimension::ALL.iter().map(|by| Some(Breakdown::from(*by)))).collect()
}

/// How long others have to take the turn.
const PAUSE: Duration = Duration::from_millis(10);

impl Services {
    /// Counts the usual figures as if somebody had asked for them now, and makes the latest release, where there are many
    /// cases; nothing where they are counted in no time. Nobody is given them here.
    ///
    /// # Errors
    /// Those of the database.
    pub fn count_usual_figures(&self) -> Result<(), ServiceError> {
        for reader in self.store.read(|tx| self.usual_readers(tx))? {
            match reader {
                Some(_) => self.make_ready(reader, &MeasureQuery::default(), &usual())?,
                None => self.make_latest_release()?,
            }
        }
        Ok(())
    }

    fn make_latest_release(&self) -> Result<(), ServiceError> {
        let (question, parts) = (self.released_question(&MeasureQuery::default())?, release::parts());
        self.make_ready(None, &question, &parts)?;
        let figures = self.on_the_replica_or_primary(false, |tx, source| {
            self.asked_by(tx, None, source, &question)?.answers(self, tx, &parts)
        })?;
        self.releases.of(&figures).map(drop)
    }

    /// Has figures kept, some of them at a time: whoever asks for others meanwhile need not wait for all of these.
    fn make_ready(
        &self,
        reader: Option<Reader>,
        query: &MeasureQuery,
        breakdowns: &[Option<Breakdown>],
    ) -> Result<(), ServiceError> {
        for at_once in breakdowns.chunks(COUNTED_AT_ONCE) {
            // Whoever waits for the turn is not woken in time to take it from one who takes it again at once.
            thread::sleep(PAUSE);
            let _turn = self.gathering_turn();
            self.on_the_replica_or_primary(reader.is_some(), |tx, source| {
                self.asked_by(tx, reader, source, query)?.make_ready(self, tx, at_once)
            })?;
        }
        Ok(())
    }

    /// Of whose cases somebody may be given figures, each once; none of them where there are few cases.
    fn usual_readers(&self, tx: &mut Transaction<'_>) -> Result<Vec<Option<Reader>>, StoreError> {
        let mut readers = Vec::new();
        if u64::try_from(tx.count_cases()?).unwrap_or(0) < self.lag.from_cases {
            return Ok(readers);
        }
        for account in tx.accounts(None)? {
            let reader = reader_of(account.member.organisation, &account.roles, Action::ReadStatistics);
            let standing = Standing::Member(account.roles);
            let may = decide(&standing, Action::ReadStatistics, Relation::General).is_ok();
            if may && account.state == AccountState::Active && !readers.contains(&reader) {
                readers.push(reader);
            }
        }
        Ok(readers)
    }
}
