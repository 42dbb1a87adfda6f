//! Which of two times comes first, as far as they are known.

use std::cmp::Ordering;

use chrono::NaiveDate;

use super::time::PartialTime;
use super::zone::Zone;

impl PartialTime {
    /// Whether its earliest instant lies before that of the other. Where days tell it, the zone is not
    /// asked: a look into it costs a hundred times as much.
    #[must_use]
    pub fn begins_before(self, other: Self, zone: Zone) -> bool {
        match (self, other) {
            (Self::Day(day), Self::Day(other)) => day < other,
            _ => order_of_days(self.rough_days().0, other.rough_days().0)
                .map_or_else(|| self.earliest(zone) < other.earliest(zone), Ordering::is_lt),
        }
    }

    /// Whether it lies before the other whatever the two may mean in detail. This is a strict
    /// partial order (an interval order, Fishburn 1970): times that overlap are in neither order.
    #[must_use]
    pub fn is_surely_before(self, other: Self, zone: Zone) -> bool {
        match (self, other) {
            (Self::Day(day), Self::Day(other)) => day < other,
            _ => order_of_days(self.rough_days().1, other.rough_days().0)
                .map_or_else(|| self.end(zone) <= other.earliest(zone), Ordering::is_lt),
        }
    }

    /// The first and the last calendar day that it can mean; that of a minute in UTC, which is the day here or a
    /// neighbour of it.
    fn rough_days(self) -> (NaiveDate, NaiveDate) {
        match self {
            Self::Minute(instant) => (instant.date_naive(), instant.date_naive()),
            Self::Day(day) => (day, day),
            Self::Month(month) => (month.first_day(), month.last_day()),
        }
    }
}

/// The order of two days, of which one may be a day in UTC and the other a day in some zone; none where they lie so
/// close that the zone decides. No zone is a whole day away from UTC, so that two days apart keep their order.
fn order_of_days(day: NaiveDate, other: NaiveDate) -> Option<Ordering> {
    let days = day.to_epoch_days() - other.to_epoch_days();
    (days.abs() > 1).then(|| days.cmp(&0))
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::time::Month;
    use crate::domain::time::tests::any_time;

    #[test]
    fn a_day_that_a_zone_left_out_still_lies_between_its_neighbours() {
        let apia = Zone::named("Pacific/Apia").unwrap();
        let day = |text| PartialTime::parse(text, apia).unwrap();
        assert!(day("2011-12-29").is_surely_before(day("2011-12-31"), apia));
        for text in ["2011-12-29", "2011-12-30", "2011-12-31"] {
            assert!(day(text).earliest(apia) < day(text).end(apia), "{text}");
        }
    }

    /// The usual one, the farthest from UTC on either side, two that once left out a day, and one whose clocks went
    /// forward at midnight.
    const ZONES_OF_MARK: [&str; 6] = [
        "Asia/Almaty",
        "Pacific/Kiritimati",
        "Pacific/Pago_Pago",
        "Pacific/Apia",
        "Pacific/Kwajalein",
        "America/Sao_Paulo",
    ];

    proptest! {
        #[test]
        fn times_compare_as_their_instants_do(a in any_time(), b in any_time(), near in -4000i64..4000, zone in 0usize..6) {
            let zone = Zone::named(ZONES_OF_MARK[zone]).unwrap();
            let close = match a.earliest(zone) + TimeDelta::minutes(near) {
                instant if near % 3 == 0 => PartialTime::Day(zone.date_of(instant)),
                instant if near % 3 == 1 => PartialTime::Month(Month::of(zone.date_of(instant))),
                instant => PartialTime::minute(instant),
            };
            for (a, b) in [(a, b), (a, close), (close, a)] {
                prop_assert_eq!(a.begins_before(b, zone), a.earliest(zone) < b.earliest(zone));
                prop_assert_eq!(a.is_surely_before(b, zone), a.end(zone) <= b.earliest(zone));
            }
        }

        #[test]
        fn days_compare_as_their_instants_do(a in 0i32..20_000, b in -2i32..3, zone in 0usize..6) {
            let zone = Zone::named(ZONES_OF_MARK[zone]).unwrap();
            let day = |n| PartialTime::Day(NaiveDate::from_epoch_days(n).unwrap());
            let (a, b) = (day(a), day(a + b));
            prop_assert_eq!(a.begins_before(b, zone), a.earliest(zone) < b.earliest(zone));
            prop_assert_eq!(a.is_surely_before(b, zone), a.end(zone) <= b.earliest(zone));
        }

        #[test]
        fn surely_before_is_a_strict_partial_order(a in any_time(), b in any_time(), c in any_time()) {
            let zone = Zone::default();
            prop_assert!(!a.is_surely_before(a, zone));
            prop_assert!(!(a.is_surely_before(b, zone) && b.is_surely_before(a, zone)));
            if a.is_surely_before(b, zone) && b.is_surely_before(c, zone) {
                prop_assert!(a.is_surely_before(c, zone));
            }
        }
    }
}
