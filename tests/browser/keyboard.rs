//! The keyboard alone: everything is reached, in the order in which it is read, and the focus is seen.

use aiqyn::access::role::Role;
use fantoccini::key::Key;

use super::browser::Browser;
use super::chrome::in_chrome;
use super::look::{SCREEN, Theme};
use super::offices::Offices;
use super::paths::Who;
use super::tour::through_all_pages;
use crate::support::staff::PASSWORD;
use crate::support::{App, on_sqlite};

/// What has the focus: the name of a field, else what is written on it.
fn focus(browser: &Browser) -> String {
    let said = browser.evaluates(
        "const at = document.activeElement;
         return at === document.body ? '' : at.name || at.textContent.trim() || at.getAttribute('aria-labelledby');",
    );
    said.as_str().unwrap_or_default().to_owned()
}

/// Goes on by Tab until something has the focus.
#[track_caller]
fn tabs_to(browser: &Browser, what: &str) {
    let mut passed = Vec::new();
    for _ in 0..60 {
        browser.hits(Key::Tab);
        let at = focus(browser);
        if at == what {
            return;
        }
        passed.push(at);
    }
    panic!("Tab never reaches {what:?}: {passed:?}");
}

#[test]
fn one_signs_in_and_out_by_the_keyboard_alone() {
    in_chrome(|chrome| {
        on_sqlite(|backend| {
            let app = App::on(backend);
            let browser = chrome.without_script(&app);
            browser.opens("/sign-in");
            tabs_to(&browser, "login");
            browser.types(&app.caseworker.login);
            tabs_to(&browser, "password");
            browser.types(PASSWORD);
            tabs_to(&browser, "code");
            browser.types(&app.caseworker.recovery_code()).hits(Key::Enter).is_at("/");
            tabs_to(&browser, "Sign out");
            browser.hits(Key::Enter).is_at("/sign-in?out=1").reads("You have signed out");
        });
    });
}

#[test]
fn the_first_tab_offers_to_skip_to_the_content() {
    in_chrome(|chrome| {
        on_sqlite(|backend| {
            let app = App::on(backend);
            let browser = chrome.without_script(&app);
            browser.signs_in(&app.caseworker).opens("/account").hits(Key::Tab);
            assert_eq!(browser.evaluates("return document.activeElement.className"), "skip");
            assert!(
                browser.evaluates("return document.activeElement.getBoundingClientRect().height").as_f64() > Some(20.0)
            );
            browser.hits(Key::Enter).is_at("/account#main").hits(Key::Tab);
            assert_eq!(
                browser.evaluates("return !!document.activeElement.closest('main')"),
                true,
                "{}",
                focus(&browser)
            );
        });
    });
}

#[test]
fn after_a_mistake_the_keyboard_stands_at_what_is_wrong_and_leads_to_the_field() {
    in_chrome(|chrome| {
        on_sqlite(|backend| {
            let app = App::on(backend);
            let browser = chrome.without_script(&app);
            browser.opens("/sign-in").fills("login", "aigul").presses("Sign in");
            assert_eq!(browser.evaluates("return document.activeElement.getAttribute('role')"), "alert");
            browser.hits(Key::Tab).hits(Key::Enter).types("typed without looking");
            assert_eq!(browser.value_of("password"), "typed without looking");
        });
    });
}

/// Walks through a page by Tab and says what is wrong with the way.
fn faults_of_the_walk(browser: &Browser) -> Vec<String> {
    let place = browser.place();
    let mut faults = Vec::new();
    let (mut before, mut steps) = (-1, 0);
    // What stops Tab, in the order of the document; without a positive tabindex this is the order of reading.
    browser.evaluates(
        "window.stops = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex=\"0\"]')];
         document.activeElement.blur(); return null;",
    );
    if browser
        .evaluates("return document.querySelectorAll('[tabindex]:not([tabindex=\"0\"]):not([tabindex=\"-1\"])').length")
        != 0
    {
        faults.push(format!("{place}: a positive tabindex"));
    }
    while steps < 200 {
        browser.hits(Key::Tab);
        steps += 1;
        let seen = browser.evaluates(
            "const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
             return [window.stops.indexOf(at), at === document.body, style.outlineStyle, parseFloat(style.outlineWidth),
                     box.width, box.height, at.outerHTML.slice(0, 120)];",
        );
        if seen[1] == true {
            break;
        }
        let (at, what) = (seen[0].as_i64().unwrap(), seen[6].as_str().unwrap().to_owned());
        if at <= before {
            break;
        }
        before = at;
        let is_outlined = seen[2] != "none" && seen[3].as_f64() >= Some(2.0);
        if !is_outlined {
            faults.push(format!("{place}: the focus is not seen at {what}"));
        }
        if seen[4].as_f64() < Some(2.0) || seen[5].as_f64() < Some(2.0) {
            faults.push(format!("{place}: the focus is at what nobody sees: {what}"));
        }
    }
    let last = browser.evaluates("return window.stops.length").as_i64().unwrap();
    if last > 0 && before < 0 {
        faults.push(format!("{place}: Tab reaches nothing"));
    }
    faults
}

#[test]
fn tab_goes_through_every_page_in_the_order_of_reading_and_is_seen() {
    in_chrome(|chrome| {
        on_sqlite(|backend| {
            let offices = Offices::on(backend);
            let browser = chrome.without_script(&offices.app);
            browser.is_wide(SCREEN).prefers(Theme::Light);
            let mut faults = Vec::new();
            through_all_pages(&offices, &browser, |view| faults.extend(faults_of_the_walk(view.browser)));
            assert!(faults.is_empty(), "{}", faults.join("\n"));
        });
    });
}

#[test]
fn a_wide_table_is_scrolled_by_the_keyboard() {
    in_chrome(|chrome| {
        on_sqlite(|backend| {
            let offices = Offices::on(backend);
            let browser = chrome.without_script(&offices.app);
            offices.seats(&browser, Who::Our(Role::Analyst));
            browser.has_size(360, 800).opens("/statistics");
            for _ in 0..40 {
                browser.hits(Key::Tab);
                if browser.evaluates("return document.activeElement.className") == "scroll" {
                    browser.hits(Key::Right);
                    return;
                }
            }
            panic!("Tab never reaches a table:\n{}", browser.text());
        });
    });
}
