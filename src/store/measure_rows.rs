//! The milestones of many cases at once, for statistics.

use chrono::Datelike;
use diesel::prelude::*;

use super::case_query::{CaseFilter, with_shared_columns};
use super::connection::{AnyConnection, Transaction};
use super::error::StoreError;
use super::schema::{case_summaries, visit_summaries};
use super::stamp::{day_number, numbered_day, unstamp};
use crate::domain::milestone::{Ending, Milestones, Outcome};
use crate::domain::time::Zone;
use crate::measures::measured::{MeasuredCase, MeasuredVisit};

#[derive(Queryable, Selectable)]
#[diesel(table_name = case_summaries)]
struct CaseRow {
    jurisdiction: String,
    time_zone: String,
    first_ending: Option<String>,
    outcome: Option<String>,
    dismissed_by_internal_security: bool,
    region: Option<String>,
    kind_of_place: Option<String>,
    agency: Option<String>,
    first_body: Option<String>,
    filed_day: i32,
    learnt_at: Option<i64>,
    filed_at: Option<i64>,
    routed_at: Option<i64>,
    investigation_opened_at: Option<i64>,
    first_response_at: Option<i64>,
    dismissed_at: Option<i64>,
    appealed_at: Option<i64>,
    appeal_answered_at: Option<i64>,
    appeal_withdrawn_at: Option<i64>,
    reopened_at: Option<i64>,
    prosecuted_at: Option<i64>,
    closed_at: Option<i64>,
    withdrawn_at: Option<i64>,
    deprived_of_liberty_at: Option<i64>,
    registered_at: Option<i64>,
    lawyer_at: Option<i64>,
    doctor_at: Option<i64>,
    family_at: Option<i64>,
    follow_up_ended_at: Option<i64>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = visit_summaries)]
struct VisitRow {
    jurisdiction: String,
    time_zone: String,
    needs_approval: bool,
    region: Option<String>,
    agency: Option<String>,
    kind_of_place: String,
    filed_day: i32,
    requested_at: i64,
    answered_at: Option<i64>,
    approved_at: Option<i64>,
    carried_out_at: Option<i64>,
    ended_at: Option<i64>,
    follow_up_ended_at: Option<i64>,
}

/// Looks zones up by name, and remembers the last one: most rows have the same as the row before.
#[derive(Default)]
struct Zones(Option<(String, Zone)>);

impl Zones {
    fn named(&mut self, name: String) -> Zone {
        match &self.0 {
            Some((known, zone)) if *known == name => *zone,
            _ => {
                let zone = Zone::named(&name).unwrap_or_default();
                self.0.insert((name, zone)).1
            }
        }
    }
}

fn year(day: i32) -> i32 {
    numbered_day(day).map_or(0, |day| day.year())
}

impl CaseRow {
    fn measured(self, zones: &mut Zones) -> MeasuredCase {
        let time = |stamp: Option<i64>| stamp.and_then(unstamp);
        MeasuredCase {
            zone: zones.named(self.time_zone),
            jurisdiction: self.jurisdiction,
            filed_year: year(self.filed_day),
            region: self.region,
            kind_of_place: self.kind_of_place,
            agency: self.agency,
            first_body: self.first_body,
            milestones: Milestones {
                learnt: time(self.learnt_at),
                filed: time(self.filed_at),
                routed: time(self.routed_at),
                investigation_opened: time(self.investigation_opened_at),
                first_response: time(self.first_response_at),
                dismissed: time(self.dismissed_at),
                dismissed_by_internal_security: self.dismissed_by_internal_security,
                appealed: time(self.appealed_at),
                appeal_answered: time(self.appeal_answered_at),
                appeal_withdrawn: time(self.appeal_withdrawn_at),
                reopened: time(self.reopened_at),
                prosecuted: time(self.prosecuted_at),
                closed: time(self.closed_at),
                outcome: self.outcome.as_deref().and_then(Outcome::named),
                withdrawn: time(self.withdrawn_at),
                first_ending: self.first_ending.as_deref().and_then(Ending::named),
                deprived_of_liberty: time(self.deprived_of_liberty_at),
                registered: time(self.registered_at),
                lawyer: time(self.lawyer_at),
                doctor: time(self.doctor_at),
                family: time(self.family_at),
                follow_up_ended: time(self.follow_up_ended_at),
            },
        }
    }
}

impl VisitRow {
    fn measured(self, zones: &mut Zones) -> Option<MeasuredVisit> {
        let time = |stamp: Option<i64>| stamp.and_then(unstamp);
        Some(MeasuredVisit {
            zone: zones.named(self.time_zone),
            jurisdiction: self.jurisdiction,
            filed_year: year(self.filed_day),
            region: self.region,
            kind_of_place: self.kind_of_place,
            agency: self.agency,
            needs_approval: self.needs_approval,
            requested: unstamp(self.requested_at)?,
            approved: time(self.approved_at),
            answered: time(self.answered_at),
            carried_out: time(self.carried_out_at),
            ended: time(self.ended_at),
            follow_up_ended: time(self.follow_up_ended_at),
        })
    }
}

type VisitQuery<'a> = visit_summaries::BoxedQuery<'a, <AnyConnection as Connection>::Backend>;

fn filtered_visits(filter: &CaseFilter) -> VisitQuery<'_> {
    use visit_summaries as t;
    let mut query = t::table.into_boxed();
    if let Some(stage) = filter.stage {
        let cases = case_summaries::table.filter(case_summaries::stage.eq(stage.as_str()));
        query = query.filter(t::case_id.eq_any(cases.select(case_summaries::case_id)));
    }
    with_shared_columns!(query, t, filter)
}

impl Transaction<'_> {
    /// The milestones of the cases that a filter lets through.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn measured_cases(&mut self, filter: &CaseFilter) -> Result<Vec<MeasuredCase>, StoreError> {
        let mut zones = Zones::default();
        let rows = super::case_query::filtered(filter).select(CaseRow::as_select());
        // One row at a time becomes a case: both whole lists side by side would double the memory.
        rows.load_iter::<CaseRow, diesel::connection::DefaultLoadingMode>(self.connection)?
            .map(|row| Ok(row?.measured(&mut zones)))
            .collect()
    }

    /// The milestones of the visits of those cases; region, agency and period are the case's, kind of
    /// place and place the visit's.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn measured_visits(&mut self, filter: &CaseFilter) -> Result<Vec<MeasuredVisit>, StoreError> {
        let rows: Vec<VisitRow> = filtered_visits(filter).select(VisitRow::as_select()).load(self.connection)?;
        let mut zones = Zones::default();
        Ok(rows.into_iter().filter_map(|row| row.measured(&mut zones)).collect())
    }
}
