//! A document as it comes over HTTP: `multipart/form-data` (RFC 7578), handed on piece by piece. Never
//! is more than a piece of it in memory, and no thread waits for a slow client.

use std::time::Duration;

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use actix_web::rt::time::timeout;
use actix_web::{HttpRequest, web};
use futures_util::stream::Fuse;
use futures_util::{Stream, StreamExt};

use super::problem::Problem;
use crate::domain::field::{FieldError, FieldProblem};
use crate::i18n::Language;
use crate::services::{CaseName, DocumentUpload, LARGEST_PUBLIC_DOCUMENT, Metadata, ReceiptUpload, ServiceError};
use crate::vault::Receipt;
use crate::web::desk::Desk;

/// How much is gathered before it is sealed and written.
const PIECE: usize = 256 * 1024;

/// For how long nothing may come.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the frame of the form may add to the file.
const FRAME: u64 = 64 * 1024;

/// The longest form token, in bytes; ours are shorter.
const LONGEST_TOKEN: usize = 256;

/// How many fields may stand before the files.
const MOST_FIELDS: usize = 8;

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

/// The files of a page's form that has other fields too, one after the other.
pub struct FilesOfForm {
    form: Multipart,
    /// The one whose turn it is; a field must not be asked again once it has ended.
    field: Option<Fuse<Field>>,
    metadata: Metadata,
    language: Language,
}

impl FilesOfForm {
    /// Begins to read a form: the short fields before the first file. Nothing is begun with those behind it before
    /// the form token among them has been looked at.
    ///
    /// # Errors
    /// As [`receive`].
    pub async fn open(
        request: &HttpRequest,
        payload: Payload,
        language: Language,
    ) -> Result<(Vec<(String, String)>, Self), Problem> {
        check_head(request, u64::MAX, language)?;
        let mut form = Multipart::new(request.headers(), payload);
        let (mut fields, mut metadata) = (Vec::new(), Metadata::Keep);
        while let Some(mut field) = next(&mut form, language).await? {
            let name = field.name().unwrap_or_default().to_owned();
            match name.as_str() {
                "file" => return Ok((fields, Self { form, field: Some(field.fuse()), metadata, language })),
                "strip_metadata" => metadata = yes_or_no(&mut field, language).await?,
                _ if fields.len() == MOST_FIELDS => return Err(Problem::new("malformed", 400, language)),
                _ => fields.push((name, short_text(&mut field, language).await?)),
            }
        }
        Ok((fields, Self { form, field: None, metadata, language }))
    }

    /// The name of the file whose turn it is; `None` after the last. A field in which none was chosen is passed over.
    ///
    /// # Errors
    /// As [`receive`].
    pub async fn name(&mut self) -> Result<Option<String>, Problem> {
        while let Some(field) = &self.field {
            if field.get_ref().name() != Some("file") {
                return Err(Problem::new("malformed", 400, self.language));
            }
            let name = name_of(field.get_ref());
            if !name.is_empty() {
                return Ok(Some(name));
            }
            self.pass_over().await?;
        }
        Ok(None)
    }

    /// Hands the file whose turn it is on to an upload, which is then to be finished.
    ///
    /// # Errors
    /// As [`receive`].
    pub async fn take(&mut self, mut upload: DocumentUpload) -> Result<DocumentUpload, Problem> {
        let field = self.field.as_mut().ok_or_else(|| wrong("file", FieldProblem::Missing, self.language))?;
        upload.describe(&name_of(field.get_ref()), self.metadata);
        take(field, upload, self.language).await
    }

    /// Lets what is left of the file go by: the next one has its turn.
    ///
    /// # Errors
    /// As [`receive`].
    pub async fn pass_over(&mut self) -> Result<(), Problem> {
        if let Some(mut field) = self.field.take() {
            while piece_of(&mut field, self.language).await?.is_some() {}
        }
        self.field = next(&mut self.form, self.language).await?.map(StreamExt::fuse);
        Ok(())
    }
}

/// The same for somebody without an account, whose first field is the receipt of their complaint. Returns what was
/// typed as the receipt beside what came of it.
///
/// # Errors
/// As [`receive`]; 404 where nothing has this receipt, 429 for who has tried too many.
pub async fn receive_with_receipt(
    desk: &Desk,
    request: &HttpRequest,
    payload: web::Payload,
) -> (String, Result<ReceiptUpload, Problem>) {
    let language = desk.language;
    let mut form = Multipart::new(request.headers(), payload);
    let typed = match check_head(request, LARGEST_PUBLIC_DOCUMENT, language) {
        Ok(()) => receipt_in(&mut form, language).await,
        Err(problem) => Err(problem),
    };
    let typed = match typed {
        Ok(typed) => typed,
        Err(problem) => return (String::new(), Err(problem)),
    };
    let received = match Receipt::parse(&typed) {
        Err(_) => Err(Problem::new("not_found", 404, language)),
        Ok(receipt) => {
            let origin = desk.origin();
            let begun = desk.try_receipt(move |services| services.begin_document_by_receipt(&receipt, &origin)).await;
            match begun {
                Err(problem) => Err(problem),
                Ok(ReceiptUpload(upload)) => receive_rest(form, upload, language).await.map(ReceiptUpload),
            }
        }
    };
    (typed, received)
}

async fn receipt_in(form: &mut Multipart, language: Language) -> Result<String, Problem> {
    match next(form, language).await? {
        Some(mut field) if field.name() == Some("receipt") => short_text(&mut field, language).await,
        _ => Ok(String::new()),
    }
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
                let upload = take(&mut field, upload, language).await?;
                drop(field);
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

/// Whether a form has parts, as those with files do.
pub fn is_of_parts(request: &HttpRequest) -> bool {
    let media_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("multipart/form-data")
}

/// Refuses at once what its headers tell.
fn check_head(request: &HttpRequest, largest: u64, language: Language) -> Result<(), Problem> {
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !is_of_parts(request) {
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

/// What a file comes in.
trait Pieces: Stream<Item = Result<web::Bytes, MultipartError>> {}

impl<S: Stream<Item = Result<web::Bytes, MultipartError>>> Pieces for S {}

async fn piece_of(field: &mut (impl Pieces + Unpin), language: Language) -> Result<Option<web::Bytes>, Problem> {
    match timeout(PATIENCE, field.next()).await {
        Ok(bytes) => bytes.transpose().map_err(|_| Problem::new("malformed", 400, language)),
        Err(_) => Err(Problem::new("timed_out", 408, language)),
    }
}

/// Takes the file.
async fn take(
    field: &mut (impl Pieces + Unpin),
    mut upload: DocumentUpload,
    language: Language,
) -> Result<DocumentUpload, Problem> {
    let mut piece = Vec::with_capacity(PIECE);
    loop {
        let bytes = piece_of(field, language).await?;
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
