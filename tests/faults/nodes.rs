//! Several servers on one database: whoever is led to another one by a proxy notices nothing, and nobody gains by it.

use std::collections::BTreeSet;

use aiqyn::access::role::Role;
use aiqyn::access::throttle::AddressKey;
use aiqyn::services::{Origin, ServiceError, Services};
use aiqyn::vault::{Receipt, Secret};

use crate::browser::Browser;
use crate::support::app::Node;
use crate::support::complaint::step;
use crate::support::http::Client;
use crate::support::program::Served;
use crate::support::{App, Backend, a_complaint, for_each_backend, on_sqlite};

/// Two more nodes beside that of the app.
fn more(app: &App, backend: &Backend) -> [Node; 2] {
    [(); 2].map(|()| app.another_node(backend, |services| services))
}

/// The caseworker at each of three nodes.
fn at_each(app: &App, nodes: &[Node; 2]) -> [Client; 3] {
    let at = |client: &Client| client.clone().with_token(&app.caseworker.token);
    [app.client.clone(), at(&nodes[0].client), at(&nodes[1].client)]
}

#[test]
fn a_session_that_was_begun_on_one_node_goes_on_at_another_and_ends_on_all() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let nodes = more(&app, backend);
        let mut browser = Browser::of(&app, &app.caseworker);
        browser.client = nodes[0].client.clone();
        assert!(browser.is_in());
        // Its form token and the key that it opens are good there too.
        let filed =
            browser.posts("/api/v1/cases", &a_complaint().with("remarks", "қысқаша").body()).must_be(201).json();
        browser.client = nodes[1].client.clone();
        let case = browser.gets(&format!("/api/v1/cases/{}/events", filed["case_id"].as_str().unwrap())).must_be(200);
        assert!(case.body.contains("қысқаша"), "{}", case.body);
        browser.asks("DELETE", "/api/v1/session").send().must_be(204);
        for client in [app.nobody(), &nodes[0].client, &nodes[1].client] {
            browser.client = client.clone();
            assert!(!browser.is_in());
        }
    });
}

#[test]
fn a_token_that_is_revoked_on_one_node_is_revoked_on_all() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let nodes = more(&app, backend);
        let clients = at_each(&app, &nodes);
        clients.iter().for_each(|client| drop(client.get("/api/v1/cases").must_be(200)));
        Browser::of(&app, &app.caseworker).asks("DELETE", "/api/v1/sessions").send().must_be(204);
        clients.iter().for_each(|client| drop(client.get("/api/v1/cases").must_be_problem(401, "session_ended")));
    });
}

#[test]
fn the_same_request_at_three_nodes_at_once_happens_once() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let nodes = more(&app, backend);
        let clients = at_each(&app, &nodes);
        for round in 1..=5 {
            let key = format!("round-{round}");
            let body = a_complaint().with("remarks", key.as_str()).body();
            let (key, body) = (&key, &body);
            let receipts: BTreeSet<String> = std::thread::scope(|scope| {
                let asked: Vec<_> = clients
                    .iter()
                    .chain(&clients)
                    .map(|client| scope.spawn(move || client.post("/api/v1/cases", body).with_key(key).send()))
                    .collect();
                asked.into_iter().map(|one| one.join().unwrap().must_be(201).body).collect()
            });
            assert_eq!(receipts.len(), 1, "{receipts:?}");
            assert_eq!(backend.rows("cases").len(), round);
        }
    });
}

#[test]
fn who_writes_at_three_nodes_at_once_leaves_no_gap_and_a_log_that_is_whole() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let nodes = more(&app, backend);
        let clients = at_each(&app, &nodes);
        std::thread::scope(|scope| {
            for client in &clients {
                scope.spawn(move || {
                    for _ in 0..10 {
                        let filed = client.post("/api/v1/cases", &a_complaint().body()).send().must_be(201).json();
                        let events = format!("/api/v1/cases/{}/events", filed["case_id"].as_str().unwrap());
                        let note = step("note").on("2026-06-03").with("text", "бір").body();
                        client.post(&events, &note).if_match(1).send().must_be(201);
                    }
                });
            }
        });
        let numbers =
            backend.texts("select cast(reference_number as text) as line from cases order by reference_number");
        assert_eq!(numbers, (1..=30).map(|number| number.to_string()).collect::<Vec<_>>());
        backend.aiqyn(&["audit", "verify"]).well();
    });
}

fn origin() -> Origin {
    Origin { address: "203.0.113.7".parse().unwrap(), device: None }
}

/// How many receipts somebody may try at one address before they must wait, going from node to node.
fn tries(nodes: &[&Services]) -> usize {
    let guess = |services: &&&Services| match services.follow_complaint(&Receipt::generate(), &origin()) {
        Err(ServiceError::NotFound) => true,
        Err(ServiceError::TooManyAttempts(_)) => false,
        other => panic!("{other:?}"),
    };
    nodes.iter().cycle().take(60).take_while(guess).count()
}

#[test]
fn whoever_guesses_at_one_node_after_the_other_waits_as_at_one() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let secret = Secret::generate();
        let node = || app.another_node(backend, |services| services.with_address_key(AddressKey::shared(&secret)));
        let (one, other, third) = (node(), node(), node());
        assert_eq!(tries(&[&one.services, &other.services, &third.services]), 10);
        // Restarted, it remembers.
        drop(one);
        assert_eq!(tries(&[&node().services]), 0);
        // Without the secret each counts for itself, and tells nobody whom it has counted.
        let stranger = app.another_node(backend, |services| services);
        assert_eq!(tries(&[&stranger.services]), 10);
    });
}

#[test]
fn tries_at_a_login_are_counted_by_all_nodes_together() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let nodes = more(&app, backend);
        let login = &app.caseworker.login;
        let clients = [app.nobody(), &nodes[0].client, &nodes[1].client];
        let guess = |client: &&Client| {
            let mut browser = Browser::at(&app);
            browser.client = (*client).clone();
            browser.signs_in(login, "қате құпия сөз бес 5", "000000").status == 401
        };
        assert_eq!(clients.into_iter().cycle().take(60).take_while(guess).count(), 10);
    });
}

#[test]
fn what_is_recorded_on_one_node_is_in_the_figures_and_lists_of_another_at_once() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let nodes = more(&app, backend);
        let clients = at_each(&app, &nodes);
        let delays = |client: &Client| client.get("/api/v1/statistics/delays").must_be(200).json();
        for cases in 1..=4 {
            clients[cases % 3].post("/api/v1/cases", &a_complaint().body()).send().must_be(201);
            for client in &clients {
                let told = delays(client);
                assert_eq!(
                    (told["cases"].as_u64(), &told["counted_at"]),
                    (Some(cases as u64), &serde_json::Value::Null)
                );
                assert_eq!(client.get("/api/v1/cases").json()["cases"].as_array().unwrap().len(), cases);
            }
        }
    });
}

#[test]
fn every_node_gives_the_same_release() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(150);
        let analyst = app.hires("dana", Role::Analyst).0;
        let nodes = more(&app, backend);
        let told = |client: &Client, path: &str| client.clone().with_token(&analyst.token).get(path).must_be(200).body;
        for path in ["delays?by=region", "endings?by=agency", "visits", "rates?by=organisation"] {
            let path = format!("/api/v1/statistics/{path}");
            let [one, other, third] =
                [app.nobody(), &nodes[0].client, &nodes[1].client].map(|client| told(client, &path));
            assert!(one == other && one == third, "{path}");
        }
    });
}

#[test]
fn of_several_nodes_one_makes_backups_until_it_is_gone() {
    let Some(backend) = Backend::postgres() else { return };
    let app = App::on(&backend);
    let nodes = more(&app, &backend);
    let takes = |services: &Services| services.turn_at_backups(None).unwrap();
    let turn = takes(&nodes[0].services);
    assert!(turn.is_some());
    assert!(takes(&nodes[1].services).is_none());
    let turn = nodes[0].services.turn_at_backups(turn).unwrap();
    assert!(turn.is_some(), "it keeps it");
    drop(turn);
    crate::cluster::wait_until(|| takes(&nodes[1].services).is_some());
    // A connection that was lost takes the turn with it.
    let turn = takes(&nodes[1].services);
    let holder = "select pg_terminate_backend(pid) from pg_locks join pg_database d on d.oid = database \
                  where locktype = 'advisory' and datname = current_database()";
    backend.execute(holder).unwrap();
    crate::cluster::wait_until(|| takes(&nodes[0].services).is_some());
    drop(turn);
}

#[test]
fn the_throttle_key_is_made_once_for_its_owner_alone_and_is_no_other_file() {
    on_sqlite(|backend| {
        backend.set_up();
        let serve = |key: &str| {
            let words = ["serve", "--listen", "127.0.0.1:0", "--throttle-key", key, "--database", &backend.url];
            drop(Served::start(backend.folder.path(), &words));
            std::fs::read(backend.file(key)).unwrap()
        };
        let made = serve("throttle.key");
        assert_eq!(made.len(), 65);
        assert_eq!(serve("throttle.key"), made);
        assert_ne!(serve("other.key"), made);
        let rights = std::fs::metadata(backend.file("throttle.key")).unwrap().permissions();
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&rights) & 0o777, 0o600);
        std::fs::write(backend.file("a letter"), "Сәлем").unwrap();
        let refused = backend.aiqyn(&["serve", "--throttle-key", "a letter"]).badly();
        assert!(refused.err.contains("64 hexadecimal digits"), "{}", refused.err);
    });
}
