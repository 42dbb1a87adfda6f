//! Visit requests in lines: whoever has waited longest is told how long.

use askama::Template;

use crate::domain::code::ListName;
use crate::domain::visit::{Evidence, VisitState};
use crate::i18n::labels;
use crate::services::VisitListing;
use crate::web::pages::frame::Frame;
use crate::web::pages::naming::Naming;
use crate::web::pages::spans::{Due, due, since};

/// Some visit requests in lines.
pub struct VisitLines {
    lines: Vec<Line>,
    heading: &'static str,
}

struct Line {
    request: String,
    reference: String,
    place: String,
    state: String,
    evidence: String,
    requested: String,
    waited: String,
    due: Option<Due>,
}

/// The lines within a page.
#[derive(Template)]
#[template(path = "visits/lines.html")]
pub struct VisitLinesView<'a> {
    frame: &'a Frame,
    lines: &'a [Line],
    heading: &'static str,
}

impl VisitLines {
    /// The lines of a queue, the longest wait first, under a heading with this identifier.
    pub fn of(naming: &Naming, mut queue: Vec<VisitListing>, heading: &'static str) -> Self {
        queue.sort_by_key(|visit| visit.approved_at.unwrap_or(visit.requested_at).earliest(visit.zone));
        Self { lines: queue.iter().map(|visit| Line::of(naming, visit)).collect(), heading }
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The lines, to be put into a page.
    pub fn view<'a>(&'a self, frame: &'a Frame) -> VisitLinesView<'a> {
        VisitLinesView { frame, lines: &self.lines, heading: self.heading }
    }
}

impl Line {
    fn of(naming: &Naming, visit: &VisitListing) -> Self {
        let language = naming.language;
        let place = naming.code_if(ListName::Place, visit.place.as_deref());
        let place = place.unwrap_or_else(|| naming.code(ListName::KindOfPlace, &visit.kind_of_place));
        let region = naming.code_if(ListName::Region, visit.region.as_deref());
        let from = visit.approved_at.unwrap_or(visit.requested_at);
        Self {
            request: visit.request.to_string(),
            reference: visit.reference.to_string(),
            place: std::iter::once(place).chain(region).collect::<Vec<_>>().join(", "),
            state: VisitState::named(&visit.state).map_or_else(String::new, |state| labels::of(language, state)),
            evidence: Evidence::named(&visit.evidence).map_or_else(String::new, |word| labels::of(language, word)),
            requested: naming.short(visit.requested_at, visit.zone),
            waited: since(language, from, visit.zone, naming.now),
            due: visit.due_at.map(|at| due(language, at, naming.now)),
        }
    }
}
