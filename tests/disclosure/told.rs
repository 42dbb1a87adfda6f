//! Invented cases as they are measured.

use std::convert::Infallible;
use std::sync::LazyLock;

use aiqyn::demonstration::{InventedCase, Plan, invent};
use aiqyn::domain::case::Case;
use aiqyn::domain::code::CodeLists;
use aiqyn::domain::deadline::Deadlines;
use aiqyn::domain::event::{Entry, Event};
use aiqyn::domain::id::{ActorId, Author, OrganisationId};
use aiqyn::domain::sealed::Sealed;
use aiqyn::measures::breakdown::Dimension;
use aiqyn::measures::delay::ComplaintClock;
use aiqyn::measures::gathering::Gathering;
use aiqyn::measures::mandate::Mandate;
use aiqyn::measures::measured::MeasuredCase;
use aiqyn::measures::selection::Selection;
use aiqyn::measures::statistics::Statistics;
use aiqyn::measures::terms::Terms;
use aiqyn::store::seeded_code_lists;
use uuid::Uuid;

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
        let deadlines = Deadlines::default();
        let terms = Terms {
            clock: ComplaintClock::default(),
            deadlines: &deadlines,
            mandate: Mandate::of(&CODES),
            observed_until: "2026-07-01T18:59:59Z".parse().unwrap(),
        };
        let mut gathering = Gathering::new(by);
        for case in &self.0 {
            let measured = MeasuredCase::of(case, OrganisationId(Uuid::nil()), "kz").unwrap();
            gathering.add(&measured, &Selection::default(), &terms);
        }
        gathering.finish()
    }
}
