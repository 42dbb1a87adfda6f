# Әр оқиғада
field-occurred-at = Қашан болды
field-recorded-at = Қашан жазылды
field-corrects = Түзетілетін оқиға
field-kind = Не болды
field-learnt-at = Болған жайт туралы алғаш қашан белгілі болды
field-time-zone = Уақыт белдеуі
field-jurisdiction = Юрисдикция

# Шағым
field-channel = Шағым қалай түсті
field-region = Өңір
field-kind-of-place = Орын түрі
field-place = Орын
field-agency = Орган немесе ведомство
field-incident-at = Қатыгез қарау қашан болды
field-context = Мән-жайлар
field-sex = Жынысы
field-age-band = Жасы
field-forms = Нысандар
field-purposes = Болжамды мақсаттар
field-allegation = Не айтылып отыр
field-remarks = Ескертпелер
field-file-agency = Болжамды кінәлілердің ведомствосы
field-file-sex = Болжамды жәбірленушінің жынысы
field-file-age-band = Болжамды жәбірленушінің жасы
field-file-forms = Қатыгез қарау нысандары

# Іске қатысты адамдар
field-part = Істегі рөлі
field-name = Аты-жөні
field-contact = Адаммен қалай байланысуға болады
field-rank-or-unit = Атағы немесе бөлімшесі
field-person-agency = Адам тиесілі ведомство

# Тергеп-тексеру
field-receiving-body = Шағым кімге жолданды
field-investigating-body = Кім тергеп-тексереді
field-deciding-body = Кім шешім қабылдады
field-ground = Көрсетілген негіз
field-to-body = Бас тартуға шағым қайда берілді
field-prosecuting-body = Қылмыстық қудалауды кім жүргізеді
field-charge = Айыптау бабы
field-pressure-alleged = Арыз берушіге қысым жасалғаны айтыла ма
field-discontinue-deciding-body = Шешім қабылдаған сот немесе орган
field-acquit-deciding-body = Сот органы
field-convict-deciding-body = Сот органы
field-convict-charge = Үкімдегі бап, егер ол айыптау бабынан өзгеше болса

# Шұғыл барулар
field-evidence = Бар дәлелдер
field-approval = Келісім қажет пе
field-renews = Қайта беріліп отырған, бұрын келісім берілмеген сұрау
field-urgency = Неліктен шұғыл
field-approving-body = Кім келісті
field-refusing-body = Кім келісім бермеді
field-announced = Бару туралы алдын ала хабарланды ма
field-private-interview = Әңгіме оңаша өтті ме
field-findings = Қорытындылар
field-denied-by = Кім кіргізбеді
field-why = Неліктен
field-reason = Себебі
field-carry-out-visit-findings = Келушілер не анықтады
field-cancel-visit-reason = Бару неліктен тоқтатылды
field-lapse-visit-reason = Сұрау неліктен мәнін жоғалтты

# Фактілер
field-safeguard = Кепілдік
field-consistency = Нәтижелер айтылғанға сәйкес келе ме
field-independent = Дәрігер шағым жасалған органнан тәуелсіз бе
field-reprisal = Қудалау түрі
field-description = Не болды
field-fate = Осы уақытқа дейінгі нәтижесі
field-about = Нәтижесі хабарланып отырған бұрынғы оқиға
field-route = Зиянның орнын толтыруға қандай жолмен қол жеткізіледі
field-expulsion = Елден шығару түрі
field-risk-argued = Азаптау қаупі туралы айтылды ма
field-risk-examined = Шешімде бұл қауіп қаралды ма
field-incident = Оқиға
field-independent-inquiry = Тәуелсіз тергеп-тексеру басталды ма
field-text = Мәтін
field-learn-of-allegation-agency = Бұл туралы білген орган
field-medical-examination-findings = Тексеру нәтижелері
field-reprisal-agency = Қудалап отырған ведомство
field-reparation-claim-forms = Зиянның орнын толтыру нысандары
field-end-of-follow-up-reason = Бұдан әрі неліктен ештеңе белгісіз
