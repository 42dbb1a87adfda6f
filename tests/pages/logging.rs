//! Logging a complaint, page by page, in a draft of one's own.

use aiqyn::access::role::Role;

use super::browser::{Browser, between, field_of, must_be_sound};
use crate::support::{App, for_each_backend, on_sqlite};

const ALLEGATION: &str = "Ұрды, ток жіберді; били дубинкой";

/// Begins a draft, and says where it is.
pub fn begins(browser: &mut Browser) -> String {
    let reply = browser.sends_from("/drafts", "/drafts", &[]);
    let path = reply.must_be(303).header("location").to_owned();
    path.strip_suffix("/complaint").unwrap_or_else(|| panic!("{path}")).to_owned()
}

/// Fills in all that must be said.
pub fn says_the_needed(browser: &mut Browser, draft: &str) {
    let page = format!("{draft}/complaint");
    let fields = [
        ("learnt_at.month", "6"),
        ("learnt_at.year", "2026"),
        ("channel", "hotline"),
        ("allegation", ALLEGATION),
        ("go", "next"),
    ];
    browser.sends_from(&page, &page, &fields).must_lead_to(&format!("{draft}/people"));
}

#[test]
fn a_complaint_is_logged_page_by_page_in_each_language() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        for language in ["kk", "ru", "en"] {
            let (officer, _) = app.hires(&format!("zhanar-{language}"), Role::IntakeOfficer);
            let mut browser = Browser::signed_in(&app, &officer);
            browser.opens(&format!("/drafts?language={language}")).must_be(200);
            let draft = begins(&mut browser);
            says_the_needed(&mut browser, &draft);
            let people = format!("{draft}/people");
            let fields = [
                ("people[0].part", "alleged_victim"),
                ("people[0].name", "Сәкен Мысалов"),
                ("people[1].part", "witness"),
                ("go", "next"),
            ];
            browser.sends_from(&people, &people, &fields).must_lead_to(&format!("{draft}/place"));
            let place = format!("{draft}/place");
            let fields = [
                ("kind_of_place", "police_office"),
                ("incident_at.day", "4"),
                ("incident_at.month", "6"),
                ("incident_at.year", "2026"),
                ("incident_at.clock", "15.20"),
                ("go", "next"),
            ];
            browser.sends_from(&place, &place, &fields).must_lead_to(&format!("{draft}/treatment"));
            let treatment = format!("{draft}/treatment");
            let fields =
                [("forms", "beating"), ("forms", "electric_shock"), ("purposes", "confession"), ("go", "next")];
            browser.sends_from(&treatment, &treatment, &fields).must_lead_to(&format!("{draft}/safeguards"));
            let first_hours = format!("{draft}/safeguards");
            let fields = [
                ("access_to_lawyer.day", "5"),
                ("access_to_lawyer.month", "6"),
                ("access_to_lawyer.year", "2026"),
                ("go", "next"),
            ];
            browser.sends_from(&first_hours, &first_hours, &fields).must_lead_to(&draft);
            for page in [&draft, &people, &place, &treatment, &first_hours] {
                must_be_sound(&browser.opens(page).must_be(200).body, language);
            }
            let review = browser.opens(&draft).must_say(200, ALLEGATION).body;
            assert!(review.contains("Сәкен Мысалов"));
            let once = field_of(&review, "once");
            let filed = browser.sends_from(&draft, &draft, &[("once", &once)]).must_be(303);
            let case = filed.header("location").split('?').next().unwrap().to_owned();
            let page = browser.opens(&format!("{case}?purpose=handling")).must_say(200, ALLEGATION).body;
            must_be_sound(&page, language);
            assert!(page.contains("Сәкен Мысалов") && page.contains("15:20"), "{page}");
            browser.opens(&draft).must_be(404);
            let known = app.get(&case.replace("/cases", "/api/v1/cases"));
            assert_eq!(known["milestones"]["learnt"], "2026-06");
            assert_eq!(known["milestones"]["lawyer"], "2026-06-05");
            assert_eq!(known["complaint"]["details"]["forms"], serde_json::json!(["beating", "electric_shock"]));
            assert_eq!(
                known["facts"].as_array().unwrap().len(),
                3,
                "learnt of, one person, one safeguard: the empty witness is nobody"
            );
        }
    });
}

#[test]
fn what_is_wrong_is_told_beside_its_field_and_everything_stays() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let mut browser = Browser::signed_in(&app, &app.caseworker);
        let draft = begins(&mut browser);
        let page = format!("{draft}/complaint");
        let fields = [
            ("learnt_at.day", "31"),
            ("learnt_at.month", "2"),
            ("learnt_at.year", "2026"),
            ("allegation", ALLEGATION),
            ("go", "next"),
        ];
        let again = browser.sends_from(&page, &page, &fields).must_say(422, "these parts make no date").body;
        must_be_sound(&again, "en");
        assert_eq!(between(&again, "id=\"learnt_at-error\">", "<").len(), 1);
        assert!(again.contains(ALLEGATION) && again.contains("value=\"31\""), "{again}");
        // It is kept even so: whoever goes away now comes back to it.
        assert!(browser.opens(&page).must_be(200).body.contains(ALLEGATION));
        let review = browser.opens(&draft).must_say(200, "is not filled in").body;
        assert!(!review.contains("name=\"once\""), "what is wrong cannot be filed");
        browser.sends_from(&draft, &draft, &[]).must_be(422);
    });
}

#[test]
fn a_draft_is_its_writers_alone_and_lies_sealed() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let mut writer = Browser::signed_in(&app, &app.caseworker);
        let draft = begins(&mut writer);
        says_the_needed(&mut writer, &draft);
        let (colleague, _) = app.hires("bolat", Role::Caseworker);
        let mut other = Browser::signed_in(&app, &colleague);
        for path in [draft.clone(), format!("{draft}/complaint")] {
            other.opens(&path).must_be(404);
        }
        other.sends_from("/drafts", &format!("{draft}/delete"), &[]).must_be(404);
        let rows = backend.rows("drafts");
        assert_eq!(rows.len(), 1);
        assert!(!rows[0].contains("hotline"), "{rows:?}");
        writer.sends_from("/drafts", &format!("{draft}/delete"), &[]).must_lead_to("/drafts?done=draft-deleted");
        assert!(backend.rows("drafts").is_empty());
    });
}

#[test]
fn whoever_has_a_case_already_is_told_before_it_is_filed_twice() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let mut browser = Browser::signed_in(&app, &app.caseworker);
        let file = |browser: &mut Browser, name: &str| {
            let draft = begins(browser);
            says_the_needed(browser, &draft);
            let people = format!("{draft}/people");
            let fields = [("people[0].part", "alleged_victim"), ("people[0].name", name), ("go", "review")];
            browser.sends_from(&people, &people, &fields).must_lead_to(&draft);
            draft
        };
        let first = file(&mut browser, "Сәкен Мысалов");
        browser.sends_from(&first, &first, &[]).must_be(303);
        let second = file(&mut browser, "Саken Мысалов");
        browser.opens(&second).must_say(200, "has a case already").must_say(200, "2026-000001");
        let found = browser.sends_from("/", "/search", &[("sought", "мысалов")]).must_say(200, "2026-000001");
        assert!(!found.body.contains("Мысалов"), "names are opened in the case alone");
        browser.sends_from("/", "/search", &[("sought", "2026-000001")]).must_lead_to("/cases/2026-000001");
    });
}

#[test]
fn what_was_typed_outlives_the_session() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let mut browser = Browser::signed_in(&app, &app.caseworker);
        let draft = begins(&mut browser);
        let page = format!("{draft}/complaint");
        let token = field_of(&browser.opens(&page).body, "csrf");
        app.clock.set("2026-06-16T12:00:00+05:00");
        let fields = [("allegation", ALLEGATION), ("channel", "letter"), ("go", "later"), ("csrf", &token)];
        let kept = browser.sends(&page, &fields).must_say(401, ALLEGATION).body;
        must_be_sound(&kept, "en");
        let again = [
            ("login", app.caseworker.login.as_str()),
            ("password", crate::support::staff::PASSWORD),
            ("code", &app.caseworker.recovery_code()),
            ("path", &page),
            ("kept.allegation", ALLEGATION),
            ("kept.channel", "letter"),
            ("kept.go", "later"),
        ];
        let send_on = browser.sends("/sign-in/again", &again).must_say(200, ALLEGATION).body;
        must_be_sound(&send_on, "en");
        let token = field_of(&send_on, "csrf");
        let fields = [("allegation", ALLEGATION), ("channel", "letter"), ("go", "later"), ("csrf", token.as_str())];
        browser.sends(&page, &fields).must_lead_to("/drafts?done=draft-saved");
        browser.opens(&page).must_say(200, ALLEGATION);
        // A form of an earlier session of the same browser is offered again too.
        let old = [("allegation", ALLEGATION), ("go", "later"), ("csrf", "of another session")];
        browser.sends(&page, &old).must_say(403, ALLEGATION);
        // Nothing leads away from here.
        browser.sends("/sign-in/again", &[("path", "//example.org/")]).must_be(400);
    });
}
