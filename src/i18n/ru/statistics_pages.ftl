# The pages
figures-title = Статистика
figures-tabs = Страницы статистики
figures-tab-overview = Обзор
figures-tab-delays = Сколько длится
figures-tab-endings = Чем заканчиваются жалобы
figures-tab-visits = Срочные посещения
figures-tab-indicators = По статьям
figures-tab-definitions = Определения

# The filter
figures-filter-title = Какие жалобы
figures-filter-by = Разбить показатели
figures-filter-button = Показать
figures-filter-clear = Начать снова со всех жалоб
figures-filter-wrong = По такому выбору посчитать нельзя. Исправьте, пожалуйста:
figures-field-filed-from = Поданы в этот день или позже
figures-field-filed-to = Поданы в этот день или раньше
figures-field-as-known-on = По состоянию на
figures-hint-as-known-on = Что было известно к концу этого дня. Если не указать — сегодня.
figures-field-region = Регион
figures-field-agency = Орган, на который жалуются
figures-field-kind-of-place = Вид места
figures-field-organisation = Организация, ведущая дело
figures-field-clock = Отсчёт начинается
figures-field-by = Разбить по признаку
figures-field-delay = Срок, показанный по группам
figures-field-indicator = Показатель по группам
figures-all = Все
figures-by-nothing = Без разбивки
figures-clock-learnt = Когда стало известно о случившемся
figures-clock-filed = С официальной подачи
figures-quarter = { $year } год, { $quarter }-й квартал

# What is counted
figures-cases = жалоб учтено здесь
figures-open-visits = запросов о посещении открыто сейчас
figures-known-on = По состоянию на конец дня { $day }; эти показатели больше не изменятся.
figures-known-today = По состоянию на сегодня, { $day }.
figures-counted-at = Подсчитано: { $time }. Записанное позже сейчас подсчитывается: загляните чуть позже.
figures-release = Вы видите показатели всех организаций. Они выпускаются один раз за квартал, по всем жалобам и в постоянных разбивках: по более узкому или частому выбору можно было бы узнать человека. Это выпуск за { $day }.
figures-withheld = Звёздочка стоит вместо числа от 1 и меньше { $threshold }, которое может указать на человека, вместо чисел, из которых его можно вычислить, и вместо всего, что на них основано. Ноль показывается.

# Tables
figures-how-often = Как часто
figures-how-long = Сколько длится, в днях
figures-share-note = Каждая доля дана с 95-процентным интервалом и с тем, от какого числа она взята. Раскройте название, чтобы прочитать, что считается.
figures-delay-note = Жалобы, которые ещё ждут, учтены как ждущие, а не отброшены. Медианы и средние даны с 95-процентными интервалами; прочерк означает, что данных не хватает. По названию можно прочитать, что измеряется.
figures-rate = Из жалоб
figures-of-all = От всех
figures-of-ended = От завершённых
figures-quartiles = Квартили 1; 3
    .definition = Время, за которое завершилась четверть и три четверти ожиданий; незавершённые ожидания учтены в оценке.
figures-otherwise-or-lost = Завершены иначе или потеряны
    .definition = Ожидания, которые завершились иначе, например отзывом жалобы, или потеряны из виду. До этого они считаются ждущими, после — нет.
figures-of-a-delay = Показатели срока
figures-days = Дни
figures-curves = Кривые
figures-curves-note = Доля тех, кто ещё ждёт, по дням от начала; закрашен 95-процентный интервал. Близкие ступени нарисованы как одна.
figures-no-curve = Рисовать нечего: таких ожиданий нет или их слишком мало, чтобы показывать.
figures-chart-waiting = Доля ещё ожидающих: { $delay }
figures-chart-endings = Доля жалоб, завершившихся каждым из способов, по дням от начала отсчёта
figures-groups-title = { $what }, по группам: { $dimension }
figures-tests = Одинаково ли долго ждут группы?
figures-degrees = Степени свободы
figures-tests-note = Логранговый критерий для каждого срока, показанного по группам: малое p говорит, что группы различаются сильнее, чем по случайности, но не говорит, как. Из двадцати проверок одна окажется ниже 0,05 просто случайно.
figures-no-tests = Групп с ожиданиями слишком мало или самих групп слишком много, чтобы сравнивать их критерием.
figures-reported-title = Уголовное преследование рядом с тем, что сообщалось
figures-reported = В 2014 году гражданское общество сообщило Комитету против пыток, что до уголовного преследования доходит менее { $share } жалоб. Здесь — от всех жалоб:
figures-beside-below = Весь интервал лежит ниже { $share }: эти показатели подтверждают сообщение.
figures-beside-includes = Интервал включает { $share }: по этим показателям судить нельзя.
figures-beside-above = Весь интервал лежит не ниже { $share }: эти показатели противоречат сообщению.
figures-became = Что стало с жалобами
figures-became-note = По первому из трёх исходов.
figures-horizons = За столько дней
figures-endings-by-groups = Через { $days } дней
figures-requests = Запросы
figures-definitions-lead = Каждый показатель этих страниц и приложения и то, что в нём считается.

# What can be taken away
figures-downloads = Взять показатели с собой
figures-downloads-note = Статистическое приложение для Комитета охватывает все жалобы выбранного периода по состоянию на выбранный день, что бы ещё ни было выбрано выше. Его можно передавать: малые числа в нём скрыты. О том, что оно сделано, пишется в журнал.
figures-annex-pdf = Приложение в PDF
figures-annex-xlsx = Рабочая книга (XLSX)
figures-annex-csv = Таблицы (CSV в архиве)
