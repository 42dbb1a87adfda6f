//! When something happened, as precisely as it is known.
//!
//! "In March", "on the 4th" and "on the 4th at 15:20" are three different statements.

use std::fmt;
use std::ops::RangeInclusive;

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveDateTime, TimeDelta, Timelike, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

pub use super::delay::Delay;
pub use super::zone::Zone;

const YEARS: RangeInclusive<i32> = 1900..=2200;

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
        // The stored form names its offset, so the zone plays no part.
        let text = String::deserialize(deserializer)?;
        Self::parse(&text, Zone::default()).map_err(de::Error::custom)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use chrono::{NaiveTime, TimeZone};
    use proptest::prelude::*;

    use super::*;

    fn time(text: &str) -> PartialTime {
        PartialTime::parse(text, Zone::default()).unwrap()
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

    pub fn any_time() -> impl Strategy<Value = PartialTime> {
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
    }
}
