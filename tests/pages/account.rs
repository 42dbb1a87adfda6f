//! The first page of each role, and one's own sessions.

use aiqyn::access::role::Role;

use super::browser::{Browser, between, must_be_sound};
use crate::support::{App, on_sqlite};

#[test]
fn nobody_is_taken_to_the_sign_in_page() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let mut browser = Browser::of(&app);
        for path in ["/", "/account"] {
            browser.opens(path).must_lead_to("/sign-in");
        }
        for path in ["/sign-out", "/account/other-sessions-end", "/account/session-end"] {
            let session = "01890000-0000-7000-8000-000000000000";
            browser.sends(path, &[("session", session)]).must_lead_to("/sign-in");
        }
    });
}

#[test]
fn each_role_finds_what_it_may_read() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        for role in Role::ALL.iter().copied() {
            let (person, _) = app.hires(&format!("our-{}", role.as_str().replace('_', "-")), role);
            let mut browser = Browser::signed_in(&app, &person);
            let begins_at = match role {
                Role::Analyst => "/statistics",
                Role::Auditor => "/audit",
                _ => "/",
            };
            let first = browser.opens("/");
            let page =
                if begins_at == "/" { first } else { browser.opens(first.must_lead_to(begins_at).header("location")) };
            let page = page.must_say(200, &person.login).body;
            must_be_sound(&page, "en");
            // The way to one's own work stands first.
            let own = match role {
                Role::IntakeOfficer => "/drafts",
                Role::Caseworker => "/cases",
                Role::NpmMember | Role::Approver => "/visits",
                Role::Administrator => "/members",
                _ => begins_at,
            };
            let ways = between(&page, "<nav class=\"ways\"", "</nav>");
            assert_eq!(between(ways[0], "href=\"", "\"").first(), Some(&own), "{role:?}");
            let account = browser.opens("/account").must_say(200, "Қадір-қасиет").body;
            assert!(account.contains("id=\"sessions\"") && !account.contains("Fingerprint"), "{role:?}");
        }
    });
}

#[test]
fn whoever_waits_for_the_key_is_told_what_to_do() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        for (login, role) in [("dana", Role::Caseworker), ("erlan", Role::IntakeOfficer)] {
            let waiting = app.organisation.enrols(&app.services, login, &[role]);
            let mut browser = Browser::signed_in(&app, &waiting);
            let members = app.services.members(&app.console(), app.organisation.id).unwrap();
            let fingerprint = members.into_iter().find(|member| member.id == waiting.member).unwrap().fingerprint;
            for path in ["/", "/account"] {
                let page = browser.opens(path).must_say(200, "You wait for your organisation").body;
                assert!(page.contains(&fingerprint.clone().unwrap()), "{page}");
                must_be_sound(&page, "en");
            }
        }
    });
}

/// The sessions that can be ended on a page.
fn ids(page: &str) -> Vec<String> {
    between(page, "name=\"session\" value=\"", "\"").into_iter().map(str::to_owned).collect()
}

#[test]
fn one_ends_ones_own_sessions_and_nobody_elses() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let (dana, _) = app.hires("dana", Role::Auditor);
        let mut here = Browser::signed_in(&app, &dana);
        let before = ids(&here.opens("/account").body);
        let mut there = Browser::signed_in(&app, &dana);
        let page = here.opens("/account").must_say(200, "this one").body;
        let id = ids(&page).into_iter().find(|id| !before.contains(id)).unwrap();
        let mut stranger = Browser::signed_in(&app, &app.caseworker);
        stranger.sends_from("/", "/account/session-end", &[("session", &id)]).must_say(404, "<h1>");
        there.opens("/account").must_be(200);
        here.sends("/account/session-end", &[("session", &id)]).must_say(403, "out of date");
        here.sends_from("/account", "/account/session-end", &[("session", &id)]).must_lead_to("/account");
        there.opens("/account").must_lead_to("/sign-in?ended=1");
        here.opens("/account").must_be(200);
    });
}

#[test]
fn one_logs_out_everywhere_else() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let (dana, token) = app.hires("dana", Role::Auditor);
        let (mut here, mut there) = (Browser::signed_in(&app, &dana), Browser::signed_in(&app, &dana));
        token.get("/api/v1/organisations").must_be(200);
        here.sends_from("/account", "/account/other-sessions-end", &[]).must_lead_to("/account");
        there.opens("/").must_lead_to("/sign-in?ended=1");
        token.get("/api/v1/organisations").must_be_problem(401, "session_ended");
        let page = here.opens("/account").must_say(200, "this one").body;
        assert!(!page.contains("Log out everywhere else"), "there is nothing more to end");
    });
}
