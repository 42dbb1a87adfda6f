//! What a document is, apart from where it lies and who may read it: its type, its name, what it
//! gives away beside its contents, and how it is handed out. Pure: bytes in, answers out; it opens no
//! file and never believes what a client says of one.

pub mod active;
mod jpeg;
pub mod media_type;
pub mod metadata;
pub mod name;
mod orientation;
mod png;
mod webp;
