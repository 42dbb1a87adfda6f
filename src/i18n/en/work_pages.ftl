# Around every page
page-needed = (needed)
page-choose = Choose…
page-day = Day
page-month-label = Month
page-year = Year
page-clock = Hour, as 15:20
page-month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[other] December
}
page-time-hint = Leave empty what is not known: the hour, or the day too.
page-not-a-time = “{ $field }”: these parts make no date. Please give month and year, and the day and the hour if they are known.
page-not-a-day = “{ $field }”: this is no day. Please choose one, or write it as 2026-03-04.
page-codes-ended = No longer in force
page-not-said = Not said
npm-coverage-covered = within the NPM’s mandate
npm-coverage-not-covered = outside the NPM’s mandate
npm-coverage-unknown = NPM’s mandate not settled
page-search-label = Name or reference
page-search-reference = Reference, such as 2026-000123
page-search = Search
page-ways = Work
page-cancel = Cancel
page-sealed = sealed text
way-log = Log a complaint
way-cases = Cases
way-visits = Urgent visits
way-statistics = Statistics
way-audit = Audit log
way-members = Members
way-lists = Code lists and places
way-deadlines = Deadlines

# What has just been done
done-filed = The complaint is filed; its number stands below. Documents can be attached further down.
done-filed-without-files = The complaint is filed. The files that you had chosen did not outlive the signing in: please choose them again below, under “Documents”.
done-recorded = Recorded.
done-corrected = Corrected. The history shows both.
done-shared = The case is shared.
done-unshared = The share has ended.
done-attached = The document is attached.
done-draft-saved = The draft is saved.
done-draft-deleted = The draft is deleted.
done-requested = The complaint is filed and the urgent visit is asked for. The clock runs.
done-answered = The answer is recorded.
done-saved = Saved.
done-invited = Invited.
done-removed = Removed.

# How long
span-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
span-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
span-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
wait-overdue = overdue by { $span }
wait-due = due in { $span }
wait-level = Level { $level }: { $what }
wait-no-deadline = no deadline

# Signing in again
again-title = Sign in to send what you typed
again-what = Your session has ended. What you typed is kept in this page: sign in, and it can be sent. Do not close the page.
send-on-title = Send what you typed
send-on-what = You are signed in. What you typed before is here and has not been sent yet.
send-on-button = Send it now

# The first page
home-page-title = Your work
home-overdue = Overdue
home-overdue-none = Nothing is overdue.
home-overdue-all = All that is overdue
home-own = Cases you worked on last
home-changed = Changed last
home-changed-all = All cases, the last changed first
home-desk = What you look after
home-organisations = Organisations

# The search
search-title = Search
search-none = No case of yours has a name like this.
search-lead = Cases in which a name like this stands, the best fit first. Open a case to see who it is.
search-more = There are more. Please search for a longer part of the name.
search-behind = Some cases are still being indexed: search again in a moment.
search-no-name = There is no word to look for. Please type a name, or a reference such as 2026-000123.
search-no-key = You do not hold your organisation’s key yet, so names stay closed to you.

# The list of cases
cases-title = Cases
cases-reference = Reference
cases-stage = Stage
cases-where = Where
cases-filed = Filed
cases-due = Deadline
cases-changed = Last change
cases-filter = Filter and sort
cases-filter-button = Show
cases-filter-none = All cases
cases-filed-from = Filed from
cases-filed-to = Filed up to
cases-sort = Order
cases-sort-filed-last = Latest filing first
cases-sort-filed-first = Earliest filing first
cases-sort-due = Earliest deadline first
cases-sort-changed = Latest change first
cases-overdue = Deadlines
cases-overdue-only = Only what is overdue
cases-none = No case.
cases-next = Next page

# A case
case-investigation = Investigation
case-visit = Urgent visit
case-waits = What it waits for
case-waiting = waiting for { $span }, since { $time }
case-actions = What can be recorded now
case-track-investigation = The complaint
case-track-visit = Urgent visits
case-add-fact = Add a fact, a person, a note
case-no-visit = No visit was asked for.
case-after = { $span } later
case-open = Sealed data
case-open-note = Names, stories and documents are closed. Whoever opens them says what for; the audit log keeps it.
case-purpose = What for
case-open-button = Open
case-opened = Sealed data is open on this page.
case-close = Close it
case-erased = This case was erased: its texts can be read by nobody any more.
case-no-key = You do not hold the key: names, stories and documents of this case stay closed to you.
case-complaint = What is alleged
case-people = People
case-first-hours = When it became known, and the first hours
case-examinations = Medical examinations and incidents
case-reprisals = Reprisals (art. 13)
case-legal = Legal actions (art. 3, 14, 15)
case-notes = Notes
case-documents = Documents
case-no-documents = No document is attached.
case-document-active = can run a program when it is opened
case-add-document = Attach a document
case-strip = Remove the metadata of a picture
case-strip-note = A photograph may tell where and with which telephone it was taken. Other files are refused with this wish.
case-file = File
case-attach = Attach
case-sharing = Shared with
case-not-shared = With nobody.
case-messages = The complainant
case-messages-note = The complainant has no account and follows the case with a receipt.
case-messages-open = Messages to the complainant
case-share = Share the case
case-share-note = The other organisation can then read and move this case. Ending the share takes back what has not been read.
case-share-with = Organisation
case-share-button = Share
case-share-end = End the share

# Recording and correcting
record-button = Record
record-stale = Somebody else has changed the case meanwhile. Look at it, and if your entry still holds, send it again.
correct-title = Correct
correct-note = Nothing is deleted: the history keeps what was recorded first, and why it was corrected.
correct-instead = What happened instead
correct-never = It never happened
correct-button = Record the correction
history-title = History
history-note = Every event in the order of recording. Nothing is ever changed or deleted here.
history-recorded = recorded { $time } by { $who }
history-corrects = Corrects no.
history-corrected = Corrected by no.

# For what sealed data is opened
purpose-handling = To work on the case
purpose-review = To review how it was handled
purpose-urgent-visit = For an urgent visit
purpose-duplicate-check = To see whether the person has a case already
purpose-legal-proceedings = For proceedings in court or before the Committee
purpose-correction = To correct what was recorded
purpose-statistics-check = To check a figure

# Buttons of steps and facts
do-file = File
do-route = Routed to internal security
do-open-investigation = Investigation opened
do-dismiss = Dismissed
do-appeal = Dismissal appealed
do-uphold-dismissal = Dismissal upheld
do-reopen = Reopened
do-prosecute = Charges brought
do-discontinue = Prosecution discontinued
do-acquit = Acquitted
do-convict = Convicted
do-withdraw = Complaint withdrawn
do-request-visit = Request an urgent visit
do-approve-visit = Visit approved
do-refuse-visit = Visit refused
do-carry-out-visit = Visit carried out
do-deny-access = Access denied
do-cancel-visit = Call the visit off
do-lapse-visit = Request has lapsed
do-learn-of-allegation = Allegation became known
do-person = Person
do-safeguard = Safeguard of the first hours
do-medical-examination = Medical examination
do-reprisal = Reprisal
do-court-motion = Motion to exclude evidence
do-reparation-claim = Claim for reparation
do-expulsion-proceeding = Expulsion proceedings
do-custody-incident = Death or self-harm in custody
do-end-of-follow-up = End of what is known
do-note = Note

# Urgent visits
visits-waiting = Visit requests that wait
visits-none = No request waits.
visits-request = Visit request
visits-waited = Waited
visits-state = State
visits-evidence = Evidence offered
visits-requested = Asked for
visits-ask = Ask for an urgent visit
visits-board-note = The longest wait stands first. As of { $time }.
visits-parts = Which requests
visits-open = Open
visits-ended = Ended
visits-none-here = There are no such requests.
visits-answered-after = after { $span }
visits-never-answered = none came
visits-never-answered-in = none came in { $span }
visits-lost-sight = No further news
visits-clock-waiting = without an answer, since { $time }
visits-clock-answered = until the answer; asked for { $time }
visits-approval = Approval
visits-no-approval = not needed for this kind of place
visits-answer = Answer
visits-approve = Approve the visit
visits-refuse = Refuse the visit
visits-ground = Ground of a refusal
visits-remarks = Remarks
visits-further = Go on
visits-letter = Letter of request (PDF)
visits-delay-letter = Complaint about the delay (PDF)
visits-renew = Renew the request
visits-case = To the case
ask-note = For somebody who has no case yet. It files the complaint and asks for the visit at once; the clock starts now.
ask-name = Name of the person to be seen
ask-urgency = What is alleged, and why it is urgent
ask-button = File and ask for the visit

# Drafts
drafts-begin = Begin a complaint
drafts-own = Your drafts
drafts-none = You have no draft.
drafts-lead = A complaint is logged page by page. Each page is saved, sealed for you alone; you can stop at any time and go on later.
drafts-saved = Saved
drafts-delete = Delete
draft-steps = Pages of the complaint
draft-review = Check and file
draft-next = Save and go on
draft-to-review = Save, check and file
draft-later = Save and stop
draft-change = Change
draft-nothing = Nothing was said.
draft-file = File the complaint
draft-file-note = It gets its number now. Nothing of it can be deleted afterwards, only corrected.
draft-files = Files, as many as there are (optional)
filed-title = The complaint is filed:
filed-refused = These files were not attached
filed-rest = What came behind them
filed-add-again = Everything else is kept. Each file can be added again on the page of the case, under “Documents”, with “Attach a document”.
draft-not-ready = Something is missing or wrong; it stands above, beside its subject.
draft-duplicates = Somebody of this name has a case already
draft-duplicates-note = Please look before you file:
draft-filed-at = When the complaint was filed
draft-filed-hint = Left empty: now.
draft-learnt-hint = By your organisation or any authority: the clock of the complaint starts here. Leave empty what is not known: the hour, or the day too.
draft-allegation-hint = In the words of whoever complains, as far as they are known. It is sealed before it is kept.
section-complaint = The complaint
section-people = People
section-place = Place and time
section-treatment = What was done
section-safeguards = The first hours in custody
people-person = Person { $number }
people-one-more = One more person
people-remove = Take this person out
people-more = Save and add another
