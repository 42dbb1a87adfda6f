//! A form that was sent, at the desk that it came to.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{Error, FromRequest, HttpRequest, web};

use super::Posted;
use crate::web::api::document_form::{FilesOfForm, is_of_parts};
use crate::web::desk::Desk;

/// What a handler of a form takes: the desk with the form token of the form, what was posted, and the request.
pub struct Sent {
    pub desk: Desk,
    pub posted: Posted,
    pub request: HttpRequest,
}

impl FromRequest for Sent {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let desk = Desk::from_request(request, payload);
        let form = web::Form::<Vec<(String, String)>>::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let posted = Posted::from(form.await?.into_inner());
            Ok(Self { desk: posted.at(desk.await?), posted, request })
        })
    }
}

/// The same of a form that may carry files, which are still to come: they stand behind its fields.
pub struct SentWithFiles {
    pub sent: Sent,
    /// None where it came without parts, as it does when it is sent on after its session had ended.
    pub files: Option<FilesOfForm>,
}

impl FromRequest for SentWithFiles {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        if !is_of_parts(request) {
            let sent = Sent::from_request(request, payload);
            return Box::pin(async move { Ok(Self { sent: sent.await?, files: None }) });
        }
        let desk = Desk::from_request(request, payload);
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let desk = desk.await?;
            let (fields, files) = FilesOfForm::open(&request, payload, desk.language).await?;
            let posted = Posted::from(fields);
            Ok(Self { sent: Sent { desk: posted.at(desk), posted, request }, files: Some(files) })
        })
    }
}
