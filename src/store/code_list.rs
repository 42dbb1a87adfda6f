//! Code lists and deadlines as rows.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Deserialize;

use super::connection::Transaction;
use super::error::StoreError;
use super::list_changes::DeadlineRecord;
use super::revisions::CODE_LISTS;
use super::schema::{code_entries, deadline_rules};
use crate::domain::code::{CodeEntry, CodeLists, ListName};
use crate::domain::deadline::{AwaitedStep, Basis, DeadlineRule, Deadlines};

/// A row of a code list.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = code_entries, treat_none_as_default_value = false)]
pub struct CodeListRow {
    id: String,
    list: String,
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
    position: i32,
}

impl CodeListRow {
    /// What an entry is found by: its list, its code and its first day.
    pub(super) fn id_of(list: ListName, entry: &CodeEntry) -> String {
        let from = entry.valid_from.map(|day| day.to_string()).unwrap_or_default();
        format!("{}/{}/{from}", list.as_str(), entry.code)
    }

    /// The row of an entry.
    pub fn new(list: ListName, entry: &CodeEntry, position: i32) -> Self {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
        Self {
            id: Self::id_of(list, entry),
            list: list.as_str().to_owned(),
            code: entry.code.to_string(),
            valid_from: day(entry.valid_from),
            valid_to: day(entry.valid_to),
            kk: entry.kk.clone(),
            ru: entry.ru.clone(),
            en: entry.en.clone(),
            parent: entry.parent.as_ref().map(ToString::to_string),
            iso: entry.iso.clone(),
            successors: entry.successors.iter().map(|code| code.as_str()).collect::<Vec<_>>().join(" "),
            attributes: serde_json::to_string(&entry.attributes).unwrap_or_default(),
            position,
        }
    }

    fn entry(self) -> Result<(ListName, CodeEntry), StoreError> {
        let unreadable = || StoreError::Unreadable(format!("code entry {}", self.id));
        let day = |text: &Option<String>| text.as_ref().map(|text| text.parse().map_err(|_| unreadable())).transpose();
        let code = |text: &str| text.parse().map_err(|_| unreadable());
        let entry = CodeEntry {
            code: code(&self.code)?,
            valid_from: day(&self.valid_from)?,
            valid_to: day(&self.valid_to)?,
            parent: self.parent.as_deref().map(code).transpose()?,
            successors: self.successors.split_whitespace().map(code).collect::<Result<_, _>>()?,
            attributes: serde_json::from_str(&self.attributes).map_err(|_| unreadable())?,
            kk: self.kk.clone(),
            ru: self.ru.clone(),
            en: self.en.clone(),
            iso: self.iso.clone(),
        };
        Ok((self.list.parse().map_err(|_| unreadable())?, entry))
    }
}

/// A row of the deadlines.
#[derive(Clone, Debug, Queryable, Insertable, Deserialize)]
#[diesel(table_name = deadline_rules, treat_none_as_default_value = false)]
pub(super) struct DeadlineRow {
    #[serde(default)]
    pub(super) id: String,
    jurisdiction: String,
    kind_of_place: Option<String>,
    step: String,
    hours: i32,
    valid_from: Option<String>,
    valid_to: Option<String>,
    basis: String,
    source_kk: String,
    source_ru: String,
    source_en: String,
}

impl DeadlineRow {
    pub fn new(record: &DeadlineRecord) -> Self {
        let DeadlineRecord { rule, source_kk, source_ru, source_en } = record.clone();
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
        let row = Self {
            id: String::new(),
            jurisdiction: rule.jurisdiction.to_string(),
            kind_of_place: rule.kind_of_place.as_ref().map(ToString::to_string),
            step: rule.step.as_str().to_owned(),
            hours: rule.hours,
            valid_from: day(rule.valid_from),
            valid_to: day(rule.valid_to),
            basis: rule.basis.as_str().to_owned(),
            source_kk,
            source_ru,
            source_en,
        };
        row.with_id()
    }

    pub fn record(self) -> Result<DeadlineRecord, StoreError> {
        let (source_kk, source_ru, source_en) =
            (self.source_kk.clone(), self.source_ru.clone(), self.source_en.clone());
        Ok(DeadlineRecord { rule: self.rule()?, source_kk, source_ru, source_en })
    }

    pub fn with_id(self) -> Self {
        let any = |part: &Option<String>| part.clone().unwrap_or_else(|| "any".to_owned());
        let id = format!("{}/{}/{}/{}", self.jurisdiction, any(&self.kind_of_place), self.step, any(&self.valid_from));
        Self { id, ..self }
    }

    fn rule(self) -> Result<DeadlineRule, StoreError> {
        let unreadable = || StoreError::Unreadable(format!("deadline {}", self.id));
        let day = |text: &Option<String>| text.as_ref().map(|text| text.parse().map_err(|_| unreadable())).transpose();
        Ok(DeadlineRule {
            jurisdiction: self.jurisdiction.parse().map_err(|_| unreadable())?,
            kind_of_place: self.kind_of_place.as_deref().map(str::parse).transpose().map_err(|_| unreadable())?,
            step: AwaitedStep::named(&self.step).ok_or_else(unreadable)?,
            hours: self.hours,
            valid_from: day(&self.valid_from)?,
            valid_to: day(&self.valid_to)?,
            basis: Basis::named(&self.basis).ok_or_else(unreadable)?,
        })
    }
}

impl Transaction<'_> {
    /// All code lists.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] where a row is damaged.
    pub fn code_lists(&mut self) -> Result<CodeLists, StoreError> {
        let mut lists = CodeLists::default();
        for row in code_entries::table.order(code_entries::position).load::<CodeListRow>(self.connection)? {
            let (list, entry) = row.entry()?;
            lists.add(list, entry);
        }
        Ok(lists)
    }

    /// Adds the entries whose code and first day the lists do not have yet. Returns how many.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn add_codes(&mut self, entries: &[(ListName, CodeEntry)]) -> Result<usize, StoreError> {
        let mut added = 0;
        let mut position: i32 = code_entries::table
            .select(diesel::dsl::max(code_entries::position))
            .first::<Option<i32>>(self.connection)?
            .unwrap_or(0);
        for (list, entry) in entries {
            position = position.saturating_add(1);
            let row = CodeListRow::new(*list, entry, position);
            let known: i64 =
                code_entries::table.filter(code_entries::id.eq(&row.id)).count().get_result(self.connection)?;
            if known == 0 {
                added += diesel::insert_into(code_entries::table).values(&row).execute(self.connection)?;
            }
        }
        if added > 0 {
            self.note_change(CODE_LISTS)?;
        }
        Ok(added)
    }

    /// All deadlines.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] where a row is damaged.
    pub fn deadlines(&mut self) -> Result<Deadlines, StoreError> {
        let rows = deadline_rules::table.load::<DeadlineRow>(self.connection)?;
        rows.into_iter().map(DeadlineRow::rule).collect::<Result<Vec<_>, _>>().map(Deadlines::new)
    }
}
