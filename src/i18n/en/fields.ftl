# Around every event
field-occurred-at = When it happened
field-recorded-at = When it was recorded
field-corrects = Event to be corrected
field-kind = What happened
field-learnt-at = When it was first learnt of
field-time-zone = Time zone
field-jurisdiction = Jurisdiction

# The complaint
field-channel = How the complaint came in
field-region = Region
field-kind-of-place = Kind of place
field-place = Place
field-agency = Agency
field-incident-at = When the ill-treatment happened
field-context = Circumstances
field-sex = Sex
field-age-band = Age
field-forms = Forms
field-purposes = Purposes alleged
field-allegation = What is alleged
field-remarks = Remarks
field-file-agency = Agency of the alleged perpetrators
field-file-sex = Sex of the alleged victim
field-file-age-band = Age of the alleged victim
field-file-forms = Forms of ill-treatment

# Persons
field-part = Part in the case
field-name = Name
field-contact = How to reach the person
field-rank-or-unit = Rank or unit
field-person-agency = Agency that the person belongs to

# The investigation
field-receiving-body = Body that received it
field-investigating-body = Body that investigates
field-deciding-body = Body that decided
field-ground = Ground given
field-to-body = Body appealed to
field-prosecuting-body = Body that prosecutes
field-charge = Article charged
field-pressure-alleged = Is pressure on the complainant alleged
field-discontinue-deciding-body = Court or body that decided
field-acquit-deciding-body = Court
field-convict-deciding-body = Court
field-convict-charge = Article of the conviction, if another than the one charged

# Urgent visits
field-evidence = Evidence that exists
field-approval = Is approval needed
field-renews = Refused request that this one renews
field-urgency = Why it is urgent
field-approving-body = Body that approved
field-refusing-body = Body that refused
field-announced = Was the visit announced beforehand
field-private-interview = Was the person seen in private
field-findings = Findings
field-denied-by = Body that denied access
field-why = Why
field-reason = Reason
field-carry-out-visit-findings = What the visitors found
field-cancel-visit-reason = Why the visit was called off
field-lapse-visit-reason = Why the request lapsed

# Facts
field-safeguard = Safeguard
field-consistency = Do the findings agree with the allegation
field-independent = Is the examiner independent of the authority complained of
field-reprisal = Kind of reprisal
field-description = What happened
field-fate = Outcome so far
field-about = Earlier event whose outcome this tells
field-route = How reparation is sought
field-expulsion = Kind of removal
field-risk-argued = Was the risk of torture argued
field-risk-examined = Did the decision examine that risk
field-incident = Incident
field-independent-inquiry = Was an independent inquiry opened
field-text = Text
field-learn-of-allegation-agency = Authority that learnt of it
field-medical-examination-findings = Findings of the examination
field-reprisal-agency = Agency behind the reprisal
field-reparation-claim-forms = Forms of reparation
field-end-of-follow-up-reason = Why nothing more is known
