//! The table of permissions: role × action × relation to the case. What is not in it is denied.

use std::fmt::Write;

use super::role::{Role, Roles};
use crate::domain::words;

/// How far a role may go with an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Not at all.
    Never,
    /// Always: the action is about no case.
    Always,
    /// Cases that belong to the member's organisation.
    OwnCase,
    /// Cases that belong to it or are shared with it.
    ReadableCase,
    /// The same, once a visit has been requested in them.
    CaseWithVisit,
    /// Visit requests that the member's organisation is given to answer.
    GivenRequest,
    /// Members and keys of the member's organisation; for an administrator of the first organisation, of all.
    OwnOrganisation,
}

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

words! {
    /// What an API token may be used for; a session of a browser may do all that its member may.
    Scope {
        /// Reading cases, lists and visits.
        Read = "read",
        /// Filing, recording, sharing.
        Write = "write",
        /// Statistics.
        Statistics = "statistics",
        /// Members and organisations.
        Administer = "administer",
        /// The audit log.
        Audit = "audit",
        /// Opening sealed texts; without it they come back empty.
        Sealed = "sealed",
    }
}

words! {
    /// Everything that can be asked of Aiqyn.
    Action {
        /// Asking whether the server is well, and for the description of the API.
        ReadPublic = "read_public",
        /// Signing in, and enrolling with an invitation.
        SignIn = "sign_in",
        /// One's own sessions, tokens and password.
        OwnAccount = "own_account",
        /// The code lists.
        ReadCodeLists = "read_code_lists",
        /// Which organisations there are.
        ListOrganisations = "list_organisations",
        /// Filing a complaint.
        FileComplaint = "file_complaint",
        /// Importing a list.
        ImportList = "import_list",
        /// The list of cases.
        ListCases = "list_cases",
        /// Looking at a case and its history.
        ViewCase = "view_case",
        /// A step of the investigation.
        RecordStep = "record_step",
        /// A fact.
        RecordFact = "record_fact",
        /// Asking for an urgent visit.
        RequestVisit = "request_visit",
        /// Recording the answer to a request in the case.
        RecordAnswer = "record_answer",
        /// Recording what became of a visit.
        RecordVisit = "record_visit",
        /// Correcting an event.
        CorrectEvent = "correct_event",
        /// The queue of urgent visits.
        ListVisits = "list_visits",
        /// Looking at a visit request.
        ViewRequest = "view_request",
        /// Approving or refusing a visit request.
        AnswerRequest = "answer_request",
        /// Searching by name.
        SearchNames = "search_names",
        /// Reading documents and their names.
        ReadDocuments = "read_documents",
        /// Adding a document.
        AddDocument = "add_document",
        /// Sharing a case, and ending a share.
        ShareCase = "share_case",
        /// Erasing a case.
        EraseCase = "erase_case",
        /// Delays and rates.
        ReadStatistics = "read_statistics",
        /// Taking codes and times of all readable cases out.
        Export = "export",
        /// Who the members are, and who waits for the organisation's key.
        ListMembers = "list_members",
        /// Members, their roles and invitations.
        ManageMembers = "manage_members",
        /// Adding organisations.
        ManageOrganisations = "manage_organisations",
        /// Giving a member the organisation's key.
        AdmitMember = "admit_member",
        /// Giving a member the organisation's key by the recovery key.
        Recover = "recover",
        /// A new key pair for the organisation.
        RotateKeys = "rotate_keys",
        /// Searching and proving the audit log, and making checkpoints.
        ReadAudit = "read_audit",
        /// Setting up, migrating, rebuilding, applying erasures.
        Maintain = "maintain",
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

impl Action {
    /// How far a role may go with it: the table.
    #[must_use]
    pub fn reach(self, role: Role) -> Reach {
        use Reach::{Always, CaseWithVisit, GivenRequest, Never, OwnCase, OwnOrganisation, ReadableCase};
        use Role::{Administrator, Analyst, Approver, Auditor, Caseworker, IntakeOfficer, NpmMember};
        match (self, role) {
            (Self::ReadPublic | Self::SignIn | Self::OwnAccount | Self::ReadCodeLists | Self::ListOrganisations, _) => {
                Always
            }
            (Self::FileComplaint, IntakeOfficer | Caseworker | NpmMember) => Always,
            (Self::ImportList, IntakeOfficer | Caseworker) => Always,
            (Self::ListCases, IntakeOfficer | Caseworker | NpmMember) => Always,
            (Self::ViewCase | Self::ReadDocuments | Self::AddDocument | Self::RecordFact, Caseworker) => ReadableCase,
            (Self::ViewCase | Self::ReadDocuments | Self::AddDocument | Self::RecordFact, IntakeOfficer) => OwnCase,
            (Self::ViewCase | Self::ReadDocuments | Self::AddDocument | Self::RecordFact, NpmMember) => CaseWithVisit,
            (Self::RecordStep | Self::CorrectEvent, Caseworker) => ReadableCase,
            (Self::RequestVisit, Caseworker | NpmMember) => ReadableCase,
            (Self::RecordAnswer | Self::RecordVisit, Caseworker) => ReadableCase,
            (Self::RecordAnswer | Self::RecordVisit | Self::CorrectEvent, NpmMember) => CaseWithVisit,
            (Self::ListVisits, Caseworker | NpmMember | Approver) => Always,
            (Self::ViewRequest, Caseworker) => ReadableCase,
            (Self::ViewRequest, NpmMember) => CaseWithVisit,
            (Self::ViewRequest | Self::AnswerRequest, Approver) => GivenRequest,
            (Self::SearchNames, IntakeOfficer | Caseworker) => Always,
            (Self::ShareCase | Self::EraseCase, Caseworker) => OwnCase,
            (Self::ReadStatistics, Caseworker | NpmMember | Analyst) => Always,
            (Self::Export, Caseworker) => Always,
            (Self::ListMembers, Administrator | Caseworker | NpmMember | Approver) => OwnOrganisation,
            (Self::ManageMembers | Self::Recover, Administrator) => OwnOrganisation,
            (Self::ManageOrganisations, Administrator) => OwnOrganisation,
            (Self::AdmitMember | Self::RotateKeys, Caseworker | NpmMember | Approver) => OwnOrganisation,
            (Self::ReadAudit, Auditor) => Always,
            _ => Never,
        }
    }

    /// How far somebody who has not signed in may go.
    #[must_use]
    pub fn reach_of_nobody(self) -> Reach {
        match self {
            Self::ReadPublic | Self::SignIn => Reach::Always,
            _ => Reach::Never,
        }
    }

    /// How far the console may go: all that needs no key and answers no request.
    #[must_use]
    pub fn reach_of_console(self) -> Reach {
        match self {
            Self::SignIn
            | Self::OwnAccount
            | Self::ViewCase
            | Self::RecordStep
            | Self::RecordFact
            | Self::RequestVisit
            | Self::RecordAnswer
            | Self::RecordVisit
            | Self::CorrectEvent
            | Self::ViewRequest
            | Self::AnswerRequest
            | Self::SearchNames
            | Self::ReadDocuments
            | Self::AddDocument
            | Self::ShareCase
            | Self::EraseCase
            | Self::AdmitMember
            | Self::RotateKeys => Reach::Never,
            _ => Reach::Always,
        }
    }

    /// Whether the password and a one-time code must have been given within the last minutes.
    #[must_use]
    pub fn needs_fresh_proof(self) -> bool {
        matches!(self, Self::Export | Self::AdmitMember | Self::Recover | Self::RotateKeys | Self::EraseCase)
    }

    /// The scope that an API token needs for it; none where tokens cannot do it at all.
    #[must_use]
    pub fn scope(self) -> Option<Scope> {
        match self {
            Self::ReadPublic | Self::ReadCodeLists | Self::ListOrganisations => Some(Scope::Read),
            Self::ListCases | Self::ViewCase | Self::ListVisits | Self::ViewRequest | Self::ReadDocuments => {
                Some(Scope::Read)
            }
            Self::SearchNames => Some(Scope::Sealed),
            Self::FileComplaint
            | Self::ImportList
            | Self::RecordStep
            | Self::RecordFact
            | Self::RequestVisit
            | Self::RecordAnswer
            | Self::RecordVisit
            | Self::CorrectEvent
            | Self::AnswerRequest
            | Self::AddDocument
            | Self::ShareCase => Some(Scope::Write),
            Self::ReadStatistics => Some(Scope::Statistics),
            Self::ListMembers | Self::ManageMembers | Self::ManageOrganisations => Some(Scope::Administer),
            Self::ReadAudit => Some(Scope::Audit),
            Self::SignIn
            | Self::OwnAccount
            | Self::EraseCase
            | Self::Export
            | Self::AdmitMember
            | Self::Recover
            | Self::RotateKeys
            | Self::Maintain => None,
        }
    }
}

/// Of which cases a role sees lists, figures and exports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// All of the installation: figures alone.
    All,
    /// Those that their organisation owns or shares.
    Readable,
    /// Of those, the ones in which a visit has been requested.
    WithVisit,
}

impl Action {
    /// Of which cases somebody with these roles sees a list, a figure or an export. Analysts see figures of
    /// all cases; approvers see the queue of all requests, which are given to them.
    #[must_use]
    pub fn sight(self, roles: &Roles) -> Sight {
        let sees = |role: Role| match (self, role) {
            (Self::ReadStatistics, Role::Analyst) | (Self::ListVisits, Role::Approver) => Some(Sight::All),
            (_, Role::NpmMember) => Some(Sight::WithVisit),
            (_, Role::IntakeOfficer | Role::Caseworker) => Some(Sight::Readable),
            _ => None,
        };
        let seen: Vec<Sight> = roles.iter().filter(|role| self.reach(*role) != Reach::Never).filter_map(sees).collect();
        [Sight::All, Sight::Readable].into_iter().find(|sight| seen.contains(sight)).unwrap_or(Sight::WithVisit)
    }
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
