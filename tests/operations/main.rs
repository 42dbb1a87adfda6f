//! Running an installation: its settings, what can be seen of it from outside, and how it ends.

mod deployed;
mod doctor;
mod metrics;
mod settings;
mod settings_page;
mod stopping;
#[path = "../support/mod.rs"]
mod support;
mod writers;
