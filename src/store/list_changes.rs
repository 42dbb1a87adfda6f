//! Changes of code lists and deadlines, as the administrator makes them. Entries end; none is deleted.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::code_list::{CodeListRow, DeadlineRow};
use super::connection::Transaction;
use super::error::StoreError;
use super::key::Key;
use super::revisions::CODE_LISTS;
use super::schema::{case_summaries, code_entries, deadline_rules};
use crate::domain::code::{CodeEntry, ListName};
use crate::domain::deadline::{DeadlineRule, Deadlines};
use crate::domain::id::CaseId;

/// How many cases are held against new deadlines at a time.
const AT_A_TIME: usize = 500;

/// A deadline with what it rests on, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadlineRecord {
    /// The rule.
    pub rule: DeadlineRule,
    /// Its source in Kazakh.
    pub source_kk: String,
    /// Its source in Russian.
    pub source_ru: String,
    /// Its source in English.
    pub source_en: String,
}

impl Transaction<'_> {
    /// Adds an entry to a list.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] where this code begins on this day already.
    pub fn add_code(&mut self, list: ListName, entry: &CodeEntry) -> Result<(), StoreError> {
        let last = code_entries::table.select(diesel::dsl::max(code_entries::position));
        let last: i32 = last.first::<Option<i32>>(self.connection)?.unwrap_or(0);
        let row = CodeListRow::new(list, entry, last.saturating_add(1));
        diesel::insert_into(code_entries::table).values(&row).execute(self.connection)?;
        self.note_change(CODE_LISTS)
    }

    /// Changes when an entry ends and what it is called: all that may change of one.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where the list has no such entry.
    pub fn change_code(&mut self, list: ListName, entry: &CodeEntry) -> Result<(), StoreError> {
        let changed = diesel::update(code_entries::table.find(CodeListRow::id_of(list, entry)))
            .set((
                code_entries::valid_to.eq(entry.valid_to.map(|day| day.to_string())),
                code_entries::kk.eq(&entry.kk),
                code_entries::ru.eq(&entry.ru),
                code_entries::en.eq(&entry.en),
            ))
            .execute(self.connection)?;
        if changed == 0 { Err(StoreError::NotFound) } else { self.note_change(CODE_LISTS) }
    }

    /// All deadlines with their sources.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] where a row is damaged.
    pub fn deadline_records(&mut self) -> Result<Vec<DeadlineRecord>, StoreError> {
        let rows = deadline_rules::table.order(deadline_rules::id).load::<DeadlineRow>(self.connection)?;
        rows.into_iter().map(DeadlineRow::record).collect()
    }

    /// Adds a deadline. The one that holds on its first day ends there, and it ends itself where the next begins.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] where one begins on that day already.
    pub fn add_deadline(&mut self, new: &DeadlineRecord, from: NaiveDate) -> Result<(), StoreError> {
        let is_about_it = |other: &DeadlineRule| {
            let same = |rule: &DeadlineRule| (rule.step, rule.kind_of_place.clone(), rule.jurisdiction.clone());
            same(other) == same(&new.rule)
        };
        let mut next = None;
        for old in self.deadline_records()?.into_iter().map(|record| record.rule).filter(is_about_it) {
            let begins_before = old.valid_from.is_none_or(|begins| begins < from);
            if begins_before && old.valid_to.is_none_or(|ends| from < ends) {
                diesel::update(deadline_rules::table.find(DeadlineRow::id_of(&old)))
                    .set(deadline_rules::valid_to.eq(from.to_string()))
                    .execute(self.connection)?;
            }
            next = old.valid_from.filter(|begins| from < *begins).into_iter().chain(next).min();
        }
        let rule = DeadlineRule { valid_from: Some(from), valid_to: next, ..new.rule.clone() };
        let row = DeadlineRow::new(&DeadlineRecord { rule, ..new.clone() });
        diesel::insert_into(deadline_rules::table).values(&row).execute(self.connection)?;
        Ok(())
    }

    /// Holds the cases in which something was recorded since an instant against these deadlines: no wait of another
    /// case can have begun since. Returns how many cases that were.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] where a history does not replay.
    pub fn renew_due_times(&mut self, since: i64, deadlines: &Deadlines) -> Result<usize, StoreError> {
        self.hold_cases()?;
        let touched = case_summaries::table.filter(case_summaries::updated_at.ge(since));
        let ids: Vec<Key> = touched.select(case_summaries::case_id).load(self.connection)?;
        for some in ids.chunks(AT_A_TIME) {
            let some: Vec<CaseId> = some.iter().copied().map(CaseId::from).collect();
            for stored in self.cases_with_events(&some)? {
                self.summarise_anew(&stored.record, &stored.case, deadlines)?;
            }
        }
        Ok(ids.len())
    }
}

impl DeadlineRow {
    fn id_of(rule: &DeadlineRule) -> String {
        Self::new(&DeadlineRecord {
            rule: rule.clone(),
            source_kk: String::new(),
            source_ru: String::new(),
            source_en: String::new(),
        })
        .id
    }
}
