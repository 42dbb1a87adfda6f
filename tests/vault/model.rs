//! Who ought to be able to read what: the promises of docs/vault.md in a few plain sets.

use std::collections::BTreeSet;

use aiqyn::access::role::Role;
use aiqyn::domain::id::{ActorId, CaseId, EventId, OrganisationId};
use aiqyn::vault::SessionSecret;

/// An organisation by its place in the list.
pub type Org = usize;

pub struct Office {
    pub id: OrganisationId,
    pub recovery_key: String,
    /// What its members may be; the first is what they usually are.
    pub roles: &'static [Role],
}

pub struct Member {
    pub id: ActorId,
    pub login: &'static str,
    pub org: Org,
    pub role: Role,
    pub active: bool,
    /// Whether they hold the organisation's key.
    pub admitted: bool,
    pub codes: Vec<String>,
    pub session: Option<SessionSecret>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Visit {
    None,
    Requested(EventId),
    Approved,
}

pub struct CaseFile {
    pub id: CaseId,
    pub owner: Org,
    pub shared_with: BTreeSet<Org>,
    pub erased: bool,
    pub texts: Vec<Text>,
    pub visit: Visit,
    pub requests: Vec<EventId>,
    /// The notes in it, which can be corrected.
    pub notes: Vec<EventId>,
}

pub struct Text {
    pub text: String,
    /// The request whose text it is; none for one of the case.
    pub request: Option<EventId>,
    /// Who can open it now.
    pub readers: BTreeSet<Org>,
    /// Who could open it at any time, and may have kept the key.
    pub ever: BTreeSet<Org>,
}

impl CaseFile {
    pub fn new(id: CaseId, owner: Org) -> Self {
        Self {
            id,
            owner,
            shared_with: BTreeSet::new(),
            erased: false,
            texts: Vec::new(),
            visit: Visit::None,
            requests: Vec::new(),
            notes: Vec::new(),
        }
    }

    pub fn belongs_or_is_shared_with(&self, org: Org) -> bool {
        self.owner == org || self.shared_with.contains(&org)
    }

    /// A text is written: whoever may read the case may read it, and the Ombudsman's office where it is one of
    /// a request.
    pub fn is_told(&mut self, text: String, request: Option<EventId>, office: Org) {
        let mut readers = self.shared_with.clone();
        readers.insert(self.owner);
        if request.is_some() {
            readers.insert(office);
        }
        self.texts.push(Text { text, request, ever: readers.clone(), readers });
    }

    /// What was written before a share is readable after it.
    pub fn is_shared_with(&mut self, org: Org) {
        self.shared_with.insert(org);
        for text in &mut self.texts {
            text.readers.insert(org);
            text.ever.insert(org);
        }
    }

    pub fn is_no_longer_shared_with(&mut self, org: Org) {
        self.shared_with.remove(&org);
        for text in &mut self.texts {
            text.readers.remove(&org);
        }
    }

    pub fn is_erased(&mut self) {
        self.erased = true;
        for text in &mut self.texts {
            text.readers.clear();
        }
    }

    /// The texts that an organisation can open; those of one request, or all.
    pub fn readable_by(&self, org: Org, request: Option<EventId>) -> BTreeSet<String> {
        let wanted = |text: &&Text| text.readers.contains(&org) && (request.is_none() || text.request == request);
        self.texts.iter().filter(wanted).map(|text| text.text.clone()).collect()
    }
}

impl Member {
    /// Whether they may look at a case and add facts to it.
    pub fn may_view(&self, case: &CaseFile) -> bool {
        let readable = case.belongs_or_is_shared_with(self.org);
        match self.role {
            Role::Caseworker => readable,
            Role::IntakeOfficer => case.owner == self.org,
            Role::NpmMember => readable && !case.requests.is_empty(),
            _ => false,
        }
    }

    /// Whether they may look at a request in a case.
    pub fn may_view_request(&self, case: &CaseFile) -> bool {
        match self.role {
            Role::Caseworker | Role::NpmMember => case.belongs_or_is_shared_with(self.org),
            Role::Approver => true,
            _ => false,
        }
    }
}
