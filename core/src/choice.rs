//! A *choice* is a closed list of words: an enum with its spelling in documents and its labels.

/// `a`, `b`, `c`, each in backticks.
pub(crate) fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

macro_rules! choices {
    ($($(#[doc = $doc:literal])* $name:ident { $($(#[doc = $vdoc:literal])* $variant:ident = $word:literal, $vi:literal, $en:literal;)* })*) => {$(
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $($(#[doc = $vdoc])* $variant,)* }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            pub(crate) const WORDS: &'static [&'static str] = &[$($word),*];

            /// The word in documents.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// The label for people.
            #[must_use]
            pub fn label(self) -> $crate::locale::Bilingual {
                match self { $(Self::$variant => $crate::locale::Bilingual { vi: $vi, en: $en }),* }
            }

            /// The value that a word in documents stands for.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.word() == word)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::Error;

            fn from_str(word: &str) -> Result<Self, $crate::Error> {
                Self::from_word(word).ok_or_else(|| $crate::Error::BadChoice {
                    found: $crate::personal::shown(word, false).into(),
                    wanted: $crate::choice::quoted(Self::WORDS),
                })
            }
        }
    )*};
}
pub(crate) use choices;
