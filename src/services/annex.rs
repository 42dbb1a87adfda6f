//! Making the annex: the figures of a period as known on a day, with small counts withheld, and a fingerprint of all
//! that they rest on.

use std::sync::Arc;

use chrono::NaiveDate;
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::asked::Asked;
use super::error::ServiceError;
use super::guard::Subject;
use super::measure::MeasureQuery;
use super::{Caller, Services, release};
use crate::access::permission::Action;
use crate::audit::{AuditAction, AuditEntry, Detail};
use crate::domain::code::ListName;
use crate::measures::breakdown::Dimension;
use crate::measures::statistics::Statistics;
use crate::report::Format;
use crate::report::annex::Annex;

/// The version of the program, which decides what is counted and how it looks.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Which annex, and what it is made into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnnexQuery {
    /// Complaints filed on this day or later; none for all.
    pub from: Option<NaiveDate>,
    /// Complaints filed on this day or earlier; none for all.
    pub to: Option<NaiveDate>,
    /// As known at the end of this day; none for today, or for the latest release to whom releases are given.
    pub as_known_on: Option<NaiveDate>,
    /// The word of its language, for the audit log.
    pub language: &'static str,
    /// In this form.
    pub format: Format,
}

impl Services {
    /// Makes the annex. That it leaves, with what it rests on, is written to the audit log before anybody has it.
    ///
    /// # Errors
    /// A period that ends before it begins, a day in the future; to whom releases are given, a period or a day of
    /// their own; those of the guard and of the database.
    pub fn annex(&self, caller: &Caller, query: &AnnexQuery) -> Result<Annex, ServiceError> {
        let question = self.annex_question(caller, query)?;
        let (asked, figures, data) = {
            let _turn = self.gathering_turn();
            // What leaves must be whole: a replica that is behind will not do.
            self.reading_figures(caller, Action::MakeReport, false, |tx, permit, source| {
                let asked = self.asked(tx, permit, (Action::MakeReport, source), &question)?;
                let figures = asked.answers(self, tx, &release::parts())?;
                let data = asked.fingerprint(tx)?;
                Ok((asked, figures, data))
            })?
        };
        let organisations = organisations(&figures);
        let fingerprint = fingerprint(query, &asked, &data, &organisations)?;
        let annex = Annex {
            from: query.from,
            to: query.to,
            known_on: asked.day.day,
            day_is_over: asked.day.day_is_over,
            figures: self.releases.of(&figures)?,
            deadlines: asked.deadlines().clone(),
            lists: asked.code_lists().clone(),
            fingerprint: HEXLOWER.encode(&fingerprint),
            organisations,
            version: VERSION,
        };
        self.writing(caller, Action::MakeReport, Subject::General, |tx, permit| {
            permit.note(tx, AuditAction::Exported, |entry| noted(entry, query, annex.known_on, &fingerprint))
        })?;
        Ok(annex)
    }

    /// Whether the annex could be made, without making it.
    ///
    /// # Errors
    /// As [`Services::annex`].
    pub fn check_annex(&self, caller: &Caller, query: &AnnexQuery) -> Result<(), ServiceError> {
        self.annex_question(caller, query).map(drop)
    }

    fn annex_question(&self, caller: &Caller, query: &AnnexQuery) -> Result<MeasureQuery, ServiceError> {
        let question = MeasureQuery {
            filed_from: query.from,
            filed_to: query.to,
            as_known_on: query.as_known_on,
            ..MeasureQuery::default()
        };
        self.reading(caller, Action::MakeReport, Subject::General, |_, _| {
            self.settled(caller, Action::MakeReport, &question).map_err(in_its_own_names)
        })
    }
}

/// The fields of a question about figures, as the annex names them.
fn in_its_own_names(error: ServiceError) -> ServiceError {
    let ServiceError::Invalid(mut fields) = error else { return error };
    for field in &mut fields {
        if let Some(name) = field.field.strip_prefix("filed_") {
            field.field = name.to_owned();
        }
    }
    ServiceError::Invalid(fields)
}

/// What is written of an annex: which it was, and what it rests on.
fn noted(entry: AuditEntry, query: &AnnexQuery, known_on: NaiveDate, fingerprint: &[u8; 32]) -> AuditEntry {
    let mut entry = entry
        .with("what", Detail::word("annex"))
        .with("language", Detail::word(query.language))
        .with("format", Detail::word(query.format.as_str()))
        .with("as_known_on", known_on)
        .with("fingerprint", Detail::bytes(fingerprint));
    for (name, day) in [("from", query.from), ("to", query.to)] {
        if let Some(day) = day {
            entry = entry.with(name, day);
        }
    }
    entry
}

/// The organisations that own any of the cases, by name.
fn organisations(figures: &[Arc<Statistics>]) -> Vec<String> {
    let by_organisation = figures.iter().find(|statistics| statistics.by == Some(Dimension::Organisation));
    by_organisation.map(|of| of.groups.iter().map(|(name, _)| name.clone()).collect()).unwrap_or_default()
}

/// A SHA-256 of the question, the version, and everything that the figures and their words are made of.
fn fingerprint(
    query: &AnnexQuery,
    asked: &Asked,
    data: &[u8; 32],
    organisations: &[String],
) -> Result<[u8; 32], ServiceError> {
    let mut hash = Sha256::new();
    let mut part = |bytes: &[u8]| {
        // The length before each part: no two lists of parts run together to the same bytes.
        hash.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_le_bytes());
        hash.update(bytes);
    };
    part(b"aiqyn annex");
    part(VERSION.as_bytes());
    for day in [query.from, query.to, Some(asked.day.day)] {
        part(day.map(|day| day.to_string()).unwrap_or_default().as_bytes());
    }
    part(data);
    part(format!("{:?}", asked.deadlines()).as_bytes());
    for list in ListName::ALL {
        for entry in asked.code_lists().entries(*list) {
            part(&serde_json::to_vec(entry).map_err(|error| ServiceError::Unsound(error.to_string()))?);
        }
    }
    for name in organisations {
        part(name.as_bytes());
    }
    Ok(hash.finalize().into())
}
