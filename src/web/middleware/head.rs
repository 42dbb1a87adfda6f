//! HEAD asks for what GET would answer, without the body (RFC 9110, 9.3.2). The routes know only GET;
//! the connection still knows that HEAD was asked for, and sends no body.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage};

/// What a request carries that asked for the head alone: a handler that would work for its body need not.
#[derive(Clone, Copy, Debug)]
pub struct HeadAlone;

/// Routes HEAD as GET.
///
/// # Errors
/// Those of the handler.
pub async fn as_get(
    mut request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    if request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
        request.extensions_mut().insert(HeadAlone);
    }
    next.call(request).await
}
