//! Which organisations there are.

use actix_web::HttpResponse;
use askama::Template;

use crate::i18n::labels;
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;
use crate::web::pages::frame::Frame;
use crate::web::pages::show;

#[derive(Template)]
#[template(path = "administration/organisations.html")]
struct OrganisationsPage {
    frame: Frame,
    organisations: Vec<Line>,
}

struct Line {
    id: String,
    name: String,
    kind: String,
}

/// Shows the page.
///
/// # Errors
/// 401 where nobody has signed in.
pub async fn page(desk: Desk) -> Result<HttpResponse, Problem> {
    let (language, form_token) = (desk.language, desk.form_token());
    let page = desk
        .run(move |services, caller| {
            let all = services.organisations(caller)?.into_iter();
            let line = |one: crate::services::OrganisationRecord| Line {
                id: one.id.to_string(),
                kind: labels::label(language, "organisation-kind", one.kind.as_str()),
                name: one.name,
            };
            Ok(OrganisationsPage {
                organisations: all.map(line).collect(),
                frame: Frame::of(services, caller, language, form_token)?,
            })
        })
        .await?;
    show(&page, language)
}
