# Around every page
page-needed = (обязательно)
page-choose = Выберите…
page-day = День
page-month-label = Месяц
page-year = Год
page-clock = Время, как 15:20
page-month = { $month ->
    [1] январь
    [2] февраль
    [3] март
    [4] апрель
    [5] май
    [6] июнь
    [7] июль
    [8] август
    [9] сентябрь
    [10] октябрь
    [11] ноябрь
   *[other] декабрь
}
page-time-hint = Оставьте пустым то, что неизвестно: время или также день.
page-not-a-time = «{ $field }»: из этого не получается дата. Укажите месяц и год, а день и время – если они известны.
page-not-a-day = «{ $field }»: это не день. Выберите день или напишите его как 2026-03-04.
page-codes-ended = Больше не действуют
page-not-said = Не указано
npm-coverage-covered = в мандате НПМ
npm-coverage-not-covered = вне мандата НПМ
npm-coverage-unknown = мандат НПМ не определён
page-search-label = Имя или номер дела
page-search-reference = Номер дела, например 2026-000123
page-search = Найти
page-ways = Работа
page-cancel = Отменить
page-sealed = запечатано
way-log = Записать жалобу
way-cases = Дела
way-visits = Срочные посещения
way-statistics = Статистика
way-audit = Журнал аудита
way-members = Сотрудники
way-lists = Справочники и учреждения
way-deadlines = Сроки

# What has just been done
done-filed = Жалоба зарегистрирована, её номер указан ниже. Документы можно приложить дальше на этой странице.
done-filed-without-files = Жалоба зарегистрирована. Выбранные файлы не сохранились при повторном входе: выберите их снова ниже, в разделе «Документы».
done-recorded = Записано.
done-corrected = Исправлено. История показывает и то и другое.
done-shared = Доступ к делу открыт.
done-unshared = Доступ к делу закрыт.
done-attached = Документ приложен.
done-draft-saved = Черновик сохранён.
done-draft-deleted = Черновик удалён.
done-requested = Жалоба зарегистрирована, срочное посещение запрошено. Время пошло.
done-answered = Ответ записан.
done-saved = Сохранено.
done-invited = Приглашение создано.
done-removed = Удалено.

# How long
span-minutes = { $count ->
    [one] { $count } минута
    [few] { $count } минуты
   *[other] { $count } минут
}
span-hours = { $count ->
    [one] { $count } час
    [few] { $count } часа
   *[other] { $count } часов
}
span-days = { $count ->
    [one] { $count } день
    [few] { $count } дня
   *[other] { $count } дней
}
wait-overdue = просрочено на { $span }
wait-due = осталось { $span }
wait-level = Уровень { $level }: { $what }
wait-no-deadline = срока нет

# Signing in again
again-title = Войдите, чтобы отправить написанное
again-what = Ваш сеанс закончился. Написанное сохранено на этой странице: войдите, и его можно будет отправить. Не закрывайте страницу.
send-on-title = Отправьте написанное
send-on-what = Вы вошли. Написанное раньше здесь и ещё не отправлено.
send-on-button = Отправить сейчас

# The first page
home-page-title = Ваша работа
home-overdue = Просрочено
home-overdue-none = Просроченного нет.
home-overdue-all = Всё просроченное
home-own = Дела, с которыми вы работали
home-changed = Последние изменения
home-changed-all = Все дела, последние изменения сначала
home-desk = За что вы отвечаете
home-organisations = Организации

# The search
search-title = Поиск
search-none = Ни в одном вашем деле нет такого имени.
search-lead = Дела, где есть похожее имя; самые близкие сначала. Откройте дело, чтобы увидеть, кто это.
search-more = Есть и другие. Введите имя полнее.
search-behind = Часть дел ещё индексируется: повторите поиск чуть позже.
search-no-name = Нет слова для поиска. Введите имя или номер дела, например 2026-000123.
search-no-key = У вас ещё нет ключа организации, поэтому имена для вас закрыты.

# The list of cases
cases-title = Дела
cases-reference = Номер
cases-stage = Стадия
cases-where = Где
cases-filed = Подана
cases-due = Срок
cases-changed = Последнее изменение
cases-filter = Отбор и порядок
cases-filter-button = Показать
cases-filter-none = Все дела
cases-filed-from = Подана с
cases-filed-to = Подана по
cases-sort = Порядок
cases-sort-filed-last = Сначала новые
cases-sort-filed-first = Сначала старые
cases-sort-due = Сначала ближайший срок
cases-sort-changed = Сначала последние изменения
cases-overdue = Сроки
cases-overdue-only = Только просроченные
cases-none = Дел нет.
cases-next = Следующая страница

# A case
case-investigation = Расследование
case-visit = Срочное посещение
case-waits = Чего ждёт дело
case-waiting = ожидание: { $span }, с { $time }
case-actions = Что можно записать сейчас
case-track-investigation = Жалоба
case-track-visit = Срочные посещения
case-add-fact = Добавить факт, лицо, заметку
case-no-visit = Посещение не запрашивали.
case-after = спустя { $span }
case-open = Запечатанные данные
case-open-note = Имена, рассказы и документы закрыты. Кто их открывает, указывает зачем; журнал аудита это хранит.
case-purpose = Зачем
case-open-button = Открыть
case-opened = На этой странице запечатанные данные открыты.
case-close = Закрыть
case-erased = Дело стёрто: его тексты больше никто не прочтёт.
case-no-key = У вас нет ключа: имена, рассказы и документы этого дела для вас закрыты.
case-complaint = Что утверждается
case-people = Люди
case-first-hours = Когда стало известно и первые часы
case-examinations = Медицинские осмотры и происшествия
case-reprisals = Преследование за жалобу (ст. 13)
case-legal = Правовые действия (ст. 3, 14, 15)
case-notes = Заметки
case-documents = Документы
case-no-documents = Документов нет.
case-document-active = при открытии может запустить программу
case-add-document = Приложить документ
case-strip = Удалить метаданные снимка
case-strip-note = Снимок может выдать, где и каким телефоном он сделан. Другие файлы с этим пожеланием не принимаются.
case-file = Файл
case-attach = Приложить
case-sharing = Доступ имеют
case-not-shared = Никто.
case-messages = Заявитель
case-messages-note = У заявителя нет учётной записи; он следит за делом по квитанции.
case-messages-open = Сообщения заявителю
case-share = Открыть доступ к делу
case-share-note = Другая организация сможет читать дело и вести его. Закрытие доступа вернёт то, что ещё не прочитано.
case-share-with = Организация
case-share-button = Открыть доступ
case-share-end = Закрыть доступ

# Recording and correcting
record-button = Записать
record-stale = Дело тем временем изменил кто-то другой. Посмотрите, и если ваша запись верна, отправьте её снова.
correct-title = Исправить
correct-note = Ничего не удаляется: история хранит первую запись и причину исправления.
correct-instead = Что было на самом деле
correct-never = Этого не было
correct-button = Записать исправление
history-title = История
history-note = Все события в порядке записи. Здесь ничего не меняется и не удаляется.
history-recorded = записано { $time }, { $who }
history-corrects = Исправляет №
history-corrected = Исправлено записью №

# For what sealed data is opened
purpose-handling = Для ведения дела
purpose-review = Для проверки ведения дела
purpose-urgent-visit = Для срочного посещения
purpose-duplicate-check = Чтобы узнать, есть ли у человека дело
purpose-legal-proceedings = Для суда или Комитета
purpose-correction = Для исправления записи
purpose-statistics-check = Для проверки показателя

# Buttons of steps and facts
do-file = Подать
do-route = Передана во внутреннюю безопасность
do-open-investigation = Расследование начато
do-dismiss = Отклонена
do-appeal = Отказ обжалован
do-uphold-dismissal = Отказ оставлен в силе
do-reopen = Возобновлено
do-prosecute = Предъявлено обвинение
do-discontinue = Преследование прекращено
do-acquit = Оправдательный приговор
do-convict = Обвинительный приговор
do-withdraw = Жалоба отозвана
do-request-visit = Запросить срочное посещение
do-approve-visit = Посещение разрешено
do-refuse-visit = В посещении отказано
do-carry-out-visit = Посещение состоялось
do-deny-access = Не допустили
do-cancel-visit = Отменить посещение
do-lapse-visit = Запрос утратил смысл
do-learn-of-allegation = Стало известно
do-person = Лицо
do-safeguard = Гарантия первых часов
do-medical-examination = Медицинский осмотр
do-reprisal = Преследование за жалобу
do-court-motion = Ходатайство об исключении доказательств
do-reparation-claim = Требование возмещения
do-expulsion-proceeding = Дело о высылке
do-custody-incident = Смерть или самоповреждение под стражей
do-end-of-follow-up = Конец сведений о деле
do-note = Заметка

# Urgent visits
visits-waiting = Запросы о посещении в ожидании
visits-none = Ни один запрос не ждёт.
visits-request = Запрос о посещении
visits-waited = Ждёт
visits-state = Состояние
visits-evidence = Представленные доказательства
visits-requested = Запрошено
visits-ask = Запросить срочное посещение
visits-board-note = Дольше всех ждущие – первыми. На { $time }.
visits-parts = Какие запросы
visits-open = Открытые
visits-ended = Завершённые
visits-none-here = Таких запросов нет.
visits-answered-after = { $span } до ответа
visits-never-answered = ответа не было
visits-never-answered-in = ответа не было: { $span }
visits-lost-sight = Сведений больше нет
visits-clock-waiting = без ответа; запрошено { $time }
visits-clock-answered = до ответа; запрошено { $time }
visits-approval = Разрешение
visits-no-approval = для такого учреждения не нужно
visits-answer = Ответ
visits-approve = Разрешить посещение
visits-refuse = Отказать в посещении
visits-ground = Основание отказа
visits-remarks = Примечания
visits-further = Дальше
visits-letter = Письмо с запросом (PDF)
visits-delay-letter = Жалоба на задержку (PDF)
visits-renew = Запросить снова
visits-case = К делу
ask-note = Для человека, у которого ещё нет дела. Форма регистрирует жалобу и сразу запрашивает посещение; время пойдёт сейчас.
ask-name = Имя того, кого нужно увидеть
ask-urgency = Что утверждается и почему это срочно
ask-button = Зарегистрировать и запросить

# Drafts
drafts-begin = Начать жалобу
drafts-own = Ваши черновики
drafts-none = Черновиков нет.
drafts-lead = Жалобу записывают страница за страницей. Каждая сохраняется запечатанной для вас одного; можно остановиться и продолжить позже.
drafts-saved = Сохранено
drafts-delete = Удалить
draft-steps = Страницы жалобы
draft-review = Проверить и подать
draft-next = Сохранить и дальше
draft-to-review = Сохранить, проверить и подать
draft-later = Сохранить и выйти
draft-change = Изменить
draft-nothing = Ничего не указано.
draft-file = Зарегистрировать жалобу
draft-file-note = Сейчас жалоба получит номер. Потом ничего нельзя удалить, можно только исправить.
draft-files = Файлы, сколько есть (необязательно)
filed-title = Жалоба зарегистрирована:
filed-refused = Эти файлы не приложены
filed-rest = То, что шло за ними
filed-add-again = Всё остальное сохранено. Каждый файл можно добавить снова на странице дела, в разделе «Документы».
draft-not-ready = Чего-то не хватает или что-то неверно; это отмечено выше, у своей темы.
draft-duplicates = У человека с таким именем уже есть дело
draft-duplicates-note = Посмотрите, прежде чем регистрировать:
draft-filed-at = Когда жалоба подана
draft-filed-hint = Если пусто – сейчас.
draft-learnt-hint = Вашей организацией или любым органом: отсюда идёт время. Оставьте пустым то, что неизвестно: время или также день.
draft-allegation-hint = Словами жалующегося, насколько они известны. Текст запечатывается до сохранения.
section-complaint = Жалоба
section-people = Люди
section-place = Место и время
section-treatment = Что было сделано
section-safeguards = Первые часы под стражей
people-person = Лицо { $number }
people-one-more = Ещё одно лицо
people-remove = Убрать это лицо
people-more = Сохранить и добавить ещё
