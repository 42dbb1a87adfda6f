answer-yes = Иә
answer-no = Жоқ
answer-unknown = Белгісіз

part-alleged-victim = Болжамды жәбірленуші
part-complainant = Арыз беруші
part-witness = Куә
part-alleged-perpetrator = Болжамды кінәлі
part-defender = Адвокат немесе өзге қорғаушы

evidence-none = Жоқ
evidence-oral = Ауызша
evidence-written = Жазбаша, болжамды жәбірленуші қол қоймаған
evidence-written-and-signed = Жазбаша, болжамды жәбірленуші қол қойған

approval-required = Адам құқықтары жөніндегі уәкілдің келісімімен ғана
approval-not-required = Келісім қажет емес

safeguard-deprivation-of-liberty = Бас бостандығынан іс жүзінде айыру
safeguard-registration = Ұстап алуды тіркеу
safeguard-access-to-lawyer = Адвокатқа алғаш қол жеткізу
safeguard-access-to-doctor = Дәрігерге алғаш қол жеткізу
safeguard-notice-to-family = Отбасына хабарлау

# Сәйкестік дәрежелері, Стамбул хаттамасы
consistency-not-consistent = Сәйкес келмейді
consistency-consistent-with = Сәйкес келеді
consistency-highly-consistent = Жоғары дәрежеде сәйкес келеді
consistency-typical-of = Тән белгі
consistency-diagnostic-of = Диагностикалық мәні бар

fate-pending = Әлі шешілмеген
fate-granted = Толық немесе ішінара қанағаттандырылды
fate-refused = Бас тартылды
fate-not-considered = Қараусыз қалдырылды

reparation-route-civil-claim = Азаматтық талап қою
reparation-route-criminal-proceedings = Қылмыстық процестегі талап
reparation-route-individual-communication = Азаптауларға қарсы комитетке жеке хабарлама
reparation-route-other = Өзге жол

follow-up-end-source-ends = Дереккөз осымен аяқталады
follow-up-end-contact-lost = Байланыс үзілді
follow-up-end-end-not-dated = Іс аяқталған, бірақ қашан екені жазылмаған

precision-minute = Минутына дейін
precision-day = Күніне дейін
precision-month = Айына дейін
