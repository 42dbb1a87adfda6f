//! Figures that somebody has asked for today are kept ready: counted anew behind everybody's back, before they lag so
//! far that the next one to ask would have to wait.

use std::thread;
use std::time::{Duration, Instant};

use super::Services;
use super::error::ServiceError;
use super::measure::MeasureQuery;

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
            while !services.recounting.is_ending() {
                let begun = Instant::now();
                let pause = match services.renew_figures() {
                    Ok(true) => begun.elapsed() * (PART_OF_TIME - 1),
                    Ok(false) => LOOK_AGAIN_AFTER,
                    Err(error) => {
                        tracing::warn!(%error, "figures could not be kept ready");
                        LOOK_AGAIN_AFTER
                    }
                };
                thread::sleep(pause);
            }
        };
        thread::Builder::new().name("figures ready".to_owned()).spawn(keeping).map(drop)
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
