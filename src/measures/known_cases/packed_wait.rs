//! A wait in eight bytes.

use crate::domain::stamp::{stamp, unstamp};
use crate::domain::time::Zone;
use crate::measures::delay::DelayMeasure;
use crate::measures::observed::{Awaited, OpenWait};

/// What is awaited that is no delay: the first ending of the complaint.
const ANY_ENDING: usize = DelayMeasure::ALL.len();

/// A packed wait: from the highest bit on five that tell what is awaited, two that tell how it is known, 25 for one more
/// than the hours allowed for it, 0 where there is no deadline, and 32 for the wait itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct PackedWait(u64);

/// A wait as it was packed.
#[derive(Clone, Copy, Debug)]
pub(super) enum KnownWait {
    /// One that is over, as [`crate::measures::waits::Waits`] packs it.
    Over(u32),
    /// One that is over and known to the month only: its place in the list of those.
    Monthly(u32),
    /// One that goes on.
    Open(OpenWait),
}

const OVER: u64 = 0;
const MONTHLY: u64 = 1;
const OPEN: u64 = 2;
const AWAITED_FROM: u32 = 59;
const KIND_FROM: u32 = 57;
const HOURS_FROM: u32 = 32;
/// More hours than any wait lasts.
const MOST_HOURS: u64 = (1 << (KIND_FROM - HOURS_FROM)) - 2;

/// The place of what is awaited: that of a delay in [`DelayMeasure::ALL`], then that of any ending.
pub(super) fn place_of(awaited: Awaited) -> usize {
    match awaited {
        Awaited::Delay(measure) => measure as usize,
        Awaited::AnyEnding => ANY_ENDING,
    }
}

impl PackedWait {
    /// One that is over.
    pub(super) fn over(awaited: Awaited, packed: u32) -> Self {
        Self::new(awaited, OVER, packed)
    }

    /// One that is over, at this place of the list of those that are known to the month only.
    pub(super) fn monthly(awaited: Awaited, place: u32) -> Self {
        Self::new(awaited, MONTHLY, place)
    }

    /// One that goes on; none where its start lies outside the years that a time allows.
    pub(super) fn open(wait: &OpenWait) -> Option<Self> {
        let start = i32::try_from(stamp(wait.start)).ok()?.cast_unsigned();
        let hours = wait.hours.map_or(0, |hours| u64::try_from(hours).unwrap_or(0).min(MOST_HOURS) + 1);
        Some(Self(Self::new(wait.awaited, OPEN, start).0 | hours << HOURS_FROM))
    }

    fn new(awaited: Awaited, kind: u64, value: u32) -> Self {
        Self((place_of(awaited) as u64) << AWAITED_FROM | kind << KIND_FROM | u64::from(value))
    }

    /// What is awaited.
    pub(super) fn awaited(self) -> Awaited {
        DelayMeasure::ALL.get(self.place()).map_or(Awaited::AnyEnding, |measure| Awaited::Delay(*measure))
    }

    /// The place of what is awaited, as [`super::each_awaited`] has it.
    pub(super) fn place(self) -> usize {
        (self.0 >> AWAITED_FROM) as usize
    }

    /// One that is over and known to the minute or the day, as [`crate::measures::waits::Waits`] packs it; none of another
    /// kind.
    pub(super) fn over_exactly(self) -> Option<u32> {
        (self.0 >> KIND_FROM & 3 == OVER).then_some(self.0 as u32)
    }

    /// The wait; none where it was never packed.
    pub(super) fn unpack(self, zone: Zone) -> Option<KnownWait> {
        let value = self.0 as u32;
        match self.0 >> KIND_FROM & 3 {
            OVER => Some(KnownWait::Over(value)),
            MONTHLY => Some(KnownWait::Monthly(value)),
            OPEN => {
                let start = unstamp(value.cast_signed().into())?;
                let hours = (self.0 >> HOURS_FROM & (MOST_HOURS + 1)).checked_sub(1);
                let hours = hours.and_then(|hours| i32::try_from(hours).ok());
                Some(KnownWait::Open(OpenWait { awaited: self.awaited(), start, zone, hours }))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::PartialTime;

    #[test]
    fn every_wait_that_goes_on_is_unpacked_as_it_was_packed() {
        let zone = Zone::default();
        let awaited = DelayMeasure::ALL.iter().map(|measure| Awaited::Delay(*measure)).chain([Awaited::AnyEnding]);
        for (awaited, hours) in awaited.zip([None, Some(0), Some(3), Some(30_000_000)].into_iter().cycle()) {
            for start in ["1900-01", "1969-12-31", "2024-03-04T15:20", "2200-12-31"] {
                let start = PartialTime::parse(start, zone).unwrap();
                let packed = PackedWait::open(&OpenWait { awaited, start, zone, hours }).unwrap();
                let Some(KnownWait::Open(wait)) = packed.unpack(zone) else { panic!("{packed:?}") };
                assert_eq!((packed.awaited(), wait.awaited, wait.start, wait.hours), (awaited, awaited, start, hours));
            }
            let over = PackedWait::over(awaited, u32::MAX);
            assert!(over.awaited() == awaited && matches!(over.unpack(zone), Some(KnownWait::Over(u32::MAX))));
            let monthly = PackedWait::monthly(awaited, 7);
            assert!(monthly.awaited() == awaited && matches!(monthly.unpack(zone), Some(KnownWait::Monthly(7))));
        }
    }

    #[test]
    fn a_deadline_longer_than_any_wait_stays_one() {
        let zone = Zone::default();
        let start = PartialTime::parse("2024-03-04", zone).unwrap();
        let wait = OpenWait { awaited: Awaited::AnyEnding, start, zone, hours: Some(i32::MAX) };
        let Some(KnownWait::Open(wait)) = PackedWait::open(&wait).and_then(|wait| wait.unpack(zone)) else { panic!() };
        assert!(wait.hours > Some(300 * 366 * 24));
    }
}
