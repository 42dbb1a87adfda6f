//! Permission: role × action × relation to the case. What is not in the table is denied.

use std::fmt::Write;

pub use super::action::{Action, Reach, Scope, Sight};
use super::role::{Role, Roles};

/// How whoever asks stands to what is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// It is about no case and no organisation.
    General,
    /// To a case.
    Case {
        /// It belongs to their organisation.
        owned: bool,
        /// It is shared with their organisation.
        shared: bool,
        /// A visit has been requested in it.
        visit_requested: bool,
    },
    /// To a visit request.
    Request {
        /// It was given to their organisation to answer.
        given: bool,
        /// Its case belongs to their organisation or is shared with it.
        readable: bool,
    },
    /// To an organisation.
    Organisation {
        /// It is theirs, or they administer all.
        administered: bool,
    },
}

impl Reach {
    /// Whether it goes as far as that.
    #[must_use]
    pub fn covers(self, relation: Relation) -> bool {
        match (self, relation) {
            (Self::Never, _) => false,
            (Self::Always, _) => true,
            (Self::OwnCase, Relation::Case { owned, .. }) => owned,
            (Self::ReadableCase, Relation::Case { owned, shared, .. }) => owned || shared,
            (Self::CaseWithVisit, Relation::Case { owned, shared, visit_requested }) => {
                (owned || shared) && visit_requested
            }
            (Self::ReadableCase | Self::CaseWithVisit, Relation::Request { readable, .. }) => readable,
            (Self::GivenRequest, Relation::Request { given, .. }) => given,
            (Self::OwnOrganisation, Relation::Organisation { administered }) => administered,
            _ => false,
        }
    }

    /// As it stands in the table of the documentation.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Never => "–",
            Self::Always => "yes",
            Self::OwnCase => "own",
            Self::ReadableCase => "own, shared",
            Self::CaseWithVisit => "own, shared, with a visit request",
            Self::GivenRequest => "given requests",
            Self::OwnOrganisation => "own organisation",
        }
    }
}

/// Who asks, as the table tells them apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nobody has signed in.
    Nobody,
    /// A member who has signed in.
    Member(Roles),
    /// Whoever runs the program on the server itself, and may read and write the database anyway. It
    /// holds no key.
    Console,
}

/// Why something is denied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denial {
    /// Nobody has signed in.
    NotSignedIn,
    /// No role of theirs may do it.
    NotTheirRole,
    /// Their role may, but not with this one: for them it does not exist.
    OutOfReach,
}

/// Whether somebody may do something.
///
/// # Errors
/// Why not.
pub fn decide(standing: &Standing, action: Action, relation: Relation) -> Result<(), Denial> {
    let reaches: Vec<Reach> = match standing {
        Standing::Nobody => vec![action.reach_of_nobody()],
        Standing::Console => vec![action.reach_of_console()],
        Standing::Member(roles) => roles.iter().map(|role| action.reach(role)).collect(),
    };
    if reaches.iter().any(|reach| reach.covers(relation)) {
        return Ok(());
    }
    Err(match standing {
        Standing::Nobody => Denial::NotSignedIn,
        _ if reaches.iter().all(|reach| *reach == Reach::Never) => Denial::NotTheirRole,
        _ => Denial::OutOfReach,
    })
}

/// The table as Markdown, for the documentation; a test holds that against it.
#[must_use]
pub fn table() -> String {
    let mut table = String::from("| action | nobody |");
    for role in Role::ALL {
        let _ = write!(table, " {} |", role.as_str().replace('_', " "));
    }
    table.push_str(" console | token's scope |\n| --- | --- |");
    table.push_str(&" --- |".repeat(Role::ALL.len() + 2));
    for action in Action::ALL.iter().copied() {
        let proof = if action.needs_fresh_proof() { " *" } else { "" };
        let _ =
            write!(table, "\n| {}{proof} | {} |", action.as_str().replace('_', " "), action.reach_of_nobody().as_str());
        for role in Role::ALL.iter().copied() {
            let _ = write!(table, " {} |", action.reach(role).as_str());
        }
        let scope = action.scope().map_or("–", Scope::as_str);
        let _ = write!(table, " {} | {scope} |", action.reach_of_console().as_str());
    }
    table.push('\n');
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERY_CASE: [Relation; 8] = {
        let mut all = [Relation::General; 8];
        let mut bits = 0;
        while bits < 8 {
            all[bits] = Relation::Case { owned: bits & 1 == 1, shared: bits & 2 == 2, visit_requested: bits & 4 == 4 };
            bits += 1;
        }
        all
    };

    fn may(role: Role, action: Action, relation: Relation) -> bool {
        decide(&Standing::Member(Roles::new([role]).unwrap()), action, relation).is_ok()
    }

    #[test]
    fn whoever_never_sees_identities_reaches_no_case() {
        for role in [Role::Analyst, Role::Auditor, Role::Administrator] {
            assert!(!role.opens_sealed_data());
            for action in [Action::ViewCase, Action::ReadDocuments, Action::SearchNames, Action::ViewRequest] {
                assert!(EVERY_CASE.iter().all(|relation| !may(role, action, *relation)), "{role} {action}");
            }
        }
    }

    #[test]
    fn the_approver_sees_requests_and_nothing_else_of_a_case() {
        for action in Action::ALL.iter().copied() {
            let general = matches!(action.reach(Role::Approver), Reach::Always);
            assert!(general || EVERY_CASE.iter().all(|case| !may(Role::Approver, action, *case)), "{action}");
        }
        assert!(may(Role::Approver, Action::AnswerRequest, Relation::Request { given: true, readable: false }));
    }

    #[test]
    fn a_member_of_the_npm_sees_no_case_without_a_visit_request() {
        for case in EVERY_CASE {
            let Relation::Case { owned, shared, visit_requested } = case else { continue };
            assert_eq!(may(Role::NpmMember, Action::ViewCase, case), (owned || shared) && visit_requested);
        }
    }

    #[test]
    fn nobody_reaches_another_organisations_case() {
        let foreign = |visit_requested| Relation::Case { owned: false, shared: false, visit_requested };
        for action in Action::ALL.iter().copied() {
            for role in Role::ALL.iter().copied() {
                let reach = action.reach(role);
                if matches!(reach, Reach::OwnCase | Reach::ReadableCase | Reach::CaseWithVisit) {
                    assert!(!reach.covers(foreign(true)) && !reach.covers(foreign(false)), "{role} {action}");
                }
            }
        }
    }

    #[test]
    fn what_takes_data_or_keys_out_needs_fresh_proof_and_no_token_can_do_it() {
        for action in Action::ALL.iter().copied().filter(|action| action.needs_fresh_proof()) {
            assert_eq!(action.scope(), None, "{action}");
        }
    }
}
