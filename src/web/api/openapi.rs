//! The OpenAPI 3.1 document, made from the handlers; the bodies are made from the descriptions of
//! the forms that the domain reads.

mod every_operation;

use std::borrow::Cow;

use actix_web::HttpResponse;
use utoipa::openapi::schema::{ArrayBuilder, KnownFormat, ObjectBuilder, OneOfBuilder, Schema, SchemaFormat, Type};
use utoipa::openapi::{OpenApi, RefOr};
use utoipa::{PartialSchema, ToSchema};

use crate::domain::event::{HappeningKind, RETRACTION};
use crate::domain::fact::{FactKind, SafeguardKind};
use crate::domain::field::{FieldKind, FieldSpec};
use crate::domain::investigation::InvestigationStepKind;
use crate::domain::sealed::PlainText;
use every_operation::EveryOperation;

/// The document.
#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Aiqyn",
        description = "Case management for complaints of torture: what happened, who answered, and how long it took.\n\nTimes are `2024-03` (in March), `2024-03-04` (on the 4th) or `2024-03-04T15:20` (wall clock of the case's zone; an offset may be added). Writes to a case carry the ETag that was seen in `If-Match`. Errors are problem+json (RFC 9457), in the language of `Accept-Language` (kk, ru, en), and name the field.",
        license(name = "AGPL-3.0-or-later", identifier = "AGPL-3.0-or-later"),
    ),
    modifiers(&EveryOperation),
    paths(
        super::health::health,
        super::health::live,
        super::health::ready,
        super::cases::list,
        super::filing::file,
        super::case::show,
        super::events::list,
        super::events::record,
        super::events::correct,
        super::documents::list,
        super::documents::add,
        super::documents::show,
        super::visits::queue,
        super::statistics::delays::delays,
        super::statistics::rates::rates,
        super::statistics::endings::endings,
        super::statistics::visits::visits,
        super::statistics::indicators::indicators,
        super::statistics::quality::quality,
        super::statistics::plots::plot,
        super::reports::annex,
        super::code_lists::list,
        super::names::search,
        super::exports::cases,
        super::exports::events,
        super::audit::search,
        super::audit::verify,
        super::audit::checkpoints,
        super::sharing::share,
        super::sharing::end,
        super::sharing::erase,
        super::requests::show,
        super::requests::answer,
        super::session::sign_in,
        super::session::show,
        super::session::sign_out,
        super::session::prove,
        super::session::change_password,
        super::session::list,
        super::session::end_others,
        super::session::end,
        super::session::make_token,
        super::members::enrol,
        super::members::list,
        super::members::invite,
        super::members::change_roles,
        super::members::disable,
        super::members::invite_again,
        super::members::admit,
        super::members::organisations,
        super::members::rotate_keys,
    ),
    components(schemas(
        super::problem::Problem,
        super::problem::ProblemField,
        crate::domain::stage::Stage,
        crate::measures::breakdown::Dimension,
        crate::measures::delay::ComplaintClock,
        crate::report::Format,
        super::statistics::plots::PlotFormat,
        super::statistics::plots::PlotData,
        crate::services::CodesAs,
        crate::access::role::Role,
        crate::audit::AuditAction,
        crate::audit::Outcome,
        crate::access::role::OrganisationKind,
        crate::access::permission::Scope,
    )),
    tags(
        (name = "cases", description = "Complaints and where they stand"),
        (name = "events", description = "Steps, facts and corrections"),
        (name = "documents", description = "Files of a case, sealed"),
        (name = "visits", description = "The queue of urgent visits"),
        (name = "statistics", description = "Delays, rates, endings, visits, indicators, and the annex made of them"),
        (name = "code lists", description = "What may stand where a code is asked for"),
        (name = "audit", description = "Who did what, and whether the log is whole"),
        (name = "exports", description = "Codes and times, taken out"),
        (name = "session", description = "Signing in, one's own sessions and tokens"),
        (name = "members", description = "Accounts, organisations and who holds which key"),
        (name = "health", description = "Whether the server can do its work"),
    ),
)]
pub struct Document;

/// The document as it is served.
#[must_use]
pub fn openapi() -> OpenApi {
    <Document as utoipa::OpenApi>::openapi()
}

/// Serves the document.
pub async fn document() -> HttpResponse {
    HttpResponse::Ok().json(openapi())
}

const TIME: &str = "2024-03, 2024-03-04 or 2024-03-04T15:20";

fn field(spec: &FieldSpec) -> Schema {
    let text = || ObjectBuilder::new().schema_type(Type::String);
    match spec.kind {
        FieldKind::Code { list } => text().description(Some(format!("A code of the list `{}`", list.as_str()))).into(),
        FieldKind::Codes { list } => {
            let items = text().description(Some(format!("Codes of the list `{}`", list.as_str())));
            ArrayBuilder::new().items(items).into()
        }
        FieldKind::Choice { options } => text().enum_values(Some(options.iter().copied())).into(),
        FieldKind::Text => {
            text().max_length(Some(PlainText::MAX_CHARACTERS)).description(Some("Free text; it is sealed")).into()
        }
        FieldKind::Time => text().description(Some(TIME)).into(),
        FieldKind::Event => text()
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)))
            .description(Some("An earlier event of the same case"))
            .into(),
    }
}

fn with_fields(mut object: ObjectBuilder, fields: &[FieldSpec]) -> ObjectBuilder {
    for spec in fields {
        object = object.property(spec.name, field(spec));
        if spec.required {
            object = object.required(spec.name);
        }
    }
    object
}

fn time(description: &str) -> Schema {
    ObjectBuilder::new().schema_type(Type::String).description(Some(format!("{description}: {TIME}"))).into()
}

fn event(kind: HappeningKind) -> ObjectBuilder {
    let word = ObjectBuilder::new().schema_type(Type::String).enum_values(Some([kind.as_str()]));
    let object = ObjectBuilder::new()
        .title(Some(kind.as_str()))
        .property("kind", word)
        .required("kind")
        .property("occurred_at", time("When it happened"))
        .required("occurred_at");
    with_fields(object, kind.fields())
}

macro_rules! bodies {
    ($($(#[$doc:meta])* $name:ident => $schema:expr;)+) => {$(
        $(#[$doc])*
        pub struct $name;

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                RefOr::T($schema)
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($name))
            }
        }
    )+};
}

bodies! {
    /// A complaint to be filed.
    FilingBody => filing();
    /// A step or a fact to be recorded.
    EventBody => one_of(HappeningKind::all().filter(|kind| *kind != FILING).map(event));
    /// A correction: the event, why, and what happened instead (`retraction`: it never happened).
    CorrectionBody => one_of(HappeningKind::all().map(event).chain([retraction()]).map(correction));
}

const FILING: HappeningKind = HappeningKind::Investigation(InvestigationStepKind::File);

fn filing() -> Schema {
    let person = with_fields(ObjectBuilder::new(), FactKind::Person.fields());
    let object = ObjectBuilder::new()
        .property("occurred_at", time("When it was filed"))
        .required("occurred_at")
        .property("learnt_at", time("When an authority or the organisation first learnt of the allegation"))
        .property(
            "time_zone",
            ObjectBuilder::new()
                .schema_type(Type::String)
                .description(Some("A name of the tz database; Asia/Almaty unless told")),
        )
        .property(
            "jurisdiction",
            field(&FieldSpec {
                name: "jurisdiction",
                kind: FieldKind::Code { list: crate::domain::code::ListName::Jurisdiction },
                required: false,
            }),
        )
        .property("people", ArrayBuilder::new().items(person));
    let safeguard = |object: ObjectBuilder, word: &&'static str| {
        object.property(*word, time("A safeguard of the first hours: when it was given"))
    };
    let object = SafeguardKind::WORDS.iter().fold(object, safeguard);
    with_fields(object, FILING.fields()).into()
}

fn retraction() -> ObjectBuilder {
    ObjectBuilder::new()
        .title(Some(RETRACTION))
        .property("kind", ObjectBuilder::new().schema_type(Type::String).enum_values(Some([RETRACTION])))
        .required("kind")
}

fn correction(body: ObjectBuilder) -> ObjectBuilder {
    let corrects = FieldSpec { name: "corrects", kind: FieldKind::Event, required: true };
    let why = FieldSpec { name: "why", kind: FieldKind::Text, required: true };
    with_fields(body, &[corrects, why])
}

fn one_of(bodies: impl Iterator<Item = ObjectBuilder>) -> Schema {
    bodies.fold(OneOfBuilder::new(), |one_of, body| one_of.item(Schema::from(body))).into()
}
