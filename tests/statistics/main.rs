//! The statistics: against R, against naive code, under attack, and through `aiqyn stats survival`.

mod properties;
mod reference;
mod suppression;
mod survival_command;
