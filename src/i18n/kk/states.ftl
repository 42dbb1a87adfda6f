# Тергеп-тексеру қай жерде тұр
investigation-unfiled = Шағым әлі берілмеген
investigation-filed = Шағым берілді
investigation-routed-to-internal-security = Өзіндік қауіпсіздік қызметінде
investigation-under-investigation = Сотқа дейінгі тергеп-тексеру
investigation-dismissed = Бас тартылды немесе тоқтатылды
investigation-under-appeal = Бас тартуға шағым жасалды
investigation-prosecution = Қылмыстық қудалау
investigation-closed = Аяқталды
investigation-withdrawn = Шағым кері қайтарып алынды

# Соңғы шұғыл бару қай жерде тұр
visit-not-requested = Сұралмаған
visit-requested = Жауап күтілуде
visit-approved = Келісілді
visit-refused = Келісім берілмеді
visit-visited = Өткізілді
visit-access-denied = Кіргізілмеді
visit-cancelled = Күші жойылды
visit-lapsed = Мәнін жоғалтты

# Істің жай-күйі бір сөзбен
stage-visit-requested = Бару сұралды
stage-visit-approved = Бару келісілді
stage-filed = Берілді
stage-routed-to-internal-security = Өзіндік қауіпсіздікте
stage-under-investigation = Тергеп-тексерілуде
stage-dismissed = Бас тартылды немесе тоқтатылды
stage-under-appeal = Шағым жасалды
stage-prosecution = Қылмыстық қудалау
stage-closed = Аяқталды
stage-withdrawn = Кері қайтарып алынды

# Шағым алғаш рет немен аяқталды
ending-dismissed = Бас тарту немесе тоқтату
ending-prosecuted = Қылмыстық қудалау
ending-withdrawn = Шағымды кері қайтарып алу

# Қылмыстық қудалау немен аяқталды
outcome-discontinued = Қудалау тоқтатылды
outcome-acquitted = Ақталды
outcome-convicted = Сотталды

# Не күтілуде
awaited-first-response = Кез келген органның алғашқы жауабы
awaited-route = Шағымды жолдау
awaited-decide = Шағым бойынша шешім
awaited-answer-appeal = Бас тартуға жасалған шағымға жауап
awaited-answer-visit = Бару туралы сұрауға жауап
awaited-carry-out-visit = Барудың өзі
awaited-register-detention = Ұстап алуды тіркеу
awaited-access-to-lawyer = Адвокатқа қол жеткізу
awaited-access-to-doctor = Дәрігерге қол жеткізу
awaited-notify-family = Отбасына хабарлау

# Мерзім неге негізделген
basis-law = Заңмен белгіленген
basis-benchmark = Ұйымның өз өлшемі
