//! Whoever reads lists of cases and of visits finds what their organisation may read, in each order and page by page, however
//! many cases there are beside these.

use std::collections::HashSet;

use aiqyn::access::role::{OrganisationKind, Role};
use aiqyn::domain::id::CaseId;
use aiqyn::domain::stage::Stage;
use aiqyn::services::{BoardPart, Caller, CaseFilter, CaseListing, CaseOrder, Services, VisitListing};

use crate::stirred::stir;
use crate::support::chance::Chance;
use crate::support::staff::Organisation;
use crate::support::{App, Backend, for_each_backend};

const READERS: [&str; 2] = ["case_readers", "visit_readers"];

const ORDERS: [CaseOrder; 4] =
    [CaseOrder::FiledLast, CaseOrder::FiledFirst, CaseOrder::DueFirst, CaseOrder::ChangedLast];

/// Shares some of the cases with an organisation.
fn share(backend: &Backend, with: &str, which: &str) {
    let share = format!(
        "insert into case_shares (case_id, organisation_id, shared_at, shared_by) \
         select case_id, (select id from organisations where name = '{with}'), 0, (select id from members limit 1) \
         from case_summaries where {which}"
    );
    backend.execute(&share).unwrap();
}

fn list(services: &Services, caller: &Caller, filter: &CaseFilter, order: CaseOrder, most: u16) -> Vec<CaseListing> {
    let (mut cases, mut cursor) = (Vec::new(), None);
    loop {
        let page = services.list_cases(caller, filter, order, cursor, most).unwrap();
        cases.extend(page.cases);
        cursor = page.next;
        if cursor.is_none() {
            return cases;
        }
    }
}

fn board(services: &Services, caller: &Caller, part: BoardPart, most: u16) -> Vec<VisitListing> {
    let (mut visits, mut cursor) = (Vec::new(), None);
    loop {
        let page = services.visit_board(caller, part, cursor, most).unwrap();
        visits.extend(page.visits);
        cursor = page.next;
        if cursor.is_none() {
            return visits;
        }
    }
}

fn filters(app: &App) -> Vec<CaseFilter> {
    let text = |code: &str| Some(code.to_owned());
    let overdue_at = Some(app.services.now());
    vec![
        CaseFilter::default(),
        CaseFilter { overdue_at, ..CaseFilter::default() },
        CaseFilter {
            filed_from: "2022-01-01".parse().ok(),
            filed_to: "2025-06-30".parse().ok(),
            ..CaseFilter::default()
        },
        CaseFilter { stage: Stage::named("dismissed"), ..CaseFilter::default() },
        CaseFilter { region: text("almaty_city"), overdue_at, ..CaseFilter::default() },
        CaseFilter { agency: text("mvd"), kind_of_place: text("pre_trial_detention"), ..CaseFilter::default() },
        CaseFilter { place: text("nowhere"), ..CaseFilter::default() },
    ]
}

/// Somebody finds in every list what there is in it of these cases, and nothing else. Returns how many cases and visits they
/// found in all.
fn assert_finds(app: &App, caller: &Caller, is_readable: impl Fn(CaseId) -> bool, pages_of: u16) -> (usize, usize) {
    let (services, console) = (&app.services, app.console());
    let (mut cases, mut visits) = (0, 0);
    for filter in filters(app) {
        for order in ORDERS {
            let mut all = list(services, &console, &filter, order, 200);
            all.retain(|case| is_readable(case.id));
            let found = list(services, caller, &filter, order, pages_of);
            assert_eq!(found, all, "{filter:?}, {order:?}");
            cases += found.len();
        }
    }
    for part in [BoardPart::Open, BoardPart::Ended] {
        let mut all = board(services, &console, part, 200);
        all.retain(|visit| is_readable(visit.case));
        assert_eq!(
            board(services, caller, part, pages_of).iter().map(|visit| visit.request).collect::<Vec<_>>(),
            all.iter().map(|visit| visit.request).collect::<Vec<_>>()
        );
        visits += all.len();
    }
    let mut queue = services.visit_queue(&console, 500).unwrap();
    queue.retain(|visit| is_readable(visit.case));
    assert_eq!(services.visit_queue(caller, 500).unwrap(), queue);
    let first_of_queue: Vec<VisitListing> = queue.into_iter().take(3).collect();
    assert_eq!(services.visit_queue(caller, 3).unwrap(), first_of_queue);
    (cases, visits)
}

#[test]
fn whoever_reads_finds_their_own_cases_and_those_that_are_shared_with_them() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(90);
        let services = &app.services;
        let mechanism = Organisation::added(services, "Mechanism", OrganisationKind::Npm);
        let stranger = Organisation::added(services, "Stranger", OrganisationKind::Ngo);
        share(backend, "Mechanism", "reference_number % 3 > 0");
        stir(&app, &mut Chance::seeded(20_261_130), 60);
        share(backend, "Stranger", "reference_number % 7 = 1");
        backend.execute("delete from case_shares where case_id in (select case_id from case_summaries where reference_number % 5 = 0)").unwrap();

        let every = list(services, &app.console(), &CaseFilter::default(), CaseOrder::FiledFirst, 200);
        let of = |is_of: &dyn Fn(&CaseListing) -> bool| -> HashSet<CaseId> {
            every.iter().filter(|case| is_of(case)).map(|case| case.id).collect()
        };
        let is_shared = |case: &CaseListing| case.reference.number % 3 > 0 && case.reference.number % 5 > 0;
        let was_before_the_share = |case: &CaseListing| backend_shares(backend, "Mechanism").contains(&case.id);
        let with_mechanism = of(&|case| is_shared(case) && was_before_the_share(case));
        let with_visit = of(&|case| with_mechanism.contains(&case.id) && case.visit_state != "not_requested");
        let with_stranger = of(&|case| case.reference.number % 7 == 1 && case.reference.number % 5 > 0);
        assert!(with_visit.len() > 5 && with_visit.len() < with_mechanism.len() && with_mechanism.len() < every.len());

        let hired = |organisation: &Organisation, login: &str, role: Role| {
            organisation.hires(services, login, &[role]).asks(services)
        };
        let own = app.caseworker.asks(services);
        for pages_of in [4, 200] {
            assert!(assert_finds(&app, &own, |_| true, pages_of).0 > 4 * every.len());
        }
        let colleague = hired(&mechanism, "colleague", Role::Caseworker);
        assert!(assert_finds(&app, &colleague, |case| with_mechanism.contains(&case), 7).1 > 5);
        let of_mechanism = hired(&mechanism, "of-mechanism", Role::NpmMember);
        assert_finds(&app, &of_mechanism, |case| with_visit.contains(&case), 5);
        let of_stranger = hired(&stranger, "of-stranger", Role::Caseworker);
        assert_finds(&app, &of_stranger, |case| with_stranger.contains(&case), 2);
        let nobody = Organisation::added(services, "Nobody", OrganisationKind::Ngo);
        assert_eq!(assert_finds(&app, &hired(&nobody, "nobody", Role::Caseworker), |_| false, 9), (0, 0));
    });
}

/// The cases that are shared with an organisation.
fn backend_shares(backend: &Backend, with: &str) -> HashSet<CaseId> {
    let id = if backend.is_postgres() { "encode(case_id, 'hex')" } else { "hex(case_id)" };
    let shares = backend.texts(&format!(
        "select {id} as line from case_shares where organisation_id = (select id from organisations where name = '{with}')"
    ));
    shares.iter().map(|id| CaseId(uuid::Uuid::parse_str(id).unwrap())).collect()
}

#[test]
fn whoever_reads_many_cases_finds_the_same_under_a_code() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(2_100);
        let services = &app.services;
        let mechanism = Organisation::added(services, "Mechanism", OrganisationKind::Npm);
        Organisation::added(services, "Stranger", OrganisationKind::Ngo);
        // More than can be looked at for one list, and others beside them.
        share(backend, "Mechanism", "reference_number % 99 > 0");
        let shared = backend_shares(backend, "Mechanism");
        assert!((2_001..2_100).contains(&shared.len()), "{}", shared.len());
        let caller = mechanism.hires(services, "of-mechanism", &[Role::Caseworker]).asks(services);
        assert_finds(&app, &caller, |case| shared.contains(&case), 50);
        let of_visits = mechanism.hires(services, "of-visits", &[Role::NpmMember]).asks(services);
        let every = list(services, &app.console(), &CaseFilter::default(), CaseOrder::FiledFirst, 200);
        let with_visit: HashSet<CaseId> =
            every.iter().filter(|case| case.visit_state != "not_requested").map(|case| case.id).collect();
        assert_finds(&app, &of_visits, |case| shared.contains(&case) && with_visit.contains(&case), 50);
    });
}

#[test]
fn who_may_read_is_kept_as_an_earlier_database_has_it_made() {
    let migration = include_str!("../../migrations/sqlite/2026-11-30-000004_readers/up.sql");
    let fill = |migration: &str| -> Vec<String> {
        let statements = migration.split(';').map(|statement| statement.trim().to_owned());
        statements.filter(|statement| statement.starts_with("insert into")).take(2).collect()
    };
    let in_postgres = include_str!("../../migrations/postgres/2026-11-30-000004_readers/up.sql");
    assert_eq!(fill(migration), fill(in_postgres));
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(60);
        Organisation::added(&app.services, "Mechanism", OrganisationKind::Npm);
        share(backend, "Mechanism", "reference_number % 2 = 0");
        stir(&app, &mut Chance::seeded(20_261_130), 100);
        backend.execute("update visit_summaries set board_order = board_order + 1").unwrap();
        let kept = READERS.map(|table| backend.rows(table));
        assert!(kept.iter().all(|rows| rows.len() > 40), "{kept:?}");
        backend.execute("delete from case_readers; delete from visit_readers").unwrap();
        for statement in fill(migration) {
            backend.execute(&statement).unwrap();
        }
        assert_eq!(READERS.map(|table| backend.rows(table)), kept);
        app.services.rebuild(&app.console(), |_, _| {}).unwrap();
        let anew = READERS.map(|table| backend.rows(table));
        assert_eq!(anew[0], kept[0]);
        assert_eq!(anew[1].len(), kept[1].len());
        // Nobody reads what is gone.
        backend.execute("delete from visit_summaries; delete from case_summaries").unwrap();
        assert_eq!(READERS.map(|table| backend.rows(table).len()), [0, 0]);
    });
}
