answer-yes = Да
answer-no = Нет
answer-unknown = Неизвестно

part-alleged-victim = Предполагаемая жертва
part-complainant = Заявитель
part-witness = Свидетель
part-alleged-perpetrator = Предполагаемый виновный
part-defender = Адвокат или иной защитник

evidence-none = Нет
evidence-oral = Устные
evidence-written = Письменные, без подписи предполагаемой жертвы
evidence-written-and-signed = Письменные, с подписью предполагаемой жертвы

approval-required = Только с согласия Уполномоченного по правам человека
approval-not-required = Согласие не требуется

safeguard-deprivation-of-liberty = Фактическое лишение свободы
safeguard-registration = Регистрация задержания
safeguard-access-to-lawyer = Первый доступ к адвокату
safeguard-access-to-doctor = Первый доступ к врачу
safeguard-notice-to-family = Уведомление семьи

# Степени соответствия, Стамбульский протокол
consistency-not-consistent = Не соответствует
consistency-consistent-with = Соответствует
consistency-highly-consistent = В высокой степени соответствует
consistency-typical-of = Типично
consistency-diagnostic-of = Имеет диагностическое значение

fate-pending = Решения ещё нет
fate-granted = Удовлетворено полностью или частично
fate-refused = Отказано
fate-not-considered = Оставлено без рассмотрения

reparation-route-civil-claim = Гражданский иск
reparation-route-criminal-proceedings = Требование в уголовном процессе
reparation-route-individual-communication = Индивидуальное сообщение в Комитет против пыток
reparation-route-other = Иной путь

follow-up-end-source-ends = На этом источник заканчивается
follow-up-end-contact-lost = Связь потеряна
follow-up-end-end-not-dated = Дело закончилось, но когда — не записано

precision-minute = До минуты
precision-day = До дня
precision-month = До месяца
