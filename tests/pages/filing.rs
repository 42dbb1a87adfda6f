//! Filing a logged complaint together with its files.

use super::browser::{Browser, between, field_of, must_be_sound};
use super::logging::{begins, says_the_needed};
use crate::support::http::Reply;
use crate::support::staff::PASSWORD;
use crate::support::{App, for_each_backend, on_sqlite};

/// A draft in which all is said, with the fields that its page sends.
struct Ready {
    path: String,
    csrf: String,
    once: String,
}

fn is_ready(browser: &mut Browser) -> Ready {
    let path = begins(browser);
    says_the_needed(browser, &path);
    let page = browser.opens(&path).must_be(200).body;
    assert!(page.contains("type=\"file\" multiple"), "{page}");
    Ready { csrf: field_of(&page, "csrf"), once: field_of(&page, "once"), path }
}

impl Ready {
    fn is_filed(&self, browser: &mut Browser, files: &[(&str, &str)]) -> Reply {
        browser.sends_files(&self.path, &[("csrf", &self.csrf), ("once", &self.once)], files)
    }
}

/// The names of the documents of a case.
fn documents(browser: &mut Browser, case: &str) -> Vec<String> {
    let page = browser.opens(&format!("{case}?purpose=handling")).must_be(200).body;
    between(&page, "\" download>", "</a>").into_iter().map(str::to_owned).collect()
}

const CASE: &str = "/cases/2026-000001";

#[test]
fn the_files_of_a_complaint_are_filed_with_it_once() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let mut browser = Browser::signed_in(&app, &app.caseworker);
        let draft = is_ready(&mut browser);
        let files = [("Хат.txt", "Мені ұрды"), ("photo.txt", "бас жарылған")];
        for _ in 0..2 {
            draft.is_filed(&mut browser, &files).must_lead_to(&format!("{CASE}?done=filed"));
            assert_eq!(documents(&mut browser, CASE), ["Хат.txt", "photo.txt"]);
        }
        assert_eq!(backend.rows("cases").len(), 1);
        let added = "select count(*) as number from audit_records where action = 'document_added'";
        assert_eq!(backend.number(added), 2);
        assert!(!backend.rows("documents").concat().contains("photo"), "the names are sealed");
        // The same form in two windows at once.
        let draft = is_ready(&mut browser);
        let answers = std::thread::scope(|scope| {
            let sends = || {
                let mut window = Browser::of(&app);
                window.cookies.clone_from(&browser.cookies);
                let draft = &draft;
                scope.spawn(move || draft.is_filed(&mut window, &files).status)
            };
            [sends(), sends()].map(|window| window.join().unwrap())
        });
        assert_eq!(answers, [303, 303]);
        assert_eq!(documents(&mut browser, "/cases/2026-000002").len(), 2);
    });
}

#[test]
fn nobody_has_to_choose_a_file() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let mut browser = Browser::signed_in(&app, &app.caseworker);
        // What a browser sends of a field in which none was chosen.
        is_ready(&mut browser).is_filed(&mut browser, &[("", "")]).must_lead_to(&format!("{CASE}?done=filed"));
        assert!(documents(&mut browser, CASE).is_empty());
    });
}

#[test]
fn a_file_that_is_refused_holds_up_neither_the_complaint_nor_the_other_files() {
    for_each_backend(|backend| {
        let app = App::taking_documents_up_to(backend, 400_000);
        let mut browser = Browser::signed_in(&app, &app.caseworker);
        let too_large = "x".repeat(1_000_000);
        for (language, case) in [("en", CASE), ("ru", "/cases/2026-000002"), ("kk", "/cases/2026-000003")] {
            browser.opens(&format!("/?language={language}"));
            let draft = is_ready(&mut browser);
            let files = [("first.txt", "бір"), ("<Сәкен>.txt", &too_large), ("last.txt", "үш")];
            for _ in 0..2 {
                let told = draft.is_filed(&mut browser, &files).must_say(200, "&#60;Сәкен&#62;.txt</dt>").body;
                must_be_sound(&told, language);
                assert!(told.contains(&format!("href=\"{case}#documents\"")) && !told.contains("last.txt"), "{told}");
                assert_eq!(documents(&mut browser, case), ["first.txt", "last.txt"]);
            }
        }
    });
}

#[test]
fn metadata_are_removed_from_each_file_or_the_file_is_refused() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let mut browser = Browser::signed_in(&app, &app.caseworker);
        let draft = is_ready(&mut browser);
        let fields = [("csrf", draft.csrf.as_str()), ("once", &draft.once), ("strip_metadata", "yes")];
        let files = [("scan.pdf", "%PDF-1.4\nscanned by Sáken"), ("note.txt", "жазба")];
        browser.sends_files(&draft.path, &fields, &files).must_say(200, "scan.pdf</dt>");
        assert_eq!(documents(&mut browser, CASE), ["note.txt"]);
    });
}

#[test]
fn a_form_with_files_comes_from_a_page_of_the_session_or_is_sent_on_without_them() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let mut browser = Browser::signed_in(&app, &app.caseworker);
        let draft = is_ready(&mut browser);
        let files = [("letter.txt", "хат")];
        browser.sends_files(&draft.path, &[("once", &draft.once)], &files).must_be(403);
        assert!(backend.rows("cases").is_empty());
        app.clock.set("2026-06-16T12:00:00+05:00");
        let kept = draft.is_filed(&mut browser, &files).must_say(401, "name=\"kept.lost_files\" value=\"yes\"").body;
        must_be_sound(&kept, "en");
        let again = [
            ("login", app.caseworker.login.as_str()),
            ("password", PASSWORD),
            ("code", &app.caseworker.recovery_code()),
            ("path", &draft.path),
            ("kept.once", &draft.once),
            ("kept.lost_files", "yes"),
        ];
        let csrf = field_of(&browser.sends("/sign-in/again", &again).must_be(200).body, "csrf");
        let fields = [("once", draft.once.as_str()), ("lost_files", "yes"), ("csrf", &csrf)];
        browser.sends(&draft.path, &fields).must_lead_to(&format!("{CASE}?done=filed-without-files"));
        browser.opens(&format!("{CASE}?done=filed-without-files")).must_say(200, "did not outlive the signing in");
    });
}
