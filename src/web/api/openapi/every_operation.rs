//! What every operation has in common, and no handler says for itself: how one signs in, and the problems that whatever
//! stands before the handlers answers with.

use utoipa::Modify;
use utoipa::openapi::path::{Operation, ParameterIn};
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{Components, ContentBuilder, OpenApi, Ref, RefOr, ResponseBuilder};

/// Those that need no session.
const FREE: &[(&str, &str)] = &[
    ("get", "/api/v1/health"),
    ("get", "/api/v1/health/live"),
    ("get", "/api/v1/health/ready"),
    ("post", "/api/v1/session"),
    ("post", "/api/v1/enrolment"),
];

/// Adds it.
pub struct EveryOperation;

impl Modify for EveryOperation {
    fn modify(&self, openapi: &mut OpenApi) {
        let components = openapi.components.get_or_insert_with(Components::new);
        components.add_security_scheme(
            "token",
            SecurityScheme::Http(
                HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("A token of one's own")).build(),
            ),
        );
        components.add_security_scheme(
            "browser",
            SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::with_description(
                "aiqyn",
                "The session of a browser (`__Host-aiqyn` where TLS is spoken). Whatever changes something carries its \
                 form token in `X-CSRF-Token` as well",
            ))),
        );
        for (path, item) in &mut openapi.paths.paths {
            let operations = [
                ("get", &mut item.get),
                ("post", &mut item.post),
                ("put", &mut item.put),
                ("delete", &mut item.delete),
            ];
            for (method, operation) in operations {
                let Some(operation) = operation else { continue };
                complete(operation, method, !FREE.contains(&(method, path.as_str())));
            }
        }
    }
}

fn complete(operation: &mut Operation, method: &str, needs_session: bool) {
    let mut add = |status: &str, description: &str| {
        let responses = &mut operation.responses.responses;
        responses.entry(status.to_owned()).or_insert_with(|| problem(description));
    };
    add("400", "It cannot be read");
    add(
        "403",
        "Not one's role, beyond the scopes of the token, without the form token of the session, or from another site",
    );
    add("414", "The address is longer than 8 KiB");
    add("431", "More than 64 headers, or 32 KiB of them");
    add("503", "Not at the moment; `Retry-After` says when to come again");
    if needs_session {
        add("401", "Nobody has signed in, or the session has ended");
    }
    if method != "get" {
        add("507", "The storage is full");
    }
    if operation.request_body.is_some() {
        add("413", "Longer than is taken");
        add("415", "Another media type than the operation has");
        add("422", "Fields are missing or wrong");
    }
    let parameters = operation.parameters.iter().flatten();
    let has = |place: &ParameterIn| {
        parameters.clone().any(|parameter| matches!(parameter, RefOr::T(parameter) if parameter.parameter_in == *place))
    };
    let (names_something, asks_something) = (has(&ParameterIn::Path), has(&ParameterIn::Query));
    let responses = &mut operation.responses.responses;
    if names_something {
        responses.entry("404".to_owned()).or_insert_with(|| problem("There is no such thing, or it is out of reach"));
    }
    if asks_something {
        responses.entry("422".to_owned()).or_insert_with(|| problem("A parameter is wrong"));
    }
    if needs_session {
        let none: [&str; 0] = [];
        operation.security =
            Some(vec![SecurityRequirement::new("token", none), SecurityRequirement::new("browser", none)]);
    }
}

fn problem(description: &str) -> RefOr<utoipa::openapi::Response> {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    RefOr::T(ResponseBuilder::new().description(description).content("application/problem+json", content).build())
}
