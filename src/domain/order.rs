//! In which order the steps of a case happened, and where they lead.
//!
//! Steps are ordered by when they happened. Two times that overlap ("in March", "on the 4th") say
//! nothing of which came first; then the order in which they were recorded holds, unless only
//! another order is legal. So a step that is written down late finds its place.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::event::HappeningKind;
use super::investigation::InvestigationState;
use super::stage::Stage;
use super::time::{PartialTime, Zone};
use super::visit::{Approval, VisitState, VisitStepKind};

/// Where both regions of a case stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Position {
    /// The investigation.
    pub investigation: InvestigationState,
    /// The latest urgent visit.
    pub visit: VisitState,
    /// Whether the visit that is open needs approval.
    #[serde(skip)]
    approval: Approval,
}

impl Position {
    /// Before anything has happened.
    pub const START: Self = Self {
        investigation: InvestigationState::Unfiled,
        visit: VisitState::NotRequested,
        approval: Approval::Required,
    };

    /// The position after a step; `None` where the step is illegal here.
    #[must_use]
    pub fn after(self, step: Step) -> Option<Self> {
        match step.kind {
            HappeningKind::Investigation(kind) => Some(Self { investigation: self.investigation.after(kind)?, ..self }),
            HappeningKind::Visit(kind) => self.after_visit_step(kind, step.approval),
            HappeningKind::Fact(_) => Some(self),
        }
    }

    fn after_visit_step(self, kind: VisitStepKind, approval: Approval) -> Option<Self> {
        let visit = self.visit.after(kind)?;
        match kind {
            VisitStepKind::RequestVisit if self.investigation == InvestigationState::Closed => None,
            VisitStepKind::RequestVisit => Some(Self { visit, approval, ..self }),
            VisitStepKind::CarryOutVisit
                if self.visit == VisitState::Requested && self.approval == Approval::Required =>
            {
                None
            }
            _ => Some(Self { visit, ..self }),
        }
    }

    /// The kinds of step that are legal here: those of the investigation, then those of a visit.
    #[must_use]
    pub fn permitted(self) -> Vec<HappeningKind> {
        let legal = |kind: &HappeningKind| self.after(Step { kind: *kind, approval: Approval::Required }).is_some();
        HappeningKind::all().filter(|kind| kind.is_step()).filter(legal).collect()
    }

    /// The headline.
    #[must_use]
    pub fn stage(self) -> Stage {
        Stage::of(self.investigation, self.visit)
    }
}

/// A step, as far as its legality goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its kind.
    pub kind: HappeningKind,
    /// For a visit request: whether approval is needed.
    pub approval: Approval,
}

/// A step with the span of time in which it happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimedStep {
    /// The step.
    pub step: Step,
    earliest: DateTime<Utc>,
    end: DateTime<Utc>,
}

impl TimedStep {
    /// A step at a time.
    #[must_use]
    pub fn new(step: Step, at: PartialTime, zone: Zone) -> Self {
        Self { step, earliest: at.earliest(zone), end: at.end(zone) }
    }

    /// Whether it happened before the other whatever their times may mean in detail.
    #[must_use]
    pub fn is_surely_before(&self, other: &Self) -> bool {
        self.end <= other.earliest
    }
}

/// How many orders are tried before the times count as too vague. A list whose recorded order is
/// legal takes one try a step.
const MOST_TRIES: usize = 20_000;

/// Finds the order in which the steps happened: legal, true to every time that is settled, and
/// among such orders the one closest to the given (recorded) order. `None` where there is none.
#[must_use]
pub fn legal_order(steps: &[TimedStep]) -> Option<Vec<usize>> {
    let mut search = Search {
        steps,
        placed: vec![false; steps.len()],
        order: Vec::with_capacity(steps.len()),
        dead_ends: HashSet::new(),
        tries: 0,
    };
    search.extend(Position::START).then_some(search.order)
}

/// The same without regard to legality: true to every time that is settled, else as recorded.
#[must_use]
pub fn chronological_order(steps: &[TimedStep]) -> Vec<usize> {
    let mut placed = vec![false; steps.len()];
    let mut order = Vec::with_capacity(steps.len());
    for _ in steps {
        let next = candidates(steps, &placed).next();
        let Some(next) = next else { break };
        placed[next] = true;
        order.push(next);
    }
    order
}

/// The steps not placed yet that no other such step surely precedes, as recorded.
fn candidates<'a>(steps: &'a [TimedStep], placed: &'a [bool]) -> impl Iterator<Item = usize> + use<'a> {
    let open = move || (0..steps.len()).filter(move |index| !placed[*index]);
    let first_end = open().map(|index| steps[index].end).min();
    open().filter(move |index| first_end.is_some_and(|end| steps[*index].earliest < end))
}

struct Search<'a> {
    steps: &'a [TimedStep],
    placed: Vec<bool>,
    order: Vec<usize>,
    dead_ends: HashSet<(Vec<bool>, Position)>,
    tries: usize,
}

impl Search<'_> {
    fn extend(&mut self, position: Position) -> bool {
        if self.order.len() == self.steps.len() {
            return true;
        }
        self.tries += 1;
        if self.tries > MOST_TRIES || self.dead_ends.contains(&(self.placed.clone(), position)) {
            return false;
        }
        let next: Vec<usize> = candidates(self.steps, &self.placed).collect();
        for (tried, &index) in next.iter().enumerate() {
            // Two like steps of one time are interchangeable: what fails with one fails with the other.
            if next[..tried].iter().any(|other| self.steps[*other] == self.steps[index]) {
                continue;
            }
            let Some(after) = position.after(self.steps[index].step) else { continue };
            self.placed[index] = true;
            self.order.push(index);
            if self.extend(after) {
                return true;
            }
            self.order.pop();
            self.placed[index] = false;
        }
        self.dead_ends.insert((self.placed.clone(), position));
        false
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::investigation::InvestigationStepKind as K;

    const KINDS: &[K] = &[K::Route, K::OpenInvestigation, K::Dismiss, K::Appeal, K::Reopen, K::Withdraw];
    const TIMES: &[&str] = &["2024-03", "2024-03-04", "2024-03-04T09:00", "2024-03-04T17:00", "2024-03-05", "2024-04"];

    fn steps(list: &[(K, &str)]) -> Vec<TimedStep> {
        let zone = Zone::default();
        let step = |kind| Step { kind: HappeningKind::Investigation(kind), approval: Approval::Required };
        list.iter().map(|(kind, at)| TimedStep::new(step(*kind), PartialTime::parse(at, zone).unwrap(), zone)).collect()
    }

    #[test]
    fn times_that_are_settled_decide_whatever_the_recorded_order() {
        let recorded = steps(&[(K::File, "2024-03-01"), (K::Dismiss, "2024-03-09"), (K::Route, "2024-03-02")]);
        assert_eq!(legal_order(&recorded), Some(vec![0, 2, 1]));
    }

    #[test]
    fn on_one_day_the_recorded_order_holds() {
        let recorded = steps(&[
            (K::File, "2024-03-01"),
            (K::OpenInvestigation, "2024-03-02"),
            (K::Dismiss, "2024-03-04"),
            (K::Reopen, "2024-03-04"),
            (K::Withdraw, "2024-03-04"),
        ]);
        assert_eq!(legal_order(&recorded), Some(vec![0, 1, 2, 3, 4]));
    }

    #[test]
    fn on_one_day_a_late_record_takes_the_only_legal_place() {
        let recorded = steps(&[(K::File, "2024-03-01T15:20"), (K::Dismiss, "2024-03"), (K::Route, "2024-03-01")]);
        assert_eq!(legal_order(&recorded), Some(vec![0, 2, 1]));
    }

    #[test]
    fn without_a_legal_order_there_is_none() {
        let recorded = steps(&[(K::File, "2024-03-01"), (K::Appeal, "2024-03-02")]);
        assert_eq!(legal_order(&recorded), None);
        assert_eq!(chronological_order(&recorded), vec![0, 1]);
    }

    /// The first order by the recorded one that is legal and true to the times, found by trying all.
    fn first_by_trying_all(steps: &[TimedStep], order: &mut Vec<usize>, position: Position) -> bool {
        if order.len() == steps.len() {
            return true;
        }
        for next in (0..steps.len()).filter(|next| !order.contains(next)).collect::<Vec<_>>() {
            let is_preceded = (0..steps.len())
                .any(|other| !order.contains(&other) && other != next && steps[other].is_surely_before(&steps[next]));
            let Some(after) = position.after(steps[next].step).filter(|_| !is_preceded) else { continue };
            order.push(next);
            if first_by_trying_all(steps, order, after) {
                return true;
            }
            order.pop();
        }
        false
    }

    proptest! {
        #[test]
        fn of_all_legal_orders_the_one_closest_to_the_recorded_is_found(
            list in prop::collection::vec((prop::sample::select(KINDS), prop::sample::select(TIMES)), 0..7)
        ) {
            let told: Vec<_> = [(K::File, "2024-03")].into_iter().chain(list).collect();
            let recorded = steps(&told);
            let mut expected = Vec::new();
            let exists = first_by_trying_all(&recorded, &mut expected, Position::START);
            prop_assert_eq!(legal_order(&recorded), exists.then_some(expected));
        }
    }

    #[test]
    fn a_month_recorded_backwards_is_still_put_in_order() {
        let mut told = vec![(K::File, "2024-03"), (K::Route, "2024-03")];
        told.extend([(K::Dismiss, "2024-03"), (K::Appeal, "2024-03"), (K::Reopen, "2024-03")].repeat(8));
        told.reverse();
        assert!(legal_order(&steps(&told)).is_some());
    }

    #[test]
    fn a_month_full_of_contradictions_ends_the_search() {
        let mut recorded = steps(&[(K::File, "2024-03")]);
        for _ in 0..40 {
            recorded.extend(steps(&[(K::Dismiss, "2024-03"), (K::Reopen, "2024-03"), (K::Withdraw, "2024-03")]));
        }
        assert_eq!(legal_order(&recorded), None);
    }
}
