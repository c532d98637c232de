//! A picture that an operator chose: SVG or PNG, made harmless and as small as a sign-in page needs.

use std::{fmt::Write as _, io::Cursor};

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::svg;

/// The largest file that is read.
pub const MAX_BYTES: u64 = 64 * 1024;
/// The most pixels in a row, and the most rows.
const MAX_SIDE: u32 = 1024;
/// How much wider than high a picture may be, and how much higher than wide.
const PROPORTIONS: std::ops::RangeInclusive<f64> = 0.5..=8.0;
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// A picture that may be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// Width divided by height.
    pub proportion: f64,
    /// All of it, as a `data:` URL that needs no escaping within an attribute.
    pub(super) url: String,
}

impl Picture {
    /// Reads the content of a file.
    ///
    /// # Errors
    /// What is wrong with it, in words for its operator.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let begins_with_a_tag =
            bytes.trim_ascii_start().starts_with(b"<") || bytes.starts_with(b"\xef\xbb\xbf<");
        let (url, width, height) = if bytes.starts_with(PNG) {
            let (png, width, height) = bare_png(bytes)?;
            (format!("data:image/png;base64,{}", STANDARD.encode(png)), f64::from(width), f64::from(height))
        } else if begins_with_a_tag {
            let (svg, width, height) = svg::sanitised(bytes)?;
            (svg_url(&svg), width, height)
        } else {
            return Err("must be a picture in SVG or PNG".to_owned());
        };
        let proportion = width / height;
        if !PROPORTIONS.contains(&proportion) {
            return Err(
                "must be at most 8 times as wide as high, and at most twice as high as wide".to_owned()
            );
        }
        Ok(Self { proportion, url })
    }

    /// A drawing of our own, which is known to be square and harmless.
    pub(super) fn ours(svg: &str) -> Self {
        Self { proportion: 1.0, url: svg_url(svg.as_bytes()) }
    }

    /// The largest width and height in whole pixels, within a box, that keep the proportion.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at least 1, at most the box"
    )]
    pub fn size_within(&self, width: u32, height: u32) -> (u32, u32) {
        let (most_wide, most_high) = (f64::from(width), f64::from(height));
        let wide = most_wide.min(most_high * self.proportion);
        let high = most_high.min(wide / self.proportion);
        (wide.round().max(1.0) as u32, high.round().max(1.0) as u32)
    }
}

/// Text compresses better than Base64.
fn svg_url(svg: &[u8]) -> String {
    let mut url = String::from("data:image/svg+xml,");
    for byte in svg.trim_ascii() {
        match byte {
            b'\n' | b'\t' | b'\r' => url.push(' '),
            b' '..=b'~' if !b"\"#%&<>'`".contains(byte) => url.push(char::from(*byte)),
            other => {
                let _ = write!(url, "%{other:02X}");
            }
        }
    }
    url
}

/// The same pixels without anything else that a file can carry: no place, no comment, nothing behind the picture.
fn bare_png(bytes: &[u8]) -> Result<(Vec<u8>, u32, u32), String> {
    let wrong = |error: &dyn std::fmt::Display| format!("is no PNG that can be read: {error}");
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    let header = decoder.read_header_info().map_err(|error| wrong(&error))?;
    let (width, height) = (header.width, header.height);
    if width > MAX_SIDE || height > MAX_SIDE {
        return Err(format!("has {width} × {height} pixels; at most {MAX_SIDE} × {MAX_SIDE} are needed"));
    }
    decoder.set_transformations(png::Transformations::IDENTITY);
    let mut reader = decoder.read_info().map_err(|error| wrong(&error))?;
    let size = reader.output_buffer_size().ok_or_else(|| wrong(&"too large"))?;
    let mut pixels = vec![0; size];
    reader.next_frame(&mut pixels).map_err(|error| wrong(&error))?;
    let info = reader.info();
    let mut bare = Vec::new();
    let mut encoder = png::Encoder::new(&mut bare, width, height);
    encoder.set_color(info.color_type);
    encoder.set_depth(info.bit_depth);
    encoder.set_compression(png::Compression::High);
    if let Some(palette) = &info.palette {
        encoder.set_palette(palette.to_vec());
    }
    if let Some(transparent) = &info.trns {
        encoder.set_trns(transparent.to_vec());
    }
    let mut writer = encoder.write_header().map_err(|error| wrong(&error))?;
    writer.write_image_data(&pixels).map_err(|error| wrong(&error))?;
    writer.finish().map_err(|error| wrong(&error))?;
    Ok((bare, width, height))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, width, height);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(png::BitDepth::One);
        encoder.set_palette(vec![0, 0, 0, 255, 255, 255]);
        encoder.add_text_chunk("Author".into(), "Somebody".into()).unwrap();
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(&vec![0; (width.div_ceil(8) * height) as usize]).unwrap();
        writer.finish().unwrap();
        file
    }

    fn told(bytes: &[u8]) -> String {
        Picture::read(bytes).err().unwrap_or_default()
    }

    #[test]
    fn a_png_keeps_its_pixels_and_loses_everything_else() {
        let mut file = png(60, 30);
        assert!(String::from_utf8_lossy(&file).contains("Somebody"));
        file.extend_from_slice(b"<script>alert(1)</script>");
        let picture = Picture::read(&file).unwrap();
        let bare = STANDARD.decode(picture.url.strip_prefix("data:image/png;base64,").unwrap()).unwrap();
        let text = String::from_utf8_lossy(&bare).into_owned();
        assert!(!text.contains("Somebody") && !text.contains("script"));
        let reader = png::Decoder::new(Cursor::new(&bare)).read_info().unwrap();
        assert_eq!((reader.info().width, reader.info().height), (60, 30));
        assert_eq!(reader.info().palette.as_deref(), Some([0, 0, 0, 255, 255, 255].as_slice()));
        assert_eq!(Picture::read(&bare).unwrap(), picture);
    }

    #[test]
    fn a_picture_that_is_broken_too_large_or_something_else_is_refused() {
        assert!(told(&png(1025, 1000)).contains("1025 × 1000 pixels"));
        assert!(told(&png(90, 10)).contains("8 times as wide"));
        assert!(told(&png(10, 30)).contains("twice as high"));
        let cut = png(60, 30);
        assert!(told(&cut[..cut.len() / 2]).contains("no PNG"));
        let mut bent = png(60, 30);
        bent[40] ^= 0xff;
        assert!(!told(&bent).is_empty());
        for wrong in [b"".as_slice(), b"GIF89a", b"\xff\xd8\xff\xe0", b"RIFF....WEBP", b"PK"] {
            assert!(told(wrong).contains("SVG or PNG"), "{wrong:?}");
        }
    }

    #[test]
    fn a_drawing_becomes_an_address_that_fits_into_an_attribute() {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 2\">\n<path fill=\"#fff\" d='M0 0'/></svg>";
        let picture = Picture::read(svg.as_bytes()).unwrap();
        assert!(picture.url.starts_with("data:image/svg+xml,"));
        assert!(!picture.url.contains(['"', '\'', '<', '>', '#', '&', '\n']), "{}", picture.url);
        assert_eq!(picture.size_within(224, 40), (80, 40));
        assert_eq!(picture.size_within(40, 40), (40, 20));
    }
}
