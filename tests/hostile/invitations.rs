//! Invitations that were used, are too old, were somebody else's, or were replaced.

use aiqyn::access::role::{Role, Roles};
use aiqyn::services::Invitation;
use serde_json::json;

use crate::support::http::Reply;
use crate::support::staff::PASSWORD;
use crate::support::{App, for_each_backend};

fn invites(app: &App, login: &str) -> Invitation {
    let roles = Roles::new([Role::Caseworker]).unwrap();
    app.services.invite_member(&app.console(), app.organisation.id, login, &roles).unwrap()
}

fn enrols(app: &App, login: &str, invitation: &Invitation) -> Reply {
    let body = json!({"login": login, "invitation": invitation.secret.print().as_str(), "password": PASSWORD});
    app.nobody().post("/api/v1/enrolment", &body).send()
}

#[test]
fn an_invitation_is_good_once() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let invitation = invites(&app, "dana");
        enrols(&app, "dana", &invitation).must_be(201);
        enrols(&app, "dana", &invitation).must_be_problem(401, "wrong_credentials");
    });
}

#[test]
fn a_login_is_taken_however_it_is_written() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let invitation = invites(&app, "dana");
        enrols(&app, " Dana ", &invitation).must_be(201);
    });
}

#[test]
fn of_two_who_use_an_invitation_at_once_one_is_enrolled() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let invitation = invites(&app, "dana");
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..2).map(|_| scope.spawn(|| enrols(&app, "dana", &invitation).status)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
    });
}

#[test]
fn an_invitation_is_good_for_seven_days() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let invitation = invites(&app, "dana");
        app.clock.set("2026-06-22T12:00:00+05:00");
        enrols(&app, "dana", &invitation).must_be_problem(401, "wrong_credentials");
        app.clock.set("2026-06-22T11:59:59+05:00");
        enrols(&app, "dana", &invitation).must_be(201);
    });
}

#[test]
fn an_invitation_is_good_for_its_member_and_until_there_is_another() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let (first, other) = (invites(&app, "dana"), invites(&app, "erlan"));
        enrols(&app, "erlan", &first).must_be_problem(401, "wrong_credentials");
        enrols(&app, "nobody-has-this", &first).must_be_problem(401, "wrong_credentials");
        let second = app.services.invite_again(&app.console(), first.member).unwrap();
        enrols(&app, "dana", &first).must_be_problem(401, "wrong_credentials");
        enrols(&app, "dana", &second).must_be(201);
        app.services.disable_member(&app.console(), other.member).unwrap();
        enrols(&app, "erlan", &other).must_be_problem(401, "wrong_credentials");
    });
}
