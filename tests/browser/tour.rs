//! Walking through all pages, as each who meets them.

use super::browser::Browser;
use super::offices::Offices;
use super::paths::{PAGES, Who};

/// One page before the eyes of one person.
pub struct View<'a> {
    pub who: Who,
    pub path: &'static str,
    pub browser: &'a Browser,
}

/// Opens every page of the list in a browser and does something with each.
pub fn through_all_pages(offices: &Offices, browser: &Browser, mut each: impl FnMut(View<'_>)) {
    for who in Who::all() {
        offices.seats(browser, who);
        for (_, path) in PAGES.iter().filter(|(other, _)| *other == who) {
            browser.opens(&offices.address(path));
            each(View { who, path, browser });
        }
    }
}
