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
use super::{Caller, Services};
use crate::access::permission::Action;
use crate::audit::{AuditAction, Detail};
use crate::domain::code::ListName;
use crate::domain::field::FieldProblem;
use crate::measures::breakdown::Dimension;
use crate::measures::delay::DelayMeasure;
use crate::measures::disclosure::{Kept, KeptDetail, Released};
use crate::measures::rate::RateMeasure;
use crate::measures::statistics::Statistics;
use crate::report::annex::Annex;
use crate::statistics::suppression::Threshold;

/// The ways in which the annex breaks complaints down.
const BREAKDOWNS: &[Dimension] = &[
    Dimension::Year,
    Dimension::Region,
    Dimension::KindOfPlace,
    Dimension::Agency,
    Dimension::Body,
    Dimension::Sex,
    Dimension::AgeBand,
    Dimension::Organisation,
];

/// What a breakdown of the annex prints of each group.
const KEPT: Kept<'_> = Kept {
    delays: &[DelayMeasure::FilingToFirstResponse, DelayMeasure::RoutingToDecision, DelayMeasure::VisitRequestToAnswer],
    rates: &[RateMeasure::Dismissed, RateMeasure::Prosecuted],
    detail: KeptDetail::Estimates,
};

/// The version of the program, which decides what is counted and how it looks.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Which annex.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnnexQuery {
    /// Complaints filed on this day or later.
    pub from: NaiveDate,
    /// Complaints filed on this day or earlier.
    pub to: NaiveDate,
    /// As known at the end of this day; none for today.
    pub as_known_on: Option<NaiveDate>,
}

impl Services {
    /// Makes the annex. That it left is written to the audit log first.
    ///
    /// # Errors
    /// A period that ends before it begins, a day in the future; those of the guard and of the database.
    pub fn annex(&self, caller: &Caller, query: &AnnexQuery) -> Result<Annex, ServiceError> {
        let question = MeasureQuery {
            filed_from: Some(query.from),
            filed_to: Some(query.to),
            as_known_on: query.as_known_on,
            ..MeasureQuery::default()
        };
        self.writing(caller, Action::MakeReport, Subject::General, |tx, permit| {
            if query.to < query.from {
                return Err(ServiceError::invalid("to", FieldProblem::EndsBeforeItBegins));
            }
            self.known_on(&question)?;
            permit.note(tx, AuditAction::Exported, |entry| entry.with("what", Detail::word("annex")))
        })?;
        self.reading(caller, Action::MakeReport, Subject::General, |tx, permit| {
            let asked = self.asked(tx, permit, Action::MakeReport, &question)?;
            let breakdowns: Vec<Option<Dimension>> =
                [None].into_iter().chain(BREAKDOWNS.iter().copied().map(Some)).collect();
            let figures = asked.answers(self, tx, &breakdowns)?;
            let organisations = organisations(&figures);
            let (whole, breakdowns) = figures.split_first().ok_or(ServiceError::NotFound)?;
            let breakdowns: Vec<Statistics> = breakdowns.iter().map(|statistics| statistics.as_ref().clone()).collect();
            let fingerprint = fingerprint(query, &asked, &asked.fingerprint(tx)?, &organisations)?;
            Ok(Annex {
                from: query.from,
                to: query.to,
                known_on: asked.day.day,
                day_is_over: asked.day.day_is_over,
                organisations,
                figures: Released::of(whole, &breakdowns, KEPT, Threshold::default())?,
                deadlines: asked.deadlines().clone(),
                lists: asked.code_lists().clone(),
                fingerprint,
                version: VERSION,
            })
        })
    }
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
) -> Result<String, ServiceError> {
    let mut hash = Sha256::new();
    let mut part = |bytes: &[u8]| {
        // The length before each part: no two lists of parts run together to the same bytes.
        hash.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_le_bytes());
        hash.update(bytes);
    };
    part(b"aiqyn annex");
    part(VERSION.as_bytes());
    for day in [query.from, query.to, asked.day.day] {
        part(day.to_string().as_bytes());
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
    Ok(HEXLOWER.encode(&hash.finalize()))
}
