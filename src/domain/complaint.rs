//! What a complaint says when it is filed, and who the people in it are.

use super::code::{CodeIn, list};
use super::payload::{field_words, payload, words};
use super::time::PartialTime;

words! {
    /// Yes, no, or not known: an honest record does not guess.
    Answer {
        /// Yes.
        Yes = "yes",
        /// No.
        No = "no",
        /// Not known.
        Unknown = "unknown",
    }
}
field_words!(Answer);

words! {
    /// The part that a person has in a case.
    Part {
        /// The person who is said to have been ill-treated.
        AllegedVictim = "alleged_victim",
        /// The person who complains, if another.
        Complainant = "complainant",
        /// A witness.
        Witness = "witness",
        /// The person who is said to have done it, ordered it or let it happen.
        AllegedPerpetrator = "alleged_perpetrator",
        /// A lawyer or other defender.
        Defender = "defender",
    }
}
field_words!(Part);

payload! {
    /// The complaint as it is filed: its facts, and the allegation in words.
    File {
        /// How it came in.
        channel: CodeIn<list::Channel>,
        /// Where it happened.
        region: Option<CodeIn<list::Region>>,
        /// The kind of place.
        kind_of_place: Option<CodeIn<list::KindOfPlace>>,
        /// The place, where it is on the list.
        place: Option<CodeIn<list::Place>>,
        /// The agency whose members are said to have done it.
        agency: Option<CodeIn<list::Agency>>,
        /// When it happened.
        incident_at: Option<PartialTime>,
        /// The circumstances.
        context: Option<CodeIn<list::Context>>,
        /// The alleged victim's sex.
        sex: Option<CodeIn<list::Sex>>,
        /// The alleged victim's age band.
        age_band: Option<CodeIn<list::AgeBand>>,
        @codes {
            /// Forms of ill-treatment alleged.
            forms: FormOfIllTreatment,
            /// Purposes alleged.
            purposes: Purpose,
        }
        @texts {
            /// What is alleged, in words.
            allegation
        }
    }
}

payload! {
    /// A person in the case, with the part that they have in it.
    Person {
        /// The part.
        part: Part,
        /// Sex.
        sex: Option<CodeIn<list::Sex>>,
        /// Age band.
        age_band: Option<CodeIn<list::AgeBand>>,
        /// The agency that the person belongs to.
        agency: Option<CodeIn<list::Agency>>,
        @optional_texts {
            /// Name.
            name,
            /// How to reach the person.
            contact,
            /// Rank or unit.
            rank_or_unit,
        }
    }
}
