//! Coming back with a receipt.

use aiqyn::i18n::Language;
use aiqyn::services::CaseName;

use crate::filing::only_case;
use crate::stranger::{SHORTEST, STORY, Stranger, must_be_sound};
use crate::support::caseworker::CaseFile;
use crate::support::{App, for_each_backend, on_sqlite};

/// The only case, in the hands of the caseworker.
fn case_file(app: &App) -> CaseFile<'_> {
    let case = only_case(app);
    let events = app.get(&format!("/api/v1/cases/{}/events", case["id"].as_str().unwrap()));
    let last = events["events"].as_array().unwrap().last().unwrap()["id"].clone();
    let receipt = serde_json::json!({
        "case_id": case["id"], "reference": case["reference"], "version": case["version"], "event_id": last,
    });
    CaseFile::of(&app.client, &receipt).on("2026-06-15")
}

#[test]
fn the_receipt_leads_back_however_it_is_typed() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        for language in Language::ALL {
            let stranger = Stranger::at(&app).speaking(*language);
            must_be_sound(&stranger.opens("/receipt").must_be(200).body, *language);
            let receipt = stranger.files(SHORTEST);
            for typed in [receipt.clone(), receipt.replace(' ', ""), receipt.replace(' ', "-")] {
                let page = stranger.returns(&typed).must_be(200).body;
                must_be_sound(&page, *language);
                assert!(page.contains(&stranger.hears("public-state-received")), "{page}");
                assert!(!page.contains(STORY), "what they wrote is not shown again");
            }
        }
    });
}

#[test]
fn what_opens_nothing_is_told_and_no_sign_of_a_case_is_given() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let stranger = Stranger::at(&app);
        let receipt = stranger.files(SHORTEST);
        let other = if receipt.starts_with('0') { "1" } else { "0" };
        let wrong = format!("{other}{}", &receipt[1..]);
        let page = stranger.returns(&wrong).must_be(404).body;
        must_be_sound(&page, Language::En);
        assert!(page.contains(&stranger.hears("public-return-unknown")), "{page}");
        assert!(page.contains(&format!("value=\"{wrong}\"")), "what was typed is not lost");
        let short = stranger.returns("1234 5678").must_be(422).body;
        assert!(short.contains(&stranger.hears("public-return-unread")), "{short}");
    });
}

#[test]
fn the_state_is_told_in_words_and_a_visit_is_not() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let stranger = Stranger::at(&app);
        let receipt = stranger.files(SHORTEST);
        let must_hear = |key: &str| {
            let page = stranger.returns(&receipt).must_be(200).body;
            assert!(page.contains(&stranger.hears(key)), "{key}: {page}");
            assert!(!page.to_lowercase().contains("visit"), "{page}");
        };
        let case = case_file(&app).has_a_visit_requested();
        must_hear("public-state-in-work");
        let case = case.routes_to_internal_security();
        must_hear("public-state-passed-on");
        case.is_dismissed();
        must_hear("public-state-dismissed");
    });
}

#[test]
fn of_an_erased_case_the_receipt_opens_nothing_any_more() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let stranger = Stranger::at(&app);
        let receipt = stranger.files(SHORTEST);
        stranger.sends("/receipt/answer", &[("receipt", &receipt), ("text", "Тағы бір сөз")]).must_be(200);
        let case = only_case(&app)["id"].as_str().unwrap().parse().unwrap();
        app.services.erase_case(&fresh(&app), CaseName::Id(case)).unwrap();
        stranger.returns(&receipt).must_be(404);
        let read = app.services.read_messages(&fresh(&app), CaseName::Id(case)).unwrap();
        assert!(read.messages.is_empty() && !read.can_ask);
    });
}

/// The caseworker with a fresh proof.
pub fn fresh(app: &App) -> aiqyn::services::Caller {
    let secret = app.caseworker.signs_in(&app.services);
    let caller = app.services.authenticate(Some(&secret)).unwrap();
    app.services.prove_again(&caller, &app.caseworker.proof()).unwrap();
    app.services.authenticate(Some(&secret)).unwrap()
}
