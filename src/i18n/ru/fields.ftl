# При каждом событии
field-occurred-at = Когда это произошло
field-recorded-at = Когда это записано
field-corrects = Исправляемое событие
field-kind = Что произошло
field-learnt-at = Когда о случившемся узнали впервые
field-time-zone = Часовой пояс
field-jurisdiction = Юрисдикция

# Жалоба
field-channel = Как поступила жалоба
field-region = Регион
field-kind-of-place = Вид места
field-place = Место
field-agency = Орган или ведомство
field-incident-at = Когда произошло жестокое обращение
field-context = Обстоятельства
field-sex = Пол
field-age-band = Возраст
field-forms = Формы
field-purposes = Предполагаемые цели
field-allegation = Что утверждается
field-remarks = Примечания
field-file-agency = Ведомство предполагаемых виновных
field-file-sex = Пол предполагаемой жертвы
field-file-age-band = Возраст предполагаемой жертвы
field-file-forms = Формы жестокого обращения

# Участники
field-part = Роль в деле
field-name = Имя
field-contact = Как связаться с человеком
field-rank-or-unit = Звание или подразделение
field-person-agency = Ведомство, к которому относится человек

# Расследование
field-receiving-body = Кому передана жалоба
field-investigating-body = Кто расследует
field-deciding-body = Кто принял решение
field-ground = Указанное основание
field-to-body = Куда подана жалоба на отказ
field-prosecuting-body = Кто ведёт уголовное преследование
field-charge = Статья обвинения
field-pressure-alleged = Утверждается ли, что на заявителя давили
field-discontinue-deciding-body = Суд или орган, принявший решение
field-acquit-deciding-body = Суд
field-convict-deciding-body = Суд
field-convict-charge = Статья приговора, если она иная, чем в обвинении

# Срочные посещения
field-evidence = Имеющиеся доказательства
field-approval = Нужно ли согласие
field-renews = Отклонённый запрос, который подаётся повторно
field-urgency = Почему это срочно
field-approving-body = Кто согласовал
field-refusing-body = Кто отказал
field-announced = Было ли посещение объявлено заранее
field-private-interview = Была ли беседа наедине
field-findings = Выводы
field-denied-by = Кто не допустил
field-why = Почему
field-reason = Причина
field-carry-out-visit-findings = Что установили посетители
field-cancel-visit-reason = Почему посещение отменено
field-lapse-visit-reason = Почему запрос утратил смысл

# Факты
field-safeguard = Гарантия
field-consistency = Соответствуют ли результаты утверждению
field-independent = Независим ли врач от органа, на который жалуются
field-reprisal = Вид преследования
field-description = Что произошло
field-fate = Чем закончилось к этому времени
field-about = Более раннее событие, исход которого сообщается
field-route = Каким путём добиваются возмещения
field-expulsion = Вид удаления из страны
field-risk-argued = Заявлялось ли об опасности пыток
field-risk-examined = Рассмотрена ли эта опасность в решении
field-incident = Происшествие
field-independent-inquiry = Начато ли независимое расследование
field-text = Текст
field-learn-of-allegation-agency = Орган, которому стало известно
field-medical-examination-findings = Результаты обследования
field-reprisal-agency = Ведомство, от которого исходит преследование
field-reparation-claim-forms = Формы возмещения
field-end-of-follow-up-reason = Почему дальше ничего не известно
