//! A measured case as bytes, as short and as quick to read as can be: no figure may wait for a million of
//! them to be parsed. Texts are borrowed when it is read; only its lists are made anew.
//!
//! Whole numbers are written in groups of seven bits, the lowest first, the highest bit telling that more follow;
//! signed ones after zigzag. A text or list comes after its length, of an optional one after its length and 1. A
//! word of a fixed set is its place in the set. A time is its stamp (see `stamp`). Fields follow each other in the
//! order in which they stand here, and nothing tells which they are: whoever changes anything raises [`FORMAT`], and
//! the rows are made anew from the events at the next migration.

use chrono::NaiveDate;

use crate::domain::complaint::Answer;
use crate::domain::fact::{Consistency, Fate, ReparationRoute};
use crate::domain::id::OrganisationId;
use crate::domain::milestone::{Ending, Milestones, Outcome};
use crate::domain::stage::Stage;
use crate::domain::stamp::{day_number, numbered_day, stamp, unstamp};
use crate::domain::time::{PartialTime, Zone};
use crate::domain::visit::{Evidence, VisitState};
use crate::measures::measured::{
    MeasuredCase, MeasuredClaim, MeasuredExamination, MeasuredExpulsion, MeasuredFacts, MeasuredIncident,
    MeasuredVisit, Recording,
};
use crate::measures::selection::Matter;

/// The version of what [`pack`] writes. A test holds a packed case against it.
pub(super) const FORMAT: i32 = 1;

/// The most items of a list for which room is made before they are read.
const MOST_EXPECTED: usize = 16;

/// A case as bytes.
pub(super) fn pack(case: &MeasuredCase<'_>) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(256);
    case.pack(&mut bytes);
    bytes
}

/// The case of these bytes; none where [`pack`] never wrote them.
pub(super) fn unpack(mut bytes: &[u8]) -> Option<MeasuredCase<'_>> {
    let case = MeasuredCase::unpack(&mut bytes)?;
    bytes.is_empty().then_some(case)
}

/// What is asked of the case of these bytes, whatever its place; the rest of it is not read.
pub(super) fn unpack_matter(mut bytes: &[u8]) -> Option<Matter<'_>> {
    let from = &mut bytes;
    let organisation = Packed::unpack(from)?;
    let _jurisdiction = <&str>::unpack(from)?;
    let _zone = Zone::unpack(from)?;
    let _filed_day = NaiveDate::unpack(from)?;
    let stage = Packed::unpack(from)?;
    let _channel = <&str>::unpack(from)?;
    let _context = Option::<&str>::unpack(from)?;
    let region = Packed::unpack(from)?;
    let _kind_of_place = Option::<&str>::unpack(from)?;
    let _place = Option::<&str>::unpack(from)?;
    let agency = Packed::unpack(from)?;
    Some(Matter { organisation, stage, region, agency })
}

/// What can be written and read back.
trait Packed<'a>: Sized {
    fn pack(&self, to: &mut Vec<u8>);

    fn unpack(from: &mut &'a [u8]) -> Option<Self>;

    fn pack_optional(value: Option<&Self>, to: &mut Vec<u8>) {
        to.push(u8::from(value.is_some()));
        if let Some(value) = value {
            value.pack(to);
        }
    }

    fn unpack_optional(from: &mut &'a [u8]) -> Option<Option<Self>> {
        match from.split_off_first()? {
            0 => Some(None),
            1 => Self::unpack(from).map(Some),
            _ => None,
        }
    }
}

impl<'a, T: Packed<'a>> Packed<'a> for Option<T> {
    fn pack(&self, to: &mut Vec<u8>) {
        T::pack_optional(self.as_ref(), to);
    }

    fn unpack(from: &mut &'a [u8]) -> Option<Self> {
        T::unpack_optional(from)
    }
}

impl<'a, T: Packed<'a>> Packed<'a> for Vec<T> {
    fn pack(&self, to: &mut Vec<u8>) {
        pack_number(self.len() as u64, to);
        for item in self {
            item.pack(to);
        }
    }

    fn unpack(from: &mut &'a [u8]) -> Option<Self> {
        let length = unpack_length(from)?;
        // Lists are short: one piece of memory is enough for nearly all, and damaged bytes cannot ask for much.
        let mut items = Vec::with_capacity(length.min(MOST_EXPECTED));
        for _ in 0..length {
            items.push(T::unpack(from)?);
        }
        Some(items)
    }
}

fn pack_number(mut number: u64, to: &mut Vec<u8>) {
    while number >= 0x80 {
        to.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    to.push(number as u8);
}

fn unpack_number(from: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let byte = *from.split_off_first()?;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

fn unpack_length(from: &mut &[u8]) -> Option<usize> {
    usize::try_from(unpack_number(from)?).ok().filter(|length| *length <= from.len())
}

fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)).cast_unsigned()
}

fn unzigzag(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}

fn unpack_text<'a>(length: u64, from: &mut &'a [u8]) -> Option<&'a str> {
    std::str::from_utf8(from.split_off(..usize::try_from(length).ok()?)?).ok()
}

impl<'a> Packed<'a> for &'a str {
    fn pack(&self, to: &mut Vec<u8>) {
        pack_number(self.len() as u64, to);
        to.extend_from_slice(self.as_bytes());
    }

    fn unpack(from: &mut &'a [u8]) -> Option<Self> {
        unpack_text(unpack_number(from)?, from)
    }

    fn pack_optional(value: Option<&Self>, to: &mut Vec<u8>) {
        pack_number(value.map_or(0, |text| text.len() as u64 + 1), to);
        to.extend_from_slice(value.map_or(&[], |text| text.as_bytes()));
    }

    fn unpack_optional(from: &mut &'a [u8]) -> Option<Option<Self>> {
        match unpack_number(from)?.checked_sub(1) {
            None => Some(None),
            Some(length) => unpack_text(length, from).map(Some),
        }
    }
}

impl<'a> Packed<'a> for PartialTime {
    fn pack(&self, to: &mut Vec<u8>) {
        pack_number(zigzag(stamp(*self)), to);
    }

    fn unpack(from: &mut &'a [u8]) -> Option<Self> {
        unstamp(unzigzag(unpack_number(from)?))
    }

    fn pack_optional(value: Option<&Self>, to: &mut Vec<u8>) {
        // No stamp of the years that a time allows comes near the largest number.
        pack_number(value.map_or(0, |time| zigzag(stamp(*time)).saturating_add(1)), to);
    }

    fn unpack_optional(from: &mut &'a [u8]) -> Option<Option<Self>> {
        match unpack_number(from)?.checked_sub(1) {
            None => Some(None),
            Some(number) => unstamp(unzigzag(number)).map(Some),
        }
    }
}

impl<'a> Packed<'a> for NaiveDate {
    fn pack(&self, to: &mut Vec<u8>) {
        pack_number(zigzag(day_number(*self).into()), to);
    }

    fn unpack(from: &mut &'a [u8]) -> Option<Self> {
        numbered_day(i32::try_from(unzigzag(unpack_number(from)?)).ok()?)
    }
}

impl<'a> Packed<'a> for Zone {
    fn pack(&self, to: &mut Vec<u8>) {
        // Nearly every case has the usual one, and looking one up by name takes its time.
        Some(self.name()).filter(|_| *self != Self::default()).pack(to);
    }

    fn unpack(from: &mut &'a [u8]) -> Option<Self> {
        Option::<&str>::unpack(from)?.map_or_else(|| Some(Self::default()), Self::named)
    }
}

impl<'a> Packed<'a> for OrganisationId {
    fn pack(&self, to: &mut Vec<u8>) {
        to.extend_from_slice(self.0.as_bytes());
    }

    fn unpack(from: &mut &'a [u8]) -> Option<Self> {
        from.split_off(..16).and_then(|bytes| uuid::Uuid::from_slice(bytes).ok()).map(Self)
    }
}

impl<'a> Packed<'a> for u32 {
    fn pack(&self, to: &mut Vec<u8>) {
        pack_number((*self).into(), to);
    }

    fn unpack(from: &mut &'a [u8]) -> Option<Self> {
        Self::try_from(unpack_number(from)?).ok()
    }
}

impl<'a> Packed<'a> for bool {
    fn pack(&self, to: &mut Vec<u8>) {
        to.push((*self).into());
    }

    fn unpack(from: &mut &'a [u8]) -> Option<Self> {
        match from.split_off_first()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

macro_rules! packed_words {
    ($($words:ty),+) => {$(
        impl<'a> Packed<'a> for $words {
            fn pack(&self, to: &mut Vec<u8>) {
                to.push(*self as u8);
            }

            fn unpack(from: &mut &'a [u8]) -> Option<Self> {
                Self::ALL.get(usize::from(*from.split_off_first()?)).copied()
            }
        }
    )+};
}

packed_words!(Stage, Answer, Consistency, Fate, ReparationRoute, Ending, Outcome, Evidence, VisitState);

macro_rules! packed {
    ($type:ident $(<$life:lifetime>)? { $($field:ident),+ $(,)? }) => {
        impl<'a> Packed<'a> for $type $(<$life>)? {
            fn pack(&self, to: &mut Vec<u8>) {
                let Self { $($field),+ } = self;
                $($field.pack(to);)+
            }

            #[inline]
            fn unpack(from: &mut &'a [u8]) -> Option<Self> {
                $(let $field = Packed::unpack(from)?;)+
                Some(Self { $($field),+ })
            }
        }
    };
}

#[rustfmt::skip]
packed!(MeasuredCase<'a> {
    organisation, jurisdiction, zone, filed_day, stage, channel, context, region, kind_of_place, place, agency,
    first_body, sex, age_band, to_obtain_a_confession, pressure_to_withdraw, incident, milestones, facts, recording,
    visits,
});
#[rustfmt::skip]
packed!(Milestones {
    learnt, filed, routed, investigation_opened, first_response, dismissed, dismissed_by_internal_security, appealed,
    appeal_answered, appeal_withdrawn, reopened, prosecuted, closed, outcome, withdrawn, first_ending,
    deprived_of_liberty, registered, lawyer, doctor, family, follow_up_ended,
});
#[rustfmt::skip]
packed!(MeasuredVisit<'a> {
    kind_of_place, place, needs_approval, evidence, renews, renewed, state, refusal_ground, announced,
    private_interview, requested, approved, answered, carried_out, ended,
});
packed!(MeasuredFacts<'a> { examinations, reprisals, motions, claims, expulsions, incidents });
packed!(MeasuredExamination { at, consistency, independent });
packed!(MeasuredClaim<'a> { route, fate, forms });
packed!(MeasuredExpulsion<'a> { kind, risk_argued, risk_examined, fate });
packed!(MeasuredIncident<'a> { kind, independent_inquiry });
packed!(Recording { entries, events, late, corrected, retracted, filing_lag_days });

#[cfg(test)]
#[path = "measure_code_tests.rs"]
mod tests;
