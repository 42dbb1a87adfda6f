# Steps of the investigation
happening-file = Filing of the complaint
happening-route = Routing to internal security
happening-open-investigation = Opening of an investigation
happening-dismiss = Dismissal of the complaint
happening-appeal = Appeal against the dismissal
happening-uphold-dismissal = Dismissal upheld on appeal
happening-reopen = Reopening of the investigation
happening-prosecute = Start of the prosecution
happening-discontinue = Discontinuation of the prosecution
happening-acquit = Acquittal
happening-convict = Conviction
happening-withdraw = Withdrawal of the complaint

# Steps of an urgent visit
happening-request-visit = Request for an urgent visit
happening-approve-visit = Approval of the visit
happening-refuse-visit = Refusal of the visit
happening-carry-out-visit = Visit carried out
happening-deny-access = Access to the place denied
happening-cancel-visit = Visit called off
happening-lapse-visit = Lapse of the visit request

# Facts
happening-learn-of-allegation = Allegation became known
happening-person = Person in the case
happening-safeguard = Safeguard of the first hours
happening-medical-examination = Medical examination (Istanbul Protocol)
happening-reprisal = Reprisal
happening-court-motion = Motion to exclude evidence obtained by torture
happening-reparation-claim = Claim for reparation
happening-expulsion-proceeding = Expulsion, return or extradition proceedings
happening-custody-incident = Death or self-harm in custody
happening-end-of-follow-up = End of what is known of the case
happening-note = Note

# A correction that puts nothing in the place of an event
happening-retraction = Taken back: it never happened
