# Form fields
entry-optional = (можно не заполнять)
input-in-the-past = «{ $field }»: этот день уже прошёл. То, что действовало раньше, не меняется; укажите сегодняшний или более поздний день.
input-not-a-code = В поле «{ $field }» может быть от 1 до 64 строчных латинских букв, цифр и знаков подчёркивания. Выберите другое.
field-step = Чего ждут
field-hours = Часы
field-basis = На чём основано
field-valid-from = Действует с
field-valid-to = Больше не действует с
field-level = Ступень
field-after-hours = Часов после срока
field-label-kk = По-казахски
field-label-ru = По-русски
field-label-en = По-английски
field-entry-code = Код записи
field-parent = Вид места
field-actor = Кто
field-subject = О чём
field-from = С какого дня
field-to = По какой день

# Proving anew
proof-title = Подтвердите ещё раз, кто вы
proof-lead = То, что вы собираетесь сделать, важно, поэтому пароль и одноразовый код спрашиваются ещё раз.
proof-button = Подтвердить и продолжить
proof-kept = Введённое вами раньше сохранено и будет отправлено вместе с этим.
proof-wrong = Неверны пароль или код. Каждый код годится один раз: если вы его уже использовали, дождитесь следующего.

# Organisations
organisations-title = Организации
organisations-lead = Те, кто работает в этой установке. Дело принадлежит одной из них и может быть открыто другим.
organisations-name = Название
organisations-kind = Вид
organisations-id = Идентификатор
organisations-console = Организация добавляется на сервере, где один раз печатается её ключ восстановления:
organisation-kind-ngo = Неправительственная организация
organisation-kind-npm = Национальный превентивный механизм
organisation-kind-ombudsman = Офис Омбудсмана

# Members
members-title = Участники
members-lead = Кто может входить от вашей организации и в какой роли.
members-state = Состояние
members-waits = ждёт ключа
members-invite = Пригласить
members-invite-note = Приглашение показывается один раз. Передайте его другим путём, не через этот сервер: по телефону или на бумаге.
members-invite-button = Выдать приглашение
members-login-hint = Строчные латинские буквы, цифры и . _ - @. Настоящее имя не обязательно.
account-state-invited = Приглашён, ещё не зарегистрирован
account-state-active = Может входить
account-state-disabled = Доступ закрыт
invited-title = Приглашение
invited-once = Это показывается один раз. Запишите сейчас.
invited-until = Действительно до
invited-how = С именем и приглашением приглашённый выбирает пароль здесь:
invited-back = К участникам
member-fingerprint = Отпечаток ключа:
member-waits = Ждёт ключа организации
member-waits-note = Позвоните и попросите прочесть отпечаток. Допускайте, только если он совпадает буква в букву.
member-admit = Совпадает: допустить
member-recovery-hint = С листа, напечатанного при создании организации.
member-admit-recovery = Допустить с ключом восстановления
member-roles = Другие роли
member-roles-hint = Сеансы участника завершатся. Без роли, которая читает дела, он теряет ключ организации.
member-roles-button = Изменить роли
member-again = Пригласить снова
member-again-note = Для того, кто забыл пароль или потерял приложение. Ключи удаляются, и коллега должен допустить его заново.
member-again-button = Выдать новое приглашение
member-out = Закрыть доступ
member-out-note = Сразу: сеансы завершаются, токены перестают действовать, копии ключей удаляются.
member-out-button = Закрыть доступ участнику

# Code lists
lists-title = Справочники
lists-lead = Что можно выбрать в формах. Ничего не удаляется: запись заканчивается в какой-то день, а прежние дела её сохраняют.
lists-done = Записано.
lists-label = Название записи
lists-choose = Выберите
lists-code-hint = Строчные латинские буквы, цифры и подчёркивания. Больше не меняется.
lists-from-hint = Если пусто: действовало всегда.
lists-to-hint = Первый день, когда её уже нельзя выбрать.
lists-add = Добавить запись
lists-add-button = Добавить запись в справочник
lists-change-lead = Названия можно улучшить и можно указать день, когда запись заканчивается. Это видят все организации.
lists-change-button = Сохранить изменения
holds-always = всегда
holds-from = с { $from }
holds-until = до { $to }
holds-between = с { $from } до { $to }

# Deadlines and escalation
deadlines-title = Сроки
deadlines-lead = Сколько может занять каждый шаг – по закону или по собственному ориентиру. Ожидание сравнивается со сроком, действовавшим в день его начала.
deadlines-now = Что действует сейчас и позже
deadlines-past = Что действовало раньше
deadlines-holds = Действует
deadlines-any-place = Любое место
deadlines-hours = { $count ->
    [one] { $count } час
    [few] { $count } часа
   *[many] { $count } часов
}
deadlines-after = { $count ->
    [0] сразу
    [one] через { $count } час
    [few] через { $count } часа
   *[many] через { $count } часов
}
deadlines-levels = Что делать, когда срок вышел
deadlines-levels-note = Что делать, когда срок вышел: чем дольше, тем больше. Доски показывают достигнутую ступень.
deadlines-told = Что делать
deadlines-add = Добавить срок
deadlines-add-note = Он действует с указанного дня; прежний в этот день заканчивается. Ранее начавшиеся ожидания и все показатели прошлых дней не меняются. Открытые дела сравниваются с ним сразу.
deadlines-from-hint = Сегодня или позже.
deadlines-source-hint = Статья закона или почему выбран этот ориентир.
deadlines-level-hint = Что делать и кому.
deadlines-add-button = Добавить этот срок
deadlines-set-level = Задать ступень
deadlines-set-level-note = Заменяет ступень с тем же номером. Если у вида места есть свои ступени, общие для него не действуют.
deadlines-set-level-button = Задать эту ступень

# The audit log
audit-title = Журнал аудита
audit-lead = Кто, что, когда и зачем сделал. Записи только добавляются, и каждая хранит хеш предыдущей.
audit-any = Любое
audit-action = Что сделано
audit-outcome = Чем закончилось
audit-who = Кто
audit-who-hint = Имя для входа; или operator, import, public.
audit-subject = О чём
audit-subject-hint = Номер дела, имя для входа или идентификатор.
audit-from = С какого дня
audit-to = По какой день
audit-search = Искать
audit-records = Записи, сначала новые
audit-noted = То, что журнал читали, тоже записывается. Время указано по часам Asia/Almaty.
audit-none = Таких записей нет.
audit-number = № записи
audit-time = Когда
audit-details = Подробности
audit-older = Более старые записи
audit-nobody = никто не вошёл
audit-verify = Цел ли журнал?
audit-verify-note = Каждая запись сверяется со своим хешем и с подписанными контрольными точками. Для длинного журнала это занимает время.
audit-verify-button = Проверить цепочку
verdict-whole = Журнал цел: записей { $records }. Подписанные контрольные точки подтверждают его до записи { $vouched }.
verdict-broken = Журнал нарушен на записи { $record }: { $fault }. Не перезапускайте сервер; сообщите тем, кто ведёт установку, и сохраните копию базы.
verdict-hash = Хеш последней записи:
verdict-back = К журналу
audit-action-sign-in = Вход
audit-action-sign-in-failed = Неудачный вход
audit-action-sign-out = Выход
audit-action-session-ended = Сеанс завершён
audit-action-reauthenticated = Личность подтверждена снова
audit-action-enrolled = Регистрация по приглашению
audit-action-password-changed = Пароль изменён
audit-action-recovery-code-used = Использован код восстановления
audit-action-member-invited = Участник приглашён
audit-action-member-changed = Роли изменены
audit-action-member-disabled = Доступ участника закрыт
audit-action-member-admitted = Участнику дан ключ
audit-action-key-rotated = Ключ организации обновлён
audit-action-recovery-key-used = Использован ключ восстановления
audit-action-organisation-added = Организация добавлена
audit-action-token-made = Создан токен API
audit-action-token-revoked = Токен API отозван
audit-action-case-filed = Дело заведено
audit-action-event-recorded = Записан шаг или факт
audit-action-event-corrected = Запись исправлена
audit-action-sealed-read = Прочитаны закрытые тексты дела
audit-action-request-read = Прочитан запрос на посещение
audit-action-name-searched = Поиск по именам
audit-action-case-shared = Дело открыто другой организации
audit-action-share-ended = Доступ другой организации прекращён
audit-action-document-added = Документ добавлен
audit-action-document-read = Документ прочитан
audit-action-exported = Данные выгружены
audit-action-imported = Список загружен
audit-action-case-erased = Дело стёрто
audit-action-code-list-changed = Справочник изменён
audit-action-deadline-changed = Срок добавлен
audit-action-escalation-changed = Задана ступень эскалации
audit-action-access-refused = Отказано в доступе
audit-action-ciphertext-refused = Закрытый текст не открылся
audit-action-audit-read = Журнал аудита прочитан
audit-action-audit-verified = Журнал аудита проверен
audit-action-checkpoint-made = Подписана контрольная точка
audit-action-erasures-applied = Стирания применены после восстановления
audit-action-set-up = Установка создана
audit-action-migrated = Схема обновлена
audit-action-backed-up = Сделана резервная копия
audit-action-restored = База восстановлена из резервной копии
audit-action-database-rebuilt = Сводки пересозданы
audit-outcome-done = Сделано
audit-outcome-refused = Отказано
audit-outcome-failed = Не удалось
audit-subject-kind-case = Дело
audit-subject-kind-visit-request = Запрос на посещение
audit-subject-kind-document = Документ
audit-subject-kind-member = Участник
audit-subject-kind-organisation = Организация
audit-subject-kind-session = Сеанс
audit-subject-kind-token = Токен API
audit-purpose-handling = Для ведения дела
audit-purpose-review = Для проверки ведения дела
audit-purpose-urgent-visit = Для срочного посещения
audit-purpose-duplicate-check = Для поиска прежнего дела
audit-purpose-legal-proceedings = Для судебного или международного разбирательства
audit-purpose-correction = Для исправления записи
audit-purpose-statistics-check = Для проверки показателя
audit-purpose-request-of-the-person = По просьбе самого человека
audit-purpose-other = Другая цель
audit-fault-missing = записи нет
audit-fault-repeated = номер повторяется
audit-fault-unreadable = её нельзя прочитать
audit-fault-previous-hash = она не продолжает предыдущую
audit-fault-content = она изменена после записи
audit-fault-not-as-signed = подписанная контрольная точка говорит о другой записи
audit-fault-cut-off = конец журнала отрезан
