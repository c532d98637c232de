//! The colours of a realm's pages in one scheme, light or dark: those that are shipped, and those that follow from the
//! few that an operator chooses.

use std::fmt::Write as _;

use super::colour::Colour;

/// What text needs, and what edges and large shapes need (WCAG 2.2 AA, 1.4.3 and 1.4.11).
pub const TEXT: f64 = 4.5;
pub const SHAPE: f64 = 3.0;

/// A colour for each purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Palette {
    /// The page.
    pub ground: Colour,
    /// What forms and lists lie on.
    pub card: Colour,
    pub text: Colour,
    /// Text that matters less.
    pub muted: Colour,
    /// Lines that only part.
    pub line: Colour,
    /// The edges of inputs and buttons.
    pub edge: Colour,
    /// The button to press.
    pub accent: Colour,
    pub accent_hover: Colour,
    pub on_accent: Colour,
    pub link: Colour,
    pub focus: Colour,
    /// The header; `None` when it has the ground's colour.
    pub bar: Option<Colour>,
    pub on_bar: Colour,
    /// A touch of the accent.
    pub tint: Colour,
    /// What went wrong.
    pub bad: Colour,
    pub bad_ground: Colour,
    /// The button that takes something away.
    pub bad_strong: Colour,
    pub bad_strong_hover: Colour,
    pub on_bad: Colour,
}

/// What an operator chooses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Chosen {
    pub accent: Option<Colour>,
    pub link: Option<Colour>,
    pub background: Option<Colour>,
    pub surface: Option<Colour>,
    pub text: Option<Colour>,
    pub header: Option<Colour>,
}

impl Palette {
    /// The shipped colours, light then dark.
    pub const fn shipped(staff: bool) -> [Self; 2] {
        if staff { [STAFF_LIGHT, STAFF_DARK] } else { [CUSTOMER_LIGHT, CUSTOMER_DARK] }
    }

    /// These colours with what was chosen, and with what follows from it.
    #[must_use]
    pub fn with(&self, chosen: &Chosen) -> Self {
        let mut new = self.clone();
        new.ground = chosen.background.unwrap_or(self.ground);
        new.card = chosen.surface.unwrap_or(self.card);
        new.text = chosen.text.unwrap_or(self.text);
        if let Some(accent) = chosen.accent {
            new.follow_accent(accent);
        }
        new.link = chosen.link.unwrap_or(new.link);
        if chosen.background.or(chosen.surface).or(chosen.text).is_some() {
            new.follow_grounds(self);
        }
        if new.card != self.card
            || new.accent != self.accent
            || new.text != self.text
            || new.link != self.link
        {
            new.tint = faintest(new.card, new.accent, 0.1, &[new.text, new.link]);
        }
        new.bar = chosen.header.or(self.bar);
        new.on_bar = new.bar.map_or(new.text, Colour::readable_on_it);
        new
    }

    /// An accent for this palette, made of the one for the other scheme: as much lighter or darker as it has to be.
    pub fn accent_like(&self, other: Colour) -> Colour {
        let grounds = [self.card, self.ground, self.tint];
        if self.card.readable_on_it() == Colour::BLACK {
            return strongest(other, self.text, 0.0, TEXT, &grounds);
        }
        let mut brighter = (0..=50_u8).map(|step| other.brightened(f64::from(step) / 50.0));
        let readable = |colour: &Colour| grounds.iter().all(|ground| colour.contrast(*ground) >= TEXT);
        brighter.find(readable).unwrap_or(self.text)
    }

    fn follow_accent(&mut self, accent: Colour) {
        self.accent = accent;
        // the label is white, or a dark shade; under the pointer the button goes away from it, so that it stays readable
        (self.on_accent, self.accent_hover) = match accent.readable_on_it() {
            Colour::WHITE => (Colour::WHITE, accent.mixed(Colour::BLACK, 0.18)),
            dark => {
                let shade = strongest(accent.mixed(dark, 0.85), dark, 0.0, TEXT, &[accent]);
                (shade, accent.mixed(Colour::WHITE, 0.22))
            }
        };
        self.link = accent;
        self.focus = accent;
    }

    fn follow_grounds(&mut self, shipped: &Self) {
        let grounds = [self.card, self.ground];
        self.muted = strongest(self.card.mixed(self.text, 0.65), self.text, 0.0, TEXT, &grounds);
        self.line = self.card.mixed(self.text, 0.14);
        self.edge = strongest(self.card, self.text, 0.4, SHAPE, &grounds);
        self.bad = strongest(shipped.bad, self.text, 0.0, TEXT, &grounds);
        self.bad_ground = faintest(self.card, self.bad, 0.08, &[self.bad]);
        let strong = strongest(shipped.bad_strong, self.text, 0.0, SHAPE, &grounds);
        if strong != shipped.bad_strong {
            self.bad_strong = strong;
            self.on_bad = strong.readable_on_it();
            let away = if self.on_bad == Colour::WHITE { Colour::BLACK } else { Colour::WHITE };
            self.bad_strong_hover = strong.mixed(away, 0.18);
        }
    }

    /// Custom properties of CSS.
    pub fn css(&self) -> String {
        let bar = self.bar.map_or_else(|| "transparent".to_owned(), |bar| bar.to_string());
        let mut css = String::new();
        for (name, colour) in self.named() {
            let _ = write!(css, "--{name}:{colour};");
        }
        // a header without a colour is part of the page
        let space = if self.bar.is_some() { "1.125rem 1.25rem" } else { "2rem 1.25rem .5rem" };
        // the castle in the header stands out from it
        let (mark, door) = self.bar.map_or((self.accent, self.ground), |bar| (self.on_bar, bar));
        let _ = write!(css, "--bar:{bar};--bar-space:{space};--mark:{mark};--door:{door}");
        css
    }

    fn named(&self) -> [(&'static str, Colour); 18] {
        [
            ("ground", self.ground),
            ("card", self.card),
            ("text", self.text),
            ("muted", self.muted),
            ("line", self.line),
            ("edge", self.edge),
            ("accent", self.accent),
            ("accent-hover", self.accent_hover),
            ("on-accent", self.on_accent),
            ("link", self.link),
            ("focus", self.focus),
            ("on-bar", self.on_bar),
            ("tint", self.tint),
            ("bad", self.bad),
            ("bad-ground", self.bad_ground),
            ("bad-strong", self.bad_strong),
            ("bad-strong-hover", self.bad_strong_hover),
            ("on-bad", self.on_bad),
        ]
    }
}

/// `colour` with so little of `towards` in it that it stands out from all of `grounds`, from `least` on.
pub(super) fn strongest(
    colour: Colour,
    towards: Colour,
    least: f64,
    ratio: f64,
    grounds: &[Colour],
) -> Colour {
    let shares = (0..=50_u8).map(|step| f64::from(step) / 50.0).filter(|share| *share >= least);
    let mut mixed = shares.map(|share| colour.mixed(towards, share));
    let enough = |colour: &Colour| grounds.iter().all(|ground| colour.contrast(*ground) >= ratio);
    mixed.find(enough).unwrap_or(towards)
}

/// `ground` with as much of `of` in it, up to `most`, as lets everything in `texts` be read on it.
fn faintest(ground: Colour, of: Colour, most: f64, texts: &[Colour]) -> Colour {
    let mixed = (0..=10_u8).rev().map(|step| ground.mixed(of, most * f64::from(step) / 10.0));
    let readable = |ground: &Colour| texts.iter().all(|text| text.contrast(*ground) >= TEXT);
    mixed.into_iter().find(readable).unwrap_or(ground)
}

const CUSTOMER_LIGHT: Palette = Palette {
    ground: Colour::hex(0xfa_f6f0),
    card: Colour::WHITE,
    text: Colour::hex(0x1f_2a29),
    muted: Colour::hex(0x55_625f),
    line: Colour::hex(0xe6_ddd1),
    edge: Colour::hex(0x7d_8a87),
    accent: Colour::hex(0x0f_766e),
    accent_hover: Colour::hex(0x11_5e57),
    on_accent: Colour::WHITE,
    link: Colour::hex(0x0b_655e),
    focus: Colour::hex(0x0f_766e),
    bar: None,
    on_bar: Colour::hex(0x1f_2a29),
    tint: Colour::hex(0xee_f7f5),
    bad: Colour::hex(0xa4_262c),
    bad_ground: Colour::hex(0xfd_f1ef),
    bad_strong: Colour::hex(0xb3_261e),
    bad_strong_hover: Colour::hex(0x8c_1d18),
    on_bad: Colour::WHITE,
};

const CUSTOMER_DARK: Palette = Palette {
    ground: Colour::hex(0x12_1918),
    card: Colour::hex(0x1b_2423),
    text: Colour::hex(0xe7_efed),
    muted: Colour::hex(0xa5_b4b1),
    line: Colour::hex(0x30_403d),
    edge: Colour::hex(0x75_8783),
    accent: Colour::hex(0x5e_c9bb),
    accent_hover: Colour::hex(0x83_dacd),
    on_accent: Colour::hex(0x05_251f),
    link: Colour::hex(0x7f_d8cb),
    focus: Colour::hex(0x7f_d8cb),
    bar: None,
    on_bar: Colour::hex(0xe7_efed),
    tint: Colour::hex(0x1f_2f2c),
    bad: Colour::hex(0xff_aba3),
    bad_ground: Colour::hex(0x38_1d1c),
    bad_strong: Colour::hex(0xff_aba3),
    bad_strong_hover: Colour::hex(0xff_c9c3),
    on_bad: Colour::hex(0x41_0e0b),
};

const STAFF_LIGHT: Palette = Palette {
    ground: Colour::hex(0xf3_f4fa),
    text: Colour::hex(0x1d_1f33),
    muted: Colour::hex(0x56_5a75),
    line: Colour::hex(0xdc_deec),
    edge: Colour::hex(0x7f_839e),
    accent: Colour::hex(0x43_38ca),
    accent_hover: Colour::hex(0x37_30a3),
    link: Colour::hex(0x3f_35bd),
    focus: Colour::hex(0x43_38ca),
    bar: Some(Colour::hex(0x1e_1b4b)),
    on_bar: Colour::WHITE,
    tint: Colour::hex(0xee_f0fd),
    ..CUSTOMER_LIGHT
};

const STAFF_DARK: Palette = Palette {
    ground: Colour::hex(0x0f_1020),
    card: Colour::hex(0x19_1b2f),
    text: Colour::hex(0xe9_eaf7),
    muted: Colour::hex(0xab_aeca),
    line: Colour::hex(0x32_355a),
    edge: Colour::hex(0x7c_80a8),
    accent: Colour::hex(0xa5_b0fb),
    accent_hover: Colour::hex(0xc0_c8fd),
    on_accent: Colour::hex(0x13_123a),
    link: Colour::hex(0xb4_bdfc),
    focus: Colour::hex(0xb4_bdfc),
    bar: Some(Colour::hex(0x27_2364)),
    on_bar: Colour::WHITE,
    tint: Colour::hex(0x23_2646),
    ..CUSTOMER_DARK
};
