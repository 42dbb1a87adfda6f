//! Members, code lists, deadlines and the audit log, as administrators and auditors meet them.

use aiqyn::access::role::{OrganisationKind, Role};

use super::browser::{Browser, between, field_of, must_be_sound};
use crate::support::staff::{Organisation, PASSWORD, Person};
use crate::support::{App, for_each_backend, on_sqlite};

fn administrator(app: &App) -> (Person, Browser) {
    let (person, _) = app.hires("admin", Role::Administrator);
    let browser = Browser::signed_in(app, &person);
    (person, browser)
}

const LABELS: [(&str, &str); 3] = [("label_kk", "Жаңа орын"), ("label_ru", "Новое место"), ("label_en", "A new place")];

fn with<'a>(fields: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    LABELS.iter().chain(fields).copied().collect()
}

#[test]
fn an_administrator_invites_somebody_who_can_enrol() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let (_, mut browser) = administrator(&app);
        must_be_sound(&browser.opens("/members").must_say(200, "aigul").body, "en");
        let invited = browser.sends_from("/members", "/members", &[("login", "dana"), ("roles", "caseworker")]);
        let page = invited.must_say(200, "shown once").body;
        must_be_sound(&page, "en");
        let shown = between(&page, "<code>", "</code>");
        app.services.enrol("dana", shown[1], PASSWORD).unwrap();
        browser.opens("/members").must_say(200, "waits for the key");
    });
}

#[test]
fn what_is_wrong_with_an_invitation_is_told_beside_the_field_and_the_rest_stays() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let (_, mut browser) = administrator(&app);
        let page = browser.sends_from("/members", "/members", &[("login", "Дана")]).must_be(422).body;
        must_be_sound(&page, "en");
        assert!(page.contains("id=\"invite-roles-error\""), "{page}");
        assert!(page.contains("value=\"Дана\""), "{page}");
        let fields = [("login", "aigul"), ("roles", "analyst"), ("roles", "auditor")];
        let page = browser.sends_from("/members", "/members", &fields).must_be(422).body;
        assert!(page.contains("id=\"invite-login-error\""), "{page}");
        assert_eq!(page.matches(" checked").count(), 2, "{page}");
        // The log calls the console so, and whoever files without an account.
        for taken in ["operator", "Public", "import", "demo"] {
            let fields = [("login", taken), ("roles", "analyst")];
            browser.sends_from("/members", "/members", &fields).must_say(422, "id=\"invite-login-error\"");
        }
    });
}

#[test]
fn a_stale_proof_is_asked_for_anew_and_nothing_typed_is_lost() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let (person, mut browser) = administrator(&app);
        app.clock.set("2026-06-15T12:06:00+05:00");
        let typed = [("login", "dana"), ("roles", "caseworker"), ("roles", "analyst")];
        let page = browser.sends_from("/members", "/members", &typed).must_say(403, "Prove again").body;
        must_be_sound(&page, "en");
        assert_eq!(field_of(&page, "login"), "dana");
        assert_eq!(page.matches("name=\"roles\"").count(), 2, "{page}");
        let wrong = [typed.as_slice(), &[("password", "a wrong one 77"), ("code", "123456")]].concat();
        let page = browser.sends_from("/members", "/members", &wrong).must_say(401, "role=\"alert\"").body;
        assert_eq!(field_of(&page, "login"), "dana");
        assert!(!page.contains("a wrong one 77") && !page.contains("123456"), "{page}");
        let code = person.recovery_code();
        let right = [typed.as_slice(), &[("password", PASSWORD), ("code", &code)]].concat();
        browser.sends_from("/members", "/members", &right).must_say(200, "shown once");
    });
}

#[test]
fn roles_are_changed_and_a_member_is_shut_out() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let (_, mut browser) = administrator(&app);
        let (dana, _) = app.hires("dana", Role::Caseworker);
        let page = format!("/members/{}", dana.member);
        must_be_sound(&browser.opens(&page).must_say(200, "dana").body, "en");
        browser.sends_from(&page, &format!("{page}/roles"), &[("roles", "analyst")]).must_lead_to(&page);
        browser.opens(&page).must_say(200, "May sign in; Analyst");
        browser.sends_from(&page, &format!("{page}/exclusion"), &[]).must_lead_to(&page);
        browser.opens(&page).must_say(200, "Shut out");
        browser.sends_from(&page, &format!("{page}/invitation"), &[]).must_say(200, "shown once");
    });
}

#[test]
fn a_holder_of_the_key_admits_who_waits_and_an_administrator_by_the_recovery_key() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let (_, mut admin) = administrator(&app);
        let mut holder = Browser::signed_in(&app, &app.caseworker);
        for (login, by_key) in [("dana", true), ("erlan", false)] {
            let waiting = app.organisation.enrols(&app.services, login, &[Role::Caseworker]);
            let page = format!("/members/{}", waiting.member);
            let path = format!("{page}/admission");
            if by_key {
                holder.sends_from(&page, &path, &[]).must_lead_to(&page);
            } else {
                admin
                    .sends_from(&page, &path, &[("recovery_key", "WRONG")])
                    .must_say(422, "recovery-recovery_key-error");
                let key = app.organisation.recovery_key.clone();
                admin.sends_from(&page, &path, &[("recovery_key", &key)]).must_lead_to(&page);
            }
            assert!(!holder.opens(&page).must_be(200).body.contains("Waits for"), "{login}");
        }
    });
}

#[test]
fn a_place_is_added_renamed_and_ended_and_nothing_is_deleted() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let (_, mut browser) = administrator(&app);
        must_be_sound(&browser.opens("/lists").must_say(200, "/lists/place").body, "en");
        let fields = with(&[("entry_code", "sizo_new"), ("parent", "pre_trial_detention"), ("region", "almaty_city")]);
        browser.sends_from("/lists/place", "/lists/place", &fields).must_lead_to("/lists/place?done=1");
        must_be_sound(&browser.opens("/lists/place?done=1").must_say(200, "A new place").body, "en");
        browser.sends_from("/lists/place", "/lists/place", &fields).must_say(422, "add-entry_code-error");
        let page = "/lists/place/sizo_new";
        must_be_sound(&browser.opens(page).must_say(200, "value=\"A new place\"").body, "en");
        let changed = [
            ("label_kk", "СИЗО жаңа"),
            ("label_ru", "СИЗО новый"),
            ("label_en", "SIZO, new"),
            ("valid_to", "2027-01-01"),
        ];
        browser.sends_from(page, page, &changed).must_lead_to("/lists/place?done=1");
        browser.opens("/lists/place").must_say(200, "until 1 January 2027");
        let places = app.get("/api/v1/code-lists");
        assert!(places.to_string().contains("SIZO, new"), "the API tells the same");
        let none = browser.sends_from("/lists/place", "/lists/place", &[("entry_code", "Новый")]).must_be(422).body;
        for field in ["entry_code", "label_kk", "label_ru", "label_en", "parent"] {
            assert!(none.contains(&format!("id=\"add-{field}-error\"")), "{field}: {none}");
        }
        must_be_sound(&none, "en");
    });
}

#[test]
fn only_the_first_organisations_administrators_change_the_lists_of_all() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let other = Organisation::added(&app.services, "Другая", OrganisationKind::Ngo);
        let foreign = other.hires(&app.services, "foreign", &[Role::Administrator]);
        for person in [&foreign, &app.caseworker] {
            let mut browser = Browser::signed_in(&app, person);
            for page in ["/lists/place", "/deadlines", "/lists/place/sizo_almaty"] {
                assert!(!browser.opens(page).must_be(200).body.contains(" novalidate"), "{page}");
            }
            let fields = with(&[("entry_code", "sizo_new"), ("parent", "pre_trial_detention")]);
            browser.sends_from("/account", "/lists/place", &fields).must_say(403, "<h1>");
        }
    });
}

/// A deadline of so many hours for the answer to a visit request.
fn hours<'a>(hours: &'a str, from: &'a str) -> Vec<(&'a str, &'a str)> {
    let rule = [("step", "answer_visit"), ("kind_of_place", "pre_trial_detention"), ("jurisdiction", "kz")];
    with(&[rule.as_slice(), &[("hours", hours), ("valid_from", from), ("basis", "benchmark")]].concat())
}

/// When the only open request must be answered.
fn due(app: &App) -> String {
    app.get("/api/v1/visits")["visits"][0]["due_at"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_new_deadline_holds_from_its_day_and_open_waits_are_held_against_it_at_once() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let (_, mut browser) = administrator(&app);
        must_be_sound(&browser.opens("/deadlines").must_say(200, "id=\"rule-hours\"").body, "en");
        let requested = app.caseworker().files_complaint().on("2026-06-15T11:00:00+05:00").has_a_visit_requested();
        let before = due(&app);
        browser.sends_from("/deadlines", "/deadlines", &hours("2", "2026-06-15")).must_lead_to("/deadlines?done=1");
        assert_ne!(due(&app), before);
        assert_eq!(due(&app), "2026-06-15T13:00+05:00");
        let (pages, console) = (due(&app), app.console());
        app.services.rebuild(&console, |_, _| {}).unwrap();
        assert_eq!(due(&app), pages, "a rebuild makes the same of it");
        drop(requested);
        // The next one begins later, and this wait keeps its own.
        browser.sends_from("/deadlines", "/deadlines", &hours("9", "2026-06-16")).must_lead_to("/deadlines?done=1");
        assert_eq!(due(&app), pages);
        browser.opens("/deadlines?done=1").must_say(200, "from 15 June 2026 until 16 June 2026");
        let past = browser.sends_from("/deadlines", "/deadlines", &hours("0", "2026-06-14")).must_be(422).body;
        assert!(past.contains("id=\"rule-valid_from-error\"") && past.contains("id=\"rule-hours-error\""), "{past}");
        assert!(past.contains("value=\"2026-06-14\"") && past.contains("A new place"), "what was typed stays");
        must_be_sound(&past, "en");
        browser
            .sends_from("/deadlines", "/deadlines", &hours("9", "2026-06-16"))
            .must_say(422, "id=\"rule-valid_from-error\"");
    });
}

#[test]
fn an_escalation_level_is_set_in_place_of_the_one_before() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let (_, mut browser) = administrator(&app);
        let level =
            |hours| with(&[("step", "answer_visit"), ("kind_of_place", ""), ("level", "2"), ("after_hours", hours)]);
        browser.sends_from("/deadlines", "/escalations", &level("36")).must_lead_to("/deadlines?done=1");
        let page = browser.opens("/deadlines").must_say(200, "after 36 hours").body;
        assert!(page.contains("A new place") && !page.contains("Send the letter of complaint"), "{page}");
        browser
            .sends_from("/deadlines", "/escalations", &level("soon"))
            .must_say(422, "id=\"level-after_hours-error\"");
    });
}

#[test]
fn an_auditor_searches_the_log_in_plain_words_and_proves_it_whole() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let (dana, _) = app.hires("dana", Role::Auditor);
        let case = app.caseworker().files_complaint();
        let mut browser = Browser::signed_in(&app, &dana);
        let page = browser.opens("/audit").must_say(200, "Case filed").body;
        must_be_sound(&page, "en");
        let filed =
            browser.opens("/audit?action=case_filed&actor=aigul&from=2026-06-15&to=2026-06-15").must_be(200).body;
        assert_eq!(filed.matches("<tr><td>").count(), 1, "{filed}");
        assert!(filed.contains(&format!("<td class=\"long\">Case {}</td>", case.reference)), "{filed}");
        // In another language the same is asked for.
        let kept = "?action=case_filed&amp;actor=aigul&amp;from=2026-06-15&amp;to=2026-06-15&amp;language=ru";
        assert!(filed.replace("&#38;", "&amp;").contains(kept), "{filed}");
        let page = browser.opens("/audit?next=elsewhere").must_be(200).body;
        assert!(!page.contains("elsewhere"), "what nobody asks for is not carried on: {page}");
        browser.opens("/audit?actor=aigul&to=2026-06-14").must_say(200, "There are no such records");
        browser.opens(&format!("/audit?subject={}", case.reference)).must_say(200, "Case filed");
        let wrong = browser.opens("/audit?from=yesterday&action=case_filed").must_say(422, "search-from-error").body;
        assert!(wrong.contains("this is no day. Please choose one, or write it as 2026-03-04"), "{wrong}");
        // A browser would show it as empty in a field for days.
        assert!(wrong.contains("type=\"text\" value=\"yesterday\""), "{wrong}");
        assert!(wrong.contains("value=\"case_filed\" selected"), "{wrong}");
        assert!(browser.opens("/audit").must_be(200).body.contains("<td>operator</td>"), "the console has a name");
        browser.opens("/audit?actor=operator").must_say(200, "<td>operator</td>");
        browser.opens("/audit?actor=%00").must_say(422, "search-actor-error");
        browser.opens("/audit?subject=%00").must_say(422, "search-subject-error");
        app.client_of(&dana).get("/api/v1/audit?subject=%00").must_be(404);
        browser.opens("/audit?actor=nobody-of-ours").must_say(422, "search-actor-error");
        must_be_sound(&wrong, "en");
        let verdict = browser.sends_from("/audit", "/audit/verification", &[]).must_say(200, "The log is whole").body;
        must_be_sound(&verdict, "en");
    });
}

#[test]
fn an_auditor_learns_no_login_of_another_organisation() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let other = Organisation::added(&app.services, "Другая", OrganisationKind::Ngo);
        let auditor = other.hires(&app.services, "stranger", &[Role::Auditor]);
        let mut browser = Browser::signed_in(&app, &auditor);
        let member = app.caseworker.member;
        assert!(browser.opens(&format!("/members/{member}")).status >= 400);
        let page = browser.opens("/audit").must_say(200, &member.to_string()).body;
        assert!(page.contains("<td>stranger</td>") && !page.contains("aigul"), "{page}");
        browser.opens("/audit?actor=aigul").must_say(422, "search-actor-error");
    });
}

#[test]
fn the_log_is_read_page_by_page() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let (dana, _) = app.hires("dana", Role::Auditor);
        (0..60).for_each(|_| drop(app.caseworker().files_complaint()));
        let mut browser = Browser::signed_in(&app, &dana);
        let first = browser.opens("/audit?action=case_filed").must_say(200, "Older records").body;
        let before = field_of(&first, "before");
        let second = browser.opens(&format!("/audit?action=case_filed&before={before}")).must_be(200).body;
        assert_eq!(second.matches("<tr><td>").count(), 10, "{second}");
        assert!(!second.contains("Older records"));
    });
}

#[test]
fn the_pages_of_administration_speak_three_languages() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let person = app.organisation.hires(&app.services, "both", &[Role::Administrator, Role::Auditor]);
        for language in ["kk", "ru", "en"] {
            let mut browser = Browser::signed_in(&app, &person);
            browser.opens(&format!("/account?language={language}"));
            let member = format!("/members/{}", app.caseworker.member);
            for path in [
                "/members",
                &member,
                "/organisations",
                "/lists",
                "/lists/place",
                "/lists/place/sizo_almaty",
                "/deadlines",
                "/audit",
            ] {
                let page = browser.opens(path).must_be(200).body;
                must_be_sound(&page, language);
                assert!(page.len() < 60_000, "{path} weighs {} bytes", page.len());
            }
        }
    });
}
