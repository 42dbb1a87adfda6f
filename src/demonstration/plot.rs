//! What becomes of each case, dealt out by quota: the picture as a whole must not hang on luck.

use chrono::{DateTime, TimeDelta, Utc};

use super::Plan;
use super::chance::{Chance, deal};

/// How the investigation goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// Internal security looks into it and dismisses it.
    DismissedByInternalSecurity,
    /// It is dismissed without a look: not signed, not competent.
    DismissedOutright,
    /// A criminal investigation is opened and ends in nothing.
    DismissedAfterInvestigation,
    /// Charges are brought.
    Prosecuted(Trial),
    /// It is withdrawn.
    Withdrawn,
    /// It was passed on, and then nothing.
    Stalled,
    /// Nobody takes any step.
    Unanswered,
}

/// How a prosecution goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trial {
    /// To a conviction.
    Convicted,
    /// To a conviction, after a dismissal and an appeal.
    ConvictedOnAppeal,
    /// To an acquittal.
    Acquitted,
    /// It is discontinued.
    Discontinued,
    /// It goes on.
    Pending,
}

/// How an urgent visit goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum VisitFate {
    /// Refused, and perhaps asked for again.
    Refused,
    /// Approved and carried out.
    Visited,
    /// Approved, and the door stayed shut.
    AccessDenied,
    /// Approved, and the person was gone.
    ApprovedTooLate,
    /// The person was gone before an answer came.
    Lapsed,
    /// Called off.
    Cancelled,
    /// No answer ever came.
    NeverAnswered,
    /// Asked for lately, and open now.
    OpenNow,
    /// Approved lately, and not carried out yet.
    ApprovedNow,
}

/// The plot of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Plot {
    /// The earliest instant of its filing.
    pub filed: DateTime<Utc>,
    /// How the investigation goes.
    pub ending: Ending,
    /// How the urgent visit goes, where one is asked for.
    pub visit: Option<VisitFate>,
}

/// The plots of a plan, in the order of filing.
pub(super) fn plots(plan: &Plan) -> Vec<Plot> {
    let mut chance = Chance::new(plan.seed, 0);
    let until = plan.until;
    let filings = filings(&mut chance, plan, until);
    let endings = deal(
        &mut chance,
        plan.cases,
        Ending::DismissedByInternalSecurity,
        [
            (15, Ending::DismissedAfterInvestigation),
            (4, Ending::DismissedOutright),
            (6, Ending::Withdrawn),
            (5, Ending::Stalled),
            (2, Ending::Unanswered),
        ],
    );
    let asked = deal(&mut chance, plan.cases, false, [(32, true)]);
    let number_asked = asked.iter().filter(|asked| **asked).count();
    let mut fates = deal(
        &mut chance,
        number_asked,
        VisitFate::Refused,
        [
            (23, VisitFate::Visited),
            (6, VisitFate::AccessDenied),
            (5, VisitFate::ApprovedTooLate),
            (14, VisitFate::Lapsed),
            (5, VisitFate::Cancelled),
            (4, VisitFate::NeverAnswered),
        ],
    )
    .into_iter();
    let mut plots: Vec<Plot> = filings
        .into_iter()
        .zip(endings)
        .zip(asked)
        .map(|((filed, ending), asked)| Plot { filed, ending, visit: if asked { fates.next() } else { None } })
        .collect();
    prosecute_a_few(&mut chance, &mut plots, until);
    leave_some_visits_open(&mut plots);
    plots
}

/// The days of filing, a little denser towards the present; the last one is hours ago.
fn filings(chance: &mut Chance, plan: &Plan, until: DateTime<Utc>) -> Vec<DateTime<Utc>> {
    let start = plan.zone.start_of(plan.from).min(until);
    let minutes = (until - start).num_minutes();
    let mut filings: Vec<DateTime<Utc>> = (0..plan.cases)
        .map(|_| {
            let place = chance.between(0, minutes).max(chance.between(-2 * minutes, minutes));
            start + TimeDelta::minutes(place)
        })
        .collect();
    filings.sort_unstable();
    if let Some(last) = filings.last_mut() {
        *last = (until - TimeDelta::hours(7)).max(start);
    }
    filings
}

/// Five of 400 are prosecuted: under two of a hundred, whatever the number of cases.
fn number_prosecuted(cases: usize) -> usize {
    let about = (cases + 40) / 80;
    about.min((cases * 2).saturating_sub(1) / 100)
}

const TRIALS: [Trial; 5] =
    [Trial::Convicted, Trial::Discontinued, Trial::ConvictedOnAppeal, Trial::Pending, Trial::Acquitted];

/// Chooses those that are prosecuted among cases old enough to have come so far.
fn prosecute_a_few(chance: &mut Chance, plots: &mut [Plot], until: DateTime<Utc>) {
    let mut places: Vec<usize> = (0..plots.len()).collect();
    chance.shuffle(&mut places);
    for trial in TRIALS.into_iter().cycle().take(number_prosecuted(plots.len())) {
        let ages = if trial == Trial::Pending { 300..1_000 } else { 1_100..100_000 };
        let fits = |place: &usize| {
            let plot = plots[*place];
            ages.contains(&(until - plot.filed).num_days()) && !matches!(plot.ending, Ending::Prosecuted(_))
        };
        if let Some(place) = places.iter().copied().find(fits) {
            plots[place].ending = Ending::Prosecuted(trial);
        }
    }
}

/// Among the latest cases there are always some whose visit is awaited, overdue or not.
fn leave_some_visits_open(plots: &mut [Plot]) {
    let number = (plots.len() / 45).min(8);
    let latest = plots.len() - number;
    for (plot, number) in plots[latest..].iter_mut().rev().zip(0..) {
        plot.visit = Some(if number % 4 == 2 { VisitFate::ApprovedNow } else { VisitFate::OpenNow });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fewer_than_two_in_a_hundred_are_prosecuted_however_many_there_are() {
        assert_eq!(number_prosecuted(400), 5);
        assert!((51..3_000).all(|cases| (1..).contains(&number_prosecuted(cases))));
        assert!((1..3_000).all(|cases| number_prosecuted(cases) * 100 < cases * 2));
    }

    #[test]
    fn filings_lie_within_the_plan_and_in_order() {
        let until = "2026-07-01T12:34:56.789Z".parse().unwrap();
        let plan = Plan { cases: 1_000, ..Plan::up_to(until) };
        let plots = plots(&plan);
        assert!(plots.is_sorted_by_key(|plot| plot.filed));
        assert!(plots.iter().all(|plot| plan.zone.date_of(plot.filed) >= plan.from && plot.filed < until));
    }
}
