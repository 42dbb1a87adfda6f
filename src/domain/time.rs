//! When something happened, as precisely as it is known, and the delay between two such times.
//!
//! "In March", "on the 4th" and "on the 4th at 15:20" are three different statements. A day set
//! against a minute gives no false precision: a delay is as coarse as the coarser of its two ends.

use std::fmt;
use std::ops::RangeInclusive;

use chrono::{
    DateTime, Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Timelike, Utc,
};
use chrono_tz::Tz;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

const MINUTES_A_DAY: i64 = 24 * 60;

const YEARS: RangeInclusive<i32> = 1900..=2200;

/// The time zone in which a case's days begin and end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone(Tz);

impl Default for Zone {
    fn default() -> Self {
        Self(Tz::Asia__Almaty)
    }
}

impl Zone {
    /// Looks a zone up by its name in the tz database, for instance `Asia/Almaty`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        name.parse().ok().map(Self)
    }

    /// The name in the tz database.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The calendar day on which an instant falls here.
    #[must_use]
    pub fn date_of(self, instant: DateTime<Utc>) -> NaiveDate {
        instant.with_timezone(&self.0).date_naive()
    }

    /// The first instant of a calendar day here.
    #[must_use]
    pub fn start_of(self, day: NaiveDate) -> DateTime<Utc> {
        let midnight = day.and_time(NaiveTime::MIN);
        // Where the clocks go forward over midnight, the day begins with the first minute that exists.
        (0..4 * 60)
            .find_map(|minute| self.0.from_local_datetime(&(midnight + TimeDelta::minutes(minute))).earliest())
            .map_or_else(|| Utc.from_utc_datetime(&midnight), |instant| instant.with_timezone(&Utc))
    }

    /// The instant of a wall-clock time here; the earlier one where the clocks go back over it.
    #[must_use]
    pub fn instant_of(self, wall_clock: NaiveDateTime) -> Option<DateTime<Utc>> {
        self.0.from_local_datetime(&wall_clock).earliest().map(|instant| instant.with_timezone(&Utc))
    }

    /// An instant as a wall-clock time here with its offset, `2024-03-04T15:20+06:00`.
    #[must_use]
    pub fn show(self, instant: DateTime<Utc>) -> String {
        instant.with_timezone(&self.0).format("%Y-%m-%dT%H:%M%:z").to_string()
    }
}

/// How precisely a time is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// To the minute.
    Minute,
    /// To the calendar day of the case's time zone.
    Day,
    /// To the calendar month of the case's time zone.
    Month,
}

/// A calendar month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    first_day: NaiveDate,
}

impl Month {
    /// The month of a year; `None` where there is none.
    #[must_use]
    pub fn new(year: i32, month: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, 1).map(|first_day| Self { first_day })
    }

    /// The month that a day lies in.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
        Self { first_day: day.with_day(1).unwrap_or(day) }
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        self.first_day
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        (self.first_day + Months::new(1)) - Days::new(1)
    }
}

/// A time known to the minute, the day or the month.
///
/// Years run from 1900 to 2200, so that no arithmetic on it can overflow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartialTime {
    /// An instant, to the minute.
    Minute(DateTime<Utc>),
    /// A calendar day in the case's time zone.
    Day(NaiveDate),
    /// A calendar month in the case's time zone.
    Month(Month),
}

/// Why a text is no time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotATime {
    /// None of the three forms.
    #[error("a time is 2024-03, 2024-03-04 or 2024-03-04T15:20")]
    Unreadable,
    /// The clocks went forward over it.
    #[error("the clocks went forward over this time")]
    Skipped,
    /// Outside 1900 to 2200.
    #[error("the year lies outside 1900 to 2200")]
    OutOfRange,
}

impl PartialTime {
    /// An instant, cut to its minute.
    #[must_use]
    pub fn minute(instant: DateTime<Utc>) -> Self {
        Self::Minute(instant.with_second(0).and_then(|i| i.with_nanosecond(0)).unwrap_or(instant))
    }

    /// Reads `2024-03`, `2024-03-04`, `2024-03-04T15:20` (wall clock of `zone`) or
    /// `2024-03-04T15:20+05:00`; seconds are read and cut, a blank may stand for the `T`.
    ///
    /// # Errors
    /// Says which rule the text breaks.
    pub fn parse(text: &str, zone: Zone) -> Result<Self, NotATime> {
        let text = text.trim();
        let time = match text.len() {
            7 => Self::parse_month(text)?,
            10 => Self::Day(parse_day(text)?),
            _ => Self::parse_minute(text, zone)?,
        };
        time.within_bounds()
    }

    /// The bounds hold for the stored form, in UTC: what is read in one zone is read back in any.
    fn within_bounds(self) -> Result<Self, NotATime> {
        let year = match self {
            Self::Minute(instant) => instant.year(),
            Self::Day(day) => day.year(),
            Self::Month(month) => month.first_day().year(),
        };
        if YEARS.contains(&year) { Ok(self) } else { Err(NotATime::OutOfRange) }
    }

    fn parse_month(text: &str) -> Result<Self, NotATime> {
        let day = parse_day(&format!("{text}-01"))?;
        Ok(Self::Month(Month::of(day)))
    }

    fn parse_minute(text: &str, zone: Zone) -> Result<Self, NotATime> {
        if !text.is_ascii() || text.len() < 16 {
            return Err(NotATime::Unreadable);
        }
        let text = text.replacen(' ', "T", 1);
        for form in ["%Y-%m-%dT%H:%M%#z", "%Y-%m-%dT%H:%M:%S%.f%#z"] {
            if let Ok(instant) = DateTime::parse_from_str(&text, form) {
                return Ok(Self::minute(instant.with_timezone(&Utc)));
            }
        }
        for form in ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S%.f"] {
            if let Ok(wall_clock) = NaiveDateTime::parse_from_str(&text, form) {
                // No zone can be asked about the ends of the calendar.
                if !YEARS.contains(&wall_clock.year()) {
                    return Err(NotATime::OutOfRange);
                }
                return zone.instant_of(wall_clock).map(Self::minute).ok_or(NotATime::Skipped);
            }
        }
        Err(NotATime::Unreadable)
    }

    /// How precisely it is known.
    #[must_use]
    pub fn precision(self) -> Precision {
        match self {
            Self::Minute(_) => Precision::Minute,
            Self::Day(_) => Precision::Day,
            Self::Month(_) => Precision::Month,
        }
    }

    /// The earliest instant that it can mean.
    #[must_use]
    pub fn earliest(self, zone: Zone) -> DateTime<Utc> {
        match self {
            Self::Minute(instant) => instant,
            Self::Day(day) => zone.start_of(day),
            Self::Month(month) => zone.start_of(month.first_day()),
        }
    }

    /// Whether its earliest instant lies before that of the other. Days are compared as days: a look
    /// into the zone costs a hundred times as much.
    #[must_use]
    pub fn begins_before(self, other: Self, zone: Zone) -> bool {
        match (self, other) {
            (Self::Day(day), Self::Day(other)) => day < other,
            _ => self.earliest(zone) < other.earliest(zone),
        }
    }

    /// The first instant after everything that it can mean.
    #[must_use]
    pub fn end(self, zone: Zone) -> DateTime<Utc> {
        match self {
            Self::Minute(instant) => instant + TimeDelta::minutes(1),
            Self::Day(day) => zone.start_of(day + Days::new(1)),
            Self::Month(month) => zone.start_of(month.last_day() + Days::new(1)),
        }
    }

    /// The first calendar day that it can mean.
    #[must_use]
    pub fn first_day(self, zone: Zone) -> NaiveDate {
        match self {
            Self::Minute(instant) => zone.date_of(instant),
            Self::Day(day) => day,
            Self::Month(month) => month.first_day(),
        }
    }

    /// The last calendar day that it can mean.
    #[must_use]
    pub fn last_day(self, zone: Zone) -> NaiveDate {
        match self {
            Self::Minute(instant) => zone.date_of(instant),
            Self::Day(day) => day,
            Self::Month(month) => month.last_day(),
        }
    }

    /// Whether it lies before the other whatever the two may mean in detail. This is a strict
    /// partial order (an interval order, Fishburn 1970): times that overlap are in neither order.
    #[must_use]
    pub fn is_surely_before(self, other: Self, zone: Zone) -> bool {
        match (self, other) {
            (Self::Day(day), Self::Day(other)) => day < other,
            _ => self.end(zone) <= other.earliest(zone),
        }
    }

    /// Shows it in a zone: `2024-03`, `2024-03-04` or `2024-03-04T15:20+06:00`.
    #[must_use]
    pub fn show(self, zone: Zone) -> String {
        match self {
            Self::Minute(instant) => zone.show(instant),
            other => other.to_string(),
        }
    }
}

fn parse_day(text: &str) -> Result<NaiveDate, NotATime> {
    // chrono accepts signs and single digits; a date has ten characters of a fixed form.
    let fixed = text.bytes().enumerate().all(|(place, byte)| match place {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    if !fixed || text.len() != 10 {
        return Err(NotATime::Unreadable);
    }
    NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| NotATime::Unreadable)
}

impl fmt::Display for PartialTime {
    /// The form that is stored: minutes in UTC with a `Z`, days and months as they are.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Minute(instant) => write!(f, "{}", instant.format("%Y-%m-%dT%H:%MZ")),
            Self::Day(day) => write!(f, "{}", day.format("%Y-%m-%d")),
            Self::Month(month) => write!(f, "{}", month.first_day().format("%Y-%m")),
        }
    }
}

impl Serialize for PartialTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // The stored form names its offset, so the zone given here plays no part.
        let text = String::deserialize(deserializer)?;
        Self::parse(&text, Zone(Tz::UTC)).map_err(de::Error::custom)
    }
}

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
        let days = |a: NaiveDate, b: NaiveDate| (b - a).num_days() * MINUTES_A_DAY;
        let longest = days(from.first_day(zone), to.last_day(zone));
        let shortest = days(from.last_day(zone), to.first_day(zone)).max(0);
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
        match self.precision {
            Precision::Minute | Precision::Day => in_days(self.shortest),
            Precision::Month => in_days(i64::midpoint(self.shortest, self.longest)).floor(),
        }
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
    use proptest::prelude::*;

    use super::*;

    fn time(text: &str) -> PartialTime {
        PartialTime::parse(text, Zone::default()).unwrap()
    }

    fn delay(from: &str, to: &str) -> Option<Delay> {
        Delay::between(time(from), time(to), Zone::default())
    }

    #[test]
    fn a_wall_clock_time_is_read_in_the_zone_of_the_case() {
        // Almaty moved from UTC+6 to UTC+5 on 2024-03-01.
        assert_eq!(time("2024-02-29T15:20").to_string(), "2024-02-29T09:20Z");
        assert_eq!(time("2024-03-04T15:20").to_string(), "2024-03-04T10:20Z");
        assert_eq!(time("2024-03-04 15:20:59").to_string(), "2024-03-04T10:20Z");
        assert_eq!(time("2024-03-04T15:20+03:00").to_string(), "2024-03-04T12:20Z");
        assert_eq!(time("2024-03-04T12:20Z").show(Zone::default()), "2024-03-04T17:20+05:00");
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "2024",
            "2024-13",
            "2024-02-30",
            "04.03.2024",
            "+024-03-04",
            "2024-3-004",
            "2024-03-04T25:00",
            "двадцать-март",
            "2024-03-04T15:20:00+99:00",
        ] {
            assert_eq!(PartialTime::parse(text, Zone::default()), Err(NotATime::Unreadable), "{text}");
        }
        assert_eq!(PartialTime::parse("1899-12-31", Zone::default()), Err(NotATime::OutOfRange));
        let berlin = Zone::named("Europe/Berlin").unwrap();
        assert_eq!(PartialTime::parse("2024-03-31T02:30", berlin), Err(NotATime::Skipped));
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

    #[test]
    fn a_time_at_the_edge_of_the_years_that_is_read_is_also_read_back() {
        for zone in ["Asia/Almaty", "America/Anchorage", "Pacific/Kiritimati"].map(|name| Zone::named(name).unwrap()) {
            for text in
                ["1900-01-01T00:00", "1900-01-01T12:00", "1899-12-31T23:59", "2200-12-31T23:59", "2201-01-01T00:00"]
            {
                if let Ok(time) = PartialTime::parse(text, zone) {
                    let stored = serde_json::to_string(&time).unwrap();
                    assert_eq!(serde_json::from_str::<PartialTime>(&stored).ok(), Some(time), "{text} {zone:?}");
                }
            }
        }
    }

    #[test]
    fn years_without_end_are_refused() {
        for text in
            ["+262142-12-31T23:59", "+262142-12-31T23:59Z", "-262143-01-01T00:00", "-262143-01-01T00:00Z", "9999-12"]
        {
            for zone in ["Asia/Almaty", "America/Anchorage"].map(|name| Zone::named(name).unwrap()) {
                assert!(PartialTime::parse(text, zone).is_err(), "{text}");
            }
        }
    }

    #[test]
    fn a_day_that_a_zone_left_out_still_lies_between_its_neighbours() {
        let apia = Zone::named("Pacific/Apia").unwrap();
        let day = |text| PartialTime::parse(text, apia).unwrap();
        assert!(day("2011-12-29").is_surely_before(day("2011-12-31"), apia));
        for text in ["2011-12-29", "2011-12-30", "2011-12-31"] {
            assert!(day(text).earliest(apia) < day(text).end(apia), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_reading(text in "[-+0-9T: Zz.]{0,30}|.{0,20}") {
            let _ = PartialTime::parse(&text, Zone::default());
        }

        #[test]
        fn the_stored_form_reads_back(time in any_time()) {
            prop_assert_eq!(PartialTime::parse(&time.to_string(), Zone::default()), Ok(time));
            prop_assert_eq!(PartialTime::parse(&time.show(Zone::default()), Zone::default()), Ok(time));
        }

        #[test]
        fn days_compare_as_their_instants_do(a in 0i32..20_000, b in -2i32..3, zone in 0usize..3) {
            // Two zones that once left out a day, and one whose clocks went forward at midnight.
            let zone = Zone::named(["Pacific/Apia", "Pacific/Kwajalein", "America/Sao_Paulo"][zone]).unwrap();
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
