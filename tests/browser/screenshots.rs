//! Pictures of every page, to be looked at: both themes, and a telephone. Made when they are asked for:
//! `cargo test --test browser screenshots -- --ignored`, into `screenshots/`, which git ignores.

use std::fs;
use std::path::Path;

use data_encoding::BASE64;

use super::chrome::in_chrome;
use super::look::{SCREEN, TELEPHONE, Theme};
use super::offices::Offices;
use super::tour::through_all_pages;
use crate::support::on_sqlite;

/// The languages that pictures are made in; `AIQYN_SCREENSHOTS` names others, with commas between them.
fn languages() -> Vec<&'static str> {
    let asked = std::env::var("AIQYN_SCREENSHOTS").unwrap_or_else(|_| "en".to_owned());
    ["en", "kk", "ru"].into_iter().filter(|language| asked.split(',').any(|one| one == *language)).collect()
}

/// A page's path as the name of a file.
fn name(path: &str) -> String {
    let plain: String = path.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let plain = plain.trim_matches('-').to_owned();
    if plain.is_empty() { "home".to_owned() } else { plain }
}

#[test]
#[ignore = "makes pictures, which somebody must look at"]
fn screenshots_of_every_page() {
    in_chrome(|chrome| {
        on_sqlite(|backend| {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("screenshots");
            let offices = Offices::on(backend);
            for language in languages() {
                let browser = chrome.speaking(language).without_script(&offices.app);
                through_all_pages(&offices, &browser, |view| {
                    for (look, width, theme) in [
                        ("light", SCREEN, Theme::Light),
                        ("dark", SCREEN, Theme::Dark),
                        ("telephone", TELEPHONE, Theme::Light),
                    ] {
                        let folder = folder.join(language).join(look);
                        fs::create_dir_all(&folder).unwrap();
                        view.browser.prefers(theme).is_wide(width);
                        let picture = BASE64.decode(view.browser.picture().as_bytes()).unwrap();
                        let file = format!("{}_{}.png", name(view.path), view.who.as_str());
                        fs::write(folder.join(file), picture).unwrap();
                    }
                });
            }
        });
    });
}
