//! One member: their roles, inviting them again, admitting them, and shutting them out.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::entry::{Control, Entry, EntryForm};
use super::members::{MemberLine, role_boxes, roles_of, show_invitation};
use super::proof::{Proven, with_proof};
use super::typed::{Sent, Typed};
use super::{form_token, go_on_to, kept};
use crate::access::permission::{Action, Relation, decide};
use crate::domain::id::ActorId;
use crate::i18n::{Language, labels, text};
use crate::services::{AccountState, Caller, ServiceError, Services};
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;
use crate::web::pages::frame::Frame;
use crate::web::pages::{html, refuse, show};

#[derive(Template)]
#[template(path = "administration/one_member.html")]
struct MemberPage {
    frame: Frame,
    form_token: String,
    member: MemberLine,
    is_disabled: bool,
    /// For whoever manages members.
    roles: Option<Part>,
    /// For whoever may admit: by their own key, or by the recovery key.
    admits_by_key: bool,
    recovery: Option<Part>,
}

struct Part {
    form: EntryForm,
}

fn member_id(text: &str, language: Language) -> Result<ActorId, Problem> {
    text.parse().map_err(|_| Problem::new("not_found", 404, language))
}

impl MemberPage {
    fn of(services: &Services, caller: &Caller, id: ActorId, frame: Frame) -> Result<Self, ServiceError> {
        let language = frame.language;
        let member = services.member_view(caller, id)?;
        let may = |action| decide(caller.standing(), action, Relation::Organisation { administered: true }).is_ok();
        let held = member.roles.iter().map(|role| ("roles".to_owned(), role.as_str().to_owned()));
        let roles = EntryForm::new("roles", vec![role_boxes(language)]).filled(&Typed::of(held.collect()));
        let recovery = Entry::text("recovery_key", labels::field(language, "recovery_key")).with_hint(text(
            language,
            "member-recovery-hint",
            &[],
        ));
        let is_disabled = member.state == AccountState::Disabled;
        Ok(Self {
            form_token: form_token(&frame),
            member: MemberLine::of(&member, language),
            is_disabled,
            roles: (may(Action::ManageMembers)).then_some(Part { form: roles }),
            admits_by_key: member.waits_for_key && may(Action::AdmitMember) && caller.vault().is_some(),
            recovery: (member.waits_for_key && may(Action::Recover))
                .then(|| Part { form: EntryForm::new("recovery", vec![recovery]) }),
            frame,
        })
    }

    async fn for_desk(desk: &Desk, id: ActorId) -> Result<Self, Problem> {
        let (language, token) = (desk.language, desk.form_token());
        desk.run(move |services, caller| Self::of(services, caller, id, Frame::of(services, caller, language, token)?))
            .await
    }
}

/// Shows the page.
///
/// # Errors
/// 403 and 404 where it is not one's affair.
pub async fn page(desk: Desk, id: web::Path<String>) -> Result<HttpResponse, Problem> {
    let id = member_id(&id, desk.language)?;
    show(&MemberPage::for_desk(&desk, id).await?, desk.language)
}

/// Gives other roles; the member's sessions end.
///
/// # Errors
/// 403 and 404 where it is not one's affair; what is wrong with the form is shown in it.
pub async fn change_roles(
    desk: Desk,
    request: HttpRequest,
    id: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let (desk, typed) = Typed::take(desk, sent);
    let id = member_id(&id, desk.language)?;
    let done = match roles_of(&typed, desk.language) {
        Ok(roles) => {
            with_proof(&desk, &request, &typed, move |services, caller| services.change_roles(caller, id, &roles)).await
        }
        Err(problem) => Err(problem),
    };
    answer(&desk, &request, id, &typed, done, |page| page.roles.as_mut()).await
}

/// Shuts the member out.
///
/// # Errors
/// 403 and 404 where it is not one's affair.
pub async fn disable(
    desk: Desk,
    request: HttpRequest,
    id: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let (desk, typed) = Typed::take(desk, sent);
    let id = member_id(&id, desk.language)?;
    let done = with_proof(&desk, &request, &typed, move |services, caller| services.disable_member(caller, id)).await;
    answer(&desk, &request, id, &typed, done, |_| None).await
}

/// Invites the member anew, and shows the invitation, once.
///
/// # Errors
/// 403 and 404 where it is not one's affair.
pub async fn invite_again(
    desk: Desk,
    request: HttpRequest,
    id: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let (desk, typed) = Typed::take(desk, sent);
    let id = member_id(&id, desk.language)?;
    match with_proof(&desk, &request, &typed, move |services, caller| services.invite_again(caller, id)).await? {
        Proven::Done(invitation) => show_invitation(&desk, &invitation).await,
        Proven::Asked(answer) => Ok(answer),
    }
}

/// Gives the member the organisation's key: by one's own, or by the recovery key.
///
/// # Errors
/// 403 and 404 where it is not one's affair; what is wrong with the form is shown in it.
pub async fn admit(
    desk: Desk,
    request: HttpRequest,
    id: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let (desk, typed) = Typed::take(desk, sent);
    let id = member_id(&id, desk.language)?;
    let by_recovery_key = typed.fields().iter().any(|(name, _)| name == "recovery_key");
    let key = typed.get("recovery_key").to_owned();
    let done = with_proof(&desk, &request, &typed, move |services, caller| {
        if by_recovery_key {
            services.admit_by_recovery_key(caller, id, &key)
        } else {
            services.admit_member(caller, id)
        }
    })
    .await;
    answer(&desk, &request, id, &typed, done, |page| page.recovery.as_mut()).await
}

async fn answer(
    desk: &Desk,
    request: &HttpRequest,
    id: ActorId,
    typed: &Typed,
    done: Result<Proven<()>, Problem>,
    which: fn(&mut MemberPage) -> Option<&mut Part>,
) -> Result<HttpResponse, Problem> {
    let problem = match done {
        Ok(Proven::Done(())) => return Ok(go_on_to(&format!("/members/{id}"))),
        Ok(Proven::Asked(answer)) => return Ok(answer),
        Err(problem) if problem.word() == "invalid_input" => problem,
        Err(problem) => return kept(desk, request, typed, problem),
    };
    let mut page = MemberPage::for_desk(desk, id).await?;
    let Some(part) = which(&mut page) else { return Err(problem) };
    let form = std::mem::replace(&mut part.form, EntryForm::new("", Vec::new()));
    part.form = form.filled(typed).blamed(&problem, desk.language);
    Ok(refuse(&problem, html(&page, desk.language)?))
}
