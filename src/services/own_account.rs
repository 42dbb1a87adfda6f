//! One's own account, as a member is shown it: who they are here, and whether they wait for a key.

use super::error::ServiceError;
use super::guard::Subject;
use super::{Caller, Services};
use crate::access::permission::Action;
use crate::access::role::Roles;
use crate::vault::fingerprint;

/// A member as they are shown to themselves.
#[derive(Clone, Debug)]
pub struct OwnAccount {
    /// The name they sign in with.
    pub login: String,
    /// The name of their organisation.
    pub organisation: String,
    /// Their roles.
    pub roles: Roles,
    /// Whether a role of theirs opens sealed data and they have not been given the organisation's key.
    pub waits_for_key: bool,
    /// The short form of their public key, which whoever admits them compares with them by telephone.
    pub fingerprint: Option<String>,
}

impl Services {
    /// Who the caller is.
    ///
    /// # Errors
    /// Those of the guard and of the database.
    pub fn own_account(&self, caller: &Caller) -> Result<OwnAccount, ServiceError> {
        self.reading(caller, Action::OwnAccount, Subject::General, |tx, permit| {
            let author = permit.author()?;
            let account = tx.account(author.actor)?;
            Ok(OwnAccount {
                login: account.login,
                organisation: tx.organisation(author.organisation)?.name,
                waits_for_key: account.roles.open_sealed_data() && caller.vault().is_none(),
                roles: account.roles,
                fingerprint: account.key.map(|key| fingerprint(&key.public_key)),
            })
        })
    }
}
