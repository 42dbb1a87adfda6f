//! Dates as lists write them, by the formats that the mapping names.

use std::fmt::Write;

use chrono::format::{Item, Parsed, StrftimeItems, parse};
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Utc};

use crate::domain::time::{Month, NotATime, PartialTime, Zone};

/// The formats in which a date may be written; the first that fits counts.
#[derive(Clone, Debug)]
pub(super) struct DateFormats(Vec<Vec<Item<'static>>>);

/// A text that is no format, or none that tells at least a year and a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotAFormat;

impl DateFormats {
    /// Where the mapping names no format: the ISO forms.
    const ISO: &[&str] = &["%Y-%m-%d", "%Y-%m", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"];

    /// The ISO forms alone.
    pub fn iso() -> Self {
        Self(Self::ISO.iter().filter_map(|format| items(format).ok()).collect())
    }

    /// Reads formats as `strftime` writes them, `%d.%m.%Y`.
    ///
    /// # Errors
    /// The first that is none.
    pub fn new<'t>(formats: impl IntoIterator<Item = &'t str>) -> Result<Self, (&'t str, NotAFormat)> {
        let read = |format: &'t str| items(format).map_err(|none| (format, none));
        formats.into_iter().map(read).collect::<Result<_, _>>().map(Self)
    }

    /// Reads a date.
    ///
    /// # Errors
    /// Why it is none.
    pub fn read(&self, text: &str, zone: Zone) -> Result<PartialTime, NotATime> {
        let mut failure = NotATime::Unreadable;
        for items in &self.0 {
            match read_by(items, text, zone) {
                Ok(time) => return Ok(time),
                Err(NotATime::Unreadable) => {}
                Err(other) => failure = other,
            }
        }
        Err(failure)
    }
}

fn items(format: &str) -> Result<Vec<Item<'static>>, NotAFormat> {
    let items = StrftimeItems::new(format).parse_to_owned().map_err(|_| NotAFormat)?;
    // A sample that is written and read back shows whether the format tells enough.
    let sample: DateTime<FixedOffset> = DateTime::<Utc>::UNIX_EPOCH.fixed_offset();
    let mut written = String::new();
    write!(written, "{}", sample.format_with_items(items.iter())).map_err(|_| NotAFormat)?;
    read_by(&items, &written, Zone::default()).map(|_| items).map_err(|_| NotAFormat)
}

fn read_by(items: &[Item<'static>], text: &str, zone: Zone) -> Result<PartialTime, NotATime> {
    let mut parsed = Parsed::new();
    parse(&mut parsed, text, items.iter()).map_err(|_| NotATime::Unreadable)?;
    let time = time_of(&parsed, zone)?;
    if (1900..=2200).contains(&time.first_day(zone).year()) { Ok(time) } else { Err(NotATime::OutOfRange) }
}

fn time_of(parsed: &Parsed, zone: Zone) -> Result<PartialTime, NotATime> {
    if parsed.to_naive_time().is_ok() || parsed.timestamp().is_some() {
        return match (parsed.offset(), parsed.timestamp()) {
            (None, None) => {
                let wall_clock = parsed.to_naive_datetime_with_offset(0).map_err(|_| NotATime::Unreadable)?;
                // Before the zone is asked: far years overflow there.
                in_range(wall_clock.date())?;
                zone.instant_of(wall_clock).map(PartialTime::minute).ok_or(NotATime::Skipped)
            }
            (offset, _) => {
                let utc = parsed
                    .to_naive_datetime_with_offset(offset.unwrap_or(0))
                    .ok()
                    .and_then(|wall_clock| wall_clock.checked_sub_offset(FixedOffset::east_opt(offset.unwrap_or(0))?))
                    .ok_or(NotATime::Unreadable)?;
                in_range(utc.date())?;
                Ok(PartialTime::minute(utc.and_utc()))
            }
        };
    }
    if let Ok(day) = parsed.to_naive_date() {
        return in_range(day).map(|()| PartialTime::Day(day));
    }
    let mut first_day = parsed.clone();
    first_day.set_day(1).map_err(|_| NotATime::Unreadable)?;
    let first_day = first_day.to_naive_date().map_err(|_| NotATime::Unreadable)?;
    in_range(first_day).map(|()| PartialTime::Month(Month::of(first_day)))
}

fn in_range(day: NaiveDate) -> Result<(), NotATime> {
    if (1900..=2200).contains(&day.year()) { Ok(()) } else { Err(NotATime::OutOfRange) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(formats: &[&str], text: &str) -> Result<String, NotATime> {
        DateFormats::new(formats.iter().copied()).unwrap().read(text, Zone::default()).map(|time| time.to_string())
    }

    #[test]
    fn the_format_decides_how_precise_a_time_is() {
        assert_eq!(read(&["%d.%m.%Y"], "04.03.2024").unwrap(), "2024-03-04");
        assert_eq!(read(&["%m/%Y"], "03/2024").unwrap(), "2024-03");
        assert_eq!(read(&["%d.%m.%Y %H:%M"], "04.03.2024 15:20").unwrap(), "2024-03-04T10:20Z");
        assert_eq!(read(&["%Y-%m-%dT%H:%M:%S%:z"], "2024-03-04T15:20:59+03:00").unwrap(), "2024-03-04T12:20Z");
        assert_eq!(read(&["%d.%m.%y"], "04.03.24").unwrap(), "2024-03-04");
    }

    #[test]
    fn the_first_format_that_fits_counts() {
        assert_eq!(read(&["%d/%m/%Y", "%m/%d/%Y"], "03/04/2024").unwrap(), "2024-04-03");
        assert_eq!(read(&["%d/%m/%Y", "%m/%d/%Y"], "03/24/2024").unwrap(), "2024-03-24");
        for iso in ["2024-03", "2024-03-04", "2024-03-04T15:20", "2024-03-04 15:20:00"] {
            assert!(read(DateFormats::ISO, iso).is_ok(), "{iso}");
        }
    }

    #[test]
    fn what_fits_no_format_is_no_date() {
        assert_eq!(read(&["%d.%m.%Y"], "31.02.2024"), Err(NotATime::Unreadable));
        assert_eq!(read(&["%d.%m.%Y"], "04.03.2024 and later"), Err(NotATime::Unreadable));
        assert_eq!(read(&["%d.%m.%Y"], "04.03.24"), Err(NotATime::OutOfRange));
        assert_eq!(read(&["%s"], "9999999999999"), Err(NotATime::Unreadable));
    }

    #[test]
    fn a_format_without_year_and_month_is_none() {
        for format in ["", "%d.%m", "%H:%M", "%Y", "%Q", "%", "plain"] {
            assert!(DateFormats::new([format]).is_err(), "{format}");
        }
    }

    proptest! {
        #[test]
        fn no_format_and_no_text_panics(format in "(%[a-zA-Z:.3#+-]{1,3}|[ ./T-]){0,6}", text in "[-+0-9./: TZa-z]{0,24}") {
            if let Ok(formats) = DateFormats::new([format.as_str()]) {
                let _ = formats.read(&text, Zone::default());
            }
        }
    }
}
