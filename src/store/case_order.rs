//! The orders of the list of cases, each of which an index has: among all cases, and among those of a reader.

use std::cmp::Ordering;

use diesel::prelude::*;
use uuid::Uuid;

use super::connection::AnyConnection;
use super::key::Key;
use super::schema::{case_readers, case_summaries};

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CaseOrder {
    /// The latest filing first.
    #[default]
    FiledLast,
    /// The earliest filing first.
    FiledFirst,
    /// The earliest deadline first; cases that wait for nothing with a deadline are left out.
    DueFirst,
    /// The latest change first.
    ChangedLast,
}

impl CaseOrder {
    /// Which of two stands before the other.
    pub(super) fn compare(self, one: &CaseCursor, other: &CaseCursor) -> Ordering {
        let ascending = (one.key, one.case).cmp(&(other.key, other.case));
        match self {
            Self::FiledFirst | Self::DueFirst => ascending,
            Self::FiledLast | Self::ChangedLast => ascending.reverse(),
        }
    }
}

/// Where a case stands in an order: the end of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaseCursor {
    pub(super) key: i64,
    pub(super) case: Uuid,
}

impl std::fmt::Display for CaseCursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}_{}", self.key, self.case.simple())
    }
}

impl std::str::FromStr for CaseCursor {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (key, case) = text.split_once('_').ok_or(())?;
        Ok(Self { key: key.parse().map_err(|_| ())?, case: Uuid::try_parse(case).map_err(|_| ())? })
    }
}

/// Cases in an order.
pub(super) trait InOrder: Sized {
    /// The rows after a cursor, or all of them. The first condition lets the index begin there; the second one passes over those with the
    /// same key that the page before has shown.
    fn after(self, order: CaseOrder, cursor: Option<CaseCursor>) -> Self;

    /// The same in their order.
    fn in_order(self, order: CaseOrder) -> Self;
}

macro_rules! in_order {
    ($t:ident) => {
        impl InOrder for $t::BoxedQuery<'_, <AnyConnection as Connection>::Backend> {
            fn after(self, order: CaseOrder, cursor: Option<CaseCursor>) -> Self {
                let Some(CaseCursor { key, case }) = cursor else { return self };
                let case = Key(case);
                let day = i32::try_from(key).unwrap_or(if key < 0 { i32::MIN } else { i32::MAX });
                match order {
                    CaseOrder::FiledLast => {
                        self.filter($t::filed_day.le(day)).filter($t::filed_day.lt(day).or($t::case_id.lt(case)))
                    }
                    CaseOrder::FiledFirst => {
                        self.filter($t::filed_day.ge(day)).filter($t::filed_day.gt(day).or($t::case_id.gt(case)))
                    }
                    CaseOrder::DueFirst => self
                        .filter($t::next_due_at.ge(key))
                        .filter($t::next_due_at.gt(key).assume_not_null().or($t::case_id.gt(case))),
                    CaseOrder::ChangedLast => {
                        self.filter($t::updated_at.le(key)).filter($t::updated_at.lt(key).or($t::case_id.lt(case)))
                    }
                }
            }

            fn in_order(self, order: CaseOrder) -> Self {
                match order {
                    CaseOrder::FiledLast => self.order(($t::filed_day.desc(), $t::case_id.desc())),
                    CaseOrder::FiledFirst => self.order(($t::filed_day.asc(), $t::case_id.asc())),
                    CaseOrder::DueFirst => {
                        self.filter($t::next_due_at.is_not_null()).order(($t::next_due_at.asc(), $t::case_id.asc()))
                    }
                    CaseOrder::ChangedLast => self.order(($t::updated_at.desc(), $t::case_id.desc())),
                }
            }
        }
    };
}

in_order!(case_summaries);
in_order!(case_readers);
