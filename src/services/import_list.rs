//! Importing a list: every row is judged; then all rows are stored, or the good ones, or none.

use std::collections::HashSet;
use std::io::{self, Read};

use super::error::ServiceError;
use super::file_batch::{BATCH, BatchCase, BatchEvent, Filing};
use super::guard::Subject;
use super::record_event::complete;
use super::{Caller, Services, sealing};
use crate::access::permission::Action;
use crate::audit::AuditAction;
use crate::domain::code::{CodeEntry, CodeLists, ListName};
use crate::domain::event::Occurrence;
use crate::domain::id::{Author, EventId};
use crate::domain::sealed::PlainText;
use crate::import::{self, BadRow, ImportedCase, Mapping, MappingErrors, Report, Row, Unopened};
use crate::store::{StoreError, Transaction};

/// What to do with the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportMode {
    /// Judge every row, store nothing.
    DryRun,
    /// Store all rows, or none where one is bad.
    AllRows,
    /// Store the good rows.
    GoodRows,
}

/// What became of a list.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Imported {
    /// Whether anything was stored.
    pub written: bool,
    /// The codes that the mapping brought along and the lists did not have.
    pub codes_added: Vec<String>,
    /// What became of the rows.
    #[serde(flatten)]
    pub report: Report,
}

/// Why a list could not be read at all.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The database.
    #[error(transparent)]
    Service(#[from] ServiceError),
    /// The file does not fit the mapping.
    #[error(transparent)]
    Unopened(#[from] Unopened),
    /// The file could not be read to its end.
    #[error("the list cannot be read to its end: {0}")]
    Input(#[from] io::Error),
    /// The mapping names codes that no list has.
    #[error(transparent)]
    Mapping(#[from] MappingErrors),
    /// Bad rows, where all or none were wanted.
    #[error("bad rows")]
    BadRows,
}

impl From<StoreError> for ImportError {
    fn from(error: StoreError) -> Self {
        Self::Service(error.into())
    }
}

impl Services {
    /// Imports a list. `bad` is told of every bad row.
    ///
    /// # Errors
    /// Where the list or the mapping cannot be read, or the database fails; nothing is stored then.
    /// Bad rows are no error: the report has them, and `written` says what became of the others.
    pub fn import_list(
        &self,
        caller: &Caller,
        mapping: &Mapping,
        input: impl Read,
        mode: ImportMode,
        bad: impl FnMut(&BadRow),
    ) -> Result<Imported, ImportError> {
        let mut run = Run { services: self, mapping, mode, bad, report: Report::default(), codes_added: Vec::new() };
        let (action, subject) = (Action::ImportList, Subject::General);
        let outcome = match mode {
            ImportMode::DryRun => {
                self.reading(caller, action, subject, |tx, permit| run.read_all(tx, permit.author()?, input))
            }
            ImportMode::AllRows | ImportMode::GoodRows => self.writing(caller, action, subject, |tx, permit| {
                run.read_all(tx, permit.author()?, input)?;
                let good = run.report.good;
                Ok::<_, ImportError>(permit.note(tx, AuditAction::Imported, |entry| entry.with("cases", good))?)
            }),
        };
        let stored = match outcome {
            Ok(()) => mode != ImportMode::DryRun,
            Err(ImportError::BadRows) => false,
            Err(error) => return Err(error),
        };
        Ok(Imported { written: stored && run.report.good > 0, codes_added: run.codes_added, report: run.report })
    }
}

struct Run<'a, B> {
    services: &'a Services,
    mapping: &'a Mapping,
    mode: ImportMode,
    bad: B,
    report: Report,
    codes_added: Vec<String>,
}

impl<B: FnMut(&BadRow)> Run<'_, B> {
    fn read_all(&mut self, tx: &mut Transaction<'_>, author: Author, input: impl Read) -> Result<(), ImportError> {
        let codes = self.bring_codes(tx)?;
        let mut filing = Filing::by(tx, author)?;
        let mut batch = Vec::with_capacity(BATCH);
        for row in import::read(self.mapping, input, &codes, self.services.now())? {
            match row? {
                Row::Bad(row) => {
                    self.report.count_bad(&row);
                    (self.bad)(&row);
                }
                Row::Good(case) => batch.push(case),
            }
            if batch.len() == BATCH {
                self.take(tx, std::mem::take(&mut batch), &codes, &mut filing)?;
            }
        }
        self.take(tx, batch, &codes, &mut filing)?;
        if self.mode == ImportMode::AllRows && self.report.refused > 0 {
            return Err(ImportError::BadRows);
        }
        if self.mode != ImportMode::DryRun && self.report.good > 0 {
            tx.count_for_planner()?;
        }
        Ok(())
    }

    /// The code lists with those that the mapping brings along.
    fn bring_codes(&mut self, tx: &mut Transaction<'_>) -> Result<CodeLists, ImportError> {
        let mut codes = tx.code_lists()?;
        let missing: Vec<(ListName, CodeEntry)> =
            self.mapping.missing_codes(&codes).map(|(list, entry)| (list, entry.clone())).collect();
        self.codes_added = missing.iter().map(|(list, entry)| format!("{}/{}", list.as_str(), entry.code)).collect();
        self.mapping.add_missing_codes(&mut codes);
        let unknown = self.mapping.unknown_codes(&codes);
        if !unknown.is_empty() {
            return Err(MappingErrors(unknown).into());
        }
        if self.mode != ImportMode::DryRun {
            tx.hold_numbers()?;
            tx.add_codes(&missing)?;
        }
        Ok(codes)
    }

    fn take(
        &mut self,
        tx: &mut Transaction<'_>,
        batch: Vec<ImportedCase>,
        codes: &CodeLists,
        filing: &mut Filing,
    ) -> Result<(), ImportError> {
        let origins: Vec<[u8; 32]> = batch.iter().map(|case| case.key.0).collect();
        let known: HashSet<[u8; 32]> = tx.known_origins(&origins)?.into_iter().collect();
        let mut new = Vec::with_capacity(batch.len());
        for case in batch {
            if known.contains(&case.key.0) {
                self.report.count_already_there();
            } else {
                self.report.count_good(&case);
                new.push(self.batch_case(case, codes));
            }
        }
        if self.mode != ImportMode::DryRun {
            self.services.file_batch(tx, new, filing)?;
        }
        Ok(())
    }

    fn batch_case(&self, case: ImportedCase, codes: &CodeLists) -> BatchCase {
        let zone = self.mapping.zone();
        let event = |mut occurrence: Occurrence<PlainText>| {
            complete(&mut occurrence.happening, codes, occurrence.occurred_at.first_day(zone));
            BatchEvent { id: EventId(sealing::new_id()), occurrence, recorded_at: None }
        };
        BatchCase {
            zone,
            jurisdiction: self.mapping.jurisdiction().to_string(),
            events: case.occurrences.into_iter().map(event).collect(),
            origin: Some(case.key.0),
            shared_with: Vec::new(),
        }
    }
}
