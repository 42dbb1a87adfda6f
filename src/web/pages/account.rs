//! One's own account: who one is here, what one's roles are there for, and one's own sessions.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::DateTime;
use serde::Deserialize;

use super::form::FormToken;
use super::frame::Frame;
use super::{go_to, show};
use crate::access::role::Role;
use crate::domain::id::SessionId;
use crate::domain::time::PartialTime;
use crate::domain::zone::Zone;
use crate::i18n::{self, Language, labels, text};
use crate::services::{Caller, OwnAccount, ServiceError, Services, SessionRecord};
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;

#[derive(Template)]
#[template(path = "account.html")]
pub(super) struct AccountPage {
    frame: Frame,
    account: OwnAccount,
    form_token: String,
    tasks: Vec<(String, String)>,
    sessions: Vec<SessionLine>,
    /// By which clock their times are told.
    zone: String,
}

struct SessionLine {
    id: String,
    /// What it is, and the name of a token.
    what: String,
    /// Since when, when it was last used, and when it ends at the latest.
    times: String,
    is_this: bool,
}

/// Which session to end.
#[derive(Deserialize)]
pub struct Chosen {
    csrf: Option<String>,
    session: String,
}

impl AccountPage {
    pub(super) fn of(services: &Services, caller: &Caller, frame: Frame) -> Result<Self, ServiceError> {
        let language = frame.language;
        let account = services.own_account(caller)?;
        let task = |role: Role| {
            let label = |family| labels::label(language, family, role.as_str());
            (label("role"), label("role-task"))
        };
        let own = caller.session().map(|session| session.id);
        let sessions = services.own_sessions(caller)?;
        Ok(Self {
            tasks: account.roles.iter().map(task).collect(),
            sessions: sessions.into_iter().map(|session| SessionLine::of(session, own, language)).collect(),
            form_token: frame.who.as_ref().map(|who| who.form_token.clone()).unwrap_or_default(),
            zone: text(language, "account-zone", &[("zone", Zone::default().name().into())]),
            frame,
            account,
        })
    }
}

impl SessionLine {
    fn of(session: SessionRecord, own: Option<SessionId>, language: Language) -> Self {
        let time = |micros: i64| {
            let instant = DateTime::from_timestamp_micros(micros).unwrap_or_default();
            i18n::time(language, PartialTime::minute(instant), Zone::default())
        };
        let kind = labels::label(language, "session-kind", session.kind.as_str());
        let times = [
            ("since", time(session.created_at).into()),
            ("seen", time(session.seen_at).into()),
            ("until", time(session.expires_at).into()),
        ];
        Self {
            id: session.id.to_string(),
            what: session.name.map_or_else(|| kind.clone(), |name| format!("{kind}: {name}")),
            times: text(language, "account-times", &times),
            is_this: own == Some(session.id),
        }
    }
}

/// Shows the page.
///
/// # Errors
/// 401 where nobody has signed in.
pub async fn page(desk: Desk) -> Result<HttpResponse, Problem> {
    let (language, form_token) = (desk.language, desk.form_token());
    let page = desk
        .run(move |services, caller| {
            AccountPage::of(services, caller, Frame::of(services, caller, language, form_token)?)
        })
        .await?;
    show(&page, language)
}

/// Ends one of one's own sessions, or revokes a token.
///
/// # Errors
/// 404 where it is none of theirs, 401 and 403 as for every form.
pub async fn end_session(desk: Desk, form: web::Form<Chosen>) -> Result<HttpResponse, Problem> {
    let Chosen { csrf, session } = form.into_inner();
    let id: SessionId = session.parse().map_err(|_| Problem::new("not_found", 404, desk.language))?;
    desk.with_form_token(csrf).run(move |services, caller| services.end_session(caller, id)).await?;
    Ok(go_to("/account"))
}

/// Ends all but the session that was asked with.
///
/// # Errors
/// 401 and 403 as for every form.
pub async fn end_others(desk: Desk, form: web::Form<FormToken>) -> Result<HttpResponse, Problem> {
    desk.with_form_token(form.into_inner().csrf).run(Services::end_other_sessions).await?;
    Ok(go_to("/account"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::SessionKind;

    #[test]
    fn every_role_and_every_kind_of_session_has_its_words_in_every_language() {
        let roles = Role::ALL.iter().flat_map(|role| [("role", role.as_str()), ("role-task", role.as_str())]);
        let kinds = SessionKind::ALL.iter().map(|kind| ("session-kind", kind.as_str()));
        for (family, word) in roles.chain(kinds) {
            for language in Language::ALL {
                assert_ne!(labels::label(*language, family, word), word, "{family} {word} in {language:?}");
            }
        }
    }
}
