# Around the pages for complainants
public-leave = Leave this page now
public-leave-how = “Leave this page now” leads to another site at once. Pages that you have seen stay in the history of this browser until you clear it.

# The complaint
public-title = Send a complaint
public-lead = Were you, or was somebody whom you know, beaten, threatened, humiliated or otherwise ill-treated by officials? Write to us here. You need no account, and you need not say who you are.
public-have-receipt = You have written to us before?
public-to-receipt = Come back with your receipt
public-protected-title = What is protected
public-protected-sealed = What you write is locked at once with the key of the organisation that receives it. Only its people can open it: not whoever runs this server, nor whoever takes it away.
public-protected-address = Neither your internet address nor the kind of your browser is written down with what you send.
public-protected-receipt = You are given a receipt of 16 digits. It is not kept here: without it nobody can tell from our records that a complaint is yours, unless you have said who you are.
public-open-title = What is not protected
public-open-plain = When you wrote, and when and where it happened as far as you choose it from the lists, is kept without a lock, for the statistics.
public-open-network = Whoever watches your network, for instance your provider, can see that you have visited this site. Tor Browser hides that.
public-open-device = Whoever uses this telephone or computer after you may find the page in its history. Use a device that nobody else looks into.
public-open-lost = Whoever finds your receipt can see where the complaint stands and what we ask you. What you wrote they cannot read.
public-open-words = What you tell can itself show who you are. Leave out what nobody may read.
public-reprisals-title = If you fear revenge
public-reprisals-law = Nobody may punish or threaten you because you complain. The state must protect those who complain and their witnesses (article 13 of the Convention against Torture).
public-reprisals-tell = If it happens all the same, note the day and tell us with your receipt. We record it as a reprisal, beside the complaint.
public-reprisals-danger = Nobody reads this page around the clock. In danger, first go where you are safe, and call somebody whom you trust, or 112.
public-organisation = Who is to receive it
public-allegation = What happened?
public-allegation-hint = In your own words and in any language: what was done, by whom, and what came of it. This alone must be filled in.
public-allegation-missing = Please say what happened. A few words are enough.
public-incident = When did it happen?
public-incident-hint = As far as you know: the month and the year are enough. If it happened more than once, the first time.
public-region = In which region?
public-kind-of-place = In what kind of place?
public-writer = Whom did it happen to?
public-writer-self = To me
public-writer-other = To somebody else
public-name = Your name
public-name-hint = You may stay anonymous.
public-victim-name = The name of the person whom it happened to, if that is not you
public-contact = How can we reach you?
public-contact-hint = A telephone number or an address. Without it we ask you by means of the receipt alone.
public-contact-how = When and how is it safe to reach you?
public-contact-how-hint = For instance: in the evening only, do not say who is calling.
public-send = Send the complaint
public-sent-once = Send it once. It takes a moment.
public-wait = { $count ->
    [one] Too much has come from your network. Please wait { $count } second and send it again; nothing that you have typed is lost.
   *[other] Too much has come from your network. Please wait { $count } seconds and send it again; nothing that you have typed is lost.
}

# The receipt
public-filed-title = Your complaint has come in
public-filed-receipt = Your receipt
public-filed-once = It is shown this once, and nobody can tell it to you again. Write it down on paper now.
public-filed-why = With it you can see where your complaint stands, answer our questions and add documents.
public-filed-keep = Keep it where nobody finds it, and do not send it to anybody. Do not write beside it what it is for.
public-filed-reference = Number of the complaint, for letters and calls
public-filed-next = People of the organisation will read what you wrote. Come back in a few days.
public-filed-done = I have written it down: look at the complaint

# Coming back
public-return-title = Come back with your receipt
public-return-lead = Type the 16 digits that you were given when you sent the complaint.
public-receipt = Receipt
public-receipt-hint = 16 digits; blanks between them do not matter.
public-return-button = Look at the complaint
public-return-lost = You have lost it? Nobody can find it again. Send a new complaint and say that there was one before.
public-return-unread = A receipt has 16 digits. Please look whether one is missing.
public-return-unknown = There is no complaint with this receipt. Please compare the digits with your note.
public-return-wait = { $count ->
    [one] Too many wrong receipts were tried from your network. Please wait { $count } second.
   *[other] Too many wrong receipts were tried from your network. Please wait { $count } seconds.
}

# Where it stands
public-following-title = Your complaint
public-following-came = It came in:
public-following-now = Where it stands
public-state-received = It has been received. Nobody has begun to work on it yet.
public-state-in-work = People of the organisation are working on it.
public-state-passed-on = It has been passed to the authorities: a department that looks into its own officials has it.
public-state-investigated = The authorities have opened a criminal investigation.
public-state-dismissed = The authorities have dismissed it. That can be appealed.
public-state-appealed = The dismissal has been appealed.
public-state-prosecuted = Charges have been brought. It is going to court, or is there.
public-state-closed = The proceedings have ended.
public-state-withdrawn = The complaint was withdrawn.
public-next-received = Next, somebody reads it and may ask you something here.
public-next-in-work = Next, it is passed to the authorities, or we ask you something here.
public-next-passed-on = Next, the authorities decide whether to investigate.
public-next-investigated = Next, the authorities bring charges or dismiss it.
public-next-dismissed = Tell us below if you want an appeal.
public-next-appealed = Next, a prosecutor or a court decides.
public-next-prosecuted = Next, a court decides.
public-next-closed = You may have a right to redress. Ask us below.
public-next-withdrawn = If you did not want that, or were pressed into it, tell us below.
public-messages = Questions and answers
public-messages-none = We have not asked you anything yet.
public-messages-note = What you write is not shown again here: whoever finds your receipt is not to read it.
public-message-question = We asked, { $time }
public-message-own = You wrote, { $time }
public-answer = Answer, or tell us something
public-answer-hint = Also if somebody threatens or punishes you because of the complaint: what, who, and when.
public-answer-button = Send
public-answer-done = Your message has come in.
public-documents = Documents
public-documents-note = Photographs, papers, recordings. They are locked like your words and cannot be opened here again.
public-document-brought = You added a document, { $time }
public-document = File
public-document-hint = At most { $max } MB.
public-document-strip = Remove the place, the time and the camera from a photograph
public-document-strip-hint = For photographs only. Leave it off where that is evidence.
public-document-missing = Please choose a file.
public-document-button = Add the document
public-document-done = The document has come in.
public-close = Close the browser when you are done.

# The organisation's side
messages-title = Messages with the complainant
messages-lead = The complainant reads your questions with their receipt. Write nothing that would harm them if another found it.
messages-none = Nothing has been written yet.
messages-no-receipt = This complaint did not come through the public page: its complainant has no receipt and cannot be asked here.
messages-question = Question, { $time }
messages-answer = The complainant, { $time }
messages-closed = You hold no key of this text.
messages-ask = Question to the complainant
messages-ask-hint = In the language of the complaint, in plain words.
messages-button = Ask
messages-case = To the case

# In the audit log
audit-action-complainant-asked = Question to a complainant with a receipt
audit-action-complainant-wrote = Message of a complainant with a receipt
