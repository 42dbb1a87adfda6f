//! Whoever runs the program on the server itself: every command acts as the console, which the table denies
//! what needs a key and what only a member answers for.

use aiqyn::access::permission::{Action, Denial, Reach, Relation, Scope, decide};
use aiqyn::domain::id::{CaseVersion, EventId};
use aiqyn::services::{AddEvent, Caller, CaseFilter, CaseName, CaseOrder, NewToken, ServiceError, Services};

use crate::support::complaint::step;
use crate::support::{App, Form, for_each_backend};
use crate::world::World;

fn event(case: CaseName, form: Form) -> AddEvent {
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let fields = form.body().as_object().unwrap().iter().map(|(name, value)| (name.clone(), text(value))).collect();
    AddEvent { case, seen: CaseVersion(1), fields, idempotency: None }
}

fn denied<T>(action: Action, result: Result<T, ServiceError>) -> Action {
    match result {
        Err(ServiceError::Denied(Denial::NotTheirRole)) => action,
        Err(other) => panic!("{action}: {other}"),
        Ok(_) => panic!("{action} was done"),
    }
}

/// Tries everything that the table denies the console, and says what that was.
fn tries_all(services: &Services, console: &Caller, world: &World) -> Vec<Action> {
    let target = &world.targets[0];
    let case = CaseName::Id(target.case.parse().unwrap());
    let request: EventId = target.visit.as_ref().unwrap().parse().unwrap();
    let records = |kind: &str| services.record_event(console, &event(case, step(kind).on("2026-06-03")));
    let token = NewToken { name: "t".to_owned(), scopes: vec![Scope::Read], days: 1 };
    let correction = step("note").on("2026-06-03").with("corrects", request.to_string()).with("why", "w");
    let answer = event(case, step("refuse_visit").on("2026-06-03"));
    let waiting = world.app.caseworker.member;
    vec![
        denied(Action::OwnAccount, services.own_sessions(console)),
        denied(Action::OwnAccount, services.end_other_sessions(console)),
        denied(Action::OwnAccount, services.make_token(console, &token)),
        denied(Action::ViewCase, services.view_case(console, case)),
        denied(Action::ViewCase, services.view_events(console, case)),
        denied(Action::RecordStep, records("route")),
        denied(Action::RecordFact, records("note")),
        denied(Action::RequestVisit, records("request_visit")),
        denied(Action::RecordAnswer, records("refuse_visit")),
        denied(Action::RecordVisit, records("carry_out_visit")),
        denied(Action::CorrectEvent, services.correct_event(console, &event(case, correction))),
        denied(Action::ViewRequest, services.view_request(console, request)),
        denied(Action::AnswerRequest, services.answer_request(console, request, &answer)),
        denied(Action::SearchNames, services.search_names(console, "Мысалов")),
        denied(Action::ReadDocuments, services.list_documents(console, case)),
        denied(Action::ReadDocuments, services.open_document(console, target.document.parse().unwrap())),
        denied(Action::AddDocument, services.begin_document(console, case)),
        denied(Action::ShareCase, services.share_case(console, case, world.third.id)),
        denied(Action::ShareCase, services.end_share(console, case, world.other.id)),
        denied(Action::EraseCase, services.erase_case(console, case)),
        denied(Action::AdmitMember, services.admit_member(console, waiting)),
        denied(Action::RotateKeys, services.rotate_keys(console)),
    ]
}

#[test]
fn the_console_is_denied_what_the_table_denies_it() {
    for_each_backend(|backend| {
        let world = World::of(App::on(backend));
        let console = world.app.console();
        let tried = tries_all(&world.app.services, &console, &world);
        for action in Action::ALL.iter().copied().filter(|action| action.reach_of_console() == Reach::Never) {
            // These are asked by nobody, whoever sits at the machine.
            let by_nobody = matches!(action, Action::SignIn | Action::FilePublicly | Action::FollowByReceipt);
            assert!(tried.contains(&action) || by_nobody, "{action} was not tried");
            assert!(decide(console.standing(), action, Relation::General).is_err(), "{action}");
        }
    });
}

#[test]
fn the_console_does_what_needs_no_key() {
    for_each_backend(|backend| {
        let world = World::of(App::on(backend));
        let (services, console) = (&world.app.services, world.app.console());
        let page = services.list_cases(&console, &CaseFilter::default(), CaseOrder::default(), None, 50).unwrap();
        assert_eq!(page.cases.len(), world.targets.len());
        assert!(console.vault().is_none());
        services.members(&console, world.other.id).unwrap();
    });
}
