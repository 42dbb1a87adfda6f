//! The events of one case as they are told: each with the instant at which it truly happened, how
//! precisely that was handed down, and when it was written down.

use chrono::{DateTime, Datelike, Days, NaiveTime, TimeDelta, Utc, Weekday};
use uuid::Builder;

use super::chance::{Chance, Wait, wait};
use super::{InventedEvent, Plan};
use crate::domain::code::{Code, CodeEntry, CodeIn, CodeList, CodeLists, ListName};
use crate::domain::event::{Happening, Occurrence};
use crate::domain::id::EventId;
use crate::domain::sealed::PlainText;
use crate::domain::time::{Month, PartialTime, Zone};

/// When something happened, and as what that was handed down.
#[derive(Clone, Copy, Debug)]
pub(super) struct When {
    /// The instant, which only the inventor knows.
    pub instant: DateTime<Utc>,
    /// The time as it is told.
    pub told: PartialTime,
}

/// How precisely a time is handed down.
#[derive(Clone, Copy, Debug)]
pub(super) enum Memory {
    /// Somebody looked at the clock.
    Clock,
    /// A paper bears a date, now and then an hour.
    Paper,
    /// Somebody remembers, now and then only the month.
    Recollection,
}

/// When something is written down.
#[derive(Clone, Copy, Debug)]
pub(super) enum Telling {
    /// Within minutes.
    AtOnce,
    /// Within hours, days, or now and then weeks; not before earlier steps of its kind.
    InDueCourse,
    /// Weeks later, even after steps that followed it.
    Belatedly,
    /// In due course, but not before this event.
    After(EventId),
}

/// A language in which people tell their story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    /// Kazakh.
    Kazakh,
    /// Russian.
    Russian,
    /// English.
    English,
}

/// Codes by weight.
pub(super) type Weighted = &'static [(u32, &'static str)];

const HOURS: Wait = wait(0.12, 0.9);
const DAYS: Wait = wait(2.0, 0.7);
const WEEKS: Wait = wait(20.0, 0.5);

/// The events of one case.
#[derive(Debug)]
pub(super) struct Chronicle<'a> {
    /// The chance of this case.
    pub chance: Chance,
    /// The language of this case.
    pub language: Language,
    /// The present.
    pub until: DateTime<Utc>,
    zone: Zone,
    codes: &'a CodeLists,
    drafts: Vec<Draft>,
    nothing_known_after: Option<DateTime<Utc>>,
}

#[derive(Debug)]
struct Draft {
    id: EventId,
    instant: DateTime<Utc>,
    recorded_at: DateTime<Utc>,
    told_in_order: bool,
    occurrence: Occurrence<PlainText>,
}

/// Which events must be written down in the order in which they happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Strand {
    Investigation,
    Visit,
    Facts,
}

impl Strand {
    fn of(happening: &Happening<PlainText>) -> Self {
        match happening {
            Happening::Investigation(_) => Self::Investigation,
            Happening::Visit(_) => Self::Visit,
            Happening::Fact(_) => Self::Facts,
        }
    }
}

impl<'a> Chronicle<'a> {
    /// A case of which nothing has been told yet.
    pub fn new(plan: &Plan, codes: &'a CodeLists, number: u64) -> Self {
        let mut chance = Chance::new(plan.seed, number);
        let language = chance.weigh(&[(45, Language::Russian), (40, Language::Kazakh), (15, Language::English)]);
        let Plan { until, zone, .. } = *plan;
        Self { chance, language, until, zone, codes, drafts: Vec::new(), nothing_known_after: None }
    }

    /// Gives an instant the precision with which it is handed down.
    pub fn when(&mut self, instant: DateTime<Utc>, memory: Memory) -> When {
        let day = PartialTime::Day(self.zone.date_of(instant));
        let minute = PartialTime::minute(instant);
        let month = PartialTime::Month(Month::of(self.zone.date_of(instant)));
        let told = match memory {
            Memory::Clock => minute,
            Memory::Paper => self.chance.weigh(&[(66, day), (30, minute), (4, month)]),
            Memory::Recollection => self.chance.weigh(&[(50, day), (35, minute), (15, month)]),
        };
        When { instant, told }
    }

    /// The day here, in the zone of the case.
    pub fn day_of(&self, instant: DateTime<Utc>) -> chrono::NaiveDate {
        self.zone.date_of(instant)
    }

    /// The first instant of a day with so many minutes on the clock added.
    pub fn on_day(&self, day: chrono::NaiveDate, minutes: i64) -> DateTime<Utc> {
        let wall_clock = day.and_time(NaiveTime::MIN) + TimeDelta::minutes(minutes);
        self.zone.instant_of(wall_clock).unwrap_or_else(|| self.zone.start_of(day) + TimeDelta::minutes(minutes))
    }

    /// The end of a wait on an office: some working hour after it.
    pub fn office_answers(&mut self, since: DateTime<Utc>, takes: Wait) -> DateTime<Utc> {
        let ready = since + self.chance.lasts(takes);
        self.office_hour_after(ready)
    }

    /// The end of a wait on people, who keep no hours.
    pub fn later(&mut self, since: DateTime<Utc>, takes: Wait) -> DateTime<Utc> {
        since + self.chance.lasts(takes)
    }

    fn office_hour_after(&mut self, instant: DateTime<Utc>) -> DateTime<Utc> {
        let first = self.zone.date_of(instant);
        for days in 0..5 {
            let day = first + Days::new(days);
            let hour = self.chance.between(9 * 60, 18 * 60 - 1);
            let at = self.on_day(day, hour);
            if at > instant && !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
                return at;
            }
        }
        instant + TimeDelta::minutes(1)
    }

    /// A code by weight among those that their list holds at that time; any code of the list where
    /// it holds none of them; `None` where it holds none at all.
    pub fn code<L: CodeList>(&mut self, when: When, choices: &[(u32, &str)]) -> Option<CodeIn<L>> {
        let valid: Vec<(u32, &Code)> =
            choices.iter().filter_map(|(weight, text)| Some((*weight, self.valid(L::NAME, text, when)?))).collect();
        let chosen = match self.chance.weigh_any(&valid) {
            Some(code) => code,
            None => &self.valid_entries(L::NAME, when).next()?.code,
        };
        Some(CodeIn::new(chosen.clone()))
    }

    /// One certain code, where its list holds it at that time.
    pub fn exact<L: CodeList>(&self, when: When, text: &str) -> Option<CodeIn<L>> {
        self.valid(L::NAME, text, when).cloned().map(CodeIn::new)
    }

    fn valid(&self, list: ListName, text: &str, when: When) -> Option<&'a Code> {
        let code: Code = text.parse().ok()?;
        self.codes.entry(list, &code, when.told.last_day(self.zone))?;
        self.codes.entry(list, &code, when.told.first_day(self.zone)).map(|entry| &entry.code)
    }

    /// The entries that a list holds throughout a time.
    pub fn valid_entries(&self, list: ListName, when: When) -> impl Iterator<Item = &'a CodeEntry> + use<'a> {
        let (first, last) = (when.told.first_day(self.zone), when.told.last_day(self.zone));
        self.codes.entries(list).filter(move |entry| entry.is_valid_on(first) && entry.is_valid_on(last))
    }

    /// The entry of a code at that time.
    pub fn entry<L: CodeList>(&self, code: &CodeIn<L>, when: When) -> Option<&'a CodeEntry> {
        self.codes.entry(L::NAME, code.code(), when.told.first_day(self.zone))
    }

    /// Adds an event.
    pub fn add(&mut self, happening: Happening<PlainText>, when: When, telling: Telling) -> EventId {
        let recorded_at = self.recorded_at(&happening, when.instant, telling);
        let millis = u64::try_from(recorded_at.timestamp_millis()).unwrap_or_default();
        let id = EventId(Builder::from_unix_timestamp_millis(millis, &self.chance.bytes()).into_uuid());
        self.drafts.push(Draft {
            id,
            instant: when.instant,
            recorded_at,
            told_in_order: !matches!(telling, Telling::Belatedly),
            occurrence: Occurrence { happening, occurred_at: when.told },
        });
        id
    }

    fn recorded_at(
        &mut self,
        happening: &Happening<PlainText>,
        instant: DateTime<Utc>,
        telling: Telling,
    ) -> DateTime<Utc> {
        let lag = match telling {
            Telling::AtOnce => None,
            Telling::InDueCourse | Telling::After(_) => {
                Some(self.chance.weigh(&[(55, HOURS), (35, DAYS), (10, WEEKS)]))
            }
            Telling::Belatedly => Some(WEEKS.times(2.0)),
        };
        let seconds = TimeDelta::seconds(self.chance.between(1, 59));
        let free = match lag {
            None => instant + TimeDelta::minutes(self.chance.between(1, 12)),
            Some(lag) => self.office_answers(instant, lag),
        } + seconds;
        // The first event is the filing: a case that is told exists.
        let Some(filing) = self.drafts.first() else { return free.min(self.until).max(instant) };
        let strand = Strand::of(happening);
        let must_follow = |draft: &&Draft| match telling {
            Telling::AtOnce | Telling::InDueCourse => {
                strand != Strand::Facts && draft.told_in_order && Strand::of(&draft.occurrence.happening) == strand
            }
            Telling::Belatedly => false,
            Telling::After(named) => draft.id == named,
        };
        let earlier = self.drafts.iter().filter(must_follow).map(|draft| draft.recorded_at).max();
        free.max(filing.recorded_at).max(earlier.unwrap_or(free))
    }

    /// Says that nothing is known after an instant; what the story tells of later is dropped.
    pub fn end_at(&mut self, instant: DateTime<Utc>) {
        self.nothing_known_after = Some(instant);
    }

    /// The events up to the present, in the order in which they were recorded.
    pub fn finish(mut self) -> Vec<InventedEvent> {
        if let Some(end) = self.nothing_known_after {
            self.drafts.retain(|draft| draft.instant <= end);
        }
        self.drafts.sort_by_key(|draft| draft.recorded_at);
        let mut events: Vec<InventedEvent> = Vec::with_capacity(self.drafts.len());
        for draft in self.drafts {
            let next = events.last().map(|before| before.recorded_at + TimeDelta::seconds(1));
            let recorded_at = next.map_or(draft.recorded_at, |next| next.max(draft.recorded_at));
            if recorded_at > self.until {
                break;
            }
            events.push(InventedEvent { id: draft.id, occurrence: draft.occurrence, recorded_at });
        }
        events
    }
}
