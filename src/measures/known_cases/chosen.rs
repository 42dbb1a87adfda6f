//! Which kept cases a question is about, told by the numbers under which they are kept.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::{KnownCase, KnownCases, KnownQuestion, NO_CODE};
use crate::domain::id::{CaseId, OrganisationId};
use crate::domain::stage::Stage;

/// The code of what no case has.
pub(super) const NOWHERE: u16 = NO_CODE - 1;

/// Who reads: the cases of one organisation, and those that others share with it.
#[derive(Clone, Debug)]
pub struct KnownReader {
    /// The organisation.
    pub organisation: OrganisationId,
    /// The cases of others.
    pub shared: Vec<CaseId>,
    /// Only cases with a visit.
    pub only_with_visit: bool,
}

/// What is chosen of some kept cases.
pub(super) struct Chosen {
    filed_from: NaiveDate,
    filed_to: NaiveDate,
    stage: Option<Stage>,
    organisation: Option<u16>,
    region: Option<u16>,
    agency: Option<u16>,
    kind_of_place: Option<u16>,
    place: Option<u16>,
    reader: Option<ChosenReader>,
}

struct ChosenReader {
    organisation: u16,
    shared: HashSet<u32>,
    only_with_visit: bool,
}

impl Chosen {
    pub(super) fn of(known: &KnownCases, question: &KnownQuestion<'_>) -> Self {
        let code = |code: &String| known.code_numbers.get(code).copied().unwrap_or(NOWHERE);
        let organisation = |id: &OrganisationId| {
            let place = known.organisations.iter().position(|organisation| organisation == id);
            place.and_then(|place| u16::try_from(place).ok()).unwrap_or(NOWHERE)
        };
        let reader = |reader: &super::KnownReader| ChosenReader {
            organisation: organisation(&reader.organisation),
            shared: reader.shared.iter().filter_map(|id| known.cases.get(id)).map(|place| place.case).collect(),
            only_with_visit: reader.only_with_visit,
        };
        let selection = question.selection;
        Self {
            filed_from: question.filed_from.unwrap_or(NaiveDate::MIN),
            filed_to: question.filed_to.unwrap_or(NaiveDate::MAX),
            stage: selection.stage,
            organisation: selection.organisation.as_ref().map(organisation),
            region: selection.region.as_ref().map(code),
            agency: selection.agency.as_ref().map(code),
            kind_of_place: selection.kind_of_place.as_ref().map(code),
            place: selection.place.as_ref().map(code),
            reader: question.reader.map(reader),
        }
    }

    /// Whether it is one of the reader's cases, of the period.
    pub(super) fn may_be_read(&self, case: &KnownCase) -> bool {
        (self.filed_from..=self.filed_to).contains(&case.filed)
            && self
                .reader
                .as_ref()
                .is_none_or(|reader| case.organisation == reader.organisation || reader.shared.contains(&case.case))
    }

    /// Whether the reader is not to see a case with so many visits.
    pub(super) fn is_hidden(&self, visits: usize) -> bool {
        visits == 0 && self.reader.as_ref().is_some_and(|reader| reader.only_with_visit)
    }

    /// As [`crate::measures::selection::Selection::admits_matter`].
    pub(super) fn admits_matter(&self, case: &KnownCase) -> bool {
        self.stage.is_none_or(|stage| stage == case.stage)
            && is_wanted(self.organisation, case.organisation)
            && is_wanted(self.region, case.region)
            && is_wanted(self.agency, case.agency)
    }

    /// Whether a case or a visit at this place is counted.
    pub(super) fn admits_place(&self, kind_of_place: u16, place: u16) -> bool {
        is_wanted(self.kind_of_place, kind_of_place) && is_wanted(self.place, place)
    }
}

fn is_wanted(wanted: Option<u16>, number: u16) -> bool {
    wanted.is_none_or(|wanted| wanted == number)
}
