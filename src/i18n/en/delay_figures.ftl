# Endings that compete
incidence-dismissed = Dismissed by then
    .definition = The share of all complaints whose first ending was a dismissal, so many days or fewer after their clock started.
incidence-prosecuted = Prosecuted by then
    .definition = The share of all complaints whose first ending was a prosecution, so many days or fewer after their clock started.
incidence-withdrawn = Withdrawn by then
    .definition = The share of all complaints whose first ending was a withdrawal, so many days or fewer after their clock started.
incidence-still-open = Still open
    .definition = The share of all complaints with none of the three endings so many days after their clock started.

# The figures of a delay
delay-figure-median = Median
    .definition = The time by which half of the waits have ended, open waits included in the estimate.
delay-figure-median-bounds = Bounds of the median
    .definition = The median if every wait that is known only to the month had been as short, or as long, as its dates allow.
delay-figure-restricted-mean = Restricted mean
    .definition = The mean wait up to a fixed horizon, open waits included; a longer wait counts as the horizon.
delay-figure-mean-of-ended = Mean of ended waits
    .definition = The mean of the waits that have ended; it forgets those that still wait, and flatters the authorities.
delay-figure-within-deadline = Within the deadline
    .definition = The share of the waits that ended within their deadline, of those that have one and have ended or have outlasted it.
delay-figure-longest-open = Longest open wait
    .definition = The longest of the waits that have not ended.
delay-figure-left-out = Contradictory dates
    .definition = The waits left out because their end lies before their start.
delay-figure-missing-start = No starting date
    .definition = The cases that must have had this wait, but for which nobody recorded when it began.
