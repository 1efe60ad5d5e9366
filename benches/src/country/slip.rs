//! *Slips*: what may be out of order in the country, and how often. Which team has which hangs on its id alone.

use crate::mix::{below, mix, seed};

/// What may be out of order in a team. One team in a thousand has each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slip {
    NoDecision,
    BeforeDecision,
    SecondTeam,
    TwoHeads,
    NoHead,
    OfDistrict,
    ParentElsewhere,
    OfEndedVillage,
    ServesEndedVillage,
    ServesOtherCommune,
    OtherName,
    NotListed,
    OtherNumberDeclared,
    MemberBeforeTeam,
    PersonTwice,
    HeadLeftOffice,
    ActingForLong,
    HeadOfOtherOffice,
    TooFew,
    NoUnionMember,
    NobodyYoung,
    LivesElsewhere,
    InTwoTeams,
    HeadOfTwo,
    StandingDeputy,
    MemberBeforeDecision,
    Namesake,
    ShortNumber,
    NumberOfOtherYear,
    NumberOfHead,
    BadPhone,
}

impl Slip {
    const ALL: [Self; 31] = [
        Self::NoDecision,
        Self::BeforeDecision,
        Self::SecondTeam,
        Self::TwoHeads,
        Self::NoHead,
        Self::OfDistrict,
        Self::ParentElsewhere,
        Self::OfEndedVillage,
        Self::ServesEndedVillage,
        Self::ServesOtherCommune,
        Self::OtherName,
        Self::NotListed,
        Self::OtherNumberDeclared,
        Self::MemberBeforeTeam,
        Self::PersonTwice,
        Self::HeadLeftOffice,
        Self::ActingForLong,
        Self::HeadOfOtherOffice,
        Self::TooFew,
        Self::NoUnionMember,
        Self::NobodyYoung,
        Self::LivesElsewhere,
        Self::InTwoTeams,
        Self::HeadOfTwo,
        Self::StandingDeputy,
        Self::MemberBeforeDecision,
        Self::Namesake,
        Self::ShortNumber,
        Self::NumberOfOtherYear,
        Self::NumberOfHead,
        Self::BadPhone,
    ];

    pub(super) fn of(team: &str) -> Option<Self> {
        Self::ALL.get(below(mix(seed(team), 40), 1000) as usize).copied()
    }

    /// Whether a team of so many people can have it.
    pub(super) fn fits(self, size: usize) -> bool {
        size > 3 || !matches!(self, Self::NoHead | Self::PersonTwice | Self::InTwoTeams | Self::Namesake)
    }
}

/// What may be out of order in a commune. One commune in five hundred has each; its teams have nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CommuneSlip {
    DecisionOfDistrict,
    DecisionReplaced,
    InForceBeforeSigned,
    UnusualNumber,
    NumberTwice,
    VillageWithoutTeam,
    ListedWithoutTeam,
    UntidyName,
    SameName,
    UnusualKind,
    VillagesUnknown,
}

impl CommuneSlip {
    const ALL: [Self; 11] = [
        Self::DecisionOfDistrict,
        Self::DecisionReplaced,
        Self::InForceBeforeSigned,
        Self::UnusualNumber,
        Self::NumberTwice,
        Self::VillageWithoutTeam,
        Self::ListedWithoutTeam,
        Self::UntidyName,
        Self::SameName,
        Self::UnusualKind,
        Self::VillagesUnknown,
    ];

    pub(super) fn of(commune: &str) -> Option<Self> {
        Self::ALL.get(below(mix(seed(commune), 41), 500) as usize).copied()
    }
}

/// Whether a member of a steering team was entered without the agency: one in five hundred.
pub(super) fn speaks_for_nobody(person: &str) -> bool {
    below(mix(seed(person), 42), 500) == 0
}
