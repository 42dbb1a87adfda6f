//! What people write beside the allegation: each thing in Kazakh, Russian and English. The words
//! are short and plain; they describe no real person and no real place.

use super::chronicle::{Chronicle, Language};
use crate::domain::sealed::PlainText;

/// One thing said in Kazakh, Russian and English.
pub(super) type Said = [&'static str; 3];

/// The words of one language.
pub(super) fn in_language(said: Said, language: Language) -> &'static str {
    let [kazakh, russian, english] = said;
    match language {
        Language::Kazakh => kazakh,
        Language::Russian => russian,
        Language::English => english,
    }
}

/// One of several things to say, in the language of the case.
pub(super) fn say<const N: usize>(chronicle: &mut Chronicle<'_>, choices: &[Said; N]) -> Option<PlainText> {
    let said = chronicle.chance.pick(choices);
    PlainText::new(in_language(said, chronicle.language)).ok()
}

/// Why a visit is urgent.
pub(super) const URGENCY: [Said; 6] = [
    [
        "Көгерген жерлері бірнеше күнде жоғалады, дәрігер әлі көрген жоқ.",
        "Следы побоев исчезнут за несколько дней, врач их ещё не видел.",
        "The bruises will fade within days, and no doctor has seen them yet.",
    ],
    [
        "Отбасы екі күннен бері хабар ала алмай отыр.",
        "Семья уже два дня не может получить никаких сведений.",
        "The family has had no news for two days.",
    ],
    [
        "Ол өз-өзіне зиян келтіруі мүмкін деп қауіптенеміз.",
        "Есть опасение, что человек причинит себе вред.",
        "It is feared that the person may harm themselves.",
    ],
    [
        "Арыздан бас тартуға мәжбүрлеп жатқан көрінеді.",
        "По словам родных, от жалобы требуют отказаться.",
        "According to relatives, pressure is being put on the person to give up the complaint.",
    ],
    [
        "Басқа мекемеге ауыстыру туралы хабар бар, ертең кеш болуы мүмкін.",
        "Сообщают о предстоящем переводе: завтра может быть поздно.",
        "A transfer is said to be imminent; tomorrow may be too late.",
    ],
    [
        "Адвокатты кіргізбеді, себебін айтпады.",
        "Адвоката не допустили, причину не назвали.",
        "The lawyer was turned away, and no reason was given.",
    ],
];

/// What the visitors found.
pub(super) const FINDINGS: [Said; 5] = [
    [
        "Адаммен оңаша сөйлестік. Қолында қысқан із бар. Ол айтқандарын растады.",
        "Побеседовали наедине. На запястьях следы сдавливания. Рассказ подтвердил.",
        "Spoke in private. Marks of pressure on both wrists. The account was confirmed.",
    ],
    [
        "Көзге көрінетін жарақат жоқ. Ұйқысы бұзылған, қатты шаршаған.",
        "Видимых повреждений нет. Нарушен сон, человек сильно истощён.",
        "No visible injuries. Sleep is disturbed, and the person is exhausted.",
    ],
    [
        "Медициналық журналда жазба жоқ. Дәрігерге көрсетуді ұсындық.",
        "В медицинском журнале записей нет. Рекомендован осмотр врача.",
        "The medical register has no entry. An examination by a doctor was recommended.",
    ],
    [
        "Қызметкер қасымыздан кетпеді, сондықтан әңгіме қысқа болды.",
        "Сотрудник не отходил, поэтому разговор был коротким.",
        "An officer stayed within hearing, so the talk was short.",
    ],
    [
        "Камерадағы жағдай талапқа сай емес: суық, жарық сөнбейді. Суретке түсіруге рұқсат берілмеді.",
        "Условия в камере не отвечают нормам: холодно, свет не выключают. Снимать не разрешили.",
        "The cell falls short of the standards: cold, and the light is never put out. No photographs were allowed.",
    ],
];

/// Why a visit was called off.
pub(super) const CALLED_OFF: [Said; 3] = [
    ["Адамның өзі бармауды сұрады.", "Сам человек просил не приезжать.", "The person asked that nobody should come."],
    [
        "Адвокат кіре алды, кездесу қажет болмай қалды.",
        "Адвоката допустили, посещение больше не требуется.",
        "The lawyer was let in, so the visit is no longer needed.",
    ],
    [
        "Топ мүшелері жоспарлы сапарға біріктірді.",
        "Группа объединила посещение с плановым.",
        "The group joined it to a visit that was planned already.",
    ],
];

/// What an examination found that bears out nothing.
pub(super) const NO_INJURIES: [Said; 1] = [[
    "Дене жарақаты табылмады. Мазасыздық, ұйқысыздық байқалады.",
    "Телесных повреждений не выявлено. Тревога, бессонница.",
    "No bodily injuries found. Anxiety and sleeplessness.",
]];

/// What an examination found.
pub(super) const MEDICAL: [Said; 3] = [
    [
        "Арқасы мен иығында көгерген жерлер, мөлшері 2-ден 6 см-ге дейін, түсі сарғайған.",
        "Кровоподтёки спины и плеч от 2 до 6 см, желтоватые.",
        "Bruises of the back and shoulders, 2 to 6 cm, turning yellow.",
    ],
    [
        "Екі білегінде шеңбер тәрізді сызат.",
        "Кольцевидные ссадины обоих запястий.",
        "Ring-shaped abrasions of both wrists.",
    ],
    [
        "Сол жақ қабырғасы басқанда ауырады; рентгенге жіберілді.",
        "Болезненность рёбер слева; назначен рентген.",
        "Tenderness of the ribs on the left; referred for an X-ray.",
    ],
];

/// What a reprisal was, where its kind does not say all; `None` where it does.
pub(super) fn reprisal(chronicle: &mut Chronicle<'_>, kind: &str) -> Option<PlainText> {
    match kind {
        "threat" | "pressure_to_withdraw" => say(chronicle, &PRESSED),
        "against_family" => say(chronicle, &FAMILY_PRESSED),
        "denial_of_contact" => say(chronicle, &CONTACT_DENIED),
        "false_report_charge" => say(chronicle, &FALSE_REPORT),
        _ => None,
    }
}

const PRESSED: [Said; 3] = [
    [
        "Арыздан кейін екі адам үйге келіп, «жақсылықпен» қойғанын сұрады.",
        "После жалобы домой пришли двое и посоветовали «решить по-хорошему».",
        "After the complaint two men came to the house and advised to “settle it nicely”.",
    ],
    [
        "Телефонмен белгісіз адам хабарласып, арызды қайтарып алуды талап етті.",
        "Неизвестный по телефону требовал забрать заявление.",
        "A stranger demanded by telephone that the complaint be withdrawn.",
    ],
    [
        "Куәгерді жұмыс орнында бірнеше рет шақырып сұрады.",
        "Свидетеля несколько раз вызывали с работы на беседу.",
        "A witness was called from work for talks several times.",
    ],
];

const FAMILY_PRESSED: [Said; 1] = [[
    "Туысын жұмыстан шақырып, арыз туралы сұраған.",
    "Родственника вызвали с работы и расспрашивали о жалобе.",
    "A relative was called from work and questioned about the complaint.",
]];

const CONTACT_DENIED: [Said; 1] = [[
    "Кездесу мен сәлемдеме екі аптаға тоқтатылды.",
    "Свидания и передачи прекращены на две недели.",
    "Visits and parcels were stopped for two weeks.",
]];

const FALSE_REPORT: [Said; 1] = [[
    "Жауап алғаннан кейін «жалған сөз» бабымен қорқытқан.",
    "После опроса предупредили об ответственности за ложный донос.",
    "After the interview a charge of false report was held out.",
]];

/// Notes.
pub(super) const NOTES: [Said; 8] = [
    [
        "Отбасымен сөйлестік, келесі аптада қайта хабарласамыз.",
        "Связались с семьёй, перезвоним на следующей неделе.",
        "Spoke with the family; to be called again next week.",
    ],
    [
        "Қаулының көшірмесі сұратылды, әзірге жоқ.",
        "Запрошена копия постановления, пока не получена.",
        "A copy of the decision was asked for and has not come yet.",
    ],
    ["Адвокат материалдармен танысты.", "Адвокат ознакомился с материалами.", "The lawyer has read the file."],
    [
        "Бейнежазба сақталмаған деп жауап берді.",
        "Ответили, что видеозапись не сохранилась.",
        "The answer was that the video recording had not been kept.",
    ],
    ["Психологтың көмегі ұсынылды.", "Предложена помощь психолога.", "Psychological help was offered."],
    [
        "Арыз беруші атын құпия сақтауды сұрайды.",
        "Заявитель просит не называть его имени.",
        "The complainant asks that the name be kept out of any letter.",
    ],
    [
        "Сот-медициналық сараптама тағайындауды сұрап өтініш берілді.",
        "Подано ходатайство о судебно-медицинской экспертизе.",
        "A forensic examination has been applied for.",
    ],
    [
        "Мерзімі өтті, еске салу хаты жіберілді.",
        "Срок истёк, направлено напоминание.",
        "The time has run out; a reminder was sent.",
    ],
];

/// What is remarked where an answer to a visit request is grudging.
pub(super) const REFUSALS: [Said; 4] = [
    [
        "Дәлел жазбаша түрде және жәбірленушінің қолымен болуы керек деп жауап берді.",
        "В ответе указано: доказательства должны быть письменными и подписаны самим пострадавшим.",
        "The answer says that evidence must be in writing and signed by the alleged victim.",
    ],
    [
        "Жауапта «күмәннің өзі жеткіліксіз» делінген.",
        "В ответе сказано, что одного подозрения недостаточно.",
        "The answer says that a mere suspicion is not enough.",
    ],
    [
        "Ауызша айтылды, жазбаша жауап берілмеді.",
        "Отказ сообщён устно, письменного ответа нет.",
        "The refusal was given by word of mouth; there is no written answer.",
    ],
    [
        "Жоспарлы сапарды күтуді ұсынды.",
        "Предложено дождаться планового посещения.",
        "It was suggested to wait for the next planned visit.",
    ],
];
