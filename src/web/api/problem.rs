//! Errors as problem+json (RFC 9457), in the language of the request.

use std::fmt;

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_LANGUAGE, ETAG, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::{HttpRequest, HttpResponse, Responder, ResponseError};
use serde::Serialize;
use serde_json::{Value, json};

use crate::access::permission::Denial;
use crate::domain::event::HappeningKind;
use crate::domain::field::FieldError;
use crate::domain::order::Position;
use crate::domain::refusal::Refusal;
use crate::domain::time::Zone;
use crate::i18n::{Language, problems};
use crate::services::{ServiceError, StoreError};

/// How many wrong fields are told at once: a body of a megabyte can have hundreds of thousands.
const MOST_ERRORS: usize = 100;

/// What went wrong, as the client is told.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// The kind of problem, `urn:aiqyn:problem:` and a word.
    #[serde(rename = "type")]
    #[schema(value_type = String)]
    kind: Box<str>,
    /// The kind in words.
    title: String,
    /// The HTTP status.
    status: u16,
    /// What is wrong here, and what would mend it.
    detail: String,
    /// The fields that are wrong.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    #[schema(value_type = Vec<ProblemField>)]
    errors: Box<[Value]>,
    /// Where the case stands, for an illegal step.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    state: Option<Position>,
    /// The steps that are legal there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<String>>)]
    permitted: Option<Box<[HappeningKind]>>,
    /// The version that the case has now, for a stale one.
    #[serde(skip_serializing_if = "Option::is_none")]
    current_version: Option<i32>,
    #[serde(skip)]
    retry_after: Option<u16>,
    #[serde(skip)]
    language: Language,
}

/// A field that is wrong.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[allow(dead_code, reason = "describes the shape of `errors` in the OpenAPI document")]
pub struct ProblemField {
    /// The field.
    field: String,
    /// The problem, as a word.
    problem: String,
    /// What is wrong and what would mend it, in words.
    message: String,
}

/// What a problem says, for whoever is answered with a page. Lies in the extensions of the answer.
#[derive(Clone, Debug)]
pub struct ProblemTold {
    /// The last part of its type.
    pub word: String,
    /// The kind in words.
    pub title: String,
    /// What is wrong here, and what would mend it.
    pub detail: String,
    /// The HTTP status.
    pub status: u16,
    /// The language of the words.
    pub language: Language,
}

impl Problem {
    /// A problem that its word says all of.
    #[must_use]
    pub fn new(word: &str, status: u16, language: Language) -> Self {
        let text = problems::problem(language, word);
        Self {
            kind: format!("urn:aiqyn:problem:{word}").into(),
            title: text.title,
            status,
            detail: text.detail,
            errors: Box::default(),
            state: None,
            permitted: None,
            current_version: None,
            retry_after: None,
            language,
        }
    }

    /// An error of ours, which the log has the cause of.
    #[must_use]
    pub fn internal(language: Language) -> Self {
        Self::new("internal", 500, language)
    }

    /// Fields that cannot be read; the first [`MOST_ERRORS`] of them are told.
    #[must_use]
    pub fn invalid(errors: &[FieldError], language: Language) -> Self {
        let errors = &errors[..errors.len().min(MOST_ERRORS)];
        let message = |error: &FieldError| problems::explain_field(language, error);
        let told = |error: &FieldError| {
            let mut told = serde_json::to_value(error).unwrap_or_default();
            if let Some(fields) = told.as_object_mut() {
                fields.insert("message".to_owned(), json!(message(error)));
            }
            told
        };
        let detail = errors.iter().map(message).collect::<Vec<_>>().join(" ");
        Self { errors: errors.iter().map(told).collect(), detail, ..Self::new("invalid_input", 422, language) }
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The problem that a use case ended in.
    #[must_use]
    pub fn of(error: ServiceError, language: Language) -> Self {
        match error {
            ServiceError::Invalid(errors) => Self::invalid(&errors, language),
            ServiceError::Refused { refusal, zone } => Self::refused(refusal, zone, language),
            ServiceError::NotFound => Self::new("not_found", 404, language),
            ServiceError::Stale { current } => {
                Self { current_version: Some(current), ..Self::new("stale_version", 412, language) }
            }
            ServiceError::IdempotencyReused => Self::new("idempotency_reused", 422, language),
            ServiceError::CannotStrip(reason) => Self::new(&format!("cannot_strip_{}", reason.as_str()), 422, language),
            ServiceError::TooLarge { .. } => Self::new("document_too_large", 413, language),
            ServiceError::Interrupted(_) => Self::new("malformed", 400, language),
            ServiceError::Busy => Self::new("unavailable", 503, language),
            ServiceError::Denied(Denial::NotSignedIn) => Self::new("not_signed_in", 401, language),
            ServiceError::Denied(Denial::NotTheirRole) => Self::new("forbidden", 403, language),
            // For whoever may not see it, it does not exist.
            ServiceError::Denied(Denial::OutOfReach) => Self::new("not_found", 404, language),
            ServiceError::OutOfScope => Self::new("out_of_scope", 403, language),
            ServiceError::ProofNeeded => Self::new("proof_needed", 403, language),
            ServiceError::SessionEnded => Self::new("session_ended", 401, language),
            ServiceError::WrongCredentials => Self::new("wrong_credentials", 401, language),
            ServiceError::TooManyAttempts(seconds) => Self {
                retry_after: Some(u16::try_from(seconds).unwrap_or(u16::MAX)),
                ..Self::new("too_many_attempts", 429, language)
            },
            ServiceError::NoKey => Self::new("no_key", 409, language),
            ServiceError::Erased => Self::new("erased", 409, language),
            ServiceError::SetUpAlready => Self::new("conflict", 409, language),
            ServiceError::Vault(_) => {
                tracing::error!(%error, "a sealed text was moved or altered");
                Self::new("sealed_text_refused", 500, language)
            }
            ServiceError::NotSetUp
            | ServiceError::NoDocumentStore
            | ServiceError::NoKeysYet
            | ServiceError::Store(StoreError::Unavailable(_) | StoreError::NotMigrated | StoreError::TooNew) => {
                tracing::error!(%error, "the database cannot be used");
                Self::new("unavailable", 503, language)
            }
            ServiceError::Store(StoreError::Full(_)) => {
                tracing::error!(%error, "there is no room");
                Self { retry_after: Some(60), ..Self::new("storage_full", 507, language) }
            }
            ServiceError::Store(StoreError::ReadOnly(_)) => {
                tracing::error!(%error, "nothing can be written");
                Self { retry_after: Some(60), ..Self::new("read_only", 503, language) }
            }
            ServiceError::Store(StoreError::Unsettled(_)) => {
                tracing::error!(%error, "the database was lost while it committed");
                Self::new("unsettled", 503, language)
            }
            ServiceError::Store(StoreError::Duplicate) => Self::new("conflict", 409, language),
            ServiceError::Unsound(_) | ServiceError::Store(_) => {
                tracing::error!(%error, "a request failed");
                Self::internal(language)
            }
        }
    }

    fn refused(refusal: Refusal, zone: Zone, language: Language) -> Self {
        let detail = problems::explain_refusal(language, &refusal, zone);
        let problem = |word| Self { detail, ..Self::new(word, 409, language) };
        match refusal {
            Refusal::IllegalStep { position, permitted, .. } | Refusal::BreaksLaterStep { position, permitted, .. } => {
                Self { state: Some(position), permitted: Some(permitted.into()), ..problem("illegal_step") }
            }
            _ => problem("conflict"),
        }
    }

    /// The last part of its type, such as `not_found`.
    #[must_use]
    pub fn word(&self) -> &str {
        self.kind.rsplit(':').next().unwrap_or_default()
    }

    /// The kind in words.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What is wrong here, and what would mend it.
    #[must_use]
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// The fields that are wrong, each with the word for its problem and with what would mend it in words.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.errors.iter().filter_map(|error| {
            let told = |key: &str| error.get(key).and_then(Value::as_str);
            Some((told("field")?, told("problem")?, told("message")?))
        })
    }

    /// For how many seconds to wait, where waiting helps.
    #[must_use]
    pub fn retry_after(&self) -> Option<u16> {
        self.retry_after
    }

    fn told(&self) -> ProblemTold {
        ProblemTold {
            word: self.word().to_owned(),
            title: self.title.clone(),
            detail: self.detail.clone(),
            status: self.status,
            language: self.language,
        }
    }

    fn response(&self) -> HttpResponse {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = HttpResponse::build(status);
        response.insert_header((CONTENT_LANGUAGE, self.language.as_str()));
        if let Some(version) = self.current_version {
            response.insert_header((ETAG, format!("\"{version}\"")));
        }
        let retry_after = self.retry_after.or((self.status == 503).then_some(5));
        if let Some(seconds) = retry_after {
            response.insert_header((RETRY_AFTER, seconds.to_string()));
        }
        if self.status == 401 {
            // Required by RFC 9110, 11.6.1. Browsers show no dialogue of their own for this scheme.
            response.insert_header((WWW_AUTHENTICATE, "Bearer realm=\"aiqyn\""));
        }
        let mut response =
            response.content_type("application/problem+json").body(serde_json::to_string(self).unwrap_or_default());
        response.extensions_mut().insert(self.told());
        response
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.title)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        self.response()
    }
}

impl Responder for Problem {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        self.response()
    }
}
