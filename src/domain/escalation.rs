//! Escalation: how long after a deadline has run out who is to be told. Levels are data of the office; no law gives
//! them, and none stands in the code.

use chrono::{DateTime, TimeDelta, Utc};

use super::code::Code;
use super::deadline::AwaitedStep;

/// The highest level that there may be.
pub const HIGHEST_LEVEL: u8 = 3;

/// One level of one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EscalationLevel {
    /// For which step.
    pub step: AwaitedStep,
    /// For which kind of place; none = any.
    pub kind_of_place: Option<Code>,
    /// The level, from 1 to [`HIGHEST_LEVEL`].
    pub level: u8,
    /// How many hours after the deadline it is reached.
    pub after_hours: u16,
    /// What is to be done then, in Kazakh.
    pub kk: String,
    /// The same in Russian.
    pub ru: String,
    /// The same in English.
    pub en: String,
}

/// All levels, as they are in the database.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Escalations(Vec<EscalationLevel>);

impl Escalations {
    /// Takes levels in any order.
    #[must_use]
    pub fn new(mut levels: Vec<EscalationLevel>) -> Self {
        let key = |level: &EscalationLevel| (level.step, level.kind_of_place.clone(), level.level);
        levels.sort_by_key(key);
        Self(levels)
    }

    /// Every level, by step, kind of place and number.
    pub fn levels(&self) -> impl Iterator<Item = &EscalationLevel> {
        self.0.iter()
    }

    /// The level that a wait has reached that has been overdue for so long; none before the deadline has run out.
    /// Where a kind of place has levels of its own, those for any kind do not count for it.
    #[must_use]
    pub fn reached(
        &self,
        step: AwaitedStep,
        kind_of_place: Option<&str>,
        overdue: TimeDelta,
    ) -> Option<&EscalationLevel> {
        let is_of = |level: &EscalationLevel, kind: Option<&str>| {
            level.step == step && level.kind_of_place.as_ref().map(Code::as_str) == kind
        };
        let has_own = kind_of_place.is_some() && self.0.iter().any(|level| is_of(level, kind_of_place));
        let kind = if has_own { kind_of_place } else { None };
        let is_overdue = overdue > TimeDelta::zero();
        let is_reached = |level: &EscalationLevel| is_overdue && overdue >= TimeDelta::hours(level.after_hours.into());
        self.0.iter().filter(|level| is_of(level, kind) && is_reached(level)).max_by_key(|level| level.level)
    }

    /// The same for a deadline that runs out at an instant.
    #[must_use]
    pub fn level(
        &self,
        step: AwaitedStep,
        kind_of_place: Option<&str>,
        due_at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Option<&EscalationLevel> {
        self.reached(step, kind_of_place, now - due_at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(kind_of_place: Option<&str>, level: u8, after_hours: u16) -> EscalationLevel {
        EscalationLevel {
            step: AwaitedStep::AnswerVisit,
            kind_of_place: kind_of_place.map(|kind| kind.parse().unwrap()),
            level,
            after_hours,
            kk: String::new(),
            ru: String::new(),
            en: String::new(),
        }
    }

    fn reached(levels: &Escalations, kind: Option<&str>, minutes: i64) -> Option<u8> {
        levels.reached(AwaitedStep::AnswerVisit, kind, TimeDelta::minutes(minutes)).map(|level| level.level)
    }

    #[test]
    fn the_longer_a_wait_is_overdue_the_higher_its_level() {
        let levels = Escalations::new(vec![level(None, 3, 72), level(None, 1, 0), level(None, 2, 24)]);
        let minutes =
            [(-60, None), (0, None), (1, Some(1)), (24 * 60 - 1, Some(1)), (24 * 60, Some(2)), (9999, Some(3))];
        for (minutes, expected) in minutes {
            assert_eq!(reached(&levels, None, minutes), expected, "{minutes}");
            assert_eq!(reached(&levels, Some("prison"), minutes), expected, "{minutes}");
        }
        assert_eq!(levels.reached(AwaitedStep::Route, None, TimeDelta::days(9)), None);
    }

    #[test]
    fn a_kind_of_place_with_levels_of_its_own_knows_no_others() {
        let levels = Escalations::new(vec![level(None, 1, 0), level(None, 2, 1), level(Some("prison"), 1, 5)]);
        assert_eq!(reached(&levels, Some("prison"), 120), None);
        assert_eq!(reached(&levels, Some("prison"), 300), Some(1));
        assert_eq!(reached(&levels, Some("barracks"), 120), Some(2));
        assert_eq!(reached(&levels, None, 120), Some(2));
    }
}
