//! Whatever is done to a log, the chain finds it, and names the first record that does not fit.

use aiqyn::audit::chain::{Broken, Fault, StoredRecord, Unreadable, Verifier, canonical, verify};
use aiqyn::audit::{AuditEntry, AuditRecord, Verified};
use proptest::prelude::*;

use super::invented_log::{entries, forge_from, logs, number, stored_hash};

/// One field of a record, changed to what another record has in it.
fn change(entry: &mut AuditEntry, other: AuditEntry, field: u8) {
    match field {
        0 => entry.recorded_at = other.recorded_at,
        1 => entry.actor = other.actor,
        2 => entry.organisation = other.organisation,
        3 => entry.action = other.action,
        4 => entry.outcome = other.outcome,
        5 => entry.subject = other.subject,
        6 => entry.purpose = other.purpose,
        _ => entry.details = other.details,
    }
}

fn broken(sequence: i64, fault: Fault) -> Result<Verified, Broken> {
    Err(Broken { sequence, fault })
}

fn read(log: &[StoredRecord], signed: &StoredRecord) -> Result<Verified, Broken> {
    let mut verifier = Verifier::against([(signed.sequence, stored_hash(signed))]);
    log.iter().try_for_each(|record| verifier.read(record))?;
    verifier.finish()
}

proptest! {
    #[test]
    fn a_whole_log_is_found_whole((log, signed) in logs(1)) {
        let verified = verify(&log).unwrap();
        prop_assert_eq!(verified.records, number(log.len() - 1));
        prop_assert_eq!(verified.last_hash, stored_hash(&log[log.len() - 1]));
        prop_assert_eq!(read(&log, &log[signed]).map(|verified| verified.vouched_until), Ok(number(signed)));
    }

    #[test]
    fn no_two_records_have_one_canonical_form(one in entries(), other in entries(), field in 0_u8..8, number in 1_i64..9) {
        let mut changed = one.clone();
        change(&mut changed, other, field);
        let differs = one != changed;
        let (one, changed) = (AuditRecord { sequence: number, entry: one }, AuditRecord { sequence: number, entry: changed });
        prop_assert_eq!(canonical(&one) != canonical(&changed), differs);
        prop_assert_ne!(canonical(&one), canonical(&AuditRecord { sequence: number + 1, ..one.clone() }));
    }

    #[test]
    fn a_changed_field_names_its_record((mut log, place) in logs(1), other in entries(), field in 0_u8..8) {
        let record = log[place].record.as_mut().unwrap();
        let before = record.entry.clone();
        change(&mut record.entry, other, field);
        prop_assume!(record.entry != before);
        prop_assert_eq!(verify(&log), broken(number(place), Fault::Content));
    }

    #[test]
    fn a_changed_bit_of_a_hash_names_its_record((log, place) in logs(1), bit in 0_usize..256) {
        let flip = |hash: &mut Vec<u8>| hash[bit / 8] ^= 1 << (bit % 8);
        let mut changed = log.clone();
        flip(&mut changed[place].hash);
        prop_assert_eq!(verify(&changed), broken(number(place), Fault::Content));
        let mut changed = log;
        flip(&mut changed[place].previous_hash);
        prop_assert_eq!(verify(&changed), broken(number(place), Fault::PreviousHash));
    }

    #[test]
    fn a_column_that_says_nothing_names_its_record((mut log, place) in logs(1)) {
        log[place].record = Err(Unreadable("action"));
        prop_assert_eq!(verify(&log), broken(number(place), Fault::Unreadable(Unreadable("action"))));
    }

    #[test]
    fn a_changed_record_with_a_hash_that_fits_betrays_the_next((mut log, place) in logs(2), other in entries()) {
        prop_assume!(place + 1 < log.len());
        log[place].record.as_mut().unwrap().entry = other;
        let (signed, after) = (log.clone(), log[place + 1].clone());
        forge_from(&mut log[..=place], place);
        prop_assume!(stored_hash(&log[place]) != stored_hash(&signed[place]));
        prop_assert_eq!(verify(&log), broken(after.sequence, Fault::PreviousHash));
    }

    #[test]
    fn a_record_taken_out_is_named((mut log, place) in logs(2)) {
        log.remove(place);
        let at_the_end = place == log.len();
        let records = number(place) - 1;
        if at_the_end {
            // Nothing after it misses it: that is what checkpoints are for.
            prop_assert_eq!(verify(&log).map(|verified| verified.records), Ok(records));
        } else {
            prop_assert_eq!(verify(&log), broken(number(place), Fault::Missing));
        }
    }

    #[test]
    fn a_record_taken_out_is_named_where_the_numbers_were_mended((mut log, place) in logs(2)) {
        log.remove(place);
        prop_assume!(place < log.len());
        for (sequence, stored) in (1..).zip(&mut log) {
            stored.sequence = sequence;
            stored.record.as_mut().unwrap().sequence = sequence;
        }
        prop_assert_eq!(verify(&log), broken(number(place), Fault::PreviousHash));
    }

    #[test]
    fn a_record_put_in_is_named((log, place) in logs(1), entry in entries()) {
        let mut put_in = log[place].clone();
        put_in.record.as_mut().unwrap().entry = entry;
        let mut twice = log.clone();
        twice.insert(place + 1, put_in);
        // Beside the one whose number it has: that number comes again.
        prop_assert_eq!(verify(&twice), broken(number(place), Fault::Repeated));
        // In its place, with good hashes, and the others moved on by one.
        let mut moved = twice;
        moved.swap(place, place + 1);
        forge_from(&mut moved[..=place], place);
        for (sequence, stored) in (1..).zip(&mut moved) {
            stored.sequence = sequence;
            stored.record.as_mut().unwrap().sequence = sequence;
        }
        prop_assume!(stored_hash(&moved[place]) != stored_hash(&log[place]));
        prop_assert_eq!(verify(&moved), broken(number(place) + 1, Fault::PreviousHash));
    }

    #[test]
    fn two_records_that_changed_places_name_the_first((mut log, place) in logs(2), other in 0_usize..12) {
        let other = other % log.len();
        prop_assume!(place != other);
        let first = place.min(other);
        log.swap(place, other);
        prop_assert_eq!(verify(&log), broken(number(first), Fault::Missing));
        for (sequence, stored) in (1..).zip(&mut log) {
            stored.sequence = sequence;
            stored.record.as_mut().unwrap().sequence = sequence;
        }
        prop_assert_eq!(verify(&log), broken(number(first), Fault::PreviousHash));
    }

    #[test]
    fn a_log_cut_off_before_a_checkpoint_is_found((log, place) in logs(2), left in 0_usize..12) {
        let left = left % log.len();
        prop_assume!(left <= place);
        let fault = Fault::CutOff { until: number(place) };
        prop_assert_eq!(read(&log[..left], &log[place]), broken(number(left), fault));
    }

    #[test]
    fn a_log_made_anew_is_found_at_the_checkpoint((log, place) in logs(2), from in 0_usize..12, entry in entries()) {
        let from = from % log.len();
        prop_assume!(from <= place);
        let mut anew = log.clone();
        anew[from].record.as_mut().unwrap().entry = entry;
        forge_from(&mut anew, from);
        prop_assume!(stored_hash(&anew[from]) != stored_hash(&log[from]));
        prop_assert!(verify(&anew).is_ok(), "the forger knows how to make hashes");
        prop_assert_eq!(read(&anew, &log[place]), broken(number(place), Fault::NotAsSigned { vouched_until: 0 }));
    }
}
