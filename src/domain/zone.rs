//! The time zone of a case, in which its days begin and end.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

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
