//! Anything at all, sent to the real server: cursors, cookies, forms of parts, receipts, times, names, bodies. There is
//! no error of the server's and no success that is none. With `PROPTEST_CASES=5000` more of each.

use aiqyn::access::role::{OrganisationKind, Role};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use crate::support::chance::cases;
use crate::support::complaint::step;
use crate::support::http::Reply;
use crate::support::staff::Organisation;
use crate::support::{App, Form, a_complaint, for_each_backend};
use crate::wire::{asks, request};

/// Holds a property on both databases, for a few cases or as many as are wished.
fn on_each_backend<T: std::fmt::Debug>(
    few: u32,
    anything: impl Fn() -> BoxedStrategy<T>,
    holds: impl Fn(&App, &Value, T) -> Result<(), TestCaseError>,
) {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(8);
        let case = app.caseworker().files_complaint();
        let known = json!({
            "case": case.id,
            "cursor": app.get("/api/v1/cases?limit=2")["next"],
            "session": app.caseworker.signs_in(&app.services).print().as_str(),
        });
        let mut runner = TestRunner::new(cases(few));
        if let Err(error) = runner.run(&anything(), |any| holds(&app, &known, any)) {
            panic!("on {}: {error}", backend.name);
        }
    });
}

fn is_told(reply: &Reply, allowed: &[u16]) -> Result<(), TestCaseError> {
    prop_assert!(allowed.contains(&reply.status), "{}: {}", reply.status, reply.body);
    Ok(())
}

fn encoded(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("%{byte:02X}")).collect()
}

/// Bytes with a few of them changed, left out or put in.
fn mutated(bytes: &[u8], changes: &[(u16, u8, u8)]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for (place, kind, byte) in changes {
        if bytes.is_empty() {
            return vec![*byte];
        }
        let place = usize::from(*place) % bytes.len();
        match kind % 4 {
            0 => bytes[place] = *byte,
            1 => drop(bytes.remove(place)),
            2 => bytes.insert(place, *byte),
            _ => bytes.truncate(place),
        }
    }
    bytes
}

fn changes() -> impl Strategy<Value = Vec<(u16, u8, u8)>> {
    prop::collection::vec((any::<u16>(), any::<u8>(), any::<u8>()), 1..6)
}

/// Any text, texts that look like something, and those in which a database or a parser stumbles.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[0-9A-Za-z_.:=-]{0,60}",
        Just("\0".to_owned()),
        "[a-z]{0,3}\0[a-z]{0,3}",
        Just("\u{feff}".to_owned()),
        Just("'; drop table events; --".to_owned()),
        Just("%_\\".to_owned()),
        Just("9".repeat(400)),
        Just("{\"a\":[".to_owned()),
    ]
}

#[test]
fn no_cursor_breaks_a_list_or_leads_to_foreign_cases() {
    on_each_backend(
        48,
        || (any::<bool>(), texts(), changes()).boxed(),
        |app, known, (is_made_up, text, changes)| {
            let of_ours = known["cursor"].as_str().unwrap().as_bytes();
            let cursor = if is_made_up { text.into_bytes() } else { mutated(of_ours, &changes) };
            let cursor = encoded(&cursor);
            for sort in ["-filed", "filed", "due", "-updated"] {
                let reply = app.client.get(&format!("/api/v1/cases?sort={sort}&cursor={cursor}"));
                is_told(&reply, &[200, 400, 422])?;
                if reply.status == 200 {
                    prop_assert!(reply.json()["cases"].as_array().unwrap().len() <= 50);
                }
            }
            for path in [
                "/api/v1/audit?before=",
                "/cases?cursor=",
                "/api/v1/cases/",
                "/api/v1/visits/",
                "/api/v1/members?organisation=",
            ] {
                let reply = app.client.get(&format!("{path}{cursor}"));
                prop_assert!(
                    reply.status < 500 && (reply.status != 200 || path.contains('?')),
                    "{path}: {}",
                    reply.body
                );
            }
            let after = json!({"after": String::from_utf8_lossy(cursor.as_bytes())});
            is_told(&app.client.post("/api/v1/exports/cases", &after).send(), &[403, 422])
        },
    );
}

#[test]
fn a_cursor_of_somebody_else_shows_nothing_of_theirs() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(8);
        let other = Organisation::added(&app.services, "Другая", OrganisationKind::Ngo);
        let stranger = app.client_of(&other.hires(&app.services, "stranger", &[Role::Caseworker]));
        let cursor = app.get("/api/v1/cases?limit=2")["next"].as_str().unwrap().to_owned();
        let page = stranger.get(&format!("/api/v1/cases?cursor={cursor}")).must_be(200).json();
        assert_eq!(page["cases"], json!([]));
    });
}

#[test]
fn no_cookie_but_the_right_one_is_a_session() {
    on_each_backend(
        64,
        || (prop::collection::vec(any::<u8>(), 0..200), texts(), changes()).boxed(),
        |app, known, (bytes, text, changes)| {
            let session = known["session"].as_str().unwrap();
            let wrong = String::from_utf8_lossy(&mutated(session.as_bytes(), &changes)).into_owned();
            let cookies: [Vec<u8>; 5] = [
                bytes.clone(),
                format!("aiqyn={text}; aiqyn-device={text}; aiqyn-language={text}").into_bytes(),
                [b"aiqyn=".as_slice(), &bytes].concat(),
                format!("aiqyn={wrong}").into_bytes(),
                format!("aiqyn-device={session}; aiqyn-language=\"; aiqyn={}", encoded(&bytes)).into_bytes(),
            ];
            for cookie in cookies {
                let cookie: Vec<u8> = cookie.into_iter().filter(|byte| !b"\r\n".contains(byte)).collect();
                let is_right = cookie.windows(session.len()).any(|window| window == session.as_bytes());
                let headers = [b"Cookie: ".as_slice(), &cookie, b"\r\nAccept: text/html\r\n"].concat();
                for path in ["/api/v1/session", "/", "/sign-in", "/complaint"] {
                    let address = app.client.address;
                    let Some(reply) = asks(address, &request(address, &format!("GET {path}"), &headers, b"")) else {
                        continue;
                    };
                    prop_assert!(reply.status < 500, "{path}: {}", reply.status);
                    let is_in = reply.status == 200 && ["/api/v1/session", "/"].contains(&path);
                    prop_assert!(!is_in || is_right, "{path} with {cookie:?}: {}", reply.body);
                }
            }
            let bearer = app
                .nobody()
                .request("GET", "/api/v1/session")
                .header("authorization", &format!("Bearer {}", encoded(&bytes)));
            is_told(&bearer.send(), &[401, 431])
        },
    );
}

/// A form of parts that is taken as it is.
fn form(receipt: bool) -> Vec<u8> {
    let part =
        |head: &str, content: &str| format!("--b\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n");
    let first = if receipt { part("name=\"receipt\"", "1234 5678 1234 5678") } else { String::new() };
    let file =
        part("name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain", "what was seen that night in the yard");
    (first + &part("name=\"strip_metadata\"", "no") + &file + "--b--\r\n").into_bytes()
}

#[test]
fn whatever_comes_as_a_form_of_parts_nothing_is_kept_that_was_not_sent() {
    on_each_backend(
        96,
        || (prop::collection::vec(any::<u8>(), 0..600), changes(), 0..4_u8, texts()).boxed(),
        |app, known, (bytes, changes, which, boundary)| {
            let documents = format!("/api/v1/cases/{}/documents", known["case"].as_str().unwrap());
            let page = format!("/cases/{}/documents", known["case"].as_str().unwrap());
            let bodies = [mutated(&form(false), &changes), mutated(&form(true), &changes), bytes];
            let boundary = if which == 0 { boundary.replace(['\r', '\n', '\0'], "") } else { "b".to_owned() };
            for (path, body) in [(&documents, &bodies[0]), (&documents, &bodies[2]), (&page, &bodies[1])] {
                let media_type = format!("multipart/form-data; boundary={boundary}");
                let headers = format!(
                    "Content-Type: {media_type}\r\nContent-Length: {}\r\nAuthorization: Bearer {}\r\n",
                    body.len(),
                    app.caseworker.token
                );
                let bytes = request(app.client.address, &format!("POST {path}"), headers.as_bytes(), body);
                let Some(reply) = asks(app.client.address, &bytes) else { continue };
                prop_assert!((200..500).contains(&reply.status), "{path}: {} {}", reply.status, reply.body);
                if reply.status == 201 {
                    let kept = app.client.get(&format!("/api/v1/documents/{}", reply.json()["id"].as_str().unwrap()));
                    let is_part =
                        kept.bytes.is_empty() || body.windows(kept.bytes.len()).any(|window| window == kept.bytes);
                    prop_assert!(is_part, "kept {:?} of {:?}", kept.body, String::from_utf8_lossy(body));
                }
            }
            Ok(())
        },
    );
}

#[test]
fn whatever_a_stranger_sends_no_receipt_is_found_and_nothing_breaks() {
    on_each_backend(
        12,
        || (prop::collection::vec(any::<u8>(), 0..300), changes(), texts()).boxed(),
        |app, _, (bytes, changes, text)| {
            let typed = encoded(text.as_bytes());
            for (path, fields) in [
                ("/receipt", format!("receipt={typed}")),
                ("/receipt/answer", format!("receipt={typed}&text={typed}")),
                (
                    "/complaint",
                    format!("allegation=&people={typed}&incident_at.day={typed}&region={typed}&once={typed}"),
                ),
                ("/sign-in", format!("login={typed}&password={typed}&code={typed}")),
                ("/enrolment", format!("login={typed}&invitation={typed}&password={typed}")),
                ("/sign-in/again", format!("path=/&login={typed}&password={typed}&code={typed}&kept.a={typed}")),
            ] {
                let request =
                    app.nobody().request("POST", path).header("content-type", "application/x-www-form-urlencoded");
                let reply = request.text(&fields).send();
                is_told(&reply, &[400, 401, 403, 404, 409, 413, 422, 429])?;
            }
            for (path, body) in [("/receipt/document", mutated(&form(true), &changes)), ("/complaint", bytes)] {
                for media_type in ["multipart/form-data; boundary=b", "application/x-www-form-urlencoded"] {
                    let request = app.nobody().request("POST", path).header("content-type", media_type);
                    let reply = request.bytes(body.clone()).send();
                    is_told(&reply, &[400, 404, 408, 413, 415, 422, 429])?;
                }
            }
            Ok(())
        },
    );
}

fn values() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        texts().prop_map(Value::from),
        "(19|20|21|99)[0-9]{2}(-[01]?[0-9](-[0-3]?[0-9](T[0-2]?[0-9]:[0-6]?[0-9](:[0-9]{2})?(Z|[+-][0-9]{2}:?[0-9]{2})?)?)?)?"
            .prop_map(Value::from),
        Just(json!("2026-06-02")),
    ];
    leaf.prop_recursive(3, 20, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map(texts(), inner, 0..4).prop_map(|fields| json!(fields)),
        ]
    })
    .boxed()
}

const KINDS: &[&str] =
    &["route", "dismiss", "note", "request_visit", "person", "safeguard", "medical_examination", "reprisal"];

#[test]
fn whatever_stands_in_the_field_of_an_event_it_is_refused_or_told_back_as_it_is() {
    on_each_backend(
        96,
        || (prop::sample::select(KINDS), any::<prop::sample::Index>(), values(), texts()).boxed(),
        |app, known, (kind, field, value, name)| {
            let form = step(kind).on("2026-06-02");
            let body = form.body();
            let names: Vec<&String> = body.as_object().unwrap().keys().collect();
            let name = if field.index(5) == 0 { name } else { names[field.index(names.len())].clone() };
            let events = format!("/api/v1/cases/{}/events", known["case"].as_str().unwrap());
            let before = app.client.get(&events).must_be(200);
            let version = before.json()["version"].as_i64().unwrap();
            let reply = app.client.post(&events, &form.with(&name, value.clone()).body()).if_match(version).send();
            is_told(&reply, &[201, 400, 409, 413, 422])?;
            let after = app.get(&events);
            let more = after["events"].as_array().unwrap().len() - before.json()["events"].as_array().unwrap().len();
            prop_assert_eq!(more, usize::from(reply.status == 201));
            if reply.status == 201 && name == "occurred_at" {
                let told =
                    after["events"].as_array().unwrap().last().unwrap()["occurred_at"].as_str().unwrap().to_owned();
                // A list of one is as good as the one.
                let given = value.as_array().map_or(&value, |values| &values[0]).as_str();
                prop_assert!(given.is_some_and(|given| given.trim().starts_with(&told[..4])), "{value} → {told}");
            }
            Ok(())
        },
    );
}

#[test]
fn whatever_a_body_is_it_is_refused_or_filed_whole() {
    on_each_backend(
        96,
        || (values(), prop::collection::vec(any::<u8>(), 0..300), changes(), texts()).boxed(),
        |app, _, (value, bytes, changes, name)| {
            let filed = serde_json::to_vec(&a_complaint().body()).unwrap();
            let person = json!([{"part": "alleged_victim", "name": name, "contact": value}]);
            let with_person = a_complaint().with("people", person).body();
            let bodies = [
                value.to_string().into_bytes(),
                bytes,
                mutated(&filed, &changes),
                Form::new("channel", value.clone()).with("occurred_at", "2026-06-01").body().to_string().into_bytes(),
                with_person.to_string().into_bytes(),
            ];
            for body in bodies {
                for path in
                    ["/api/v1/cases", "/api/v1/name-searches", "/api/v1/session", "/api/v1/members", "/api/v1/tokens"]
                {
                    let request = app.client.request("POST", path).header("content-type", "application/json");
                    let reply = request.bytes(body.clone()).send();
                    is_told(&reply, &[200, 201, 400, 401, 403, 409, 413, 422, 429])?;
                    if reply.status == 201 {
                        prop_assert_eq!(path, "/api/v1/cases");
                        let case = app.get(&format!("/api/v1/cases/{}", reply.json()["case_id"].as_str().unwrap()));
                        prop_assert!(case["complaint"]["details"]["channel"].is_string(), "{}", case);
                    }
                }
            }
            let searched = app.client.post("/api/v1/name-searches", &json!({"name": name})).send();
            is_told(&searched, &[200, 422])?;
            let key = app
                .client
                .post("/api/v1/cases", &json!({}))
                .header("idempotency-key", &encoded(name.as_bytes()))
                .send();
            is_told(&key, &[400, 422, 431])
        },
    );
}

#[test]
fn whatever_a_token_is_called_it_is_refused_or_listed_so() {
    on_each_backend(
        32,
        || texts().boxed(),
        |app, known, name| {
            let cookie = format!("aiqyn={}", known["session"].as_str().unwrap());
            let asks = |method: &str, path: &str| app.nobody().request(method, path).header("cookie", &cookie);
            let form_token = asks("GET", "/api/v1/session").send().json()["form_token"].as_str().unwrap().to_owned();
            let body = json!({"name": name, "scopes": ["read"], "days": 1});
            let made = asks("POST", "/api/v1/tokens").header("x-csrf-token", &form_token).json(&body).send();
            is_told(&made, &[201, 422])?;
            let listed = asks("GET", "/api/v1/sessions").send().must_be(200).json();
            let is_listed = listed["sessions"].as_array().unwrap().iter().any(|session| session["name"] == name);
            prop_assert_eq!(is_listed, made.status == 201, "{}", listed);
            Ok(())
        },
    );
}
