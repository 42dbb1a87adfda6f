//! The figures themselves, as they are printed and sent.

use serde::Serialize;

use super::count::Count;
use crate::statistics::rates::{share, wilson};
use crate::statistics::{ConfidenceLevel, Quantile};

/// An estimate with its 95 % interval; none where the data do not reach that far.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Estimate {
    /// The estimate.
    pub estimate: Option<f64>,
    /// The lower limit.
    pub lo: Option<f64>,
    /// The upper limit.
    pub hi: Option<f64>,
}

impl Estimate {
    /// That of what the data do not tell.
    pub const NONE: Self = Self { estimate: None, lo: None, hi: None };
}

impl From<&Quantile> for Estimate {
    fn from(quantile: &Quantile) -> Self {
        Self { estimate: quantile.estimate, lo: quantile.lo, hi: quantile.hi }
    }
}

/// A share of a number of cases, with its 95 % Wilson interval (Wilson 1927). Where a count of it is withheld, so are
/// the share and its limits: they would give the count away.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Share {
    /// Of how many.
    pub denominator: Count,
    /// How many.
    pub numerator: Count,
    /// The share; none where there is nothing to take it of.
    pub share: Option<f64>,
    /// The lower limit.
    pub lo: Option<f64>,
    /// The upper limit.
    pub hi: Option<f64>,
}

impl Share {
    /// So many of so many; the numerator counts among the denominator.
    #[must_use]
    pub fn of(numerator: u64, denominator: u64) -> Self {
        let limits = wilson(numerator, denominator, ConfidenceLevel::default()).ok().flatten();
        Self {
            denominator: denominator.into(),
            numerator: numerator.into(),
            share: share(numerator, denominator).ok().flatten(),
            lo: limits.map(|limits| limits.lo),
            hi: limits.map(|limits| limits.hi),
        }
    }
}
