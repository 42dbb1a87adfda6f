# Around every page
page-languages = Language
page-skip = Go to the content
page-sign-out = Sign out
page-faults = Please mend this
page-to-the-first = To the first page

# Signing in
sign-in-title = Sign in
sign-in-button = Sign in
sign-in-code-hint = Six digits from your authenticator app, or one of your recovery codes.
sign-in-wrong = Login, password or code are wrong. Each code can be used once only: if you have used this one, wait for the next.
sign-in-wait-seconds = { $count ->
    [one] There were too many attempts. Please wait { $count } second and try again.
   *[other] There were too many attempts. Please wait { $count } seconds and try again.
}
sign-in-wait-minutes = { $count ->
    [one] There were too many attempts. Please wait { $count } minute and try again.
   *[other] There were too many attempts. Please wait { $count } minutes and try again.
}
sign-in-wait-hours = { $count ->
    [one] There were too many attempts. Please wait { $count } hour and try again.
   *[other] There were too many attempts. Please wait { $count } hours and try again.
}
sign-in-ended = Your session has ended. Please sign in again.
sign-in-out = You have signed out.
sign-in-invited = You have an invitation?
sign-in-enrol = Choose your password
sign-in-forgotten = Forgotten your password, or lost your app and all recovery codes? Nobody can reset them. Ask your administrator for a new invitation.

# Enrolment
enrolment-title = Choose your password
enrolment-lead = You were invited. With the invitation you choose a password; then you are shown what your authenticator app needs. Have the app and a pen at hand.
enrolment-invitation-hint = Six groups of four letters and digits. It can be used once.
enrolment-password-hint = At least { $min } characters. Several unrelated words make a good one. It opens your key: nobody can reset it.
enrolment-repeated = The new password again
enrolment-differ = The two passwords differ. Please type both again.
enrolment-wrong = Login and invitation do not fit together, or the invitation was used or has run out. Please check both, or ask your administrator for a new one.
enrolment-button = Enrol
enrolment-enrolled-before = You have enrolled before? Sign in
enrolled-title = You are enrolled
enrolled-once = This page is shown once. Leave it only when the app shows codes and the recovery codes are written down.
enrolled-app = 1. Your authenticator app
enrolled-app-how = Scan the picture with an authenticator app, or type the secret into it. From then on the app shows a new code every 30 seconds.
enrolled-qr = QR code of the secret, for an authenticator app
enrolled-secret = Secret
enrolled-open = Open in an app on this device
enrolled-recovery = 2. Your recovery codes
enrolled-recovery-how = For when the app is lost: each can be used once in place of a code. Write them on paper and keep it apart from this device, where nobody else finds it.
enrolled-go-on = I have written them down: sign in

# One's own account
account-title = Your account
account-tasks = What your role is for
account-api = Programs can do the same through the API:
account-sessions = Your sessions and tokens
account-sessions-note = Where you have signed in, and which programs may ask in your name. End what you do not know, and tell your administrator.
account-times = Since { $since }; last used { $seen }; ends at the latest { $until }.
account-zone = Times are by the clock of { $zone }.
account-end = End
account-this = this one
account-end-others = Log out everywhere else
waiting-title = You wait for your organisation's key
waiting-what = You can sign in, but names, stories and documents stay closed to you until a colleague who holds the key, or an administrator with the recovery key, admits you. Call them and read them this:
waiting-fingerprint = Fingerprint of your key:
session-kind-browser = Browser
session-kind-token = API token
role-intake-officer = Intake officer
role-caseworker = Caseworker
role-npm-member = Member of the preventive mechanism
role-approver = Ombudsman's approver
role-analyst = Analyst
role-auditor = Auditor
role-administrator = Administrator
role-task-intake-officer = Logs complaints from the hotline, the front desk, paper and lists, and looks up whether a person has a case already.
role-task-caseworker = Moves cases from step to step, attaches documents, watches deadlines, and reads the figures.
role-task-npm-member = Asks for urgent visits, records visits and findings, and reads the figures of these cases.
role-task-approver = Approves or refuses visit requests, with a ground. Sees the requests and nothing else of a case.
role-task-analyst = Reads the figures of all cases. Sees no names, stories or documents.
role-task-auditor = Reads the audit log. Sees no names, stories or documents.
role-task-administrator = Looks after accounts, organisations, places and deadlines. Sees no names, stories or documents.
