//! Facts beside the two regions: they change no state, but they are what several articles of the
//! Convention are measured by.

use super::code::{CodeIn, list};
use super::complaint::{Answer, Person};
use super::id::EventId;
use super::payload::{family, field_words, payload, words};

words! {
    /// The safeguards of the first hours; each is a time.
    SafeguardKind {
        /// The person was in fact no longer free to go.
        DeprivationOfLiberty = "deprivation_of_liberty",
        /// The detention was registered.
        Registration = "registration",
        /// First access to a lawyer.
        AccessToLawyer = "access_to_lawyer",
        /// First access to a doctor.
        AccessToDoctor = "access_to_doctor",
        /// The family was told.
        NoticeToFamily = "notice_to_family",
    }
}
field_words!(SafeguardKind);

words! {
    /// How far the findings agree with the allegation (Istanbul Protocol, 2022, § 379).
    Consistency {
        /// Could not have been caused as alleged.
        NotConsistent = "not_consistent",
        /// Could have been, but there are many other possible causes.
        ConsistentWith = "consistent_with",
        /// Could have been, and there are few other possible causes.
        HighlyConsistent = "highly_consistent",
        /// Usually seen with this cause, but there are others.
        TypicalOf = "typical_of",
        /// Could not have come about otherwise.
        DiagnosticOf = "diagnostic_of",
    }
}
field_words!(Consistency);

words! {
    /// What became of a motion, a claim or a proceeding.
    Fate {
        /// Nothing has been decided.
        Pending = "pending",
        /// Granted, at least in part.
        Granted = "granted",
        /// Refused.
        Refused = "refused",
        /// Left without consideration.
        NotConsidered = "not_considered",
    }
}
field_words!(Fate);

words! {
    /// The way on which reparation is sought.
    ReparationRoute {
        /// A civil claim.
        CivilClaim = "civil_claim",
        /// A claim within the criminal proceedings.
        CriminalProceedings = "criminal_proceedings",
        /// An individual communication to the Committee (CAT art. 22).
        IndividualCommunication = "individual_communication",
        /// Another.
        Other = "other",
    }
}
field_words!(ReparationRoute);

words! {
    /// Why nothing is known of a case after a day.
    FollowUpEnd {
        /// The source was drawn up on that day.
        SourceEnds = "source_ends",
        /// Contact was lost.
        ContactLost = "contact_lost",
        /// It has ended, but nobody wrote down when.
        EndNotDated = "end_not_dated",
    }
}
field_words!(FollowUpEnd);

payload! {
    /// An authority, or the organisation itself, first learnt of the allegation. The clock of the
    /// complaint starts here: the Committee needs no formal complaint (CAT art. 13; *Parot v. Spain*,
    /// communication 6/1990; *Blanco Abad v. Spain*, 59/1996).
    LearnOfAllegation {
        /// Who learnt of it, where it was an authority.
        agency: Option<CodeIn<list::Agency>>,
    }
}

payload! {
    /// A safeguard of the first hours, at the time of the event (CAT art. 2).
    Safeguard {
        /// Which one.
        safeguard: SafeguardKind,
    }
}

payload! {
    /// A medical examination by the Istanbul Protocol.
    MedicalExamination {
        /// Its conclusion.
        consistency: Consistency,
        /// Whether the examiner is independent of the authority complained of.
        independent: Answer,
        @optional_texts {
            /// What was found.
            findings
        }
    }
}

payload! {
    /// A reprisal against the complainant, a witness, the family or a defender (CAT art. 13).
    Reprisal {
        /// Its kind.
        reprisal: CodeIn<list::ReprisalKind>,
        /// By which agency.
        agency: Option<CodeIn<list::Agency>>,
        @optional_texts {
            /// What happened.
            description
        }
    }
}

payload! {
    /// A motion to exclude evidence obtained by torture (CAT art. 15).
    CourtMotion {
        /// What became of it.
        fate: Fate,
        /// The earlier event with the motion itself, where this one only tells its fate.
        about: Option<EventId>,
    }
}

payload! {
    /// A claim for reparation (CAT art. 14).
    ReparationClaim {
        /// On which way.
        route: ReparationRoute,
        /// What became of it.
        fate: Fate,
        /// The earlier event with the claim itself, where this one only tells its fate.
        about: Option<EventId>,
        @codes {
            /// What is asked for.
            forms: ReparationForm,
        }
    }
}

payload! {
    /// An expulsion, return or extradition proceeding (CAT art. 3).
    ExpulsionProceeding {
        /// Its kind.
        expulsion: CodeIn<list::ExpulsionKind>,
        /// Whether the risk of torture was argued.
        risk_argued: Answer,
        /// Whether the decision looked into that risk.
        risk_examined: Answer,
        /// What became of the objection to removal.
        fate: Fate,
        /// The earlier event with the proceeding itself, where this one only tells its fate.
        about: Option<EventId>,
    }
}

payload! {
    /// A death or self-harm in custody (CAT art. 11).
    CustodyIncident {
        /// Which.
        incident: CodeIn<list::CustodyIncident>,
        /// Whether an independent inquiry was opened.
        independent_inquiry: Answer,
    }
}

payload! {
    /// Nothing is known of the case after this time: it leaves the risk set here, and is not
    /// counted as still waiting today.
    EndOfFollowUp {
        /// Why.
        reason: FollowUpEnd,
    }
}

payload! {
    /// A note.
    Note {
        @texts {
            /// The note.
            text
        }
    }
}

family! {
    /// A fact that changes no state.
    Fact,
    /// The kinds of fact.
    FactKind {
        /// The allegation became known.
        LearnOfAllegation = "learn_of_allegation",
        /// A person in the case.
        Person = "person",
        /// A safeguard time.
        Safeguard = "safeguard",
        /// A medical examination.
        MedicalExamination = "medical_examination",
        /// A reprisal.
        Reprisal = "reprisal",
        /// A motion to exclude evidence.
        CourtMotion = "court_motion",
        /// A claim for reparation.
        ReparationClaim = "reparation_claim",
        /// An expulsion proceeding.
        ExpulsionProceeding = "expulsion_proceeding",
        /// Death or self-harm in custody.
        CustodyIncident = "custody_incident",
        /// The end of what is known.
        EndOfFollowUp = "end_of_follow_up",
        /// A note.
        Note = "note",
    }
}
