//! An invented report in three languages, as long and as wide as a real one: nothing in it happened.

use aiqyn::i18n::Language;
use aiqyn::report::document::{Block, CurveWords, Document, KeyFigure, Words};
use aiqyn::report::plot::{AtRisk, Curve, CurvePoint, Plot, Start};
use aiqyn::report::table::{Cell, Column, Kind, Table};
use chrono::NaiveDate;

/// Says one thing in the language of the report.
struct Speaker(Language);

impl Speaker {
    fn say(&self, kazakh: &str, russian: &str, english: &str) -> String {
        match self.0 {
            Language::Kk => kazakh,
            Language::Ru => russian,
            Language::En => english,
        }
        .to_owned()
    }
}

/// The whole report: about twelve pages.
pub fn report(language: Language) -> Document {
    let say = Speaker(language);
    Document {
        language,
        title: say.say(
            "Азаптау туралы шағымдар: мерзімдер, шешімдер және кедергілер",
            "Жалобы на пытки: сроки, решения и препятствия",
            "Complaints of torture: delays, decisions and obstacles",
        ),
        subtitle: vec![say.say(
            "БҰҰ Азаптауға қарсы комитетіне берілетін баяндамаға қосымша",
            "Приложение к докладу для Комитета ООН против пыток",
            "Annex to a submission to the United Nations Committee against Torture",
        )],
        facts: facts(&say),
        day: NaiveDate::from_ymd_opt(2026, 11, 15).unwrap(),
        author: say.say("Ойдан шығарылған ұйым", "Вымышленная организация", "An invented organisation"),
        footer: say.say(
            "Мәліметтердің таңбасы 7f3a9c12e05b",
            "Отпечаток данных 7f3a9c12e05b",
            "Data fingerprint 7f3a9c12e05b",
        ),
        words: words(language),
        blocks: blocks(&say),
    }
}

/// The words of renderers.
pub fn words(language: Language) -> Words {
    let say = Speaker(language);
    Words {
        contents: say.say("Мазмұны", "Содержание", "Contents"),
        page: say.say("{pages} беттің {page}-беті", "Страница {page} из {pages}", "Page {page} of {pages}"),
        table: say.say("{n}-кесте", "Таблица {n}", "Table {n}"),
        figure: say.say("{n}-сурет", "Рисунок {n}", "Figure {n}"),
        definitions: say.say("Анықтамалар", "Определения", "Definitions"),
        definition_columns: [
            say.say("Кесте", "Таблица", "Table"),
            say.say("Баған", "Столбец", "Column"),
            say.say("Анықтама", "Определение", "Definition"),
            say.say("Бірлік", "Единица", "Unit"),
        ],
        withheld: "<5".to_owned(),
        withheld_meaning: say.say(
            "Бесеуден аз болғандықтан көрсетілмеген сан.",
            "Число меньше пяти не показано.",
            "A number below five is not shown.",
        ),
        no_data: say.say("Мәлімет жоқ", "Нет данных", "No data"),
        curve: CurveWords {
            name: say.say("Қисық", "Кривая", "Curve"),
            estimate: say.say("Бағалау", "Оценка", "Estimate"),
            low: say.say("Төменгі шек", "Нижняя граница", "Lower limit"),
            high: say.say("Жоғарғы шек", "Верхняя граница", "Upper limit"),
        },
    }
}

fn facts(say: &Speaker) -> Vec<(String, String)> {
    vec![
        (
            say.say("Кезең", "Период", "Period"),
            say.say(
                "2021 ж. 1 қаңтар – 2026 ж. 30 маусым",
                "1 января 2021 г. – 30 июня 2026 г.",
                "1 January 2021 to 30 June 2026",
            ),
        ),
        (
            say.say("Қай күнгі мәлімет бойынша", "По сведениям на", "As known on"),
            say.say("2026 ж. 15 қараша", "15 ноября 2026 г.", "15 November 2026"),
        ),
        (say.say("Істер", "Дела", "Cases"), say.0.count(12_480)),
        (
            say.say("Ең аз көрсетілетін сан", "Наименьшее показываемое число", "Smallest number shown"),
            say.say("5; одан азы жасырылған", "5; меньшие скрыты", "5; smaller ones are withheld"),
        ),
        (say.say("Таңбасы", "Отпечаток", "Fingerprint"), "7f3a9c12e05b44d1a6e0c1b2f9d87e33".to_owned()),
    ]
}

fn blocks(say: &Speaker) -> Vec<Block> {
    let mut blocks = vec![
        heading(1, say.say("Негізгі сандар", "Главные цифры", "Key figures")),
        paragraph(say),
        key_figures(say),
        Block::Note(say.say(
            "Жақшада – 95 % сенім аралығы.",
            "В скобках – 95-процентный доверительный интервал.",
            "95 % confidence intervals in brackets.",
        )),
        Block::Bullets(vec![
            say.say(
                "Шағымдардың жартысына жүз жиырма күнге дейін ешқандай орган жауап бермеген.",
                "На половину жалоб ни один орган не ответил в течение ста двадцати дней.",
                "Half of the complaints had no answer from any authority within one hundred and twenty days.",
            ),
            say.say(
                "Бас бостандығынан айырылғандардың қорғаушыға қолы алғашқы тәулікте жеткені сирек.",
                "Лишённые свободы редко получали доступ к защитнику в первые сутки.",
                "People deprived of their liberty rarely saw a lawyer within the first day.",
            ),
        ]),
        heading(1, say.say("Мерзімдер", "Сроки", "Delays")),
        heading(
            2,
            say.say("Шағымнан алғашқы жауапқа дейін", "От жалобы до первого ответа", "From filing to the first answer"),
        ),
        paragraph(say),
        Block::Plot(survival(say)),
        Block::Plot(one_curve(say)),
        heading(2, say.say("Аймақтар бойынша", "По регионам", "By region")),
        Block::Table(wide_table(say)),
        heading(1, say.say("Шешімдер", "Исходы", "Endings")),
        paragraph(say),
        Block::Plot(incidence(say)),
        Block::Table(long_table(say)),
        heading(1, say.say("Шұғыл сапарлар", "Срочные посещения", "Urgent visits")),
        paragraph(say),
        Block::Table(refusals(say)),
        Block::Plot(empty_plot(say)),
        Block::Table(Table { id: "nothing".to_owned(), rows: Vec::new(), note: None, ..refusals(say) }),
        heading(1, say.say("Анықтамалар", "Определения", "Definitions")),
    ];
    blocks.push(Block::Definitions(definitions(say)));
    blocks
}

fn heading(level: u8, text: String) -> Block {
    Block::Heading { level, text }
}

fn paragraph(say: &Speaker) -> Block {
    Block::Paragraph(say.say(
        "Мерзім шағым туралы кез келген орган немесе ұйым алғаш білген сәттен басталады: Конвенция ресми өтінішті талап \
         етпейді. Аяқталмаған істер есептен шығарылмаған, олар әлі күтіп тұрған іс ретінде ескерілген; тек жабылған \
         істердің орташа мәні билік орындарына жағымды болып көрінер еді.",
        "Срок начинается с того момента, когда о жалобе впервые узнал любой орган или организация: Конвенция не требует \
         официального обращения. Незавершённые дела не исключены, а учтены как ожидающие; среднее только по закрытым \
         делам представило бы власти в лучшем свете.",
        "The clock starts when any authority or organisation first learnt of the allegation: the Convention asks for no \
         formal complaint. Open cases are not left out but counted as still waiting; an average over closed cases alone \
         would flatter the authorities.",
    ))
}

fn key_figures(say: &Speaker) -> Block {
    let figure = |value, label, detail: &str| KeyFigure { value, label, detail: detail.to_owned() };
    Block::KeyFigures(vec![
        figure(Cell::Count(12_480), say.say("тіркелген шағым", "жалоб учтено", "complaints recorded"), "2021–2026"),
        figure(
            Cell::Share(0.0187),
            say.say("сотқа жеткені", "дошли до суда", "were prosecuted"),
            &format!("233 / 12 480 ({}–{})", say.0.share(0.0165, 1), say.0.share(0.0212, 1)),
        ),
        figure(
            Cell::Number { value: 118.0, decimals: 0 },
            say.say(
                "күн: алғашқы жауаптың медианасы",
                "дней: медиана до первого ответа",
                "days: median to the first answer",
            ),
            "(112–125)",
        ),
        figure(
            Cell::Share(0.412),
            say.say("шұғыл сапардан бас тартылғаны", "срочных посещений отклонено", "of urgent visits refused"),
            &format!("318 / 772 ({}–{})", say.0.share(0.378, 1), say.0.share(0.447, 1)),
        ),
    ])
}

/// An invented curve that falls with this mean, in days.
fn falling(name: String, mean: f64, size: u32) -> Curve {
    let steps = (1..=120_u32).map(|number| {
        let time = f64::from(number) * 6.0 + f64::from(number % 5);
        let estimate = (-time / mean).exp();
        let spread = 1.9 * (estimate * (1.0 - estimate) / f64::from(size)).sqrt() * (1.0 + time / 700.0);
        CurvePoint { time, estimate, low: Some((estimate - spread).max(0.0)), high: Some((estimate + spread).min(1.0)) }
    });
    Curve { name, steps: steps.collect(), last_time: 730.0 }
}

/// The same, rising to a share of all.
fn rising(name: String, mean: f64, share: f64) -> Curve {
    let mut curve = falling(name, mean, 400);
    for step in &mut curve.steps {
        let (low, high) = (step.low.unwrap(), step.high.unwrap());
        step.estimate = (1.0 - step.estimate) * share;
        step.low = Some((1.0 - high) * share);
        step.high = Some((1.0 - low) * share);
    }
    curve
}

fn four_names(say: &Speaker) -> [String; 4] {
    [
        say.say(
            "Ішкі істер министрлігінің ішкі қауіпсіздік департаменті",
            "Департамент внутренней безопасности Министерства внутренних дел",
            "Internal Security Department of the Ministry of the Interior",
        ),
        say.say("Прокуратура органдары", "Органы прокуратуры", "Public prosecutors"),
        say.say(
            "Сыбайлас жемқорлыққа қарсы іс-қимыл агенттігі",
            "Агентство по противодействию коррупции",
            "Anti-Corruption Agency",
        ),
        say.say("Адам құқықтары жөніндегі уәкіл", "Уполномоченный по правам человека", "Ombudsman"),
    ]
}

fn survival(say: &Speaker) -> Plot {
    let names = four_names(say);
    let means = [310.0, 150.0, 205.0, 60.0];
    let curves = names.iter().zip(means).map(|(name, mean)| falling(name.clone(), mean, 260)).collect();
    let times: Vec<f64> = (0..=8).map(|number| f64::from(number) * 90.0).collect();
    let rows = names.iter().zip([4210_u64, 2650, 1240, 96]).map(|(name, start)| {
        let at =
            (0..=8_u64).map(|place| start * (9 - place) / 9 / (1 + place)).map(|n| (n >= 5).then_some(n)).collect();
        (name.clone(), at)
    });
    let at_risk = AtRisk {
        title: say.say("Жауап күтіп отырғандар саны", "Число ожидающих ответа", "Number still waiting"),
        times,
        rows: rows.collect(),
    };
    Plot {
        id: "filing_to_first_answer_by_body".to_owned(),
        title: say.say(
            "Шағымнан алғашқы жауапқа дейінгі уақыт, шағымды алған орган бойынша",
            "Время от жалобы до первого ответа, по органу, получившему жалобу",
            "Time from filing to the first answer, by the body that received the complaint",
        ),
        note: Some(say.say(
            "Каплан–Мейер бағалауы; боялған алап – 95 % сенім аралығы (log-log).",
            "Оценка Каплана–Мейера; закрашено – 95-процентный доверительный интервал (log-log).",
            "Kaplan–Meier estimate; the shaded area is the 95 % confidence interval (log-log).",
        )),
        x_title: say.say("Шағым берілгеннен кейінгі күндер", "Дней после подачи жалобы", "Days since filing"),
        y_title: say.say("Әлі жауап алмағандар", "Ещё без ответа", "Still without an answer"),
        start: Start::One,
        curves,
        at_risk: Some(at_risk),
        alternative_text: say.say(
            "Төрт төмендейтін қисық: ең баяуы – ішкі қауіпсіздік департаменті.",
            "Четыре убывающие кривые; медленнее всех – департамент внутренней безопасности.",
            "Four falling curves; the slowest is the Internal Security Department.",
        ),
    }
}

fn one_curve(say: &Speaker) -> Plot {
    let name = say.say("Барлық шағымдар", "Все жалобы", "All complaints");
    let mut plot = survival(say);
    plot.id = "filing_to_first_answer".to_owned();
    plot.title = say.say(
        "Шағымнан алғашқы жауапқа дейінгі уақыт",
        "Время от жалобы до первого ответа",
        "Time from filing to the first answer",
    );
    plot.curves = vec![falling(name, 170.0, 90)];
    if let Some(at_risk) = &mut plot.at_risk {
        at_risk.rows.truncate(1);
        at_risk.rows[0].0 = say.say("Барлық шағымдар", "Все жалобы", "All complaints");
    }
    plot
}

fn incidence(say: &Speaker) -> Plot {
    Plot {
        id: "endings".to_owned(),
        title: say.say("Істердің аяқталуы", "Чем кончаются дела", "How cases end"),
        note: Some(say.say("Аален–Йохансен бағалауы.", "Оценка Аалена–Йохансена.", "Aalen–Johansen estimate.")),
        x_title: say.say("Шағым берілгеннен кейінгі күндер", "Дней после подачи жалобы", "Days since filing"),
        y_title: say.say("Істердің үлесі", "Доля дел", "Share of cases"),
        start: Start::Zero,
        curves: vec![
            rising(say.say("Тоқтатылған", "Прекращено", "Dismissed"), 160.0, 0.86),
            rising(say.say("Сотқа жолданған", "Передано в суд", "Prosecuted"), 300.0, 0.021),
            rising(say.say("Қайтарып алынған", "Отозвано", "Withdrawn"), 200.0, 0.07),
        ],
        at_risk: Some(AtRisk {
            title: say.say("Шешім күтіп отырғандар саны", "Число ожидающих решения", "Number still undecided"),
            times: vec![0.0, 180.0, 365.0, 545.0, 730.0],
            rows: vec![(
                say.say("Барлық істер", "Все дела", "All cases"),
                vec![Some(12_480), Some(5120), Some(1980), Some(402), None],
            )],
        }),
        alternative_text: say.say("Үш өсетін қисық.", "Три возрастающие кривые.", "Three rising curves."),
    }
}

fn empty_plot(say: &Speaker) -> Plot {
    Plot { id: "no_visits".to_owned(), curves: Vec::new(), at_risk: None, note: None, ..survival(say) }
}

fn column(id: &str, title: String, kind: Kind, unit: Option<String>) -> Column {
    Column { id: id.to_owned(), definition: title.clone(), title, unit, kind }
}

fn regions(say: &Speaker) -> Vec<String> {
    let kazakh = "Ақмола|Ақтөбе|Алматы облысы|Атырау|Батыс Қазақстан|Жамбыл|Жетісу|Қарағанды|Қостанай|Қызылорда|Маңғыстау|\
                  Павлодар|Солтүстік Қазақстан|Түркістан|Ұлытау|Шығыс Қазақстан|Абай|Астана|Алматы қаласы|Шымкент";
    let russian = "Акмолинская|Актюбинская|Алматинская|Атырауская|Западно-Казахстанская|Жамбылская|Жетысу|Карагандинская|\
                   Костанайская|Кызылординская|Мангистауская|Павлодарская|Северо-Казахстанская|Туркестанская|Улытау|\
                   Восточно-Казахстанская|Абай|Астана|город Алматы|Шымкент";
    let english = "Akmola|Aktobe|Almaty Region|Atyrau|West Kazakhstan|Zhambyl|Zhetisu|Karaganda|Kostanay|Kyzylorda|Mangystau|\
                   Pavlodar|North Kazakhstan|Turkistan|Ulytau|East Kazakhstan|Abai|Astana|City of Almaty|Shymkent";
    say.say(kazakh, russian, english).split('|').map(str::to_owned).collect()
}

fn wide_table(say: &Speaker) -> Table {
    let days = Some(say.say("күн", "дн.", "days"));
    let columns = vec![
        column("region", say.say("Аймақ", "Регион", "Region"), Kind::Text, None),
        column("cases", say.say("Істер", "Дела", "Cases"), Kind::Count, None),
        column("ended", say.say("Жауап алынған", "Получен ответ", "Answered"), Kind::Count, None),
        column("open", say.say("Әлі күтуде", "Ещё ждут", "Still open"), Kind::Count, None),
        column("median", say.say("Медиана", "Медиана", "Median"), Kind::Number, days.clone()),
        column("median_low", say.say("Төменгі шек", "Нижняя граница", "Lower limit"), Kind::Number, days.clone()),
        column("median_high", say.say("Жоғарғы шек", "Верхняя граница", "Upper limit"), Kind::Number, days.clone()),
        column(
            "within_deadline",
            say.say(
                "Мерзімінде қанағаттандырылғандары",
                "Удовлетворено в установленный срок",
                "Answered within the deadline",
            ),
            Kind::Share,
            None,
        ),
        column(
            "longest_open",
            say.say("Ең ұзақ күту", "Самое долгое ожидание", "Longest wait still open"),
            Kind::Number,
            days,
        ),
    ];
    let rows = regions(say).into_iter().zip(1_u32..).map(|(region, number)| {
        let median = 60.0 + f64::from(number * 37 % 110);
        let cases = u64::from(number * 977 % 1800 + 6);
        let ended = if number % 6 == 0 { Cell::Withheld } else { Cell::Count(cases * 4 / 5) };
        let open = if number % 6 == 0 { Cell::Withheld } else { Cell::Count(cases / 5) };
        let upper = if number % 9 == 0 { Cell::Text("–".to_owned()) } else { days_of(median * 1.2) };
        vec![
            Cell::Text(region),
            Cell::Count(cases),
            ended,
            open,
            days_of(median),
            days_of(median * 0.85),
            upper,
            Cell::Share(f64::from(number * 13 % 60) / 100.0),
            Cell::Number { value: f64::from(number * 331 % 2100), decimals: 0 },
        ]
    });
    Table {
        id: "first_answer_by_region".to_owned(),
        title: say.say(
            "Шағымнан алғашқы жауапқа дейінгі уақыт, аймақтар бойынша",
            "Время от жалобы до первого ответа, по регионам",
            "Time from filing to the first answer, by region",
        ),
        note: Some(say.say(
            "<5: көрсетілмеген сан. –: жоғарғы шекке жеткен жоқ.",
            "<5: число не показано. –: верхняя граница не достигнута.",
            "<5: a number that is not shown. –: the upper limit was not reached.",
        )),
        columns,
        rows: rows.collect(),
    }
}

fn days_of(value: f64) -> Cell {
    Cell::Number { value, decimals: 1 }
}

fn long_table(say: &Speaker) -> Table {
    let columns = vec![
        column("month", say.say("Айдың басы", "Начало месяца", "Month from"), Kind::Date, None),
        column("body", say.say("Орган", "Орган", "Body"), Kind::Text, None),
        column("filed", say.say("Берілген", "Подано", "Filed"), Kind::Count, None),
        column("dismissed", say.say("Тоқтатылған", "Прекращено", "Dismissed"), Kind::Count, None),
        column("prosecuted", say.say("Сотқа жолданған", "Передано в суд", "Prosecuted"), Kind::Count, None),
        column(
            "share",
            say.say("Сотқа жолданғандар үлесі", "Доля переданных в суд", "Share prosecuted"),
            Kind::Share,
            None,
        ),
    ];
    let names = four_names(say);
    let rows = (0..66_u32).map(|number| {
        let day = NaiveDate::from_ymd_opt(2021 + i32::try_from(number / 12).unwrap(), number % 12 + 1, 1).unwrap();
        let filed = u64::from(number * 53 % 190 + 40);
        vec![
            Cell::Date(day),
            Cell::Text(names[number as usize % 4].clone()),
            Cell::Count(filed),
            Cell::Count(filed * 8 / 10),
            if filed > 180 { Cell::Count(filed / 30) } else { Cell::Withheld },
            if filed > 180 { Cell::Share(0.0301) } else { Cell::Withheld },
        ]
    });
    Table {
        id: "endings_by_month".to_owned(),
        title: say.say("Айлар бойынша шешімдер", "Исходы по месяцам", "Endings by month"),
        note: None,
        columns,
        rows: rows.collect(),
    }
}

fn refusals(say: &Speaker) -> Table {
    let grounds = [
        say.say("Жазбаша дәлел жоқ", "Нет письменных доказательств", "No written evidence"),
        say.say("Жәбірленуші қол қоймаған", "Не подписано пострадавшим", "Not signed by the alleged victim"),
        say.say("Тек күдік қана", "Одно лишь подозрение", "A mere suspicion"),
        say.say("Мандаттан тыс", "Вне мандата", "Outside the mandate"),
    ];
    let rows = grounds.into_iter().zip([141_u64, 96, 58, 23]).map(|(ground, count)| {
        let share = f64::from(u32::try_from(count).unwrap()) / 318.0;
        vec![Cell::Text(ground), Cell::Count(count), Cell::Share(share)]
    });
    Table {
        id: "refusals_by_ground".to_owned(),
        title: say.say(
            "Шұғыл сапардан бас тартудың негіздері",
            "Основания отказов в срочных посещениях",
            "Refusals of urgent visits, by ground",
        ),
        note: None,
        columns: vec![
            column("ground", say.say("Негіз", "Основание", "Ground"), Kind::Text, None),
            column("refusals", say.say("Бас тартулар", "Отказы", "Refusals"), Kind::Count, None),
            column("share", say.say("Үлесі", "Доля", "Share"), Kind::Share, None),
        ],
        rows: rows.collect(),
    }
}

fn definitions(say: &Speaker) -> Vec<(String, String)> {
    let terms = [
        say.say("Медиана", "Медиана", "Median"),
        say.say("Мерзімінде жауап берілгендер", "С ответом в срок", "Answered within the deadline"),
        say.say("Ең ұзақ күту", "Самое долгое ожидание", "Longest wait still open"),
        say.say("Жасырылған сан", "Скрытое число", "Withheld number"),
    ];
    let meaning = say.say(
        "Каплан–Мейер қисығы алғаш рет жартыға дейін не одан төмен түсетін уақыт; аяқталмаған істер әлі күтуде деп \
         есептеледі. Сенім аралығы log-log түрлендіруімен алынған.",
        "Время, когда кривая Каплана–Мейера впервые опускается до половины или ниже; незавершённые дела считаются \
         ожидающими. Доверительный интервал получен преобразованием log-log.",
        "The time at which the Kaplan–Meier curve first falls to one half or below; open cases count as still waiting. \
         The confidence interval is obtained by the log-log transformation.",
    );
    terms.into_iter().map(|term| (term, meaning.clone())).collect()
}
