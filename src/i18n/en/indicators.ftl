# Articles of the Convention against Torture and Other Cruel, Inhuman or Degrading Treatment or Punishment
article-2 = Article 2: prevention
    .definition = Effective measures to prevent torture: the safeguards of the first hours of a deprivation of liberty, and visits to places of detention.
article-3 = Article 3: no return to torture
    .definition = Nobody is expelled, returned or extradited where there are substantial grounds for believing that they would be in danger of torture.
article-11 = Article 11: custody
    .definition = Systematic review of the arrangements for custody and the treatment of those detained: deaths and self-harm are inquired into.
article-12-13 = Articles 12 and 13: investigation and complaint
    .definition = A prompt and impartial investigation of every allegation, the right to complain, and protection of complainants and witnesses against ill-treatment and intimidation.
article-14 = Article 14: redress
    .definition = Redress, with fair and adequate compensation and the means for as full rehabilitation as possible, whether or not anybody was convicted.
article-15 = Article 15: evidence
    .definition = No statement made as a result of torture is used as evidence.
article-defenders = Defenders
    .definition = Lawyers and human rights defenders work without threats or reprisals.

# Article 2
indicator-registered-in-time = Detention registered in time
    .definition = The share of the complaints that tell of a deprivation of liberty in which the detention was registered within the deadline. A registration that nobody recorded counts as missing until the filing. Left out: no deadline, no or contradictory times, or the deadline still ran when last seen.
indicator-lawyer-in-time = Lawyer in time
    .definition = The share of the complaints that tell of a deprivation of liberty in which the person first had access to a lawyer within the deadline. Access that nobody recorded counts as missing until the filing. Left out: no deadline, no or contradictory times, or the deadline still ran when last seen.
indicator-doctor-in-time = Doctor in time
    .definition = The share of the complaints that tell of a deprivation of liberty in which the person first had access to a doctor within the deadline. Access that nobody recorded counts as missing until the filing. Left out: no deadline, no or contradictory times, or the deadline still ran when last seen.
indicator-family-told-in-time = Family told in time
    .definition = The share of the complaints that tell of a deprivation of liberty in which the family was told within the deadline. Notice that nobody recorded counts as missing until the filing. Left out: no deadline, no or contradictory times, or the deadline still ran when last seen.
indicator-all-safeguards-in-time = All four safeguards in time
    .definition = The share of the complaints that tell of a deprivation of liberty in which registration, lawyer, doctor and notice to the family all came within their deadlines. Left out: of none is it known that it came late, but of at least one it is not known that it came in time.
indicator-visits-outside-mandate = Visit requests outside the mandate
    .definition = The share of all requests for an urgent visit that concerned a kind of place which the mandate of the National Preventive Mechanism did not cover on the day of the request. Left out: coverage not known.
indicator-visits-answered-in-time = Visit requests answered in time
    .definition = The share of the visit requests needing approval that were approved or refused within the deadline. Left out: no deadline, contradictory times, or no answer while the deadline still ran.
indicator-visits-refused = Visit requests refused
    .definition = The share of the answered visit requests that were refused.
indicator-visits-refused-for-want-of-evidence = Visits refused for want of evidence
    .definition = The share of the refusals whose ground was that there was no written evidence, that the alleged victim had not signed, or that there was only a suspicion.

# Article 3
indicator-risk-argued = Risk of torture argued
    .definition = The share of the proceedings for expulsion, return or extradition in which the risk of torture was argued. Left out: not known.
indicator-risk-examined = Risk of torture examined
    .definition = The share of the proceedings in which the risk of torture was argued whose decision looked into that risk. Left out: not known.
indicator-removal-stopped = Removal stopped
    .definition = The share of the proceedings in which the risk of torture was argued where the objection to removal was granted. Left out: not yet decided.
indicator-removal-with-risk-not-examined = Removal with the risk not examined
    .definition = Of the proceedings in which the risk of torture was argued and the objection to removal was refused or not considered: the share whose decision had not looked into that risk. Left out: not known.

# Article 11
indicator-death-in-custody = Deaths in custody
    .definition = The share of all complaints that tell of a death in custody, suicide included.
indicator-death-inquired = Deaths independently inquired into
    .definition = The share of the deaths in custody, suicide included, into which an independent inquiry was opened. Left out: not known.
indicator-self-harm-inquired = Self-harm independently inquired into
    .definition = The share of the attempted suicides and acts of self-harm in custody into which an independent inquiry was opened. Left out: not known.

# Articles 12 and 13
indicator-routed-to-internal-security = Passed to internal security
    .definition = The share of all complaints that were ever passed to internal security.
indicator-dismissed-by-internal-security = Dismissed straight from internal security
    .definition = The share of all complaints whose first dismissal came straight from internal security, with no investigation opened.
indicator-no-response-in-30-days = No response in 30 days
    .definition = The share of the complaints on which no authority took any step within 30 days of the start of the complaint’s clock. Left out: withdrawn or lost sight of before that, not yet 30 days old, or contradictory times.
indicator-prosecuted = Prosecuted
    .definition = The share of all complaints that led to a prosecution.
indicator-independent-examination = Independent medical examination
    .definition = The share of all complaints with a medical examination by somebody independent of the authority complained of. Left out: no examiner is known to be independent, but of at least one it is not known.
indicator-prosecuted-with-findings = Prosecuted where findings agree
    .definition = Of the complaints in which a medical examination found at least what is consistent with the allegation (Istanbul Protocol): the share that led to a prosecution.
indicator-dismissed-with-findings = Dismissed though findings agree
    .definition = Of the complaints in which a medical examination found at least what is consistent with the allegation (Istanbul Protocol): the share that were dismissed at least once.
indicator-withdrawn-under-pressure = Withdrawn under pressure
    .definition = The share of the withdrawn complaints in which pressure to withdraw is alleged. Left out: not known.
indicator-reprisal = Reprisals
    .definition = The share of all complaints with at least one reprisal on record.
indicator-charged-in-reprisal = Charged in reprisal
    .definition = The share of all complaints after which a new charge, or a charge of false report, was brought as a reprisal.
indicator-trafficking-victim-charged = Victims of trafficking charged
    .definition = Of the complaints of victims of trafficking in persons: the share after which a new charge, or a charge of false report, was brought as a reprisal.

# Article 14
indicator-reparation-claimed = Reparation claimed
    .definition = The share of all complaints with at least one claim for reparation.
indicator-reparation-claimed-if-prosecuted = Reparation claimed where prosecuted
    .definition = The share of the complaints that led to a prosecution with at least one claim for reparation.
indicator-reparation-granted = Reparation granted
    .definition = The share of the claims for reparation that were granted, at least in part. Left out: not yet decided.
indicator-reparation-refused = Reparation refused
    .definition = The share of the claims for reparation that were refused. Left out: not yet decided.
indicator-reparation-not-considered = Reparation left without consideration
    .definition = The share of the claims for reparation that were left without consideration. Left out: not yet decided.
indicator-reparation-refused-without-conviction = Reparation refused without a conviction
    .definition = Of the claims for reparation in complaints with no conviction: the share refused or left without consideration. Left out: not yet decided.
indicator-reparation-refused-after-conviction = Reparation refused after a conviction
    .definition = Of the claims for reparation in complaints with a conviction: the share refused or left without consideration. Left out: not yet decided.

# Article 15
indicator-confession-sought = Confession sought
    .definition = The share of all complaints in which a confession is said to have been the purpose.
indicator-exclusion-sought = Exclusion of evidence sought
    .definition = Of the complaints in which a confession is said to have been the purpose: the share with at least one motion to exclude evidence.
indicator-exclusion-granted = Exclusion granted
    .definition = The share of the motions to exclude evidence that were granted, at least in part. Left out: not yet decided.
indicator-exclusion-refused = Exclusion refused
    .definition = The share of the motions to exclude evidence that were refused. Left out: not yet decided.
indicator-exclusion-not-considered = Exclusion left without consideration
    .definition = The share of the motions to exclude evidence that were left without consideration. Left out: not yet decided.

# Defenders
indicator-reprisal-against-defender = Complaints with reprisals against defenders
    .definition = The share of all complaints with a reprisal against the lawyer or a human rights defender.
indicator-reprisals-against-defenders = Reprisals against defenders
    .definition = The share of all reprisals that were against the lawyer or a human rights defender.

# Tables beside the indicators
table-reprisals-by-kind = Reprisals by kind
    .definition = The share of each kind among all reprisals.
table-reparation-asked-by-form = Reparation asked for, by form
    .definition = For each form of reparation, the share of all claims that ask for it. A claim may ask for several.
table-reparation-granted-by-form = Reparation granted, by form
    .definition = For each form of reparation, the share of the decided claims asking for it that were granted, at least in part.
