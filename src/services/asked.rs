//! A question about figures, ready to be answered: settled on a day, with all that the figures are made of beside the
//! cases, as one transaction sees it.

use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

use super::Services;
use super::case_memory::Asking;
use super::data_fingerprint::DataFingerprint;
use super::error::ServiceError;
use super::figure_cache::{Basis, CasesRevision, Counting, Due, Question, Times};
use super::guard::Permit;
use super::lag::Lagging;
use super::measure::{CodesAs, Counted, MeasureQuery};
use crate::access::permission::Action;
use crate::domain::code::{Code, CodeLists, Followed, ListName};
use crate::domain::deadline::Deadlines;
use crate::domain::field::FieldProblem;
use crate::domain::time::Zone;
use crate::measures::breakdown::{Breakdown, Dimension};
use crate::measures::gathering::Gathering;
use crate::measures::mandate::Mandate;
use crate::measures::observed::ObservationEnd;
use crate::measures::statistics::{DrawnGroups, Statistics};
use crate::measures::terms::Terms;
use crate::store::{Gathered, MeasureFilter, MeasuredRow, OrganisationRecord, Reader, Source, Transaction};

/// For how many breakdowns at most the cases are read at once: each holds all waits of every delay until it has counted them,
/// some fifty bytes a case.
pub(super) const COUNTED_AT_ONCE: usize = 2;

/// The day as of which figures are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct KnownOn {
    /// The day, in the reporting zone ([`Zone::default`]).
    pub(super) day: NaiveDate,
    /// Until when what was open is observed: the end of that day, also where it is not over yet. So a figure of a day
    /// is one figure, whenever it is asked for.
    pub(super) observed_until: DateTime<Utc>,
    /// Whether nothing can be recorded on that day any more.
    pub(super) day_is_over: bool,
}

/// One question, ready to be answered.
pub(super) struct Asked {
    pub(super) day: KnownOn,
    basis: Arc<Basis>,
    codes: Arc<CodeLists>,
    question: Question,
    /// When it was asked.
    pub(super) now: DateTime<Utc>,
    /// Up to when nothing is missing from the cases that it is answered from.
    whole_until: DateTime<Utc>,
}

/// How figures are kept.
struct Keeping {
    /// As if somebody asked for them then.
    asked_at: DateTime<Utc>,
    /// Not at all where fewer cases were read for them.
    from_cases: u64,
}

impl Services {
    /// The day that is asked for, and its end.
    ///
    /// # Errors
    /// A day in the future.
    pub(super) fn known_on(&self, query: &MeasureQuery) -> Result<KnownOn, ServiceError> {
        let zone = Zone::default();
        let today = zone.date_of(self.now());
        let day = query.as_known_on.unwrap_or(today);
        if day > today {
            return Err(ServiceError::invalid("as_known_on", FieldProblem::InTheFuture));
        }
        let observed_until = zone.start_of(day + Days::new(1)) - TimeDelta::seconds(1);
        Ok(KnownOn { day, observed_until, day_is_over: day < today })
    }

    /// Settles a question.
    pub(super) fn asked(
        &self,
        tx: &mut Transaction<'_>,
        permit: &Permit<'_>,
        (action, source): (Action, Source),
        query: &MeasureQuery,
    ) -> Result<Asked, ServiceError> {
        self.asked_by(tx, permit.reader(action)?, source, query)
    }

    /// Settles a question about the cases of a reader, or about all.
    pub(super) fn asked_by(
        &self,
        tx: &mut Transaction<'_>,
        reader: Option<Reader>,
        source: Source,
        query: &MeasureQuery,
    ) -> Result<Asked, ServiceError> {
        let day = self.known_on(query)?;
        let (code_lists_revision, codes) = self.known_code_lists(tx)?;
        let basis = Arc::new(Basis {
            cases: self.cases_revision(tx, day.day, reader)?,
            code_lists_revision,
            deadlines: tx.deadlines()?,
            organisations: tx.organisations()?,
        });
        let query = MeasureQuery { as_known_on: None, ..query.clone() };
        let question = Question { query, known_on: day.day, reader };
        let now = self.now();
        let whole_until = match source {
            Source::Whole => now,
            Source::Behind(behind) => now - behind,
        };
        Ok(Asked { day, basis, codes, question, now, whole_until })
    }

    /// How often those cases have been changed, as they were known on a day.
    fn cases_revision(
        &self,
        tx: &mut Transaction<'_>,
        known_on: NaiveDate,
        reader: Option<Reader>,
    ) -> Result<CasesRevision, ServiceError> {
        // What was begun just before midnight may be written after it: yesterday is not long past.
        let yesterday = Zone::default().date_of(self.now()) - Days::new(1);
        if known_on >= yesterday {
            return Ok(CasesRevision::Now(tx.statistics_revision()?));
        }
        let shares = reader.map(|_| tx.shares_revision()).transpose()?;
        Ok(CasesRevision::Past(tx.past_statistics_revision()?, shares))
    }
}

impl Asked {
    /// The figures by each of these breakdowns, where all of them are kept from before.
    pub(super) fn known(&self, services: &Services, breakdowns: &[Option<Breakdown>]) -> Option<Vec<Arc<Statistics>>> {
        breakdowns
            .iter()
            .map(|by| services.figures.find(&self.basis, &self.question.broken_down(*by), self.times()))
            .collect()
    }

    fn times(&self) -> Times {
        Times { asked_at: self.now, whole_until: self.whole_until }
    }

    /// Figures that were counted from the cases that it is answered from.
    pub(super) fn counted(&self, figures: Vec<Arc<Statistics>>) -> Counted {
        let at = (self.whole_until < self.now).then_some(self.whole_until);
        Counted { day: self.day, at, figures }
    }

    /// The figures by a breakdown, as they were a moment ago.
    pub(super) fn lagging(&self, services: &Services, by: Option<Breakdown>) -> Option<Lagging> {
        services.figures.find_lagging(&self.basis, &self.question.broken_down(by), self.now, &services.lag)
    }

    /// The figures by each of these breakdowns. What is kept from before is not worked out again; the cases are read
    /// once for all of the others.
    pub(super) fn answers(
        &self,
        services: &Services,
        tx: &mut Transaction<'_>,
        breakdowns: &[Option<Breakdown>],
    ) -> Result<Vec<Arc<Statistics>>, ServiceError> {
        let known =
            |by: &Option<Breakdown>| services.figures.find(&self.basis, &self.question.broken_down(*by), self.times());
        let mut answers: Vec<Option<Arc<Statistics>>> = breakdowns.iter().map(known).collect();
        let missing: Vec<Option<Breakdown>> =
            breakdowns.iter().zip(&answers).filter(|(_, known)| known.is_none()).map(|(by, _)| *by).collect();
        let mut counted =
            self.count(services, tx, &missing, Keeping { asked_at: self.now, from_cases: 0 })?.into_iter();
        answers.iter_mut().filter(|known| known.is_none()).for_each(|answer| *answer = counted.next());
        Ok(answers.into_iter().flatten().collect())
    }

    /// Has the figures of this question, by these breakdowns, kept as the cases are now.
    pub(super) fn renew(&self, services: &Services, tx: &mut Transaction<'_>, due: &Due) -> Result<(), ServiceError> {
        let mut missing = due.breakdowns.clone();
        missing.retain(|by| !services.figures.confirm(&self.basis, &self.question.broken_down(*by), self.whole_until));
        self.count(services, tx, &missing, Keeping { asked_at: due.asked_at, from_cases: 0 }).map(drop)
    }

    /// Has the figures of this question by these breakdowns kept as if somebody had asked for them, where they are of
    /// many cases.
    pub(super) fn make_ready(
        &self,
        services: &Services,
        tx: &mut Transaction<'_>,
        breakdowns: &[Option<Breakdown>],
    ) -> Result<(), ServiceError> {
        let mut missing = breakdowns.to_vec();
        missing.retain(|by| self.known(services, &[*by]).is_none());
        let keeping = Keeping { asked_at: self.now, from_cases: services.lag.from_cases };
        self.count(services, tx, &missing, keeping).map(drop)
    }

    /// Counts the figures by each of these breakdowns, and keeps them.
    fn count(
        &self,
        services: &Services,
        tx: &mut Transaction<'_>,
        breakdowns: &[Option<Breakdown>],
        Keeping { asked_at, from_cases }: Keeping,
    ) -> Result<Vec<Arc<Statistics>>, ServiceError> {
        let mut all = Vec::with_capacity(breakdowns.len());
        for at_once in breakdowns.chunks(COUNTED_AT_ONCE) {
            let (counted, cases_read) = self.gather(services, tx, at_once)?;
            let of = Counting { cases_read, at: self.whole_until, asked_at };
            for (by, figures) in at_once.iter().zip(&counted).filter(|_| cases_read >= from_cases) {
                services.figures.keep(&self.basis, self.question.broken_down(*by), figures.clone(), of);
            }
            all.extend(counted);
        }
        Ok(all)
    }

    /// The fingerprint of the cases that the question is about: of all that is measured of each, and of which they are.
    pub(super) fn fingerprint(&self, tx: &mut Transaction<'_>) -> Result<[u8; 32], ServiceError> {
        let selection = &self.question.query.selection;
        let is_asked_for = |row: &MeasuredRow<'_>| {
            let mut visits = row.case.visits.iter();
            selection.admits_case(&row.case) || visits.any(|visit| selection.admits_visit(&row.case, visit))
        };
        let begin = DataFingerprint::default;
        let gathered = tx.gather_cases(self.day.day, &self.filter(), begin, |fingerprint, row| {
            if is_asked_for(row) {
                fingerprint.add(row);
            }
        })?;
        let mut whole = begin();
        gathered.parts.into_iter().for_each(|part| whole.merge(part));
        Ok(whole.bytes())
    }

    /// The deadlines that waits are held against.
    pub(super) fn deadlines(&self) -> &Deadlines {
        &self.basis.deadlines
    }

    /// The code lists.
    pub(super) fn code_lists(&self) -> &Arc<CodeLists> {
        &self.codes
    }

    fn filter(&self) -> MeasureFilter {
        let Question { query, reader, .. } = &self.question;
        let MeasureQuery { filed_from, filed_to, ref selection, .. } = *query;
        MeasureFilter { filed_from, filed_to, reader: *reader, selection: selection.clone() }
    }

    /// The figures by each of these breakdowns, and how many cases were read for them.
    fn gather(
        &self,
        services: &Services,
        tx: &mut Transaction<'_>,
        breakdowns: &[Option<Breakdown>],
    ) -> Result<(Vec<Arc<Statistics>>, u64), ServiceError> {
        let query = &self.question.query;
        let terms = Terms {
            clock: query.clock,
            deadlines: &self.basis.deadlines,
            mandate: Mandate::of(&self.codes),
            observed_until: ObservationEnd::at(self.day.observed_until),
        };
        let begin = || breakdowns.iter().map(|by| Gathering::new(*by)).collect::<Vec<_>>();
        let filter = self.filter();
        let asking = Asking { known_on: self.day.day, filter: &filter, terms: &terms, breakdowns };
        let from_memory = services.cases.gather(tx, &self.codes, &self.basis, &asking)?;
        // From the database a group alone would take so long to count that its curves are worth their time.
        let drawn = if from_memory.is_some() { DrawnGroups::Largest } else { DrawnGroups::Each };
        let Gathered { parts, read } = match from_memory {
            Some(gathered) => gathered,
            None => tx.gather_cases(self.day.day, &filter, begin, |gatherings, row| {
                for gathering in gatherings {
                    gathering.add(&row.case, &query.selection, &terms);
                }
            })?,
        };
        let whole = parts.into_iter().reduce(|mut whole, part| {
            whole.iter_mut().zip(part).for_each(|(whole, part)| whole.merge(part));
            whole
        });
        let gatherings = whole.unwrap_or_else(begin);
        let gatherings = gatherings.into_iter().zip(breakdowns);
        let finish = |(gathering, breakdown): (Gathering, &Option<Breakdown>)| {
            let named = match breakdown {
                Some(breakdown) => gathering.rename(|name| self.group_name(breakdown.dimension, name)),
                None => gathering,
            };
            Arc::new(named.finish(drawn))
        };
        Ok((gatherings.map(finish).collect(), read))
    }

    /// The name of a group as it is told: an organisation's name, and a code followed into the one that holds on the
    /// day of the figures where that is asked for.
    fn group_name(&self, by: Dimension, name: &str) -> String {
        let list = match by {
            Dimension::Organisation => return organisation_name(&self.basis.organisations, name),
            Dimension::Region => ListName::Region,
            Dimension::Agency | Dimension::Body => ListName::Agency,
            Dimension::KindOfPlace => ListName::KindOfPlace,
            Dimension::Sex => ListName::Sex,
            Dimension::AgeBand => ListName::AgeBand,
            Dimension::Year | Dimension::Quarter | Dimension::Month => return name.to_owned(),
        };
        let Question { query, known_on, .. } = &self.question;
        let (CodesAs::Current, Ok(code)) = (query.codes, name.parse::<Code>()) else { return name.to_owned() };
        match self.codes.follow(list, &code, *known_on) {
            Followed::Into(current) => current.to_string(),
            Followed::Split(_) => name.to_owned(),
        }
    }
}

fn organisation_name(organisations: &[OrganisationRecord], id: &str) -> String {
    let named = organisations.iter().find(|organisation| organisation.id.to_string() == id);
    named.map_or_else(|| id.to_owned(), |organisation| organisation.name.clone())
}
