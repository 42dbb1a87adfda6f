//! The story of the report to the Committee, from the complaint to the figures, told in a browser that runs no
//! script: a complaint is passed to internal security, an urgent visit is asked for, refused for want of written
//! evidence, asked for again, approved and carried out; the complaint is dismissed, taken up again, and prosecuted.

use aiqyn::access::role::{OrganisationKind, Role};

use super::browser::Browser;
use super::chrome::in_chrome;
use crate::support::on_sqlite;
use crate::support::staff::{Organisation, Person};
use crate::support::{App, Backend};

/// What is told.
const TOLD: &str = "Ұрып, ток жіберген; анасы екі күн бойы хабар алмаған.";

/// How many delays have a wait: the second cell of a row counts them.
const ROWS_WITH_A_WAIT: &str = "return [...document.querySelectorAll('main table.many tbody tr')]
    .filter(row => Number(row.cells[1].innerText.trim().split(/\\s/)[0]) > 0).length";

struct Story<'a> {
    app: App,
    browser: Browser,
    /// Two of one office, each with their own recovery codes to sign in with.
    caseworkers: [&'a Person; 2],
    approver: &'a Person,
    case: String,
}

impl Story<'_> {
    /// A day on which somebody comes to work.
    fn on(&self, day: &str, person: &Person) -> &Browser {
        self.app.clock.set(&format!("{day}T10:00:00+05:00"));
        self.browser.forgets().signs_in(person)
    }

    /// Records a step that happened on the day, by the button on the page of the case.
    fn records(&self, day: &str, step: &str, fields: &[(&str, &str)]) {
        let browser = self.on(day, self.caseworkers[usize::from(day > "2026-07")]);
        browser.opens(&self.case).presses_the(&format!("main a[href$='/record/{step}']"));
        for (field, value) in fields {
            if browser.count(&format!("main textarea[name='{field}']")) > 0 {
                browser.fills(field, value);
            } else {
                browser.chooses(field, value);
            }
        }
        let (year, rest) = day.split_once('-').unwrap();
        let (month, day) = rest.split_once('-').unwrap();
        browser.fills("occurred_at.day", day.trim_start_matches('0'));
        browser.chooses("occurred_at.month", month.trim_start_matches('0'));
        browser.fills("occurred_at.year", year);
        browser.fills("occurred_at.clock", "09:00");
        browser.presses_the("main form.sheet button");
        browser.is_at(&format!("{}?done=recorded", self.case));
    }

    /// Answers the request that has waited longest.
    fn answers(&self, day: &str, press: impl Fn(&Browser)) {
        let browser = self.on(day, self.approver);
        browser.opens("/visits").presses_the("main tbody th a");
        browser.reads(TOLD).does_not_read("Мысалов");
        press(browser);
        assert!(browser.place().ends_with("?done=answered"), "{}", browser.place());
    }
}

/// Somebody without an account files the complaint, and comes back with the receipt.
fn files_as_anybody(browser: &Browser) {
    browser.opens("/complaint").fills("allegation", TOLD).chooses("kind_of_place", "police_office");
    browser.fills("victim_name", "Сәкен Мысалов").presses_the("main form[action='/complaint'] button");
    let receipt = browser.element(".receipt code").reads(browser);
    browser.opens("/receipt").fills("receipt", &receipt).presses_the("main form[action='/receipt'] button");
    assert!(browser.count("main form[action='/receipt/answer']") > 0, "{}", browser.text());
}

/// The case that somebody finds on the list, as the only one.
fn finds_the_case(browser: &Browser, caseworker: &Person) -> String {
    browser.signs_in(caseworker).opens("/cases").presses_the("main tbody th a");
    browser.place()
}

fn is_told_in(language: &'static str) {
    in_chrome(|chrome| {
        on_sqlite(|backend: &Backend| {
            let app = App::on(backend);
            let ombudsman = Organisation::added(&app.services, "Омбудсмен", OrganisationKind::Ombudsman);
            let approver = ombudsman.hires(&app.services, "office", &[Role::Approver]);
            let [saule, bolat] =
                ["saule", "bolat"].map(|login| app.organisation.hires(&app.services, login, &[Role::Caseworker]));
            app.clock.set("2026-06-01T10:00:00+05:00");
            let browser = chrome.speaking(language).without_script(&app);
            files_as_anybody(&browser);
            let case = finds_the_case(&browser, &saule);
            let story = Story { app, browser, caseworkers: [&saule, &bolat], approver: &approver, case };
            story.records("2026-06-02", "route", &[("receiving_body", "mvd")]);
            let asks = [("kind_of_place", "police_office"), ("evidence", "oral"), ("urgency", TOLD)];
            story.records("2026-06-03", "request_visit", &asks);
            story.answers("2026-06-08", |office| {
                office.chooses("ground", "no_written_evidence").presses_the("main button.refusing");
            });
            let asks = [("kind_of_place", "police_office"), ("evidence", "written_and_signed"), ("urgency", TOLD)];
            story.records("2026-06-09", "request_visit", &asks);
            story.answers("2026-06-12", |office| {
                office.presses_the("main form:has([value='approve_visit']) button");
            });
            let visited =
                [("announced", "no"), ("private_interview", "yes"), ("findings", "Денесінде көгерген іздер бар.")];
            story.records("2026-06-13", "carry_out_visit", &visited);
            story.records("2026-07-10", "dismiss", &[("deciding_body", "mvd"), ("ground", "no_event")]);
            story.records("2026-07-12", "appeal", &[("to_body", "prosecutor_general")]);
            story.records("2026-08-20", "reopen", &[("deciding_body", "prosecutor_general")]);
            story.records(
                "2026-09-30",
                "prosecute",
                &[("prosecuting_body", "prosecutor_general"), ("charge", "cc2014_146_torture")],
            );
            let browser = story.on("2026-10-01", &bolat);
            browser.opens("/statistics/delays");
            // Nine waits of this one complaint have ended, each with a figure in its row.
            let told = browser.evaluates(ROWS_WITH_A_WAIT);
            assert_eq!(told, 9, "{}", browser.text());
            browser.opens(&story.case);
            assert_eq!(browser.count("section[aria-labelledby='track-investigation'] .track > li"), 6);
            assert_eq!(browser.count("section[aria-labelledby='track-visit'] .track > li"), 5);
        });
    });
}

#[test]
fn the_story_of_the_report_is_told_in_kazakh() {
    is_told_in("kk");
}

#[test]
fn the_story_of_the_report_is_told_in_russian() {
    is_told_in("ru");
}

#[test]
fn the_story_of_the_report_is_told_in_english() {
    is_told_in("en");
}
