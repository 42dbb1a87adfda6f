//! /session: signing in and out, proving again who one is, one's own sessions and tokens.

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, SecondsFormat};
use serde::Serialize;

use super::body::Body;
use super::params::Params;
use super::problem::Problem;
use crate::access::permission::{Scope, Standing};
use crate::domain::field::FieldProblem;
use crate::domain::id::SessionId;
use crate::services::{Caller, LONGEST_TOKEN_DAYS, NewToken, Proof, ServiceError, Services, SessionRecord};
use crate::web::cookie;
use crate::web::desk::Desk;

/// Who has signed in.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SessionView {
    member_id: String,
    organisation_id: String,
    roles: Vec<&'static str>,
    /// Whether the role reads sealed data and the organisation's key has not been given yet.
    waits_for_key: bool,
    /// When the session ends at the latest.
    expires_at: String,
    /// What each request of a browser that changes something must carry in `X-CSRF-Token`.
    form_token: Option<String>,
}

/// One of one's own sessions or tokens.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SessionItem {
    id: String,
    kind: &'static str,
    name: Option<String>,
    scopes: Vec<String>,
    created_at: String,
    seen_at: String,
    expires_at: String,
}

/// One's own sessions.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SessionList {
    sessions: Vec<SessionItem>,
}

/// A new token; its secret is shown once.
#[derive(Serialize, utoipa::ToSchema)]
pub struct TokenMade {
    /// To be sent as `Authorization: Bearer …`.
    token: String,
}

/// What signing in needs.
#[derive(utoipa::ToSchema)]
#[allow(dead_code, reason = "describes a body in the OpenAPI document")]
pub struct SignInBody {
    login: String,
    password: String,
    /// A one-time code, or one of the recovery codes.
    code: String,
}

/// What proves again who one is.
#[derive(utoipa::ToSchema)]
#[allow(dead_code, reason = "describes a body in the OpenAPI document")]
pub struct ProofBody {
    password: String,
    /// A one-time code, or one of the recovery codes.
    code: String,
}

/// The old password and the new one.
#[derive(utoipa::ToSchema)]
#[allow(dead_code, reason = "describes a body in the OpenAPI document")]
pub struct PasswordBody {
    password: String,
    new_password: String,
}

/// A token to be made.
#[derive(utoipa::ToSchema)]
#[allow(dead_code, reason = "describes a body in the OpenAPI document")]
pub struct TokenBody {
    name: String,
    scopes: Vec<Scope>,
    /// For how many days it holds, 1 to 366.
    days: u16,
}

/// What the browser forgets at signing out. Not all cookies: it stays known as the member's device.
const CLEARED: &str = "\"cache\", \"storage\"";

fn instant(micros: i64) -> String {
    DateTime::from_timestamp_micros(micros).unwrap_or_default().to_rfc3339_opts(SecondsFormat::Secs, true)
}

impl SessionView {
    fn of(caller: &Caller, form_token: Option<String>) -> Result<Self, ServiceError> {
        let author = caller.author()?;
        let session = caller.session();
        let roles = match caller.standing() {
            Standing::Member(roles) => Some(roles),
            Standing::Nobody | Standing::Console => None,
        };
        let reads = roles.is_some_and(crate::access::role::Roles::open_sealed_data);
        Ok(Self {
            member_id: author.actor.to_string(),
            organisation_id: author.organisation.to_string(),
            roles: roles.iter().flat_map(|roles| roles.iter()).map(crate::access::role::Role::as_str).collect(),
            waits_for_key: reads && caller.vault().is_none(),
            expires_at: session.map_or_else(String::new, |session| instant(session.expires_at.timestamp_micros())),
            form_token,
        })
    }
}

impl SessionItem {
    fn new(session: SessionRecord) -> Self {
        Self {
            id: session.id.to_string(),
            kind: session.kind.as_str(),
            name: session.name,
            scopes: session.scopes.split(',').filter(|word| !word.is_empty()).map(str::to_owned).collect(),
            created_at: instant(session.created_at),
            seen_at: instant(session.seen_at),
            expires_at: instant(session.expires_at),
        }
    }
}

/// Signs in. The session's secret is in the cookie of the answer, and nowhere else.
#[utoipa::path(
    post, path = "/api/v1/session", tag = "session",
    request_body(content = SignInBody, content_type = "application/json"),
    responses(
        (status = 201, description = "Signed in; the cookie carries the session", body = SessionView),
        (status = 401, description = "Login, password or code are wrong", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are missing", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many attempts; Retry-After says how long to wait", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn sign_in(desk: Desk, request: HttpRequest, body: Body) -> Result<HttpResponse, Problem> {
    let mut params = Params::of_body(&request, &body, desk.language)?;
    let (login, password, code) = (params.text("login"), params.text("password"), params.text("code"));
    params.finish()?;
    let (origin, before) = (desk.origin(), desk.cookie_secret());
    let (signed_in, view) = desk
        .try_password(&login.clone(), move |services| {
            let signed_in = services.sign_in(&login, &Proof { password, code }, &origin)?;
            // The browser forgets the session that it had: nobody could end it any more.
            if let Ok(caller) = services.authenticate(before.as_ref()) {
                let _ = caller.session().map(|_| services.sign_out(&caller)).transpose()?;
            }
            let caller = services.authenticate(Some(&signed_in.secret))?;
            let view = SessionView::of(&caller, Some(signed_in.secret.form_token()))?;
            Ok((signed_in, view))
        })
        .await?;
    Ok(HttpResponse::Created()
        .cookie(cookie::carrying(&signed_in.secret, desk.by_tls()))
        .cookie(cookie::marking_device(&signed_in.device, desk.by_tls()))
        .json(view))
}

/// Who has signed in.
#[utoipa::path(
    get, path = "/api/v1/session", tag = "session",
    responses((status = 200, description = "Who it is", body = SessionView), (status = 401, description = "Nobody has signed in", body = Problem, content_type = "application/problem+json")),
)]
pub async fn show(desk: Desk) -> Result<web::Json<SessionView>, Problem> {
    let form_token = desk.form_token();
    Ok(web::Json(desk.run(move |_, caller| SessionView::of(caller, form_token)).await?))
}

/// Signs out.
#[utoipa::path(
    delete, path = "/api/v1/session", tag = "session",
    responses((status = 204, description = "Signed out"), (status = 401, description = "Nobody has signed in", body = Problem, content_type = "application/problem+json")),
)]
pub async fn sign_out(desk: Desk) -> Result<HttpResponse, Problem> {
    desk.run(Services::sign_out).await?;
    let gone = cookie::removal(desk.by_tls());
    Ok(HttpResponse::NoContent().cookie(gone).insert_header(("Clear-Site-Data", CLEARED)).finish())
}

/// Proves again who one is: good for five minutes, for exports, keys and erasures.
#[utoipa::path(
    post, path = "/api/v1/session/proof", tag = "session",
    request_body(content = ProofBody, content_type = "application/json"),
    responses(
        (status = 204, description = "Proven"),
        (status = 401, description = "Password or code are wrong", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many attempts; Retry-After says how long to wait", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn prove(desk: Desk, request: HttpRequest, body: Body) -> Result<HttpResponse, Problem> {
    let mut params = Params::of_body(&request, &body, desk.language)?;
    let proof = Proof { password: params.text("password"), code: params.text("code") };
    params.finish()?;
    desk.run_with_password(move |services, caller| services.prove_again(caller, &proof)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Changes the password; all other sessions and tokens end.
#[utoipa::path(
    put, path = "/api/v1/session/password", tag = "session",
    request_body(content = PasswordBody, content_type = "application/json"),
    responses(
        (status = 204, description = "Changed"),
        (status = 401, description = "The old password is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The new password is not taken", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn change_password(desk: Desk, request: HttpRequest, body: Body) -> Result<HttpResponse, Problem> {
    let mut params = Params::of_body(&request, &body, desk.language)?;
    let (old, new) = (params.text("password"), params.text("new_password"));
    params.finish()?;
    desk.run_with_password(move |services, caller| services.change_password(caller, &old, &new)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// One's own sessions and tokens.
#[utoipa::path(
    get, path = "/api/v1/sessions", tag = "session",
    responses((status = 200, description = "The latest first", body = SessionList), (status = 401, description = "Nobody has signed in", body = Problem, content_type = "application/problem+json")),
)]
pub async fn list(desk: Desk) -> Result<web::Json<SessionList>, Problem> {
    let sessions = desk.run(Services::own_sessions).await?;
    Ok(web::Json(SessionList { sessions: sessions.into_iter().map(SessionItem::new).collect() }))
}

/// Logs out everywhere else: ends every other session and token.
#[utoipa::path(
    delete, path = "/api/v1/sessions", tag = "session",
    responses((status = 204, description = "Ended"), (status = 401, description = "Nobody has signed in", body = Problem, content_type = "application/problem+json")),
)]
pub async fn end_others(desk: Desk) -> Result<HttpResponse, Problem> {
    desk.run(Services::end_other_sessions).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Ends one of one's own sessions, or revokes a token.
#[utoipa::path(
    delete, path = "/api/v1/sessions/{session}", tag = "session",
    params(("session" = String, Path, description = "The session's identifier")),
    responses((status = 204, description = "Ended"), (status = 404, description = "No such session", body = Problem, content_type = "application/problem+json")),
)]
pub async fn end(desk: Desk, id: web::Path<String>) -> Result<HttpResponse, Problem> {
    let id: SessionId = id.parse().map_err(|_| Problem::new("not_found", 404, desk.language))?;
    desk.run(move |services, caller| services.end_session(caller, id)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Makes an API token. It needs a fresh proof, for the token holds the member's key.
#[utoipa::path(
    post, path = "/api/v1/tokens", tag = "session",
    request_body(content = TokenBody, content_type = "application/json"),
    responses(
        (status = 201, description = "The token; it is shown once", body = TokenMade),
        (status = 403, description = "Password and code must be given again", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are missing or wrong", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn make_token(desk: Desk, request: HttpRequest, body: Body) -> Result<HttpResponse, Problem> {
    let mut params = Params::of_body(&request, &body, desk.language)?;
    let name = params.text("name");
    let words = params.all("scopes");
    let scopes: Vec<Scope> = words.iter().filter_map(|word| Scope::named(word.trim())).collect();
    if scopes.len() != words.len() {
        params.refuse("scopes", FieldProblem::NotOneOf { options: Scope::WORDS });
    }
    let longest = u16::try_from(LONGEST_TOKEN_DAYS).unwrap_or(u16::MAX);
    let days = i64::from(params.number("days", 1, longest).unwrap_or(90));
    params.finish()?;
    let token = NewToken { name, scopes, days };
    let secret = desk.run(move |services, caller| services.make_token(caller, &token)).await?;
    Ok(HttpResponse::Created().json(TokenMade { token: secret.print().to_string() }))
}
