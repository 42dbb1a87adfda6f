//! Enrolment: from an invitation to the first signing in.

use aiqyn::access::one_time_code::OneTimeCodeSecret;
use aiqyn::access::role::{Role, Roles};

use super::browser::{Browser, between, field_of, must_be_sound};
use crate::support::staff::PASSWORD;
use crate::support::{App, on_sqlite};

/// Invites somebody, and says the invitation.
fn invites(app: &App, login: &str) -> String {
    let roles = Roles::new([Role::Caseworker]).unwrap();
    let invitation = app.services.invite_member(&app.console(), app.organisation.id, login, &roles).unwrap();
    invitation.secret.print().to_string()
}

fn form<'a>(invitation: &'a str, password: &'a str, repeated: &'a str) -> [(&'a str, &'a str); 4] {
    [("login", "dana"), ("invitation", invitation), ("password", password), ("repeated", repeated)]
}

#[test]
fn an_invitation_becomes_an_account_with_all_that_is_needed_to_sign_in() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let invitation = invites(&app, "dana");
        let mut browser = Browser::of(&app);
        must_be_sound(&browser.opens("/enrolment").must_be(200).body, "en");
        let page = browser.sends("/enrolment", &form(&invitation, PASSWORD, PASSWORD)).must_say(200, "<svg").body;
        must_be_sound(&page, "en");
        assert!(!page.contains(PASSWORD) && !page.contains(&invitation));
        let shown = between(&page, "<code>", "</code>");
        assert_eq!(shown.len(), 2 + 10, "the login, the secret and ten recovery codes");
        assert_eq!(shown[0], "dana");
        let secret = OneTimeCodeSecret::parse(shown[1]).unwrap();
        let bare = shown[1].replace(' ', "");
        assert!(page.contains(&format!("href=\"otpauth://totp/Aiqyn:dana?secret={bare}&#38;issuer=Aiqyn\"")), "{page}");
        browser.signs_in("dana", PASSWORD, &secret.code_at(app.services.now())).must_lead_to("/");
        Browser::of(&app).signs_in("dana", PASSWORD, shown[11]).must_lead_to("/");
    });
}

#[test]
fn an_invitation_is_good_once() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let invitation = invites(&app, "dana");
        let mut browser = Browser::of(&app);
        browser.sends("/enrolment", &form(&invitation, PASSWORD, PASSWORD)).must_be(200);
        let again = browser.sends("/enrolment", &form(&invitation, PASSWORD, PASSWORD));
        let again = again.must_say(401, "do not fit together").body;
        must_be_sound(&again, "en");
        assert_eq!(field_of(&again, "login"), "dana");
        assert!(!again.contains(PASSWORD) && !again.contains(&invitation));
    });
}

#[test]
fn a_password_that_is_not_taken_leaves_the_invitation_good() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let invitation = invites(&app, "dana");
        let mut browser = Browser::of(&app);
        for (password, repeated, field) in [
            (PASSWORD, "another one of these 7", "repeated"),
            ("short", "short", "password"),
            ("dana dana dana dana", "dana dana dana dana", "password"),
            ("", "", "password"),
        ] {
            let page = browser.sends("/enrolment", &form(&invitation, password, repeated)).must_be(422).body;
            assert!(page.contains(&format!("id=\"{field}-error\"")), "{password}: {page}");
            must_be_sound(&page, "en");
        }
        browser.sends("/enrolment", &form(&invitation, PASSWORD, PASSWORD)).must_be(200);
    });
}
