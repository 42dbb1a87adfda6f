//! JSON bodies as filled-in forms: an object of strings, numbers, booleans and lists of them.

use std::fmt;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest, HttpRequest, web};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};

use super::problem::Problem;
use crate::domain::field::{FieldError, FieldProblem};
use crate::i18n::Language;
use crate::web::desk::language_of;

/// A body as it came, no longer than [`super::LARGEST_BODY`].
pub struct Body(web::Bytes);

impl FromRequest for Body {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let language = language_of(request);
        let bytes = web::Bytes::from_request(request, payload);
        Box::pin(async move {
            bytes.await.map(Self).map_err(|error| match error.as_response_error().status_code() {
                StatusCode::PAYLOAD_TOO_LARGE => Problem::new("too_large", 413, language),
                _ => Problem::new("malformed", 400, language),
            })
        })
    }
}

impl std::ops::Deref for Body {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

/// The fields of a form, as they were given.
pub type Fields = Vec<(String, String)>;

/// Reads a body as one object.
///
/// # Errors
/// 415 for another media type, 400 for what is no JSON object.
pub fn object(request: &HttpRequest, body: &[u8], language: Language) -> Result<Map<String, Value>, Problem> {
    let media_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/json") {
        return Err(Problem::new("unsupported_media_type", 415, language));
    }
    match serde_json::from_slice(body) {
        Ok(Object { repeated: Some(field), .. }) => {
            Err(Problem::invalid(&[FieldError { field, problem: FieldProblem::NotSingle }], language))
        }
        Ok(Object { fields, .. }) => Ok(fields),
        Err(_) => Err(Problem::new("malformed", 400, language)),
    }
}

/// A JSON object that notices a name given twice, which serde would pass over: of two dates of one
/// event, neither may win in silence.
struct Object {
    fields: Map<String, Value>,
    repeated: Option<String>,
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;

        impl<'de> Visitor<'de> for Entries {
            type Value = Object;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Object, A::Error> {
                let mut object = Object { fields: Map::new(), repeated: None };
                while let Some((name, value)) = entries.next_entry::<String, Value>()? {
                    if object.fields.insert(name.clone(), value).is_some() {
                        object.repeated.get_or_insert(name);
                    }
                }
                Ok(object)
            }
        }

        deserializer.deserialize_map(Entries)
    }
}

/// Turns an object into the fields of a form. A yes-or-no may be sent as a boolean.
///
/// # Errors
/// 422 with the fields that hold an object, or a list in which something else than texts, numbers and booleans stands. Nothing
/// among several is no value: what is left of such a list would pass for the one that was meant.
pub fn fields(object: Map<String, Value>, language: Language) -> Result<Fields, Problem> {
    let mut fields = Vec::new();
    let mut errors = Vec::new();
    for (name, value) in object {
        let something = |value: Value| scalar(value).filter(|text| !text.trim().is_empty());
        let texts: Option<Vec<String>> = match value {
            Value::Array(values) => values.into_iter().map(something).collect(),
            value => scalar(value).map(|text| vec![text]),
        };
        match texts {
            Some(texts) => fields.extend(texts.into_iter().map(|text| (name.clone(), text))),
            None => errors.push(FieldError { field: name, problem: FieldProblem::Unreadable }),
        }
    }
    if errors.is_empty() { Ok(fields) } else { Err(Problem::invalid(&errors, language)) }
}

fn scalar(value: Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::String(text) => Some(text),
        Value::Bool(true) => Some("yes".to_owned()),
        Value::Bool(false) => Some("no".to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(_) | Value::Object(_) => None,
    }
}

/// Takes a list of objects out, each as the fields of a form of its own.
///
/// # Errors
/// 422 where it is no list of objects.
pub fn take_forms(object: &mut Map<String, Value>, name: &str, language: Language) -> Result<Vec<Fields>, Problem> {
    let wrong =
        || Problem::invalid(&[FieldError { field: name.to_owned(), problem: FieldProblem::Unreadable }], language);
    match object.remove(name) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(items)) => items
            .into_iter()
            .map(|item| match item {
                Value::Object(item) => fields(item, language),
                _ => Err(wrong()),
            })
            .collect(),
        Some(_) => Err(wrong()),
    }
}
