# Letters about an urgent visit
letter-sender-lines = Address, telephone, e-mail: _____________________________________
letter-our-reference = Our reference: { $reference }
letter-addressee = To the Commissioner for Human Rights (Ombudsman)
letter-closing = Yours faithfully,
letter-sign-name = Name and office
letter-sign-hand = Signature
letter-sign-day = Date
letter-footer = { $organisation } · { $reference }

letter-request-subject = Request for an urgent visit, case { $reference }
letter-delay-subject = Complaint about delay: urgent visit asked for on { $day }, case { $reference }

letter-request-opening = We ask you to approve an urgent visit by members of the National Preventive Mechanism to a person deprived of liberty. The person’s name is told to your office separately, under the reference given here.
letter-urgency = Why the visit is urgent
letter-urgency-sealed = _______________________________________________________________ (to be filled in by hand)
letter-law = What the law demands
letter-we-ask = We ask you

letter-fact-reference = Reference
letter-fact-place = Place
letter-fact-requested = Visit asked for on
letter-fact-evidence = Evidence offered
letter-fact-earlier = Earlier request
letter-earlier = Asked for on { $day }. { $answer }
letter-approved = Approved on { $day }.
letter-refused = Refused on { $day }; ground given: { $ground }.
letter-not-answered = Not answered.

letter-request-opcat = Article 20 (c), (d) and (e) of the Optional Protocol to the Convention against Torture grants the National Preventive Mechanism access to all places of detention, private interviews without witnesses, and the liberty to choose the places it visits and the persons it interviews.
letter-request-evidence = Neither the Convention nor the Optional Protocol makes a visit depend on evidence in writing or on the signature of the alleged victim. Under article 12 of the Convention a reasonable ground to believe that torture has been committed is enough for the authorities to act promptly; under articles 2 and 11 they are to prevent it and to keep custody under review.

letter-ask-approval = to approve the visit without delay;
letter-ask-approval-by = to approve the visit without delay, at the latest by { $due };
letter-ask-unannounced = to see to it that the place is not told of the visit beforehand;
letter-ask-private = to see to it that the person can be spoken to in private, without witnesses;
letter-ask-ground = should you refuse, to give us the ground and the rule that it rests on, in writing.

letter-delay-opening = On { $requested } your office was asked to approve an urgent visit to: { $place }. We complain about the delay.
letter-delay-facts = What was measured
letter-fact-asked = The visit was asked for on { $day }. Evidence offered: { $evidence }.
letter-waits = The request has waited { $wait } until { $until }, when this letter was written.
letter-waited = The answer took { $wait }, until { $until }.
letter-deadline = The deadline for the answer is { $hours } ({ $basis }); it ran or runs out on { $due }.
letter-deadline-passed = It was passed by { $over }.
letter-deadline-kept = It was not passed.
letter-no-deadline = No deadline for such an answer is known to us.
letter-delay-measure = Times known to the minute are measured to the minute; where only a day is known, whole days are counted, and doubt about hours is in your favour.
letter-delay-opcat = A visit that comes late does not see what it was to see. Under article 20 (c) to (f) of the Optional Protocol the National Preventive Mechanism has access to all places of detention, may interview in private, chooses whom and what it visits, and may be in contact with the Subcommittee on Prevention.
letter-delay-cat = Article 2 of the Convention demands effective measures to prevent torture, article 11 a systematic review of custody, articles 12 and 13 a prompt and impartial examination wherever there is reasonable ground to believe that torture has been committed; a formal complaint is not required.
letter-delay-reprisals = Under article 21 of the Optional Protocol nobody may be sanctioned for what they have told the National Preventive Mechanism, and under article 13 of the Convention complainants and witnesses are to be protected.
letter-ask-answer = to answer the request now;
letter-ask-reconsider = to tell us whether the visit can take place now;
letter-ask-reasons = to give us the reasons for the delay in writing;
letter-ask-in-time = to tell us what will be done so that further requests are answered in time.

# How long
letter-minutes = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}
letter-hours = { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}
letter-days = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
letter-between = between { $least } and { $most }
