//! The members of an organisation, and inviting one.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::entry::{Choice, Control, Entry, EntryForm};
use super::proof::{Proven, with_proof};
use super::typed::{Sent, Typed};
use super::{form_token, kept};
use crate::access::permission::{Action, Relation, decide};
use crate::access::role::{Role, Roles};
use crate::domain::field::{FieldError, FieldProblem};
use crate::domain::id::OrganisationId;
use crate::domain::time::PartialTime;
use crate::domain::zone::Zone;
use crate::i18n::{self, Language, labels, text};
use crate::services::{Invitation, MemberView};
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;
use crate::web::pages::frame::Frame;
use crate::web::pages::{html, refuse, show};

#[derive(Template)]
#[template(path = "administration/members.html")]
struct MembersPage {
    frame: Frame,
    form_token: String,
    organisation: String,
    members: Vec<MemberLine>,
    /// The form, for whoever may invite.
    form: Option<EntryForm>,
}

#[derive(Template)]
#[template(path = "administration/invited.html")]
struct InvitedPage {
    frame: Frame,
    login: String,
    secret: zeroize::Zeroizing<String>,
    until: String,
}

/// A member, in words.
pub(super) struct MemberLine {
    pub id: String,
    pub login: String,
    pub roles: String,
    pub state: String,
    pub waits: bool,
    pub fingerprint: Option<String>,
}

/// Of which organisation.
#[derive(Deserialize)]
pub struct Asked {
    organisation: Option<String>,
}

impl MemberLine {
    pub(super) fn of(member: &MemberView, language: Language) -> Self {
        let roles = member.roles.iter().map(|role| labels::label(language, "role", role.as_str()));
        Self {
            id: member.id.to_string(),
            login: member.login.clone(),
            roles: roles.collect::<Vec<_>>().join(", "),
            state: labels::label(language, "account-state", member.state.as_str()),
            waits: member.waits_for_key,
            fingerprint: member.fingerprint.clone(),
        }
    }
}

/// The boxes of the roles.
pub(super) fn role_boxes(language: Language) -> Entry {
    let role = |role: &Role| Choice::new(role.as_str(), labels::label(language, "role", role.as_str()));
    Entry::boxes("roles", labels::field(language, "roles"), Role::ALL.iter().map(role).collect())
}

/// The roles that were ticked; at least one.
pub(super) fn roles_of(typed: &Typed, language: Language) -> Result<Roles, Problem> {
    let roles: Option<Vec<Role>> = typed.all("roles").map(Role::named).collect();
    roles.and_then(|roles| Roles::new(roles).ok()).ok_or_else(|| {
        Problem::invalid(&[FieldError { field: "roles".to_owned(), problem: FieldProblem::Missing }], language)
    })
}

fn form(language: Language) -> EntryForm {
    let login = Entry::text("login", labels::field(language, "login"));
    EntryForm::new("invite", vec![login.with_hint(text(language, "members-login-hint", &[])), role_boxes(language)])
}

fn organisation_of(text: &str, language: Language) -> Result<Option<OrganisationId>, Problem> {
    let none = || Problem::new("not_found", 404, language);
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| none()) }
}

impl MembersPage {
    async fn for_desk(desk: &Desk, organisation: Option<OrganisationId>) -> Result<Self, Problem> {
        let (language, token) = (desk.language, desk.form_token());
        desk.run(move |services, caller| {
            let frame = Frame::of(services, caller, language, token)?;
            let organisation = organisation.map_or_else(|| caller.author().map(|author| author.organisation), Ok)?;
            let members = services.members(caller, organisation)?;
            let administered = Relation::Organisation { administered: true };
            let may_invite = decide(caller.standing(), Action::ManageMembers, administered).is_ok();
            Ok(Self {
                form_token: form_token(&frame),
                organisation: organisation.to_string(),
                members: members.iter().map(|member| MemberLine::of(member, language)).collect(),
                form: may_invite.then(|| form(language)),
                frame,
            })
        })
        .await
    }
}

/// Shows the page.
///
/// # Errors
/// 403 and 404 where it is not one's affair.
pub async fn page(desk: Desk, asked: web::Query<Asked>) -> Result<HttpResponse, Problem> {
    let organisation = organisation_of(asked.organisation.as_deref().unwrap_or_default(), desk.language)?;
    show(&MembersPage::for_desk(&desk, organisation).await?, desk.language)
}

/// Invites somebody, and shows the invitation, once.
///
/// # Errors
/// 403 and 404 where it is not one's affair; what is wrong with the form is shown in it.
pub async fn invite(desk: Desk, request: HttpRequest, sent: Sent) -> Result<HttpResponse, Problem> {
    let (desk, typed) = Typed::take(desk, sent);
    let language = desk.language;
    let organisation = organisation_of(typed.get("organisation"), language)?;
    let login = typed.get("login").to_owned();
    let roles = match roles_of(&typed, language) {
        Ok(roles) => roles,
        Err(problem) => return shown_again(&desk, organisation, &typed, &problem).await,
    };
    let invited = with_proof(&desk, &request, &typed, move |services, caller| {
        let own = caller.author()?.organisation;
        services.invite_member(caller, organisation.unwrap_or(own), &login, &roles)
    });
    match invited.await {
        Ok(Proven::Done(invitation)) => show_invitation(&desk, &invitation).await,
        Ok(Proven::Asked(answer)) => Ok(answer),
        Err(problem) if problem.word() == "invalid_input" => shown_again(&desk, organisation, &typed, &problem).await,
        Err(problem) => kept(&desk, &request, &typed, problem),
    }
}

async fn shown_again(
    desk: &Desk,
    organisation: Option<OrganisationId>,
    typed: &Typed,
    problem: &Problem,
) -> Result<HttpResponse, Problem> {
    let mut page = MembersPage::for_desk(desk, organisation).await?;
    page.form = page.form.map(|form| form.filled(typed).blamed(problem, desk.language));
    Ok(refuse(problem, html(&page, desk.language)?))
}

/// The page with an invitation.
pub(super) async fn show_invitation(desk: &Desk, invitation: &Invitation) -> Result<HttpResponse, Problem> {
    let until = PartialTime::minute(invitation.expires_at);
    let page = InvitedPage {
        frame: super::frame_of(desk).await?,
        login: invitation.login.clone(),
        secret: invitation.secret.print(),
        until: i18n::time(desk.language, until, Zone::default()),
    };
    show(&page, desk.language)
}
