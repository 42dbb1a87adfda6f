//! /cases/{case}/documents and /documents/{id}: what is listed of a document, and the document itself
//! on its way out. It is always handed out as an attachment, under a type that no browser runs.

use std::future::Future;
use std::io::{self, Read};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use actix_web::body::{BodySize, MessageBody};
use actix_web::error::BlockingError;
use actix_web::http::StatusCode;
use actix_web::http::header::{ACCEPT_RANGES, CONTENT_DISPOSITION, CONTENT_RANGE, CONTENT_TYPE, ETAG, LOCATION};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, ResponseError, web};
use serde::Serialize;

use super::byte_range::{Wanted, wanted};
use super::case::case_name;
use super::document_form::{DocumentForm, receive};
use super::problem::Problem;
use crate::documents::name::FileName;
use crate::domain::id::{CaseId, DocumentId};
use crate::i18n::Language;
use crate::services::{DocumentReader, DocumentView, OpenDocument};
use crate::web::desk::Desk;
use crate::web::middleware::head::HeadAlone;

/// How much is opened at a time.
const PIECE: u64 = 256 * 1024;

/// A document.
#[derive(Serialize, utoipa::ToSchema)]
pub struct DocumentItem {
    id: String,
    case_id: String,
    /// Its name; none where you do not hold its key.
    name: Option<String>,
    /// What it is, by its first bytes and not by what was said of it.
    media_type: &'static str,
    /// Whether it can run something when it is opened: a page, a script, a program, macros.
    active: bool,
    /// How many bytes it has.
    size: u64,
    added_at: String,
    added_by: String,
}

/// The documents of a case.
#[derive(Serialize, utoipa::ToSchema)]
pub struct DocumentList {
    case_id: String,
    documents: Vec<DocumentItem>,
}

impl DocumentItem {
    /// What is told of a document.
    #[must_use]
    pub fn new(view: &DocumentView) -> Self {
        Self {
            id: view.id.to_string(),
            case_id: view.case.to_string(),
            name: view.name.as_ref().map(|name| name.as_str().to_owned()),
            media_type: view.media_type.as_str(),
            active: view.is_active(),
            size: view.size,
            added_at: view.added_at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
            added_by: view.added_by.to_string(),
        }
    }

    /// The answer to an upload: 201, and where the document lies.
    #[must_use]
    pub fn created(&self) -> HttpResponse {
        HttpResponse::Created().insert_header((LOCATION, format!("/api/v1/documents/{}", self.id))).json(self)
    }
}

impl DocumentList {
    /// The documents of a case.
    #[must_use]
    pub fn new(case: CaseId, views: &[DocumentView]) -> Self {
        Self { case_id: case.to_string(), documents: views.iter().map(DocumentItem::new).collect() }
    }
}

/// Hands a document out: all of it, or the range that is asked for (206; 416 where there is none).
fn hand_out(request: &HttpRequest, document: OpenDocument, language: Language) -> HttpResponse {
    let OpenDocument { view, mut reader } = document;
    let etag = format!("\"{}\"", view.id);
    let length = reader.length();
    let name = view.name.as_ref().map_or_else(|| FileName::of("").attachment(), FileName::attachment);
    let mut answer = HttpResponse::Ok();
    match wanted(request.headers(), length, &etag) {
        Wanted::Whole => {}
        Wanted::Part(range) => {
            answer.status(StatusCode::PARTIAL_CONTENT);
            answer.insert_header((CONTENT_RANGE, format!("bytes {}-{}/{length}", range.start, range.end - 1)));
            reader.select(range);
        }
        Wanted::Nothing => {
            let mut refusal = Problem::new("range_not_satisfiable", 416, language).error_response();
            if let Ok(range) = format!("bytes */{length}").parse() {
                refusal.headers_mut().insert(CONTENT_RANGE, range);
            }
            return refusal;
        }
    }
    let head_alone = request.extensions().get::<HeadAlone>().is_some();
    answer
        .insert_header((CONTENT_TYPE, view.served_as()))
        .insert_header((CONTENT_DISPOSITION, name))
        .insert_header((ACCEPT_RANGES, "bytes"))
        .insert_header((ETAG, etag))
        .body(DocumentBody::new(reader, head_alone))
}

/// Adds a document to a case. The file is sealed as it comes; its type is told by its first bytes.
#[utoipa::path(
    post, path = "/api/v1/cases/{case}/documents", tag = "documents",
    params(("case" = String, Path, description = "The case's identifier or its reference")),
    request_body(content = DocumentForm, content_type = "multipart/form-data"),
    responses(
        (status = 201, description = "Added", body = DocumentItem),
        (status = 400, description = "No form, or a wish behind the file", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such case", body = Problem, content_type = "application/problem+json"),
        (status = 408, description = "The file stopped coming", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The case was erased", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Not `multipart/form-data`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A field is missing or wrong, or the metadata cannot be stripped", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn add(
    desk: Desk,
    request: HttpRequest,
    case: web::Path<String>,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let case = case_name(&case, desk.language)?;
    let upload = desk.run(move |services, caller| services.begin_document(caller, case)).await?;
    let upload = receive(&request, payload, upload, desk.language).await?;
    let view = desk.taking_long().run(move |services, caller| services.finish_document(caller, upload)).await?;
    Ok(DocumentItem::new(&view).created())
}

/// The documents of a case.
#[utoipa::path(
    get, path = "/api/v1/cases/{case}/documents", tag = "documents",
    params(("case" = String, Path, description = "The case's identifier or its reference")),
    responses((status = 200, description = "In the order in which they were added", body = DocumentList), (status = 404, description = "No such case", body = Problem, content_type = "application/problem+json")),
)]
pub async fn list(desk: Desk, case: web::Path<String>) -> Result<web::Json<DocumentList>, Problem> {
    let desk = desk.writing();
    let case = case_name(&case, desk.language)?;
    let (case, views) = desk.run(move |services, caller| services.list_documents(caller, case)).await?;
    Ok(web::Json(DocumentList::new(case.id, &views)))
}

/// A document, as an attachment.
#[utoipa::path(
    get, path = "/api/v1/documents/{document}", tag = "documents",
    params(
        ("document" = String, Path, description = "The document's identifier"),
        ("Range" = Option<String>, Header, description = "`bytes=first-last`, `bytes=first-` or `bytes=-count`; one range"),
        ("If-Range" = Option<String>, Header, description = "The ETag that the range belongs to"),
    ),
    responses(
        (status = 200, description = "All of it", body = Vec<u8>, content_type = "*/*"),
        (status = 206, description = "The range", body = Vec<u8>, content_type = "*/*"),
        (status = 404, description = "No such document", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "You hold no key of it, or the case was erased", body = Problem, content_type = "application/problem+json"),
        (status = 416, description = "The range begins behind the end", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn show(desk: Desk, request: HttpRequest, document: web::Path<String>) -> Result<HttpResponse, Problem> {
    let desk = desk.writing();
    let id: DocumentId = document.parse().map_err(|_| Problem::new("not_found", 404, desk.language))?;
    let document = desk.run(move |services, caller| services.open_document(caller, id)).await?;
    Ok(hand_out(&request, document, desk.language))
}

type Opened = Result<(DocumentReader, Vec<u8>), io::Error>;

type Opening = Pin<Box<dyn Future<Output = Result<Opened, BlockingError>>>>;

/// A document that is opened as fast as it is taken, a piece at a time: no thread waits for a slow client.
struct DocumentBody {
    length: u64,
    left: u64,
    reader: Option<DocumentReader>,
    opening: Option<Opening>,
}

impl DocumentBody {
    fn new(reader: DocumentReader, head_alone: bool) -> Self {
        let length = reader.remaining();
        Self { length, left: if head_alone { 0 } else { length }, reader: Some(reader), opening: None }
    }
}

fn open_piece(mut reader: DocumentReader) -> Opened {
    let length = usize::try_from(reader.remaining().min(PIECE)).map_err(io::Error::other)?;
    let mut piece = vec![0; length];
    reader.read_exact(&mut piece)?;
    Ok((reader, piece))
}

impl MessageBody for DocumentBody {
    type Error = io::Error;

    fn size(&self) -> BodySize {
        BodySize::Sized(self.length)
    }

    /// An error breaks the connection off, so that nobody takes a part for the whole.
    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<web::Bytes, io::Error>>> {
        let this = self.get_mut();
        if this.left == 0 {
            return Poll::Ready(None);
        }
        if let Some(reader) = this.reader.take() {
            this.opening = Some(Box::pin(web::block(move || open_piece(reader))));
        }
        let Some(opening) = this.opening.as_mut() else { return Poll::Ready(None) };
        let opened = ready!(opening.as_mut().poll(context));
        this.opening = None;
        match opened.map_err(io::Error::other).flatten() {
            Ok((reader, piece)) => {
                this.reader = Some(reader);
                this.left = this.left.saturating_sub(piece.len() as u64);
                Poll::Ready(Some(Ok(piece.into())))
            }
            Err(error) => {
                tracing::error!(%error, "a document broke off");
                this.left = 0;
                Poll::Ready(Some(Err(error)))
            }
        }
    }
}
