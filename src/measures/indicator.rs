//! The indicators by article of the Convention: which there are.
//!
//! What counts in each is said here and worked out in `indicator_answers`; where one changes, so must the other, and
//! the definition that is printed (`i18n`).

use crate::domain::words;

words! {
    /// An article of the Convention, or what the Committee asks about beside them.
    Article {
        /// Article 2: measures that prevent torture; the safeguards of the first hours; inspection.
        Prevention = "2",
        /// Article 3: no return into a danger of torture.
        NonRefoulement = "3",
        /// Article 11: arrangements for custody; deaths and self-harm in it.
        Custody = "11",
        /// Articles 12 and 13: prompt and impartial investigation; protection of who complains.
        Investigation = "12-13",
        /// Article 14: redress.
        Redress = "14",
        /// Article 15: no statement made under torture as evidence.
        Evidence = "15",
        /// Lawyers and human rights defenders.
        Defenders = "defenders",
    }
}

words! {
    /// An indicator. What is not, or not yet, known is left out of its numerator and denominator, and counted.
    Indicator {
        /// Of the complaints that tell of a deprivation of liberty: the detention was registered within the deadline.
        RegisteredInTime = "registered_in_time",
        /// Likewise: first access to a lawyer within the deadline.
        LawyerInTime = "lawyer_in_time",
        /// Likewise: first access to a doctor within the deadline.
        DoctorInTime = "doctor_in_time",
        /// Likewise: the family was told within the deadline.
        FamilyToldInTime = "family_told_in_time",
        /// Likewise: all four safeguards within their deadlines.
        AllSafeguardsInTime = "all_safeguards_in_time",
        /// Of the visit requests: for a kind of place outside the mandate of the National Preventive Mechanism.
        VisitsOutsideMandate = "visits_outside_mandate",
        /// Of the visit requests that needed approval: answered within the deadline.
        VisitsAnsweredInTime = "visits_answered_in_time",
        /// Of the answered visit requests: refused.
        VisitsRefused = "visits_refused",
        /// Of the refused visit requests: for want of evidence.
        VisitsRefusedForWantOfEvidence = "visits_refused_for_want_of_evidence",

        /// Of the removal proceedings: the risk of torture was argued.
        RiskArgued = "risk_argued",
        /// Of the removal proceedings in which the risk was argued: the decision looked into it.
        RiskExamined = "risk_examined",
        /// Of the same, once decided: the objection to removal was granted.
        RemovalStopped = "removal_stopped",
        /// Of the same, where the objection failed: the decision had not looked into the risk.
        RemovalWithRiskNotExamined = "removal_with_risk_not_examined",

        /// Of the complaints: a death in custody, suicide included.
        DeathInCustody = "death_in_custody",
        /// Of the deaths in custody: an independent inquiry was opened.
        DeathInquired = "death_inquired",
        /// Of the attempted suicides and self-harm in custody: an independent inquiry was opened.
        SelfHarmInquired = "self_harm_inquired",

        /// Of the complaints: ever routed to internal security.
        RoutedToInternalSecurity = "routed_to_internal_security",
        /// Of the complaints: first dismissed straight from internal security.
        DismissedByInternalSecurity = "dismissed_by_internal_security",
        /// Of the complaints watched for 30 days from the start of their clock, or answered sooner: no step of any
        /// authority in these days.
        NoResponseIn30Days = "no_response_in_30_days",
        /// Of the complaints: charges were ever brought.
        Prosecuted = "prosecuted",
        /// Of the complaints: a medical examination by somebody independent of the authority complained of.
        IndependentExamination = "independent_examination",
        /// Of the complaints with findings at least consistent with the allegation: charges were ever brought.
        ProsecutedWithFindings = "prosecuted_with_findings",
        /// Of the same: ever dismissed.
        DismissedWithFindings = "dismissed_with_findings",
        /// Of the withdrawn complaints: pressure to withdraw was alleged.
        WithdrawnUnderPressure = "withdrawn_under_pressure",
        /// Of the complaints: at least one reprisal.
        Reprisal = "reprisal",
        /// Of the complaints: a new charge, or one of false report, as a reprisal.
        ChargedInReprisal = "charged_in_reprisal",
        /// Of the complaints of victims of trafficking: likewise.
        TraffickingVictimCharged = "trafficking_victim_charged",

        /// Of the complaints: at least one claim for reparation.
        ReparationClaimed = "reparation_claimed",
        /// Of the complaints in which charges were brought: likewise.
        ReparationClaimedIfProsecuted = "reparation_claimed_if_prosecuted",
        /// Of the decided claims for reparation: granted, at least in part.
        ReparationGranted = "reparation_granted",
        /// Of the decided claims for reparation: refused.
        ReparationRefused = "reparation_refused",
        /// Of the decided claims for reparation: left without consideration.
        ReparationNotConsidered = "reparation_not_considered",
        /// Of the decided claims in complaints with no conviction: refused or left without consideration.
        ReparationRefusedWithoutConviction = "reparation_refused_without_conviction",
        /// Of the decided claims in complaints with a conviction: likewise.
        ReparationRefusedAfterConviction = "reparation_refused_after_conviction",

        /// Of the complaints: a confession is said to have been sought.
        ConfessionSought = "confession_sought",
        /// Of these: at least one motion to exclude evidence.
        ExclusionSought = "exclusion_sought",
        /// Of the decided motions to exclude evidence: granted, at least in part.
        ExclusionGranted = "exclusion_granted",
        /// Of the decided motions to exclude evidence: refused.
        ExclusionRefused = "exclusion_refused",
        /// Of the decided motions to exclude evidence: left without consideration.
        ExclusionNotConsidered = "exclusion_not_considered",

        /// Of the complaints: a reprisal against the lawyer or a human rights defender.
        ReprisalAgainstDefender = "reprisal_against_defender",
        /// Of the reprisals: against the lawyer or a human rights defender.
        ReprisalsAgainstDefenders = "reprisals_against_defenders",
    }
}

impl Indicator {
    /// The article that it belongs to.
    #[must_use]
    pub fn article(self) -> Article {
        match self {
            Self::RegisteredInTime
            | Self::LawyerInTime
            | Self::DoctorInTime
            | Self::FamilyToldInTime
            | Self::AllSafeguardsInTime
            | Self::VisitsOutsideMandate
            | Self::VisitsAnsweredInTime
            | Self::VisitsRefused
            | Self::VisitsRefusedForWantOfEvidence => Article::Prevention,
            Self::RiskArgued | Self::RiskExamined | Self::RemovalStopped | Self::RemovalWithRiskNotExamined => {
                Article::NonRefoulement
            }
            Self::DeathInCustody | Self::DeathInquired | Self::SelfHarmInquired => Article::Custody,
            Self::RoutedToInternalSecurity
            | Self::DismissedByInternalSecurity
            | Self::NoResponseIn30Days
            | Self::Prosecuted
            | Self::IndependentExamination
            | Self::ProsecutedWithFindings
            | Self::DismissedWithFindings
            | Self::WithdrawnUnderPressure
            | Self::Reprisal
            | Self::ChargedInReprisal
            | Self::TraffickingVictimCharged => Article::Investigation,
            Self::ReparationClaimed
            | Self::ReparationClaimedIfProsecuted
            | Self::ReparationGranted
            | Self::ReparationRefused
            | Self::ReparationNotConsidered
            | Self::ReparationRefusedWithoutConviction
            | Self::ReparationRefusedAfterConviction => Article::Redress,
            Self::ConfessionSought
            | Self::ExclusionSought
            | Self::ExclusionGranted
            | Self::ExclusionRefused
            | Self::ExclusionNotConsidered => Article::Evidence,
            Self::ReprisalAgainstDefender | Self::ReprisalsAgainstDefenders => Article::Defenders,
        }
    }
}
