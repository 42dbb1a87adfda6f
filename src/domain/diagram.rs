//! The state diagram, drawn from the transition tables, for the documentation.

use std::fmt::Write;

use super::investigation::{self, InvestigationState};
use super::visit::{self, VisitState};

/// Both regions as Mermaid state diagrams, each in a fenced block under its heading.
#[must_use]
pub fn mermaid() -> String {
    let mut text = String::new();
    let investigation = investigation::TRANSITIONS
        .iter()
        .map(|(step, from, to)| (step.as_str(), from.iter().map(|s| s.as_str()).collect(), to.as_str()));
    let visit = visit::TRANSITIONS
        .iter()
        .map(|(step, from, to)| (step.as_str(), from.iter().map(|s| s.as_str()).collect(), to.as_str()));
    draw(&mut text, "Investigation", InvestigationState::Unfiled.as_str(), investigation);
    draw(&mut text, "Urgent visit", VisitState::NotRequested.as_str(), visit);
    text
}

fn draw<'a>(
    text: &mut String,
    heading: &str,
    start: &str,
    transitions: impl Iterator<Item = (&'a str, Vec<&'a str>, &'a str)>,
) {
    // Writing to a String cannot fail.
    let _ = write!(text, "## {heading}\n\n```mermaid\nstateDiagram-v2\n");
    for (step, from, to) in transitions {
        for state in from {
            let state = if state == start { "[*]" } else { state };
            let _ = writeln!(text, "    {state} --> {to}: {step}");
        }
    }
    let _ = write!(text, "```\n\n");
}
