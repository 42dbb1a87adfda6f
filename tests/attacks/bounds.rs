//! What is too much: of each, a little less is taken, and a little more is refused in the language of whoever asks.

use serde_json::json;

use crate::support::http::Reply;
use crate::support::{App, on_sqlite};
use crate::wire::{asks, request};

/// Holds an answer to a problem in Kazakh.
#[track_caller]
fn is_told_in_kazakh(reply: &Reply, status: u16, word: &str) {
    assert_eq!(reply.header("content-language"), "kk", "{}", reply.body);
    reply.clone().must_be_problem(status, word);
}

fn gets(app: &App, path: &str, headers: &str) -> Option<Reply> {
    let headers = format!("Accept-Language: kk\r\n{headers}");
    asks(app.client.address, &request(app.client.address, &format!("GET {path}"), headers.as_bytes(), b""))
}

#[test]
fn an_address_has_an_end() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let address = |length: usize| format!("/?{}", "a".repeat(length - 2));
        // Nobody has signed in: who is let through is told that.
        assert_eq!(gets(&app, &address(8 * 1024), "").unwrap().status, 401);
        is_told_in_kazakh(&gets(&app, &address(8 * 1024 + 1), "").unwrap(), 414, "address_too_long");
        // What the library does itself.
        assert_eq!(gets(&app, &address(70_000), "").unwrap().status, 400);
        assert_eq!(gets(&app, &address(200_000), "").unwrap().status, 431);
    });
}

#[test]
fn headers_have_an_end_in_number_and_length() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let many = |number: usize| -> String { (0..number).map(|n| format!("x-{n}: a\r\n")).collect() };
        let long = |length: usize| format!("x: {}\r\n", "a".repeat(length));
        // Host, Connection and Accept-Language are there as well.
        assert_eq!(gets(&app, "/api/v1/health", &many(61)).unwrap().status, 200);
        is_told_in_kazakh(&gets(&app, "/api/v1/health", &many(62)).unwrap(), 431, "headers_too_large");
        assert_eq!(gets(&app, "/api/v1/health", &long(32_000)).unwrap().status, 200);
        is_told_in_kazakh(&gets(&app, "/api/v1/health", &long(33_000)).unwrap(), 431, "headers_too_large");
        // What the library does itself.
        assert_eq!(gets(&app, "/api/v1/health", &many(97)).unwrap().status, 431);
        assert_eq!(gets(&app, "/api/v1/health", &long(200_000)).unwrap().status, 431);
    });
}

#[test]
fn a_body_of_json_has_an_end_in_length_and_depth() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let posts = |body: &str| {
            let request = app.client.request("POST", "/api/v1/cases").header("content-type", "application/json");
            request.in_language("kk").text(body).send()
        };
        let long = |length: usize| "{}".to_owned() + &" ".repeat(length - 2);
        posts(&long(1024 * 1024)).must_be(422);
        is_told_in_kazakh(&posts(&long(1024 * 1024 + 1)), 413, "too_large");
        let deep = |depth: usize| format!("{{\"a\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
        posts(&deep(100)).must_be(422);
        is_told_in_kazakh(&posts(&deep(200)), 400, "malformed");
        // In pieces, of which nobody says beforehand how many there are.
        let pieces = format!("{:x}\r\n{}\r\n", 256 * 1024, "a".repeat(256 * 1024)).repeat(5) + "0\r\n\r\n";
        let headers = format!(
            "Accept-Language: kk\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\
             Authorization: Bearer {}\r\n",
            app.caseworker.token
        );
        let address = app.client.address;
        let reply = asks(address, &request(address, "POST /api/v1/cases", headers.as_bytes(), pieces.as_bytes()));
        is_told_in_kazakh(&reply.unwrap(), 413, "too_large");
    });
}

#[test]
fn a_page_s_form_has_an_end_and_a_stranger_s_sooner() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let posts = |path: &str, length: usize| {
            let request = app.nobody().request("POST", path).in_language("kk");
            let body = format!("login={}", "a".repeat(length));
            request.header("content-type", "application/x-www-form-urlencoded").text(&body).send()
        };
        for path in ["/sign-in", "/enrolment"] {
            posts(path, 15_000).must_be(422);
            is_told_in_kazakh(&posts(path, 17_000), 413, "too_large");
        }
        for path in ["/complaint", "/receipt", "/sign-in/again", "/search"] {
            is_told_in_kazakh(&posts(path, 1_100_000), 413, "too_large");
        }
    });
}

#[test]
fn a_form_of_a_hundred_thousand_fields_is_answered_soon() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let body = "a=&".repeat(300_000);
        for (path, client) in
            [("/complaint", app.nobody()), ("/visits/new", &app.client), ("/sign-in/again", app.nobody())]
        {
            let request = client.request("POST", path).header("content-type", "application/x-www-form-urlencoded");
            let began = std::time::Instant::now();
            let reply = request.text(&body).send();
            assert!(reply.status >= 400 && reply.status < 500, "{path}: {}", reply.status);
            assert!(reply.body.len() < 100_000, "{path}: {} bytes", reply.body.len());
            println!("{path}: {} in {:?}", reply.status, began.elapsed());
        }
    });
}

fn part(name: &str, content: &str) -> String {
    format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{content}\r\n")
}

fn file(content: &str) -> String {
    format!("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n{content}\r\n")
}

#[test]
fn a_form_of_parts_has_an_end_in_parts_fields_and_heads() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let case = app.caseworker().files_complaint();
        let posts = |body: String| {
            let request = app.client.request("POST", &case.path("/documents")).in_language("kk");
            request.header("content-type", "multipart/form-data; boundary=b").text(&format!("{body}--b--\r\n")).send()
        };
        posts(file("text")).must_be(201);
        posts(part("strip_metadata", "yes") + &file("text")).must_be(201);
        // A field that is too long, one too many, a thousand, and a head without an end.
        is_told_in_kazakh(&posts(part("strip_metadata", &"y".repeat(10_000)) + &file("text")), 422, "invalid_input");
        is_told_in_kazakh(&posts(file("text") + &file("text")), 422, "invalid_input");
        is_told_in_kazakh(&posts(part("more", "").repeat(1000) + &file("text")), 422, "invalid_input");
        let head =
            format!("--b\r\nContent-Disposition: form-data; name=\"file\"; x=\"{}\"\r\n\r\n", "a".repeat(1 << 20));
        is_told_in_kazakh(&posts(head), 400, "malformed");
        let heads: String = (0..1000).map(|n| format!("x-{n}: a\r\n")).collect();
        let headed = format!("--b\r\n{heads}Content-Disposition: form-data; name=\"file\"\r\n\r\ntext\r\n");
        is_told_in_kazakh(&posts(headed), 400, "malformed");
        assert_eq!(app.get(&case.path("/documents"))["documents"].as_array().unwrap().len(), 2);
    });
}

#[test]
fn an_upload_has_an_end_told_beforehand_or_not() {
    on_sqlite(|backend| {
        let app = App::taking_documents_up_to(backend, 100_000);
        let case = app.caseworker().files_complaint();
        let posts = |length: usize| {
            let body = file(&"x".repeat(length)) + "--b--\r\n";
            let request = app.client.request("POST", &case.path("/documents")).in_language("kk");
            request.header("content-type", "multipart/form-data; boundary=b").text(&body).send()
        };
        posts(100_000).must_be(201);
        is_told_in_kazakh(&posts(100_001), 413, "document_too_large");
        is_told_in_kazakh(&posts(1_000_000), 413, "document_too_large");
    });
}

#[test]
fn what_a_query_repeats_or_what_a_list_is_too_long_for_is_a_problem() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let query = format!("/api/v1/cases?{}", "limit=1&".repeat(900));
        is_told_in_kazakh(&app.client.request("GET", &query).in_language("kk").send(), 422, "invalid_input");
        for limit in ["0", "201", "65536", "-1", "99999999999999999999"] {
            app.client.get(&format!("/api/v1/cases?limit={limit}")).must_be_problem(422, "invalid_input");
        }
        let many = vec![json!({"part": "alleged_victim", "name": "Мысалов"}); 60];
        let body = crate::support::a_complaint().with("people", many).body();
        app.client.post("/api/v1/cases", &body).send().must_be_problem(422, "invalid_input");
    });
}
