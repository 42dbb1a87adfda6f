//! Cases in lines, one a case, as they stand on several pages.

use askama::Template;

use crate::domain::code::ListName;
use crate::domain::stage::Stage;
use crate::domain::time::PartialTime;
use crate::i18n::labels;
use crate::services::CaseListing;
use crate::web::pages::frame::Frame;
use crate::web::pages::naming::Naming;
use crate::web::pages::spans::{Due, due};

/// Some cases in lines.
pub struct CaseLines {
    lines: Vec<Line>,
    /// The heading that names the table to a screen reader.
    heading: &'static str,
}

struct Line {
    reference: String,
    stage: String,
    place: String,
    filed: String,
    changed: String,
    due: Option<Due>,
}

/// The lines within a page.
#[derive(Template)]
#[template(path = "cases/lines.html")]
pub struct CaseLinesView<'a> {
    frame: &'a Frame,
    lines: &'a [Line],
    heading: &'static str,
}

impl CaseLines {
    /// The lines of some cases, under a heading with this identifier.
    pub fn of(naming: &Naming, cases: &[CaseListing], heading: &'static str) -> Self {
        Self { lines: cases.iter().map(|case| Line::of(naming, case)).collect(), heading }
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The lines, to be put into a page.
    pub fn view<'a>(&'a self, frame: &'a Frame) -> CaseLinesView<'a> {
        CaseLinesView { frame, lines: &self.lines, heading: self.heading }
    }
}

impl Line {
    fn of(naming: &Naming, case: &CaseListing) -> Self {
        let stage =
            Stage::named(&case.stage).map_or_else(|| case.stage.clone(), |stage| labels::of(naming.language, stage));
        let place = naming.code_if(ListName::Place, case.place.as_deref());
        let place = place.or_else(|| naming.code_if(ListName::KindOfPlace, case.kind_of_place.as_deref()));
        let region = naming.code_if(ListName::Region, case.region.as_deref());
        let dash = || "–".to_owned();
        Self {
            reference: case.reference.to_string(),
            stage,
            place: place.into_iter().chain(region).collect::<Vec<_>>().join(", "),
            filed: case.filed_at.map_or_else(dash, |time| naming.short(time, case.zone)),
            changed: case.updated_at.map_or_else(dash, |at| naming.short(PartialTime::minute(at), case.zone)),
            due: case.next_due_at.map(|at| due(naming.language, at, naming.now)),
        }
    }
}
