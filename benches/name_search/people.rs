//! Invented persons: given names and surnames that are put together as Kazakh names are, and drawn with
//! frequencies that fall as those of real ones do (Zipf and Mandelbrot). The parts are real.

use std::collections::HashMap;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Each part begins a name…
const BEGINNINGS: &[&str] = &[
    "Нұр",
    "Ай",
    "Ер",
    "Бек",
    "Жан",
    "Сер",
    "Қай",
    "Дәу",
    "Мұх",
    "Ас",
    "Тал",
    "Бол",
    "Құдай",
    "Тоқ",
    "Есен",
    "Жұма",
    "Сәт",
    "Рах",
    "Әбді",
    "Алтын",
    "Қуан",
    "Сұлтан",
    "Мырза",
    "Бай",
    "Өмір",
    "Тұр",
    "Досм",
    "Ораз",
    "Наурыз",
    "Кенже",
    "Самат",
    "Шах",
    "Гүл",
    "Қара",
    "Ақ",
    "Сары",
    "Темір",
    "Арыс",
    "Жол",
    "Төле",
];

/// … and each ends one.
const ENDINGS: &[&str] = &[
    "лан",
    "ік",
    "рат",
    "бек",
    "жан",
    "хан",
    "ғат",
    "мұрат",
    "тай",
    "ған",
    "сын",
    "әлі",
    "мет",
    "бай",
    "дос",
    "ман",
    "ғали",
    "құл",
    "нияз",
    "дәулет",
    "нар",
    "зат",
    "қара",
    "болат",
    "берген",
    "зада",
    "ғазы",
    "тас",
    "шат",
    "ел",
];

/// The names of 100,000 people.
pub struct People {
    names: Vec<String>,
    most: (String, usize, String, usize),
}

impl People {
    /// So many, the same in every run.
    pub fn invented(count: usize) -> Self {
        let mut chance = ChaCha8Rng::seed_from_u64(7);
        let together = |first: &[&str]| -> Vec<String> {
            let all = ENDINGS.iter().flat_map(|end| BEGINNINGS.iter().map(move |begin| format!("{begin}{end}")));
            first.iter().map(|name| (*name).to_owned()).chain(all).collect()
        };
        let given = together(&["Нұрлан", "Айгүл", "Қайрат", "Серік", "Гүлнар", "Марат", "Александр", "Айнұр"]);
        let given = Drawn::new(given.into_iter().take(560).collect(), 10.0, 0.9);
        let roots = together(&["Ахмет", "Омар", "Серік", "Оспан", "Ибраим", "Иван", "Қасым", "Сүлеймен"]);
        let roots = Drawn::new(roots, 20.0, 0.8);
        let (mut names, mut of_given, mut of_root) = (Vec::with_capacity(count), HashMap::new(), HashMap::new());
        for _ in 0..count {
            let (first, root) = (given.one(&mut chance), roots.one(&mut chance));
            let vowel = if root.ends_with(['е', 'и', 'і', 'й']) { "ев" } else { "ов" };
            let father = given.one(&mut chance);
            *of_given.entry(first).or_insert(0) += 1;
            *of_root.entry(root).or_insert(0) += 1;
            names.push(match chance.random_range(0..10) {
                0..4 => format!("{first} {root}{vowel}"),
                4..8 => format!("{first} {root}{vowel}а"),
                _ => format!("{first} {father}ұлы {root}{vowel}"),
            });
        }
        let top = |counts: HashMap<&str, usize>| {
            counts.into_iter().max_by_key(|(_, count)| *count).map_or_else(Default::default, |(n, c)| (n.to_owned(), c))
        };
        let ((given, of_given), (root, of_root)) = (top(of_given), top(of_root));
        Self { names, most: (given, of_given, root, of_root) }
    }

    /// The names.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// A name of which there is but one, in every word.
    pub fn rarest(&self) -> String {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for word in self.names.iter().flat_map(|name| name.split(' ')) {
            *counts.entry(word).or_default() += 1;
        }
        let rarity = |name: &&String| name.split(' ').map(|word| counts[word]).max();
        self.names.iter().min_by_key(rarity).cloned().unwrap_or_default()
    }

    /// How frequent the most frequent are.
    pub fn frequencies(&self) -> String {
        let (given, of_given, root, of_root) = &self.most;
        format!("the most frequent: {given} {of_given} times, {root}ов and {root}ова {of_root} times")
    }
}

/// Names, the frequent ones first, and the sums of their weights.
struct Drawn {
    names: Vec<String>,
    sums: Vec<f64>,
}

impl Drawn {
    /// The n-th is as frequent as `1 / (n + shift) ^ power`.
    #[expect(clippy::cast_precision_loss, reason = "few")]
    fn new(names: Vec<String>, shift: f64, power: f64) -> Self {
        let mut sum = 0.0;
        let mut weighed = |at: usize| {
            sum += (at as f64 + 1.0 + shift).powf(-power);
            sum
        };
        let sums = (0..names.len()).map(&mut weighed).collect();
        Self { names, sums }
    }

    fn one(&self, chance: &mut ChaCha8Rng) -> &str {
        let drawn = chance.random::<f64>() * self.sums.last().copied().unwrap_or_default();
        let at = self.sums.partition_point(|sum| *sum <= drawn);
        self.names.get(at).map_or("", String::as_str)
    }
}
