//! Corrections: which of a case's events still count, and under which name.

use std::collections::HashMap;

use super::event::{Event, Happening, HappeningKind};
use super::id::EventId;
use super::investigation::InvestigationStepKind;
use super::refusal::Refusal;

/// An event that counts: uncorrected, or the last of its corrections.
#[derive(Clone, Copy, Debug)]
pub struct Effective<'a> {
    /// The event.
    pub event: &'a Event,
    /// What happened.
    pub happening: &'a Happening,
    /// The first event of the chain of corrections; other events go on naming that one.
    pub root: EventId,
}

/// The chains of corrections in a list of events.
#[derive(Debug)]
pub(super) struct Chains {
    /// For each place in the list: the place of the first event of its chain.
    roots: Vec<usize>,
    /// For each place in the list: the place of the event that corrects it.
    corrected_by: Vec<Option<usize>>,
    places: HashMap<EventId, usize>,
}

impl Chains {
    /// Follows the corrections of a list.
    pub fn of(events: &[Event]) -> Result<Self, Refusal> {
        let mut chains = Self {
            roots: Vec::with_capacity(events.len()),
            corrected_by: vec![None; events.len()],
            places: HashMap::with_capacity(events.len()),
        };
        for (place, event) in events.iter().enumerate() {
            let root = match event.entry.corrects() {
                None => place,
                Some(corrected) => chains.correct(events, place, corrected)?,
            };
            chains.roots.push(root);
            if chains.places.insert(event.id, place).is_some() {
                return Err(Refusal::AlreadyRecorded { event: event.id });
            }
        }
        Ok(chains)
    }

    fn correct(&mut self, events: &[Event], place: usize, corrected: EventId) -> Result<usize, Refusal> {
        let old = *self.places.get(&corrected).ok_or(Refusal::UnknownEvent { field: "corrects", event: corrected })?;
        if let Some(by) = self.corrected_by[old] {
            return Err(Refusal::AlreadyCorrected { event: corrected, by: events[by].id });
        }
        let is_filing = |event: &Event| {
            event.entry.happening().map(Happening::kind)
                == Some(HappeningKind::Investigation(InvestigationStepKind::File))
        };
        if is_filing(&events[old]) && !is_filing(&events[place]) {
            return Err(Refusal::FilingRetracted);
        }
        self.corrected_by[old] = Some(place);
        Ok(self.roots[old])
    }

    /// The places of the events that count, in the order in which their chains began: a
    /// correction stands where the corrected event stood.
    pub fn effective_places(&self, events: &[Event]) -> Vec<usize> {
        let mut places: Vec<usize> = (0..events.len())
            .filter(|place| self.corrected_by[*place].is_none() && events[*place].entry.happening().is_some())
            .collect();
        places.sort_by_key(|place| self.roots[*place]);
        places
    }

    /// The event at a place, as it counts.
    pub fn effective<'a>(&self, events: &'a [Event], place: usize) -> Option<Effective<'a>> {
        let event = &events[place];
        let root = events[self.roots[place]].id;
        event.entry.happening().map(|happening| Effective { event, happening, root })
    }

    /// Whether the event at a place may tell of the one named: one that was recorded before it, and
    /// is not itself told otherwise.
    pub fn may_tell_of(&self, place: usize, named: EventId) -> bool {
        self.places.get(&named).is_some_and(|other| *other < place && self.roots[*other] != self.roots[place])
    }

    /// The first event of the chain that an event belongs to, whichever of the chain is named.
    pub fn root_of(&self, events: &[Event], named: EventId) -> Option<EventId> {
        self.places.get(&named).map(|place| events[self.roots[*place]].id)
    }
}
