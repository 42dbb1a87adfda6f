//! The pages, as a browser without a script meets them.

#[path = "../support/mod.rs"]
mod support;

mod account;
mod administration;
mod browser;
mod enrolment;
mod errors;
mod sign_in;
