//! What a member of an organisation is there for.

use std::fmt;

use crate::domain::words;

words! {
    /// A role. A member may have several: in a small office one person does everything.
    Role {
        /// Logs complaints, also from paper and from a list.
        IntakeOfficer = "intake_officer",
        /// Moves the case, attaches documents, watches deadlines; also a lawyer.
        Caseworker = "caseworker",
        /// A member of the National Preventive Mechanism: asks for urgent visits and records them.
        NpmMember = "npm_member",
        /// Answers visit requests for the Ombudsman's office.
        Approver = "approver",
        /// Reads statistics.
        Analyst = "analyst",
        /// Reads the audit log.
        Auditor = "auditor",
        /// Looks after accounts, organisations, places, deadlines.
        Administrator = "administrator",
    }
}

impl Role {
    /// Whether the role may open sealed data, and so is given the organisation's key.
    #[must_use]
    pub fn opens_sealed_data(self) -> bool {
        matches!(self, Self::IntakeOfficer | Self::Caseworker | Self::NpmMember | Self::Approver)
    }
}

/// The roles of one member; at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roles(Vec<Role>);

/// Words that are no roles.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("roles are words such as caseworker or auditor, with commas between them")]
pub struct NotRoles;

impl Roles {
    /// Takes roles, each once.
    ///
    /// # Errors
    /// [`NotRoles`] where there are none.
    pub fn new(roles: impl IntoIterator<Item = Role>) -> Result<Self, NotRoles> {
        let mut roles: Vec<Role> = roles.into_iter().collect();
        roles.sort_unstable();
        roles.dedup();
        if roles.is_empty() { Err(NotRoles) } else { Ok(Self(roles)) }
    }

    /// Reads words with commas between them.
    ///
    /// # Errors
    /// [`NotRoles`].
    pub fn parse(text: &str) -> Result<Self, NotRoles> {
        let roles: Option<Vec<Role>> = text.split(',').map(|word| Role::named(word.trim())).collect();
        Self::new(roles.ok_or(NotRoles)?)
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = Role> + '_ {
        self.0.iter().copied()
    }

    /// Whether one of them opens sealed data.
    #[must_use]
    pub fn open_sealed_data(&self) -> bool {
        self.iter().any(Role::opens_sealed_data)
    }
}

impl fmt::Display for Roles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.iter().map(Role::as_str).collect();
        f.write_str(&words.join(","))
    }
}

words! {
    /// What an organisation is, which decides what its members are given.
    OrganisationKind {
        /// An organisation that cases belong to.
        Ngo = "ngo",
        /// The National Preventive Mechanism.
        Npm = "npm",
        /// An Ombudsman's office: it is given every visit request, and nothing else of a case.
        Ombudsman = "ombudsman",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_read_as_they_are_written() {
        let roles = Roles::parse("auditor, caseworker,auditor").unwrap();
        assert_eq!(roles.to_string(), "caseworker,auditor");
        assert!(roles.open_sealed_data());
        for text in ["", "king", "caseworker,", "caseworker king"] {
            assert_eq!(Roles::parse(text), Err(NotRoles), "{text}");
        }
    }
}
