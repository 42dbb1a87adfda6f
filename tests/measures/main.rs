//! The measures: from histories told in words to figures.

mod delays;
mod endings;
mod gathering;
mod indicators;
mod known_cases;
mod quality;
mod told;
mod visits;
mod whole;

#[path = "../domain/support/mod.rs"]
mod support;
