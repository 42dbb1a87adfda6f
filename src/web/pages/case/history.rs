//! The history of a case: every event in the order of recording, corrections and what they corrected with them.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::name;
use crate::i18n::text;
use crate::services::EventView;
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;
use crate::web::pages::frame::Frame;
use crate::web::pages::naming::Naming;
use crate::web::pages::page as show_page;
use crate::web::pages::telling::{Told, tell};

#[derive(Template)]
#[template(path = "case/history.html")]
struct HistoryPage {
    frame: Frame,
    reference: String,
    entries: Vec<HistoryEntry>,
}

struct HistoryEntry {
    sequence: usize,
    told: Told,
    /// When it was recorded, and by whom.
    recorded: String,
    /// The place of the event that it corrects, and why.
    corrects: Option<usize>,
    why: Option<String>,
    /// The place of the event that took its place.
    corrected_by: Option<usize>,
}

/// Shows the history.
///
/// # Errors
/// 404 where there is no such case.
pub async fn page(desk: Desk, path: web::Path<String>) -> Result<HttpResponse, Problem> {
    let case = name(&path, desk.language)?;
    show_page(&desk.writing(), move |services, caller, frame| {
        let naming = Naming::of(services, frame.language)?;
        let history = services.view_events(caller, case)?;
        let zone = history.case.zone();
        let place = |id| history.events.iter().find(|view| view.event.id == id).map(|view| view.sequence);
        let entry = |view: &EventView| HistoryEntry {
            sequence: view.sequence,
            told: tell(&naming, view, zone),
            recorded: text(
                naming.language,
                "history-recorded",
                &[
                    ("time", naming.instant(view.event.recorded_at, zone).into()),
                    ("who", history.authors.get(&view.event.recorded_by.actor).cloned().unwrap_or_default().into()),
                ],
            ),
            corrects: view.event.entry.corrects().and_then(place),
            why: view.why.as_ref().map(|why| why.expose().to_owned()),
            corrected_by: view.corrected_by.and_then(place),
        };
        let entries = history.events.iter().map(entry).collect();
        Ok(HistoryPage { reference: history.record.reference.to_string(), entries, frame })
    })
    .await
}
