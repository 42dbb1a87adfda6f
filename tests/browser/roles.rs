//! The main path of each role, from signing in to the result, without a script and in each language.

use aiqyn::access::role::{OrganisationKind, Role};

use super::browser::Browser;
use super::chrome::in_chrome;
use crate::support::on_sqlite;
use crate::support::staff::{Organisation, PASSWORD, Person};
use crate::support::{App, Backend};

const TOLD: &str = "Ұрып, ток жіберген.";

/// Lets somebody in a role do their work, in each language.
fn in_each_language(role: Role, work: impl Fn(&App, &Browser, &Person)) {
    in_chrome(|chrome| {
        on_sqlite(|backend: &Backend| {
            let app = App::on(backend).with_invented_cases(30);
            for language in ["kk", "ru", "en"] {
                let person = app.organisation.hires(
                    &app.services,
                    &format!("{}-{language}", role.as_str().replace('_', "-")),
                    &[role],
                );
                let browser = chrome.speaking(language).without_script(&app);
                browser.signs_in(&person);
                assert_eq!(browser.attribute("html", "lang").as_deref(), Some(language));
                work(&app, &browser, &person);
            }
        });
    });
}

#[test]
fn an_intake_officer_logs_a_complaint() {
    in_each_language(Role::IntakeOfficer, |_, browser, _| {
        browser.opens("/").presses_the("main form[action='/drafts'] button");
        browser.fills("learnt_at.day", "1").chooses("learnt_at.month", "6").fills("learnt_at.year", "2026");
        browser.chooses("channel", "hotline").fills("allegation", TOLD).presses_the("main button[value='next']");
        browser.fills("people[0].name", "Сәкен Мысалов").presses_the("main button[value='next']");
        browser.chooses("kind_of_place", "police_office").presses_the("main button[value='next']");
        browser.chooses("forms", "beating").presses_the("main button[value='next']");
        browser.fills("access_to_lawyer.day", "1").chooses("access_to_lawyer.month", "6");
        browser.fills("access_to_lawyer.year", "2026").presses_the("main button[value='next']");
        browser.reads(TOLD).presses_the("main form[action^='/drafts/'] button");
        assert!(browser.place().ends_with("?done=filed"), "{}", browser.place());
    });
}

#[test]
fn a_caseworker_moves_a_case() {
    in_each_language(Role::Caseworker, |app, browser, _| {
        let filed = app.caseworker().files_complaint();
        let case = format!("/cases/{}", filed.shows()["reference"].as_str().unwrap());
        browser.opens(&case).presses_the("main a[href$='/record/route']").chooses("receiving_body", "mvd");
        browser.fills("occurred_at.day", "10").chooses("occurred_at.month", "6").fills("occurred_at.year", "2026");
        browser.presses_the("main form.sheet button").is_at(&format!("{case}?done=recorded"));
    });
}

#[test]
fn a_member_of_the_preventive_mechanism_asks_for_a_visit() {
    in_each_language(Role::NpmMember, |_, browser, _| {
        browser.opens("/visits").presses_the("main a[href='/visits/new']").chooses("kind_of_place", "police_office");
        browser.fills("urgency", TOLD).chooses("evidence", "oral").chooses("channel", "visit");
        browser.presses_the("main form.sheet button");
        assert!(browser.place().ends_with("?done=requested"), "{}", browser.place());
    });
}

#[test]
fn the_ombudsmans_approver_answers_in_two_presses() {
    in_chrome(|chrome| {
        on_sqlite(|backend: &Backend| {
            let app = App::on(backend);
            let office = Organisation::added(&app.services, "Омбудсмен", OrganisationKind::Ombudsman);
            let approver = office.hires(&app.services, "office", &[Role::Approver]);
            for language in ["kk", "ru", "en"] {
                let asked = app.caseworker().files_complaint().on("2026-06-02").has_a_visit_requested();
                let browser = chrome.speaking(language).without_script(&app);
                browser.signs_in(&approver).opens("/").presses_the("main tbody th a");
                browser.presses_the("main form:has([value='approve_visit']) button");
                assert!(browser.place().ends_with("?done=answered"), "{}", browser.place());
                assert_eq!(asked.stands()[1], "approved");
            }
        });
    });
}

#[test]
fn an_analyst_finds_the_annex() {
    in_each_language(Role::Analyst, |_, browser, _| {
        browser.is_at("/statistics");
        for format in ["pdf", "xlsx", "csv"] {
            assert_eq!(browser.count(&format!("main a[href*='/api/v1/reports/annex?format={format}']")), 1, "{format}");
        }
    });
}

#[test]
fn an_auditor_verifies_the_chain() {
    in_each_language(Role::Auditor, |_, browser, _| {
        browser.is_at("/audit").presses_the("main form[action='/audit/verification'] button");
        assert_eq!(browser.count("h1"), 1);
        browser.is_at("/audit/verification");
    });
}

#[test]
fn an_administrator_invites_somebody_and_proves_who_they_are() {
    in_each_language(Role::Administrator, |_, browser, person| {
        browser.opens("/members").fills("login", &format!("new-{}", person.login)).chooses("roles", "analyst");
        browser.presses_the("main form[action='/members'] button");
        if browser.count("main input[name='password']") > 0 {
            browser.fills("password", PASSWORD).fills("code", &person.recovery_code());
            browser.presses_the("main form.sheet button");
        }
        browser.reads(&format!("new-{}", person.login));
        assert!(browser.count("main code") > 0, "the invitation is shown once: {}", browser.text());
    });
}
