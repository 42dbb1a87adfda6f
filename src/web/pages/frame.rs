//! What stands around every page: the languages, who has signed in, the way out.

use crate::i18n::{Language, labels, text};
use crate::services::{Caller, OwnAccount, ServiceError, Services, SessionKind};

/// The frame of one page.
pub struct Frame {
    pub language: Language,
    pub who: Option<Who>,
    /// Where the links of the languages lead: nowhere else, or to the first page.
    pub here: &'static str,
}

/// Who has signed in, and the token that their forms carry.
pub struct Who {
    pub account: OwnAccount,
    pub form_token: String,
}

impl Frame {
    /// Around a page that anybody may see.
    pub fn for_anybody(language: Language) -> Self {
        Self { language, who: None, here: "" }
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
            Some(Who { account: services.own_account(caller)?, form_token: form_token.unwrap_or_default() })
        };
        Ok(Self { language, who, here: "" })
    }

    pub fn say(&self, key: &str) -> String {
        text(self.language, key, &[])
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
