//! The allegation in words: where it began, what is alleged, what is asked for. It is put together
//! from the facts of the case, so that text and codes agree. It names nobody and dwells on nothing.

use super::chronicle::{Chronicle, Language, When};
use super::setting::{Setting, Theme};
use super::wording::{Said, in_language};
use crate::domain::code::{CodeIn, list};
use crate::domain::sealed::PlainText;

/// Writes the allegation.
pub(super) fn allegation(
    chronicle: &mut Chronicle<'_>,
    setting: &Setting,
    filed: When,
    forms: &[CodeIn<list::FormOfIllTreatment>],
) -> Option<PlainText> {
    let mut sentences = vec![opening(chronicle, setting.scene.theme).to_owned()];
    sentences.extend(what_is_alleged(chronicle, filed, forms));
    let closing = if setting.dead { chronicle.chance.pick(&AFTER_DEATH) } else { chronicle.chance.pick(&CLOSINGS) };
    sentences.push(in_language(closing, chronicle.language).to_owned());
    PlainText::new(&sentences.join(" ")).ok()
}

fn opening(chronicle: &mut Chronicle<'_>, theme: Theme) -> &'static str {
    let chance = &mut chronicle.chance;
    let said = match theme {
        Theme::Police => chance.pick(&POLICE),
        Theme::Remand => chance.pick(&REMAND),
        Theme::Prison => chance.pick(&PRISON),
        Theme::Army => chance.pick(&ARMY),
        Theme::Care => chance.pick(&CARE),
        Theme::Removal => chance.pick(&REMOVAL),
        Theme::Assembly => chance.pick(&ASSEMBLY),
        Theme::Encounter => chance.pick(&ENCOUNTER),
        Theme::Trafficking => chance.pick(&TRAFFICKING),
    };
    in_language(said, chronicle.language)
}

/// The forms of ill-treatment by their labels, within a sentence.
fn what_is_alleged(
    chronicle: &mut Chronicle<'_>,
    filed: When,
    forms: &[CodeIn<list::FormOfIllTreatment>],
) -> Option<String> {
    let language = chronicle.language;
    let labels: Vec<String> = forms
        .iter()
        .filter_map(|form| chronicle.entry(form, filed))
        .map(|entry| match language {
            Language::Kazakh => entry.kk.to_lowercase(),
            Language::Russian => entry.ru.to_lowercase(),
            Language::English => entry.en.to_lowercase(),
        })
        .collect();
    let lead = in_language(chronicle.chance.pick(&LEADS), language);
    (!labels.is_empty()).then(|| format!("{lead} {}.", labels.join("; ")))
}

const LEADS: [Said; 3] = [
    ["Арызда айтылғаны:", "В жалобе указано:", "The complaint speaks of:"],
    ["Айтуынша, мынадай әрекеттер болған:", "Со слов заявителя, имели место:", "According to the account there were:"],
    ["Мәлімделгені:", "Сообщается о следующем:", "What is alleged:"],
];

const POLICE: [Said; 4] = [
    [
        "Ол кешке қарай бөлімге «әңгімелесуге» шақырылып, түнде де жіберілмеген.",
        "Человека вызвали вечером в отдел «на беседу» и ночью не отпустили.",
        "The person was called to the station in the evening “for a talk” and was not let go that night.",
    ],
    [
        "Көшеде ұсталып, қызметтік кабинетке апарылған; ұстау хаттамасы кейін толтырылған.",
        "После задержания на улице доставили в служебный кабинет; протокол составлен позже.",
        "The person was stopped in the street and taken to an office; the record of detention was drawn up later.",
    ],
    [
        "Ұрлық туралы іс бойынша мойындау талап етілген, адвокат болмаған.",
        "Требовали признания по делу о краже, адвоката не было.",
        "A confession to a theft was demanded; no lawyer was there.",
    ],
    [
        "Куәгер ретінде келген адам бірнеше сағаттан кейін күдікті болып шыққан.",
        "Вызвали в качестве свидетеля, а через несколько часов объявили подозреваемым лицом.",
        "The person came as a witness and was a suspect some hours later.",
    ],
];

const REMAND: [Said; 3] = [
    [
        "Тергеу изоляторына түскен күні тексеру кезінде болған.",
        "Случилось в день поступления, при досмотре.",
        "It happened on the day of arrival, during the search.",
    ],
    [
        "Сот отырысының алдында айғағын өзгертпеуге мәжбүрлеген.",
        "Перед заседанием принуждали не менять показания.",
        "Before the hearing the person was pressed not to change the testimony.",
    ],
    [
        "Камерадан түнде шығарып, басқа бөлмеге апарған.",
        "Ночью вывели из камеры в другое помещение.",
        "The person was taken from the cell to another room at night.",
    ],
];

const PRISON: [Said; 3] = [
    [
        "Тәртіп бөлмесіне қамау алдында болған оқиға.",
        "Произошло перед водворением в дисциплинарный изолятор.",
        "It happened before the person was put into the punishment cell.",
    ],
    [
        "Прокурорға хат жазғаннан кейін көп ұзамай болған.",
        "Случилось вскоре после письма прокурору.",
        "It happened soon after a letter to the prosecutor.",
    ],
    [
        "Туыстары кездесуде жүріс-тұрысы өзгергенін байқаған.",
        "На свидании родные заметили, что движения даются с трудом.",
        "On a visit the relatives noticed that moving was difficult.",
    ],
];

const ARMY: [Said; 2] = [
    [
        "Сарбаз ата-анасына телефонмен казармадағы жағдай туралы айтқан.",
        "Солдат рассказал родителям по телефону о происходящем в казарме.",
        "The conscript told his parents by telephone of what happens in the barracks.",
    ],
    [
        "Госпитальге түскен соң ғана белгілі болған; құжатта «құлап қалған» деп жазылған.",
        "Стало известно лишь в госпитале; в документах записано «упал».",
        "It became known only in hospital; the papers say that he fell.",
    ],
];

const CARE: [Said; 2] = [
    [
        "Мекемеге келген туысы оны құлыптаулы бөлмеден тапқан.",
        "Пришедшая родственница застала человека в запертой комнате.",
        "A relative who came to visit found the person in a locked room.",
    ],
    [
        "Бұрынғы қызметкер мекемедегі тәртіп туралы хабарлаған.",
        "О порядках в учреждении сообщил бывший сотрудник.",
        "A former member of staff has told of how things are done there.",
    ],
];

const REMOVAL: [Said; 2] = [
    [
        "Баспана іздеуші адамды шығарып жіберуге дайындап жатыр; қауіп туралы айтқаны тыңдалмаған.",
        "Лицо, ищущее убежище, готовят к выдворению; доводы об опасности не выслушали.",
        "An asylum seeker is being prepared for removal; nobody listened to what the danger is.",
    ],
    [
        "Аудармашысыз қол қойғызған, кейін құжаттың мазмұнын түсінбеген.",
        "Бумаги дали на подпись без переводчика, их содержание осталось непонятным.",
        "Papers were signed without an interpreter and were not understood.",
    ],
];

const ASSEMBLY: [Said; 2] = [
    [
        "Бейбіт жиыннан ұстау кезінде болған, куәгерлер бар.",
        "Произошло при задержании на мирном собрании, есть свидетели.",
        "It happened when people were taken from a peaceful assembly; there are witnesses.",
    ],
    [
        "Жиыннан өтіп бара жатқан адамды автобусқа отырғызған.",
        "Прохожего вместе с участниками собрания посадили в автобус.",
        "A passer-by was put on the bus together with those who had assembled.",
    ],
];

const ENCOUNTER: [Said; 2] = [
    [
        "Бірнеше адам келіп, өздерін таныстырмаған.",
        "Подошли несколько человек и не представились.",
        "Several men came up and did not say who they were.",
    ],
    [
        "Құжат тексеру кезінде дау шыққан.",
        "Конфликт возник при проверке документов.",
        "It began with a check of papers.",
    ],
];

const TRAFFICKING: [Said; 2] = [
    [
        "Құжаттары тартып алынған; полицияға барғанда өзіне айып тағылған.",
        "Документы отобрали; после обращения в полицию обвинили саму пострадавшую.",
        "The papers were taken away; when she went to the police, she was charged herself.",
    ],
    [
        "Жұмыс уәде етілген жерден шығармаған, көмек сұраған хаты жауапсыз қалған.",
        "С места обещанной работы не отпускали, просьба о помощи осталась без ответа.",
        "She was kept where work had been promised, and a call for help went unanswered.",
    ],
];

const CLOSINGS: [Said; 5] = [
    [
        "Дәрігерге көрсетуді және тексеруді сұрайды.",
        "Просьба об осмотре врача и проверке.",
        "A doctor and an inquiry are asked for.",
    ],
    [
        "Туыстары алаңдап отыр, қорғауды сұрайды.",
        "Родные обеспокоены и просят защиты.",
        "The relatives are worried and ask for protection.",
    ],
    [
        "Бұрын ешкімге айтуға қорыққан.",
        "Раньше говорить об этом было страшно.",
        "Until now there was fear of speaking about it.",
    ],
    [
        "Дене жарақаттары суретке түсірілген, суреттер сақтаулы.",
        "Повреждения сфотографированы, снимки сохранены.",
        "The injuries were photographed, and the pictures are kept.",
    ],
    [
        "Бейнебақылау жазбаларын сақтауды сұрайды.",
        "Просьба сохранить записи видеонаблюдения.",
        "It is asked that the video recordings be kept.",
    ],
];

const AFTER_DEATH: [Said; 2] = [
    [
        "Адам қамауда қайтыс болды; отбасы себебін білгісі келеді.",
        "Человек скончался под стражей; семья хочет знать причину.",
        "The person died in custody; the family wants to know why.",
    ],
    [
        "Өлім туралы отбасына екі күннен кейін ғана айтылды, тәуелсіз сараптама сұралады.",
        "О смерти семье сообщили лишь через два дня, просят независимую экспертизу.",
        "The family was told of the death two days later and asks for an independent examination.",
    ],
];
