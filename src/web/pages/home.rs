//! The first page: the figures for whoever may read them, and for all others their own account.

use actix_web::{HttpResponse, web};

use super::account::AccountPage;
use super::frame::Frame;
use super::show;
use super::statistics::Overview;
use crate::access::permission::{Action, Relation, decide};
use crate::services::SessionKind;
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;
use crate::web::language::Choice;

enum First {
    Figures(Box<Overview>),
    Account(Box<AccountPage>),
}

/// Shows the page. That the choice of a language can be read is all that is asked of it here.
///
/// # Errors
/// 401 where nobody has signed in.
pub async fn page(desk: Desk, _: web::Query<Choice>) -> Result<HttpResponse, Problem> {
    let (language, form_token) = (desk.language, desk.form_token());
    let first = desk
        .run(move |services, caller| {
            let frame = Frame::of(services, caller, language, form_token)?;
            let reads_figures = decide(caller.standing(), Action::ReadStatistics, Relation::General).is_ok();
            let is_token = caller.session().is_some_and(|session| session.kind == SessionKind::Token);
            if reads_figures || is_token {
                Ok(First::Figures(Box::new(Overview::of(services, caller, frame)?)))
            } else {
                Ok(First::Account(Box::new(AccountPage::of(services, caller, frame)?)))
            }
        })
        .await?;
    match first {
        First::Figures(page) => show(&*page, language),
        First::Account(page) => show(&*page, language),
    }
}
