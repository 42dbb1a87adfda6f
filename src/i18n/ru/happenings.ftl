# Шаги расследования
happening-file = Подача жалобы
happening-route = Передача в службу собственной безопасности
happening-open-investigation = Начало досудебного расследования
happening-dismiss = Отказ или прекращение дела по жалобе
happening-appeal = Обжалование отказа
happening-uphold-dismissal = Отказ оставлен в силе
happening-reopen = Возобновление расследования
happening-prosecute = Начало уголовного преследования
happening-discontinue = Прекращение уголовного преследования
happening-acquit = Оправдательный приговор
happening-convict = Обвинительный приговор
happening-withdraw = Отзыв жалобы

# Шаги срочного посещения
happening-request-visit = Запрос о срочном посещении
happening-approve-visit = Согласование посещения
happening-refuse-visit = Отказ в посещении
happening-carry-out-visit = Посещение состоялось
happening-deny-access = Посетителей не допустили
happening-cancel-visit = Отмена посещения
happening-lapse-visit = Запрос о посещении утратил смысл

# Факты
happening-learn-of-allegation = Стало известно о возможной пытке
happening-person = Участник дела
happening-safeguard = Гарантия первых часов
happening-medical-examination = Медицинское обследование (Стамбульский протокол)
happening-reprisal = Преследование или запугивание из-за жалобы
happening-court-motion = Ходатайство о недопустимости доказательств, полученных под пыткой
happening-reparation-claim = Требование о возмещении вреда
happening-expulsion-proceeding = Производство о высылке, возвращении или выдаче
happening-custody-incident = Смерть или самоповреждение под стражей
happening-end-of-follow-up = Дальше о деле ничего не известно
happening-note = Заметка

# A correction that puts nothing in the place of an event
happening-retraction = Отозвано: этого не было
