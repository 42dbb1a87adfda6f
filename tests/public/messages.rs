//! A question, and what the complainant answers.

use aiqyn::access::role::Role;
use aiqyn::services::{CaseName, ServiceError};
use uuid::Uuid;

use crate::browser::{Browser, field_of};
use crate::filing::only_case;
use crate::following::fresh;
use crate::stranger::{SHORTEST, Stranger};
use crate::support::{App, a_complaint, for_each_backend, on_sqlite};

const QUESTION: &str = "Қай күні болғанын білесіз бе?";
const ANSWER: &str = "Сейсенбіде, таңғы бесте";

fn messages(app: &App) -> String {
    format!("/cases/{}/messages", only_case(app)["id"].as_str().unwrap())
}

#[test]
fn the_caseworker_asks_and_the_complainant_answers() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let stranger = Stranger::at(&app);
        let receipt = stranger.files(SHORTEST);
        let mut browser = Browser::signed_in(&app, &app.caseworker);
        let page = messages(&app);
        let once = field_of(&browser.opens(&page).must_be(200).body, "message");
        for _ in 0..2 {
            let sent = browser.sends_from(&page, &page, &[("message", &once), ("text", QUESTION)]);
            assert_eq!(sent.status, 303, "{}", sent.body);
        }
        let shown = stranger.returns(&receipt).must_be(200).body;
        assert_eq!(shown.matches(QUESTION).count(), 1, "sent twice, kept once: {shown}");
        let message = field_of(&shown, "message");
        for _ in 0..2 {
            let fields = [("receipt", receipt.as_str()), ("message", &message), ("text", ANSWER)];
            let answered = stranger.sends("/receipt/answer", &fields).must_be(200).body;
            assert!(answered.contains(&stranger.hears("public-answer-done")), "{answered}");
            assert!(!answered.contains(ANSWER), "their own words are not shown again");
        }
        let read = browser.opens(&page).must_be(200).body;
        assert_eq!(read.matches(ANSWER).count(), 1, "{read}");
        assert_eq!(read.matches(QUESTION).count(), 1, "{read}");
    });
}

#[test]
fn an_empty_message_is_refused_on_both_sides_and_shown_again() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let stranger = Stranger::at(&app);
        let receipt = stranger.files(SHORTEST);
        let page = stranger.sends("/receipt/answer", &[("receipt", &receipt), ("text", " ")]).must_be(422).body;
        assert!(page.contains("id=\"text-error\""), "{page}");
        let mut browser = Browser::signed_in(&app, &app.caseworker);
        let path = messages(&app);
        let page = browser.sends_from(&path, &path, &[("text", "")]).must_be(422).body;
        assert!(page.contains("id=\"text-error\""), "{page}");
    });
}

#[test]
fn a_complainant_without_a_receipt_cannot_be_asked() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        app.caseworker().files(&a_complaint());
        let mut browser = Browser::signed_in(&app, &app.caseworker);
        let page = browser.opens(&messages(&app)).must_be(200).body;
        assert!(!page.contains("name=\"text\""), "{page}");
        let case = CaseName::Id(only_case(&app)["id"].as_str().unwrap().parse().unwrap());
        let asked = app.services.ask_complainant(&fresh(&app), case, Uuid::now_v7(), QUESTION);
        assert!(matches!(asked, Err(ServiceError::NotFound)), "{asked:?}");
    });
}

#[test]
fn whoever_sees_no_stories_reads_no_messages() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        Stranger::at(&app).files(SHORTEST);
        let page = messages(&app);
        for (login, role) in [("a", Role::Analyst), ("b", Role::Auditor), ("c", Role::Administrator)] {
            let (person, _) = app.hires(&format!("nobodys-{login}"), role);
            Browser::signed_in(&app, &person).opens(&page).must_be(403);
        }
    });
}

#[test]
fn a_rotation_of_keys_leaves_messages_readable() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let stranger = Stranger::at(&app);
        let receipt = stranger.files(SHORTEST);
        let case = CaseName::Id(only_case(&app)["id"].as_str().unwrap().parse().unwrap());
        app.services.ask_complainant(&fresh(&app), case, Uuid::now_v7(), QUESTION).unwrap();
        stranger.sends("/receipt/answer", &[("receipt", &receipt), ("text", ANSWER)]).must_be(200);
        app.services.rotate_keys(&fresh(&app)).unwrap();
        let read = app.services.read_messages(&fresh(&app), case).unwrap().messages;
        let texts: Vec<&str> = read.iter().map(|message| message.text.as_ref().unwrap().expose()).collect();
        assert_eq!(texts, [QUESTION, ANSWER]);
        assert!(stranger.returns(&receipt).must_be(200).body.contains(QUESTION));
    });
}
