//! Escalation levels as rows.

use diesel::prelude::*;

use super::connection::Transaction;
use super::error::StoreError;
use crate::domain::code::Code;
use crate::domain::deadline::AwaitedStep;
use crate::domain::escalation::{EscalationLevel, Escalations};

diesel::table! {
    escalation_levels (id) {
        id -> Text,
        step -> Text,
        kind_of_place -> Nullable<Text>,
        level -> Integer,
        after_hours -> Integer,
        kk -> Text,
        ru -> Text,
        en -> Text,
    }
}

#[derive(Clone, Debug, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = escalation_levels, treat_none_as_default_value = false, treat_none_as_null = true)]
struct EscalationRow {
    id: String,
    step: String,
    kind_of_place: Option<String>,
    level: i32,
    after_hours: i32,
    kk: String,
    ru: String,
    en: String,
}

impl EscalationRow {
    fn new(level: &EscalationLevel) -> Self {
        let kind_of_place = level.kind_of_place.as_ref().map(Code::to_string);
        let kind = kind_of_place.as_deref().unwrap_or("any");
        Self {
            id: format!("{}/{kind}/{}", level.step.as_str(), level.level),
            step: level.step.as_str().to_owned(),
            level: level.level.into(),
            after_hours: level.after_hours.into(),
            kk: level.kk.clone(),
            ru: level.ru.clone(),
            en: level.en.clone(),
            kind_of_place,
        }
    }

    fn level(self) -> Result<EscalationLevel, StoreError> {
        let unreadable = || StoreError::Unreadable(format!("escalation level {}", self.id));
        Ok(EscalationLevel {
            step: AwaitedStep::named(&self.step).ok_or_else(unreadable)?,
            kind_of_place: self.kind_of_place.as_deref().map(str::parse).transpose().map_err(|_| unreadable())?,
            level: u8::try_from(self.level).map_err(|_| unreadable())?,
            after_hours: u16::try_from(self.after_hours).map_err(|_| unreadable())?,
            kk: self.kk,
            ru: self.ru,
            en: self.en,
        })
    }
}

impl Transaction<'_> {
    /// All escalation levels.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] where a row is damaged.
    pub fn escalations(&mut self) -> Result<Escalations, StoreError> {
        let rows = escalation_levels::table.load::<EscalationRow>(self.connection)?;
        rows.into_iter().map(EscalationRow::level).collect::<Result<Vec<_>, _>>().map(Escalations::new)
    }

    /// Sets a level, in place of the one that stands there.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn set_escalation(&mut self, level: &EscalationLevel) -> Result<(), StoreError> {
        let row = EscalationRow::new(level);
        let changed =
            diesel::update(escalation_levels::table.find(row.id.clone())).set(&row).execute(self.connection)?;
        if changed == 0 {
            diesel::insert_into(escalation_levels::table).values(&row).execute(self.connection)?;
        }
        Ok(())
    }
}
