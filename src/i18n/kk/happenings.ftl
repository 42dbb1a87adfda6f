# Тергеп-тексеру қадамдары
happening-file = Шағым беру
happening-route = Өзіндік қауіпсіздік қызметіне жолдау
happening-open-investigation = Сотқа дейінгі тергеп-тексеруді бастау
happening-dismiss = Шағым бойынша бас тарту немесе істі тоқтату
happening-appeal = Бас тартуға шағым жасау
happening-uphold-dismissal = Бас тартуды күшінде қалдыру
happening-reopen = Тергеп-тексеруді қайта бастау
happening-prosecute = Қылмыстық қудалауды бастау
happening-discontinue = Қылмыстық қудалауды тоқтату
happening-acquit = Ақтау үкімі
happening-convict = Айыптау үкімі
happening-withdraw = Шағымды кері қайтарып алу

# Шұғыл бару қадамдары
happening-request-visit = Шұғыл бару туралы сұрау
happening-approve-visit = Баруды келісу
happening-refuse-visit = Баруға келісім бермеу
happening-carry-out-visit = Барудың өткізілуі
happening-deny-access = Келушілерді кіргізбеу
happening-cancel-visit = Барудың күшін жою
happening-lapse-visit = Бару туралы сұраудың мәнін жоғалтуы

# Фактілер
happening-learn-of-allegation = Азаптау болуы мүмкін екені белгілі болды
happening-person = Іске қатысты адам
happening-safeguard = Алғашқы сағаттардағы кепілдік
happening-medical-examination = Медициналық тексеру (Стамбул хаттамасы)
happening-reprisal = Шағым үшін қудалау немесе қорқыту
happening-court-motion = Азаптау арқылы алынған дәлелдемелерге жол бермеу туралы өтінішхат
happening-reparation-claim = Зиянның орнын толтыру туралы талап
happening-expulsion-proceeding = Шығарып жіберу, қайтару немесе ұстап беру туралы іс жүргізу
happening-custody-incident = Қамаудағы өлім немесе өзіне зақым келтіру
happening-end-of-follow-up = Іс туралы бұдан әрі ештеңе белгісіз
happening-note = Жазба

# A correction that puts nothing in the place of an event
happening-retraction = Қайтарылды: мұндай болған жоқ
