# Around every page
page-needed = (міндетті)
page-choose = Таңдаңыз…
page-day = Күні
page-month-label = Айы
page-year = Жылы
page-clock = Уақыты, мысалы 15:20
page-month = { $month ->
    [1] қаңтар
    [2] ақпан
    [3] наурыз
    [4] сәуір
    [5] мамыр
    [6] маусым
    [7] шілде
    [8] тамыз
    [9] қыркүйек
    [10] қазан
    [11] қараша
   *[other] желтоқсан
}
page-time-hint = Белгісізін бос қалдырыңыз: уақытын немесе күнін де.
page-not-a-time = «{ $field }»: бұдан күн шықпайды. Айы мен жылын, белгілі болса күні мен уақытын көрсетіңіз.
page-not-a-day = «{ $field }»: бұл күн емес. Күнді таңдаңыз немесе 2026-03-04 түрінде жазыңыз.
page-codes-ended = Енді қолданылмайды
page-not-said = Көрсетілмеген
npm-coverage-covered = ҰПТ мандатында
npm-coverage-not-covered = ҰПТ мандатынан тыс
npm-coverage-unknown = ҰПТ мандаты белгіленбеген
page-search-label = Есімі немесе іс нөмірі
page-search-reference = Іс нөмірі, мысалы 2026-000123
page-search = Іздеу
page-ways = Жұмыс
page-cancel = Бас тарту
page-sealed = мөрленген мәтін
way-log = Шағымды жазу
way-cases = Істер
way-visits = Шұғыл барулар
way-statistics = Статистика
way-audit = Аудит журналы
way-members = Қызметкерлер
way-lists = Анықтамалықтар мен мекемелер
way-deadlines = Мерзімдер

# What has just been done
done-filed = Шағым тіркелді, нөмірі төменде. Құжаттарды осы беттің төменгі жағында тіркеуге болады.
done-filed-without-files = Шағым тіркелді. Таңдалған файлдар қайта кіргенде сақталмады: оларды төменде, «Құжаттар» бөлімінде қайта таңдаңыз.
done-recorded = Жазылды.
done-corrected = Түзетілді. Тарихта екеуі де көрінеді.
done-shared = Іске қолжетімділік берілді.
done-unshared = Іске қолжетімділік жабылды.
done-attached = Құжат тіркелді.
done-draft-saved = Жоба сақталды.
done-draft-deleted = Жоба жойылды.
done-requested = Шағым тіркелді, шұғыл бару сұралды. Уақыт жүріп жатыр.
done-answered = Жауап жазылды.
done-saved = Сақталды.
done-invited = Шақырылды.
done-removed = Алынып тасталды.

# How long
span-minutes = { $count } минут
span-hours = { $count } сағат
span-days = { $count } күн
wait-overdue = { $span } кешігіп тұр
wait-due = { $span } қалды
wait-level = { $level }-деңгей: { $what }
wait-no-deadline = мерзімі жоқ

# Signing in again
again-title = Жазғаныңызды жіберу үшін кіріңіз
again-what = Сеансыңыз аяқталды. Жазғаныңыз осы бетте сақталған: кіріңіз, сонда оны жіберуге болады. Бетті жаппаңыз.
send-on-title = Жазғаныңызды жіберіңіз
send-on-what = Сіз кірдіңіз. Бұрын жазғаныңыз осында және әлі жіберілген жоқ.
send-on-button = Қазір жіберу

# The first page
home-page-title = Сіздің жұмысыңыз
home-overdue = Мерзімі өткендер
home-overdue-none = Мерзімі өткен ештеңе жоқ.
home-overdue-all = Мерзімі өткеннің бәрі
home-own = Сіз жұмыс істеген соңғы істер
home-changed = Соңғы өзгерістер
home-changed-all = Барлық істер, соңғы өзгергені бірінші
home-desk = Сіз жауап беретін жұмыс
home-organisations = Ұйымдар

# The search
search-title = Іздеу
search-none = Сіздің істеріңізде мұндай есім жоқ.
search-lead = Осыған ұқсас есім бар істер; ең жақыны бірінші. Кім екенін көру үшін істі ашыңыз.
search-more = Басқалары да бар. Есімді толығырақ жазыңыз.
search-behind = Кейбір істер әлі индекстелуде: сәлден соң қайта іздеңіз.
search-no-name = Іздейтін сөз жоқ. Есімді немесе іс нөмірін жазыңыз, мысалы 2026-000123.
search-no-key = Сізде ұйымның кілті әлі жоқ, сондықтан есімдер сізге жабық.

# The list of cases
cases-title = Істер
cases-reference = Нөмірі
cases-stage = Кезеңі
cases-where = Қайда
cases-filed = Берілді
cases-due = Мерзімі
cases-changed = Соңғы өзгеріс
cases-filter = Сүзгі және реті
cases-filter-button = Көрсету
cases-filter-none = Барлық істер
cases-filed-from = Берілген күні, бастап
cases-filed-to = Берілген күні, дейін
cases-sort = Реті
cases-sort-filed-last = Жаңалары бірінші
cases-sort-filed-first = Ескілері бірінші
cases-sort-due = Мерзімі жақыны бірінші
cases-sort-changed = Соңғы өзгергені бірінші
cases-overdue = Мерзімдер
cases-overdue-only = Тек мерзімі өткендер
cases-none = Іс жоқ.
cases-next = Келесі бет

# A case
case-investigation = Тергеу
case-visit = Шұғыл бару
case-waits = Іс не күтіп тұр
case-waiting = { $span } күтіп тұр, басталуы: { $time }
case-actions = Қазір нені жазуға болады
case-track-investigation = Шағым
case-track-visit = Шұғыл барулар
case-add-fact = Дерек, тұлға, жазба қосу
case-no-visit = Бару сұралмаған.
case-after = { $span } өткен соң
case-open = Мөрленген деректер
case-open-note = Есімдер, әңгімелер мен құжаттар жабық. Ашқан адам не үшін екенін айтады; аудит журналы оны сақтайды.
case-purpose = Не үшін
case-open-button = Ашу
case-opened = Бұл бетте мөрленген деректер ашық.
case-close = Жабу
case-erased = Іс өшірілген: мәтіндерін енді ешкім оқи алмайды.
case-no-key = Сізде кілт жоқ: бұл істің есімдері, әңгімелері мен құжаттары сізге жабық.
case-complaint = Не айтылады
case-people = Адамдар
case-first-hours = Қашан белгілі болды және алғашқы сағаттар
case-examinations = Медициналық тексерулер мен оқиғалар
case-reprisals = Шағым үшін қудалау (13-бап)
case-legal = Құқықтық әрекеттер (3, 14, 15-баптар)
case-notes = Жазбалар
case-documents = Құжаттар
case-no-documents = Құжат тіркелмеген.
case-document-active = ашқанда бағдарлама іске қосылуы мүмкін
case-add-document = Құжат тіркеу
case-strip = Суреттің метадеректерін алып тастау
case-strip-note = Сурет қайда және қандай телефонмен түсірілгенін көрсетуі мүмкін. Басқа файлдар бұл тілекпен қабылданбайды.
case-file = Құжат файлы
case-attach = Тіркеу
case-sharing = Қолжетімділігі барлар
case-not-shared = Ешкім.
case-messages = Шағымданушы
case-messages-note = Шағымданушының тіркелгісі жоқ; ол істі түбіртек арқылы қадағалайды.
case-messages-open = Шағымданушыға хабарлар
case-share = Іске қолжетімділік беру
case-share-note = Басқа ұйым бұл істі оқып, жүргізе алады. Қолжетімділікті жабу әлі оқылмағанды қайтарады.
case-share-with = Ұйым
case-share-button = Қолжетімділік беру
case-share-end = Қолжетімділікті жабу

# Recording and correcting
record-button = Жазу
record-stale = Осы уақытта істі басқа біреу өзгертті. Қараңыз, жазбаңыз дұрыс болса, қайта жіберіңіз.
correct-title = Түзету
correct-note = Ештеңе жойылмайды: тарих алғашқы жазбаны және түзету себебін сақтайды.
correct-instead = Шын мәнінде не болды
correct-never = Бұл болған жоқ
correct-button = Түзетуді жазу
history-title = Тарихы
history-note = Барлық оқиғалар жазылу ретімен. Мұнда ештеңе өзгермейді және жойылмайды.
history-recorded = { $time } жазылды, { $who }
history-corrects = Түзететін жазбасы №
history-corrected = Түзеткен жазба №

# For what sealed data is opened
purpose-handling = Істі жүргізу үшін
purpose-review = Істің жүргізілуін тексеру үшін
purpose-urgent-visit = Шұғыл бару үшін
purpose-duplicate-check = Адамның ісі бар-жоғын білу үшін
purpose-legal-proceedings = Сот немесе Комитет үшін
purpose-correction = Жазбаны түзету үшін
purpose-statistics-check = Көрсеткішті тексеру үшін

# Buttons of steps and facts
do-file = Беру
do-route = Ішкі қауіпсіздікке жіберілді
do-open-investigation = Тергеу басталды
do-dismiss = Қабылданбады
do-appeal = Бас тартуға шағым берілді
do-uphold-dismissal = Бас тарту күшінде қалды
do-reopen = Қайта ашылды
do-prosecute = Айып тағылды
do-discontinue = Қудалау тоқтатылды
do-acquit = Ақтау үкімі шықты
do-convict = Айыптау үкімі шықты
do-withdraw = Шағым кері алынды
do-request-visit = Шұғыл баруды сұрау
do-approve-visit = Баруға рұқсат берілді
do-refuse-visit = Барудан бас тартылды
do-carry-out-visit = Бару өтті
do-deny-access = Кіргізбеді
do-cancel-visit = Барудан бас тарту
do-lapse-visit = Сұраудың мәні жойылды
do-learn-of-allegation = Белгілі болды
do-person = Тұлға
do-safeguard = Алғашқы сағаттар кепілдігі
do-medical-examination = Медициналық тексеру
do-reprisal = Шағым үшін қудалау
do-court-motion = Дәлелдемені алып тастау туралы өтініш
do-reparation-claim = Өтемақы талабы
do-expulsion-proceeding = Шығарып жіберу ісі
do-custody-incident = Қамаудағы өлім немесе өзіне зақым келтіру
do-end-of-follow-up = Іс туралы мәлімет аяқталды
do-note = Жазба

# Urgent visits
visits-waiting = Күтіп тұрған бару сұраулары
visits-none = Күтіп тұрған сұрау жоқ.
visits-request = Бару туралы сұрау
visits-waited = Күткені
visits-state = Күйі
visits-evidence = Ұсынылған дәлел
visits-requested = Сұралған уақыты
visits-ask = Шұғыл бару сұрау
visits-board-note = Ең ұзақ күткені бірінші. { $time } жағдайы бойынша.
visits-parts = Қай сұраулар
visits-open = Ашық
visits-ended = Аяқталған
visits-none-here = Мұндай сұрау жоқ.
visits-answered-after = жауапқа дейін { $span }
visits-never-answered = жауап болмады
visits-never-answered-in = жауап болмады: { $span }
visits-lost-sight = Бұдан әрі мәлімет жоқ
visits-clock-waiting = жауапсыз; сұралған уақыты: { $time }
visits-clock-answered = жауапқа дейін; сұралған уақыты: { $time }
visits-approval = Рұқсат
visits-no-approval = мұндай мекемеге керек емес
visits-answer = Жауап
visits-approve = Баруға рұқсат беру
visits-refuse = Барудан бас тарту
visits-ground = Бас тарту негізі
visits-remarks = Ескертпелер
visits-further = Әрі қарай
visits-letter = Сұрау хаты (PDF)
visits-delay-letter = Кешігуге шағым (PDF)
visits-renew = Қайта сұрау
visits-case = Іске өту
ask-note = Әлі ісі жоқ адам үшін. Бұл шағымды тіркеп, баруды бірден сұрайды; уақыт қазірден басталады.
ask-name = Баратын адамның есімі
ask-urgency = Не айтылады және неге шұғыл
ask-button = Тіркеу және сұрау

# Drafts
drafts-begin = Шағымды бастау
drafts-own = Сіздің жобаларыңыз
drafts-none = Жоба жоқ.
drafts-lead = Шағым бет-бетімен жазылады. Әр бет тек сіз үшін мөрленіп сақталады; кез келген уақытта тоқтап, кейін жалғастыра аласыз.
drafts-saved = Сақталған уақыты:
drafts-delete = Жою
draft-steps = Шағым беттері
draft-review = Тексеріп, тіркеу
draft-next = Сақтап, әрі қарай
draft-to-review = Сақтап, тексеріп, тіркеу
draft-later = Сақтап, шығу
draft-change = Өзгерту
draft-nothing = Ештеңе көрсетілмеген.
draft-file = Шағымды тіркеу
draft-file-note = Шағым қазір нөмір алады. Кейін ештеңені жоюға болмайды, тек түзетуге болады.
draft-files = Файлдар, қанша болса да (міндетті емес)
filed-title = Шағым тіркелді:
filed-refused = Бұл файлдар тіркелмеді
filed-rest = Олардан кейін келгендер
filed-add-again = Қалғанының бәрі сақталды. Әр файлды істің бетінде, «Құжаттар» бөлімінде қайта қосуға болады.
draft-not-ready = Бірдеңе жетіспейді немесе қате; жоғарыда, өз тақырыбында көрсетілген.
draft-duplicates = Мұндай есімді адамның ісі бар
draft-duplicates-note = Тіркемес бұрын қараңыз:
draft-filed-at = Шағым қашан берілді
draft-filed-hint = Бос қалса – қазір.
draft-learnt-hint = Сіздің ұйымыңызға немесе кез келген органға: шағымның уақыты осыдан басталады. Белгісізін бос қалдырыңыз: уақытын немесе күнін де.
draft-allegation-hint = Шағымданушының сөзімен, белгілі болғанша. Мәтін сақталмас бұрын мөрленеді.
section-complaint = Шағым
section-people = Адамдар
section-place = Орны мен уақыты
section-treatment = Не істелді
section-safeguards = Қамаудағы алғашқы сағаттар
people-person = { $number }-тұлға
people-one-more = Тағы бір тұлға
people-remove = Бұл тұлғаны алып тастау
people-more = Сақтап, тағы қосу
