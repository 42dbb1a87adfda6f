//! The state machine against an independent model of it, state by state and over random walks.

use std::collections::{HashMap, HashSet, VecDeque};

use aiqyn::domain::case::Case;
use aiqyn::domain::diagram::mermaid;
use aiqyn::domain::event::{Event, HappeningKind};
use aiqyn::domain::fact::FactKind;
use aiqyn::domain::investigation::InvestigationState;
use aiqyn::domain::order::{Position, Step};
use aiqyn::domain::refusal::Refusal;
use aiqyn::domain::visit::{Approval, VisitState};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::support::model::{self, Model};
use crate::support::walks::{Judged, Verdict, legal_walks, walks};
use crate::support::{correction, event_of, gist, replay, words};

fn step(word: &str, needs_approval: bool) -> Step {
    let approval = if needs_approval { Approval::Required } else { Approval::NotRequired };
    Step { kind: HappeningKind::named(word).unwrap(), approval }
}

/// Every position that can be reached, with the model's own, found by taking every step everywhere.
fn reachable() -> HashMap<Position, Model> {
    let mut reached = HashMap::from([(Position::START, Model::START)]);
    let mut open = VecDeque::from([Position::START]);
    while let Some(position) = open.pop_front() {
        let model = reached[&position];
        for (word, needs_approval) in model::all_steps().into_iter().flat_map(|word| [(word, true), (word, false)]) {
            let Some(after) = position.after(step(word, needs_approval)) else { continue };
            let expected = model.after(word, needs_approval).unwrap_or_else(|| panic!("{word} from {model:?}"));
            match reached.get(&after) {
                Some(known) => assert_eq!(*known, expected, "{word} from {model:?}"),
                None => {
                    reached.insert(after, expected);
                    open.push_back(after);
                }
            }
        }
    }
    reached
}

#[test]
fn every_kind_of_step_is_in_the_model_and_none_besides() {
    let steps: Vec<HappeningKind> = HappeningKind::all().filter(|kind| kind.is_step()).collect();
    assert_eq!(words(&steps), model::all_steps());
}

#[test]
fn every_state_of_both_regions_is_reached_with_every_other() {
    let reached: HashSet<_> = reachable().keys().map(|p| (p.investigation.as_str(), p.visit.as_str())).collect();
    for investigation in model::investigation_states() {
        for visit in model::visit_states() {
            assert!(reached.contains(&(investigation, visit)), "{investigation} with {visit}");
        }
    }
    assert_eq!(reached.len(), InvestigationState::ALL.len() * VisitState::ALL.len());
}

#[test]
fn every_state_is_left_by_the_listed_steps_and_no_others() {
    for (position, model) in reachable() {
        for word in model::all_steps() {
            for needs_approval in [true, false] {
                let after = position.after(step(word, needs_approval));
                let states = after.map(|p| (p.investigation.as_str(), p.visit.as_str()));
                let expected = model.after(word, needs_approval).map(|m| (m.investigation, m.visit));
                assert_eq!(states, expected, "{word} from {model:?}");
            }
        }
    }
}

#[test]
fn every_position_permits_what_the_model_permits_and_has_its_headline() {
    for (position, model) in reachable() {
        assert_eq!(words(&position.permitted()), model.permitted(), "{model:?}");
        if model.investigation != "unfiled" {
            assert_eq!(position.stage().as_str(), model.stage(), "{model:?}");
        }
    }
}

#[test]
fn a_fact_moves_no_position() {
    for position in reachable().into_keys() {
        for fact in FactKind::ALL {
            let fact = Step { kind: HappeningKind::Fact(*fact), approval: Approval::Required };
            assert_eq!(position.after(fact), Some(position));
        }
    }
}

/// Records the first event as a case and every other one that is not refused.
fn recorded_one_by_one(walk: &[Judged]) -> Case {
    let filed = replay(vec![walk[0].event.clone()]).unwrap();
    walk[1..].iter().fold(filed, |case, judged| case.record(judged.event.clone()).unwrap_or(case))
}

fn assert_refused_as_the_model_says(refusal: &Refusal, judged: &Judged) {
    match refusal {
        Refusal::IllegalStep { step, occurred_at, position, permitted } => {
            assert_eq!(judged.verdict, Verdict::Illegal);
            assert_eq!(judged.event.entry.happening().unwrap().kind(), *step);
            assert_eq!(judged.event.occurred_at, *occurred_at);
            assert_eq!(position.investigation.as_str(), judged.before.investigation);
            assert_eq!(position.visit.as_str(), judged.before.visit);
            assert_eq!(words(permitted), judged.before.permitted());
        }
        Refusal::NotARefusedRequest => assert_eq!(judged.verdict, Verdict::RenewsUnrefused),
        Refusal::UnknownEvent { field: "renews", .. } => assert_eq!(judged.verdict, Verdict::RenewsUnknownEvent),
        other => panic!("{other:?} for {judged:?}"),
    }
}

fn assert_stands_as(case: &Case, model: Model) {
    let position = case.position();
    assert_eq!((position.investigation.as_str(), position.visit.as_str()), (model.investigation, model.visit));
    assert_eq!(case.stage().as_str(), model.stage());
    assert_eq!(words(&case.permitted()), model.permitted());
}

/// A legal history and one of its events, not the filing.
fn history_and_a_later_event() -> impl Strategy<Value = (Vec<Event>, usize)> {
    (legal_walks(30), any::<Index>())
        .prop_filter("more than the filing", |(events, _)| events.len() > 1)
        .prop_map(|(events, index)| (events.clone(), 1 + index.index(events.len() - 1)))
}

fn next_number(events: &[Event]) -> u128 {
    events.iter().map(|event| event.id.0.as_u128()).max().unwrap_or(0) + 1
}

/// The events with a correction at the end: the one at a place was in truth the same.
fn with_the_same_instead(mut events: Vec<Event>, place: usize) -> Vec<Event> {
    let old = &events[place];
    let root_or_itself = old.entry.happening().cloned();
    let same = correction(next_number(&events), old.id, root_or_itself, old.occurred_at);
    events.push(same);
    events
}

fn with_a_retraction(mut events: Vec<Event>, place: usize) -> Vec<Event> {
    let retraction = correction(next_number(&events), events[place].id, None, events[place].occurred_at);
    events.push(retraction);
    events
}

proptest! {
    #[test]
    fn the_model_and_the_code_agree_on_every_step_of_a_walk(walk in walks(40)) {
        let mut case = replay(vec![walk[0].event.clone()]).unwrap();
        assert_stands_as(&case, walk[0].after);
        for judged in &walk[1..] {
            let before = case.clone();
            match case.record(judged.event.clone()) {
                Ok(next) => {
                    prop_assert_eq!(&judged.verdict, &Verdict::Legal);
                    case = next;
                }
                Err(refusal) => {
                    assert_refused_as_the_model_says(&refusal, judged);
                    prop_assert_eq!(&case, &before);
                }
            }
            assert_stands_as(&case, judged.after);
        }
    }

    #[test]
    fn a_walk_has_one_open_visit_at_most(walk in walks(40)) {
        let case = recorded_one_by_one(&walk);
        let open = case.visits().iter().filter(|visit| visit.state.is_open()).count();
        prop_assert!(open <= 1);
        prop_assert_eq!(open == 1, case.position().visit.is_open());
    }

    #[test]
    fn a_whole_history_gives_what_recording_it_one_by_one_gives(walk in walks(40)) {
        let one_by_one = recorded_one_by_one(&walk);
        let whole = replay(one_by_one.events().to_vec());
        prop_assert_eq!(whole, Ok(one_by_one));
    }

    #[test]
    fn a_whole_history_is_refused_where_recording_it_one_by_one_is(walk in walks(40)) {
        let mut events: Vec<Event> = Vec::new();
        for judged in &walk {
            events.push(judged.event.clone());
            if judged.verdict == Verdict::Legal {
                continue;
            }
            let recorded = replay(events[..events.len() - 1].to_vec()).unwrap().record(judged.event.clone());
            prop_assert_eq!(replay(events.clone()), recorded);
            events.pop();
        }
    }

    #[test]
    fn the_order_of_recording_makes_no_difference(
        (events, shuffled) in legal_walks(25).prop_flat_map(|events| (Just(events.clone()), Just(events).prop_shuffle()))
    ) {
        prop_assert_eq!(gist(&replay(shuffled).unwrap()), gist(&replay(events).unwrap()));
    }

    #[test]
    fn an_event_that_is_recorded_late_finds_its_place((mut events, place) in history_and_a_later_event()) {
        let in_time = replay(events.clone()).unwrap();
        let late = events.remove(place);
        // Without it the rest may not have been legal; then nobody could have recorded it.
        if let Ok(without) = replay(events) {
            prop_assert_eq!(gist(&without.record(late).unwrap()), gist(&in_time));
        }
    }

    #[test]
    fn a_correction_that_says_the_same_changes_nothing(events in legal_walks(25), index in any::<Index>()) {
        let before = replay(events.clone()).unwrap();
        let place = index.index(events.len());
        let once = with_the_same_instead(events, place);
        prop_assert_eq!(gist(&replay(once.clone()).unwrap()), gist(&before));
        let newest = once.len() - 1;
        prop_assert_eq!(gist(&replay(with_the_same_instead(once, newest)).unwrap()), gist(&before));
    }

    #[test]
    fn a_retraction_taken_back_changes_nothing((events, place) in history_and_a_later_event()) {
        let before = replay(events.clone()).unwrap();
        let happening = events[place].entry.happening().cloned();
        let mut events = with_a_retraction(events, place);
        let retraction = events.last().unwrap().clone();
        events.push(correction(next_number(&events), retraction.id, happening, retraction.occurred_at));
        prop_assert_eq!(gist(&replay(events).unwrap()), gist(&before));
    }

    #[test]
    fn what_is_retracted_and_recorded_anew_stands_where_it_stood((events, place) in history_and_a_later_event()) {
        let before = replay(events.clone()).unwrap();
        let old = events[place].clone();
        let named = format!("{:?}", events.iter().skip(place + 1).map(|e| e.entry.happening()).collect::<Vec<_>>());
        // A renewal would go on naming the request that was retracted.
        prop_assume!(!named.contains(&format!("{:?}", old.id)));
        let mut events = with_a_retraction(events, place);
        events.push(event_of(next_number(&events), old.entry, old.occurred_at));
        let after = replay(events).unwrap();
        prop_assert_eq!(after.position(), before.position());
        let states = |case: &Case| -> Vec<_> {
            case.visits().iter().map(|v| (v.state, v.requested_at, v.answered_at(), v.ended_at)).collect()
        };
        prop_assert_eq!(states(&after), states(&before));
        let milestones = aiqyn::domain::milestone::Milestones::of;
        prop_assert_eq!(milestones(&after), milestones(&before));
    }

    #[test]
    fn a_retraction_is_refused_only_for_a_later_step_that_it_would_break((events, place) in history_and_a_later_event()) {
        let case = replay(events.clone()).unwrap();
        let retraction = with_a_retraction(events.clone(), place).pop().unwrap();
        let verdict = case.record(retraction);
        let mut without = events;
        let retracted = without.remove(place);
        match (verdict, replay(without)) {
            (Ok(after), Ok(rest)) => prop_assert_eq!(gist(&after), gist(&rest)),
            (Err(Refusal::BreaksLaterStep { .. }), Err(Refusal::IllegalStep { .. })) => {}
            (Err(Refusal::NotARefusedRequest), Err(Refusal::UnknownEvent { event, .. })) => {
                prop_assert_eq!(event, retracted.id);
            }
            (Err(Refusal::NotARefusedRequest), Err(Refusal::NotARefusedRequest)) => {}
            other => prop_assert!(false, "{other:?}"),
        }
    }

    #[test]
    fn nothing_is_recorded_before_it_happened((mut events, place) in history_and_a_later_event()) {
        let earliest = events[place].occurred_at.earliest(crate::support::zone());
        events[place].recorded_at = earliest;
        prop_assert!(replay(events.clone()).is_ok());
        events[place].recorded_at = earliest - chrono::TimeDelta::microseconds(1);
        prop_assert_eq!(replay(events), Err(Refusal::InTheFuture));
    }
}

#[test]
fn the_state_diagram_is_up_to_date() {
    const BEGIN: &str = "<!-- generated from src/domain: begin -->";
    const END: &str = "<!-- generated from src/domain: end -->";
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/state-machine.md");
    let text = std::fs::read_to_string(path).unwrap();
    let (head, rest) = text.split_once(BEGIN).expect("the marker where the generated part begins");
    let (_, tail) = rest.split_once(END).expect("the marker where the generated part ends");
    let drawn = format!("{head}{BEGIN}\n{}\n{END}{tail}", mermaid().trim_end());
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, drawn).unwrap();
    } else {
        assert!(
            text == drawn,
            "docs/state-machine.md is out of date: run UPDATE_DOCS=1 cargo test --test state_machine"
        );
    }
}
