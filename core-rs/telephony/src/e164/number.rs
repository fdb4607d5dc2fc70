//! A number that was read, and what a call needs to know of it.

use super::plan::{self, KIND_BITS};
use super::tables::LAYOUTS;
use super::territory::{self, CallingCode, Length};
use super::{Reason, reading};

/// A plus sign, a calling code of up to 3 digits and a national number of up to 17.
const MAX_LENGTH: usize = 21;

/// How many zeros at the start of a national number are kept, as in libphonenumber.
const MAX_ZEROS: usize = 10;

/// In a layout, a byte with `COPY` copies as many digits as its low bits say, and one with
/// `SKIP` leaves them out; every other byte is text.
const COPY: u8 = 0x80;
const SKIP: u8 = 0xC0;
const COUNT: u8 = 0x3F;

/// What a valid number is for, in libphonenumber's terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Calls cost the caller extra.
    PremiumRate,
    /// Calls cost the caller nothing.
    TollFree,
    /// Caller and called share the cost.
    SharedCost,
    /// Numbers of Internet telephony.
    Voip,
    /// Numbers that follow a person.
    PersonalNumber,
    /// Pagers.
    Pager,
    /// Company numbers that are routed anywhere ("universal access").
    Uan,
    /// Voicemail access.
    Voicemail,
    /// Fixed lines.
    FixedLine,
    /// Mobiles.
    Mobile,
    /// Either; in North America nothing tells them apart.
    FixedLineOrMobile,
    /// None: the number is not valid.
    Unknown,
}

impl Kind {
    const BY_CODE: [Self; 12] = [
        Self::Unknown,
        Self::PremiumRate,
        Self::TollFree,
        Self::SharedCost,
        Self::Voip,
        Self::PersonalNumber,
        Self::Pager,
        Self::Uan,
        Self::Voicemail,
        Self::FixedLine,
        Self::Mobile,
        Self::FixedLineOrMobile,
    ];

    /// The type's name: `mobile`, `toll_free` and so on.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PremiumRate => "premium_rate",
            Self::TollFree => "toll_free",
            Self::SharedCost => "shared_cost",
            Self::Voip => "voip",
            Self::PersonalNumber => "personal_number",
            Self::Pager => "pager",
            Self::Uan => "uan",
            Self::Voicemail => "voicemail",
            Self::FixedLine => "fixed_line",
            Self::Mobile => "mobile",
            Self::FixedLineOrMobile => "fixed_line_or_mobile",
            Self::Unknown => "unknown",
        }
    }
}

/// How good a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It can be assigned.
    Valid,
    /// Its length is right, if only within an area, but nobody can have it.
    Possible,
    /// Its length is wrong.
    Invalid,
}

/// A telephone number: a calling code, national digits, perhaps an extension.
#[derive(Debug, Clone)]
pub struct Number {
    /// Its E.164 form.
    text: [u8; MAX_LENGTH],
    length: u8,
    /// Where the national digits begin in it.
    national: u8,
    code: &'static CallingCode,
    verdict: u16,
    extension: Option<Box<str>>,
}

impl Number {
    /// Reads a number; without a region only those with their country code.
    ///
    /// # Errors
    /// The [`Reason`] why it is none; a number that is merely not valid is read.
    pub fn parse(raw: &str, region: Option<&str>) -> Result<Self, Reason> {
        reading::read(raw, region)
    }

    /// `national` are 2 to 17 ASCII digits.
    pub(super) fn new(
        code: &'static CallingCode,
        national: &[u8],
        extension: Option<Box<str>>,
    ) -> Self {
        let national = &national[surplus_zeros(national)..];
        let mut text = [b'+'; MAX_LENGTH];
        let start = 1 + code.digits.len();
        let end = start + national.len();
        text[1..start].copy_from_slice(code.digits.as_bytes());
        text[start..end].copy_from_slice(national);
        Self {
            text,
            length: u8::try_from(end).unwrap_or(0),
            national: u8::try_from(start).unwrap_or(0),
            code,
            verdict: plan::verdict(code.plan, national),
            extension,
        }
    }

    /// Its E.164 form: `+` and all digits.
    #[must_use]
    pub fn e164(&self) -> &str {
        // Nothing but ASCII is ever written there.
        str::from_utf8(self.as_bytes()).unwrap_or("")
    }

    /// The same as ASCII.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.text[..usize::from(self.length)]
    }

    /// The country calling code.
    #[must_use]
    pub const fn calling_code(&self) -> u16 {
        self.code.code
    }

    /// The region (ISO 3166, or `001` for numbers of no country); of a number that is not valid
    /// only if its first digits tell.
    #[must_use]
    pub fn region(&self) -> Option<&'static str> {
        let place = if self.verdict != 0 {
            self.verdict >> KIND_BITS
        } else if self.code.alone {
            u16::from(self.code.main)
        } else {
            self.leading_region()?
        };
        Some(territory::region_at(place).name)
    }

    /// What it is for; [`Kind::Unknown`] if it is not valid.
    #[must_use]
    pub fn kind(&self) -> Kind {
        Kind::BY_CODE[usize::from(self.verdict & ((1 << KIND_BITS) - 1))]
    }

    /// How good it is.
    #[must_use]
    pub fn standing(&self) -> Standing {
        if self.verdict != 0 {
            return Standing::Valid;
        }
        match self.code.main_region().length(self.national_digits()) {
            Length::Possible | Length::LocalOnly => Standing::Possible,
            Length::TooShort | Length::TooLong | Length::Between => Standing::Invalid,
        }
    }

    /// The extension as it was written.
    #[must_use]
    pub fn extension(&self) -> Option<&str> {
        self.extension.as_deref()
    }

    /// As it is written in its own country, with the national prefix where that is usual.
    #[must_use]
    pub fn national(&self) -> String {
        self.laid_out(self.code.national, String::new())
    }

    /// As it is written for callers from abroad, with the calling code.
    #[must_use]
    pub fn international(&self) -> String {
        self.laid_out(self.code.international, format!("+{} ", self.code.digits))
    }

    fn national_digits(&self) -> &[u8] {
        &self.as_bytes()[usize::from(self.national)..]
    }

    fn leading_region(&self) -> Option<u16> {
        plan::verdict(self.code.leading, self.national_digits()).checked_sub(1)
    }

    fn laid_out(&self, root: u16, mut text: String) -> String {
        let digits = &self.e164()[usize::from(self.national)..];
        let layout = LAYOUTS[usize::from(plan::verdict(root, digits.as_bytes()))];
        if layout.is_empty() {
            text.push_str(digits);
        }
        let mut at = 0;
        for &byte in layout {
            let count = usize::from(byte & COUNT);
            match byte {
                ..COPY => text.push(char::from(byte)),
                COPY..SKIP => {
                    text.push_str(&digits[at..at + count]);
                    at += count;
                }
                SKIP.. => at += count,
            }
        }
        if let Some(extension) = &self.extension {
            text.push_str(self.code.extension);
            text.push_str(extension);
        }
        text
    }
}

/// How many of the zeros that a number begins with are too many; its last digit is no such zero.
fn surplus_zeros(national: &[u8]) -> usize {
    let (_, leading) = national.split_last().unwrap_or((&0, &[]));
    let zeros = leading.iter().take_while(|&&digit| digit == b'0').count();
    zeros.saturating_sub(MAX_ZEROS)
}
