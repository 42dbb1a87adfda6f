//! A time as it is typed: a day, a month, a year and an hour, each left empty where it is not known.

use super::{Choice, Posted};
use crate::domain::time::{PartialTime, Zone};
use crate::i18n::{Language, text};

/// What was typed of a time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimeEntry {
    pub day: String,
    pub month: String,
    pub year: String,
    pub clock: String,
}

impl TimeEntry {
    /// What a form sent for a field.
    pub fn posted(posted: &Posted, name: &str) -> Self {
        let part = |part: &str| posted.first(&format!("{name}.{part}")).trim().to_owned();
        Self { day: part("day"), month: part("month"), year: part("year"), clock: part("clock") }
    }

    /// A time that is known, by the clock of a zone.
    pub fn of(time: PartialTime, zone: Zone) -> Self {
        let shown = time.show(zone);
        let part = |from: usize, to: usize| shown.get(from..to).unwrap_or_default().trim_start_matches('0').to_owned();
        let clock = shown.get(11..16).unwrap_or_default().to_owned();
        Self { year: part(0, 4), month: part(5, 7), day: part(8, 10), clock }
    }

    /// The text that the domain reads; empty where nothing was typed, and unreadable where the parts make no time.
    pub fn to_text(&self) -> String {
        let Self { day, month, year, clock } = self;
        if [day, month, year, clock].iter().all(|part| part.is_empty()) {
            return String::new();
        }
        let number = |part: &str, width: usize| match part.parse::<u32>() {
            Ok(number) => format!("{number:0width$}"),
            Err(_) => format!("?{part}"),
        };
        let mut text = format!("{}-{}", number(year, 4), number(month, 2));
        if !day.is_empty() || !clock.is_empty() {
            text.push('-');
            text.push_str(&number(day, 2));
        }
        if !clock.is_empty() {
            text.push('T');
            text.push_str(&clock_of(clock));
        }
        text
    }

    /// The months by name, with the chosen one.
    pub fn months(&self, language: &Language) -> Vec<Choice> {
        let month = |month: u32| Choice {
            value: month.to_string(),
            label: text(*language, "page-month", &[("month", month.into())]),
            is_chosen: self.month.parse() == Ok(month),
        };
        (1..=12).map(month).collect()
    }
}

/// `9:5`, `09.05` and `0905` are all five past nine.
fn clock_of(typed: &str) -> String {
    let parts: Vec<&str> = typed.split([':', '.', '-', ' ']).collect();
    let (hour, minute) = match parts[..] {
        [hour, minute] => (hour, minute),
        [both] if both.len() == 4 && both.is_ascii() => both.split_at(2),
        [hour] => (hour, "0"),
        _ => return format!("?{typed}"),
    };
    match (hour.parse::<u8>(), minute.parse::<u8>()) {
        (Ok(hour), Ok(minute)) => format!("{hour:02}:{minute:02}"),
        _ => format!("?{typed}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(day: &str, month: &str, year: &str, clock: &str) -> TimeEntry {
        let owned = str::to_owned;
        TimeEntry { day: owned(day), month: owned(month), year: owned(year), clock: owned(clock) }
    }

    fn read(entry: &TimeEntry) -> Option<PartialTime> {
        PartialTime::parse(&entry.to_text(), Zone::default()).ok()
    }

    #[test]
    fn a_time_is_as_precise_as_it_was_typed() {
        for (day, month, year, clock, told) in [
            ("", "3", "2024", "", "2024-03"),
            ("4", "3", "2024", "", "2024-03-04"),
            ("04", "03", "2024", "15:20", "2024-03-04T15:20"),
            ("4", "3", "2024", "9.05", "2024-03-04T09:05"),
            ("4", "3", "2024", "0905", "2024-03-04T09:05"),
            ("4", "3", "2024", "9", "2024-03-04T09:00"),
            ("", "", "", "", ""),
        ] {
            assert_eq!(typed(day, month, year, clock).to_text(), told);
        }
    }

    #[test]
    fn what_makes_no_time_is_read_as_none() {
        for (day, month, year, clock) in [
            ("4", "", "2024", ""),
            ("", "3", "", ""),
            ("", "3", "2024", "15:20"),
            ("31", "2", "2024", ""),
            ("4", "3", "24", ""),
            ("x", "3", "2024", ""),
            ("4", "3", "2024", "quarter past"),
            ("4", "3", "2024", "25:00"),
            ("-4", "3", "2024", ""),
        ] {
            let entry = typed(day, month, year, clock);
            assert!(!entry.to_text().is_empty());
            assert_eq!(read(&entry), None, "{entry:?}");
        }
    }

    #[test]
    fn a_known_time_is_shown_in_its_parts_and_read_back() {
        for told in ["2024-03", "2024-03-04", "2024-03-04T15:20"] {
            let time = PartialTime::parse(told, Zone::default()).unwrap();
            assert_eq!(read(&TimeEntry::of(time, Zone::default())), Some(time));
        }
        assert_eq!(
            TimeEntry::of(PartialTime::parse("2024-03-04T15:20", Zone::default()).unwrap(), Zone::default()),
            typed("4", "3", "2024", "15:20")
        );
    }
}
