//! The urgent-visit desk: asking, answering, asking again.

use aiqyn::access::role::{OrganisationKind, Role};

use super::browser::{Browser, between, field_of, must_be_sound};
use crate::support::staff::Organisation;
use crate::support::{App, for_each_backend};

const STORY: &str = "Анасы екі күн бойы хабар алған жоқ.";

struct Offices {
    npm: Organisation,
    ombudsman: Organisation,
}

fn offices(app: &App) -> Offices {
    let added = |name: &str, kind| Organisation::added(&app.services, name, kind);
    Offices {
        npm: added("ҰПТ", OrganisationKind::Npm), ombudsman: added("Омбудсмен", OrganisationKind::Ombudsman)
    }
}

/// Asks for a visit to somebody who has no case yet; the address of the case.
fn asks(browser: &mut Browser) -> String {
    let fields = [
        ("kind_of_place", "police_office"),
        ("name", "Сәкен Мысалов"),
        ("urgency", STORY),
        ("evidence", "oral"),
        ("channel", "hotline"),
    ];
    let asked = browser.sends_from("/visits/new", "/visits/new", &fields).must_be(303);
    asked.header("location").strip_suffix("?done=requested").unwrap().to_owned()
}

fn answers(browser: &mut Browser, request: &str, fields: &[(&str, &str)]) -> crate::support::http::Reply {
    let page = browser.opens(request).must_be(200).body;
    let (token, seen) = (field_of(&page, "csrf"), field_of(&page, "seen"));
    let fields: Vec<_> = fields.iter().copied().chain([("csrf", token.as_str()), ("seen", &seen)]).collect();
    browser.sends(request, &fields)
}

#[test]
fn a_visit_is_asked_for_refused_renewed_and_approved() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let Offices { npm, ombudsman } = offices(&app);
        let member = npm.hires(&app.services, "erlan", &[Role::NpmMember]);
        let approver = ombudsman.hires(&app.services, "office", &[Role::Approver]);
        let mut npm = Browser::signed_in(&app, &member);
        let wrong =
            npm.sends_from("/visits/new", "/visits/new", &[("urgency", STORY)]).must_say(422, "is not filled in").body;
        must_be_sound(&wrong, "en");
        assert!(wrong.contains(STORY), "{wrong}");
        let case = asks(&mut npm);
        must_be_sound(&npm.opens(&case).must_say(200, "Visit requested").body, "en");
        app.clock.set("2026-06-15T18:00:00+05:00");
        // Nobody's session lasts that long without a word.
        let (mut npm, mut office) = (Browser::signed_in(&app, &member), Browser::signed_in(&app, &approver));
        for (language, waited) in [("kk", "6 сағат"), ("ru", "6 часов"), ("en", "6 hours")] {
            let queue = office.opens(&format!("/visits?language={language}")).must_say(200, waited).body;
            must_be_sound(&queue, language);
        }
        let request = between(&office.opens("/visits").body, "href=\"/visits/", "\"")[0].to_owned();
        let request = format!("/visits/{request}");
        let shown = office.opens(&request).must_say(200, STORY).body;
        must_be_sound(&shown, "en");
        assert!(!shown.contains("Мысалов") && !shown.contains("/cases/"), "the request, and nothing else of the case");
        answers(&mut office, &request, &[("kind", "refuse_visit")]).must_say(422, "is not filled in");
        let refusal = [("kind", "refuse_visit"), ("ground", "no_written_evidence")];
        answers(&mut office, &request, &refusal).must_lead_to(&format!("{request}?done=answered"));
        let refused = office.opens(&request).must_say(200, "No written evidence").body;
        assert!(!refused.contains("approve_visit"), "it is answered once: {refused}");
        // The form for the request begins with what was refused.
        npm.opens(&request).must_say(200, "Renew the request");
        let again = format!("{case}/record/request_visit");
        let form = npm.opens(&again).must_be(200).body;
        must_be_sound(&form, "en");
        let (token, seen) = (field_of(&form, "csrf"), field_of(&form, "seen"));
        let renews = request.rsplit('/').next().unwrap();
        assert!(form.contains(&format!("<option value=\"{renews}\" selected>")), "{form}");
        let part = |name: &str| field_of(&form, &format!("occurred_at.{name}"));
        let (day, year, clock) = (part("day"), part("year"), part("clock"));
        let fields = [
            ("occurred_at.day", day.as_str()),
            ("occurred_at.month", "6"),
            ("occurred_at.year", &year),
            ("occurred_at.clock", &clock),
            ("kind_of_place", "police_office"),
            ("evidence", "written_and_signed"),
            ("urgency", STORY),
            ("renews", renews),
            ("csrf", &token),
            ("seen", &seen),
        ];
        npm.sends(&again, &fields).must_lead_to(&format!("{case}?done=recorded"));
        let renewed = between(&office.opens("/visits").body, "href=\"/visits/", "\"")[0].to_owned();
        assert_ne!(renewed, renews);
        let renewed = format!("/visits/{renewed}");
        answers(&mut office, &renewed, &[("kind", "approve_visit")]).must_lead_to(&format!("{renewed}?done=answered"));
        npm.opens(&case).must_say(200, "Visit approved");
        let known = app.services.count_open_visits(&npm_caller(&app, &member)).unwrap();
        assert_eq!(known, Some(1));
    });
}

fn npm_caller(app: &App, member: &crate::support::staff::Person) -> aiqyn::services::Caller {
    member.asks(&app.services)
}
