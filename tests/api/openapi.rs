//! The description of the API is what is served, no more and no less.

use std::collections::BTreeSet;

use aiqyn::domain::event::HappeningKind;
use aiqyn::domain::fact::SafeguardKind;
use aiqyn::domain::field::FieldSpec;
use serde_json::Value;

use crate::support::{App, on_sqlite};

fn document() -> Value {
    let mut document = Value::Null;
    on_sqlite(|backend| document = App::on(backend).get("/api/v1/openapi.json"));
    document
}

/// Every method and path that the document describes.
fn described(document: &Value) -> BTreeSet<(String, String)> {
    let methods = |(path, item): (&String, &Value)| -> Vec<(String, String)> {
        item.as_object().unwrap().keys().map(|method| (method.to_uppercase(), path.clone())).collect()
    };
    document["paths"].as_object().unwrap().iter().flat_map(methods).collect()
}

/// Every method and path of the route table, read off its source: actix does not tell.
fn served() -> BTreeSet<(String, String)> {
    let source = include_str!("../../src/web/api/mod.rs");
    let resources = source.split("web::resource(\"").skip(1);
    resources
        .flat_map(|resource| {
            let (path, rest) = resource.split_once('"').unwrap();
            let rest = rest.split(".service(").next().unwrap();
            let methods = ["get", "post", "put", "patch", "delete"].into_iter();
            let methods: Vec<_> = methods.filter(|method| rest.contains(&format!(".{method}("))).collect();
            methods.into_iter().map(move |method| (method.to_uppercase(), format!("/api/v1{path}")))
        })
        .collect()
}

#[test]
fn it_is_openapi_3_1() {
    let document = document();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1."), "{}", document["openapi"]);
    assert_eq!(document["info"]["version"], env!("CARGO_PKG_VERSION"));
}

#[test]
fn every_route_is_described_and_every_description_has_its_route() {
    let mut served = served();
    assert!(served.remove(&("GET".to_owned(), "/api/v1/openapi.json".to_owned())), "the document itself");
    assert_eq!(described(&document()), served);
}

#[test]
fn every_path_and_method_that_is_described_answers() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let case = app.caseworker().files_complaint();
        for (method, path) in described(&app.get("/api/v1/openapi.json")) {
            // A document, a member and the like that there are not are told as such: tests/permissions has them.
            let path = path.replace("{case}", &case.id);
            if path.contains('{') {
                continue;
            }
            let mut request = app.client.request(&method, &path);
            if method == "POST" {
                request = request.json(&serde_json::json!({}));
            }
            let reply = request.send();
            assert!(![404, 405].contains(&reply.status) && reply.status < 500, "{method} {path}: {}", reply.body);
        }
    });
}

/// The kinds of the bodies that a schema lets through.
fn kinds(document: &Value, schema: &str) -> Vec<String> {
    let bodies = document["components"]["schemas"][schema]["oneOf"].as_array().unwrap().iter();
    bodies
        .map(|body| {
            let [kind] = body["properties"]["kind"]["enum"].as_array().unwrap().as_slice() else { panic!("{body}") };
            assert_eq!(*kind, body["title"]);
            kind.as_str().unwrap().to_owned()
        })
        .collect()
}

#[test]
fn the_bodies_have_the_kinds_of_the_domain() {
    let document = document();
    let all: Vec<String> = HappeningKind::all().map(|kind| kind.as_str().to_owned()).collect();
    let recorded: Vec<String> = all.iter().filter(|kind| *kind != "file").cloned().collect();
    assert_eq!(kinds(&document, "EventBody"), recorded);
    let corrected: Vec<String> = all.into_iter().chain(["retraction".to_owned()]).collect();
    assert_eq!(kinds(&document, "CorrectionBody"), corrected);
}

#[test]
fn a_body_has_the_fields_of_its_kind_and_says_which_must_be_given() {
    let document = document();
    let names = |value: &Value| -> BTreeSet<String> {
        value.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
    };
    let expected = |specs: &[FieldSpec], more: &[&str]| -> BTreeSet<String> {
        specs.iter().map(|spec| spec.name).chain(more.iter().copied()).map(str::to_owned).collect()
    };
    let bodies = document["components"]["schemas"]["EventBody"]["oneOf"].as_array().unwrap();
    for body in bodies {
        let kind = HappeningKind::named(body["title"].as_str().unwrap()).unwrap();
        let properties: BTreeSet<String> = body["properties"].as_object().unwrap().keys().cloned().collect();
        assert_eq!(properties, expected(kind.fields(), &["kind", "occurred_at"]), "{kind}");
        let required: Vec<FieldSpec> = kind.fields().iter().filter(|spec| spec.required).copied().collect();
        assert_eq!(names(&body["required"]), expected(&required, &["kind", "occurred_at"]), "{kind}");
    }
    let filing = &document["components"]["schemas"]["FilingBody"];
    let file = HappeningKind::named("file").unwrap();
    let properties: BTreeSet<String> = filing["properties"].as_object().unwrap().keys().cloned().collect();
    let more = ["occurred_at", "learnt_at", "time_zone", "jurisdiction", "people"].iter().chain(SafeguardKind::WORDS);
    assert_eq!(properties, expected(file.fields(), &more.copied().collect::<Vec<_>>()));
}

#[test]
fn every_reference_in_it_leads_somewhere() {
    let document = document();
    let mut open = vec![&document];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(fields) => {
                if let Some(reference) = fields.get("$ref").and_then(Value::as_str) {
                    let pointer = reference.strip_prefix('#').unwrap();
                    assert!(document.pointer(pointer).is_some(), "{reference}");
                }
                open.extend(fields.values());
            }
            Value::Array(values) => open.extend(values),
            _ => {}
        }
    }
}
