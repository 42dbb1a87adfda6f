answer-yes = Yes
answer-no = No
answer-unknown = Not known

part-alleged-victim = Alleged victim
part-complainant = Complainant
part-witness = Witness
part-alleged-perpetrator = Alleged perpetrator
part-defender = Lawyer or other defender

evidence-none = None
evidence-oral = Oral
evidence-written = Written, not signed by the alleged victim
evidence-written-and-signed = Written and signed by the alleged victim

approval-required = Only with the Ombudsman’s approval
approval-not-required = No approval needed

safeguard-deprivation-of-liberty = Actual deprivation of liberty
safeguard-registration = Registration of the detention
safeguard-access-to-lawyer = First access to a lawyer
safeguard-access-to-doctor = First access to a doctor
safeguard-notice-to-family = Notice to the family

# Degrees of consistency, Istanbul Protocol
consistency-not-consistent = Not consistent with
consistency-consistent-with = Consistent with
consistency-highly-consistent = Highly consistent with
consistency-typical-of = Typical of
consistency-diagnostic-of = Diagnostic of

fate-pending = Not yet decided
fate-granted = Granted, at least in part
fate-refused = Refused
fate-not-considered = Left without consideration

reparation-route-civil-claim = Civil claim
reparation-route-criminal-proceedings = Claim in the criminal proceedings
reparation-route-individual-communication = Individual communication to the Committee against Torture
reparation-route-other = Another way

follow-up-end-source-ends = The source ends there
follow-up-end-contact-lost = Contact was lost
follow-up-end-end-not-dated = Ended, but nobody wrote down when

precision-minute = To the minute
precision-day = To the day
precision-month = To the month
