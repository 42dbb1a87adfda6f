-- How an overdue wait is raised: so many hours after the deadline the next level is reached, and its labels say
-- what is to be done and by whom. A row for a kind of place takes the place of all rows of its step for any kind.
create table escalation_levels (
    id text not null primary key, -- step/kind of place or any/level
    step text not null,
    kind_of_place text,
    level integer not null check (level between 1 and 3),
    after_hours integer not null check (after_hours >= 0),
    kk text not null,
    ru text not null,
    en text not null
);

-- Yardsticks of our own, which no law gives; the administrator sets others.
insert into escalation_levels (id, step, kind_of_place, level, after_hours, kk, ru, en) values
    ('answer_visit/any/1', 'answer_visit', null, 1, 0, 'Омбудсмен кеңсесіне қоңырау шалып, жауабын жазып қойыңыз', 'Позвонить в офис Омбудсмана и записать ответ', 'Call the Ombudsman’s office and note the answer'),
    ('answer_visit/any/2', 'answer_visit', null, 2, 24, 'Кешігу туралы шағым хатын жіберіңіз', 'Отправить письмо с жалобой на задержку', 'Send the letter of complaint about the delay'),
    ('answer_visit/any/3', 'answer_visit', null, 3, 72, 'Тетік үйлестірушісіне және прокурорға жеткізіңіз', 'Довести до координатора механизма и прокурора', 'Take it to the mechanism’s coordinator and to the prosecutor'),
    ('carry_out_visit/any/1', 'carry_out_visit', null, 1, 0, 'Орын әкімшілігіне қоңырау шалып, жауабын жазып қойыңыз', 'Позвонить администрации места и записать ответ', 'Call the administration of the place and note the answer'),
    ('carry_out_visit/any/2', 'carry_out_visit', null, 2, 24, 'Омбудсмен кеңсесіне хабарлаңыз', 'Сообщить в офис Омбудсмана', 'Tell the Ombudsman’s office'),
    ('carry_out_visit/any/3', 'carry_out_visit', null, 3, 72, 'Прокурорға шағым беріңіз', 'Подать жалобу прокурору', 'Complain to the prosecutor');
