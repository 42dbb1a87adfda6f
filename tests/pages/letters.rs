//! The letters about an urgent visit: who may have them, what they say, and that they are PDF.

use aiqyn::access::role::{OrganisationKind, Role};
use aiqyn::domain::id::EventId;
use aiqyn::i18n::Language;
use aiqyn::report::letter::{Letter, Piece};
use aiqyn::report::visit_letters::{delay, request};

use super::browser::Browser;
use crate::support::staff::Organisation;
use crate::support::{App, on_sqlite};

/// A case in which a visit was refused for want of written evidence and asked for again; both requests.
fn renewed(app: &App) -> (EventId, EventId) {
    let case = app.caseworker().files_complaint().on("2026-06-02T10:00").has_a_visit_requested();
    let first = case.last_event.clone();
    let case = case.on("2026-06-05").has_the_visit_refused_for_want_of_written_evidence();
    let case = case.on("2026-06-08T09:30").has_the_visit_requested_again(&first);
    (first.parse().unwrap(), case.last_event.parse().unwrap())
}

/// Everything that a letter says, piece by piece.
fn said(letter: &Letter) -> String {
    let of = |piece: &Piece| match piece {
        Piece::Heading { text } | Piece::Paragraph { text } => text.clone(),
        Piece::Quoted { lines } => lines.join("\n"),
        Piece::Numbered { items } => items.join("\n"),
        Piece::Facts { items } => items.iter().map(|pair| pair.join(": ")).collect::<Vec<_>>().join("\n"),
    };
    let pieces = letter.pieces.iter().map(of).collect::<Vec<_>>().join("\n");
    format!("{}\n{}\n{}", letter.sender[0], letter.subject, pieces)
}

#[test]
fn the_letter_of_request_says_what_was_asked_for_and_why_it_is_urgent() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let (_, visit) = renewed(&app);
        let caseworker = app.caseworker.asks(&app.services);
        let facts = app.services.request_letter(&caseworker, visit).unwrap();
        for (language, words) in [
            (Language::En, ["urgent visit", "8 June 2026, 09:30", "no written", "article 12"]),
            (Language::Ru, ["срочное посещение", "8 июня 2026", "без", "Статья 20"]),
            (Language::Kk, ["Шұғыл бар", "2026 ж", "жазбаша", "20-баб"]),
        ] {
            let letter = said(&request(&facts, language));
            assert!(letter.contains("Қадір-қасиет") && letter.contains(&facts.reference.to_string()), "{letter}");
            assert!(letter.contains("Денесіндегі іздер кетіп қалады"), "the text of the request is in it: {letter}");
            for word in words {
                let folded = letter.to_lowercase();
                assert!(folded.contains(&word.to_lowercase()), "no {word:?} in\n{letter}");
            }
        }
    });
}

#[test]
fn the_letter_about_delay_tells_measured_facts_and_no_sealed_text() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let (first, visit) = renewed(&app);
        let caseworker = app.caseworker.asks(&app.services);
        let facts = app.services.delay_letter(&caseworker, visit).unwrap();
        let letters = Language::ALL.iter().map(|language| said(&delay(&facts, *language))).collect::<Vec<_>>();
        for letter in &letters {
            assert!(!letter.contains("Денесіндегі"), "{letter}");
        }
        // From 8 June, 09:30, to 15 June, 12:00.
        for waited in ["7 days 2 hours", "7 дней 2 часа", "7 күн 2 сағат"] {
            assert!(letters.iter().any(|letter| letter.contains(waited)), "no {waited:?} in\n{}", letters.join("\n\n"));
        }
        let answered = app.services.delay_letter(&caseworker, first).unwrap();
        let letter = said(&delay(&answered, Language::En));
        assert!(letter.contains("The answer took 3 days"), "days are all that is known of the answer: {letter}");
        assert!(answered.earlier.is_empty() && facts.earlier.len() == 1);
    });
}

#[test]
fn the_deadline_is_named_with_how_far_it_was_passed() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let (_, visit) = renewed(&app);
        let caseworker = app.caseworker.asks(&app.services);
        let facts = app.services.delay_letter(&caseworker, visit).unwrap();
        let letter = said(&delay(&facts, Language::En));
        let told = match facts.deadline {
            Some(deadline) if deadline.due_at < facts.now => "It was passed by",
            Some(_) => "It was not passed",
            None => "No deadline for such an answer is known",
        };
        assert!(letter.contains(told), "{letter}");
    });
}

#[test]
fn a_browser_is_given_each_letter_as_a_file_in_each_language() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let (_, visit) = renewed(&app);
        let mut browser = Browser::signed_in(&app, &app.caseworker);
        for (path, name) in [("letter", "visit-request"), ("delay-letter", "visit-delay")] {
            for language in ["kk", "ru", "en"] {
                let reply = browser.opens(&format!("/visits/{visit}/{path}?in={language}")).must_be(200);
                assert!(reply.bytes.starts_with(b"%PDF"), "{path} in {language}");
                assert_eq!(reply.header("content-type"), "application/pdf");
                let file = format!("attachment; filename=\"{name}-2026-000001-{language}.pdf\"");
                assert_eq!(reply.header("content-disposition"), file);
                keep(&format!("{name}-{language}.pdf"), &reply.bytes);
            }
        }
        browser.opens(&format!("/visits/{visit}/letter?in=de")).must_be(404);
        browser.opens("/visits/nothing/letter").must_be(404);
    });
}

/// Keeps a file where somebody wants to look at it.
fn keep(name: &str, bytes: &[u8]) {
    if let Some(folder) = std::env::var_os("AIQYN_TEST_PICTURES") {
        std::fs::write(std::path::Path::new(&folder).join(name), bytes).unwrap();
    }
}

#[test]
fn the_office_that_is_asked_gets_the_letter_of_those_who_asked() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let ombudsman = Organisation::added(&app.services, "Омбудсман кеңсесі", OrganisationKind::Ombudsman);
        let approver = ombudsman.hires(&app.services, "marat", &[Role::Approver]);
        let (_, visit) = renewed(&app);
        let facts = app.services.request_letter(&approver.asks(&app.services), visit).unwrap();
        assert_eq!(
            (facts.organisation.as_str(), facts.offices.as_slice()),
            ("Қадір-қасиет", &["Омбудсман кеңсесі".to_owned()][..])
        );
    });
}

#[test]
fn whoever_may_not_see_the_request_gets_no_letter() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let (_, visit) = renewed(&app);
        let strangers = Organisation::added(&app.services, "Другая", OrganisationKind::Ngo);
        let stranger = strangers.hires(&app.services, "stranger", &[Role::Caseworker]);
        let (analyst, _) = app.hires("saule", Role::Analyst);
        for path in ["letter", "delay-letter"] {
            let path = format!("/visits/{visit}/{path}");
            Browser::signed_in(&app, &stranger).opens(&path).must_be(404);
            Browser::signed_in(&app, &analyst).opens(&path).must_be(403);
            Browser::of(&app).opens(&path).must_lead_to("/sign-in");
        }
    });
}

#[test]
fn that_the_text_of_a_request_left_in_a_letter_is_in_the_audit_log() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let (auditor, log) = app.hires("dana", Role::Auditor);
        assert_eq!(auditor.login, "dana");
        let (_, visit) = renewed(&app);
        let caseworker = app.caseworker.asks(&app.services);
        let readings = || {
            let records = log.get("/api/v1/audit?action=request_read").must_be(200).json();
            records["records"].as_array().map_or(0, Vec::len)
        };
        app.services.delay_letter(&caseworker, visit).unwrap();
        assert_eq!(readings(), 0, "nothing sealed was opened");
        app.services.request_letter(&caseworker, visit).unwrap();
        assert_eq!(readings(), 1);
    });
}
