//! Figures that somebody has asked for today are kept ready, and the usual ones whether anybody has or not: counted anew
//! behind everybody's back, before they lag so far that the next one to ask would have to wait.

use std::thread;
use std::time::{Duration, Instant};

use chrono::NaiveDate;

use super::Services;
use super::error::ServiceError;
use super::measure::MeasureQuery;
use crate::domain::time::Zone;

/// How long to wait where all figures are ready.
const LOOK_AGAIN_AFTER: Duration = Duration::from_secs(10);

/// Counting takes all processors, so it may take no more than one in so many parts of the time.
const PART_OF_TIME: u32 = 20;

impl Services {
    /// Keeps figures ready from now on, on a thread of its own.
    ///
    /// # Errors
    /// Where there is no thread for it.
    pub fn keep_figures_ready(&self) -> std::io::Result<()> {
        let services = self.clone();
        let keeping = move || {
            let mut usual_of = None;
            while !services.recounting.is_ending() {
                let begun = Instant::now();
                let some = services.look_after_figures(&mut usual_of).unwrap_or_else(|error| {
                    tracing::warn!(%error, "figures could not be kept ready");
                    false
                });
                let pause = begun.elapsed() * (PART_OF_TIME - 1);
                thread::sleep(if some { pause } else { pause.max(LOOK_AGAIN_AFTER) });
            }
        };
        thread::Builder::new().name("figures ready".to_owned()).spawn(keeping).map(drop)
    }

    /// Keeps the cases in memory, counts the usual figures once a day, and looks after those that are kept. Returns whether there were any.
    fn look_after_figures(&self, usual_of: &mut Option<NaiveDate>) -> Result<bool, ServiceError> {
        if let Err(error) = self.keep_cases_in_memory() {
            tracing::warn!(%error, "the cases could not be kept in memory; their figures are counted from the database");
        }
        let today = Zone::default().date_of(self.now());
        if *usual_of != Some(today) {
            self.count_usual_figures()?;
            *usual_of = Some(today);
        }
        self.renew_figures()
    }

    /// Looks after the figures that were asked for last, of those that will soon lag too far: finds that nothing has
    /// been recorded since they were counted, or counts them anew. Returns whether there were any.
    ///
    /// Nobody is given them here: whoever asks for them later needs leave as ever.
    ///
    /// # Errors
    /// Those of the database.
    pub fn renew_figures(&self) -> Result<bool, ServiceError> {
        let Some(due) = self.figures.due(self.now(), &self.lag) else { return Ok(false) };
        let _turn = self.gathering_turn();
        let query = MeasureQuery { as_known_on: Some(due.question.known_on), ..due.question.query.clone() };
        self.on_the_replica_or_primary(!self.is_over(due.question.known_on), |tx, source| {
            let asked = self.asked_by(tx, due.question.reader, source, &query)?;
            asked.renew(self, tx, &due)?;
            Ok(true)
        })
    }
}
