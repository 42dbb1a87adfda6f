//! The page of a case: its tracks, what may be done, what is sealed, how it is corrected.

use aiqyn::access::role::Role;

use super::browser::{Browser, between, field_of, must_be_sound};
use crate::support::{App, for_each_backend, on_sqlite};

/// A case, and the address of its page.
fn a_case(app: &App) -> String {
    let case = app.caseworker().files_complaint().on("2026-06-02").routes_to_internal_security();
    format!("/cases/{}", case.shows()["reference"].as_str().unwrap())
}

/// Sends the form of a step from its own page.
fn records(browser: &mut Browser, case: &str, kind: &str, fields: &[(&str, &str)]) -> crate::support::http::Reply {
    let path = format!("{case}/record/{kind}");
    let page = browser.opens(&path).must_be(200).body;
    let (token, seen, once) = (field_of(&page, "csrf"), field_of(&page, "seen"), field_of(&page, "once"));
    let own = [("csrf", token.as_str()), ("seen", &seen), ("once", &once)];
    let fields: Vec<_> = fields.iter().chain(&own).copied().collect();
    browser.sends(&path, &fields)
}

const ON_THE_10TH: [(&str, &str); 3] =
    [("occurred_at.day", "10"), ("occurred_at.month", "6"), ("occurred_at.year", "2026")];

#[test]
fn texts_stay_closed_until_somebody_says_what_for() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let case = a_case(&app);
        let mut browser = Browser::signed_in(&app, &app.caseworker);
        let reads = || backend.number("select count(*) as number from audit_records where action = 'sealed_read'");
        let before = reads();
        let closed = browser.opens(&case).must_say(200, "sealed text").body;
        must_be_sound(&closed, "en");
        assert_eq!(reads(), before, "nothing was opened");
        let opened = browser.opens(&format!("{case}?purpose=legal_proceedings")).must_be(200).body;
        must_be_sound(&opened, "en");
        assert!(!opened.contains("sealed text"));
        assert!(reads() > before);
        let purposes = backend
            .texts("select purpose as line from audit_records where action = 'sealed_read' and purpose is not null");
        assert!(purposes.contains(&"legal_proceedings".to_owned()), "{purposes:?}");
    });
}

#[test]
fn a_step_is_recorded_by_its_form_and_the_waits_are_told_in_words() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let case = a_case(&app);
        let mut browser = Browser::signed_in(&app, &app.caseworker);
        let missing = records(&mut browser, &case, "dismiss", &ON_THE_10TH).must_say(422, "is not filled in").body;
        must_be_sound(&missing, "en");
        let dismissal = [("deciding_body", "mvd"), ("ground", "no_elements")];
        let grounds = between(&missing, "<option value=\"", "\"");
        let ground = grounds.iter().find(|ground| ground.starts_with("no_")).copied().unwrap_or(dismissal[1].1);
        let fields: Vec<_> = ON_THE_10TH.into_iter().chain([("deciding_body", "mvd"), ("ground", ground)]).collect();
        records(&mut browser, &case, "dismiss", &fields).must_lead_to(&format!("{case}?done=recorded"));
        let page = browser.opens(&format!("{case}?done=recorded")).must_say(200, "Recorded.").body;
        must_be_sound(&page, "en");
        assert!(page.contains("days later"), "{page}");
        assert!(page.contains(&format!("{case}/record/appeal")) && !page.contains("record/route"), "{page}");
        // What is illegal is told with the reason, and what was typed stays.
        let fields: Vec<_> = ON_THE_10TH.into_iter().chain([("receiving_body", "mvd")]).collect();
        records(&mut browser, &case, "route", &fields).must_say(409, "is not possible at that point");
    });
}

#[test]
fn a_form_that_is_sent_twice_counts_once_and_one_upon_an_old_case_is_shown_again() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let case = a_case(&app);
        let mut browser = Browser::signed_in(&app, &app.caseworker);
        let path = format!("{case}/record/note");
        let page = browser.opens(&path).must_be(200).body;
        let (token, seen, once) = (field_of(&page, "csrf"), field_of(&page, "seen"), field_of(&page, "once"));
        let fields = [
            ON_THE_10TH[0],
            ON_THE_10TH[1],
            ON_THE_10TH[2],
            ("text", "Звонила мать."),
            ("csrf", &token),
            ("seen", &seen),
            ("once", &once),
        ];
        for _ in 0..2 {
            browser.sends(&path, &fields).must_lead_to(&format!("{case}?done=recorded"));
        }
        assert_eq!(backend.number("select count(*) as number from events where kind = 'note'"), 1);
        let stale = [
            ON_THE_10TH[0],
            ON_THE_10TH[1],
            ON_THE_10TH[2],
            ("text", "Звонил брат."),
            ("csrf", token.as_str()),
            ("seen", &seen),
        ];
        let again = browser.sends(&path, &stale).must_say(412, "Somebody else has changed the case").body;
        assert!(again.contains("Звонил брат."), "{again}");
        assert_ne!(field_of(&again, "seen"), seen);
    });
}

#[test]
fn a_correction_begins_with_what_was_recorded_and_the_history_shows_both() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let case = a_case(&app);
        let mut browser = Browser::signed_in(&app, &app.caseworker);
        let page = browser.opens(&case).must_be(200).body;
        let corrections = between(&page, &format!("href=\"{case}/corrections/"), "\"");
        let filing = format!("{case}/corrections/{}", corrections.last().unwrap());
        let form = browser.opens(&filing).must_be(200).body;
        must_be_sound(&form, "en");
        let routing = format!("{case}/corrections/{}", corrections[0]);
        let form = browser.opens(&routing).must_be(200).body;
        let (token, seen) = (field_of(&form, "csrf"), field_of(&form, "seen"));
        assert_eq!(field_of(&form, "occurred_at.year"), "2026");
        let fields = [
            ON_THE_10TH[0],
            ON_THE_10TH[1],
            ON_THE_10TH[2],
            ("receiving_body", "mvd"),
            ("csrf", token.as_str()),
            ("seen", &seen),
        ];
        browser.sends(&routing, &fields).must_say(422, "is not filled in");
        let fields: Vec<_> = fields.into_iter().chain([("why", "Қате күн жазылған")]).collect();
        browser.sends(&routing, &fields).must_lead_to(&format!("{case}?done=corrected"));
        let history = browser.opens(&format!("{case}/history")).must_say(200, "Қате күн жазылған").body;
        must_be_sound(&history, "en");
        assert!(history.contains("Corrected by no.") && history.contains("aigul"), "{history}");
    });
}

#[test]
fn documents_are_attached_and_a_case_is_shared_from_its_page() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let other = crate::support::staff::Organisation::added(
            &app.services,
            "Другая",
            aiqyn::access::role::OrganisationKind::Ngo,
        );
        let case = a_case(&app);
        let mut browser = Browser::signed_in(&app, &app.caseworker);
        browser.attaches(&case, "снимок.txt", b"evidence").must_lead_to(&format!("{case}?done=attached#documents"));
        let page = browser.opens(&format!("{case}?purpose=handling")).must_say(200, "снимок.txt").body;
        let document = between(&page, "href=\"/api/v1/documents/", "\"")[0];
        let taken = browser.opens(&format!("/api/v1/documents/{document}")).must_be(200);
        assert_eq!(taken.body, "evidence");
        let organisation = other.id.to_string();
        let shared = format!("{case}?done=shared");
        browser.sends_from(&case, &format!("{case}/shares"), &[("organisation", &organisation)]).must_lead_to(&shared);
        must_be_sound(&browser.opens(&case).must_say(200, "Другая").body, "en");
        let ended = format!("{case}?done=unshared");
        browser
            .sends_from(&case, &format!("{case}/share-end"), &[("organisation", &organisation)])
            .must_lead_to(&ended);
    });
}

#[test]
fn the_list_is_filtered_and_a_wrong_filter_is_told_at_its_field() {
    on_sqlite(|backend| {
        let app = App::on(backend).with_invented_cases(80);
        let mut browser = Browser::signed_in(&app, &app.caseworker);
        let page = browser.opens("/cases").must_be(200).body;
        must_be_sound(&page, "en");
        assert_eq!(between(&page, "<th scope=\"row\">", "<").len(), 50);
        let next = between(&page, "href=\"/cases?cursor=", "\"")[0].to_owned();
        let second = browser.opens(&format!("/cases?cursor={next}")).must_be(200).body;
        assert_eq!(between(&second, "<th scope=\"row\">", "<").len(), 30);
        let dismissed = browser.opens("/cases?stage=dismissed&sort=filed&region=").must_be(200).body;
        let stages = between(&dismissed, "<span class=\"stage\">", "<");
        assert!(!stages.is_empty() && stages.iter().all(|stage| *stage == "Dismissed"), "{stages:?}");
        let wrong = browser.opens("/cases?filed_from=yesterday&stage=dismissed").must_be(422).body;
        assert!(wrong.contains("value=\"yesterday\"") && wrong.contains("id=\"filed_from-error\""), "{wrong}");
        must_be_sound(&wrong, "en");
    });
}

#[test]
fn intake_officers_are_offered_facts_and_no_steps() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let case = a_case(&app);
        let (officer, _) = app.hires("zhanar", Role::IntakeOfficer);
        let mut browser = Browser::signed_in(&app, &officer);
        let page = browser.opens(&case).must_be(200).body;
        assert!(
            page.contains("record/person") && !page.contains("record/dismiss") && !page.contains("/corrections/"),
            "{page}"
        );
        browser.opens(&format!("{case}/record/dismiss")).must_be(403);
    });
}
