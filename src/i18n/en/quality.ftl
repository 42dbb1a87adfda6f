# What a share leaves out
figure-unknown = Left out: not known
    .definition = How many were left out of numerator and denominator because the answer is not, or not yet, known.
figure-missing = Missing
    .definition = The share of those that should have it, but have not.

# Dates: how precisely they are known
quality-date-incident = The ill-treatment
    .definition = When the ill-treatment happened; in all complaints.
quality-date-learnt = The allegation became known
    .definition = When an authority or the organisation first learnt of the allegation; in all complaints. Missing where nothing earlier than the filing is on record; the clock then starts with the filing.
quality-date-filing = The filing
    .definition = When the complaint was filed; in all complaints.
quality-date-routing = Passed to internal security
    .definition = When the complaint was first passed to internal security; in the complaints that were.
quality-date-dismissal = The dismissal
    .definition = When the complaint was first dismissed; in the complaints that were.
quality-date-prosecution = The prosecution
    .definition = When a prosecution was first started; in the complaints that led to one.
quality-date-deprivation-of-liberty = Actual deprivation of liberty
    .definition = When the person was in fact no longer free to go; in the complaints that tell of a deprivation of liberty.
quality-date-registration = Registration of the detention
    .definition = When the detention was registered; in the complaints that tell of a deprivation of liberty. A safeguard that was never given is missing too.
quality-date-access-to-lawyer = First access to a lawyer
    .definition = When the person first had access to a lawyer; in the complaints that tell of a deprivation of liberty. A safeguard that was never given is missing too.
quality-date-access-to-doctor = First access to a doctor
    .definition = When the person first had access to a doctor; in the complaints that tell of a deprivation of liberty. A safeguard that was never given is missing too.
quality-date-notice-to-family = Notice to the family
    .definition = When the family was told; in the complaints that tell of a deprivation of liberty. A safeguard that was never given is missing too.
quality-date-visit-request = The visit request
    .definition = When an urgent visit was requested; in all requests.
quality-date-visit-answer = The answer to a visit request
    .definition = When a visit request was approved or refused; in the requests that were.

# Codes: how often they are not known
quality-code-region = Region
    .definition = The share of all complaints whose region is not known.
quality-code-kind-of-place = Kind of place
    .definition = The share of all complaints whose kind of place is not known.
quality-code-agency = Agency
    .definition = The share of all complaints in which the agency complained of is not known.
quality-code-context = Circumstances
    .definition = The share of all complaints whose circumstances are not known.
quality-code-sex = Sex
    .definition = The share of all complaints in which the alleged victim’s sex is not known.
quality-code-age-band = Age
    .definition = The share of all complaints in which the alleged victim’s age is not known.

# Recording
quality-recording-filing-recorded-late = Complaints recorded late
    .definition = The share of all complaints that were recorded more than 30 days after they were filed.
quality-recording-events-recorded-late = Events recorded late
    .definition = The share of the events that count, steps and facts, that were recorded more than 30 days after they happened.
quality-recording-corrections = Corrections
    .definition = The share of all entries that tell an earlier entry otherwise.
quality-recording-retractions = Retractions
    .definition = The share of all entries that take an earlier entry back because it never happened.
quality-recording-corrected-complaints = Complaints with corrections
    .definition = The share of all complaints with at least one correction or retraction.
quality-recording-contradictory-waits = Contradictory dates
    .definition = The share of the waits of all delays that were left out because they end before they begin: one of their dates is wrong.
