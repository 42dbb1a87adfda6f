//! The plots.

use aiqyn::i18n::Language;
use aiqyn::report::document::{Block, Document};
use aiqyn::report::plot::Plot;
use aiqyn::report::svg::svg;
use roxmltree::Document as Xml;

use crate::invented;

fn pictures(document: &Document) -> Vec<String> {
    let plots = document.blocks.iter().filter_map(|block| match block {
        Block::Plot(plot) => Some(plot),
        _ => None,
    });
    plots.map(|plot| picture(plot, document.language)).collect()
}

fn picture(plot: &Plot, language: Language) -> String {
    svg(plot, &invented::words(language), language).unwrap()
}

#[test]
fn every_picture_is_well_formed_and_says_what_it_shows() {
    for picture in pictures(&invented::report(Language::Kk)) {
        let parsed = Xml::parse(&picture).unwrap();
        let root = parsed.root_element();
        assert_eq!(root.attribute("role"), Some("img"));
        assert!(root.attribute("aria-label").is_some_and(|label| !label.is_empty()));
        let children: Vec<&str> =
            root.children().filter(|child| child.is_element()).map(|child| child.tag_name().name()).collect();
        assert_eq!(children[..2], ["title", "desc"]);
    }
}

#[test]
fn no_picture_needs_what_a_strict_policy_forbids() {
    for picture in pictures(&invented::report(Language::En)) {
        let parsed = Xml::parse(&picture).unwrap();
        for node in parsed.descendants() {
            assert!(!matches!(node.tag_name().name(), "style" | "script" | "image" | "foreignObject"));
            assert!(
                node.attributes().all(|attribute| attribute.name() != "style" && !attribute.name().starts_with("on"))
            );
        }
    }
}

#[test]
fn the_same_plot_gives_the_same_picture() {
    assert_eq!(pictures(&invented::report(Language::Ru)), pictures(&invented::report(Language::Ru)));
}

#[test]
fn a_plot_without_data_says_so() {
    let pictures = pictures(&invented::report(Language::En));
    assert!(pictures.last().unwrap().contains("No data"));
    assert!(!pictures[0].contains("No data"));
}

#[test]
fn withheld_numbers_at_risk_are_marked() {
    let last = &pictures(&invented::report(Language::En))[2];
    let parsed = Xml::parse(last).unwrap();
    assert!(parsed.descendants().any(|node| node.text().is_some_and(|text| text.trim() == "<5")));
}

#[test]
fn the_names_of_curves_stay_text() {
    let name = "Ішкі істер министрлігінің ішкі қауіпсіздік департаменті";
    assert!(pictures(&invented::report(Language::Kk))[0].contains(name));
}
