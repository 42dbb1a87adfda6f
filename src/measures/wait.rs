//! A single wait: how long it took, or how long it was seen to last.
//!
//! A wait that has not ended is not left out: it is observed until now (right-censored), so that
//! the figures do not flatter whoever answers only the easy cases.

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

/// How a wait stands, whenever one looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It was over after so long, or lost sight of.
    Over(Delay, LastSeen),
    /// It goes on since then.
    Open(PartialTime),
    /// What should have ended it surely lies before its start.
    Contradictory,
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
    /// How it stands. Only how long an open one has lasted hangs on when one looks.
    pub(super) fn standing(&self, zone: Zone) -> Standing {
        let over = |end, seen| {
            Delay::between(self.start, end, zone).map_or(Standing::Contradictory, |delay| Standing::Over(delay, seen))
        };
        // A withdrawal before the wait began has not ended it.
        let otherwise = self.otherwise.filter(|other| !other.is_surely_before(self.start, zone));
        // What ended it otherwise came first: a complaint that was withdrawn, taken up again and then
        // dismissed did not wait for its dismissal all the while.
        let overtaken = |end| otherwise.is_some_and(|other| other.is_surely_before(end, zone));
        if let Some(end) = self.end.filter(|end| !overtaken(*end)) {
            return over(end, LastSeen::Ended);
        }
        if let Some(end) = otherwise
            && let ended @ Standing::Over(..) = over(end, LastSeen::EndedOtherwise)
        {
            return ended;
        }
        self.lost.map_or(Standing::Open(self.start), |lost| over(lost, LastSeen::Lost))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> PartialTime {
        PartialTime::parse(text, Zone::default()).unwrap()
    }

    /// What was seen of a wait since the new year of 2024 until the first of March.
    fn observed(end: Option<&str>, otherwise: Option<&str>, lost: Option<&str>) -> Option<(f64, LastSeen)> {
        let wait = Wait {
            start: time("2024-01-01"),
            end: end.map(time),
            otherwise: otherwise.map(time),
            lost: lost.map(time),
        };
        let zone = Zone::default();
        match wait.standing(zone) {
            Standing::Over(delay, seen) => Some((delay.days(), seen)),
            Standing::Open(start) => {
                Delay::between(start, time("2024-03-01"), zone).map(|delay| (delay.days(), LastSeen::Open))
            }
            Standing::Contradictory => None,
        }
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
