//! An event: what happened, when it happened, when and by whom it was recorded, and which earlier
//! event it corrects, if any. Events are added and never changed.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Serialize, Serializer};

use super::fact::{Fact, FactKind};
use super::field::{FieldSpec, Form};
use super::id::{Author, EventId};
use super::investigation::{InvestigationStep, InvestigationStepKind};
use super::sealed::{PlainText, Sealed};
use super::time::PartialTime;
use super::visit::{VisitStep, VisitStepKind};

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Happening<T = Sealed> {
    /// A step of the investigation.
    Investigation(InvestigationStep<T>),
    /// A step of an urgent visit.
    Visit(VisitStep<T>),
    /// A fact that changes no state.
    Fact(Fact<T>),
}

/// The kind of what happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HappeningKind {
    /// A step of the investigation.
    Investigation(InvestigationStepKind),
    /// A step of an urgent visit.
    Visit(VisitStepKind),
    /// A fact.
    Fact(FactKind),
}

impl HappeningKind {
    /// Every kind: steps of the investigation, steps of a visit, facts.
    pub fn all() -> impl Iterator<Item = Self> {
        let investigation = InvestigationStepKind::ALL.iter().copied().map(Self::Investigation);
        let visit = VisitStepKind::ALL.iter().copied().map(Self::Visit);
        let fact = FactKind::ALL.iter().copied().map(Self::Fact);
        investigation.chain(visit).chain(fact)
    }

    /// Looks a kind up by its word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        let investigation = InvestigationStepKind::named(word).map(Self::Investigation);
        let visit = || VisitStepKind::named(word).map(Self::Visit);
        let fact = || FactKind::named(word).map(Self::Fact);
        investigation.or_else(visit).or_else(fact)
    }

    /// The word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Investigation(kind) => kind.as_str(),
            Self::Visit(kind) => kind.as_str(),
            Self::Fact(kind) => kind.as_str(),
        }
    }

    /// Whether it is a step of one of the two regions.
    #[must_use]
    pub fn is_step(self) -> bool {
        !matches!(self, Self::Fact(_))
    }

    /// The fields of its form.
    #[must_use]
    pub fn fields(self) -> &'static [FieldSpec] {
        match self {
            Self::Investigation(kind) => kind.fields(),
            Self::Visit(kind) => kind.fields(),
            Self::Fact(kind) => kind.fields(),
        }
    }

    /// Takes its fields out of a form; `None` where one of them is wrong, which the form has noted.
    pub fn read(self, form: &mut Form<'_>) -> Option<Happening<PlainText>> {
        match self {
            Self::Investigation(kind) => kind.read(form).map(Happening::Investigation),
            Self::Visit(kind) => kind.read(form).map(Happening::Visit),
            Self::Fact(kind) => kind.read(form).map(Happening::Fact),
        }
    }

    /// Reads a stored payload.
    ///
    /// # Errors
    /// What the payload lacks, where it was not written by this program.
    pub fn from_payload(self, json: &str) -> Result<Happening, serde_json::Error> {
        Ok(match self {
            Self::Investigation(kind) => Happening::Investigation(kind.from_payload(json)?),
            Self::Visit(kind) => Happening::Visit(kind.from_payload(json)?),
            Self::Fact(kind) => Happening::Fact(kind.from_payload(json)?),
        })
    }
}

impl fmt::Display for HappeningKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for HappeningKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<T> Happening<T> {
    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> HappeningKind {
        match self {
            Self::Investigation(step) => HappeningKind::Investigation(step.kind()),
            Self::Visit(step) => HappeningKind::Visit(step.kind()),
            Self::Fact(fact) => HappeningKind::Fact(fact.kind()),
        }
    }

    /// Turns every text into another kind of text: seals it, or opens it.
    ///
    /// # Errors
    /// The first failure of `turn`, which is told the field's name.
    pub fn map_text<U, E>(self, turn: &mut impl FnMut(&'static str, T) -> Result<U, E>) -> Result<Happening<U>, E> {
        Ok(match self {
            Self::Investigation(step) => Happening::Investigation(step.map_text(turn)?),
            Self::Visit(step) => Happening::Visit(step.map_text(turn)?),
            Self::Fact(fact) => Happening::Fact(fact.map_text(turn)?),
        })
    }
}

/// The word for a correction that puts nothing in the place of what it corrects.
pub const RETRACTION: &str = "retraction";

/// Something that happened, and when: an event before it is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence<T = Sealed> {
    /// What happened.
    pub happening: Happening<T>,
    /// When, as precisely as is known.
    pub occurred_at: PartialTime,
}

/// What an event adds to the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry<T = Sealed> {
    /// Something that happened.
    New(Happening<T>),
    /// An earlier event, told rightly.
    Correction {
        /// The event that it takes the place of.
        corrects: EventId,
        /// Why the earlier one was wrong.
        why: T,
        /// What happened instead; none where the earlier event never happened.
        instead: Option<Happening<T>>,
    },
}

impl<T> Entry<T> {
    /// What happened, as this event tells it; none for a mere retraction.
    #[must_use]
    pub fn happening(&self) -> Option<&Happening<T>> {
        match self {
            Self::New(happening) => Some(happening),
            Self::Correction { instead, .. } => instead.as_ref(),
        }
    }

    /// The event that it takes the place of.
    #[must_use]
    pub fn corrects(&self) -> Option<EventId> {
        match self {
            Self::New(_) => None,
            Self::Correction { corrects, .. } => Some(*corrects),
        }
    }
}

/// One event of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event<T = Sealed> {
    /// Its identifier.
    pub id: EventId,
    /// What it adds.
    pub entry: Entry<T>,
    /// When it happened, as precisely as is known.
    pub occurred_at: PartialTime,
    /// When Aiqyn learnt of it: the server's clock, cut to microseconds.
    pub recorded_at: DateTime<Utc>,
    /// Who recorded it.
    pub recorded_by: Author,
}
