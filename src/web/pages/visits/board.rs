//! The board: every open request, the longest wait first.

use actix_web::HttpResponse;
use askama::Template;

use super::VisitLines;
use crate::access::permission::{Action, Relation, decide};
use crate::domain::time::Zone;
use crate::i18n::text;
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;
use crate::web::pages::frame::Frame;
use crate::web::pages::naming::Naming;
use crate::web::pages::page as show_page;

/// How many requests stand on the board: the most urgent. More would make the page heavier than 60 kB in Cyrillic.
const MOST: u16 = 75;

#[derive(Template)]
#[template(path = "visits/board.html")]
struct BoardPage {
    frame: Frame,
    lines: VisitLines,
    may_ask: bool,
    note: String,
}

/// Shows the board.
///
/// # Errors
/// 401 and 403 as everywhere.
pub async fn page(desk: Desk) -> Result<HttpResponse, Problem> {
    show_page(&desk, |services, caller, frame| {
        let naming = Naming::of(services, frame.language)?;
        let lines = VisitLines::of(services, caller, &naming, MOST, "board")?;
        let may_ask = decide(caller.standing(), Action::FileWithVisit, Relation::General).is_ok();
        let now = naming.instant(naming.now, Zone::default());
        let note = text(frame.language, "visits-board-note", &[("time", now.into())]);
        Ok(BoardPage { frame, lines, may_ask, note })
    })
    .await
}
