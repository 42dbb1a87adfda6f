//! The facts of a case, gathered: what several events tell of one motion, claim or proceeding becomes one entry.

use super::measured::{MeasuredClaim, MeasuredExamination, MeasuredExpulsion, MeasuredFacts, MeasuredIncident};
use crate::domain::case::Case;
use crate::domain::event::Happening;
use crate::domain::fact::{Fact, Fate};
use crate::domain::id::EventId;

/// A matter that later events may tell the fate of.
struct Matter<T> {
    names: Vec<EventId>,
    told: T,
}

/// The matters of one kind, in the order in which they began.
struct Matters<T>(Vec<Matter<T>>);

impl<T> Matters<T> {
    fn new() -> Self {
        Self(Vec::new())
    }

    /// The matter that an event tells of; a new one where it names none, or one that is no longer there.
    fn tell(&mut self, names: [EventId; 2], about: Option<EventId>, told: T, fate: impl FnOnce(&mut T, T)) {
        let known = about.and_then(|about| self.0.iter_mut().find(|matter| matter.names.contains(&about)));
        match known {
            Some(matter) => {
                fate(&mut matter.told, told);
                matter.names.extend(names);
            }
            None => self.0.push(Matter { names: names.to_vec(), told }),
        }
    }

    fn into_told(self) -> Vec<T> {
        self.0.into_iter().map(|matter| matter.told).collect()
    }
}

/// Gathers the facts of a case, in the order in which they were recorded: the latest word on a fate counts.
pub(super) fn facts_of(case: &Case) -> MeasuredFacts<'_> {
    let mut facts = MeasuredFacts::default();
    let mut motions: Matters<Fate> = Matters::new();
    let mut claims: Matters<MeasuredClaim<'_>> = Matters::new();
    let mut expulsions: Matters<MeasuredExpulsion<'_>> = Matters::new();
    for effective in case.effective() {
        let Happening::Fact(fact) = effective.happening else { continue };
        let names = [effective.root, effective.event.id];
        match fact {
            Fact::MedicalExamination(examination) => facts.examinations.push(MeasuredExamination {
                at: effective.event.occurred_at,
                consistency: examination.consistency,
                independent: examination.independent,
            }),
            Fact::Reprisal(reprisal) => facts.reprisals.push(reprisal.reprisal.code().as_str()),
            Fact::CourtMotion(motion) => {
                motions.tell(names, motion.about, motion.fate, |known, latest| *known = latest);
            }
            Fact::ReparationClaim(claim) => {
                let forms = claim.forms.iter().map(|form| form.code().as_str()).collect();
                let told = MeasuredClaim { route: claim.route, fate: claim.fate, forms };
                claims.tell(names, claim.about, told, |known, latest| known.fate = latest.fate);
            }
            Fact::ExpulsionProceeding(proceeding) => {
                let told = MeasuredExpulsion {
                    kind: proceeding.expulsion.code().as_str(),
                    risk_argued: proceeding.risk_argued,
                    risk_examined: proceeding.risk_examined,
                    fate: proceeding.fate,
                };
                expulsions.tell(names, proceeding.about, told, |known, latest| *known = latest);
            }
            Fact::CustodyIncident(incident) => facts.incidents.push(MeasuredIncident {
                kind: incident.incident.code().as_str(),
                independent_inquiry: incident.independent_inquiry,
            }),
            Fact::LearnOfAllegation(_)
            | Fact::Person(_)
            | Fact::Safeguard(_)
            | Fact::EndOfFollowUp(_)
            | Fact::Note(_) => {}
        }
    }
    facts.motions = motions.into_told();
    facts.claims = claims.into_told();
    facts.expulsions = expulsions.into_told();
    facts
}
