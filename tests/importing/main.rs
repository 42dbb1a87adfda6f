//! Importing: small lists of every kind, and the real one.

mod real_list;
mod small_lists;
