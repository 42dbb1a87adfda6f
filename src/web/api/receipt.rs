//! What a write answers with.

use actix_web::HttpResponse;
use actix_web::http::header::{ETAG, LOCATION};
use serde::Serialize;

use super::names::NameHitItem;
use super::version::etag;
use crate::domain::id::CaseVersion;
use crate::services::Written;

/// What a filing or another write did.
#[derive(Serialize, utoipa::ToSchema)]
pub struct WriteReceipt {
    /// The case.
    pub case_id: String,
    /// Its reference.
    pub reference: String,
    /// The event.
    pub event_id: String,
    /// The version of the case now.
    pub version: i32,
    /// After a filing: other cases in which a person of the same name stands. They may be the same person's.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub possible_duplicates: Vec<NameHitItem>,
}

impl WriteReceipt {
    /// The receipt of a write.
    pub fn new(written: &Written) -> Self {
        Self {
            case_id: written.case.to_string(),
            reference: written.reference.to_string(),
            event_id: written.event.to_string(),
            version: written.version.0,
            possible_duplicates: Vec::new(),
        }
    }

    /// The answer: 201, where it lies, and the version that it has.
    pub fn created(&self, location: &str) -> HttpResponse {
        HttpResponse::Created()
            .insert_header((LOCATION, location))
            .insert_header((ETAG, etag(CaseVersion(self.version))))
            .json(self)
    }
}
