//! Filing a complaint that has been logged: the draft becomes a case, and the files that came with the form its
//! documents. A file that cannot be taken holds up neither the complaint nor the others.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::draft_id;
use super::review::refused;
use super::sections::{filing, missing};
use crate::domain::id::{CaseId, DraftId};
use crate::domain::time::PartialTime;
use crate::i18n::text;
use crate::services::{Caller, FileComplaint, Idempotency, ServiceError, Services, Written};
use crate::web::api::document_form::FilesOfForm;
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;
use crate::web::pages::form::{Sent, SentWithFiles};
use crate::web::pages::frame::{Asked, Frame};
use crate::web::pages::resume::keep;
use crate::web::pages::{go_to, is_of_the_form, show};

/// The field that says that files were chosen and could not be kept while somebody signed in again.
const LOST_FILES: &str = "lost_files";

#[derive(Template)]
#[template(path = "drafts/filed.html")]
struct FiledPage {
    frame: Frame,
    reference: String,
    refused: Vec<RefusedFile>,
}

/// A file that was not attached. Its name may tell who complains, so that it stands in a page and in no address.
struct RefusedFile {
    name: String,
    why: String,
}

/// Files it. The draft goes in the same moment; then come the files, one after the other.
///
/// # Errors
/// 404 where it is none of their drafts; what is wrong is shown.
pub async fn file(form: SentWithFiles, path: web::Path<String>) -> Result<HttpResponse, Problem> {
    let SentWithFiles { sent: Sent { desk, mut posted, request }, mut files } = form;
    let id = draft_id(&path, desk.language)?;
    let once = posted.once(&request);
    let key = once.clone();
    let filed = desk.run(move |services, caller| file_draft(services, caller, id, key)).await;
    let written = match filed {
        Ok(written) => written,
        Err(problem) if is_of_the_form(&problem) => return refused(&desk, id, &problem).await,
        Err(problem) => {
            if let Some(files) = &mut files
                && files.name().await?.is_some()
            {
                posted.set(LOST_FILES, "yes");
            }
            return keep(&desk, &request, &posted, problem);
        }
    };
    let refused = match files {
        Some(files) => attach(&desk, files, written.case, once).await,
        None => Vec::new(),
    };
    if refused.is_empty() {
        let done = if posted.has(LOST_FILES) { "filed-without-files" } else { "filed" };
        return Ok(go_to(format!("/cases/{}?done={done}", written.reference)));
    }
    let asked = Asked::of(&desk);
    let frame = desk.run(move |services, caller| asked.frame(services, caller)).await?;
    show(&FiledPage { frame, reference: written.reference.to_string(), refused }, desk.language)
}

fn file_draft(
    services: &Services,
    caller: &Caller,
    id: DraftId,
    idempotency: Option<Idempotency>,
) -> Result<Written, ServiceError> {
    let draft = match (services.own_draft(caller, id), &idempotency) {
        // It went when it was filed; a form that is sent again is told of its case.
        (Err(ServiceError::NotFound), Some(key)) => return services.filed_before(caller, key),
        (draft, _) => draft?,
    };
    if let Some(missing) = missing(&draft.typed) {
        return Err(ServiceError::Invalid(vec![missing]));
    }
    let now = PartialTime::minute(services.now()).to_string();
    let complaint = FileComplaint { idempotency, draft: Some(id), ..filing(&draft.typed, &now) };
    services.file_complaint(caller, &complaint)
}

/// Attaches the files of a form to the case. Returns those that could not be.
async fn attach(desk: &Desk, mut files: FilesOfForm, case: CaseId, once: Option<Idempotency>) -> Vec<RefusedFile> {
    let mut refused = Vec::new();
    let mut number = 0;
    loop {
        let name = match files.name().await {
            Ok(None) => return refused,
            Ok(Some(name)) => name,
            Err(problem) => break refuse_rest(desk, refused, &problem),
        };
        number += 1;
        if let Err(problem) = attach_one(desk, &mut files, case, once.clone(), number).await {
            refused.push(RefusedFile { name, why: problem.detail().to_owned() });
        }
        if let Err(problem) = files.pass_over().await {
            break refuse_rest(desk, refused, &problem);
        }
    }
}

/// What could not even be read any more has no names.
fn refuse_rest(desk: &Desk, mut refused: Vec<RefusedFile>, problem: &Problem) -> Vec<RefusedFile> {
    let name = text(desk.language, "filed-rest", &[]);
    refused.push(RefusedFile { name, why: problem.detail().to_owned() });
    refused
}

async fn attach_one(
    desk: &Desk,
    files: &mut FilesOfForm,
    case: CaseId,
    once: Option<Idempotency>,
    number: u32,
) -> Result<(), Problem> {
    let begun = desk.run(move |services, caller| match once {
        Some(form) => services.begin_document_once(caller, case, &form, number),
        None => services.begin_document(caller, crate::services::CaseName::Id(case)).map(Some),
    });
    let Some(upload) = begun.await? else { return Ok(()) };
    let upload = files.take(upload).await?;
    desk.run(move |services, caller| services.finish_document_once(caller, upload)).await
}
