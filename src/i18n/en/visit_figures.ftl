# Urgent visits, counts
visit-count-requests = Visit requests
    .definition = All requests for an urgent visit.
visit-count-needing-approval = Needing approval
    .definition = Requests for an urgent visit to a place that may be visited only with the Ombudsman’s approval.
visit-count-answered = Answered
    .definition = Requests that needed approval and were approved or refused.
visit-count-waiting = Without an answer
    .definition = Requests that need approval and have neither been answered nor ended in another way.

# Urgent visits, shares
visit-share-approved = Approved
    .definition = The share of the requests needing approval that were approved.
visit-share-refused = Refused
    .definition = The share of the requests needing approval that were refused.
visit-share-waiting = Still without an answer
    .definition = The share of the requests needing approval that have neither been answered nor ended in another way.
visit-share-approved-of-answered = Approved, of those answered
    .definition = The share of the answered requests that were approved.
visit-share-refused-of-answered = Refused, of those answered
    .definition = The share of the answered requests that were refused.
visit-share-refused-for-want-of-evidence = Refused for want of evidence
    .definition = The share of the refusals whose ground was that there was no written evidence, that the alleged victim had not signed, or that there was only a suspicion.
visit-share-renewed = Refusals followed by a new request
    .definition = The share of the refusals after which the request was made again.
visit-share-outside-mandate = Outside the mandate
    .definition = The share of all requests that concerned a kind of place which the mandate of the National Preventive Mechanism did not cover on the day of the request. Requests for kinds of place whose coverage is not known are left out.
visit-share-access-denied = Access denied
    .definition = The share of the approved requests in which the place did not let the visitors in.
visit-share-lapsed = Overtaken by events
    .definition = The share of all requests that were overtaken by events: the person had been moved or released, had died, or for another reason.
visit-share-cancelled = Cancelled
    .definition = The share of all requests that were called off by those who had made them.
visit-share-carried-out = Carried out
    .definition = The share of all requests that led to a visit.
visit-share-announced = Announced beforehand
    .definition = The share of the visits of which the place had been told beforehand. Visits of which this is not known are left out.
visit-share-private-interview = Private interview
    .definition = The share of the visits in which the detainee was seen in private. Visits of which this is not known are left out.

# Urgent visits, tables
table-refusals-by-ground = Refusals by ground
    .definition = The share of all refusals in which each ground was given.
table-refused-by-evidence = Refused by evidence offered
    .definition = For each kind of evidence offered with a request, the share of the answered requests that were refused.
