//! The statistics: against R, against naive code, under attack, and through `aiqyn stats survival`.

mod from_r;
mod police;
mod properties;
mod reference;
mod suppression;
mod survival_command;
