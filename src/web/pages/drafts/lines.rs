//! Drafts in lines: when each was saved, and by which way the complaint came.

use askama::Template;

use crate::domain::code::ListName;
use crate::domain::time::Zone;
use crate::services::Draft;
use crate::web::pages::frame::Frame;
use crate::web::pages::naming::Naming;

/// Some drafts in lines.
pub struct DraftLines {
    lines: Vec<Line>,
}

struct Line {
    id: String,
    saved: String,
    channel: String,
}

/// The lines within a page.
#[derive(Template)]
#[template(path = "drafts/lines.html")]
pub struct DraftLinesView<'a> {
    frame: &'a Frame,
    lines: &'a [Line],
}

impl DraftLines {
    pub fn of(naming: &Naming, drafts: &[Draft]) -> Self {
        let line = |draft: &Draft| {
            let channel = draft.typed.0.iter().find(|(name, value)| name == "channel" && !value.is_empty());
            Line {
                id: draft.id.to_string(),
                saved: naming.instant(draft.saved_at, Zone::default()),
                channel: channel.map_or_else(String::new, |(_, code)| naming.code(ListName::Channel, code)),
            }
        };
        Self { lines: drafts.iter().map(line).collect() }
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The lines, to be put into a page.
    pub fn view<'a>(&'a self, frame: &'a Frame) -> DraftLinesView<'a> {
        DraftLinesView { frame, lines: &self.lines }
    }
}
