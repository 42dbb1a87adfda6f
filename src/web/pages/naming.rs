//! The names of codes and times, as one page shows them.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::code::{CodeLists, ListName};
use crate::domain::time::{PartialTime, Zone};
use crate::i18n::{self, Language, labels};
use crate::services::{ServiceError, Services};

/// The lists and the language of a page.
pub struct Naming {
    pub language: Language,
    pub codes: Arc<CodeLists>,
    pub now: DateTime<Utc>,
    today: NaiveDate,
}

impl Naming {
    /// With the lists as they are now.
    pub fn of(services: &Services, language: Language) -> Result<Self, ServiceError> {
        let now = services.now();
        Ok(Self { language, codes: services.code_lists()?, now, today: Zone::default().date_of(now) })
    }

    /// What a code is called now, or was called last; the code itself where no list knows it.
    pub fn code(&self, list: ListName, code: &str) -> String {
        let last = || code.parse().ok().and_then(|code| self.codes.periods(list, &code).last());
        let entry = self.codes.entry_of_text(list, code, self.today).or_else(last);
        entry.map_or_else(|| code.to_owned(), |entry| labels::entry(self.language, entry).to_owned())
    }

    /// The same of what may be missing.
    pub fn code_if(&self, list: ListName, code: Option<&str>) -> Option<String> {
        code.map(|code| self.code(list, code))
    }

    /// A time by the clock of a zone.
    pub fn time(&self, time: PartialTime, zone: Zone) -> String {
        i18n::time(self.language, time, zone)
    }

    /// A time in a table: its day in digits, or its month.
    pub fn short(&self, time: PartialTime, zone: Zone) -> String {
        match time {
            PartialTime::Month(_) => self.time(time, zone),
            PartialTime::Minute(_) | PartialTime::Day(_) => i18n::short_day(self.language, time.first_day(zone)),
        }
    }

    /// An instant by the clock of a zone.
    pub fn instant(&self, instant: DateTime<Utc>, zone: Zone) -> String {
        self.time(PartialTime::minute(instant), zone)
    }
}
