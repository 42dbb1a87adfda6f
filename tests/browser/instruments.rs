//! What the other tests rely on: scripts are off where they say so, colours are as preferred, and axe-core
//! does see what is wrong.

use super::axe::Axe;
use super::chrome::in_chrome;
use super::look::Theme;
use crate::support::{App, on_sqlite};

#[test]
fn a_browser_without_script_runs_none_of_a_page() {
    in_chrome(|chrome| {
        on_sqlite(|backend| {
            let app = App::on(backend);
            for (browser, title) in [(chrome.without_script(&app), "still"), (chrome.with_script(&app), "moved")] {
                browser.goes_to("data:text/html,<title>still</title><script>document.title = 'moved'</script>");
                assert_eq!(browser.evaluates("return document.title"), title);
            }
        });
    });
}

#[test]
fn pages_are_shown_in_the_preferred_colours_and_the_preferred_language() {
    in_chrome(|chrome| {
        on_sqlite(|backend| {
            let app = App::on(backend);
            let browser = chrome.speaking("kk").without_script(&app);
            let ground = |theme| {
                browser.prefers(theme).opens("/sign-in").reads("Жүйеге кіру");
                browser.evaluates("return getComputedStyle(document.body).backgroundColor")
            };
            assert_ne!(ground(Theme::Light), ground(Theme::Dark));
        });
    });
}

#[test]
fn axe_sees_what_is_wrong() {
    let Some(axe) = Axe::of_this_machine() else { return };
    in_chrome(|chrome| {
        on_sqlite(|backend| {
            let app = App::on(backend);
            let browser = chrome.with_script(&app);
            browser.opens("/sign-in");
            assert_eq!(axe.faults(&browser), Vec::<String>::new());
            for (damage, rule) in [
                ("document.documentElement.removeAttribute('lang')", "html-has-lang"),
                ("document.querySelectorAll('label').forEach(label => label.remove())", "label"),
                ("document.querySelector('h1').style.color = '#ccc'", "color-contrast"),
            ] {
                browser.opens("/sign-in").evaluates(&format!("{damage}; return null"));
                let faults = axe.faults(&browser);
                assert!(faults.iter().any(|fault| fault.contains(&format!(" {rule}: "))), "no {rule}: {faults:?}");
            }
        });
    });
}
