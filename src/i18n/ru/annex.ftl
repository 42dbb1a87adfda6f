# Приложение для Комитета против пыток: титульный лист
annex-title = Жалобы на пытки и другие виды жестокого обращения: как долго и как часто
annex-subtitle = Статистическое приложение для Комитета против пыток, по статьям 2, 3 и 11–15 Конвенции
annex-period = Жалобы поданы
annex-period-span = { $from } – { $to } (по дате подачи)
annex-known-on = По состоянию на
annex-counted = Учтено жалоб
annex-organisations = Организации
annex-made-with = Составлено с помощью
annex-version = Айқын (Aiqyn) { $version }
annex-fingerprint = Отпечаток данных
annex-file-title = Статистическое приложение
annex-contents = Содержание
annex-figure = Рисунок { $n }
annex-table = Таблица { $n }
annex-page-of = Страница { $page } из { $pages }
annex-provisional = Когда составлялось приложение, этот день ещё не закончился. Всё, что будет внесено в этот же день позже, изменит цифры.
annex-empty = К этому дню не было внесено ни одной жалобы, поданной за этот период.

# Сводка
annex-summary = Сводка в цифрах
annex-key-complaints = жалоб
annex-key-complaints-detail = подано за период
annex-key-prosecuted = дошли до уголовного преследования
annex-key-dismissed = отклонены или прекращены
annex-key-of = { $numerator } из { $denominator }
annex-key-interval = от { $lo } до { $hi }
annex-key-response = дней, пока половина не получила первый ответ какого-либо органа
annex-key-visit = дней, пока на половину запросов о срочном посещении не ответили
annex-key-refused = запросов о срочном посещении получили отказ
annex-summary-prosecuted = Из { $denominator } жалоб до уголовного преследования дошли { $numerator }: { $share } (95-процентный интервал от { $lo } до { $hi }). В представлении 2014 года Комитету говорилось о менее чем двух процентах.
annex-summary-below = Весь интервал лежит ниже двух процентов.
annex-summary-above = Весь интервал лежит выше двух процентов.
annex-summary-includes = Интервал включает два процента: эти цифры не подтверждают и не опровергают утверждение.
annex-summary-dismissed = По { $numerator } из { $denominator } жалоб хотя бы раз было отказано или прекращено дело ({ $share }, интервал от { $lo } до { $hi }); из них { $straight } – прямо из службы собственной безопасности, без начала расследования.
annex-summary-response = Половина всех жалоб получила первый ответ какого-либо органа в течение { $median } дней (интервал от { $lo } до { $hi }). Те, на которые ответили, ждали в среднем { $mean } дней: это число забывает о тех, кто ещё ждёт. Ещё ждут: { $open }.
annex-summary-visit = На половину запросов о срочном посещении, требующих согласования, ответили в течение { $median } дней (интервал от { $lo } до { $hi }); ещё ждут ответа: { $open }, дольше всего – { $longest } дней.
annex-summary-refused = В { $numerator } из { $denominator } ответов было отказано ({ $share }, интервал от { $lo } до { $hi }); в { $evidence } отказах основанием названо то, что доказательства не письменные, не подписаны или есть одно лишь подозрение.
annex-not-reached = не достигнута

# Как читать цифры
annex-reading = Как читать эти цифры
annex-reading-open = Жалоба без ответа не исключается из счёта. Она считается ожиданием, которое к последнему наблюдению длилось столько-то (цензурированное наблюдение). Средние только по закрытым делам приукрашивают картину: кто отвечает лишь на простые дела, выглядит быстрым; где такое среднее приведено, рядом стоит честная цифра.
annex-reading-median = Медиана – время, к которому закончилась половина ожиданий; она оценена методом Каплана и Майера (1958) по закрытым и открытым делам вместе. Квартиль – то же для четверти и трёх четвертей. Если закончилось слишком мало, медиана «не достигнута».
annex-reading-mean = Ограниченное среднее – средняя длительность ожидания в пределах заданного срока, с открытыми делами: более долгое ожидание считается равным этому сроку.
annex-reading-endings = Жалобу могут отклонить, по ней могут начать уголовное преследование, её могут отозвать; первое из этих событий заканчивает ожидание. Кумулятивная частота (Аален и Йохансен, 1978) – доля всех жалоб, закончившихся данным образом к данному дню. Доли трёх исходов и доля ещё открытых в сумме дают единицу.
annex-reading-interval = У каждой оценки есть 95-процентный интервал: для ожиданий – в шкале log-log, для долей – по Уилсону (1927). Он показывает, насколько цифру мог сдвинуть один лишь случай. У малых чисел интервалы широкие.
annex-reading-clock = Отсчёт по жалобе начинается, когда о ней впервые узнал какой-либо орган или организация: Конвенция не требует формальной жалобы (статья 13; Парот против Испании, Бланко Абад против Испании). Период приложения – это период подачи.
annex-reading-known = В записях ничего не затирается: ошибку исправляет более поздняя запись. Приложение опирается только на то, что было внесено к { $day } и к тому времени не было исправлено, и наблюдает открытые ожидания до конца этого дня. Если запросить их на тот же день ещё раз, цифры будут теми же.
annex-reading-precision = Время записано так точно, как оно известно: до минуты, дня или месяца. Между днями считаются целые дни. Если известен только месяц, берётся середина возможных ожиданий, а рядом указаны границы медианы.
annex-reading-deadline = «В срок» считаются ожидания, у которых есть срок и которые закончились или уже его превысили. Сомнение в часах толкуется в пользу органа. Одни сроки – закон, другие – ориентиры; это сказано в таблице сроков.
annex-reading-withheld = Число от 1 до { $most } могло бы указать на человека и не печатается: вместо него стоит { $mark }. Так же скрыты числа, из которых его можно было бы вычислить вычитанием, и показатели на их основе. Ноль печатается.

# Разделы по статьям
annex-indicators = Показатели
annex-delays = Сроки, в днях
annex-delays-note = n – начавшиеся ожидания. Закончившиеся иначе, потерянные из виду и открытые учитываются столько, сколько их наблюдали. Не учтено: даты противоречат друг другу или отсутствуют.
annex-means = Ограниченные средние и рядом – среднее по закончившимся
annex-endings = Чем заканчиваются жалобы
annex-endings-note = Доля всех жалоб, закончившихся данным образом через столько-то дней после начала отсчёта, с 95-процентными интервалами.
annex-visits = Срочные посещения
annex-rates = Доли жалоб
annex-breakdowns = В разрезах
annex-breakdown-by = Разрез: { $dimension }
annex-breakdown-test = Логранговый критерий для времени от подачи до первого ответа между этими группами: хи-квадрат { $chi }, степеней свободы { $df }, p = { $p }.
annex-breakdown-no-test = Групп с ожиданиями слишком мало для сравнения.
annex-deadlines = Применённые сроки

# Графики
annex-plot-waiting = Доля ещё ожидающих
annex-plot-ended = Доля закончившихся
annex-plot-days = Дни с момента: { $start }
annex-plot-at-risk = Ещё под наблюдением
annex-plot-alternative = { $title }: кривая с 95-процентным интервалом; цифры стоят в одноимённой таблице приложенного файла.
annex-plot-note = Заливка: 95-процентный интервал. Внизу: сколько ожиданий ещё наблюдалось.
annex-plot-start-clock = начало отсчёта по жалобе
annex-plot-start-request = запрос
annex-plot-start-approval = согласование
annex-plot-start-routing = передача в собственную безопасность
annex-plot-start-appeal = обжалование
annex-plot-start-deprivation = лишение свободы
annex-plot-start-incident = начало

# Столбцы
annex-column-delay = Срок
annex-column-n = Всего
annex-column-ended = Закончено
annex-column-otherwise = Иначе
annex-column-lost = Потеряно
annex-column-open = Открыто
annex-column-left-out = Не учтено
annex-column-median = Медиана
annex-column-lo = Нижняя
annex-column-hi = Верхняя
annex-column-quartile-1 = Квартиль 1
annex-column-quartile-3 = Квартиль 3
annex-column-shortest = Медиана, самая малая
annex-column-longest = Медиана, самая большая
annex-column-within = В срок
annex-column-judged = Из них со сроком
annex-column-longest-open = Дольше всего открыто
annex-column-horizon = Предел
annex-column-restricted-mean = Ограниченное среднее
annex-column-mean-ended = Среднее по закончившимся
annex-column-indicator = Показатель
annex-column-numerator = Число
annex-column-denominator = Из
annex-column-share = Доля
annex-column-unknown = Неизвестно
annex-column-days = Дни
annex-column-ending = Исход
annex-column-ground = Основание
annex-column-evidence = Представленные доказательства
annex-column-group = Группа
annex-column-complaints = Жалобы
annex-column-dismissed = Отклонено
annex-column-prosecuted = Преследование
annex-column-response = Первый ответ, медиана
annex-column-step = Шаг
annex-column-place = Вид места
annex-column-hours = Часы
annex-column-basis = Основа
annex-column-measure = Показатель
annex-column-minute = До минуты
annex-column-day = До дня
annex-column-month = До месяца
annex-column-missing = Нет
annex-still-open = Ещё открыто

# Качество, определения, повторное составление
annex-quality = Качество данных
annex-quality-lead = Цифра не лучше дат, на которых она стоит. Таблицы показывают, каких дат нет, как поздно вносились события и сколько записей пришлось исправить.
annex-quality-dates = Даты: насколько точно они известны
annex-quality-codes = Сведения, которые неизвестны
annex-quality-records = Позднее внесение и исправления
annex-definitions = Определения
annex-definitions-lead = Что считает каждый показатель. Те же предложения стоят в программе.
annex-again = Как составить это приложение ещё раз
annex-again-lead = У кого есть база данных, тот получит тот же документ, байт в байт, той же версией программы и этой командой:
annex-again-fingerprint = Отпечаток – SHA-256 по всем записям, на которых стоят цифры, срокам, спискам кодов, вопросу и версии программы. Два приложения с одним отпечатком опираются на одни и те же данные.

# Разрезы
dimension-year = год подачи
dimension-quarter = квартал подачи
dimension-month = месяц подачи
dimension-region = регион
dimension-agency = орган, на который жалуются
dimension-kind-of-place = вид места
dimension-body = орган, первым занявшийся жалобой
dimension-organisation = организация
dimension-sex = пол предполагаемой жертвы
dimension-age-band = возраст предполагаемой жертвы
annex-group-all = Все
annex-group-not-known = Неизвестно

# Слова для оформления
annex-table-of = Таблица
annex-column = Столбец
annex-definition = Значение
annex-unit = Единица
annex-unit-days = дни
annex-no-data = Данных нет.
annex-curve = Кривая
annex-first-hours = Первые часы лишения свободы
annex-rates-and-endings = Что становится с жалобами
annex-quality-dates-note = Нет: дата не записана, хотя она должна быть.
annex-summary-visit-answered = На половину запросов о срочном посещении, требующих согласования, ответили в течение { $median } дней (интервал от { $lo } до { $hi }); ещё ждут: { $open }.
annex-table-reparation-by-form = Требования о возмещении по запрошенной форме
annex-curve-deprivation-to-registration = Не зарегистрировано
annex-curve-deprivation-to-lawyer = Нет адвоката
annex-curve-deprivation-to-doctor = Нет врача
annex-curve-deprivation-to-family-notice = Семья не уведомлена
annex-column-dismissed-share = Доля
annex-column-prosecuted-share = Доля
annex-column-decision = От передачи до решения, медиана
annex-column-visit-answer = Ответ о посещении, медиана
annex-column-date = Дата
annex-column-reprisal = Вид
annex-column-reparation-form = Форма
annex-column-asked = Запрошено
annex-column-decided = Решено
annex-column-granted = Удовлетворено
