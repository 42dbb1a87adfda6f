//! The pages, as a browser without a script meets them.

#[path = "../support/mod.rs"]
mod support;

mod account;
mod browser;
mod enrolment;
mod errors;
mod letters;
mod sign_in;
mod statistics;
