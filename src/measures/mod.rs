//! From cases to figures: delays, endings and rates, with their definitions. Pure: it is given the
//! milestones of the cases, the deadlines and the instant up to which they were observed.

pub mod breakdown;
pub mod delay;
pub mod figures;
pub mod measured;
pub mod rate;
pub mod tally;
pub mod wait;
