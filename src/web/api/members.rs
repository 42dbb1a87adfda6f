//! /members, /enrolment, /organisations: accounts, whom they belong to, and who holds which key.

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::SecondsFormat;
use serde::Serialize;

use super::body::Body;
use super::params::Params;
use super::problem::Problem;
use crate::access::role::{OrganisationKind, Role, Roles};
use crate::domain::field::FieldProblem;
use crate::domain::id::{ActorId, OrganisationId};
use crate::i18n::Language;
use crate::services::{Invitation, MemberView, Services};
use crate::web::desk::Desk;

/// A member.
#[derive(Serialize, utoipa::ToSchema)]
pub struct MemberItem {
    id: String,
    login: String,
    state: &'static str,
    roles: Vec<Role>,
    /// Whether the member waits to be given the organisation's key.
    waits_for_key: bool,
    /// A short form of the member's public key, to be compared by telephone before admitting them.
    fingerprint: Option<String>,
}

/// The members of an organisation.
#[derive(Serialize, utoipa::ToSchema)]
pub struct MemberList {
    members: Vec<MemberItem>,
}

/// An invitation; its secret is shown once, to be handed over by another way.
#[derive(Serialize, utoipa::ToSchema)]
pub struct InvitationMade {
    member_id: String,
    login: String,
    invitation: String,
    expires_at: String,
}

/// What a member gets at enrolment; it is shown once.
#[derive(Serialize, utoipa::ToSchema)]
pub struct EnrolmentDone {
    member_id: String,
    /// The secret of the one-time codes, for an authenticator app.
    one_time_code_secret: String,
    /// The same as an `otpauth:` address, which apps read from a picture.
    one_time_code_address: Option<String>,
    /// Codes for when the app is lost, each good for once.
    recovery_codes: Vec<String>,
}

/// An organisation.
#[derive(Serialize, utoipa::ToSchema)]
pub struct OrganisationItem {
    id: String,
    name: String,
    kind: OrganisationKind,
}

/// All organisations.
#[derive(Serialize, utoipa::ToSchema)]
pub struct OrganisationList {
    organisations: Vec<OrganisationItem>,
}

/// What a rotation did.
#[derive(Serialize, utoipa::ToSchema)]
pub struct KeysRotated {
    /// How many data keys were sealed anew.
    data_keys: usize,
}

/// A member to be invited.
#[derive(utoipa::ToSchema)]
#[allow(dead_code, reason = "describes a body in the OpenAPI document")]
pub struct MemberBody {
    login: String,
    roles: Vec<Role>,
    /// The organisation; one's own unless told.
    organisation: Option<String>,
}

/// Other roles.
#[derive(utoipa::ToSchema)]
#[allow(dead_code, reason = "describes a body in the OpenAPI document")]
pub struct RolesBody {
    roles: Vec<Role>,
}

/// How a member is admitted: by the key of whoever asks, or by the recovery key.
#[derive(utoipa::ToSchema)]
#[allow(dead_code, reason = "describes a body in the OpenAPI document")]
pub struct AdmissionBody {
    recovery_key: Option<String>,
}

/// An invitation and the password that its member chooses.
#[derive(utoipa::ToSchema)]
#[allow(dead_code, reason = "describes a body in the OpenAPI document")]
pub struct EnrolmentBody {
    login: String,
    invitation: String,
    password: String,
}

impl MemberItem {
    fn new(member: MemberView) -> Self {
        Self {
            id: member.id.to_string(),
            login: member.login,
            state: member.state.as_str(),
            roles: member.roles.iter().collect(),
            waits_for_key: member.waits_for_key,
            fingerprint: member.fingerprint,
        }
    }
}

impl InvitationMade {
    fn new(invitation: &Invitation) -> Self {
        Self {
            member_id: invitation.member.to_string(),
            login: invitation.login.clone(),
            invitation: invitation.secret.print().to_string(),
            expires_at: invitation.expires_at.to_rfc3339_opts(SecondsFormat::Secs, true),
        }
    }
}

fn member_id(text: &str, language: Language) -> Result<ActorId, Problem> {
    text.parse().map_err(|_| Problem::new("not_found", 404, language))
}

fn roles(params: &mut Params) -> Option<Roles> {
    let words = params.all("roles");
    if words.is_empty() {
        params.refuse("roles", FieldProblem::Missing);
        return None;
    }
    let roles: Option<Vec<Role>> = words.iter().map(|word| Role::named(word.trim())).collect();
    let roles = roles.and_then(|roles| Roles::new(roles).ok());
    if roles.is_none() {
        params.refuse("roles", FieldProblem::NotOneOf { options: Role::WORDS });
    }
    roles
}

fn organisation(params: &mut Params, name: &str) -> Option<OrganisationId> {
    params.read(name, FieldProblem::NotAnOrganisation, |text| text.parse().ok())
}

/// The members of one's own organisation, or of another where one administers all.
#[utoipa::path(
    get, path = "/api/v1/members", tag = "members",
    params(("organisation" = Option<String>, Query, description = "An organisation's identifier; one's own unless told")),
    responses((status = 200, description = "By login", body = MemberList), (status = 403, description = "Not one's role", body = Problem, content_type = "application/problem+json")),
)]
pub async fn list(desk: Desk, request: HttpRequest) -> Result<web::Json<MemberList>, Problem> {
    let mut params = Params::of(&request, desk.language)?;
    let organisation = organisation(&mut params, "organisation");
    params.finish()?;
    let members = desk
        .run(move |services, caller| {
            let own = caller.author()?.organisation;
            services.members(caller, organisation.unwrap_or(own))
        })
        .await?;
    Ok(web::Json(MemberList { members: members.into_iter().map(MemberItem::new).collect() }))
}

/// Makes an account and invites its member.
#[utoipa::path(
    post, path = "/api/v1/members", tag = "members",
    request_body(content = MemberBody, content_type = "application/json"),
    responses((status = 201, description = "The invitation; it is shown once", body = InvitationMade), (status = 403, description = "Not one's role", body = Problem, content_type = "application/problem+json"), (status = 422, description = "Fields are missing or wrong", body = Problem, content_type = "application/problem+json")),
)]
pub async fn invite(desk: Desk, request: HttpRequest, body: Body) -> Result<HttpResponse, Problem> {
    let mut params = Params::of_body(&request, &body, desk.language)?;
    let login = params.text("login");
    let (roles, organisation) = (roles(&mut params), organisation(&mut params, "organisation"));
    params.finish()?;
    let Some(roles) = roles else { return Err(Problem::internal(desk.language)) };
    let invitation = desk
        .run(move |services, caller| {
            let own = caller.author()?.organisation;
            services.invite_member(caller, organisation.unwrap_or(own), &login, &roles)
        })
        .await?;
    Ok(HttpResponse::Created().json(InvitationMade::new(&invitation)))
}

/// Gives a member other roles; their sessions end.
#[utoipa::path(
    put, path = "/api/v1/members/{member}/roles", tag = "members",
    params(("member" = String, Path, description = "The member's identifier")),
    request_body(content = RolesBody, content_type = "application/json"),
    responses((status = 204, description = "Changed"), (status = 403, description = "Not one's role", body = Problem, content_type = "application/problem+json"), (status = 404, description = "No such member", body = Problem, content_type = "application/problem+json")),
)]
pub async fn change_roles(
    desk: Desk,
    request: HttpRequest,
    id: web::Path<String>,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let id = member_id(&id, desk.language)?;
    let mut params = Params::of_body(&request, &body, desk.language)?;
    let roles = roles(&mut params);
    params.finish()?;
    let Some(roles) = roles else { return Err(Problem::internal(desk.language)) };
    desk.run(move |services, caller| services.change_roles(caller, id, &roles)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Shuts a member out.
#[utoipa::path(
    delete, path = "/api/v1/members/{member}", tag = "members",
    params(("member" = String, Path, description = "The member's identifier")),
    responses((status = 204, description = "Shut out"), (status = 403, description = "Not one's role", body = Problem, content_type = "application/problem+json"), (status = 404, description = "No such member", body = Problem, content_type = "application/problem+json")),
)]
pub async fn disable(desk: Desk, id: web::Path<String>) -> Result<HttpResponse, Problem> {
    let id = member_id(&id, desk.language)?;
    desk.run(move |services, caller| services.disable_member(caller, id)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Invites a member anew; their keys are deleted.
#[utoipa::path(
    post, path = "/api/v1/members/{member}/invitation", tag = "members",
    params(("member" = String, Path, description = "The member's identifier")),
    responses((status = 201, description = "The invitation; it is shown once", body = InvitationMade), (status = 403, description = "Not one's role", body = Problem, content_type = "application/problem+json"), (status = 404, description = "No such member", body = Problem, content_type = "application/problem+json")),
)]
pub async fn invite_again(desk: Desk, id: web::Path<String>) -> Result<HttpResponse, Problem> {
    let id = member_id(&id, desk.language)?;
    let invitation = desk.run(move |services, caller| services.invite_again(caller, id)).await?;
    Ok(HttpResponse::Created().json(InvitationMade::new(&invitation)))
}

/// Gives a member the organisation's key: by one's own, or by the recovery key.
#[utoipa::path(
    post, path = "/api/v1/members/{member}/admission", tag = "members",
    params(("member" = String, Path, description = "The member's identifier")),
    request_body(content = AdmissionBody, content_type = "application/json"),
    responses((status = 204, description = "Admitted"), (status = 403, description = "Not one's role, or password and code must be given again", body = Problem, content_type = "application/problem+json"), (status = 404, description = "No such member, or none who may hold the key", body = Problem, content_type = "application/problem+json"), (status = 409, description = "Who asks holds no key", body = Problem, content_type = "application/problem+json")),
)]
pub async fn admit(
    desk: Desk,
    request: HttpRequest,
    id: web::Path<String>,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let id = member_id(&id, desk.language)?;
    let mut params = Params::of_body(&request, &body, desk.language)?;
    let recovery_key = params.read("recovery_key", FieldProblem::WrongRecoveryKey, |text| Some(text.to_owned()));
    params.finish()?;
    desk.run(move |services, caller| match recovery_key {
        Some(key) => services.admit_by_recovery_key(caller, id, &key),
        None => services.admit_member(caller, id),
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Uses an invitation: the member chooses a password.
#[utoipa::path(
    post, path = "/api/v1/enrolment", tag = "session",
    request_body(content = EnrolmentBody, content_type = "application/json"),
    responses((status = 201, description = "Secrets that are shown once", body = EnrolmentDone), (status = 401, description = "Login or invitation do not hold", body = Problem, content_type = "application/problem+json"), (status = 422, description = "The password is not taken", body = Problem, content_type = "application/problem+json")),
)]
pub async fn enrol(desk: Desk, request: HttpRequest, body: Body) -> Result<HttpResponse, Problem> {
    let mut params = Params::of_body(&request, &body, desk.language)?;
    let (login, invitation, password) = (params.text("login"), params.text("invitation"), params.text("password"));
    params.finish()?;
    let done = desk
        .try_password(&login.clone(), move |services| {
            let enrolled = services.enrol(&login, &invitation, &password)?;
            Ok(EnrolmentDone {
                member_id: enrolled.member.to_string(),
                one_time_code_secret: enrolled.one_time_codes.print().to_string(),
                one_time_code_address: enrolled.one_time_codes.address(&login).ok().map(|address| address.to_string()),
                recovery_codes: enrolled.print_recovery_codes().iter().map(|code| code.to_string()).collect(),
            })
        })
        .await?;
    Ok(HttpResponse::Created().json(done))
}

/// All organisations: whom a case can be shared with.
#[utoipa::path(
    get, path = "/api/v1/organisations", tag = "members",
    responses((status = 200, description = "In the order of setting up", body = OrganisationList), (status = 401, description = "Nobody has signed in", body = Problem, content_type = "application/problem+json")),
)]
pub async fn organisations(desk: Desk) -> Result<web::Json<OrganisationList>, Problem> {
    let all = desk.run(Services::organisations).await?;
    let item = |one: crate::services::OrganisationRecord| OrganisationItem {
        id: one.id.to_string(),
        name: one.name,
        kind: one.kind,
    };
    Ok(web::Json(OrganisationList { organisations: all.into_iter().map(item).collect() }))
}

/// Makes a new key pair for one's organisation and seals everything to it anew.
#[utoipa::path(
    post, path = "/api/v1/key-rotations", tag = "members",
    responses((status = 201, description = "Rotated", body = KeysRotated), (status = 403, description = "Not one's role, or password and code must be given again", body = Problem, content_type = "application/problem+json"), (status = 409, description = "Who asks holds no key", body = Problem, content_type = "application/problem+json")),
)]
pub async fn rotate_keys(desk: Desk) -> Result<HttpResponse, Problem> {
    let data_keys = desk.run(Services::rotate_keys).await?;
    Ok(HttpResponse::Created().json(KeysRotated { data_keys }))
}
