//! Figures that are counted before anybody asks for them: what most people choose, for everybody who may choose it. So the
//! first to ask after a start, or in the morning, waits no longer than the next.

use super::Services;
use super::error::ServiceError;
use super::guard::reader_of;
use super::measure::MeasureQuery;
use super::release;
use crate::access::permission::{Action, Relation, Standing, decide};
use crate::measures::breakdown::Dimension;
use crate::store::{AccountState, Reader, StoreError, Transaction};

/// All cases, and the breakdowns whose groups also answer for one region, agency, kind of place or year alone.
const USUAL: [Option<Dimension>; 5] =
    [None, Some(Dimension::Region), Some(Dimension::Agency), Some(Dimension::KindOfPlace), Some(Dimension::Year)];

impl Services {
    /// Counts the usual figures as if somebody had asked for them now, and makes the latest release, where there are many
    /// cases; nothing where they are counted in no time. Nobody is given them here.
    ///
    /// # Errors
    /// Those of the database.
    pub fn count_usual_figures(&self) -> Result<(), ServiceError> {
        for reader in self.store.read(|tx| self.usual_readers(tx))? {
            let _turn = self.gathering_turn();
            match reader {
                Some(_) => self.on_the_replica_or_primary(true, |tx, source| {
                    self.asked_by(tx, reader, source, &MeasureQuery::default())?.make_ready(self, tx, &USUAL)
                })?,
                None => self.make_latest_release()?,
            }
        }
        Ok(())
    }

    fn make_latest_release(&self) -> Result<(), ServiceError> {
        let question = self.released_question(&MeasureQuery::default())?;
        let figures = self.on_the_replica_or_primary(false, |tx, source| {
            self.asked_by(tx, None, source, &question)?.answers(self, tx, &release::parts())
        })?;
        self.releases.of(&figures).map(drop)
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
