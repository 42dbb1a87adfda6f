//! What a handler works with: the services, who asks, and in which language to answer.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::ACCEPT_LANGUAGE;
use actix_web::{FromRequest, HttpRequest, web};

use super::api::problem::Problem;
use crate::i18n::Language;
use crate::services::{Caller, ServiceError, Services};

/// What the server keeps for all requests.
#[derive(Clone)]
pub struct Office {
    /// The use cases.
    pub services: Services,
    /// Who everything is written as until accounts exist.
    pub operator: Caller,
}

/// One request's view of the office.
#[derive(Clone)]
pub struct Desk {
    office: web::Data<Office>,
    /// The language to answer in.
    pub language: Language,
}

impl Desk {
    /// Runs a use case off the threads that serve connections: it waits for the database.
    ///
    /// # Errors
    /// The use case's error, in the language of the request.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Services, Caller) -> Result<T, ServiceError> + Send + 'static,
    ) -> Result<T, Problem> {
        let office = self.office.clone();
        let language = self.language;
        match web::block(move || work(&office.services, office.operator)).await {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(error)) => Err(Problem::of(error, language)),
            Err(_) => {
                tracing::error!("a use case panicked");
                Err(Problem::internal(language))
            }
        }
    }
}

/// The language that a request asks for; English where it asks for none of ours.
#[must_use]
pub fn language_of(request: &HttpRequest) -> Language {
    let header = request.headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    header.and_then(Language::accepted).unwrap_or_default()
}

impl FromRequest for Desk {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let language = language_of(request);
        let office = request.app_data::<web::Data<Office>>().cloned();
        ready(office.map(|office| Self { office, language }).ok_or_else(|| Problem::internal(language)))
    }
}
