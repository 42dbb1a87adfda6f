//! What stands above the figures of every page: where else to look, which complaints are counted, as known when, what is
//! withheld and why, and what can be taken away.

use chrono::NaiveDate;

use super::filter::{FilterForm, Given, Menus, Question};
use super::{cells, overview};
use crate::domain::field::FieldError;
use crate::domain::time::{PartialTime, Zone};
use crate::i18n::{self, Language, text};
use crate::measures::delay::DelayMeasure;
use crate::measures::delay_set::DelaySet;
use crate::services::Answer;

/// A page of the statistics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tab {
    Overview,
    Delays,
    Endings,
    Visits,
    Indicators,
    Definitions,
}

const TABS: [Tab; 6] = [Tab::Overview, Tab::Delays, Tab::Endings, Tab::Visits, Tab::Indicators, Tab::Definitions];

/// The head of a page.
pub(super) struct Head {
    pub title: String,
    pub tabs: Vec<Link>,
    pub form: FilterForm,
    pub cases: String,
    pub known_on: String,
    /// Which release it is, and why there is no other choice; none where every choice can be made.
    pub release: Option<String>,
    /// What an asterisk means; none where nothing is withheld.
    pub withheld: Option<String>,
    pub downloads: Vec<Link>,
}

/// A link to another page, or to something that can be taken away.
pub(super) struct Link {
    pub label: String,
    pub address: String,
    pub is_here: bool,
}

impl Tab {
    fn address(self) -> &'static str {
        match self {
            Self::Overview => "/statistics",
            Self::Delays => "/statistics/delays",
            Self::Endings => "/statistics/endings",
            Self::Visits => "/statistics/visits",
            Self::Indicators => "/statistics/indicators",
            Self::Definitions => "/statistics/definitions",
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Overview => "figures-tab-overview",
            Self::Delays => "figures-tab-delays",
            Self::Endings => "figures-tab-endings",
            Self::Visits => "figures-tab-visits",
            Self::Indicators => "figures-tab-indicators",
            Self::Definitions => "figures-tab-definitions",
        }
    }

    /// What is shown group by group on this page is chosen beside the breakdown.
    fn own_fields(self) -> &'static [&'static str] {
        match self {
            Self::Delays => &["delay"],
            Self::Indicators => &["indicator"],
            Self::Overview | Self::Endings | Self::Visits | Self::Definitions => &[],
        }
    }

    /// The delays that its page tells of each group: others need not be counted by group.
    pub(super) fn delays_of_groups(self, question: &Question) -> DelaySet {
        match self {
            Self::Overview => DelaySet::of(&overview::DELAYS_OF_GROUPS),
            Self::Delays => DelaySet::of(&[question.delay]),
            Self::Visits => DelaySet::of(DelayMeasure::OF_VISITS),
            Self::Endings | Self::Indicators | Self::Definitions => DelaySet::NONE,
        }
    }

    /// The title of its page.
    pub(super) fn title(self, language: Language) -> String {
        let key = if self == Self::Overview { "figures-title" } else { self.key() };
        text(language, key, &[])
    }

    /// The ways to all pages, with the filter.
    pub(super) fn links(self, given: &Given, language: Language) -> Vec<Link> {
        let carried = given.carried();
        let link = |tab: Tab| Link {
            label: text(language, tab.key(), &[]),
            address: with_query(tab.address(), &carried),
            is_here: tab == self,
        };
        TABS.map(link).into()
    }
}

fn with_query(address: &str, query: &str) -> String {
    if query.is_empty() { address.to_owned() } else { format!("{address}?{query}") }
}

impl Head {
    /// The head of a page that was asked for with a filter.
    pub(super) fn of(tab: Tab, given: &Given, menus: &Menus, errors: &[FieldError], answer: Option<&Answer>) -> Self {
        let language = menus.language;
        let day = |day: NaiveDate| i18n::day(language, day);
        let told = |key: &str, answer: &Answer| text(language, key, &[("day", day(answer.day).into())]);
        let release = answer.filter(|_| menus.released).map(|answer| told("figures-release", answer));
        let known_on = answer.map(|answer| {
            let key = if answer.day_is_over { "figures-known-on" } else { "figures-known-today" };
            let lag = answer.counted_at.map(|counted_at| {
                let time = i18n::time(language, PartialTime::Minute(counted_at), Zone::default());
                format!(" {}", text(language, "figures-counted-at", &[("time", time.into())]))
            });
            told(key, answer) + &lag.unwrap_or_default()
        });
        let withheld = answer
            .and_then(|answer| answer.withheld_below)
            .map(|threshold| text(language, "figures-withheld", &[("threshold", threshold.into())]));
        Self {
            title: tab.title(language),
            tabs: tab.links(given, language),
            form: FilterForm::of(tab.address(), tab.own_fields(), given, menus, errors),
            cases: answer.map(|answer| cells::count(language, answer.statistics.all.cases)).unwrap_or_default(),
            known_on: known_on.unwrap_or_default(),
            release,
            withheld,
            downloads: answer.map(|_| downloads(given, language)).unwrap_or_default(),
        }
    }
}

/// The annex of the same period, in each form. It knows no other part of the filter.
fn downloads(given: &Given, language: Language) -> Vec<Link> {
    let period = [("filed_from", "from"), ("filed_to", "to"), ("as_known_on", "as_known_on")];
    let period: Vec<String> = period
        .iter()
        .map(|(field, name)| (name, given.value(field)))
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("&{name}={value}"))
        .collect();
    let link = |format: &str| Link {
        label: text(language, &format!("figures-annex-{format}"), &[]),
        address: format!("/api/v1/reports/annex?format={format}&language={}{}", language.as_str(), period.concat()),
        is_here: false,
    };
    ["pdf", "xlsx", "csv"].map(link).into()
}
