# The pages
figures-title = Statistics
figures-tabs = Pages of the statistics
figures-tab-overview = Overview
figures-tab-delays = How long it takes
figures-tab-endings = How complaints end
figures-tab-visits = Urgent visits
figures-tab-indicators = By article
figures-tab-definitions = Definitions

# The filter
figures-filter-title = Which complaints
figures-filter-by = Break the figures down
figures-filter-button = Show the figures
figures-filter-clear = Start again with all complaints
figures-filter-wrong = This choice cannot be counted. Please correct it:
figures-field-filed-from = Filed on this day or later
figures-field-filed-to = Filed on this day or earlier
figures-field-as-known-on = As known on
figures-hint-as-known-on = What was known at the end of that day. Left empty: today.
figures-field-region = Region
figures-field-agency = Agency complained of
figures-field-kind-of-place = Kind of place
figures-field-organisation = Organisation that owns the case
figures-field-clock = The clock starts
figures-field-by = Break down by
figures-field-delay = Delay shown by group
figures-field-indicator = Indicator shown by group
figures-all = All
figures-by-nothing = Not broken down
figures-clock-learnt = When the allegation became known
figures-clock-filed = With the formal filing
figures-quarter = { $year }, quarter { $quarter }

# What is counted
figures-cases = complaints are counted here
figures-open-visits = visit requests are open now
figures-known-on = As known at the end of { $day }; these figures will not change any more.
figures-known-today = As known today, { $day }.
figures-counted-at = Counted at { $time }. What was recorded since is being counted: look again in a moment.
figures-release = You see the figures of all organisations. They are released once for each quarter, of all complaints and in fixed breakdowns, because from a narrower or more frequent choice somebody could be singled out. This is the release of { $day }.
figures-withheld = An asterisk stands for a number from 1 to below { $threshold }, which could point to a person, for further numbers from which it could be worked out, and for what rests on them. A nought is shown.

# Tables
figures-how-often = How often
figures-how-long = How long it takes, in days
figures-share-note = Each share with its 95 % interval and of how many it is. Open a name to read what is counted.
figures-delay-note = Complaints that still wait are counted as waiting, not left out. Medians and means stand with their 95 % intervals; a dash means that the data do not reach that far. Each name leads to what is measured.
figures-rate = Of the complaints
figures-of-all = Of all
figures-of-ended = Of those that have ended
figures-quartiles = Quartiles 1; 3
    .definition = The times by which a quarter and three quarters of the waits have ended, open waits included in the estimate.
figures-otherwise-or-lost = Ended otherwise or lost
    .definition = Waits that ended in another way, such as a withdrawal, or were lost sight of. They count as waiting until then and not after.
figures-of-a-delay = The figures of a delay
figures-days = Days
figures-curves = Curves
figures-curves-note = The share still waiting, by days since the start; shaded, the 95 % interval. Close steps are drawn as one.
figures-no-curve = There is nothing to draw here: no such wait is counted, or too few are to be shown.
figures-chart-waiting = Share still waiting: { $delay }
figures-chart-endings = Share of complaints that have ended in each way, by days since their clock started
figures-groups-title = { $what }, by { $dimension }
figures-tests = Do the groups wait equally long?
figures-degrees = Degrees of freedom
figures-tests-note = Log-rank test for each delay shown by group: a small p says that the groups differ by more than chance; it does not say how. Of twenty tests one is below 0.05 by chance alone.
figures-no-tests = There are too few groups with waits, or too many groups, for a test between them.
figures-reported-title = Prosecuted, beside what was reported
figures-reported = In 2014 civil society reported to the Committee against Torture that fewer than { $share } of complaints are prosecuted. Here, of all complaints:
figures-beside-below = The whole interval lies below { $share }: these figures bear the report out.
figures-beside-includes = The interval includes { $share }: these figures do not tell.
figures-beside-above = The whole interval lies at or above { $share }: these figures contradict the report.
figures-became = What has become of the complaints
figures-became-note = By the first of the three endings.
figures-horizons = By so many days
figures-endings-by-groups = After { $days } days
figures-requests = Requests
figures-definitions-lead = Every figure of these pages and of the annex, and what is counted in it.

# What can be taken away
figures-downloads = Take the figures with you
figures-downloads-note = The statistical annex for the Committee covers all complaints of the chosen period, as known on the chosen day, whatever else is chosen above. It may leave the house: small numbers are withheld in it. That it was made is written to the audit log.
figures-annex-pdf = Annex as PDF
figures-annex-xlsx = Workbook (XLSX)
figures-annex-csv = Tables (CSV, zipped)
