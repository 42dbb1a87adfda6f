//! Filing: in every language, by anybody, without a trace of whom.

use aiqyn::access::role::OrganisationKind;
use aiqyn::i18n::Language;
use serde_json::Value;

use crate::browser::{between, field_of};
use crate::stranger::{SHORTEST, STORY, Stranger, must_be_sound, receipt_on};
use crate::support::staff::Organisation;
use crate::support::{App, for_each_backend, on_sqlite};

/// The cases that the caseworker sees.
pub fn cases(app: &App) -> Vec<Value> {
    app.get("/api/v1/cases")["cases"].as_array().unwrap().clone()
}

/// The only case, whole.
#[track_caller]
pub fn only_case(app: &App) -> Value {
    let cases = cases(app);
    assert_eq!(cases.len(), 1, "{cases:?}");
    app.get(&format!("/api/v1/cases/{}", cases[0]["id"].as_str().unwrap()))
}

#[test]
fn anybody_files_in_any_language_and_is_given_a_receipt() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        for language in Language::ALL {
            let stranger = Stranger::at(&app).speaking(*language);
            let page = stranger.opens("/complaint").must_be(200).body;
            must_be_sound(&page, *language);
            for key in ["public-protected-title", "public-open-title", "public-reprisals-title"] {
                assert!(page.contains(&stranger.hears(key)), "{key}");
            }
            let filed = stranger.sends("/complaint", SHORTEST).must_be(200).body;
            must_be_sound(&filed, *language);
            assert!(filed.contains(&stranger.hears("public-filed-once")));
            assert!(!filed.contains(STORY));
            assert!(!filed.contains("?language="), "a link that takes the receipt away");
            receipt_on(&filed);
        }
        assert_eq!(cases(&app).len(), Language::ALL.len());
    });
}

#[test]
fn the_caseworker_reads_what_was_filed_and_of_whom_nothing_was_said() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        Stranger::at(&app).files(SHORTEST);
        let case = only_case(&app);
        let told = case.to_string();
        assert!(told.contains(STORY), "{told}");
        assert_eq!(case["complaint"]["details"]["channel"], "online", "{told}");
        let facts: Vec<&Value> = case["facts"].as_array().unwrap().iter().map(|fact| &fact["kind"]).collect();
        assert_eq!(facts, ["learn_of_allegation"], "and nobody is named");
    });
}

#[test]
fn what_is_told_of_people_time_and_place_stands_where_it_belongs() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        Stranger::at(&app).files(&[
            ("allegation", STORY),
            ("incident_at.month", "3"),
            ("incident_at.year", "2026"),
            ("region", "akmola"),
            ("writer", "other"),
            ("name", "Әсел Жазушы"),
            ("contact", "+7 700 000 00 07"),
            ("contact_how", "тек кешке"),
            ("victim_name", "Ербол Мысалов"),
        ]);
        let told = only_case(&app).to_string();
        for text in ["2026-03", "akmola", "Әсел Жазушы", "+7 700 000 00 07\\nтек кешке", "Ербол Мысалов"]
        {
            assert!(told.contains(text), "{text} in {told}");
        }
        assert!(told.contains("\"complainant\"") && told.contains("\"alleged_victim\""), "{told}");
    });
}

#[test]
fn what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        for language in Language::ALL {
            let stranger = Stranger::at(&app).speaking(*language);
            let typed = [
                ("allegation", "  "),
                ("incident_at.day", "31"),
                ("incident_at.month", "2"),
                ("incident_at.year", "2026"),
                ("region", "akmola"),
                ("writer", "self"),
                ("name", "Әсел <b>"),
                ("contact_how", "тек кешке"),
            ];
            let page = stranger.sends("/complaint", &typed).must_be(422).body;
            must_be_sound(&page, *language);
            assert!(page.contains("id=\"allegation-error\"") && page.contains("id=\"incident_at-error\""), "{page}");
            assert!(page.contains(&stranger.hears("public-allegation-missing")), "{page}");
            assert!(page.contains("value=\"31\"") && page.contains("value=\"2026\""), "{page}");
            assert!(page.contains("<option value=\"akmola\" selected>"), "{page}");
            assert!(page.contains("value=\"self\" checked"), "{page}");
            assert!(field_of(&page, "name").starts_with("Әсел &"), "{page}");
            assert_eq!(field_of(&page, "contact_how"), "тек кешке");
        }
        assert_eq!(cases(&app).len(), 0);
    });
}

#[test]
fn the_future_cannot_have_happened() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let typed = [("allegation", STORY), ("incident_at.month", "7"), ("incident_at.year", "2026")];
        let page = Stranger::at(&app).sends("/complaint", &typed).must_be(422).body;
        assert!(page.contains("id=\"incident_at-error\"") && page.contains(STORY), "{page}");
    });
}

#[test]
fn where_there_are_several_organisations_one_is_chosen() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let other = Organisation::added(&app.services, "Екінші ұйым", OrganisationKind::Ngo);
        let office = Organisation::added(&app.services, "Омбудсман", OrganisationKind::Ombudsman);
        let stranger = Stranger::at(&app);
        let page = stranger.opens("/complaint").must_be(200).body;
        assert!(page.contains("Екінші ұйым") && !page.contains("Омбудсман"), "{page}");
        let unsaid = stranger.sends("/complaint", SHORTEST).must_be(422).body;
        assert!(unsaid.contains("id=\"organisation-error\"") && unsaid.contains(STORY), "{unsaid}");
        let office = office.id.to_string();
        stranger.sends("/complaint", &[("allegation", STORY), ("organisation", &office)]).must_be(422);
        stranger.files(&[("allegation", STORY), ("organisation", &other.id.to_string())]);
        assert_eq!(cases(&app).len(), 0, "it is the other organisation's");
        assert_eq!(app.services.count_cases(&app.console()).unwrap(), 1);
    });
}

#[test]
fn the_sign_in_page_shows_the_way() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let page = Stranger::at(&app).opens("/sign-in").must_be(200).body;
        let links = between(&page, "href=\"", "\"");
        assert!(links.contains(&"/complaint") && links.contains(&"/receipt"), "{links:?}");
    });
}

#[test]
fn the_quick_exit_leads_away_and_keeps_nothing() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let away = Stranger::at(&app).opens("/leave").must_be(303);
        assert!(away.header("location").starts_with("https://"), "{:?}", away.headers);
        assert_eq!(away.header("clear-site-data"), "\"cache\"");
        assert_eq!(away.header("referrer-policy"), "same-origin");
        assert_eq!(away.body, "");
    });
}
