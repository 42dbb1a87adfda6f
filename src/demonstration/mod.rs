//! Invented cases for `aiqyn demo` and for trying the statistics.
//!
//! They follow the picture that civil society drew for the Committee against Torture in 2014, with
//! today's code lists: most complaints go to internal security and are dismissed, very few are
//! prosecuted, urgent visits wait for an answer. Nobody in them exists: surnames are made of words
//! such as "example", telephone numbers and addresses lead nowhere.
//!
//! Pure, like the domain: no clock, no database. The same plan over the same lists gives the same
//! cases. Nothing here may serve as a source of fact, and no statistic may rest on it.

mod chance;
mod chronicle;
mod filing;
mod investigation;
mod legal;
mod narrative;
mod people;
mod plot;
mod safeguards;
mod setting;
mod visits;
mod welfare;
mod wording;

use chrono::{DateTime, Months, NaiveDate, SubsecRound, Utc};

use crate::domain::code::CodeLists;
use crate::domain::event::Occurrence;
use crate::domain::id::EventId;
use crate::domain::sealed::PlainText;
use crate::domain::time::Zone;

use self::chronicle::Chronicle;
use self::plot::{Plot, plots};
use self::setting::Setting;

/// What is to be invented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The same seed gives the same cases.
    pub seed: u64,
    /// How many cases.
    pub cases: usize,
    /// The first day of filing.
    pub from: NaiveDate,
    /// The present: nothing happens or is recorded after it.
    pub until: DateTime<Utc>,
    /// The time zone of the cases.
    pub zone: Zone,
}

impl Plan {
    /// The usual plan: 400 cases over the six years up to the present.
    #[must_use]
    pub fn up_to(until: DateTime<Utc>) -> Self {
        let zone = Zone::default();
        let today = zone.date_of(until);
        let from = today.checked_sub_months(Months::new(6 * 12)).unwrap_or(today);
        Self { seed: 1, cases: 400, from, until, zone }
    }
}

/// An invented case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InventedCase {
    /// Its time zone.
    pub zone: Zone,
    /// Its events in the order in which they were recorded; the filing comes first, and every
    /// beginning of the list is a legal case.
    pub events: Vec<InventedEvent>,
}

/// One event of an invented case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InventedEvent {
    /// Its identifier, by which later events of the case name it.
    pub id: EventId,
    /// What happened, and when.
    pub occurrence: Occurrence<PlainText>,
    /// When it was recorded; never before it happened, and later than the event before it.
    pub recorded_at: DateTime<Utc>,
}

/// Invents the cases of a plan, in the order of the days of their filing.
///
/// Every code is one that the lists hold on the day. Where they hold none that would do, the story
/// breaks off before the event that needs it; a case without a channel is left out altogether.
#[must_use]
pub fn invent(plan: &Plan, codes: &CodeLists) -> Vec<InventedCase> {
    invented(plan, codes).collect()
}

/// The same cases, each invented when it is asked for: a million of them would not fit into memory.
pub fn invented(plan: &Plan, codes: &CodeLists) -> impl Iterator<Item = InventedCase> {
    // Whole seconds are fine enough for what the clock of the server would have recorded.
    let plan = Plan { until: plan.until.trunc_subsecs(0), ..*plan };
    plots(&plan).into_iter().zip(1..).filter_map(move |(plot, number)| {
        let mut chronicle = Chronicle::new(&plan, codes, number);
        tell(&mut chronicle, plot)?;
        Some(InventedCase { zone: plan.zone, events: chronicle.finish() })
    })
}

/// Tells one case; `None` where not even its filing can be told.
fn tell(chronicle: &mut Chronicle<'_>, plot: Plot) -> Option<()> {
    let filed = filing::time_of_filing(chronicle, plot);
    let setting = Setting::draw(chronicle, plot, filed);
    filing::file(chronicle, &setting, plot, filed)?;
    people::introduce(chronicle, &setting, filed);
    safeguards::tell(chronicle, &setting);
    let course = investigation::follow(chronicle, &setting, filed, plot.ending);
    visits::follow(chronicle, &setting, filed, plot);
    welfare::tell(chronicle, &setting, filed, &course);
    legal::tell(chronicle, &setting, filed, &course);
    Some(())
}
