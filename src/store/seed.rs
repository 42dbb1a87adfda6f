//! The code lists and deadlines that a new database begins with.

use std::collections::BTreeMap;

use diesel::prelude::*;
use serde::Deserialize;

use super::code_list::{CodeListRow, DeadlineRow};
use super::connection::Transaction;
use super::error::StoreError;
use super::schema::{code_entries, deadline_rules};
use crate::domain::code::{Code, CodeEntry, CodeLists, ListName};

const LISTS: &[(ListName, &str)] = &[
    (ListName::Jurisdiction, include_str!("code_lists/jurisdiction.csv")),
    (ListName::Region, include_str!("code_lists/region.csv")),
    (ListName::KindOfPlace, include_str!("code_lists/kind_of_place.csv")),
    (ListName::Place, include_str!("code_lists/place.csv")),
    (ListName::Agency, include_str!("code_lists/agency.csv")),
    (ListName::Channel, include_str!("code_lists/channel.csv")),
    (ListName::FormOfIllTreatment, include_str!("code_lists/form_of_ill_treatment.csv")),
    (ListName::Purpose, include_str!("code_lists/purpose.csv")),
    (ListName::Context, include_str!("code_lists/context.csv")),
    (ListName::DismissalGround, include_str!("code_lists/dismissal_ground.csv")),
    (ListName::VisitRefusalGround, include_str!("code_lists/visit_refusal_ground.csv")),
    (ListName::Charge, include_str!("code_lists/charge.csv")),
    (ListName::AgeBand, include_str!("code_lists/age_band.csv")),
    (ListName::Sex, include_str!("code_lists/sex.csv")),
    (ListName::ReprisalKind, include_str!("code_lists/reprisal_kind.csv")),
    (ListName::CustodyIncident, include_str!("code_lists/custody_incident.csv")),
    (ListName::ReparationForm, include_str!("code_lists/reparation_form.csv")),
    (ListName::LapseReason, include_str!("code_lists/lapse_reason.csv")),
    (ListName::ExpulsionKind, include_str!("code_lists/expulsion_kind.csv")),
];

const DEADLINES: &str = include_str!("code_lists/deadline.csv");

#[derive(Deserialize)]
struct SeedEntry {
    code: String,
    valid_from: Option<String>,
    valid_to: Option<String>,
    kk: String,
    ru: String,
    en: String,
    parent: Option<String>,
    iso: Option<String>,
    successors: String,
    attributes: String,
}

impl SeedEntry {
    fn entry(self) -> Result<CodeEntry, StoreError> {
        let unreadable = |what: &str| StoreError::Unreadable(format!("seeded code list: {what}"));
        let code = |text: &str| text.parse::<Code>().map_err(|_| unreadable(text));
        let day =
            |text: &Option<String>| text.as_ref().map(|text| text.parse().map_err(|_| unreadable(text))).transpose();
        let attributes = self
            .attributes
            .split(';')
            .filter(|pair| !pair.is_empty())
            .map(|pair| {
                pair.split_once('=')
                    .map(|(name, value)| (name.to_owned(), value.to_owned()))
                    .ok_or_else(|| unreadable(pair))
            })
            .collect::<Result<BTreeMap<_, _>, _>>()?;
        Ok(CodeEntry {
            code: code(&self.code)?,
            valid_from: day(&self.valid_from)?,
            valid_to: day(&self.valid_to)?,
            kk: self.kk,
            ru: self.ru,
            en: self.en,
            parent: self.parent.as_deref().map(code).transpose()?,
            iso: self.iso,
            successors: self.successors.split_whitespace().map(code).collect::<Result<_, _>>()?,
            attributes,
        })
    }
}

/// The seeded code lists, without a database.
///
/// # Errors
/// [`StoreError::Unreadable`] where a seed file is damaged; a test reads them all.
pub fn seeded_code_lists() -> Result<CodeLists, StoreError> {
    let mut lists = CodeLists::default();
    for (list, entry) in seeded_entries()? {
        lists.add(list, entry);
    }
    Ok(lists)
}

fn seeded_entries() -> Result<Vec<(ListName, CodeEntry)>, StoreError> {
    let mut entries = Vec::new();
    for (list, text) in LISTS {
        for row in csv::Reader::from_reader(text.as_bytes()).deserialize::<SeedEntry>() {
            let row = row.map_err(|error| StoreError::Unreadable(format!("seeded {}: {error}", list.as_str())))?;
            entries.push((*list, row.entry()?));
        }
    }
    Ok(entries)
}

impl Transaction<'_> {
    /// Fills code lists and deadlines where they are empty.
    pub(super) fn seed(&mut self) -> Result<(), StoreError> {
        if code_entries::table.count().get_result::<i64>(self.connection)? == 0 {
            for (position, (list, entry)) in seeded_entries()?.into_iter().enumerate() {
                let row = CodeListRow::new(list, &entry, i32::try_from(position).unwrap_or(i32::MAX));
                diesel::insert_into(code_entries::table).values(&row).execute(self.connection)?;
            }
        }
        if deadline_rules::table.count().get_result::<i64>(self.connection)? == 0 {
            for row in csv::Reader::from_reader(DEADLINES.as_bytes()).deserialize::<DeadlineRow>() {
                let row = row.map_err(|error| StoreError::Unreadable(format!("seeded deadlines: {error}")))?;
                diesel::insert_into(deadline_rules::table).values(&row.with_id()).execute(self.connection)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_seeded() {
        let lists = seeded_code_lists().unwrap();
        for list in ListName::ALL {
            assert!(lists.entries(*list).next().is_some(), "{list:?}");
        }
    }
}
