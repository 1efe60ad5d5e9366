//! A *setting* is what a policy can set: a key, for some keys of a kind of team or of a level, with the form that its value has.

use crate::choice::{Level, TeamKind, choices, quoted};

choices! {
    /// What a setting sets.
    Key {
        /// Days that a person may act as head, or be in charge, before it is worth a look.
        ActingDays = "acting_days", "số ngày quyền, phụ trách tối đa", "longest days acting";
        /// A decision that sets up each team is wanted.
        DecisionWanted = "decision_wanted", "cần quyết định thành lập", "decision wanted";
        /// Days for which the declared number of members may differ from those listed.
        DeclaredDays = "declared_days", "số ngày số báo cáo được khác danh sách", "days that declared and listed may differ";
        /// Positions by which a deputy usually sits.
        DeputyPositions = "deputy_positions", "chức vụ của Tổ phó", "positions of a deputy";
        /// Positions of people who may sit in several teams, head several, or live elsewhere.
        ExemptPositions = "exempt_positions", "chức vụ được tham gia nhiều Tổ", "positions exempt";
        /// Days that a team may be without a head.
        HeadGraceDays = "head_grace_days", "số ngày được khuyết Tổ trưởng", "days without a head";
        /// Positions by which a head usually sits.
        HeadPositions = "head_positions", "chức vụ của Tổ trưởng", "positions of a head";
        /// Levels whose bodies decide on such teams.
        IssuerLevels = "issuer_levels", "cấp ban hành quyết định", "levels of the issuer";
        /// Kinds of bodies that decide on such teams.
        Issuers = "issuers", "cơ quan ban hành quyết định", "issuers";
        /// Levels whose units may manage such teams.
        Levels = "levels", "cấp quản lý Tổ", "levels of teams";
        /// The most deputies.
        MaxDeputies = "max_deputies", "số Tổ phó tối đa", "most deputies";
        /// How many times the median of the six reports before a flow may be.
        MaxFlowTimesMedian = "max_flow_times_median", "số lần tối đa so với trung vị 06 kỳ trước", "most times the median of six periods";
        /// The most members, head and deputies among them.
        MaxMembers = "max_members", "số thành viên tối đa", "most members";
        /// By how many per cent a stock may change from period to period.
        MaxStockChange = "max_stock_change", "tỷ lệ (%) thay đổi tối đa giữa hai kỳ", "most change of a stock, in per cent";
        /// The fewest deputies.
        MinDeputies = "min_deputies", "số Tổ phó tối thiểu", "fewest deputies";
        /// The fewest members, head and deputies among them.
        MinMembers = "min_members", "số thành viên tối thiểu", "fewest members";
        /// Organisations that are wanted in each team.
        Organisations = "organisations", "tổ chức cần có trong Tổ", "organisations wanted";
        /// Each member sits by a position or on behalf of a body.
        Represents = "represents", "thành viên đại diện cơ quan, tổ chức", "members represent somebody";
        /// Members live in the territory of their team.
        Resident = "resident", "thành viên cư trú tại địa bàn", "members reside";
        /// Roles that such a team has.
        Roles = "roles", "vai trò trong Tổ", "roles";
        /// The most community teams that a person is in, from 1.
        TeamsPerPerson = "teams_per_person", "số Tổ tối đa mỗi người", "most teams a person";
        /// The most community teams that serve one village, from 1.
        TeamsPerVillage = "teams_per_village", "số Tổ tối đa mỗi thôn", "most teams a village";
        /// Days that a team may go on after its unit, or a village that it serves, has ended.
        UnitEndDays = "unit_end_days", "số ngày Tổ được tiếp tục sau khi đơn vị kết thúc", "days after the end of a unit";
        /// Kinds of units that a level has.
        UnitKinds = "unit_kinds", "loại đơn vị của cấp", "kinds of units";
        /// Days for a unit to have a wanted team, from its own beginning or from that of the wish.
        WantedDays = "wanted_days", "số ngày để có Tổ", "days to have a team";
        /// Levels whose units want such a team.
        WantedLevels = "wanted_levels", "cấp cần có Tổ", "levels with such a team";
        /// A young member is wanted: one of at most so many years, or a Youth Union member.
        YoungAge = "young_age", "tuổi thanh niên tối đa", "greatest age of a young member";
    }
    /// What a setting is about, where its key asks for a kind of team or a level.
    Of {
        /// Provincial level.
        Province = "province", "cấp tỉnh", "provincial level";
        /// District level.
        District = "district", "cấp huyện", "district level";
        /// Commune level.
        Commune = "commune", "cấp xã", "commune level";
        /// Villages.
        Village = "village", "thôn, khu dân cư", "villages";
        /// Committees.
        Committee = "committee", "Ban Chỉ đạo", "committees";
        /// Steering teams.
        Steering = "steering", "Tổ Chỉ đạo", "steering teams";
        /// Community teams.
        Community = "community", "Tổ công nghệ số cộng đồng", "community teams";
    }
}

/// The form of the value of a key.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Shape {
    Wanted,
    Count,
    Words,
    Levels,
    Roles,
}

/// What `of` of a key says.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum About {
    Nothing,
    Level,
    Team,
}

impl Key {
    /// The form of its value, and what its `of` says.
    pub(crate) const fn form(self) -> (Shape, About) {
        match self {
            Self::DecisionWanted | Self::Represents | Self::Resident => (Shape::Wanted, About::Team),
            Self::MaxDeputies
            | Self::MaxMembers
            | Self::MinDeputies
            | Self::MinMembers
            | Self::WantedDays
            | Self::YoungAge => (Shape::Count, About::Team),
            Self::DeputyPositions | Self::HeadPositions | Self::Issuers | Self::Organisations => {
                (Shape::Words, About::Team)
            }
            Self::IssuerLevels | Self::Levels | Self::WantedLevels => (Shape::Levels, About::Team),
            Self::Roles => (Shape::Roles, About::Team),
            Self::UnitKinds => (Shape::Words, About::Level),
            Self::ExemptPositions => (Shape::Words, About::Nothing),
            Self::ActingDays
            | Self::DeclaredDays
            | Self::HeadGraceDays
            | Self::MaxFlowTimesMedian
            | Self::MaxStockChange
            | Self::TeamsPerPerson
            | Self::TeamsPerVillage
            | Self::UnitEndDays => (Shape::Count, About::Nothing),
        }
    }

    /// The same in words, for the reference page.
    pub(crate) fn forms(self) -> (&'static str, String) {
        let (shape, about) = self.form();
        let value = match shape {
            Shape::Wanted => "`true`",
            Shape::Count => "number",
            Shape::Words => "list of words",
            Shape::Levels => "list of levels",
            Shape::Roles => "list of roles",
        };
        let of = match about {
            About::Nothing => String::new(),
            About::Level => quoted(Level::WORDS),
            About::Team => quoted(TeamKind::WORDS),
        };
        (value, of)
    }
}

impl From<Level> for Of {
    fn from(level: Level) -> Self {
        match level {
            Level::Province => Self::Province,
            Level::District => Self::District,
            Level::Commune => Self::Commune,
            Level::Village => Self::Village,
        }
    }
}

impl From<TeamKind> for Of {
    fn from(kind: TeamKind) -> Self {
        match kind {
            TeamKind::Committee => Self::Committee,
            TeamKind::Steering => Self::Steering,
            TeamKind::Community => Self::Community,
        }
    }
}

/// The number of slots that a key has: one for each level or kind of team.
pub(crate) const WIDTH: usize = 4;

/// Where the value of a key stands in a profile.
pub(crate) fn slot(key: Key, of: Option<Of>) -> usize {
    let of = match of {
        None | Some(Of::Province | Of::Committee) => 0,
        Some(Of::District | Of::Steering) => 1,
        Some(Of::Commune | Of::Community) => 2,
        Some(Of::Village) => 3,
    };
    key as usize * WIDTH + of
}
