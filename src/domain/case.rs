//! A case: an append-only list of events, and what replaying them gives.
//!
//! A [`Case`] can only be had by replay, so none with an illegal history exists.

use super::complaint::File;
use super::correction::{Chains, Effective};
use super::event::{Event, Happening, HappeningKind};
use super::fact::Fact;
use super::id::{CaseVersion, EventId};
use super::investigation::{InvestigationStep, InvestigationStepKind};
use super::order::{Position, Step, TimedStep, chronological_order, legal_order};
use super::refusal::Refusal;
use super::stage::Stage;
use super::time::Zone;
use super::visit::{Approval, VisitStep};
use super::visits::{Visit, follow_visits};

/// The most events that one case may have.
pub const MOST_EVENTS: usize = 2_000;

/// The most steps (not counting facts) that one case may have.
pub const MOST_STEPS: usize = 300;

/// A case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    zone: Zone,
    events: Vec<Event>,
    /// For each step that counts, in the order in which they happened: its place among `events`.
    steps: Vec<usize>,
    /// For each event that counts, steps and facts, as recorded: its place and its chain's name.
    effective: Vec<(usize, EventId)>,
    position: Position,
    visits: Vec<Visit>,
}

impl Case {
    /// Replays a whole list of events, given in the order in which they were recorded.
    ///
    /// # Errors
    /// The first rule that the list breaks.
    pub fn replay(zone: Zone, events: Vec<Event>) -> Result<Self, Refusal> {
        let line = Line::of(zone, &events)?;
        if line.timed.len() > MOST_STEPS || events.len() > MOST_EVENTS {
            return Err(Refusal::TooMany);
        }
        let filing = HappeningKind::Investigation(InvestigationStepKind::File);
        if !line.timed.iter().any(|timed| timed.step.kind == filing) {
            return Err(Refusal::NotFiled);
        }
        let Some(order) = legal_order(&line.timed) else {
            let as_told = chronological_order(&line.timed).into_iter();
            return Err(line
                .first_illegal(&events, as_told)
                .map_or(Refusal::OrderUnclear, |illegal| illegal.refuse_itself()));
        };
        let position = order
            .iter()
            .try_fold(Position::START, |position, index| position.after(line.timed[*index].step))
            .ok_or(Refusal::OrderUnclear)?;
        let steps: Vec<usize> = order.into_iter().map(|index| line.places[index]).collect();
        let in_order = steps.iter().filter_map(|place| line.chains.effective(&events, *place));
        let visits = follow_visits(in_order, |named| line.chains.root_of(&events, named))?;
        let effective = line
            .chains
            .effective_places(&events)
            .into_iter()
            .filter_map(|place| line.chains.effective(&events, place).map(|e| (place, e.root)))
            .collect();
        line.check_named_events(&events)?;
        Ok(Self { zone, events, steps, effective, position, visits })
    }

    /// The case with one more event at the end of the list.
    ///
    /// # Errors
    /// The rule that the event breaks, told from the point of view of whoever adds it.
    pub fn record(&self, event: Event) -> Result<Self, Refusal> {
        let mut events = self.events.clone();
        events.push(event);
        let told_apart = self.explain(&events);
        Self::replay(self.zone, events).map_err(|refusal| match refusal {
            Refusal::IllegalStep { .. } | Refusal::OrderUnclear => told_apart.unwrap_or(refusal),
            other => other,
        })
    }

    /// Why the last of these events does not fit: itself where it falls, or by a later step that
    /// it would break.
    fn explain(&self, events: &[Event]) -> Option<Refusal> {
        let line = Line::of(self.zone, events).ok()?;
        let newest = events.len() - 1;
        // The steps that were there already keep their order; the new one goes as late as it can.
        let mut order: Vec<usize> =
            self.steps.iter().filter_map(|place| line.places.iter().position(|p| p == place)).collect();
        let added = line.places.iter().position(|place| *place == newest);
        if let Some(added) = added {
            let at = order
                .iter()
                .position(|other| line.timed[added].is_surely_before(&line.timed[*other]))
                .unwrap_or(order.len());
            order.insert(at, added);
        }
        let illegal = line.first_illegal(events, order.into_iter())?;
        Some(if Some(illegal.index) == added { illegal.refuse_itself() } else { illegal.refuse_earlier() })
    }

    /// Every event, in the order in which they were recorded.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The events that count, in the order in which they were recorded.
    pub fn effective(&self) -> impl Iterator<Item = Effective<'_>> {
        self.effective.iter().filter_map(|(place, root)| effective_at(&self.events, *place, *root))
    }

    /// The steps that count, in the order in which they happened.
    pub fn steps(&self) -> impl Iterator<Item = &Event> {
        self.steps.iter().map(|place| &self.events[*place])
    }

    /// The facts that count, in the order in which they were recorded.
    pub fn facts(&self) -> impl Iterator<Item = (&Event, &Fact)> {
        self.effective().filter_map(|effective| match effective.happening {
            Happening::Fact(fact) => Some((effective.event, fact)),
            _ => None,
        })
    }

    /// The complaint as it was filed, with corrections.
    #[must_use]
    pub fn complaint(&self) -> Option<(&Event, &File)> {
        self.effective().find_map(|effective| match effective.happening {
            Happening::Investigation(InvestigationStep::File(file)) => Some((effective.event, file)),
            _ => None,
        })
    }

    /// The urgent visits, in the order in which they were asked for.
    #[must_use]
    pub fn visits(&self) -> &[Visit] {
        &self.visits
    }

    /// Where both regions stand.
    #[must_use]
    pub fn position(&self) -> Position {
        self.position
    }

    /// The headline.
    #[must_use]
    pub fn stage(&self) -> Stage {
        self.position.stage()
    }

    /// The kinds of step that may follow now.
    #[must_use]
    pub fn permitted(&self) -> Vec<HappeningKind> {
        self.position.permitted()
    }

    /// How many events it has.
    #[must_use]
    pub fn version(&self) -> CaseVersion {
        CaseVersion(i32::try_from(self.events.len()).unwrap_or(i32::MAX))
    }

    /// The time zone in which its days begin and end.
    #[must_use]
    pub fn zone(&self) -> Zone {
        self.zone
    }
}

fn effective_at(events: &[Event], place: usize, root: EventId) -> Option<Effective<'_>> {
    let event = &events[place];
    event.entry.happening().map(|happening| Effective { event, happening, root })
}

/// The steps that count, as recorded, with what is needed to order them.
struct Line {
    chains: Chains,
    places: Vec<usize>,
    timed: Vec<TimedStep>,
}

/// The first step of an order that is illegal where it stands.
struct Illegal {
    index: usize,
    step: HappeningKind,
    occurred_at: super::time::PartialTime,
    position: Position,
}

impl Illegal {
    fn refuse_itself(self) -> Refusal {
        let Self { step, occurred_at, position, .. } = self;
        Refusal::IllegalStep { step, occurred_at, position, permitted: position.permitted() }
    }

    fn refuse_earlier(self) -> Refusal {
        let Self { step, occurred_at, position, .. } = self;
        Refusal::BreaksLaterStep { later: step, later_at: occurred_at, position, permitted: position.permitted() }
    }
}

impl Line {
    fn of(zone: Zone, events: &[Event]) -> Result<Self, Refusal> {
        let chains = Chains::of(events)?;
        if events.iter().any(|event| event.occurred_at.earliest(zone) > event.recorded_at) {
            return Err(Refusal::InTheFuture);
        }
        let mut line = Self { places: Vec::new(), timed: Vec::new(), chains };
        for place in line.chains.effective_places(events) {
            if let Some(step) = events[place].entry.happening().and_then(step_of) {
                line.places.push(place);
                line.timed.push(TimedStep::new(step, events[place].occurred_at, zone));
            }
        }
        Ok(line)
    }

    fn first_illegal(&self, events: &[Event], order: impl Iterator<Item = usize>) -> Option<Illegal> {
        let mut position = Position::START;
        for index in order {
            let step = self.timed[index].step;
            match position.after(step) {
                Some(after) => position = after,
                None => {
                    return Some(Illegal {
                        index,
                        step: step.kind,
                        occurred_at: events[self.places[index]].occurred_at,
                        position,
                    });
                }
            }
        }
        None
    }

    /// Facts that tell the fate of an earlier event must name one that the case had by then.
    fn check_named_events(&self, events: &[Event]) -> Result<(), Refusal> {
        for (place, event) in events.iter().enumerate() {
            let about = match event.entry.happening() {
                Some(Happening::Fact(Fact::CourtMotion(motion))) => motion.about,
                Some(Happening::Fact(Fact::ReparationClaim(claim))) => claim.about,
                Some(Happening::Fact(Fact::ExpulsionProceeding(proceeding))) => proceeding.about,
                _ => None,
            };
            if let Some(named) = about.filter(|named| !self.chains.may_tell_of(place, *named)) {
                return Err(Refusal::UnknownEvent { field: "about", event: named });
            }
        }
        Ok(())
    }
}

fn step_of(happening: &Happening) -> Option<Step> {
    let kind = happening.kind();
    let approval = match happening {
        Happening::Visit(VisitStep::RequestVisit(request)) => request.approval.unwrap_or(Approval::Required),
        _ => Approval::Required,
    };
    kind.is_step().then_some(Step { kind, approval })
}
