//! The public door: complaints without an account, and the receipt that leads back to them.

#[path = "../pages/browser.rs"]
#[allow(dead_code, reason = "the tests of the pages use more of it")]
mod browser;
#[path = "../vault/needles.rs"]
mod needles;
#[path = "../support/mod.rs"]
mod support;

mod at_rest;
mod documents;
mod filing;
mod following;
mod limits;
mod messages;
mod stranger;
