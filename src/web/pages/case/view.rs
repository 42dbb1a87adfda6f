//! The page of a case. Sealed texts stay closed until somebody says what for they open them.

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::name;
use super::shown::{Actions, Documents, Facts, Sharing, Track, WaitLine};
use crate::access::permission::Action;
use crate::audit::Purpose;
use crate::i18n::{labels, text};
use crate::services::{Caller, CaseName, ServiceError, Services, Texts};
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;
use crate::web::pages::frame::Frame;
use crate::web::pages::naming::Naming;
use crate::web::pages::page as show_page;
use crate::web::pages::telling::{Told, tell};

/// For which purposes a case is opened from its page.
const PURPOSES: &[Purpose] = &[Purpose::Handling, Purpose::UrgentVisit, Purpose::LegalProceedings, Purpose::Review];

#[derive(Template)]
#[template(path = "case/case.html")]
struct CasePage {
    frame: Frame,
    reference: String,
    stage: String,
    investigation: String,
    visit: String,
    /// By which clock its times are told.
    zone: String,
    waits: Vec<WaitLine>,
    actions: Actions,
    complaint: Option<Told>,
    investigation_track: Track,
    visit_track: Track,
    facts: Facts,
    documents: Option<Documents>,
    sharing: Option<Sharing>,
    texts: Texts,
    purposes: Vec<(&'static str, String)>,
    may_open: bool,
    may_correct: bool,
    /// Whether the complainant can be written to.
    has_receipt: bool,
}

/// For what sealed texts are to be opened; closed where nothing is said.
#[derive(Deserialize)]
pub struct Opening {
    purpose: Option<String>,
}

/// Shows the page.
///
/// # Errors
/// 404 where there is no such case, or it may not be seen.
pub async fn page(desk: Desk, path: web::Path<String>, opening: web::Query<Opening>) -> Result<HttpResponse, Problem> {
    let case = name(&path, desk.language)?;
    let purpose = opening.purpose.as_deref().and_then(Purpose::named);
    let desk = if purpose.is_some() { desk.writing() } else { desk };
    show_page(&desk, move |services, caller, frame| CasePage::of(services, caller, frame, case, purpose)).await
}

impl CasePage {
    fn of(
        services: &Services,
        caller: &Caller,
        frame: Frame,
        case: CaseName,
        purpose: Option<Purpose>,
    ) -> Result<Self, ServiceError> {
        let language = frame.language;
        let naming = Naming::of(services, language)?;
        let reader = match purpose {
            Some(purpose) => caller.clone().with_purpose(purpose),
            None => caller.leaving_texts_closed(),
        };
        let (view, documents) = services.view_case_with_documents(&reader, case)?;
        let zone = view.case.zone();
        let position = view.case.position();
        let escalations = services.escalations(caller)?;
        let documents = documents.map(|documents| Documents::of(caller, &naming, &view, &documents));
        let purposes =
            PURPOSES.iter().map(|purpose| (purpose.as_str(), labels::label(language, "purpose", purpose.as_str())));
        Ok(Self {
            reference: view.record.reference.to_string(),
            stage: labels::of(language, position.stage()),
            investigation: labels::of(language, position.investigation),
            visit: labels::of(language, position.visit),
            zone: text(language, "account-zone", &[("zone", zone.name().into())]),
            waits: view.waits.iter().map(|wait| WaitLine::of(&naming, &escalations, &view, wait)).collect(),
            has_receipt: view.has_receipt,
            actions: Actions::of(language, &view.offered(caller)),
            complaint: view.complaint.as_ref().map(|complaint| tell(&naming, complaint, zone)),
            investigation_track: Track::of_investigation(&naming, &view),
            visit_track: Track::of_visits(&naming, &view),
            facts: Facts::of(&naming, &view),
            sharing: Sharing::of(services, caller, &view)?,
            documents,
            texts: view.texts,
            may_open: caller.vault().is_some() && view.texts == Texts::Sealed,
            purposes: purposes.collect(),
            may_correct: view.lets(caller, Action::CorrectEvent),
            frame,
        })
    }

    /// Why the texts are closed, where nobody can open them here.
    fn closed(&self) -> Option<String> {
        match self.texts {
            Texts::Erased => Some(self.frame.say("case-erased")),
            Texts::Sealed if !self.may_open => Some(self.frame.say("case-no-key")),
            Texts::Sealed | Texts::Opened => None,
        }
    }

    fn is_opened(&self) -> bool {
        self.texts == Texts::Opened
    }
}
