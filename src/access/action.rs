//! Everything that can be asked of Aiqyn, and how far each role may go with it: the table itself.

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
        /// Filing a complaint and asking for an urgent visit in it at once.
        FileWithVisit = "file_with_visit",
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
        /// The figures: delays, endings, visits, indicators.
        ReadStatistics = "read_statistics",
        /// Making a report that leaves the system: figures with small numbers withheld.
        MakeReport = "make_report",
        /// Taking codes and times of all readable cases out.
        Export = "export",
        /// Who the members are, and who waits for the organisation's key.
        ListMembers = "list_members",
        /// The code lists and deadlines.
        ManageLists = "manage_lists",
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
            (Self::FileWithVisit, Caseworker | NpmMember) => Always,
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
            (Self::ReadStatistics | Self::MakeReport, Caseworker | NpmMember | Analyst) => Always,
            (Self::Export, Caseworker) => Always,
            (Self::ListMembers, Administrator | Caseworker | NpmMember | Approver) => OwnOrganisation,
            (Self::ManageLists, Administrator) => Always,
            (Self::ManageMembers | Self::Recover, Administrator) => OwnOrganisation,
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
        matches!(
            self,
            Self::Export | Self::ManageMembers | Self::AdmitMember | Self::Recover | Self::RotateKeys | Self::EraseCase
        )
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
            | Self::FileWithVisit
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
            Self::ReadStatistics | Self::MakeReport => Some(Scope::Statistics),
            Self::ListMembers => Some(Scope::Administer),
            Self::ReadAudit => Some(Scope::Audit),
            Self::SignIn
            | Self::OwnAccount
            | Self::ManageLists
            | Self::ManageMembers
            | Self::ManageOrganisations
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
            (Self::ReadStatistics | Self::MakeReport, Role::Analyst) | (Self::ListVisits, Role::Approver) => {
                Some(Sight::All)
            }
            (_, Role::NpmMember) => Some(Sight::WithVisit),
            (_, Role::IntakeOfficer | Role::Caseworker) => Some(Sight::Readable),
            _ => None,
        };
        let seen: Vec<Sight> = roles.iter().filter(|role| self.reach(*role) != Reach::Never).filter_map(sees).collect();
        [Sight::All, Sight::Readable].into_iter().find(|sight| seen.contains(sight)).unwrap_or(Sight::WithVisit)
    }
}
