//! Visit requests in lines: how long each waits, or how long its answer took.

use askama::Template;

use crate::domain::code::ListName;
use crate::domain::deadline::AwaitedStep;
use crate::domain::escalation::Escalations;
use crate::domain::visit::{Evidence, VisitState};
use crate::i18n::{labels, text};
use crate::services::{BoardCursor, BoardPart, Caller, ServiceError, Services, VisitListing};
use crate::web::pages::frame::Frame;
use crate::web::pages::naming::Naming;
use crate::web::pages::spans::{Due, between, due, level_in_words, since};

/// Some visit requests in lines.
pub struct VisitLines {
    lines: Vec<Line>,
    heading: &'static str,
    part: BoardPart,
    /// Where the next lines begin; none after the last.
    pub next: Option<BoardCursor>,
}

struct Line {
    request: String,
    reference: String,
    place: String,
    state: String,
    ground: Option<String>,
    evidence: String,
    requested: String,
    /// How long it has waited, or when its answer came.
    waited: String,
    due: Option<Due>,
    /// How far its delay has escalated, and what is to be done.
    level: Option<String>,
}

/// The lines within a page.
#[derive(Template)]
#[template(path = "visits/lines.html")]
pub struct VisitLinesView<'a> {
    frame: &'a Frame,
    lines: &'a [Line],
    heading: &'static str,
    is_open: bool,
}

impl VisitLines {
    /// The open requests that have waited longest of those that somebody may see, under a heading with this identifier.
    pub fn of_the_longest_waits(
        services: &Services,
        caller: &Caller,
        naming: &Naming,
        most: u16,
        heading: &'static str,
    ) -> Result<Self, ServiceError> {
        Self::of((services, caller), naming, (BoardPart::Open, None), most, heading)
    }

    /// A page of the board, under a heading with this identifier.
    pub fn of(
        (services, caller): (&Services, &Caller),
        naming: &Naming,
        (part, cursor): (BoardPart, Option<BoardCursor>),
        most: u16,
        heading: &'static str,
    ) -> Result<Self, ServiceError> {
        let board = services.visit_board(caller, part, cursor, most)?;
        let lines = match part {
            BoardPart::Open => {
                let escalations = services.escalations(caller)?;
                board.visits.iter().map(|visit| Line::open(naming, &escalations, visit)).collect()
            }
            BoardPart::Ended => {
                board.visits.iter().map(|visit| Line::of(naming, visit, answer(naming, visit))).collect()
            }
        };
        Ok(Self { lines, heading, part, next: board.next })
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The lines, to be put into a page.
    pub fn view<'a>(&'a self, frame: &'a Frame) -> VisitLinesView<'a> {
        VisitLinesView { frame, lines: &self.lines, heading: self.heading, is_open: self.part == BoardPart::Open }
    }
}

impl Line {
    fn of(naming: &Naming, visit: &VisitListing, waited: String) -> Self {
        let language = naming.language;
        let place = naming.code_if(ListName::Place, visit.place.as_deref());
        let place = place.unwrap_or_else(|| naming.code(ListName::KindOfPlace, &visit.kind_of_place));
        let region = naming.code_if(ListName::Region, visit.region.as_deref());
        Self {
            request: visit.request.to_string(),
            reference: visit.reference.to_string(),
            place: std::iter::once(place).chain(region).collect::<Vec<_>>().join(", "),
            state: VisitState::named(&visit.state).map_or_else(String::new, |state| match visit.ended_at {
                Some(_) if state.is_open() => text(language, "visits-lost-sight", &[]),
                _ => labels::of(language, state),
            }),
            ground: naming.code_if(ListName::VisitRefusalGround, visit.refusal_ground.as_deref()),
            evidence: Evidence::named(&visit.evidence).map_or_else(String::new, |word| labels::of(language, word)),
            requested: naming.short(visit.requested_at, visit.zone),
            waited,
            due: None,
            level: None,
        }
    }

    fn open(naming: &Naming, escalations: &Escalations, visit: &VisitListing) -> Self {
        let language = naming.language;
        let from = visit.approved_at.unwrap_or(visit.requested_at);
        Self {
            due: visit.due_at.map(|at| due(language, at, naming.now)),
            level: visit.due_at.and_then(|due_at| {
                let step =
                    if visit.approved_at.is_some() { AwaitedStep::CarryOutVisit } else { AwaitedStep::AnswerVisit };
                let level = escalations.level(step, Some(&visit.kind_of_place), due_at, naming.now)?;
                Some(level_in_words(language, level))
            }),
            ..Self::of(naming, visit, since(language, from, visit.zone, naming.now))
        }
    }
}

/// After how long the answer came, or that it never did.
fn answer(naming: &Naming, visit: &VisitListing) -> String {
    let language = naming.language;
    let after = |key: &str, end| {
        let span = between(language, visit.requested_at, end, visit.zone)?;
        Some(text(language, key, &[("span", span.into())]))
    };
    match (visit.answered_at, visit.ended_at) {
        (Some(at), _) => after("visits-answered-after", at).unwrap_or_else(|| naming.short(at, visit.zone)),
        (None, _) if !visit.needs_approval => text(language, "visits-no-approval", &[]),
        (None, end) => end
            .and_then(|end| after("visits-never-answered-in", end))
            .unwrap_or_else(|| text(language, "visits-never-answered", &[])),
    }
}
