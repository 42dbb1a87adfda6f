//! Two people at one case: whoever has not seen the latest version does not write.

use serde_json::json;

use crate::support::complaint::step;
use crate::support::{App, for_each_backend};

#[test]
fn a_writer_who_has_not_seen_the_latest_version_is_told_so() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let seen = app.caseworker().files_complaint();
        seen.clone().on("2026-06-02").routes_to_internal_security();
        let reply = seen.tries(&step("note"));
        assert_eq!(reply.header("etag"), "\"2\"", "the version to read again");
        let problem = reply.must_be_problem(412, "stale_version");
        assert_eq!(problem["current_version"], 2);
        let correction = seen.tries_to_correct(&seen.last_event, &crate::support::the_filing());
        correction.must_be_problem(412, "stale_version");
        assert_eq!(seen.shows()["version"], 2);
    });
}

#[test]
fn a_writer_who_names_no_version_is_asked_for_one() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let case = app.caseworker().files_complaint();
        let note = step("note").on("2026-06-02").body();
        let writes = |path: &str| app.client.post(&case.path(path), &note);
        writes("/events").send().must_be_problem(428, "version_required");
        writes("/corrections").send().must_be_problem(428, "version_required");
        for nonsense in ["1", "\"one\"", "W/\"1\"", "*", "\"1\", \"2\"", ""] {
            writes("/events").header("if-match", nonsense).send().must_be_problem(412, "stale_version");
        }
        assert_eq!(case.shows()["version"], 1);
    });
}

#[test]
fn of_eight_writers_at_once_exactly_one_wins() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let mut case = app.caseworker().files_complaint();
        for round in 1..=5 {
            let seen = &case;
            let mut statuses: Vec<u16> = std::thread::scope(|scope| {
                let write = |writer: usize| {
                    let note = step("note").with("text", format!("round {round}, writer {writer}"));
                    let reply = seen.tries(&note);
                    if reply.status == 412 {
                        assert_eq!(reply.clone().json()["current_version"], round + 1);
                    }
                    reply.status
                };
                let writers: Vec<_> = (0..8).map(|writer| scope.spawn(move || write(writer))).collect();
                writers.into_iter().map(|writer| writer.join().unwrap()).collect()
            });
            statuses.sort_unstable();
            assert_eq!(statuses, [201, 412, 412, 412, 412, 412, 412, 412]);
            case.version += 1;
        }
        let history = case.history();
        assert_eq!(history["version"], 6);
        let sequences: Vec<_> =
            history["events"].as_array().unwrap().iter().map(|event| event["sequence"].clone()).collect();
        assert_eq!(json!(sequences), json!([1, 2, 3, 4, 5, 6]));
    });
}
