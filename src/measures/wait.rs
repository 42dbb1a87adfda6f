//! A single wait: how long it took, or how long it was seen to last.
//!
//! A wait that has not ended is not left out: it is observed until now (right-censored), so that
//! the figures do not flatter whoever answers only the easy cases.

use chrono::{DateTime, Utc};

use crate::domain::time::{Delay, PartialTime, Zone};

/// A wait: when it began and what ended it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// When it began.
    pub start: PartialTime,
    /// When it ended as it should.
    pub end: Option<PartialTime>,
    /// When it ended otherwise.
    pub otherwise: Option<PartialTime>,
    /// When it was lost sight of.
    pub lost: Option<PartialTime>,
}

/// How a wait stood when it was last seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LastSeen {
    Ended,
    EndedOtherwise,
    Lost,
    Open,
}

impl Wait {
    /// The delay and how it stood; none where its end surely lies before its start.
    pub(super) fn observe(&self, zone: Zone, now: DateTime<Utc>) -> Option<(Delay, LastSeen)> {
        let until = |time| Delay::between(self.start, time, zone);
        // A withdrawal before the wait began has not ended it.
        let otherwise = self.otherwise.filter(|other| !other.is_surely_before(self.start, zone));
        // What ended it otherwise came first: a complaint that was withdrawn, taken up again and then
        // dismissed did not wait for its dismissal all the while.
        let overtaken = |end| otherwise.is_some_and(|other| other.is_surely_before(end, zone));
        if let Some(end) = self.end.filter(|end| !overtaken(*end)) {
            return until(end).map(|delay| (delay, LastSeen::Ended));
        }
        if let Some(delay) = otherwise.and_then(until) {
            return Some((delay, LastSeen::EndedOtherwise));
        }
        if let Some(lost) = self.lost {
            return until(lost).map(|delay| (delay, LastSeen::Lost));
        }
        until(PartialTime::minute(now)).map(|delay| (delay, LastSeen::Open))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> PartialTime {
        PartialTime::parse(text, Zone::default()).unwrap()
    }

    fn observed(end: Option<&str>, otherwise: Option<&str>, lost: Option<&str>) -> Option<(f64, LastSeen)> {
        let wait = Wait {
            start: time("2024-01-01"),
            end: end.map(time),
            otherwise: otherwise.map(time),
            lost: lost.map(time),
        };
        let now = "2024-03-01T00:00:00Z".parse().unwrap();
        wait.observe(Zone::default(), now).map(|(delay, seen)| (delay.days(), seen))
    }

    #[test]
    fn a_wait_ends_with_whatever_came_first() {
        let (early, late) = (Some("2024-01-05"), Some("2024-01-11"));
        assert_eq!(observed(early, None, None), Some((4.0, LastSeen::Ended)));
        assert_eq!(observed(early, late, None), Some((4.0, LastSeen::Ended)));
        assert_eq!(observed(late, early, None), Some((4.0, LastSeen::EndedOtherwise)));
        assert_eq!(observed(early, early, None), Some((4.0, LastSeen::Ended)));
        assert_eq!(observed(early, Some("2024-01"), None), Some((4.0, LastSeen::Ended)));
        assert_eq!(observed(None, early, late), Some((4.0, LastSeen::EndedOtherwise)));
        assert_eq!(observed(None, None, late), Some((10.0, LastSeen::Lost)));
        assert_eq!(observed(None, None, None), Some((60.0, LastSeen::Open)));
        assert_eq!(observed(Some("2023-12-31"), None, None), None);
    }

    #[test]
    fn what_happened_before_a_wait_began_has_not_ended_it() {
        let before = Some("2023-12-01");
        assert_eq!(observed(Some("2024-01-05"), before, None), Some((4.0, LastSeen::Ended)));
        assert_eq!(observed(None, before, None), Some((60.0, LastSeen::Open)));
    }
}
