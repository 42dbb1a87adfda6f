//! The code lists, as whoever fills in a form asks for them.

use aiqyn::domain::code::ListName;
use serde_json::Value;

use crate::support::{App, for_each_backend};

fn codes(app: &App, query: &str) -> Vec<String> {
    let lists = app.get(&format!("/api/v1/code-lists?{query}"));
    let [list] = lists["lists"].as_array().unwrap().as_slice() else { panic!("{lists}") };
    let entries = list["entries"].as_array().unwrap().iter();
    entries.map(|entry| entry["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_list_is_there_with_labels_in_three_languages() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let lists = app.get("/api/v1/code-lists");
        let lists = lists["lists"].as_array().unwrap();
        let names: Vec<_> = lists.iter().map(|list| list["list"].as_str().unwrap()).collect();
        assert_eq!(names, ListName::WORDS);
        for list in lists {
            let entries = list["entries"].as_array().unwrap();
            assert!(!entries.is_empty(), "{}", list["list"]);
            for entry in entries {
                for language in ["kk", "ru", "en"] {
                    assert!(entry[language].as_str().is_some_and(|label| !label.trim().is_empty()), "{entry}");
                }
            }
        }
    });
}

#[test]
fn a_list_is_given_for_a_day() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let has = |day: &str, code: &str| codes(&app, &format!("list=region&on={day}")).iter().any(|c| c == code);
        assert!(has("2018-06-18", "south_kazakhstan_until_2018") && !has("2018-06-18", "turkistan"));
        assert!(!has("2018-06-19", "south_kazakhstan_until_2018") && has("2018-06-19", "turkistan"));
        let today = codes(&app, "list=region&on=2026-06-15");
        assert_eq!(today.len(), 20, "17 regions and 3 cities of republican significance: {today:?}");
    });
}

#[test]
fn a_code_with_several_periods_has_one_a_day() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        for list in ListName::WORDS {
            let mut today = codes(&app, &format!("list={list}&on=2026-06-15"));
            let entries = today.len();
            today.sort();
            today.dedup();
            assert_eq!(today.len(), entries, "{list}");
        }
    });
}

#[test]
fn a_list_has_a_name_in_the_language_that_is_asked_for() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let label = |language: &str| -> Value {
            let request = app.client.request("GET", "/api/v1/code-lists?list=region").in_language(language);
            request.send().must_be(200).json()["lists"][0]["label"].clone()
        };
        assert_ne!(label("kk"), label("ru"));
        assert_ne!(label("ru"), label("en"));
    });
}
