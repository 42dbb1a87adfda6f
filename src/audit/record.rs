//! One record of the audit log: who did what to what, when, how it ended and why. It holds codes,
//! counts and identifiers only, and must never hold a text that somebody typed.

use chrono::{DateTime, Utc};

use super::action::{AuditAction, Outcome, Purpose, SubjectKind};
use super::detail::{Detail, Details};
use crate::domain::id::{ActorId, Author, OrganisationId};

/// What is to be recorded.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct AuditEntry {
    /// When, by the server's clock, to the microsecond.
    pub recorded_at: DateTime<Utc>,
    /// Who did it; none where nobody was logged in.
    pub actor: Option<ActorId>,
    /// The organisation of whoever did it.
    pub organisation: Option<OrganisationId>,
    /// What was done.
    pub action: AuditAction,
    /// How it ended.
    pub outcome: Outcome,
    /// To what it was done.
    pub subject: Option<AuditSubject>,
    /// Why sealed data was read.
    pub purpose: Option<Purpose>,
    /// What else is to be known.
    pub details: Details,
}

/// What a record is about.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct AuditSubject {
    /// Its kind.
    pub kind: SubjectKind,
    /// Its identifier.
    pub id: Detail,
}

/// A record with its place in the log.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct AuditRecord {
    /// Its number, from 1, without gaps.
    pub sequence: i64,
    /// What it says.
    #[serde(flatten)]
    pub entry: AuditEntry,
}

impl AuditEntry {
    /// Something that was done at an instant, by nobody who was logged in. What is finer than a
    /// microsecond is cut off: neither database would keep it, and the hash must fit what is kept.
    #[must_use]
    pub fn new(action: AuditAction, at: DateTime<Utc>) -> Self {
        use chrono::SubsecRound;
        Self {
            recorded_at: at.trunc_subsecs(6),
            actor: None,
            organisation: None,
            action,
            outcome: Outcome::Done,
            subject: None,
            purpose: None,
            details: Details::default(),
        }
    }

    /// Done by somebody for their organisation.
    #[must_use]
    pub fn by(self, author: Author) -> Self {
        Self { actor: Some(author.actor), organisation: Some(author.organisation), ..self }
    }

    /// Ended in another way than done.
    #[must_use]
    pub fn ended(self, outcome: Outcome) -> Self {
        Self { outcome, ..self }
    }

    /// About something.
    #[must_use]
    pub fn about(self, kind: SubjectKind, id: impl Into<Detail>) -> Self {
        Self { subject: Some(AuditSubject { kind, id: id.into() }), ..self }
    }

    /// For a purpose.
    #[must_use]
    pub fn purpose(self, purpose: Purpose) -> Self {
        Self { purpose: Some(purpose), ..self }
    }

    /// With a detail.
    #[must_use]
    pub fn with(mut self, name: &'static str, detail: impl Into<Detail>) -> Self {
        self.details = self.details.with(name, detail);
        self
    }
}
