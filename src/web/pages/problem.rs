//! What went wrong, as a page.

use askama::Template;

use super::frame::Frame;
use crate::web::api::problem::ProblemTold;

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage<'a> {
    frame: Frame,
    told: &'a ProblemTold,
}

/// The page for a problem; none where it cannot be written. It does not say who has signed in: what went
/// wrong may be just that.
#[must_use]
pub fn problem_page(told: &ProblemTold) -> Option<String> {
    // The address may not be one that can be asked for again.
    let frame = Frame { here: "/", ..Frame::for_anybody(told.language) };
    ProblemPage { frame, told }.render().ok()
}
