# The annex for the Committee against Torture: its title page
annex-title = Complaints of torture and other ill-treatment: how long, and how often
annex-subtitle = Statistical annex for the Committee against Torture, on articles 2, 3 and 11 to 15 of the Convention
annex-period = Complaints filed
annex-period-span = { $from } to { $to }
annex-known-on = As known on
annex-counted = Complaints counted
annex-organisations = Organisations
annex-made-with = Made with
annex-version = Aiqyn { $version }
annex-fingerprint = Fingerprint
annex-file-title = Statistical annex
annex-contents = Contents
annex-figure = Figure { $n }
annex-table = Table { $n }
annex-page-of = Page { $page } of { $pages }
annex-provisional = This day was not over when the figures were made. Whatever is recorded later on the same day will change them.
annex-empty = No complaint that was filed in this period had been recorded by then.

# Summary
annex-summary = Summary in figures
annex-key-complaints = complaints
annex-key-complaints-detail = filed in the period
annex-key-prosecuted = led to a prosecution
annex-key-dismissed = were dismissed
annex-key-of = { $numerator } of { $denominator }
annex-key-interval = { $lo } to { $hi }
annex-key-response = days until half had a first response of any authority
annex-key-visit = days until half of the urgent visit requests had an answer
annex-key-refused = of the urgent visit requests were refused
annex-summary-prosecuted = Of { $denominator } complaints, { $numerator } led to a prosecution: { $share } (95 % interval { $lo } to { $hi }). The submission of 2014 to the Committee spoke of fewer than two per cent.
annex-summary-below = The whole interval lies below two per cent.
annex-summary-above = The whole interval lies above two per cent.
annex-summary-includes = The interval includes two per cent: these figures neither confirm the statement nor refute it.
annex-summary-dismissed = { $numerator } of { $denominator } complaints were dismissed at least once ({ $share }, interval { $lo } to { $hi }); { $straight } of them straight from internal security, with no investigation opened.
annex-summary-response = Half of all complaints had a first response of any authority within { $median } days (interval { $lo } to { $hi }). Those that had been answered waited { $mean } days on average: a smaller or larger number that forgets those still waiting. { $open } still waited.
annex-summary-visit = Half of the requests for an urgent visit that needed approval were answered within { $median } days (interval { $lo } to { $hi }); { $open } still waited, the longest for { $longest } days.
annex-summary-refused = { $numerator } of { $denominator } answered requests were refused ({ $share }, interval { $lo } to { $hi }); { $evidence } of the refusals gave as their ground that evidence was not in writing, was not signed, or that there was a mere suspicion.
annex-not-reached = not reached

# How to read the figures
annex-reading = How to read the figures
annex-reading-open = A complaint that has not been answered is not left out. It counts as a wait that had lasted so long when it was last seen (a censored observation). Averages over closed cases alone flatter the authorities, because whoever answers only the easy cases looks fast; where such an average is printed here, it stands beside the honest figure.
annex-reading-median = The median is the time by which half of the waits have ended, estimated by the method of Kaplan and Meier (1958) from closed and open cases together. A quartile is the same for a quarter and for three quarters. Where too few have ended to tell, it is “not reached”.
annex-reading-mean = The restricted mean is the average wait up to a fixed horizon, open cases included: a wait that lasts longer counts as the horizon.
annex-reading-endings = A complaint can be dismissed, prosecuted or withdrawn, and the first of these ends its wait. The cumulative incidence (Aalen and Johansen, 1978) is the share of all complaints that have ended in one of these ways by a given day. The shares of the three ways and of those still open add up to one.
annex-reading-interval = Every estimate has a 95 per cent interval: for waits on the log-log scale, for shares by Wilson’s method (1927). It says how far chance alone could have moved the figure. Small numbers have wide intervals.
annex-reading-clock = The clock of a complaint starts when any authority or organisation first learnt of the allegation: the Convention requires no formal complaint (article 13; Parot v. Spain, Blanco Abad v. Spain). The period of this annex is that of the filing.
annex-reading-known = Nothing in the records is overwritten: what was wrong is corrected by a later entry. This annex uses only what had been recorded by { $day } and had not been corrected by then, and watches open waits until the end of that day. Asked again for that day, the figures come out the same.
annex-reading-precision = A time is recorded as precisely as it is known: to the minute, the day or the month. A wait between days counts whole days. Where a month is all that is known, the middle of the possible waits counts, and the bounds of the median stand beside it.
annex-reading-deadline = “Within the deadline” counts the waits that have a deadline and have ended, or have already outlasted it. Doubt about hours is in the authority’s favour. Some deadlines are law, others are benchmarks; the table of deadlines says which.
annex-reading-withheld = A number from 1 to { $most } could point to a person and is withheld: { $mark } stands for it. So do further numbers from which it could be worked out by subtraction, and the figures that rest on them. A nought is printed.

# Sections by article
annex-indicators = Indicators
annex-delays = Delays, in days
annex-delays-note = n: waits that began. Ended otherwise, lost from sight and open waits count as long as they were seen. Left out: a date contradicts another, or is missing.
annex-means = Restricted means, and the average of ended waits beside them
annex-endings = How complaints end
annex-endings-note = Share of all complaints that have ended in each way by so many days after the clock of the complaint started, with 95 % intervals.
annex-visits = Urgent visits
annex-rates = Shares of complaints
annex-breakdowns = Breakdowns
annex-breakdown-by = By { $dimension }
annex-breakdown-test = Log-rank test of the time from filing to the first response between these groups: chi-square { $chi }, { $df } degrees of freedom, p = { $p }.
annex-breakdown-no-test = There are too few groups with waits for a test between them.
annex-deadlines = Deadlines used

# Plots
annex-plot-waiting = Share still waiting
annex-plot-ended = Share ended
annex-plot-days = Days since { $start }
annex-plot-at-risk = Still under observation
annex-plot-alternative = { $title }: curve with 95 % interval; the figures stand in the table of the same name in the accompanying spreadsheet.
annex-plot-note = Shaded: 95 % interval. Beneath: how many waits were still under observation.
annex-plot-start-clock = the clock of the complaint started
annex-plot-start-request = the request
annex-plot-start-approval = the approval
annex-plot-start-routing = routing to internal security
annex-plot-start-appeal = the appeal
annex-plot-start-deprivation = deprivation of liberty
annex-plot-start-incident = the start

# Columns
annex-column-delay = Delay
annex-column-n = n
annex-column-ended = Ended
annex-column-otherwise = Otherwise
annex-column-lost = Lost
annex-column-open = Open
annex-column-left-out = Left out
annex-column-median = Median
annex-column-lo = Low
annex-column-hi = High
annex-column-quartile-1 = Quartile 1
annex-column-quartile-3 = Quartile 3
annex-column-shortest = Shortest median
annex-column-longest = Longest median
annex-column-within = Within deadline
annex-column-judged = Judged
annex-column-longest-open = Longest open
annex-column-horizon = Horizon
annex-column-restricted-mean = Restricted mean
annex-column-mean-ended = Average of ended
annex-column-indicator = Indicator
annex-column-numerator = Number
annex-column-denominator = Of
annex-column-share = Share
annex-column-unknown = Not known
annex-column-days = Days
annex-column-ending = Ending
annex-column-ground = Ground
annex-column-evidence = Evidence offered
annex-column-group = Group
annex-column-complaints = Complaints
annex-column-dismissed = Dismissed
annex-column-prosecuted = Prosecuted
annex-column-response = First response, median
annex-column-step = Step
annex-column-place = Kind of place
annex-column-hours = Hours
annex-column-basis = Basis
annex-column-measure = Measure
annex-column-minute = To the minute
annex-column-day = To the day
annex-column-month = To the month
annex-column-missing = Missing
annex-still-open = Still open

# Quality, definitions, making it again
annex-quality = Quality of the data
annex-quality-lead = A figure is as good as the dates beneath it. These tables say which dates are missing, how late events were recorded, and how many records had to be corrected.
annex-quality-dates = Dates: how precisely they are known
annex-quality-codes = Particulars that are not known
annex-quality-records = Late recording and corrections
annex-definitions = Definitions
annex-definitions-lead = What each measure counts. The same sentences stand in the program and in its interface.
annex-again = Making this annex again
annex-again-lead = Whoever holds the database makes the same document again, byte for byte, with the same version of the program and this command:
annex-again-fingerprint = The fingerprint is a SHA-256 over every record that these figures rest on, the deadlines, the code lists, the question and the version of the program. Two annexes with one fingerprint rest on the same data.

# The dimensions of a breakdown
dimension-year = year of filing
dimension-quarter = quarter of filing
dimension-month = month of filing
dimension-region = region
dimension-agency = agency complained of
dimension-kind-of-place = kind of place
dimension-body = body that first dealt with the complaint
dimension-organisation = organisation
dimension-sex = sex of the alleged victim
dimension-age-band = age of the alleged victim
annex-group-all = All
annex-group-not-known = Not known

# What renderers put in
annex-table-of = Table
annex-column = Column
annex-definition = Meaning
annex-unit = Unit
annex-unit-days = days
annex-no-data = No data.
annex-curve = Curve
annex-first-hours = The first hours of a deprivation of liberty
annex-rates-and-endings = What becomes of complaints
annex-quality-dates-note = Missing: not recorded although the date must have been there.
annex-summary-visit-answered = Half of the requests for an urgent visit that needed approval were answered within { $median } days (interval { $lo } to { $hi }); still waiting: { $open }.
annex-table-reparation-by-form = Claims for reparation, by the form asked for
annex-curve-deprivation-to-registration = Not registered
annex-curve-deprivation-to-lawyer = No lawyer
annex-curve-deprivation-to-doctor = No doctor
annex-curve-deprivation-to-family-notice = Family not told
annex-column-dismissed-share = Share
annex-column-prosecuted-share = Share
annex-column-decision = Routing to decision, median
annex-column-visit-answer = Visit answer, median
annex-column-date = Date
annex-column-reprisal = Reprisal
annex-column-reparation-form = Form
annex-column-asked = Asked for
annex-column-decided = Decided
annex-column-granted = Granted
