//! The statistics: against R, against naive code, and through `aiqyn stats survival`.

mod properties;
mod reference;
mod survival_command;
