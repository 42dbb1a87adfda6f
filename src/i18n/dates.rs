//! Days and times as people write them, as precisely as they are known and no more so.

use chrono::{Datelike, NaiveDate};

use super::{Language, text};
use crate::domain::time::{PartialTime, Zone};

/// A calendar day: `4 March 2024`.
#[must_use]
pub fn day(language: Language, day: NaiveDate) -> String {
    let args = [("day", day.day().into()), ("month", day.month().into()), ("year", day.year().into())];
    text(language, "date-day", &args)
}

/// A calendar day in digits: `15.11.2026` in Kazakh and Russian; ISO 8601 in English, where the order of day and month
/// would be in doubt.
#[must_use]
pub fn short_day(language: Language, day: NaiveDate) -> String {
    match language {
        Language::En => day.format("%Y-%m-%d").to_string(),
        Language::Kk | Language::Ru => day.format("%d.%m.%Y").to_string(),
    }
}

/// A time, by the wall clock of a zone: `4 March 2024, 15:20`, `4 March 2024` or `March 2024`.
#[must_use]
pub fn time(language: Language, time: PartialTime, zone: Zone) -> String {
    match time {
        PartialTime::Month(month) => {
            let first = month.first_day();
            text(language, "date-month", &[("month", first.month().into()), ("year", first.year().into())])
        }
        PartialTime::Day(date) => day(language, date),
        PartialTime::Minute(instant) => {
            let shown = zone.show(instant);
            let clock = shown.get(11..16).unwrap_or(&shown);
            let date = day(language, zone.date_of(instant));
            text(language, "date-minute", &[("date", date.into()), ("clock", clock.into())])
        }
    }
}

/// The same, naming the zone where a clock is read: for answers to programs, which may have sent
/// the time in another one.
#[must_use]
pub fn time_in_zone(language: Language, moment: PartialTime, zone: Zone) -> String {
    let shown = time(language, moment, zone);
    if matches!(moment, PartialTime::Minute(_)) { format!("{shown}, {}", zone.name()) } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(language: Language, text: &str) -> String {
        let zone = Zone::default();
        time_in_zone(language, PartialTime::parse(text, zone).unwrap(), zone)
    }

    #[test]
    fn a_time_is_shown_by_the_clock_of_the_case() {
        assert_eq!(shown(Language::En, "2024-03-04T10:20Z"), "4 March 2024, 15:20, Asia/Almaty");
        assert_eq!(shown(Language::Ru, "2024-03-04T20:20Z"), "5 марта 2024 года, 01:20, Asia/Almaty");
        assert_eq!(shown(Language::Kk, "2024-03-04T10:20Z"), "2024 жылғы 4 наурыз, 15:20, Asia/Almaty");
    }

    #[test]
    fn a_time_is_shown_no_more_precisely_than_it_is_known() {
        assert_eq!(shown(Language::Ru, "2024-05-09"), "9 мая 2024 года");
        assert_eq!(shown(Language::Ru, "2024-05"), "май 2024 года");
        assert_eq!(shown(Language::Kk, "2024-12"), "2024 жылғы желтоқсан");
        assert_eq!(shown(Language::En, "2024-12"), "December 2024");
    }
}
