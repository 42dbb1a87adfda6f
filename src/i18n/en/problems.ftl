# What is wrong with a field
input-missing = “{ $field }” is not filled in. Please fill it in.
input-unknown = There is no field “{ $field }” here. Please leave it out or check its name.
input-not-single = “{ $field }” takes one value only. Please give just one.
input-unknown-code = “{ $field }”: the list “{ $list }” has no such entry. Please choose one from the list.
input-code-not-valid-on = “{ $field }”: this entry of the list “{ $list }” was not valid on { $day }. Please choose one that was, or check the date.
input-not-one-of = “{ $field }” takes one of these words: { $options }.
input-not-a-time = “{ $field }” cannot be read as a time. Please write 2024-03-04T15:20, or 2024-03-04 if only the day is known, or 2024-03 if only the month is.
input-skipped-time = “{ $field }”: this time did not exist, because the clocks went forward over it. Please check the hour.
input-time-out-of-range = “{ $field }”: the year must lie between 1900 and 2200. Please check it.
input-in-the-future = “{ $field }” lies in the future. Only what has happened can be recorded; please check the date and the hour.
input-empty-text = “{ $field }” holds only blanks. Please write something or leave it out.
input-too-long = “{ $field }” is too long: it can have at most { $max ->
        [one] { $max } character
       *[other] { $max } characters
    }. Please shorten it, or attach the text as a document.
input-control-character = “{ $field }” holds a character that cannot be stored. Please type the text anew or remove hidden characters.
input-not-an-event = “{ $field }” names no event. Please give the identifier of an event of this case.
input-ends-before-it-begins = “{ $field }” lies before the beginning of the period. Please give a later day, or an earlier beginning.
input-singles-out = “{ $field }” is not taken here, or not like this: the figures of all organisations are released once for each quarter, of all complaints and in fixed breakdowns, because a narrower choice could point to one person. Please leave it out; “as_known_on” may be the last day of a quarter that is over, and “by” any breakdown but quarter and month.
input-unreadable = “{ $field }” has a form that cannot be read here. Please check how it is written.
input-unknown-kind = “{ $field }” names no kind of step or fact. Please give one of those that the case offers.
input-not-a-time-zone = “{ $field }” names no time zone. Please give one of the tz database, for instance Asia/Almaty.
input-not-in-range = “{ $field }” is no whole number from { $min } to { $max }.
input-too-many = “{ $field }” has too many entries. At most { $max } fit here.

# Why an event cannot be added
refusal-not-filed = A case begins with its filing. Please record the filing of the complaint first.
refusal-illegal-step = “{ $step }” ({ $at }) is not possible at that point of the case.
refusal-breaks-later-step = With this, the later step “{ $step }” ({ $at }) would no longer be possible. Please check the time, or correct the later step first.
refusal-standing = There the investigation stands at “{ $investigation }” and the urgent visit at “{ $visit }”. { $count ->
        [0] No step is possible there.
        [one] The only step that is possible there: { $steps }.
       *[other] Steps that are possible there: { $steps }.
    }
refusal-order-unclear = The times are too vague to tell in which order the steps happened. Please give at least one of them more precisely.
refusal-in-the-future = This time lies in the future. Only what has happened can be recorded; please check the date, the hour and the time zone.
refusal-unknown-event = “{ $field }”: this case has no event { $event }. Please choose an event of this case.
refusal-already-recorded = Event { $event } has been recorded already.
refusal-already-corrected = Event { $event } has been corrected already, by event { $by }. Please correct the newer one.
refusal-filing-retracted = The filing of the complaint can be corrected, but not taken back.
refusal-not-a-refused-request = Only a visit request that was refused can be renewed. Please choose a refused request of this case, or record a new one.
refusal-too-many = This case is full: it can have at most { $events ->
        [one] { $events } event
       *[other] { $events } events
    }, and among them at most { $steps ->
        [one] { $steps } step
       *[other] { $steps } steps
    }.

# Problems of the HTTP API
problem-not-found = Not found
    .detail = There is nothing here, or you may not see it. Please check the address.
problem-illegal-step = This step is not possible
    .detail = The case does not allow this step at that time. Nothing was recorded.
problem-stale-version = The case has changed meanwhile
    .detail = Somebody else has changed the case since you read it. Nothing was recorded; please read it again and then repeat your change.
problem-invalid-input = Something is missing or wrong
    .detail = Some of the data is missing or wrong. Nothing was recorded; please correct the fields named here.
problem-malformed = The request cannot be read
    .detail = The request is not written in the form that is expected here. Please check it against the description of the API.
problem-conflict = This contradicts what is already stored
    .detail = What you sent contradicts what is already stored. Nothing was recorded.
problem-idempotency-reused = The key belongs to another request
    .detail = This Idempotency-Key was used before, with other content. Please send a new key with a new request.
problem-unavailable = Not available at the moment
    .detail = Aiqyn cannot answer at the moment. Please try again a little later.
problem-unsettled = No answer from the database
    .detail = The database has not answered in time. What you sent may have been recorded all the same: look whether it is there before you send it again. A program may send it again with the same Idempotency-Key; it counts once.
problem-storage-full = The storage is full
    .detail = There is no room left for what you sent, so nothing of it was kept. Please tell the administrator, and send it again when there is room.
problem-read-only = Nothing can be written at the moment
    .detail = The storage can be read but not written, so nothing of what you sent was kept. Please tell the administrator, and send it again later.
problem-internal = An error on our side
    .detail = Something went wrong on our side. Please try again, and tell the administrator if it happens once more.
problem-version-required = The version is missing
    .detail = A change must name the version of the case that it builds on. Please send the ETag that you read in If-Match.
problem-too-large = Too large
    .detail = What you sent is larger than is accepted here. Please send less, or divide it.
problem-address-too-long = The address is too long
    .detail = The address is longer than is accepted here. Please shorten what stands in it, for instance behind the question mark.
problem-headers-too-large = Too many headers
    .detail = The headers of the request are more, or longer, than is accepted here. In a browser, deleting the cookies of this site may help.
problem-unsupported-media-type = This format is not accepted
    .detail = What you sent has a format that is not accepted here. Please check Content-Type.
problem-method-not-allowed = This method is not possible here
    .detail = The address exists, but not for this method. Please check it against the description of the API.
problem-foreign-request = Not from this site
    .detail = The request comes from another site, names a host that this server does not go by, or came past its proxy. Please open Aiqyn at its own address.
problem-insecure-connection = The connection is not secure
    .detail = Aiqyn answers over HTTPS alone. Please use an address that begins with https://; if you do, tell the administrator that the proxy must pass on X-Forwarded-Proto.
problem-document-too-large = The document is too large
    .detail = The file is larger than this server takes. Nothing was kept; please split it, or ask whoever runs the server for a higher limit.
problem-range-not-satisfiable = There is no such part
    .detail = The range that was asked for begins behind the end of the document.
problem-timed-out = Nothing more came
    .detail = The file stopped coming for too long. Nothing was kept; please send it again.
problem-cannot-strip-pdf = The metadata of a PDF cannot be removed here
    .detail = Beside its author and dates a PDF may hold earlier versions and hidden layers. Nothing was kept; print it to a new PDF or photograph the pages, or send it as it is without this wish.
problem-cannot-strip-office-document = The metadata of an office document cannot be removed here
    .detail = It may hold authors, comments and tracked changes. Nothing was kept; have the program inspect the document and remove them, or send it as it is without this wish.
problem-cannot-strip-recording = The metadata of a recording cannot be removed here
    .detail = A sound or video recording may tell the place, the device and the time. Nothing was kept; remove them on your device, or send it as it is without this wish.
problem-cannot-strip-other-picture = The metadata of this kind of picture cannot be removed here
    .detail = They can be removed from JPEG, PNG and WebP pictures. Nothing was kept; save the picture as one of these, or send it as it is without this wish.
problem-cannot-strip-archive = The metadata of the files in an archive cannot be removed here
    .detail = Nothing was kept; send the files one by one, or the archive as it is without this wish.
problem-cannot-strip-unknown = It is not known what metadata this file holds
    .detail = Nothing was kept; send the file as it is without this wish, if that is safe.
problem-cannot-strip-too-large = The picture is too large
    .detail = Metadata can be removed from pictures of at most 64 MiB. Nothing was kept; save it smaller, or send it as it is without this wish.
problem-cannot-strip-damaged = The picture is damaged
    .detail = It cannot be told what in it is metadata. Nothing was kept; open and save the picture anew, or send it as it is without this wish.
