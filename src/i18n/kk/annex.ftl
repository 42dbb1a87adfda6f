# Азаптауға қарсы комитетке арналған қосымша: бас беті
annex-title = Азаптау және өзге де қатыгез қарау туралы шағымдар: қанша уақыт және қаншалықты жиі
annex-subtitle = Азаптауға қарсы комитетке арналған статистикалық қосымша, Конвенцияның 2, 3 және 11–15-баптары бойынша
annex-period = Шағымдар берілген кезең
annex-period-span = { $from } – { $to } (берілген күні бойынша)
annex-known-on = Мына күнгі жағдай бойынша
annex-counted = Есепке алынған шағымдар
annex-organisations = Ұйымдар
annex-made-with = Жасалған құрал
annex-version = Айқын (Aiqyn) { $version }
annex-fingerprint = Деректер таңбасы
annex-file-title = Статистикалық қосымша
annex-contents = Мазмұны
annex-figure = { $n }-сурет
annex-table = { $n }-кесте
annex-page-of = { $page }-бет, барлығы { $pages }
annex-provisional = Сандар жасалғанда бұл күн әлі аяқталмаған еді. Осы күні кейінірек енгізілгеннің бәрі оларды өзгертеді.
annex-empty = Осы кезеңде берілген бірде-бір шағым бұл күнге дейін енгізілмеген.

# Қысқаша сандар
annex-summary = Қысқаша сандар
annex-key-complaints = шағым
annex-key-complaints-detail = осы кезеңде берілді
annex-key-prosecuted = қылмыстық қудалауға жетті
annex-key-dismissed = бас тартылды немесе тоқтатылды
annex-key-of = { $denominator } ішінен { $numerator }
annex-key-interval = { $lo } мен { $hi } аралығында
annex-key-response = күн ішінде шағымдардың жартысы қандай да бір органның алғашқы жауабын алды
annex-key-visit = күн ішінде шұғыл бару сұрауларының жартысына жауап берілді
annex-key-refused = шұғыл бару сұрауларына келісім берілмеді
annex-summary-prosecuted = { $denominator } шағымның ішінен { $numerator } шағым қылмыстық қудалауға жетті: { $share } (95 пайыздық аралық: { $lo } мен { $hi }). Комитетке 2014 жылы берілген баяндамада екі пайыздан аз делінген.
annex-summary-below = Бүкіл аралық екі пайыздан төмен жатыр.
annex-summary-above = Бүкіл аралық екі пайыздан жоғары жатыр.
annex-summary-includes = Аралық екі пайызды қамтиды: бұл сандар ол тұжырымды растамайды да, жоққа шығармайды да.
annex-summary-dismissed = { $denominator } шағымның ішінен { $numerator } шағым бойынша кемінде бір рет бас тартылды немесе іс тоқтатылды ({ $share }, аралық: { $lo } мен { $hi }); олардың { $straight } шағымы бойынша тергеп-тексеру басталмай, тікелей өзіндік қауіпсіздік қызметінен бас тартылды.
annex-summary-response = Барлық шағымның жартысы қандай да бір органның алғашқы жауабын { $median } күн ішінде алды (аралық: { $lo } мен { $hi }). Жауап алғандары орта есеппен { $mean } күн күтті: бұл сан әлі күтіп жүргендерді есепке алмайды. Әлі күтуде: { $open }.
annex-summary-visit = Келісімді қажет ететін шұғыл бару сұрауларының жартысына { $median } күн ішінде жауап берілді (аралық: { $lo } мен { $hi }); әлі күтуде: { $open }, ең ұзағы { $longest } күн.
annex-summary-refused = Жауап берілген { $denominator } сұраудың { $numerator } сұрауына келісім берілмеді ({ $share }, аралық: { $lo } мен { $hi }); { $evidence } бас тартуда негіз ретінде дәлелдің жазбаша еместігі, оған қол қойылмағаны немесе тек күмән ғана барлығы аталған.
annex-not-reached = жетпеген

# Сандарды қалай оқу керек
annex-reading = Сандарды қалай оқу керек
annex-reading-open = Жауап берілмеген шағым есептен шығарылмайды. Ол соңғы бақылауға дейін сонша уақытқа созылған күту деп саналады (цензураланған бақылау). Тек жабық істер бойынша орташа көрсеткіштер жағдайды боямалайды: тек оңай істерге жауап берген орган жылдам болып көрінеді; мұндай орташа көрсеткіш келтірілген жерде оның жанында адал сан тұрады.
annex-reading-median = Медиана – күтулердің жартысы аяқталған уақыт; ол жабық және ашық істер бойынша бірге Каплан мен Майер әдісімен (1958) бағаланған. Квартиль – төрттен бірі мен төрттен үші үшін де солай. Тым азы аяқталса, медианаға «жетпеген».
annex-reading-mean = Шектелген орташа – белгіленген мерзімге дейінгі күтудің орташа ұзақтығы, ашық істермен бірге: одан ұзақ күту осы мерзімге тең деп саналады.
annex-reading-endings = Шағымнан бас тартылуы, ол бойынша қылмыстық қудалау басталуы немесе ол кері қайтарып алынуы мүмкін; осылардың біріншісі күтуді аяқтайды. Жинақталған жиілік (Аален мен Йохансен, 1978) – белгілі бір күнге дейін осылай аяқталған шағымдардың барлық шағымдағы үлесі. Үш нәтиженің және әлі ашық шағымдардың үлестерінің қосындысы бірге тең.
annex-reading-interval = Әр бағаның 95 пайыздық аралығы бар: күтулер үшін log-log шкаласында, үлестер үшін Уилсон әдісімен (1927). Ол санды кездейсоқтықтың өзі ғана қаншалықты жылжыта алғанын көрсетеді. Шағын сандардың аралығы кең.
annex-reading-clock = Шағым бойынша уақыт есебі ол туралы қандай да бір орган немесе ұйым алғаш білген кезден басталады: Конвенция ресми шағымды талап етпейді (13-бап; Парот Испанияға қарсы, Бланко Абад Испанияға қарсы). Қосымшаның кезеңі – шағым берілген кезең.
annex-reading-known = Жазбаларда ештеңе өшірілмейді: қатені кейінгі жазба түзетеді. Бұл қосымша тек { $day } дейін енгізілген және ол кезде түзетілмеген деректерге сүйенеді, ашық күтулерді сол күннің соңына дейін бақылайды. Сол күнге қайта сұралса, сандар дәл сондай болады.
annex-reading-precision = Уақыт қаншалықты белгілі болса, сонша дәл жазылады: минутқа, күнге немесе айға дейін. Күндер арасында толық күндер саналады. Тек айы белгілі болса, мүмкін болатын күтулердің ортасы алынады, жанында медиананың шектері көрсетіледі.
annex-reading-deadline = «Мерзім ішінде» деп мерзімі бар және аяқталған немесе сол мерзімнен асып кеткен күтулер саналады. Сағаттарға қатысты күмән органның пайдасына шешіледі. Кейбір мерзімдер – заң, кейбірі – бағдар; бұл мерзімдер кестесінде айтылған.
annex-reading-withheld = 1 мен { $most } аралығындағы сан белгілі бір адамды көрсетіп қоюы мүмкін, сондықтан басылмайды: оның орнында { $mark } тұрады. Оны алу арқылы есептеп шығаруға болатын басқа сандар мен соларға негізделген көрсеткіштер де жасырылған. Нөл басылады.

# Баптар бойынша бөлімдер
annex-indicators = Көрсеткіштер
annex-delays = Мерзімдер, күнмен
annex-delays-note = n – басталған күтулер. Басқаша аяқталған, бақылаудан шыққан және ашық күтулер бақыланғанынша есептеледі. Есепке алынбағаны: күндері бір-біріне қайшы немесе жоқ.
annex-means = Шектелген орташалар және олардың жанында аяқталғандардың орташасы
annex-endings = Шағымдар қалай аяқталады
annex-endings-note = Уақыт есебі басталғаннан кейін сонша күнде осылай аяқталған шағымдардың барлық шағымдағы үлесі, 95 пайыздық аралықтарымен.
annex-visits = Шұғыл барулар
annex-rates = Шағымдардың үлестері
annex-breakdowns = Бөліністер
annex-breakdown-by = Бөлініс: { $dimension }
annex-breakdown-test = Осы топтар арасындағы шағым беруден алғашқы жауапқа дейінгі уақытқа арналған логрангтік критерий: хи-квадрат { $chi }, еркіндік дәрежесі { $df }, p = { $p }.
annex-breakdown-no-test = Салыстыру үшін күтулері бар топтар тым аз.
annex-deadlines = Қолданылған мерзімдер

# Графиктер
annex-plot-waiting = Әлі күтіп тұрғандар үлесі
annex-plot-ended = Аяқталғандар үлесі
annex-plot-days = Күндер, басталуы: { $start }
annex-plot-at-risk = Әлі бақылауда
annex-plot-alternative = { $title }: 95 пайыздық аралығы бар қисық; сандары қоса берілген файлдағы аттас кестеде тұр.
annex-plot-note = Көмкерме: 95 пайыздық аралық. Төменде: қанша күту әлі бақылауда болғаны.
annex-plot-start-clock = шағым бойынша уақыт есебі
annex-plot-start-request = сұрау
annex-plot-start-approval = келісім
annex-plot-start-routing = өзіндік қауіпсіздікке жолдау
annex-plot-start-appeal = бас тартуға шағым
annex-plot-start-deprivation = бас бостандығынан айыру
annex-plot-start-incident = басталуы

# Бағандар
annex-column-delay = Мерзім
annex-column-n = Барлығы
annex-column-ended = Аяқталды
annex-column-otherwise = Басқаша
annex-column-lost = Бақылаудан шықты
annex-column-open = Ашық
annex-column-left-out = Есепке алынбады
annex-column-median = Медиана
annex-column-lo = Төменгі
annex-column-hi = Жоғарғы
annex-column-quartile-1 = 1-квартиль
annex-column-quartile-3 = 3-квартиль
annex-column-shortest = Ең қысқа медиана
annex-column-longest = Ең ұзақ медиана
annex-column-within = Мерзім ішінде
annex-column-judged = Мерзімі барлары
annex-column-longest-open = Ең ұзақ ашық
annex-column-horizon = Шегі
annex-column-restricted-mean = Шектелген орташа
annex-column-mean-ended = Аяқталғандар орташасы
annex-column-indicator = Көрсеткіш
annex-column-numerator = Саны
annex-column-denominator = Барлығынан
annex-column-share = Үлесі
annex-column-unknown = Белгісіз
annex-column-days = Күн
annex-column-ending = Нәтиже
annex-column-ground = Негіз
annex-column-evidence = Ұсынылған дәлел
annex-column-group = Топ
annex-column-complaints = Шағымдар
annex-column-dismissed = Бас тартылды
annex-column-prosecuted = Қудалау басталды
annex-column-response = Алғашқы жауап, медиана
annex-column-step = Қадам
annex-column-place = Орын түрі
annex-column-hours = Сағат
annex-column-basis = Негізі
annex-column-measure = Көрсеткіш
annex-column-minute = Минутқа дейін
annex-column-day = Күнге дейін
annex-column-month = Айға дейін
annex-column-missing = Жоқ
annex-still-open = Әлі ашық

# Сапа, анықтамалар, қайта жасау
annex-quality = Деректер сапасы
annex-quality-lead = Сан оның негізіндегі күндерден артық бола алмайды. Бұл кестелер қай күндер жоқ екенін, оқиғалар қаншалықты кеш енгізілгенін және қанша жазбаны түзетуге тура келгенін көрсетеді.
annex-quality-dates = Күндер: олар қаншалықты дәл белгілі
annex-quality-codes = Белгісіз мәліметтер
annex-quality-records = Кеш енгізу және түзетулер
annex-definitions = Анықтамалар
annex-definitions-lead = Әр көрсеткіш нені санайтыны. Дәл осы сөйлемдер бағдарламада да тұр.
annex-again = Осы қосымшаны қайта жасау
annex-again-lead = Дерекқоры бар кез келген адам бағдарламаның сол нұсқасымен және мына командамен дәл сол құжатты, байтына дейін бірдей етіп, қайта жасай алады:
annex-again-fingerprint = Таңба – осы сандар сүйенетін әр жазбаның, мерзімдердің, код тізімдерінің, сұрақтың және бағдарлама нұсқасының SHA-256 мәні. Таңбасы бірдей екі қосымша бірдей деректерге сүйенеді.

# Бөліністер
dimension-year = берілген жылы
dimension-quarter = берілген тоқсаны
dimension-month = берілген айы
dimension-region = өңір
dimension-agency = шағым жасалған орган
dimension-kind-of-place = орын түрі
dimension-body = шағыммен алғаш айналысқан орган
dimension-organisation = ұйым
dimension-sex = болжалды жәбірленушінің жынысы
dimension-age-band = болжалды жәбірленушінің жасы
annex-group-all = Барлығы
annex-group-not-known = Белгісіз

# Безендіру сөздері
annex-table-of = Кестесі
annex-column = Бағаны
annex-definition = Мағынасы
annex-unit = Өлшем бірлігі
annex-unit-days = күн
annex-no-data = Деректер жоқ, көрсетілмейді.
annex-curve = Қисық
annex-first-hours = Бас бостандығынан айырудың алғашқы сағаттары
annex-rates-and-endings = Шағымдармен не болады
annex-quality-dates-note = Жоқ: күні болуы керек еді, бірақ жазылмаған.
annex-summary-visit-answered = Келісімді қажет ететін шұғыл бару сұрауларының жартысына { $median } күн ішінде жауап берілді (аралық: { $lo } мен { $hi }); әлі күтуде: { $open }.
annex-table-reparation-by-form = Өтем талаптары сұралған түрлері бойынша
annex-curve-deprivation-to-registration = Тіркелмеген
annex-curve-deprivation-to-lawyer = Адвокатсыз
annex-curve-deprivation-to-doctor = Дәрігерсіз
annex-curve-deprivation-to-family-notice = Отбасы хабарсыз
annex-column-dismissed-share = Үлесі
annex-column-prosecuted-share = Үлесі
annex-column-decision = Жолдаудан шешімге дейін, медиана
annex-column-visit-answer = Бару туралы жауап, медиана
annex-column-date = Күні
annex-column-reprisal = Түрі
annex-column-reparation-form = Түрі
annex-column-asked = Сұралды
annex-column-decided = Шешілді
annex-column-granted = Қанағаттандырылды
