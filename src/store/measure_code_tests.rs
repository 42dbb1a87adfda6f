//! What is packed is read back, damaged bytes are refused, and the form is the one that databases hold.

use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;

fn any_text() -> impl Strategy<Value = &'static str> {
    select(vec![
        "",
        "kz",
        "police",
        "Қарағанды",
        "a_code_that_is_as_long_as_codes_may_well_become_some_day_or_other_\
        and_longer_than_what_one_byte_of_length_can_tell_so_that_the_length_itself_needs_two_bytes",
    ])
}

fn any_time() -> impl Strategy<Value = PartialTime> {
    let zone = Zone::default();
    let texts = ["1900-01-01", "1969-12-31", "1970-01-01T00:00Z", "2024-02", "2026-06-15T12:34Z", "2200-12-31"];
    select(texts.map(|text| PartialTime::parse(text, zone).unwrap()).to_vec())
}

fn any_visit() -> impl Strategy<Value = MeasuredVisit<'static>> {
    let words = (select(Evidence::ALL), select(VisitState::ALL), of(select(Answer::ALL)), of(select(Answer::ALL)));
    let texts = (any_text(), of(any_text()), of(any_text()), any::<[bool; 3]>());
    (words, texts, any_time(), [of(any_time()), of(any_time()), of(any_time()), of(any_time())]).prop_map(
        |((evidence, state, announced, private_interview), texts, requested, times)| MeasuredVisit {
            kind_of_place: texts.0,
            place: texts.1,
            needs_approval: texts.3[0],
            evidence,
            renews: texts.3[1],
            renewed: texts.3[2],
            state,
            refusal_ground: texts.2,
            announced,
            private_interview,
            requested,
            approved: times[0],
            answered: times[1],
            carried_out: times[2],
            ended: times[3],
        },
    )
}

fn any_facts() -> impl Strategy<Value = MeasuredFacts<'static>> {
    let answer = || select(Answer::ALL);
    let fate = || select(Fate::ALL);
    let few = 0..3usize;
    let examination = (any_time(), select(Consistency::ALL), answer())
        .prop_map(|(at, consistency, independent)| MeasuredExamination { at, consistency, independent });
    let claim = (select(ReparationRoute::ALL), fate(), prop::collection::vec(any_text(), few.clone()))
        .prop_map(|(route, fate, forms)| MeasuredClaim { route, fate, forms });
    let expulsion = (any_text(), answer(), answer(), fate()).prop_map(|(kind, risk_argued, risk_examined, fate)| {
        MeasuredExpulsion { kind, risk_argued, risk_examined, fate }
    });
    let incident =
        (any_text(), answer()).prop_map(|(kind, independent_inquiry)| MeasuredIncident { kind, independent_inquiry });
    (
        prop::collection::vec(examination, few.clone()),
        prop::collection::vec(any_text(), few.clone()),
        prop::collection::vec(fate(), few.clone()),
        prop::collection::vec(claim, few.clone()),
        prop::collection::vec(expulsion, few.clone()),
        prop::collection::vec(incident, few),
    )
        .prop_map(|(examinations, reprisals, motions, claims, expulsions, incidents)| MeasuredFacts {
            examinations,
            reprisals,
            motions,
            claims,
            expulsions,
            incidents,
        })
}

fn any_milestones() -> impl Strategy<Value = Milestones> {
    let words = (of(select(Outcome::ALL)), of(select(Ending::ALL)), any::<bool>());
    (prop::collection::vec(of(any_time()), 19), words).prop_map(|(times, (outcome, first_ending, by_own))| Milestones {
        learnt: times[0],
        filed: times[1],
        routed: times[2],
        investigation_opened: times[3],
        first_response: times[4],
        dismissed: times[5],
        dismissed_by_internal_security: by_own,
        appealed: times[6],
        appeal_answered: times[7],
        appeal_withdrawn: times[8],
        reopened: times[9],
        prosecuted: times[10],
        closed: times[11],
        outcome,
        withdrawn: times[12],
        first_ending,
        deprived_of_liberty: times[13],
        registered: times[14],
        lawyer: times[15],
        doctor: times[16],
        family: times[17],
        follow_up_ended: times[18],
    })
}

fn any_case() -> impl Strategy<Value = MeasuredCase<'static>> {
    let zones = ["Asia/Almaty", "Europe/Berlin"].map(|name| Zone::named(name).unwrap()).to_vec();
    let frame = (any::<u128>(), any_text(), select(zones), -25_000i32..90_000, select(Stage::ALL), any_text());
    let codes = prop::collection::vec(of(any_text()), 8);
    let rest = (any::<bool>(), of(select(Answer::ALL)), of(any_time()), any::<[u32; 6]>());
    (frame, codes, rest, any_milestones(), any_facts(), prop::collection::vec(any_visit(), 0..3)).prop_map(
        |((organisation, jurisdiction, zone, day, stage, channel), codes, rest, milestones, facts, visits)| {
            let [entries, events, late, corrected, retracted, filing_lag_days] = rest.3;
            MeasuredCase {
                organisation: OrganisationId(uuid::Uuid::from_u128(organisation)),
                jurisdiction,
                zone,
                filed_day: numbered_day(day).unwrap(),
                stage,
                channel,
                context: codes[0],
                region: codes[1],
                kind_of_place: codes[2],
                place: codes[3],
                agency: codes[4],
                first_body: codes[5],
                sex: codes[6],
                age_band: codes[7],
                to_obtain_a_confession: rest.0,
                pressure_to_withdraw: rest.1,
                incident: rest.2,
                milestones,
                facts,
                recording: Recording { entries, events, late, corrected, retracted, filing_lag_days },
                visits,
            }
        },
    )
}

/// The last word of each set, so that a new one in between is noticed.
fn a_full_case() -> MeasuredCase<'static> {
    let time = |text| PartialTime::parse(text, Zone::default()).unwrap();
    let yes = *Answer::ALL.last().unwrap();
    let fate = *Fate::ALL.last().unwrap();
    MeasuredCase {
        organisation: OrganisationId(uuid::Uuid::from_u128(7)),
        jurisdiction: "kz",
        zone: Zone::named("Europe/Berlin").unwrap(),
        filed_day: "2024-03-04".parse().unwrap(),
        stage: *Stage::ALL.last().unwrap(),
        channel: "letter",
        context: Some("arrest"),
        region: Some("abai"),
        kind_of_place: Some("prison"),
        place: None,
        agency: Some("police"),
        first_body: Some("prosecutor"),
        sex: Some("female"),
        age_band: Some("18_24"),
        to_obtain_a_confession: true,
        pressure_to_withdraw: Some(yes),
        incident: Some(time("2024-03")),
        milestones: Milestones {
            learnt: Some(time("2024-03-04T10:00Z")),
            filed: Some(time("2024-03-04")),
            outcome: Outcome::ALL.last().copied(),
            first_ending: Ending::ALL.last().copied(),
            ..Milestones::default()
        },
        facts: MeasuredFacts {
            examinations: vec![MeasuredExamination {
                at: time("2024-03-05"),
                consistency: *Consistency::ALL.last().unwrap(),
                independent: yes,
            }],
            reprisals: vec!["threat"],
            motions: vec![fate],
            claims: vec![MeasuredClaim { route: *ReparationRoute::ALL.last().unwrap(), fate, forms: vec!["apology"] }],
            expulsions: vec![MeasuredExpulsion { kind: "extradition", risk_argued: yes, risk_examined: yes, fate }],
            incidents: vec![MeasuredIncident { kind: "self_harm", independent_inquiry: yes }],
        },
        recording: Recording { entries: 300, events: 5, late: 4, corrected: 3, retracted: 2, filing_lag_days: 1 },
        visits: vec![MeasuredVisit {
            kind_of_place: "prison",
            place: Some("sizo_almaty"),
            needs_approval: true,
            evidence: *Evidence::ALL.last().unwrap(),
            renews: false,
            renewed: true,
            state: *VisitState::ALL.last().unwrap(),
            refusal_ground: None,
            announced: Some(yes),
            private_interview: None,
            requested: time("2024-03-06T09:00Z"),
            approved: None,
            answered: None,
            carried_out: None,
            ended: None,
        }],
    }
}

/// That case, as version 1 of the form has it.
const PACKED: &str = "\
    00000000000000000000000000000007026b7a0e4575726f70652f4265726c696e94b50209066c657474657207617272\
    657374056162616907707269736f6e0007706f6c6963650b70726f73656375746f720766656d616c650631385f323401\
    010285f6d56cc1a9d86c8384d86c000000000000000000000001020001020000000000000182ded86c04020106746872\
    6561740103010303010761706f6c6f6779010b6578747261646974696f6e020203010973656c665f6861726d02ac0205\
    040302010106707269736f6e0c73697a6f5f616c6d617479010300010700010200e0d9d96c00000000";

#[test]
fn the_form_is_the_one_that_databases_hold() {
    // Whoever has to change this text raises FORMAT, or databases keep rows that are read wrongly.
    let packed = data_encoding::HEXLOWER.encode(&pack(&a_full_case()));
    assert_eq!((FORMAT, packed.as_str()), (1, PACKED));
}

#[test]
fn damaged_bytes_are_refused_and_break_nothing() {
    let packed = pack(&a_full_case());
    assert!((0..packed.len()).all(|length| unpack(&packed[..length]).is_none()), "cut short");
    let mut longer = packed.clone();
    longer.push(0);
    assert!(unpack(&longer).is_none());
    for place in 0..packed.len() {
        for byte in [0, 0x7f, 0xff] {
            let mut damaged = packed.clone();
            damaged[place] = byte;
            let _ = unpack(&damaged);
        }
    }
}

proptest! {
    #[test]
    fn what_is_packed_is_read_back(case in any_case()) {
        let packed = pack(&case);
        prop_assert_eq!(unpack_matter(&packed), Some(Matter::of(&case)));
        prop_assert_eq!(unpack(&packed), Some(case));
    }

    #[test]
    fn no_bytes_break_the_reading(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = unpack(&bytes);
        let _ = unpack_matter(&bytes);
    }
}
