//! What somebody tries who means harm: with what was stolen, guessed, forged, or given for something else.

mod browser;
mod cookies;
mod escalation;
mod forgery;
mod guessing;
mod invitations;
mod leaks;
mod repeats;
#[path = "../permissions/routes.rs"]
#[allow(dead_code, reason = "the walk over all permissions uses the rest")]
mod routes;
mod sealed;
mod sessions;
mod strangers;
#[path = "../support/mod.rs"]
mod support;
