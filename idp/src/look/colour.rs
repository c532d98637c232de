//! A colour in sRGB: how it is written, mixed, and told apart from another (WCAG 2.2).

use std::{fmt, str::FromStr};

/// A colour without transparency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour([u8; 3]);

/// No colour of the form `#rgb` or `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoColour;

impl Colour {
    pub const BLACK: Self = Self([0; 3]);
    pub const WHITE: Self = Self([255; 3]);

    /// The colour `0xrrggbb`.
    pub const fn hex(rgb: u32) -> Self {
        let [_, red, green, blue] = rgb.to_be_bytes();
        Self([red, green, blue])
    }

    /// This colour with `share` of the other in it, from 0 to 1.
    #[must_use]
    pub fn mixed(self, other: Self, share: f64) -> Self {
        let mix = |(one, other): (u8, u8)| f64::from(one) + (f64::from(other) - f64::from(one)) * share;
        let [red, green, blue] = [0, 1, 2].map(|at| {
            let pair = self.0.get(at).copied().unwrap_or(0);
            rounded(mix((pair, other.0.get(at).copied().unwrap_or(0))))
        });
        Self([red, green, blue])
    }

    /// This colour, from as it is (0) to white (1). It stays as vivid as it is until it is as bright as it can be.
    #[must_use]
    pub fn brightened(self, share: f64) -> Self {
        let brightest = self.0.iter().copied().max().unwrap_or(0);
        if brightest == 0 {
            return self.mixed(Self::WHITE, share);
        }
        let most = 255.0 / f64::from(brightest);
        let factor = 1.0 + (most - 1.0) * (share * 2.0).min(1.0);
        let bright = Self(self.0.map(|channel| rounded(f64::from(channel) * factor)));
        bright.mixed(Self::WHITE, (share * 2.0 - 1.0).max(0.0))
    }

    /// Black or white, whichever is easier to read on this colour. It always has a contrast of at least 4.5:1.
    #[must_use]
    pub fn readable_on_it(self) -> Self {
        if self.contrast(Self::WHITE) >= 4.5 { Self::WHITE } else { Self::BLACK }
    }

    /// The contrast ratio of two colours: from 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// Relative luminance: 0 is black, 1 is white.
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|channel| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between two channels: from 0 to 255"
)]
fn rounded(channel: f64) -> u8 {
    channel.round() as u8
}

impl FromStr for Colour {
    type Err = NoColour;

    fn from_str(text: &str) -> Result<Self, NoColour> {
        let digits = text.strip_prefix('#').ok_or(NoColour)?;
        let long = match digits.len() {
            3 => digits.chars().flat_map(|digit| [digit; 2]).collect(),
            6 => digits.to_owned(),
            _ => return Err(NoColour),
        };
        // `from_str_radix` would take a sign
        if !long.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(NoColour);
        }
        u32::from_str_radix(&long, 16).map(Self::hex).map_err(|_| NoColour)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn s27_black_on_white_is_21_to_1_and_a_colour_on_itself_1_to_1() {
        assert!((Colour::BLACK.contrast(Colour::WHITE) - 21.0).abs() < 0.01);
        assert!((Colour::hex(0x0f_766e).contrast(Colour::hex(0x0f_766e)) - 1.0).abs() < 0.01);
        // the example everybody knows: the lightest grey that may be read on white
        assert!((Colour::hex(0x76_7676).contrast(Colour::WHITE) - 4.54).abs() < 0.01);
    }

    #[test]
    fn a_colour_is_three_or_six_digits_after_a_hash() {
        assert_eq!("#0f766e".parse(), Ok(Colour::hex(0x0f_766e)));
        assert_eq!("#FaB".parse(), Ok(Colour::hex(0xff_aabb)));
        for wrong in
            ["", "#", "0f766e", "#0f766", "#0f766e0", "#+f766e", "#gggggg", "red", "rgb(0,0,0)", "#äöü"]
        {
            assert_eq!(wrong.parse::<Colour>(), Err(NoColour), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn s27_black_or_white_can_be_read_on_every_colour(rgb in 0..0x0100_0000_u32) {
            let colour = Colour::hex(rgb);
            prop_assert!(colour.readable_on_it().contrast(colour) >= 4.5);
            prop_assert_eq!(colour.to_string().parse(), Ok(colour));
            prop_assert_eq!(colour.mixed(Colour::WHITE, 0.0), colour);
            prop_assert_eq!(colour.mixed(Colour::WHITE, 1.0), Colour::WHITE);
            prop_assert_eq!(colour.brightened(0.0), colour);
            prop_assert_eq!(colour.brightened(1.0), Colour::WHITE);
        }
    }
}
