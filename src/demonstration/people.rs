//! The people of a case. Their surnames are made of words for "example", "pattern", "legend" and
//! the like, and no telephone number or address belongs to anybody.

use super::chronicle::{Chronicle, Language, Telling, When};
use super::setting::{Setting, Theme};
use crate::domain::complaint::{Part, Person};
use crate::domain::event::Happening;
use crate::domain::fact::Fact;
use crate::domain::sealed::PlainText;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gender {
    Woman,
    Man,
}

/// Names the people of a case, as far as they are known.
pub(super) fn introduce(chronicle: &mut Chronicle<'_>, setting: &Setting, filed: When) {
    if chronicle.chance.yes(72) {
        alleged_victim(chronicle, setting, filed);
    }
    let minor = matches!(setting.victim.1, "under_14" | "14_17");
    if setting.dead || minor || chronicle.chance.yes(35) {
        let gender = chronicle.chance.weigh(&[(70, Gender::Woman), (30, Gender::Man)]);
        somebody(chronicle, filed, Part::Complainant, gender);
    }
    if chronicle.chance.yes(18) {
        let gender = chronicle.chance.pick(&[Gender::Woman, Gender::Man]);
        somebody(chronicle, filed, Part::Witness, gender);
    }
    if chronicle.chance.yes(26) {
        let gender = chronicle.chance.pick(&[Gender::Woman, Gender::Man]);
        somebody(chronicle, filed, Part::Defender, gender);
    }
    if chronicle.chance.yes(48) {
        alleged_perpetrator(chronicle, setting, filed);
    }
}

fn alleged_victim(chronicle: &mut Chronicle<'_>, setting: &Setting, filed: When) {
    let (sex, age_band) = setting.victim;
    let gender = if sex == "female" { Gender::Woman } else { Gender::Man };
    let name = name(chronicle, gender);
    let contact = if setting.dead || chronicle.chance.yes(50) { None } else { contact(chronicle) };
    let person = Person {
        part: Part::AllegedVictim,
        sex: chronicle.exact(filed, sex),
        age_band: chronicle.exact(filed, age_band),
        agency: None,
        name,
        contact,
        rank_or_unit: None,
        remarks: None,
    };
    add(chronicle, person, filed);
}

fn somebody(chronicle: &mut Chronicle<'_>, filed: When, part: Part, gender: Gender) {
    let person = Person {
        part,
        sex: chronicle.exact(filed, if gender == Gender::Woman { "female" } else { "male" }),
        age_band: None,
        agency: None,
        name: name(chronicle, gender),
        contact: contact(chronicle),
        rank_or_unit: None,
        remarks: None,
    };
    add(chronicle, person, filed);
}

fn alleged_perpetrator(chronicle: &mut Chronicle<'_>, setting: &Setting, filed: When) {
    let known_by_name = chronicle.chance.yes(30);
    let person = Person {
        part: Part::AllegedPerpetrator,
        sex: None,
        age_band: None,
        agency: setting.agency.clone(),
        name: if known_by_name { name(chronicle, Gender::Man) } else { None },
        contact: None,
        rank_or_unit: rank_or_unit(chronicle, setting.scene.theme),
        remarks: None,
    };
    add(chronicle, person, filed);
}

fn add(chronicle: &mut Chronicle<'_>, person: Person<PlainText>, filed: When) {
    let telling = if chronicle.chance.yes(75) { Telling::AtOnce } else { Telling::InDueCourse };
    chronicle.add(Happening::Fact(Fact::Person(person)), filed, telling);
}

fn rank_or_unit(chronicle: &mut Chronicle<'_>, theme: Theme) -> Option<PlainText> {
    let chance = &mut chronicle.chance;
    let words = match theme {
        Theme::Police | Theme::Assembly | Theme::Encounter | Theme::Trafficking => {
            chance.pick(&["капитан", "старший лейтенант", "жедел уәкіл", "участковый инспектор", "сержант полиции"])
        }
        Theme::Remand | Theme::Prison => chance.pick(&["начальник смены", "бақылаушы", "режимный отдел", "прапорщик"]),
        Theme::Army => chance.pick(&["сержант", "рота командирі", "старослужащий"]),
        Theme::Care => chance.pick(&["тәрбиеші", "санитар", "дежурная медсестра"]),
        Theme::Removal => chance.pick(&["миграциялық қызмет", "пограничный наряд"]),
    };
    PlainText::new(words).ok()
}

/// A number or an address that nobody has: `example.org` is reserved by RFC 2606.
fn contact(chronicle: &mut Chronicle<'_>) -> Option<PlainText> {
    let number = chronicle.chance.between(0, 99);
    let words = match chronicle.chance.between(0, 9) {
        0..=5 => format!("+7 700 000 00 {number:02}"),
        6..=7 => format!("person{number:02}@example.org"),
        _ => return None,
    };
    PlainText::new(&words).ok()
}

/// A name in the writing of the case's language.
fn name(chronicle: &mut Chronicle<'_>, gender: Gender) -> Option<PlainText> {
    let chance = &mut chronicle.chance;
    let kazakh = chance.yes(72);
    let [men, women] = if kazakh { [&KAZAKH_MEN, &KAZAKH_WOMEN] } else { [&RUSSIAN_MEN, &RUSSIAN_WOMEN] };
    let (given, latin) = chance.pick(if gender == Gender::Woman { women } else { men });
    let (surname, latin_surname) = chance.pick(if kazakh { &KAZAKH_SURNAMES } else { &RUSSIAN_SURNAMES });
    let ending = if gender == Gender::Woman { "а" } else { "" };
    let latin_ending = if gender == Gender::Woman { "a" } else { "" };
    let name = match chronicle.language {
        Language::English => format!("{latin} {latin_surname}{latin_ending}"),
        Language::Kazakh | Language::Russian => format!("{surname}{ending} {given}"),
    };
    PlainText::new(&name).ok()
}

type Written = (&'static str, &'static str);

const KAZAKH_MEN: [Written; 12] = [
    ("Айдос", "Aidos"),
    ("Бекзат", "Bekzat"),
    ("Дәурен", "Dauren"),
    ("Ерлан", "Yerlan"),
    ("Жандос", "Zhandos"),
    ("Қайрат", "Kairat"),
    ("Мұрат", "Murat"),
    ("Нұрлан", "Nurlan"),
    ("Рүстем", "Rustem"),
    ("Санжар", "Sanzhar"),
    ("Талғат", "Talgat"),
    ("Шыңғыс", "Shyngys"),
];

const KAZAKH_WOMEN: [Written; 12] = [
    ("Айгүл", "Aigul"),
    ("Әсел", "Asel"),
    ("Ботагөз", "Botagoz"),
    ("Гүлнар", "Gulnar"),
    ("Динара", "Dinara"),
    ("Жанар", "Zhanar"),
    ("Қарлығаш", "Karlygash"),
    ("Мәдина", "Madina"),
    ("Назгүл", "Nazgul"),
    ("Раушан", "Raushan"),
    ("Сәуле", "Saule"),
    ("Шолпан", "Sholpan"),
];

const RUSSIAN_MEN: [Written; 12] = [
    ("Алексей", "Alexei"),
    ("Андрей", "Andrei"),
    ("Виктор", "Viktor"),
    ("Денис", "Denis"),
    ("Егор", "Yegor"),
    ("Иван", "Ivan"),
    ("Константин", "Konstantin"),
    ("Максим", "Maxim"),
    ("Олег", "Oleg"),
    ("Павел", "Pavel"),
    ("Сергей", "Sergei"),
    ("Юрий", "Yuri"),
];

const RUSSIAN_WOMEN: [Written; 12] = [
    ("Анна", "Anna"),
    ("Вера", "Vera"),
    ("Галина", "Galina"),
    ("Екатерина", "Yekaterina"),
    ("Елена", "Yelena"),
    ("Ирина", "Irina"),
    ("Людмила", "Lyudmila"),
    ("Мария", "Maria"),
    ("Наталья", "Natalya"),
    ("Ольга", "Olga"),
    ("Светлана", "Svetlana"),
    ("Татьяна", "Tatyana"),
];

const KAZAKH_SURNAMES: [Written; 8] = [
    ("Мысалов", "Mysalov"),
    ("Мысалбаев", "Mysalbayev"),
    ("Үлгібаев", "Ulgibayev"),
    ("Үлгіев", "Ulgiyev"),
    ("Қиялов", "Kiyalov"),
    ("Аңызбаев", "Anyzbayev"),
    ("Ертегиев", "Yertegiyev"),
    ("Болжамов", "Bolzhamov"),
];

const RUSSIAN_SURNAMES: [Written; 8] = [
    ("Примеров", "Primerov"),
    ("Образцов", "Obraztsov"),
    ("Условнов", "Uslovnov"),
    ("Вымыслов", "Vymyslov"),
    ("Этюдов", "Etyudov"),
    ("Набросков", "Nabroskov"),
    ("Легендов", "Legendov"),
    ("Шаблонов", "Shablonov"),
];
