//! The pages in a real browser: Chromium, driven by chromedriver, without a script and, for axe-core
//! alone, with one. Both come from Debian, axe-core from a package; `tests/all.sh` brings all three.

#[path = "../support/mod.rs"]
mod support;

mod accessibility;
mod axe;
mod browser;
mod chrome;
mod instruments;
mod keyboard;
mod look;
mod offices;
mod paths;
mod roles;
mod screenshots;
mod story;
mod tour;
