//! From cases to figures: delays, endings and rates, with their definitions. Pure: it is given the
//! milestones of the cases, the deadlines and the instant up to which they were observed.

pub mod breakdown;
pub mod code_counts;
pub mod count;
pub mod curve;
pub mod delay;
pub mod delay_figures;
pub mod delay_tally;
pub mod disclosure;
pub mod ending;
pub mod ending_figures;
pub mod figures;
mod first_hours;
pub mod gathering;
pub mod group_test;
pub mod indicator;
mod indicator_answers;
pub mod indicator_tally;
pub mod mandate;
pub mod measured;
mod measured_facts;
mod missing_start;
pub mod observed;
pub mod proportion;
pub mod quality;
pub mod quality_tally;
pub mod rate;
pub mod selection;
pub(crate) mod side_by_side;
pub mod statistics;
mod tallies;
pub mod tally;
pub mod terms;
pub mod visit_measure;
pub mod visit_tally;
pub mod wait;
mod waits;
