//! Every page by who meets it: what the accessibility tests walk through and what screenshots are made of.
//! A new page is one line.

use aiqyn::access::role::Role;

/// Who looks at a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// Anybody, who has not signed in.
    Anybody,
    /// A member of the first organisation in this role.
    Our(Role),
    /// The approver of the Ombudsman's office.
    Ombudsman,
}

use Role::{Administrator, Analyst, Auditor, Caseworker, IntakeOfficer, NpmMember};
use Who::{Anybody, Ombudsman, Our};

/// The pages. In a path, `{case}` is a case in which much has happened, `{new}` one that was just filed,
/// and `{visit}` a visit request that waits for its answer.
pub const PAGES: &[(Who, &str)] = &[
    (Anybody, "/sign-in"),
    (Anybody, "/sign-in?ended=1"),
    (Anybody, "/enrolment"),
    (Anybody, "/nowhere"),
    (Our(IntakeOfficer), "/"),
    (Our(Caseworker), "/"),
    (Our(NpmMember), "/"),
    (Our(Analyst), "/"),
    (Our(Auditor), "/"),
    (Our(Administrator), "/"),
    (Ombudsman, "/"),
    (Our(Caseworker), "/account"),
];

impl Who {
    /// The name of a file for what they see.
    pub fn as_str(self) -> &'static str {
        match self {
            Anybody => "anybody",
            Our(role) => role.as_str(),
            Ombudsman => "ombudsman",
        }
    }

    /// Everybody, each once.
    pub fn all() -> Vec<Self> {
        let mut all: Vec<Self> = PAGES.iter().map(|(who, _)| *who).collect();
        all.sort();
        all.dedup();
        all
    }
}
