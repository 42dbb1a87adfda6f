//! Partial times as one integer, for the milestone columns: four times the minutes since
//! 1970-01-01T00:00 plus the precision (0 minute, 1 day, 2 month). Minutes count in UTC for a time
//! known to the minute; a day or a month stands at its first local midnight, read as if it were UTC.
//! So stamps sort nearly as the times do, and a day is a day whatever becomes of the time zone.

use chrono::{DateTime, NaiveDate, NaiveTime};

use crate::domain::time::{Month, PartialTime};

const MINUTES_A_DAY: i64 = 24 * 60;

/// Packs a time.
pub fn stamp(time: PartialTime) -> i64 {
    match time {
        PartialTime::Minute(instant) => instant.timestamp().div_euclid(60) * 4,
        PartialTime::Day(day) => day_minutes(day) * 4 + 1,
        PartialTime::Month(month) => day_minutes(month.first_day()) * 4 + 2,
    }
}

/// Unpacks a time; `None` for what [`stamp`] never makes.
pub fn unstamp(stamp: i64) -> Option<PartialTime> {
    let minutes = stamp.div_euclid(4);
    let day = || day_of_number(minutes.div_euclid(MINUTES_A_DAY));
    match stamp.rem_euclid(4) {
        0 => DateTime::from_timestamp(minutes.checked_mul(60)?, 0).map(PartialTime::Minute),
        1 => day().map(PartialTime::Day),
        2 => day().map(|day| PartialTime::Month(Month::of(day))),
        _ => None,
    }
}

fn day_minutes(day: NaiveDate) -> i64 {
    day.and_time(NaiveTime::MIN).and_utc().timestamp().div_euclid(60)
}

/// A day as the number of days since 1970-01-01.
pub fn day_number(day: NaiveDate) -> i32 {
    day.to_epoch_days()
}

fn day_of_number(number: i64) -> Option<NaiveDate> {
    i32::try_from(number).ok().and_then(NaiveDate::from_epoch_days)
}

/// The day of a number of days since 1970-01-01.
pub fn numbered_day(number: i32) -> Option<NaiveDate> {
    day_of_number(i64::from(number))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::time::Zone;

    #[test]
    fn every_kind_of_time_is_unpacked_as_it_was_packed() {
        for text in
            ["1969-12-31", "1900-01", "2024-03", "2024-02-29", "2024-03-04T15:20", "1950-06-01T00:00Z", "2200-12-31"]
        {
            let time = PartialTime::parse(text, Zone::default()).unwrap();
            assert_eq!(unstamp(stamp(time)), Some(time), "{text}");
        }
        assert_eq!(
            numbered_day(day_number(NaiveDate::from_ymd_opt(2024, 2, 29).unwrap())),
            NaiveDate::from_ymd_opt(2024, 2, 29)
        );
        assert_eq!(day_number(NaiveDate::from_ymd_opt(1970, 1, 1).unwrap()), 0);
    }

    proptest! {
        #[test]
        fn no_number_makes_it_panic(number in any::<i64>()) {
            if let Some(time) = unstamp(number) {
                prop_assert!(time.precision() >= crate::domain::time::Precision::Minute);
            }
        }
    }
}
