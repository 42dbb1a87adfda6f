//! The walk: everybody asks for everything, and is answered as the table says.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use aiqyn::access::permission::{Denial, Reach, Relation, decide};
use serde_json::Value;
use uuid::Uuid;

use crate::routes::{About, Route, routes};
use crate::support::http::{Reply, Request};
use crate::support::{App, for_each_backend, on_sqlite};
use crate::world::{Office, Target, Visitor, With, World};

/// What the placeholders of a route stand for this time.
#[derive(Clone)]
struct Names(Vec<(&'static str, String)>);

impl Names {
    fn none() -> Self {
        Self(vec![
            ("{session}", Uuid::now_v7().to_string()),
            ("{plot}", "endings".to_owned()),
            ("{draft}", Uuid::now_v7().to_string()),
            ("{section}", "complaint".to_owned()),
        ])
    }

    fn of_case(world: &World, target: &Target) -> Self {
        Self(vec![
            ("{case}", target.case.clone()),
            ("{document}", target.document.clone()),
            ("{request}", target.visit.clone().unwrap_or_default()),
            ("{organisation}", world.third.id.to_string()),
            ("{kind}", "note".to_owned()),
            ("{event}", Uuid::now_v7().to_string()),
        ])
    }

    fn of_organisation(world: &World, which: usize) -> Self {
        let office = [Office::Owner, Office::Other][which];
        let recovery_key = [&world.app.organisation, &world.other][which].recovery_key.clone();
        Self(vec![
            ("{member}", world.dummies[which].member.clone()),
            ("{login}", world.dummies[which].login.clone()),
            ("{organisation}", world.organisation(office).to_string()),
            ("{recovery_key}", recovery_key),
        ])
    }

    /// The same, of things that do not exist.
    fn of_nothing(&self) -> Self {
        let known = ["{login}", "{recovery_key}", "{kind}", "{section}"];
        let name = |(name, value): &(&'static str, String)| {
            (*name, if known.contains(name) { value.clone() } else { Uuid::now_v7().to_string() })
        };
        Self(self.0.iter().map(name).collect())
    }

    fn put_into(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value))
    }
}

fn request<'a>(world: &'a World, route: &Route, names: &Names) -> Request<'a> {
    let nobody = world.app.nobody();
    let request = nobody.request(route.method, &names.put_into(route.path));
    let request = route.headers.iter().fold(request, |request, (name, value)| request.header(name, value));
    if let Some(fields) = route.form {
        return request.header("content-type", "application/x-www-form-urlencoded").text(fields);
    }
    match &route.body {
        Some(body) => request.json(&serde_json::from_str(&names.put_into(&body.to_string())).unwrap()),
        None => request,
    }
}

/// The status, and the word of the problem where it is one.
fn told(reply: &Reply) -> (u16, String) {
    let is_problem = reply.header("content-type") == "application/problem+json";
    let word = if is_problem {
        reply.json()["type"].as_str().unwrap().replace("urn:aiqyn:problem:", "")
    } else {
        String::new()
    };
    (reply.status, word)
}

/// What the table says.
fn expected(visitor: &Visitor, route: &Route, relation: Relation, with: With) -> (u16, &'static str) {
    if let Some(status) = route.when_signed_in {
        return (status, "");
    }
    let open_to_all = route.action.reach_of_nobody() == Reach::Always;
    match decide(&visitor.standing(), route.action, relation) {
        Err(Denial::NotTheirRole) => (403, "forbidden"),
        Err(_) => (404, "not_found"),
        Ok(()) if open_to_all || route.tells_who_asks => route.allowed,
        Ok(()) => match with {
            With::Session if route.action.needs_fresh_proof() => (403, "proof_needed"),
            With::Session => route.allowed,
            With::BroadToken if route.action.scope().is_some() => route.allowed,
            With::BroadToken | With::TokenWithout(_) => (403, "out_of_scope"),
        },
    }
}

/// Asks as somebody; an answer that differs from the table is a fault.
fn asks(world: &World, visitor: &Visitor, route: &Route, names: &Names, relation: Relation, faults: &mut Vec<String>) {
    let withs = [With::Session, With::BroadToken, With::TokenWithout(route.action.scope())];
    for with in withs.into_iter().filter(|with| *with != With::Session || !route.ends_sessions) {
        if route.method == "DELETE" && route.path.contains("/shares/") {
            world.shares_with_the_third(&names.put_into("{case}"));
        }
        let reply = visitor.signs(request(world, route, names), with).send();
        let (status, word) = match expected(visitor, route, relation, with) {
            told if told == route.allowed && route.of_the_first_alone && visitor.office != Office::Owner => {
                (403, "forbidden")
            }
            told => told,
        };
        let leads_elsewhere = route.or_elsewhere && reply.status == 303;
        if told(&reply) != (status, word.to_owned()) && !leads_elsewhere {
            let asked = format!("{} with {with:?}: {} {} ({})", visitor.name(), route.method, route.path, route.action);
            faults.push(format!("{asked}, {relation:?}: {:?}, not {:?}", told(&reply), (status, word)));
        }
        if decide(&visitor.standing(), route.action, relation) == Err(Denial::OutOfReach) {
            let nothing = visitor.signs(request(world, route, &names.of_nothing()), with).send();
            if (nothing.status, &nothing.body) != (reply.status, &reply.body) {
                faults.push(format!("{}: {} {} tells what exists", visitor.name(), route.method, route.path));
            }
        }
    }
}

fn walks(world: &World, route: &Route, faults: &mut Vec<String>) {
    for visitor in &world.visitors {
        let mut ask = |names: &Names, relation| asks(world, visitor, route, names, relation, faults);
        match route.about {
            About::General => ask(&Names::none(), Relation::General),
            About::Case => {
                for target in &world.targets {
                    ask(&Names::of_case(world, target), visitor.relation(target));
                }
            }
            About::Request => {
                for target in world.targets.iter().filter(|target| target.visit.is_some()) {
                    ask(&Names::of_case(world, target), visitor.relation_to_request(target));
                }
            }
            About::Organisation => {
                ask(&Names::of_organisation(world, 0), visitor.relation_to_organisation(Office::Owner));
                ask(&Names::of_organisation(world, 1), visitor.relation_to_organisation(Office::Other));
            }
            About::Own => ask(&Names::none(), visitor.relation_to_organisation(visitor.office)),
        }
    }
}

fn none(faults: Vec<String>) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn everybody_is_answered_as_the_table_says() {
    for_each_backend(|backend| {
        let world = World::of(App::on(backend));
        let mut faults = Vec::new();
        for route in routes() {
            walks(&world, &route, &mut faults);
        }
        none(faults);
    });
}

#[test]
fn nobody_gets_nothing_but_what_is_public() {
    on_sqlite(|backend| {
        let world = World::of(App::on(backend));
        let mut faults = Vec::new();
        for route in routes() {
            let names = match route.about {
                About::Case | About::Request => Names::of_case(&world, &world.targets[0]),
                About::Organisation => Names::of_organisation(&world, 0),
                _ => Names::none(),
            };
            let public = route.action.reach_of_nobody() == Reach::Always;
            let (status, word) = if public { route.allowed } else { (401, "not_signed_in") };
            let reply = request(&world, &route, &names).send();
            if told(&reply) != (status, word.to_owned()) {
                faults.push(format!("{} {}: {:?}", route.method, route.path, told(&reply)));
            }
            let has_challenge = !reply.header("www-authenticate").is_empty();
            assert_eq!(has_challenge, reply.status == 401, "{} {}", route.method, route.path);
        }
        none(faults);
    });
}

#[test]
fn a_secret_that_opens_no_session_is_refused_and_does_not_count_as_nobody() {
    on_sqlite(|backend| {
        let world = World::of(App::on(backend));
        for route in routes().iter().filter(|route| route.about == About::General) {
            if route.action.reach_of_nobody() == Reach::Always {
                continue;
            }
            for value in ["Bearer AAAA", "Basic dXNlcjpwYXNz", "Bearer "] {
                let asked = request(&world, route, &Names::none()).header("authorization", value).send();
                assert_eq!(told(&asked), (401, "session_ended".to_owned()), "{} {}", route.method, route.path);
            }
        }
    });
}

#[test]
fn every_route_of_the_description_and_of_the_pages_is_in_the_walk() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let walked: BTreeSet<(String, String)> = routes()
            .iter()
            .map(|route| (route.method.to_owned(), route.path.split('?').next().unwrap().to_owned()))
            .collect();
        let document = app.get("/api/v1/openapi.json");
        let described = document["paths"].as_object().unwrap().iter().flat_map(|(path, item)| {
            let methods = item.as_object().unwrap().keys();
            methods.map(move |method| (method.to_uppercase(), path.clone())).collect::<Vec<_>>()
        });
        let missing: Vec<_> = described.chain(pages()).filter(|route| !walked.contains(route)).collect();
        assert!(missing.is_empty(), "put these into tests/permissions/routes.rs: {missing:?}");
    });
}

/// The sources in a folder and in those within it.
fn files(folder: PathBuf) -> Vec<String> {
    let mut sources = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources.extend(files(path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            sources.push(std::fs::read_to_string(path).unwrap());
        }
    }
    sources
}

/// The routes of the pages, read off their source: actix does not tell.
fn pages() -> Vec<(String, String)> {
    let sources: String = files(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web/pages")).concat();
    let resources = sources.split("web::resource(\"").skip(1).flat_map(|resource| {
        let (path, rest) = resource.split_once('"').unwrap();
        let rest = rest.split(".service(").next().unwrap();
        let methods =
            ["get", "post", "put", "delete"].into_iter().filter(|method| rest.contains(&format!(".{method}(")));
        methods.map(|method| (method.to_uppercase(), path.to_owned())).collect::<Vec<_>>()
    });
    resources.collect()
}

#[test]
fn with_a_fresh_proof_what_takes_keys_and_data_out_is_done() {
    on_sqlite(|backend| {
        let world = World::of(App::on(backend));
        let (app, owner) = (&world.app, &world.app.caseworker);
        let session = owner.signs_in(&app.services);
        let posts = |path: &str, body: &Value| {
            let request = app.nobody().request("POST", path).json(body);
            let cookie = format!("aiqyn={}", session.print().as_str());
            request.header("cookie", &cookie).header("x-csrf-token", &session.form_token()).send()
        };
        let waiting = app.organisation.enrols(&app.services, "waits", &[aiqyn::access::role::Role::Caseworker]);
        posts(&format!("/api/v1/members/{}/admission", waiting.member), &serde_json::json!({})).must_be(204);
        posts("/api/v1/key-rotations", &serde_json::json!({})).must_be(201);
        let erasure = format!("/api/v1/cases/{}/erasure", world.targets[0].case);
        posts(&erasure, &serde_json::json!({})).must_be(204);
        // Five minutes on, the proof has gone stale.
        app.clock.set("2026-06-15T12:11:01+05:00");
        let other = format!("/api/v1/cases/{}/erasure", world.targets[1].case);
        posts(&other, &serde_json::json!({})).must_be_problem(403, "proof_needed");
    });
}
