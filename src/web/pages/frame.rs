//! What stands around every page: the way to one's work, the search, the languages, who has signed in, the way out.

use super::done;
use crate::access::permission::{Action, Relation, decide};
use crate::access::role::Role;
use crate::i18n::{Language, labels, text};
use crate::services::{Caller, OwnAccount, ServiceError, Services, SessionKind};
use crate::web::desk::Desk;

/// The frame of one page.
pub struct Frame {
    pub language: Language,
    pub who: Option<Who>,
    /// Where the links of the languages lead: nowhere else, or to the first page.
    pub here: &'static str,
    /// What the links of the languages keep of the page's query, with `&` behind it; mostly nothing.
    pub kept: String,
    /// What has just been done.
    pub done: Option<String>,
}

/// Who has signed in, the token that their forms carry, and the way to their work.
pub struct Who {
    pub account: OwnAccount,
    pub form_token: String,
    pub ways: Vec<Way>,
    /// What they may look a case up by: the key of its words.
    pub search: Option<&'static str>,
}

/// A way to a kind of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    pub path: &'static str,
    /// The key of its words.
    pub words: &'static str,
    /// What must be permitted.
    action: Action,
    /// Whose first work it is.
    first_of: &'static [Role],
}

const fn way(path: &'static str, words: &'static str, action: Action, first_of: &'static [Role]) -> Way {
    Way { path, words, action, first_of }
}

const WAYS: &[Way] = &[
    way("/drafts", "way-log", Action::FileComplaint, &[Role::IntakeOfficer]),
    way("/cases", "way-cases", Action::ListCases, &[Role::Caseworker]),
    way("/visits", "way-visits", Action::ListVisits, &[Role::NpmMember, Role::Approver]),
    way("/statistics", "way-statistics", Action::ReadStatistics, &[Role::Analyst]),
    way("/audit", "way-audit", Action::ReadAudit, &[Role::Auditor]),
    way("/members", "way-members", Action::ListMembers, &[Role::Administrator]),
    way("/lists", "way-lists", Action::ManageLists, &[]),
    way("/deadlines", "way-deadlines", Action::ManageLists, &[]),
];

/// What a page knows of the request that asked for it.
#[derive(Clone)]
pub struct Asked {
    pub language: Language,
    form_token: Option<String>,
    done: Option<String>,
}

impl Asked {
    /// What a desk knows.
    pub fn of(desk: &Desk) -> Self {
        let done = desk.done.as_deref().and_then(|word| done::words(desk.language, word));
        Self { language: desk.language, form_token: desk.form_token(), done }
    }

    /// The frame around a page of whoever has signed in.
    pub fn frame(self, services: &Services, caller: &Caller) -> Result<Frame, ServiceError> {
        let frame = Frame::of(services, caller, self.language, self.form_token)?;
        Ok(Frame { done: self.done, ..frame })
    }
}

impl Frame {
    /// Around a page that anybody may see.
    pub fn for_anybody(language: Language) -> Self {
        Self { language, who: None, here: "", kept: String::new(), done: None }
    }

    /// Around a page of whoever has signed in. Programs with a token see no way out.
    pub fn of(
        services: &Services,
        caller: &Caller,
        language: Language,
        form_token: Option<String>,
    ) -> Result<Self, ServiceError> {
        let is_token = caller.session().is_some_and(|session| session.kind == SessionKind::Token);
        let who = if is_token {
            None
        } else {
            let account = services.own_account(caller)?;
            Some(Who {
                ways: ways(caller, &account),
                search: search(caller),
                account,
                form_token: form_token.unwrap_or_default(),
            })
        };
        Ok(Self { who, ..Self::for_anybody(language) })
    }

    /// The same, where the links of the languages ask again for what was asked for.
    pub fn keeping(self, asked: &[(String, String)]) -> Self {
        let query = query_of(asked);
        Self { kept: if query.is_empty() { query } else { format!("{query}&") }, ..self }
    }

    pub fn say(&self, key: &str) -> String {
        text(self.language, key, &[])
    }

    /// The token for a form of this page.
    pub fn token(&self) -> &str {
        self.who.as_ref().map_or("", |who| &who.form_token)
    }

    pub fn languages(&self) -> &'static [Language] {
        Language::ALL
    }

    pub fn is_chosen(&self, language: &Language) -> bool {
        self.language == *language
    }

    /// The roles of whoever has signed in, with commas between them.
    pub fn roles(&self) -> String {
        let roles = self.who.iter().flat_map(|who| who.account.roles.iter());
        roles.map(|role| labels::label(self.language, "role", role.as_str())).collect::<Vec<_>>().join(", ")
    }
}

/// The query that asks again for what was asked for. Names and values come from an address and are fit for one only
/// when encoded again.
pub fn query_of(asked: &[(String, String)]) -> String {
    let is_of_one_answer = |name: &str| ["language", "done"].contains(&name);
    let pairs = asked.iter().filter(|(name, value)| !value.is_empty() && !is_of_one_answer(name));
    serde_urlencoded::to_string(pairs.collect::<Vec<_>>()).unwrap_or_default()
}

fn search(caller: &Caller) -> Option<&'static str> {
    let may = |action| decide(caller.standing(), action, Relation::General).is_ok();
    match (may(Action::SearchNames), may(Action::ListCases)) {
        (true, _) => Some("page-search-label"),
        (false, true) => Some("page-search-reference"),
        (false, false) => None,
    }
}

/// The ways that somebody may go, those of their own work first.
fn ways(caller: &Caller, account: &OwnAccount) -> Vec<Way> {
    let own_organisation = Relation::Organisation { administered: true };
    let may = |way: &&Way| {
        let decided = |relation| decide(caller.standing(), way.action, relation).is_ok();
        decided(Relation::General) || decided(own_organisation)
    };
    let mut ways: Vec<Way> = WAYS.iter().filter(may).copied().collect();
    ways.sort_by_key(|way| !account.roles.iter().any(|role| way.first_of.contains(&role)));
    ways
}
