# Где находится расследование
investigation-unfiled = Жалоба ещё не подана
investigation-filed = Жалоба подана
investigation-routed-to-internal-security = В службе собственной безопасности
investigation-under-investigation = Досудебное расследование
investigation-dismissed = Отказано или прекращено
investigation-under-appeal = Отказ обжалуется
investigation-prosecution = Уголовное преследование
investigation-closed = Завершено
investigation-withdrawn = Жалоба отозвана

# Где находится последнее срочное посещение
visit-not-requested = Не запрашивалось
visit-requested = Ожидает ответа
visit-approved = Согласовано
visit-refused = Отказано
visit-visited = Состоялось
visit-access-denied = Не допустили
visit-cancelled = Отменено
visit-lapsed = Утратило смысл

# Состояние дела одним словом
stage-visit-requested = Посещение запрошено
stage-visit-approved = Посещение согласовано
stage-filed = Подана
stage-routed-to-internal-security = В собственной безопасности
stage-under-investigation = Расследуется
stage-dismissed = Отказано или прекращено
stage-under-appeal = Обжалуется
stage-prosecution = Уголовное преследование
stage-closed = Завершено
stage-withdrawn = Отозвана

# Чем жалоба закончилась впервые
ending-dismissed = Отказ или прекращение
ending-prosecuted = Уголовное преследование
ending-withdrawn = Отзыв жалобы

# Чем закончилось уголовное преследование
outcome-discontinued = Преследование прекращено
outcome-acquitted = Оправдание
outcome-convicted = Осуждение

# Чего ждут
awaited-first-response = Первый ответ любого органа
awaited-route = Передача жалобы
awaited-decide = Решение по жалобе
awaited-answer-appeal = Ответ на обжалование
awaited-answer-visit = Ответ на запрос о посещении
awaited-carry-out-visit = Само посещение
awaited-register-detention = Регистрация задержания
awaited-access-to-lawyer = Доступ к адвокату
awaited-access-to-doctor = Доступ к врачу
awaited-notify-family = Уведомление семьи

# На чём основан срок
basis-law = Установлен законом
basis-benchmark = Ориентир самой организации
