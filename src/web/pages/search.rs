//! The search box: a case by its reference, or cases by a person's name. The name comes in the body of the request:
//! addresses end up in logs and histories.

use actix_web::HttpResponse;
use askama::Template;

use super::form::Sent;
use super::frame::{Asked, Frame};
use super::resume::keep;
use super::{go_to, show};
use crate::domain::id::Reference;
use crate::services::{NameHits, ServiceError};
use crate::web::api::problem::Problem;

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    frame: Frame,
    found: NameHits,
    /// Why nothing could be looked for.
    fault: Option<String>,
}

/// Looks for what was typed.
///
/// # Errors
/// 401 and 403 as for every form.
pub async fn search(sent: Sent) -> Result<HttpResponse, Problem> {
    let Sent { desk, posted, request } = sent;
    let sought = posted.first("sought").trim().to_owned();
    if let Ok(reference) = sought.parse::<Reference>() {
        return Ok(go_to(format!("/cases/{reference}")));
    }
    let asked = Asked::of(&desk);
    let nothing = NameHits { hits: Vec::new(), more: false, index_is_behind: false };
    let language = desk.language;
    let searched = desk
        .run(move |services, caller| {
            let (found, fault) = match services.search_names(caller, &sought) {
                Ok(found) => (found, None),
                Err(ServiceError::Invalid(_)) => (nothing, Some("search-no-name")),
                Err(ServiceError::NoKey) => (nothing, Some("search-no-key")),
                Err(other) => return Err(other),
            };
            let frame = Frame { here: "/", ..asked.frame(services, caller)? };
            let fault = fault.map(|key| frame.say(key));
            Ok(SearchPage { frame, found, fault })
        })
        .await;
    match searched {
        Ok(page) => show(&page, language),
        Err(problem) => keep(&desk, &request, &posted, problem),
    }
}
