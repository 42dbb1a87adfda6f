//! The pages for complainants without an account. They set no cookie, they know nobody, and what they were sent
//! is in no address: the receipt travels in the bodies of forms alone.

mod complaint;
mod document;
mod leave;
mod receipt;
mod written;

use actix_web::web;

use super::super::api::only;
use super::form_config;
use crate::i18n::{Language, text};
use crate::web::api::problem::Problem;

/// The largest form, in bytes: 50,000 characters, each of which may take six.
const LARGEST_COMPLAINT: usize = 512 * 1024;

/// The pages.
pub fn configure(config: &mut web::ServiceConfig) {
    let forms = || form_config(LARGEST_COMPLAINT);
    config
        .service(
            web::resource("/complaint")
                .app_data(forms())
                .get(complaint::page)
                .post(complaint::file)
                .default_service(only("GET, HEAD, POST")),
        )
        .service(
            web::resource("/receipt")
                .app_data(forms())
                .get(receipt::page)
                .post(receipt::follow)
                .default_service(only("GET, HEAD, POST")),
        )
        .service(web::resource("/receipt/answer").app_data(forms()).post(written::write).default_service(only("POST")))
        .service(web::resource("/receipt/document").post(document::bring).default_service(only("POST")))
        .service(web::resource("/leave").get(leave::leave).default_service(only("GET, HEAD")));
}

/// How long to wait, where that is what is wrong: for how many seconds, in the words of a key.
fn wait(problem: &Problem, language: Language, key: &str) -> Option<String> {
    let seconds = problem.retry_after().filter(|_| problem.word() == "too_many_attempts")?;
    Some(text(language, key, &[("count", seconds.max(1).into())]))
}
