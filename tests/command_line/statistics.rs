//! `aiqyn stats`: the figures of the API, on the command line.

use crate::support::program::aiqyn;
use crate::support::{Backend, for_each_backend};

fn demo(backend: &Backend) -> &Backend {
    backend.demo(60)
}

#[test]
fn the_command_line_gives_the_figures_of_the_api() {
    for_each_backend(|backend| {
        let served = demo(backend).serve();
        for (words, path) in [
            (&["delays"][..], "delays"),
            (&["rates"], "rates"),
            (&["rates", "--by", "region"], "rates?by=region"),
            (&["rates", "--as-known-on", "2024-06-30"], "rates?as_known_on=2024-06-30"),
            (&["delays", "--by", "body", "--current-codes"], "delays?by=body&codes=current"),
            (&["delays", "--from-filing", "--filed-from", "2023-01-01"], "delays?clock=filed&filed_from=2023-01-01"),
            (
                &["rates", "--filed-to", "2023-12-31", "--region", "almaty_city"],
                "rates?filed_to=2023-12-31&region=almaty_city",
            ),
        ] {
            let words: Vec<&str> = ["stats"].into_iter().chain(words.iter().copied()).chain(["--json"]).collect();
            let told = backend.aiqyn(&words).well().json();
            let served = served.client.get(&format!("/api/v1/statistics/{path}")).must_be(200).json();
            assert_eq!(told, served, "{path}");
        }
    });
}

#[test]
fn without_json_it_is_a_table() {
    for_each_backend(|backend| {
        let rates = demo(backend).aiqyn(&["stats", "rates", "--by", "year"]).well().out;
        assert!(rates.starts_with("60 cases, as known on "), "{rates}");
        assert!(rates.lines().any(|line| line.starts_with("prosecuted ") && line.contains(" all ")), "{rates}");
        let delays = backend.aiqyn(&["stats", "delays"]).well().out;
        assert_eq!(delays.lines().count(), 2 + 13, "{delays}");
    });
}

#[test]
fn an_empty_database_has_figures_too() {
    for_each_backend(|backend| {
        backend.set_up();
        for words in [["stats", "delays", "--json"], ["stats", "rates", "--json"]] {
            assert_eq!(backend.aiqyn(&words).well().json()["cases"], 0);
        }
        backend.aiqyn(&["stats", "delays"]).well();
        backend.aiqyn(&["stats", "rates"]).well();
    });
}

#[test]
fn a_dimension_that_there_is_not_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let told = aiqyn(folder.path(), &["stats", "rates", "--by", "colour"]).badly();
    assert!(told.err.contains("kind_of_place"), "it says which there are: {}", told.err);
}
