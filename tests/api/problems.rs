//! Requests that cannot be answered, and how they are told so.

use serde_json::{Value, json};

use crate::support::{App, a_complaint, on_sqlite};

const NO_CASE: &str = "0190c2f0-0000-7000-8000-000000000000";

#[test]
fn what_is_not_there_is_not_found() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        app.caseworker().files_complaint();
        for path in [
            "/nowhere",
            "/api",
            "/api/v1",
            "/api/v1/nowhere",
            "/api/v1/cases/2026-000002",
            "/api/v1/cases/2026-1",
            "/api/v1/cases/nonsense",
            &format!("/api/v1/cases/{NO_CASE}"),
            &format!("/api/v1/cases/{NO_CASE}/events"),
            "/api/v1/cases/2026-000002/events",
        ] {
            app.asks(path).must_be_problem(404, "not_found");
        }
        for path in ["events", "corrections"] {
            let body =
                json!({"kind": "note", "text": "x", "occurred_at": "2026-06-02", "corrects": NO_CASE, "why": "x"});
            let request = app.client.post(&format!("/api/v1/cases/{NO_CASE}/{path}"), &body);
            request.if_match(1).send().must_be_problem(404, "not_found");
        }
    });
}

#[test]
fn a_case_is_found_by_its_reference_and_by_its_identifier() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let case = app.caseworker().files_complaint();
        assert_eq!(app.get(&format!("/api/v1/cases/{}", case.reference)), case.shows());
        assert_eq!(app.get(&format!("/api/v1/cases/{}/events", case.reference)), case.history());
    });
}

#[test]
fn an_address_has_its_methods_and_no_others() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let case = app.caseworker().files_complaint();
        let paths: &[(&str, &[&str])] = &[
            ("/api/v1/health", &["GET"]),
            ("/api/v1/openapi.json", &["GET"]),
            ("/api/v1/cases", &["GET", "POST"]),
            (&case.path(""), &["GET"]),
            (&case.path("/events"), &["GET", "POST"]),
            (&case.path("/corrections"), &["POST"]),
            ("/api/v1/visits", &["GET"]),
            ("/api/v1/statistics/delays", &["GET"]),
            ("/api/v1/statistics/rates", &["GET"]),
            ("/api/v1/code-lists", &["GET"]),
        ];
        for (path, methods) in paths {
            for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
                if !methods.contains(&method) {
                    let reply = app.client.request(method, path).json(&json!({})).send();
                    reply.must_be_problem(405, "method_not_allowed");
                }
            }
        }
        assert_eq!(case.shows()["version"], 1);
    });
}

#[test]
fn a_body_is_json_and_says_so() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let body = a_complaint().body().to_string();
        let posts = |media_type: &str, body: &str| {
            app.client.request("POST", "/api/v1/cases").header("content-type", media_type).text(body).send()
        };
        for media_type in ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""] {
            posts(media_type, &body).must_be_problem(415, "unsupported_media_type");
        }
        for nonsense in ["", "{", "[]", "\"a complaint\"", "null", "{\"channel\": hotline}"] {
            posts("application/json", nonsense).must_be_problem(400, "malformed");
        }
        posts("Application/JSON; charset=utf-8", &body).must_be(201);
    });
}

#[test]
fn a_body_over_one_mebibyte_is_too_large() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let case = app.caseworker().files_complaint();
        for path in ["/api/v1/cases".to_owned(), case.path("/events"), case.path("/corrections")] {
            let posts = |size: usize| {
                let body = vec![b' '; size];
                let length = format!(
                    "POST {path} HTTP/1.1\nhost: localhost\nconnection: close\ncontent-type: application/json\nif-match: \"1\"\ncontent-length: {size}\n\n"
                );
                let whole = app.client.sends_raw(&length, &body);
                let head = length.replace(&format!("content-length: {size}"), "transfer-encoding: chunked");
                let mut chunked = format!("{size:x}\r\n").into_bytes();
                chunked.extend_from_slice(&body);
                chunked.extend_from_slice(b"\r\n0\r\n\r\n");
                [whole, app.client.sends_raw(&head, &chunked)]
            };
            for reply in posts(1024 * 1024) {
                reply.must_be_problem(400, "malformed");
            }
            for reply in posts(1024 * 1024 + 1) {
                reply.must_be_problem(413, "too_large");
            }
        }
    });
}

#[test]
fn a_text_is_as_long_as_it_may_be_and_no_longer() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let most = aiqyn::domain::sealed::PlainText::MAX_CHARACTERS;
        let with = |length: usize| a_complaint().with("allegation", "ұ".repeat(length));
        app.caseworker().files(&with(most));
        let wrong = app.caseworker().tries_to_file(&with(most + 1)).wrong_fields();
        assert_eq!(wrong, [("allegation".to_owned(), "too_long".to_owned())]);
        let wrong = app.caseworker().tries_to_file(&a_complaint().with("allegation", "a\u{0}b")).wrong_fields();
        assert_eq!(wrong, [("allegation".to_owned(), "control_character".to_owned())]);
    });
}

#[test]
fn unknown_and_wrong_parameters_are_named() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let wrong = |path: &str| {
            let wrong = app.asks(path).wrong_fields();
            wrong.into_iter().map(|(field, problem)| format!("{field} {problem}")).collect::<Vec<_>>()
        };
        for path in ["cases", "visits", "statistics/delays", "statistics/rates", "code-lists"] {
            assert_eq!(wrong(&format!("/api/v1/{path}?colour=blue&page=2")), ["colour unknown", "page unknown"]);
        }
        assert_eq!(
            wrong("/api/v1/cases?stage=lost&sort=name&limit=201&filed_from=June&overdue=perhaps&cursor=x&region=KZ-11"),
            [
                "cursor unreadable",
                "filed_from not_a_time",
                "limit not_in_range",
                "overdue not_one_of",
                "region unreadable",
                "sort not_one_of",
                "stage not_one_of",
            ]
        );
        for limit in ["0", "-1", "201", "many"] {
            assert_eq!(wrong(&format!("/api/v1/cases?limit={limit}")), ["limit not_in_range"]);
        }
        assert_eq!(wrong("/api/v1/cases?limit=5&limit=6"), ["limit unknown"]);
        assert_eq!(wrong("/api/v1/visits?limit=501"), ["limit not_in_range"]);
        assert_eq!(
            wrong("/api/v1/statistics/delays?by=colour&clock=sand&codes=old"),
            ["by not_one_of", "clock not_one_of", "codes not_one_of"]
        );
        assert_eq!(wrong("/api/v1/code-lists?list=towns&on=2026-02-30"), ["list not_one_of", "on not_a_time"]);
    });
}

#[test]
fn a_problem_speaks_the_language_that_is_asked_for() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let titles = |path: &str, method: &str| -> Vec<Value> {
            let ask = |wish: &str| app.client.request(method, path).in_language(wish).send();
            let wishes = [("kk", "kk"), ("ru-KZ, en;q=0.5", "ru"), ("en", "en"), ("fr", "en")];
            wishes
                .map(|(wish, language)| {
                    let reply = ask(wish);
                    assert_eq!(reply.header("content-language"), language);
                    reply.json()["title"].clone()
                })
                .to_vec()
        };
        for (path, method) in [("/api/v1/nowhere", "GET"), ("/api/v1/cases", "DELETE"), ("/api/v1/cases?x=1", "GET")] {
            let titles = titles(path, method);
            assert_ne!(titles[0], titles[1]);
            assert_ne!(titles[1], titles[2]);
            assert_eq!(titles[2], titles[3], "English where none of ours is asked for");
        }
    });
}

#[test]
fn a_database_that_is_not_set_up_is_no_health() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        assert_eq!(app.get("/api/v1/health")["status"], "ok");
        backend.execute("delete from __diesel_schema_migrations").unwrap();
        let reply = app.asks("/api/v1/health");
        assert_eq!(reply.header("retry-after"), "5");
        reply.must_be_problem(503, "unavailable");
    });
}

#[test]
fn a_field_that_is_given_twice_is_refused() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let twice = r#"{"occurred_at":"2026-06-01","occurred_at":"2026-06-02","channel":"hotline","allegation":"x"}"#;
        let reply = app.client.sends_raw(&format!("POST /api/v1/cases HTTP/1.1\nHost: localhost\nConnection: close\nContent-Type: application/json\nContent-Length: {}\n\n", twice.len()), twice.as_bytes());
        assert_eq!(reply.must_be_problem(422, "invalid_input")["errors"][0]["problem"], "not_single");
    });
}

#[test]
fn nothing_among_the_values_of_a_list_is_refused() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        for list in [json!([null, "2026-06-01"]), json!(["2026-06-01", " "]), json!([null]), json!([["2026-06-01"]])] {
            let reply =
                app.client.post("/api/v1/cases", &a_complaint().with("occurred_at", list.clone()).body()).send();
            reply.must_be_problem(422, "invalid_input");
        }
        let of_one = a_complaint().with("occurred_at", json!(["2026-06-01"])).body();
        app.client.post("/api/v1/cases", &of_one).send().must_be(201);
    });
}
