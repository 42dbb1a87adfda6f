//! WCAG 2.2 AA on every page: axe-core finds nothing, in both themes, and nothing needs sideways scrolling.

use super::axe::Axe;
use super::chrome::in_chrome;
use super::look::{SCREEN, SCREEN_AT_200_PERCENT, TELEPHONE, Theme};
use super::offices::Offices;
use super::tour::through_all_pages;
use crate::support::on_sqlite;

fn axe_finds_nothing_in(theme: Theme) {
    let Some(axe) = Axe::of_this_machine() else { return };
    in_chrome(|chrome| {
        on_sqlite(|backend| {
            let offices = Offices::on(backend);
            let browser = chrome.with_script(&offices.app);
            browser.is_wide(SCREEN).prefers(theme);
            let mut faults = Vec::new();
            through_all_pages(&offices, &browser, |view| {
                let seen = axe.faults(view.browser);
                faults.extend(seen.into_iter().map(|fault| format!("{}: {fault}", view.who.as_str())));
            });
            assert!(faults.is_empty(), "{}", faults.join("\n"));
        });
    });
}

#[test]
fn axe_finds_nothing_on_any_page_in_light_colours() {
    axe_finds_nothing_in(Theme::Light);
}

#[test]
fn axe_finds_nothing_on_any_page_in_dark_colours() {
    axe_finds_nothing_in(Theme::Dark);
}

#[test]
fn no_page_needs_sideways_scrolling_on_a_telephone_or_at_200_percent() {
    in_chrome(|chrome| {
        on_sqlite(|backend| {
            let offices = Offices::on(backend);
            let browser = chrome.without_script(&offices.app);
            through_all_pages(&offices, &browser, |view| {
                for width in [SCREEN_AT_200_PERCENT, TELEPHONE] {
                    view.browser.is_wide(width).fits();
                }
            });
        });
    });
}

#[test]
fn every_page_says_its_language_and_has_one_heading_and_a_title() {
    in_chrome(|chrome| {
        on_sqlite(|backend| {
            let offices = Offices::on(backend);
            for language in ["kk", "ru"] {
                let browser = chrome.speaking(language).without_script(&offices.app);
                through_all_pages(&offices, &browser, |view| {
                    let place = view.browser.place();
                    let said = view.browser.attribute("html", "lang");
                    assert_eq!(said.as_deref(), Some(language), "{place}");
                    assert_eq!(view.browser.count("h1"), 1, "{place}");
                    assert_eq!(view.browser.count("main"), 1, "{place}");
                });
            }
        });
    });
}
