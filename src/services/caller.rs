//! Who asks: a member who has signed in, a program with a token, the console, or nobody.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::error::ServiceError;
use crate::access::permission::{Action, Denial, Scope, Standing};
use crate::access::role::Roles;
use crate::audit::Purpose;
use crate::domain::id::{Author, SessionId};
use crate::store::SessionKind;
use crate::vault::{MemberKey, OpenedVault};

/// For how long a proof (password and one-time code) counts as fresh.
pub const FRESH: TimeDelta = TimeDelta::minutes(5);

/// The session that a caller came with.
#[derive(Clone, Debug)]
pub struct CallerSession {
    /// Its identifier.
    pub id: SessionId,
    /// Whether a browser or a program carries it.
    pub kind: SessionKind,
    /// What a token may do; a browser's session may do all.
    pub scopes: Vec<Scope>,
    /// When password and one-time code were last given.
    pub proved_at: Option<DateTime<Utc>>,
    /// When it ends at the latest.
    pub expires_at: DateTime<Utc>,
}

/// Who asks for something, and what they hold in their hands for it. The keys are wiped with it.
#[derive(Clone, Debug)]
pub struct Caller {
    standing: Standing,
    author: Option<Author>,
    session: Option<CallerSession>,
    key: Option<MemberKey>,
    vault: Option<Arc<OpenedVault>>,
    purpose: Purpose,
}

impl Caller {
    /// Somebody who has not signed in.
    #[must_use]
    pub fn nobody() -> Self {
        Self {
            standing: Standing::Nobody,
            author: None,
            session: None,
            key: None,
            vault: None,
            purpose: Purpose::Handling,
        }
    }

    /// Whoever runs the program on the server itself, writing as a member without an account.
    pub(super) fn console(author: Author) -> Self {
        Self { standing: Standing::Console, author: Some(author), ..Self::nobody() }
    }

    /// A member with a session.
    pub(super) fn member(
        author: Author,
        roles: Roles,
        session: CallerSession,
        key: Option<MemberKey>,
        vault: Option<OpenedVault>,
    ) -> Self {
        Self {
            standing: Standing::Member(roles),
            author: Some(author),
            session: Some(session),
            key,
            vault: vault.map(Arc::new),
            purpose: Purpose::Handling,
        }
    }

    /// The same, reading sealed data for a purpose.
    #[must_use]
    pub fn with_purpose(self, purpose: Purpose) -> Self {
        Self { purpose, ..self }
    }

    /// The same, who leaves sealed texts closed: a page that shows none need not open any.
    #[must_use]
    pub fn leaving_texts_closed(&self) -> Self {
        Self { vault: None, ..self.clone() }
    }

    /// How the table of permissions sees them.
    #[must_use]
    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    /// The roles of a member; none of nobody and of the console.
    #[must_use]
    pub fn roles(&self) -> Option<&Roles> {
        match &self.standing {
            Standing::Member(roles) => Some(roles),
            Standing::Nobody | Standing::Console => None,
        }
    }

    /// Who it is.
    ///
    /// # Errors
    /// That nobody has signed in.
    pub fn author(&self) -> Result<Author, ServiceError> {
        self.author.ok_or(ServiceError::Denied(Denial::NotSignedIn))
    }

    /// The session.
    #[must_use]
    pub fn session(&self) -> Option<&CallerSession> {
        self.session.as_ref()
    }

    /// The member's own key.
    pub(super) fn key(&self) -> Option<&MemberKey> {
        self.key.as_ref()
    }

    /// The opened vault; none for those who hold no key of their organisation.
    #[must_use]
    pub fn vault(&self) -> Option<&OpenedVault> {
        self.vault.as_deref()
    }

    /// Why they read sealed data.
    #[must_use]
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// Whether a token, if that is what they came with, may be used for it, and whether the proof is fresh
    /// where it has to be.
    pub(super) fn check_session(&self, action: Action, now: DateTime<Utc>) -> Result<(), ServiceError> {
        let Some(session) = &self.session else { return Ok(()) };
        let open_to_all = action.reach_of_nobody() == crate::access::permission::Reach::Always;
        if session.kind == SessionKind::Token && !open_to_all {
            let allowed = action.scope().is_some_and(|scope| session.scopes.contains(&scope));
            if !allowed {
                return Err(ServiceError::OutOfScope);
            }
        }
        if action.needs_fresh_proof() && !self.has_fresh_proof(now) { Err(ServiceError::ProofNeeded) } else { Ok(()) }
    }

    /// Whether password and one-time code were given within the last minutes.
    #[must_use]
    pub fn has_fresh_proof(&self, now: DateTime<Utc>) -> bool {
        self.session.as_ref().and_then(|session| session.proved_at).is_some_and(|at| now - at <= FRESH)
    }
}
