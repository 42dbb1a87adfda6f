//! A document as it comes over HTTP: `multipart/form-data` (RFC 7578), handed on piece by piece. Never
//! is more than a piece of it in memory, and no thread waits for a slow client.

use std::time::Duration;

use actix_multipart::{Field, Multipart};
use actix_web::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use actix_web::rt::time::timeout;
use actix_web::{HttpRequest, web};
use futures_util::StreamExt;

use super::problem::Problem;
use crate::domain::field::{FieldError, FieldProblem};
use crate::i18n::Language;
use crate::services::{CaseName, DocumentUpload, Metadata, ServiceError};
use crate::web::desk::Desk;

/// How much is gathered before it is sealed and written.
const PIECE: usize = 256 * 1024;

/// For how long nothing may come.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the frame of the form may add to the file.
const FRAME: u64 = 64 * 1024;

/// The longest form token, in bytes; ours are shorter.
const LONGEST_TOKEN: usize = 256;

const YES_OR_NO: &[&str] = &["yes", "no"];

/// The form of a document.
#[derive(utoipa::ToSchema)]
#[allow(dead_code, reason = "describes the form in the OpenAPI document")]
pub struct DocumentForm {
    /// `yes`: strip the metadata of a JPEG, PNG or WebP picture, and refuse every other file that may have
    /// any. `no` unless told. It must come before the file.
    #[schema(inline, default = "no")]
    strip_metadata: Option<String>,
    /// The file, with its name.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Reads a form and hands the file in it on to an upload, which is then to be finished.
///
/// # Errors
/// 400 for no form; 408 where nothing comes for a minute; 413 for a file that is too large; 415 for another
/// media type; 422 for a field that is missing, unknown, wrong or given twice; those of the upload.
pub async fn receive(
    request: &HttpRequest,
    payload: web::Payload,
    upload: DocumentUpload,
    language: Language,
) -> Result<DocumentUpload, Problem> {
    check_head(request, upload.limit(), language)?;
    receive_rest(Multipart::new(request.headers(), payload), upload, language).await
}

/// The same for the form of a page, whose first field is the form token of the session: until it has been read,
/// nothing is begun. Returns the desk with that token.
///
/// # Errors
/// As [`receive`]; 401 and 403 as for every form.
pub async fn receive_from_page(
    desk: Desk,
    request: &HttpRequest,
    payload: web::Payload,
    case: CaseName,
) -> Result<(Desk, DocumentUpload), Problem> {
    let language = desk.language;
    if let Err(wrong) = check_head(request, u64::MAX, language) {
        // Whoever may not is told that first, whatever they sent.
        desk.run(move |services, caller| services.begin_document(caller, case).map(drop)).await?;
        return Err(wrong);
    }
    let mut form = Multipart::new(request.headers(), payload);
    let token = match next(&mut form, language).await? {
        Some(mut field) if field.name() == Some("csrf") => Some(short_text(&mut field, language).await?),
        _ => None,
    };
    let desk = desk.with_form_token(token);
    let upload = desk.run(move |services, caller| services.begin_document(caller, case)).await?;
    check_head(request, upload.limit(), language)?;
    let upload = receive_rest(form, upload, language).await?;
    Ok((desk, upload))
}

async fn short_text(field: &mut Field, language: Language) -> Result<String, Problem> {
    let malformed = || Problem::new("malformed", 400, language);
    let read = timeout(PATIENCE, field.bytes(LONGEST_TOKEN)).await;
    let bytes = read.map_err(|_| Problem::new("timed_out", 408, language))?.map_err(|_| malformed())?;
    String::from_utf8(bytes.map_err(|_| malformed())?.to_vec()).map_err(|_| malformed())
}

async fn receive_rest(
    mut form: Multipart,
    mut upload: DocumentUpload,
    language: Language,
) -> Result<DocumentUpload, Problem> {
    let mut metadata = None;
    while let Some(mut field) = next(&mut form, language).await? {
        match field.name().unwrap_or_default() {
            "strip_metadata" if metadata.is_some() => {
                return Err(wrong("strip_metadata", FieldProblem::NotSingle, language));
            }
            "strip_metadata" => metadata = Some(yes_or_no(&mut field, language).await?),
            "file" => {
                upload.describe(&name_of(&field), metadata.unwrap_or(Metadata::Keep));
                let upload = take(field, upload, language).await?;
                // A wish that comes behind the file comes too late, and must not be passed over in silence.
                return match next(&mut form, language).await? {
                    None => Ok(upload),
                    Some(field) if field.name() == Some("file") => {
                        Err(wrong("file", FieldProblem::NotSingle, language))
                    }
                    Some(_) => Err(Problem::new("malformed", 400, language)),
                };
            }
            other => return Err(wrong(other, FieldProblem::Unknown, language)),
        }
    }
    Err(wrong("file", FieldProblem::Missing, language))
}

/// What the client calls the file: `filename*` before `filename` (RFC 6266, 4.3).
fn name_of(field: &Field) -> String {
    let disposition = field.content_disposition();
    let extended = disposition.and_then(|disposition| disposition.get_filename_ext());
    let extended = extended.and_then(|name| String::from_utf8(name.value.clone()).ok());
    let plain = || disposition.and_then(|disposition| disposition.get_filename()).unwrap_or_default().to_owned();
    extended.unwrap_or_else(plain)
}

/// Refuses at once what its headers tell.
fn check_head(request: &HttpRequest, largest: u64, language: Language) -> Result<(), Problem> {
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = header(CONTENT_TYPE).split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("multipart/form-data") {
        return Err(Problem::new("unsupported_media_type", 415, language));
    }
    match header(CONTENT_LENGTH).parse::<u64>() {
        Ok(length) if length > largest.saturating_add(FRAME) => {
            Err(Problem::of(ServiceError::TooLarge { limit: largest }, language))
        }
        _ => Ok(()),
    }
}

async fn next(form: &mut Multipart, language: Language) -> Result<Option<Field>, Problem> {
    match timeout(PATIENCE, form.next()).await {
        Ok(field) => field.transpose().map_err(|_| Problem::new("malformed", 400, language)),
        Err(_) => Err(Problem::new("timed_out", 408, language)),
    }
}

async fn yes_or_no(field: &mut Field, language: Language) -> Result<Metadata, Problem> {
    let malformed = || Problem::new("malformed", 400, language);
    let unknown = || wrong("strip_metadata", FieldProblem::NotOneOf { options: YES_OR_NO }, language);
    let read = timeout(PATIENCE, field.bytes(16)).await.map_err(|_| Problem::new("timed_out", 408, language))?;
    match &*read.map_err(|_| unknown())?.map_err(|_| malformed())? {
        b"yes" => Ok(Metadata::Strip),
        b"no" | b"" => Ok(Metadata::Keep),
        _ => Err(unknown()),
    }
}

/// Takes the file.
async fn take(mut field: Field, mut upload: DocumentUpload, language: Language) -> Result<DocumentUpload, Problem> {
    let mut piece = Vec::with_capacity(PIECE);
    loop {
        let bytes = match timeout(PATIENCE, field.next()).await {
            Ok(bytes) => bytes.transpose().map_err(|_| Problem::new("malformed", 400, language))?,
            Err(_) => return Err(Problem::new("timed_out", 408, language)),
        };
        let is_last = bytes.is_none();
        piece.extend_from_slice(&bytes.unwrap_or_default());
        if piece.len() >= PIECE || is_last {
            (upload, piece) = blocking(language, move || {
                upload.write(&piece)?;
                piece.clear();
                Ok((upload, piece))
            })
            .await?;
        }
        if is_last {
            return Ok(upload);
        }
    }
}

fn wrong(field: &str, problem: FieldProblem, language: Language) -> Problem {
    Problem::invalid(&[FieldError { field: field.to_owned(), problem }], language)
}

/// Works off the threads that serve connections.
async fn blocking<T: Send + 'static>(
    language: Language,
    work: impl FnOnce() -> Result<T, ServiceError> + Send + 'static,
) -> Result<T, Problem> {
    match web::block(work).await {
        Ok(result) => result.map_err(|error| Problem::of(error, language)),
        Err(_) => {
            tracing::error!("a use case panicked");
            Err(Problem::internal(language))
        }
    }
}
