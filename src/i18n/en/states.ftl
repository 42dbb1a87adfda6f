# Where the investigation stands
investigation-unfiled = Not yet filed
investigation-filed = Filed
investigation-routed-to-internal-security = With internal security
investigation-under-investigation = Under investigation
investigation-dismissed = Dismissed
investigation-under-appeal = Under appeal
investigation-prosecution = Prosecution
investigation-closed = Closed
investigation-withdrawn = Withdrawn

# Where the latest urgent visit stands
visit-not-requested = Not requested
visit-requested = Awaiting an answer
visit-approved = Approved
visit-refused = Refused
visit-visited = Carried out
visit-access-denied = Access denied
visit-cancelled = Called off
visit-lapsed = Lapsed

# The headline of a case
stage-visit-requested = Visit requested
stage-visit-approved = Visit approved
stage-filed = Filed
stage-routed-to-internal-security = With internal security
stage-under-investigation = Under investigation
stage-dismissed = Dismissed
stage-under-appeal = Under appeal
stage-prosecution = Prosecution
stage-closed = Closed
stage-withdrawn = Withdrawn

# How a complaint ended first
ending-dismissed = Dismissed
ending-prosecuted = Prosecuted
ending-withdrawn = Withdrawn

# How a prosecution ended
outcome-discontinued = Discontinued
outcome-acquitted = Acquittal
outcome-convicted = Conviction

# What is waited for
awaited-first-response = First response of any authority
awaited-route = Passing on of the complaint
awaited-decide = Decision on the complaint
awaited-answer-appeal = Answer to the appeal
awaited-answer-visit = Answer to the visit request
awaited-carry-out-visit = The visit
awaited-register-detention = Registration of the detention
awaited-access-to-lawyer = Access to a lawyer
awaited-access-to-doctor = Access to a doctor
awaited-notify-family = Notice to the family

# What a deadline rests on
basis-law = Set by law
basis-benchmark = The organisation’s own yardstick
