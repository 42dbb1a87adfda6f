//! Invented cases as they are measured.

use std::convert::Infallible;
use std::sync::LazyLock;

use aiqyn::demonstration::{InventedCase, Plan, invent};
use aiqyn::domain::case::Case;
use aiqyn::domain::code::CodeLists;
use aiqyn::domain::deadline::{AwaitedStep, Basis, DeadlineRule, Deadlines};
use aiqyn::domain::event::{Entry, Event};
use aiqyn::domain::id::{ActorId, Author, OrganisationId};
use aiqyn::domain::sealed::Sealed;
use aiqyn::measures::breakdown::{Breakdown, Dimension};
use aiqyn::measures::delay::ComplaintClock;
use aiqyn::measures::gathering::Gathering;
use aiqyn::measures::mandate::Mandate;
use aiqyn::measures::measured::MeasuredCase;
use aiqyn::measures::observed::ObservationEnd;
use aiqyn::measures::selection::Selection;
use aiqyn::measures::statistics::{DrawnGroups, Statistics};
use aiqyn::measures::terms::Terms;
use aiqyn::store::seeded_code_lists;
use uuid::Uuid;

use crate::cells::{Cells, cells};

static CODES: LazyLock<CodeLists> = LazyLock::new(|| seeded_code_lists().unwrap());

/// Some cases.
pub struct Cases(Vec<Case>);

/// So many cases of one telling.
pub fn invented(seed: u64, cases: usize) -> Cases {
    let plan = Plan { seed, cases, ..Plan::up_to("2026-07-01T09:30:15Z".parse().unwrap()) };
    Cases(invent(&plan, &CODES).into_iter().map(replayed).collect())
}

fn replayed(case: InventedCase) -> Case {
    let author = Author { actor: ActorId(Uuid::nil()), organisation: OrganisationId(Uuid::nil()) };
    let event = |event: aiqyn::demonstration::InventedEvent| {
        let sealed =
            event.occurrence.happening.map_text(&mut |_, _| Ok::<_, Infallible>(Sealed::from_envelope("x".to_owned())));
        let happening = sealed.unwrap_or_else(|never| match never {});
        Event {
            id: event.id,
            entry: Entry::New(happening),
            occurred_at: event.occurrence.occurred_at,
            recorded_at: event.recorded_at,
            recorded_by: author,
        }
    };
    Case::replay(case.zone, case.events.into_iter().map(event).collect()).unwrap()
}

impl Cases {
    /// Their figures.
    pub fn statistics(&self, by: Option<Dimension>) -> Statistics {
        of(&self.0, by)
    }

    /// The counts of each case by itself.
    pub fn one_by_one(&self) -> Vec<Cells> {
        self.0.chunks(1).map(|case| cells(&of(case, None).all)).collect()
    }
}

fn of(cases: &[Case], by: Option<Dimension>) -> Statistics {
    let deadlines = deadlines();
    let terms = Terms {
        clock: ComplaintClock::default(),
        deadlines: &deadlines,
        mandate: Mandate::of(&CODES),
        observed_until: ObservationEnd::at("2026-07-01T18:59:59Z".parse().unwrap()),
    };
    let mut gathering = Gathering::new(by.map(Breakdown::from));
    for case in cases {
        let measured = MeasuredCase::of(case, OrganisationId(Uuid::nil()), "kz").unwrap();
        gathering.add(&measured, &Selection::default(), &terms);
    }
    gathering.finish(DrawnGroups::Each)
}

/// About those that the law or good practice gives.
fn deadlines() -> Deadlines {
    let hours = [24, 72, 1440, 168, 24, 48, 3, 4, 5, 12];
    let rule = |(step, hours): (&AwaitedStep, i32)| DeadlineRule {
        jurisdiction: "kz".parse().unwrap(),
        kind_of_place: None,
        step: *step,
        hours,
        valid_from: None,
        valid_to: None,
        basis: Basis::Benchmark,
    };
    Deadlines::new(AwaitedStep::ALL.iter().zip(hours).map(rule).collect())
}
