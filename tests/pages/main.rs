//! The pages, as a browser without a script meets them.

#[path = "../support/mod.rs"]
mod support;

mod account;
mod administration;
mod board;
mod browser;
mod case;
mod enrolment;
mod errors;
mod filing;
mod letters;
mod logging;
mod sign_in;
mod statistics;
mod visits;
