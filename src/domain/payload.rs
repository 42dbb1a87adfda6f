//! The two macros that write out payloads and the families of events made of them, so that a
//! field is named once and its form, its reading, its sealing and its storage follow.

/// A fixed set of words, stored and shown in snake case.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $word:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {$($(#[$word_doc])* #[serde(rename = $text)] $word),+}

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$word),+];
            /// Their words.
            #[allow(dead_code, reason = "not every set of words is offered in a form")]
            pub const WORDS: &[&str] = &[$($text),+];

            /// The word.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {$(Self::$word => $text),+}
            }

            /// Looks a word up.
            #[must_use]
            pub fn named(word: &str) -> Option<Self> {
                match word {
                    $($text => Some(Self::$word),)+
                    _ => None,
                }
            }
        }

        // Not derived: utoipa takes no name from a macro's literal, and would tell the names of the variants.
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                use utoipa::openapi::schema::{ObjectBuilder, Type};
                ObjectBuilder::new().schema_type(Type::String).enum_values(Some(Self::WORDS.iter().copied())).into()
            }
        }

        impl utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

/// Makes a set of words fit for a field.
macro_rules! field_words {
    ($name:ident) => {
        impl crate::domain::field::FieldValue for $name {
            const KIND: crate::domain::field::FieldKind =
                crate::domain::field::FieldKind::Choice { options: Self::WORDS };

            fn read(
                given: &[String],
                _: &crate::domain::field::Reading<'_>,
            ) -> Result<Self, crate::domain::field::FieldProblem> {
                use crate::domain::field::FieldProblem;
                match given {
                    [] => Err(FieldProblem::Missing),
                    [word] => Self::named(word.trim()).ok_or(FieldProblem::NotOneOf { options: Self::WORDS }),
                    _ => Err(FieldProblem::NotSingle),
                }
            }
        }
    };
}

/// A payload: plain values (one or none), lists of codes, texts that must be given and texts that
/// may be. Every payload may carry `remarks`.
macro_rules! payload {
    (
        $(#[$doc:meta])*
        $name:ident {
            $($(#[$value_doc:meta])* $value:ident : $type:ty,)*
            $(@codes { $($(#[$codes_doc:meta])* $codes:ident : $list:ident),+ $(,)? })?
            $(@texts { $($(#[$text_doc:meta])* $text:ident),+ $(,)? })?
            $(@optional_texts { $($(#[$optional_doc:meta])* $optional:ident),+ $(,)? })?
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub struct $name<T = crate::domain::sealed::Sealed> {
            $($(#[$value_doc])* #[serde(skip_serializing_if = "crate::domain::field::FieldValue::is_absent")] pub $value: $type,)*
            $($($(#[$codes_doc])* #[serde(default, skip_serializing_if = "Vec::is_empty")] pub $codes: Vec<crate::domain::code::CodeIn<crate::domain::code::list::$list>>,)+)?
            $($($(#[$text_doc])* pub $text: T,)+)?
            $($($(#[$optional_doc])* #[serde(skip_serializing_if = "Option::is_none")] pub $optional: Option<T>,)+)?
            /// Anything else that the writer wants to say.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub remarks: Option<T>,
        }

        impl<T> $name<T> {
            /// Turns every text into another kind of text: seals it, or opens it.
            ///
            /// # Errors
            /// The first failure of `turn`, which is told the field's name.
            pub fn map_text<U, E>(self, turn: &mut impl FnMut(&'static str, T) -> Result<U, E>) -> Result<$name<U>, E> {
                let mut turn_optional = |field, text: Option<T>| text.map(|text| turn(field, text)).transpose();
                $($(let $optional = turn_optional(stringify!($optional), self.$optional)?;)+)?
                let remarks = turn_optional("remarks", self.remarks)?;
                Ok($name {
                    $($value: self.$value,)*
                    $($($codes: self.$codes,)+)?
                    $($($text: turn(stringify!($text), self.$text)?,)+)?
                    $($($optional,)+)?
                    remarks,
                })
            }
        }

        impl $name<crate::domain::sealed::PlainText> {
            /// The fields of its form, in order.
            pub const FIELDS: &[crate::domain::field::FieldSpec] = &[
                $(crate::domain::field::FieldSpec::of::<$type>(stringify!($value)),)*
                $($(crate::domain::field::FieldSpec::of::<Vec<crate::domain::code::CodeIn<crate::domain::code::list::$list>>>(stringify!($codes)),)+)?
                $($(crate::domain::field::FieldSpec::of::<crate::domain::sealed::PlainText>(stringify!($text)),)+)?
                $($(crate::domain::field::FieldSpec::of::<Option<crate::domain::sealed::PlainText>>(stringify!($optional)),)+)?
                crate::domain::field::FieldSpec::of::<Option<crate::domain::sealed::PlainText>>("remarks"),
            ];

            /// Takes its fields out of a form; `None` where one of them is wrong, which the form has noted.
            pub fn read(form: &mut crate::domain::field::Form<'_>) -> Option<Self> {
                $(let $value = form.take(stringify!($value));)*
                $($(let $codes = form.take(stringify!($codes));)+)?
                $($(let $text = form.take(stringify!($text));)+)?
                $($(let $optional = form.take(stringify!($optional));)+)?
                let remarks = form.take("remarks");
                Some(Self {
                    $($value: $value?,)*
                    $($($codes: $codes?,)+)?
                    $($($text: $text?,)+)?
                    $($($optional: $optional?,)+)?
                    remarks: remarks?,
                })
            }
        }
    };
}

/// A family of events: an enum of payloads, and beside it the enum of their kinds.
macro_rules! family {
    (
        $(#[$doc:meta])*
        $name:ident, $(#[$kind_doc:meta])* $kind:ident {
            $($(#[$variant_doc:meta])* $variant:ident = $word:literal),+ $(,)?
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
        #[serde(untagged)]
        #[allow(clippy::large_enum_variant, reason = "the large one, a filing, is what every case has")]
        pub enum $name<T = crate::domain::sealed::Sealed> {$($(#[$variant_doc])* $variant($variant<T>)),+}

        crate::domain::payload::words! {
            $(#[$kind_doc])*
            $kind { $($(#[$variant_doc])* $variant = $word),+ }
        }

        impl<T> $name<T> {
            /// Which kind it is.
            #[must_use]
            pub fn kind(&self) -> $kind {
                match self {$(Self::$variant(_) => $kind::$variant),+}
            }

            /// Turns every text into another kind of text: seals it, or opens it.
            ///
            /// # Errors
            /// The first failure of `turn`, which is told the field's name.
            pub fn map_text<U, E>(self, turn: &mut impl FnMut(&'static str, T) -> Result<U, E>) -> Result<$name<U>, E> {
                Ok(match self {$(Self::$variant(payload) => $name::$variant(payload.map_text(turn)?)),+})
            }
        }

        impl $kind {
            /// The fields of its form.
            #[must_use]
            pub fn fields(self) -> &'static [crate::domain::field::FieldSpec] {
                match self {$(Self::$variant => $variant::FIELDS),+}
            }

            /// Takes its fields out of a form; `None` where one of them is wrong, which the form has noted.
            pub fn read(self, form: &mut crate::domain::field::Form<'_>) -> Option<$name<crate::domain::sealed::PlainText>> {
                match self {$(Self::$variant => $variant::read(form).map($name::$variant)),+}
            }

            /// Reads a stored payload of this kind.
            ///
            /// # Errors
            /// What the payload lacks, where it was not written by this program.
            pub fn from_payload(self, json: &str) -> Result<$name, serde_json::Error> {
                Ok(match self {$(Self::$variant => $name::$variant(serde_json::from_str(json)?)),+})
            }
        }
    };
}

pub(crate) use words;
pub(super) use {family, field_words, payload};
