//! Every route: what it does in the words of the table, to what, and how it is asked for so that leave shows
//! in the answer and nothing is harmed. A new route must be put here, or a test fails.

use aiqyn::access::permission::Action;
use serde_json::{Value, json};

use crate::support::complaint::step;
use crate::support::{Form, a_complaint};

/// What a route is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    General,
    /// `{case}` or `{document}`.
    Case,
    /// `{request}`.
    Request,
    /// The member or organisation: each of two is tried.
    Organisation,
    /// The organisation of whoever asks.
    Own,
}

/// How a route is asked.
pub struct Route {
    pub method: &'static str,
    pub path: &'static str,
    pub action: Action,
    pub about: About,
    pub body: Option<Value>,
    /// How it answers whoever may: a status, and the word of the problem where it is one.
    pub allowed: (u16, &'static str),
    pub headers: &'static [(&'static str, &'static str)],
    /// It ends the session that asks, so that whoever may does not in this walk; other tests do.
    pub ends_sessions: bool,
    /// The fields of a page's form.
    pub form: Option<&'static str>,
    /// It is the affair of the first organisation's members alone.
    pub of_the_first_alone: bool,
    /// How it answers whoever has signed in already, where that is another way.
    pub when_signed_in: Option<u16>,
    /// Some are led on to another page: whose work is all on one is led there.
    pub or_elsewhere: bool,
    /// What it tells is not behind the guard: only that a session or token holds is asked.
    pub tells_who_asks: bool,
}

fn route(method: &'static str, path: &'static str, action: Action, about: About) -> Route {
    Route {
        method,
        path,
        action,
        about,
        body: None,
        allowed: (200, ""),
        headers: &[],
        ends_sessions: false,
        form: None,
        of_the_first_alone: false,
        when_signed_in: None,
        or_elsewhere: false,
        tells_who_asks: false,
    }
}

impl Route {
    fn with(self, body: Value) -> Self {
        Self { body: Some(body), ..self }
    }

    fn then(self, status: u16, word: &'static str) -> Self {
        Self { allowed: (status, word), ..self }
    }

    /// Asked with a version that the case has not: whoever may is told so.
    fn stale(self) -> Self {
        Self { headers: &[("if-match", "\"999\"")], ..self.then(412, "stale_version") }
    }
}

fn event(kind: &str, action: Action) -> Route {
    let body = step(kind).on("2026-06-03").body();
    route("POST", "/api/v1/cases/{case}/events", action, About::Case).with(body).stale()
}

/// The routes of the API and of the pages.
pub fn routes() -> Vec<Route> {
    [general(), cases(), accounts(), pages(), pages_of_work(), public(), organisations(), administration()]
        .into_iter()
        .flatten()
        .collect()
}

fn general() -> Vec<Route> {
    use About::General;
    vec![
        route("GET", "/api/v1/health", Action::ReadPublic, General),
        route("GET", "/api/v1/health/live", Action::ReadPublic, General),
        route("GET", "/api/v1/health/ready", Action::ReadPublic, General),
        route("GET", "/api/v1/openapi.json", Action::ReadPublic, General),
        route("GET", "/api/docs/", Action::ReadPublic, General),
        route("GET", "/api/docs", Action::ReadPublic, General).then(308, ""),
        route("GET", "/static/aiqyn.css", Action::ReadPublic, General),
        Route { or_elsewhere: true, tells_who_asks: true, ..route("GET", "/", Action::OwnAccount, General) },
        route("GET", "/api/v1/code-lists", Action::ReadCodeLists, General),
        route("GET", "/api/v1/statistics/delays", Action::ReadStatistics, General),
        route("GET", "/api/v1/statistics/rates", Action::ReadStatistics, General),
        route("GET", "/api/v1/statistics/endings", Action::ReadStatistics, General),
        route("GET", "/api/v1/statistics/visits", Action::ReadStatistics, General),
        route("GET", "/api/v1/statistics/indicators", Action::ReadStatistics, General),
        route("GET", "/api/v1/statistics/quality", Action::ReadStatistics, General),
        route("GET", "/api/v1/statistics/plots/{plot}", Action::ReadStatistics, General),
        route("GET", "/statistics/delays", Action::ReadStatistics, General),
        route("GET", "/statistics/endings", Action::ReadStatistics, General),
        route("GET", "/statistics/visits", Action::ReadStatistics, General),
        route("GET", "/statistics/indicators", Action::ReadStatistics, General),
        route("GET", "/statistics/definitions", Action::ReadStatistics, General),
        route("GET", "/api/v1/reports/annex?from=2026-01-02&to=2026-01-01", Action::MakeReport, General)
            .then(422, "invalid_input"),
        route("GET", "/api/v1/visits", Action::ListVisits, General),
        route("GET", "/api/v1/cases", Action::ListCases, General),
        route("POST", "/api/v1/cases", Action::FileComplaint, General)
            .with(a_complaint().with("channel", "pigeon").body())
            .then(422, "invalid_input"),
        route("GET", "/api/v1/audit", Action::ReadAudit, General),
        Route {
            of_the_first_alone: true,
            ..route("POST", "/api/v1/audit/verifications", Action::ReadAudit, General).then(201, "")
        },
        Route { of_the_first_alone: true, ..route("GET", "/api/v1/audit/checkpoints", Action::ReadAudit, General) },
        route("POST", "/api/v1/exports/cases", Action::Export, General).with(json!({})),
        route("POST", "/api/v1/exports/events", Action::Export, General).with(json!({})),
        route("POST", "/api/v1/name-searches", Action::SearchNames, General).with(json!({"name": "Мысалов"})),
    ]
}

fn cases() -> Vec<Route> {
    use About::{Case, Request};
    let nowhere = uuid::Uuid::now_v7().to_string();
    let correction = Form::new("kind", "retraction").with("corrects", nowhere.clone()).with("why", "жаңылыс").body();
    let correct = route("POST", "/api/v1/cases/{case}/corrections", Action::CorrectEvent, Case);
    let answer = route("POST", "/api/v1/visits/{request}/answers", Action::AnswerRequest, Request);
    vec![
        route("GET", "/api/v1/cases/{case}", Action::ViewCase, Case),
        route("GET", "/api/v1/cases/{case}/events", Action::ViewCase, Case),
        event("route", Action::RecordStep),
        event("note", Action::RecordFact),
        event("request_visit", Action::RequestVisit),
        event("refuse_visit", Action::RecordAnswer),
        event("carry_out_visit", Action::RecordVisit),
        correct.with(correction).stale(),
        route("POST", "/api/v1/cases/{case}/shares", Action::ShareCase, Case)
            .with(json!({"organisation": nowhere}))
            .then(422, "invalid_input"),
        route("DELETE", "/api/v1/cases/{case}/shares/{organisation}", Action::ShareCase, Case).then(204, ""),
        route("GET", "/api/v1/cases/{case}/documents", Action::ReadDocuments, Case),
        route("POST", "/api/v1/cases/{case}/documents", Action::AddDocument, Case)
            .with(json!({}))
            .then(415, "unsupported_media_type"),
        route("GET", "/api/v1/documents/{document}", Action::ReadDocuments, Case),
        route("POST", "/api/v1/cases/{case}/erasure", Action::EraseCase, Case),
        route("GET", "/api/v1/visits/{request}", Action::ViewRequest, Request),
        route("GET", "/visits/{request}/letter", Action::ViewRequest, Request),
        route("GET", "/visits/{request}/delay-letter", Action::ViewRequest, Request),
        answer.with(step("refuse_visit").on("2026-06-03").body()).stale(),
    ]
}

/// The pages about accounts. The forms come without the token that stands in each: whoever may is told so.
fn pages() -> Vec<Route> {
    use About::General;
    let form = |path, fields| Route { form: Some(fields), ..route("POST", path, Action::OwnAccount, General) };
    vec![
        Route { when_signed_in: Some(303), ..route("GET", "/sign-in", Action::SignIn, General) },
        Route { form: Some(""), ..route("POST", "/sign-in", Action::SignIn, General).then(422, "") },
        route("GET", "/enrolment", Action::SignIn, General),
        Route { form: Some(""), ..route("POST", "/enrolment", Action::SignIn, General).then(422, "") },
        route("GET", "/account", Action::OwnAccount, General),
        Route { form: Some("path=/"), ..route("POST", "/sign-in/again", Action::SignIn, General).then(422, "") },
        form("/sign-out", "").then(403, "form_token"),
        form("/account/session-end", "session=01a21042-9eab-770c-ad40-b9f7fdcb7d2a").then(403, "form_token"),
        form("/account/other-sessions-end", "").then(403, "form_token"),
    ]
}

/// The pages for complainants, which know nobody: a form with nothing in it is shown again.
fn public() -> Vec<Route> {
    use About::{Case, General};
    let form = |path, action| Route { form: Some(""), ..route("POST", path, action, General).then(422, "") };
    let ask = route("POST", "/cases/{case}/messages", Action::RecordFact, Case);
    vec![
        route("GET", "/complaint", Action::FilePublicly, General),
        form("/complaint", Action::FilePublicly),
        route("GET", "/receipt", Action::FollowByReceipt, General),
        form("/receipt", Action::FollowByReceipt),
        form("/receipt/answer", Action::FollowByReceipt),
        route("POST", "/receipt/document", Action::FollowByReceipt, General)
            .with(json!({}))
            .then(415, "unsupported_media_type"),
        route("GET", "/leave", Action::ReadPublic, General).then(303, ""),
        route("GET", "/cases/{case}/messages", Action::ViewCase, Case),
        Route { form: Some("text="), ..ask.then(422, "") },
    ]
}

/// The pages of cases, drafts and visits. Their forms come with the token of the session in a header, and name a
/// version that the case has not.
fn pages_of_work() -> Vec<Route> {
    use About::{Case, General, Request};
    let form = |path, action, about, fields| Route { form: Some(fields), ..route("POST", path, action, about) };
    let records = |path, action, fields| form(path, action, Case, fields).then(412, "");
    let when = "seen=999&occurred_at.day=3&occurred_at.month=6&occurred_at.year=2026";
    vec![
        route("GET", "/statistics", Action::ReadStatistics, General),
        route("GET", "/cases", Action::ListCases, General),
        form("/search", Action::SearchNames, General, "sought=%D0%9C%D1%8B%D1%81%D0%B0%D0%BB%D0%BE%D0%B2"),
        route("GET", "/drafts", Action::FileComplaint, General),
        form("/drafts", Action::FileComplaint, General, "").then(303, ""),
        route("GET", "/drafts/{draft}", Action::FileComplaint, General).then(404, "not_found"),
        form("/drafts/{draft}", Action::FileComplaint, General, "").then(404, "not_found"),
        form("/drafts/{draft}/delete", Action::FileComplaint, General, "").then(404, "not_found"),
        route("GET", "/drafts/{draft}/{section}", Action::FileComplaint, General).then(404, "not_found"),
        form("/drafts/{draft}/{section}", Action::FileComplaint, General, "").then(404, "not_found"),
        route("GET", "/cases/{case}", Action::ViewCase, Case),
        route("GET", "/cases/{case}/history", Action::ViewCase, Case),
        route("GET", "/cases/{case}/record/{kind}", Action::RecordFact, Case),
        records("/cases/{case}/record/{kind}", Action::RecordFact, when),
        route("GET", "/cases/{case}/record/route", Action::RecordStep, Case),
        records("/cases/{case}/record/route", Action::RecordStep, when),
        records("/cases/{case}/record/request_visit", Action::RequestVisit, when),
        records("/cases/{case}/record/refuse_visit", Action::RecordAnswer, when),
        records("/cases/{case}/record/carry_out_visit", Action::RecordVisit, when),
        route("GET", "/cases/{case}/corrections/{event}", Action::CorrectEvent, Case).then(404, "not_found"),
        form("/cases/{case}/corrections/{event}", Action::CorrectEvent, Case, when).then(404, "not_found"),
        form("/cases/{case}/documents", Action::AddDocument, Case, "").then(415, "unsupported_media_type"),
        form("/cases/{case}/shares", Action::ShareCase, Case, "organisation=").then(422, "invalid_input"),
        form("/cases/{case}/share-end", Action::ShareCase, Case, "organisation=").then(404, "not_found"),
        route("GET", "/visits", Action::ListVisits, General),
        route("GET", "/visits/new", Action::FileWithVisit, General),
        form("/visits/new", Action::FileWithVisit, General, "").then(422, ""),
        route("GET", "/visits/{request}", Action::ViewRequest, Request),
        form("/visits/{request}", Action::AnswerRequest, Request, "seen=999&kind=approve_visit").then(412, ""),
    ]
}

fn accounts() -> Vec<Route> {
    use About::General;
    let own = |method, path| route(method, path, Action::OwnAccount, General);
    let proof = json!({"password": "wrong", "code": "000000"});
    let password = json!({"password": "wrong", "new_password": "жаңа құпия сөз 2026"});
    let token = json!({"name": "t", "scopes": ["read"], "days": 1});
    vec![
        route("POST", "/api/v1/session", Action::SignIn, General).with(json!({})).then(422, "invalid_input"),
        route("POST", "/api/v1/enrolment", Action::SignIn, General).with(json!({})).then(422, "invalid_input"),
        Route { tells_who_asks: true, ..own("GET", "/api/v1/session") },
        Route { ends_sessions: true, ..own("DELETE", "/api/v1/session") },
        own("POST", "/api/v1/session/proof").with(proof).then(401, "wrong_credentials"),
        own("PUT", "/api/v1/session/password").with(password).then(401, "wrong_credentials"),
        own("GET", "/api/v1/sessions"),
        Route { ends_sessions: true, ..own("DELETE", "/api/v1/sessions") },
        own("DELETE", "/api/v1/sessions/{session}").then(404, "not_found"),
        own("POST", "/api/v1/tokens").with(token).then(403, "proof_needed"),
    ]
}

fn organisations() -> Vec<Route> {
    use About::{General, Organisation, Own};
    let members = |method, path| route(method, path, Action::ManageMembers, Organisation);
    let invited = json!({"login": "{login}", "roles": ["analyst"], "organisation": "{organisation}"});
    let admit = |action| route("POST", "/api/v1/members/{member}/admission", action, Organisation);
    vec![
        route("GET", "/api/v1/organisations", Action::ListOrganisations, General),
        route("POST", "/api/v1/key-rotations", Action::RotateKeys, Own),
        route("GET", "/api/v1/members?organisation={organisation}", Action::ListMembers, Organisation),
        members("POST", "/api/v1/members").with(invited).then(422, "invalid_input"),
        members("PUT", "/api/v1/members/{member}/roles").with(json!({"roles": ["analyst"]})).then(204, ""),
        members("POST", "/api/v1/members/{member}/invitation").then(201, ""),
        members("DELETE", "/api/v1/members/{member}").then(204, ""),
        admit(Action::AdmitMember).with(json!({})),
        admit(Action::Recover).with(json!({"recovery_key": "{recovery_key}"})),
    ]
}

/// The pages of administrators and auditors. Their forms come with the token in the header.
fn administration() -> Vec<Route> {
    use About::{General, Organisation};
    let form = |path, action, about, fields| Route { form: Some(fields), ..route("POST", path, action, about) };
    let lists = |path| Route { of_the_first_alone: true, ..form(path, Action::ManageLists, General, "").then(422, "") };
    let members = |path, fields| form(path, Action::ManageMembers, Organisation, fields);
    vec![
        route("GET", "/audit", Action::ReadAudit, General),
        Route { of_the_first_alone: true, ..form("/audit/verification", Action::ReadAudit, General, "") },
        route("GET", "/organisations", Action::ListOrganisations, General),
        route("GET", "/deadlines", Action::ReadCodeLists, General),
        lists("/deadlines"),
        lists("/escalations"),
        route("GET", "/lists", Action::ReadCodeLists, General),
        route("GET", "/lists/{list}", Action::ReadCodeLists, General),
        lists("/lists/{list}"),
        route("GET", "/lists/{list}/{code}", Action::ReadCodeLists, General),
        lists("/lists/{list}/{code}"),
        route("GET", "/members?organisation={organisation}", Action::ListMembers, Organisation),
        members("/members", "login={login}&roles=analyst&organisation={organisation}"),
        route("GET", "/members/{member}", Action::ListMembers, Organisation),
        members("/members/{member}/roles", "roles=analyst"),
        members("/members/{member}/invitation", ""),
        members("/members/{member}/exclusion", ""),
        form("/members/{member}/admission", Action::AdmitMember, Organisation, ""),
        form("/members/{member}/admission", Action::Recover, Organisation, "recovery_key={recovery_key}"),
    ]
}
