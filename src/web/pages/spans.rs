//! How long something has waited or is late, in words.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::escalation::EscalationLevel;
use crate::domain::time::{Delay, PartialTime, Precision, Zone};
use crate::i18n::{Language, text};

/// Up to so many hours a wait is told in hours.
const IN_HOURS: i64 = 72;

/// A span in minutes, hours or days, whichever people would count in.
pub fn span(language: Language, span: TimeDelta) -> String {
    let (key, count) = match (span.num_minutes().max(0), span.num_hours()) {
        (minutes, _) if minutes < 120 => ("span-minutes", minutes),
        (_, hours) if hours < IN_HOURS => ("span-hours", hours),
        _ => ("span-days", span.num_days()),
    };
    text(language, key, &[("count", count.into())])
}

/// How long it is since a time, no more precisely than the time is known.
pub fn since(language: Language, time: PartialTime, zone: Zone, now: DateTime<Utc>) -> String {
    match time {
        PartialTime::Minute(instant) => span(language, now - instant),
        PartialTime::Day(_) | PartialTime::Month(_) => days(language, zone, time.last_day(zone), now),
    }
}

/// How long it was from one time to another, no more precisely than both are known; `None` where the second surely
/// lies before the first.
pub fn between(language: Language, from: PartialTime, to: PartialTime, zone: Zone) -> Option<String> {
    let delay = Delay::between(from, to, zone)?;
    let passed = TimeDelta::minutes(delay.minutes());
    Some(match delay.precision() {
        Precision::Minute => span(language, passed),
        Precision::Day | Precision::Month => whole_days(language, passed),
    })
}

fn days(language: Language, zone: Zone, from: chrono::NaiveDate, now: DateTime<Utc>) -> String {
    whole_days(language, zone.date_of(now) - from)
}

fn whole_days(language: Language, span: TimeDelta) -> String {
    text(language, "span-days", &[("count", span.num_days().max(0).into())])
}

/// A deadline in words, and whether it has run out.
pub struct Due {
    pub words: String,
    pub is_overdue: bool,
}

/// How far off a deadline is, or by how much it has been missed.
pub fn due(language: Language, due_at: DateTime<Utc>, now: DateTime<Utc>) -> Due {
    let is_overdue = due_at < now;
    let (key, distance) = if is_overdue { ("wait-overdue", now - due_at) } else { ("wait-due", due_at - now) };
    Due { words: text(language, key, &[("span", span(language, distance).into())]), is_overdue }
}

/// A level that an overdue wait has reached, with what is to be done.
pub fn level_in_words(language: Language, level: &EscalationLevel) -> String {
    let what = match language {
        Language::Kk => &level.kk,
        Language::Ru => &level.ru,
        Language::En => &level.en,
    };
    text(language, "wait-level", &[("level", level.level.into()), ("what", what.as_str().into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_counted_as_people_would() {
        let of = |minutes| span(Language::En, TimeDelta::minutes(minutes));
        assert_eq!(of(1), "1 minute");
        assert_eq!(of(119), "119 minutes");
        assert_eq!(of(120), "2 hours");
        assert_eq!(of(71 * 60 + 59), "71 hours");
        assert_eq!(of(72 * 60), "3 days");
        assert_eq!(of(-5), "0 minutes");
    }

    #[test]
    fn a_wait_since_a_day_is_told_in_days() {
        let now = "2026-06-15T12:00:00+05:00".parse().unwrap();
        let day = PartialTime::parse("2026-06-14", Zone::default()).unwrap();
        assert_eq!(since(Language::En, day, Zone::default(), now), "1 day");
        let minute = PartialTime::parse("2026-06-14T12:00", Zone::default()).unwrap();
        assert_eq!(since(Language::En, minute, Zone::default(), now), "24 hours");
    }

    #[test]
    fn a_wait_that_has_ended_is_told_no_more_precisely_than_its_ends() {
        let of = |from: &str, to: &str| {
            let time = |text: &str| PartialTime::parse(text, Zone::default()).unwrap();
            between(Language::En, time(from), time(to), Zone::default())
        };
        assert_eq!(of("2026-06-14T09:00", "2026-06-15T11:30").as_deref(), Some("26 hours"));
        assert_eq!(of("2026-06-14", "2026-06-15").as_deref(), Some("1 day"));
        assert_eq!(of("2026-06-14T09:00", "2026-06-14").as_deref(), Some("0 days"));
        assert_eq!(of("2026-06-14", "2026-06-12"), None);
    }
}
