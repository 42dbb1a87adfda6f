//! Numbers in, numbers out: the survival analysis behind every delay and every ending that Aiqyn reports.
//!
//! Pure. It knows nothing of cases, reads no clock and no file, and imports nothing of ours.
//! Its figures agree with R's `survival` and with `etm`; `tests/statistics/reference.rs` holds them to it,
//! and `docs/statistics.md` says each formula in words.
//!
//! The way through: rows become [`Observation`]s, which are sorted once into an [`EventTable`];
//! every estimate derives from that table. Where waits come in the order of their [`Exits`] already, a median and the log-rank
//! test can be had without one.

pub mod competing; // Aalen–Johansen: how many have ended in which way by t
pub mod confidence; // confidence levels, limits, and the scales they are computed on
mod crossing; // a step curve turned round: from the share that has ended to the time
pub mod distribution; // the normal and chi-square figures the rest needs
pub mod event_table; // observations sorted once: at risk, ended, when
pub mod exit_order; // observations sorted, for the tables of all rows and of each group
pub mod exits; // waits that exit at one time, for what needs no table
pub mod gray; // do groups end in one way equally often and equally soon?
mod joint_exits; // several groups in one order, for the test that needs no tables
mod joint_times; // several groups read side by side, for the tests between them
mod lanes; // rows of numbers, several at a time
pub mod logrank; // do groups wait equally long?
pub mod nelson_aalen; // the cumulative hazard
pub mod observation; // one wait: from when it was watched, until when, and how it ended
mod quadratic_form; // what a chi-square test between groups comes down to
pub mod quantile; // medians and quartiles of a wait, with their limits
pub mod rates; // a share of n, its Wilson interval, the difference of two shares
pub mod restricted_mean; // the mean wait up to a horizon
pub mod suppression; // which small counts of a publication are withheld
pub mod survival; // Kaplan–Meier: the share still waiting at t

pub use competing::{CumulativeIncidence, IncidenceAt};
pub use confidence::{ConfidenceLevel, LevelError, Limits, Transform};
pub use event_table::{Endpoint, EventTable, Step};
pub use exit_order::ExitOrder;
pub use exits::Exits;
pub use gray::{GrayError, GrayTest, gray_test, gray_tests};
pub use logrank::{
    LogRank, LogRankError, log_rank, log_rank_in_order, log_ranks, stratified_log_rank, stratified_log_ranks,
};
pub use nelson_aalen::{HazardAt, NelsonAalen};
pub use observation::{Ending, Observation, ObservationError};
pub use quantile::{Quantile, median_in_order};
pub use rates::{RateDifference, RateError, difference_of_rates, wilson};
pub use restricted_mean::{MeanDifference, RestrictedMean};
pub use suppression::{CellId, Ledger, LedgerError, Threshold, ThresholdError, Withheld};
pub use survival::{KaplanMeier, SurvivalAt};
