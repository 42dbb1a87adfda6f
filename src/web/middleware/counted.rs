//! Counts every answer, and writes it to the log at level `info`: what was asked for as a pattern, how it ended, how long
//! it took. It knows neither who asked nor for what exactly, and must not.

use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, web};

use crate::web::metrics::{Asked, Told};
use crate::web::office::Office;

/// Counts an answer.
///
/// # Errors
/// Those of the handler.
pub async fn every_answer(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let begun = Instant::now();
    let asked = Asked::from(request.method());
    let office = request.app_data::<web::Data<Office>>().cloned();
    let response = next.call(request).await?;
    let told = Told::of(asked, response.request(), response.status());
    let took = begun.elapsed();
    if let Some(office) = office {
        office.metrics.count(&told, took);
    }
    if told.is_logged() {
        let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let Told { method, route, .. } = &told;
        let status = response.status().as_u16();
        tracing::info!(target: "aiqyn::web::requests", method, route, status, milliseconds, "answered");
    }
    Ok(response)
}
