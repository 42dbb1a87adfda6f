//! How a page is looked at: in light or in the dark, on a wide screen or on a telephone.

use serde_json::json;

use super::browser::Browser;

/// Which colours somebody prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    Light,
    Dark,
}

impl Theme {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// The width of an office's screen, of that screen at 200 %, and of a telephone, in CSS pixels.
pub const SCREEN: u32 = 1280;
pub const SCREEN_AT_200_PERCENT: u32 = SCREEN / 2;
pub const TELEPHONE: u32 = 360;

impl Browser {
    /// Looks at pages in these colours from now on.
    pub fn prefers(&self, theme: Theme) -> &Self {
        let feature = json!({"name": "prefers-color-scheme", "value": theme.as_str()});
        self.commands("Emulation.setEmulatedMedia", &json!({"features": [feature]}));
        self
    }

    /// Looks at pages on a screen of this width from now on.
    pub fn is_wide(&self, width: u32) -> &Self {
        self.has_size(width, 800)
    }

    pub fn has_size(&self, width: u32, height: u32) -> &Self {
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.commands("Emulation.setDeviceMetricsOverride", &size);
        self
    }

    /// Holds the page to fitting into the width, so that nobody scrolls sideways (WCAG 2.2, 1.4.10).
    #[track_caller]
    pub fn fits(&self) -> &Self {
        let sizes = self.evaluates(
            "const page = document.scrollingElement;
             const wide = [...document.querySelectorAll('body *')].filter(element => {
                 const box = element.getBoundingClientRect();
                 return box.width > 0 && box.right > page.clientWidth + 1 && !element.closest('.scroll *, .skip');
             });
             return [page.scrollWidth, page.clientWidth, wide.slice(0, 5).map(e => e.outerHTML.slice(0, 200))];",
        );
        let (needs, has) = (sizes[0].as_u64(), sizes[1].as_u64());
        assert!(needs <= has, "{} needs {needs:?} of {has:?} pixels: {}", self.place(), sizes[2]);
        self
    }

    /// All of the page as a picture (PNG, in base64).
    pub fn picture(&self) -> String {
        let whole = json!({"format": "png", "captureBeyondViewport": true, "optimizeForSpeed": true});
        self.commands("Page.captureScreenshot", &whole)["data"].as_str().unwrap().to_owned()
    }
}
