//! The board: every request by its wait, the longest first; the open ones, or those that have ended.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::VisitLines;
use crate::access::permission::{Action, Relation, decide};
use crate::domain::field::FieldProblem;
use crate::domain::time::Zone;
use crate::i18n::text;
use crate::services::{BoardCursor, BoardPart};
use crate::web::api::params::Params;
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;
use crate::web::pages::frame::Frame;
use crate::web::pages::naming::Naming;
use crate::web::pages::page as show_page;

/// How many requests stand on a page. Half as many again would weigh more than 60 kB in Cyrillic.
const ON_A_PAGE: u16 = 50;

#[derive(Template)]
#[template(path = "visits/board.html")]
struct BoardPage {
    frame: Frame,
    /// The parts of the board: their words, and whether it is the one that is shown.
    parts: Vec<(BoardPart, String, bool)>,
    part: BoardPart,
    lines: VisitLines,
    may_ask: bool,
    note: String,
}

/// Shows the board.
///
/// # Errors
/// 401 and 403 as everywhere, 422 where the address is wrong.
pub async fn page(desk: Desk, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut params = Params::of(&request, desk.language)?;
    let part = params.word("part", BoardPart::WORDS, BoardPart::named).unwrap_or_default();
    let cursor = params.read("cursor", FieldProblem::Unreadable, |text| text.parse::<BoardCursor>().ok());
    for of_the_page in ["language", "done"] {
        params.all(of_the_page);
    }
    params.finish()?;
    show_page(&desk, move |services, caller, frame| {
        let language = frame.language;
        let naming = Naming::of(services, language)?;
        let lines = VisitLines::of((services, caller), &naming, (part, cursor), ON_A_PAGE, "board")?;
        let cursor = cursor.map_or_else(String::new, |cursor| format!("cursor={cursor}&"));
        let frame = Frame { kept: format!("part={}&{cursor}", part.as_str()), ..frame };
        let now = naming.instant(naming.now, Zone::default());
        let words = |part| match part {
            BoardPart::Open => "visits-open",
            BoardPart::Ended => "visits-ended",
        };
        Ok(BoardPage {
            parts: BoardPart::ALL.iter().map(|one| (*one, frame.say(words(*one)), *one == part)).collect(),
            part,
            may_ask: decide(caller.standing(), Action::FileWithVisit, Relation::General).is_ok(),
            note: text(language, "visits-board-note", &[("time", now.into())]),
            lines,
            frame,
        })
    })
    .await
}
