//! The delay between two times. A day set against a minute gives no false precision: a delay is as
//! coarse as the coarser of its two ends.

use chrono::{Datelike, NaiveDate};

use super::time::{PartialTime, Precision, Zone};

/// Minutes of a day of a delay, which has no daylight saving.
pub const MINUTES_A_DAY: i64 = 24 * 60;

/// How long it took from one time to another, as precisely as the two allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delay {
    shortest: i64,
    longest: i64,
    precision: Precision,
}

impl Delay {
    /// The delay between two times; `None` where the second surely lies before the first.
    ///
    /// Minute against minute: exact minutes. Otherwise whole calendar days, day against day (the
    /// usual count: from the 4th to the 6th are two days); with a month on either side, every
    /// number of days from the shortest that fits to the longest.
    #[must_use]
    pub fn between(from: PartialTime, to: PartialTime, zone: Zone) -> Option<Self> {
        if let (PartialTime::Minute(start), PartialTime::Minute(end)) = (from, to) {
            let minutes = (end - start).num_minutes();
            return (minutes >= 0).then_some(Self {
                shortest: minutes,
                longest: minutes,
                precision: Precision::Minute,
            });
        }
        let days = |a: NaiveDate, b: NaiveDate| i64::from(b.num_days_from_ce() - a.num_days_from_ce()) * MINUTES_A_DAY;
        if let (PartialTime::Day(start), PartialTime::Day(end)) = (from, to) {
            let between = days(start, end);
            return (between >= 0).then_some(Self { shortest: between, longest: between, precision: Precision::Day });
        }
        // One look into the zone for a minute, not two: it costs more than all the rest.
        let days_of = |time: PartialTime| match time {
            PartialTime::Minute(instant) => [zone.date_of(instant); 2],
            PartialTime::Day(_) | PartialTime::Month(_) => [time.first_day(zone), time.last_day(zone)],
        };
        let ([first_start, last_start], [first_end, last_end]) = (days_of(from), days_of(to));
        let longest = days(first_start, last_end);
        let shortest = days(last_start, first_end).max(0);
        let precision = from.precision().max(to.precision());
        (longest >= 0).then_some(Self { shortest, longest, precision })
    }

    /// The precision of the coarser end.
    #[must_use]
    pub fn precision(self) -> Precision {
        self.precision
    }

    /// The shortest it can have been, in days.
    #[must_use]
    pub fn shortest_days(self) -> f64 {
        in_days(self.shortest)
    }

    /// The longest it can have been, in days.
    #[must_use]
    pub fn longest_days(self) -> f64 {
        in_days(self.longest)
    }

    /// The figure for statistics, in days: a fraction where both ends are known to the minute,
    /// else a whole number of days, with months the middle of the bounds, rounded down.
    #[must_use]
    pub fn days(self) -> f64 {
        in_days(self.minutes())
    }

    /// The same figure in minutes: 0 or more.
    #[must_use]
    pub fn minutes(self) -> i64 {
        match self.precision {
            Precision::Minute | Precision::Day => self.shortest,
            Precision::Month => i64::midpoint(self.shortest, self.longest) / MINUTES_A_DAY * MINUTES_A_DAY,
        }
    }

    /// The shortest and the longest that it can have been, in minutes: 0 or more.
    #[must_use]
    pub fn bounds_in_minutes(self) -> (i64, i64) {
        (self.shortest, self.longest)
    }

    /// Whether it kept within a number of hours. Where days are all that is known, a day begun
    /// counts in the authority's favour.
    #[must_use]
    pub fn is_within_hours(self, hours: i32) -> bool {
        let minutes = i64::from(hours) * 60;
        match self.precision {
            Precision::Minute => self.shortest <= minutes,
            Precision::Day | Precision::Month => {
                self.shortest <= (minutes + MINUTES_A_DAY - 1) / MINUTES_A_DAY * MINUTES_A_DAY
            }
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "minutes between 1900 and 2200 fit 53 bits")]
fn in_days(minutes: i64) -> f64 {
    minutes as f64 / MINUTES_A_DAY as f64
}

#[cfg(test)]
mod tests {
    use chrono::{Days, NaiveTime, TimeDelta, TimeZone, Utc};
    use proptest::prelude::*;

    use super::*;
    use crate::domain::time::Month;

    fn time(text: &str) -> PartialTime {
        PartialTime::parse(text, Zone::default()).unwrap()
    }

    fn delay(from: &str, to: &str) -> Option<Delay> {
        Delay::between(time(from), time(to), Zone::default())
    }

    #[test]
    fn a_day_against_a_minute_gives_whole_days() {
        let waited = delay("2024-03-04", "2024-03-06T23:50").unwrap();
        assert_eq!((waited.days(), waited.precision()), (2.0, Precision::Day));
        assert_eq!(delay("2024-03-04T15:20", "2024-03-04").unwrap().days(), 0.0);
    }

    #[test]
    fn minutes_give_the_fraction_of_a_day() {
        assert_eq!(delay("2024-03-04T12:00", "2024-03-05T18:00").unwrap().days(), 1.25);
        // The clocks of Almaty were set back by an hour on this night: the wait was 25 hours.
        assert_eq!(delay("2024-02-29T12:00", "2024-03-01T12:00").unwrap().days(), 25.0 / 24.0);
    }

    #[test]
    fn a_month_gives_bounds() {
        let waited = delay("2024-03", "2024-04-10").unwrap();
        assert_eq!((waited.shortest_days(), waited.longest_days()), (10.0, 40.0));
        assert_eq!(waited.days(), 25.0);
        assert_eq!(waited.precision(), Precision::Month);
        assert_eq!(delay("2024-03", "2024-03").unwrap().shortest_days(), 0.0);
    }

    #[test]
    fn there_is_no_delay_back_in_time() {
        assert_eq!(delay("2024-03-04", "2024-03-03"), None);
        assert_eq!(delay("2024-03-04T15:20", "2024-03-04T15:19"), None);
        assert_eq!(delay("2024-03", "2024-02-28"), None);
    }

    #[test]
    fn a_deadline_in_hours_counts_a_day_begun_where_only_days_are_known() {
        assert!(delay("2024-03-04", "2024-03-05").unwrap().is_within_hours(3));
        assert!(!delay("2024-03-04", "2024-03-06").unwrap().is_within_hours(24));
        assert!(delay("2024-03-04T10:00", "2024-03-04T13:00").unwrap().is_within_hours(3));
        assert!(!delay("2024-03-04T10:00", "2024-03-04T13:01").unwrap().is_within_hours(3));
    }

    fn any_time() -> impl Strategy<Value = PartialTime> {
        let day = (0i32..3650)
            .prop_map(|n| NaiveDate::from_ymd_opt(2018, 1, 1).unwrap() + Days::new(u64::try_from(n).unwrap()));
        prop_oneof![
            (day.clone(), 0i64..1440).prop_map(|(day, minute)| PartialTime::minute(
                Utc.from_utc_datetime(&day.and_time(NaiveTime::MIN)) + TimeDelta::minutes(minute)
            )),
            day.clone().prop_map(PartialTime::Day),
            day.prop_map(|day| PartialTime::Month(Month::of(day))),
        ]
    }

    proptest! {
        #[test]
        fn a_delay_lies_within_its_bounds_and_exists_unless_the_order_is_reversed(a in any_time(), b in any_time()) {
            let zone = Zone::default();
            match Delay::between(a, b, zone) {
                Some(delay) => {
                    prop_assert!(delay.shortest_days() <= delay.days() && delay.days() <= delay.longest_days());
                    prop_assert_eq!(delay.precision(), a.precision().max(b.precision()));
                }
                None => prop_assert!(b.earliest(zone) < a.earliest(zone)),
            }
        }
    }
}
