//! Seats: who may sit where in a team, and the rows that a person in a seat leaves behind.

use chrono::NaiveDate;

use crate::agencies::agency_id;
use crate::calendar::day;
use crate::doc::Doc;
use crate::mix::{below, mix, seed};
use crate::names::{Names, Sex};

/// Where a position is held.
#[derive(Clone, Copy)]
pub(crate) enum At {
    Agency,
    Body,
    Commune,
    Home,
}

/// A seat: role, position, organisation, agency, and who is likely to hold it.
#[derive(Clone, Copy)]
pub(crate) struct Seat {
    pub(crate) role: &'static str,
    pub(crate) position: Option<(&'static str, At)>,
    pub(crate) organisation: Option<&'static str>,
    /// The agency that the person speaks for.
    pub(crate) agency: Option<&'static str>,
    /// How many of a hundred are women.
    women: u32,
    pub(crate) ages: (i32, i32),
}

const fn seat(role: &'static str, women: u32, from_age: i32, to_age: i32) -> Seat {
    Seat { role, position: None, organisation: None, agency: None, women, ages: (from_age, to_age) }
}

impl Seat {
    const fn holding(mut self, kind: &'static str, at: At) -> Self {
        self.position = Some((kind, at));
        self
    }

    const fn of(mut self, organisation: &'static str) -> Self {
        self.organisation = Some(organisation);
        self
    }

    const fn speaking_for(mut self, agency: &'static str) -> Self {
        self.agency = Some(agency);
        self
    }

    pub(crate) fn sex(&self, seed: u64) -> Sex {
        if below(mix(seed, 0), 100) < self.women { Sex::Female } else { Sex::Male }
    }

    pub(crate) fn person(&self, names: &mut Names, seed: u64) -> (String, NaiveDate, Sex) {
        let sex = self.sex(seed);
        let (name, born) = names.person(mix(seed, 1), sex, self.ages);
        (name, born, sex)
    }
}

/// The seats of a kind of team: the first ones once, the others over and over.
pub(crate) struct Composition {
    first: &'static [Seat],
    others: &'static [Seat],
}

impl Composition {
    pub(crate) fn seats(&self, count: usize) -> impl Iterator<Item = &'static Seat> + use<> {
        self.first.iter().chain(self.others.iter().cycle()).take(count)
    }
}

/// A committee of a province (Ban Chỉ đạo cấp tỉnh).
pub(crate) const COMMITTEE: Composition = Composition {
    first: &[
        seat("head", 25, 48, 59).holding("province_vice_chair", At::Body),
        seat("standing_deputy", 20, 46, 59).speaking_for("so-tttt"),
    ],
    others: &[
        seat("member", 35, 40, 58).speaking_for("vp-ubnd"),
        seat("member", 40, 35, 58).of("fatherland_front").speaking_for("ub-mttq"),
        seat("member", 45, 40, 57).speaking_for("so-nv"),
    ],
};

/// A provincial steering team (Tổ Chỉ đạo cấp tỉnh): the Department's Director at its head.
pub(crate) const PROVINCE: Composition = Composition {
    first: &[
        seat("head", 20, 46, 59).holding("department_director", At::Agency).speaking_for("so-tttt"),
        seat("standing_deputy", 30, 42, 58)
            .holding("department_deputy_director", At::Agency)
            .speaking_for("so-tttt"),
        seat("deputy", 40, 30, 38).of("youth_union").speaking_for("doan"),
        seat("deputy", 30, 32, 55).speaking_for("lien-minh"),
        seat("secretary", 50, 32, 50).holding("division_head", At::Agency).speaking_for("so-tttt"),
    ],
    others: &[
        seat("member", 50, 24, 30).of("youth_union").speaking_for("doan"),
        seat("member", 45, 32, 57).speaking_for("so-gddt"),
        seat("member", 50, 32, 57).speaking_for("so-yt"),
        seat("member", 30, 25, 50).speaking_for("lien-minh"),
        seat("member", 35, 32, 57).speaking_for("vp-ubnd"),
        seat("member", 100, 30, 54).of("womens_union").speaking_for("hoi-lhpn"),
        seat("member", 35, 32, 57).speaking_for("so-ct"),
        seat("member", 30, 32, 57).speaking_for("so-nnptnt"),
        seat("member", 40, 30, 58).of("farmers_union").speaking_for("hoi-nd"),
        seat("member", 45, 30, 57).speaking_for("so-tp"),
        seat("member", 40, 35, 58).of("fatherland_front").speaking_for("ub-mttq"),
        seat("member", 10, 28, 52).speaking_for("cong-an"),
        seat("member", 45, 30, 57).speaking_for("so-tttt"),
        seat("member", 45, 30, 57).speaking_for("so-nv"),
        seat("member", 50, 30, 57).speaking_for("so-tc"),
        seat("member", 40, 30, 57).speaking_for("so-khcn"),
        seat("member", 45, 30, 57).speaking_for("so-vhttdl"),
        seat("member", 5, 52, 64).of("veterans_association").speaking_for("hoi-ccb"),
        seat("member", 55, 26, 50).speaking_for("buu-dien"),
    ],
};

/// A district steering team (Tổ Chỉ đạo cấp huyện).
pub(crate) const DISTRICT: Composition = Composition {
    first: &[
        seat("head", 25, 42, 59).holding("district_vice_chair", At::Body),
        seat("standing_deputy", 35, 36, 57).holding("division_head", At::Agency).speaking_for("phong-vhtt"),
        seat("deputy", 40, 28, 35).of("youth_union").speaking_for("doan"),
        seat("secretary", 55, 27, 50).speaking_for("phong-vhtt"),
    ],
    others: &[
        seat("member", 45, 30, 57).speaking_for("vp-hdnd-ubnd"),
        seat("member", 50, 22, 30).of("youth_union").speaking_for("doan"),
        seat("member", 100, 30, 54).of("womens_union").speaking_for("hoi-lhpn"),
        seat("member", 55, 25, 50).speaking_for("buu-dien"),
        seat("member", 40, 32, 58).of("farmers_union").speaking_for("hoi-nd"),
        seat("member", 5, 50, 64).of("veterans_association").speaking_for("hoi-ccb"),
        seat("member", 40, 35, 58).of("fatherland_front").speaking_for("ub-mttq"),
        seat("member", 50, 30, 57).speaking_for("phong-gddt"),
        seat("member", 10, 28, 52).speaking_for("cong-an"),
        seat("member", 50, 30, 57).speaking_for("phong-nv"),
        seat("member", 50, 30, 57).speaking_for("phong-tckh"),
    ],
};

/// A commune steering team (Tổ Chỉ đạo cấp xã).
pub(crate) const COMMUNE: Composition = Composition {
    first: &[
        seat("head", 25, 36, 58).holding("commune_vice_chair", At::Body),
        seat("standing_deputy", 45, 30, 54).holding("culture_society_officer", At::Body),
        seat("deputy", 45, 25, 34)
            .holding("commune_youth_secretary", At::Commune)
            .of("youth_union")
            .speaking_for("doan"),
        seat("secretary", 60, 28, 52).holding("office_statistics_officer", At::Body),
    ],
    others: &[
        seat("member", 10, 25, 50).speaking_for("cong-an-xa"),
        seat("member", 100, 30, 54).of("womens_union").speaking_for("hoi-lhpn"),
        seat("member", 40, 32, 58).of("farmers_union").speaking_for("hoi-nd"),
        seat("member", 5, 50, 66).of("veterans_association").speaking_for("hoi-ccb"),
        seat("member", 35, 40, 62).of("fatherland_front").speaking_for("ub-mttq"),
        seat("member", 70, 26, 52).holding("health_worker", At::Agency).speaking_for("tram-yt"),
        seat("member", 70, 26, 52).holding("teacher", At::Commune),
        seat("member", 50, 20, 30).of("youth_union").speaking_for("doan"),
        seat("member", 60, 24, 50).holding("postal_worker", At::Commune),
    ],
};

/// A community team (Tổ công nghệ số cộng đồng) as in Toàn Thắng: the head of the village (Trưởng thôn), the secretary of
/// the Youth Union branch (Bí thư chi đoàn), then a Youth Union member, a teacher and a member of the Women's Union.
pub(crate) const COMMUNITY: Composition = Composition {
    first: &[
        seat("head", 22, 36, 60).holding("village_head", At::Home),
        seat("deputy", 42, 22, 30).holding("youth_branch_secretary", At::Home).of("youth_union"),
        seat("member", 50, 19, 30).of("youth_union"),
        seat("member", 70, 26, 52).holding("teacher", At::Commune),
        seat("member", 100, 28, 54).of("womens_union"),
    ],
    others: &[
        seat("member", 40, 32, 60).of("farmers_union"),
        seat("member", 30, 45, 64).holding("front_committee_head", At::Home).of("fatherland_front"),
        seat("member", 5, 50, 66).of("veterans_association"),
        seat("member", 70, 26, 52).holding("health_worker", At::Commune),
    ],
};

/// A community team with fewer positions, for large registers.
pub(crate) const COMMUNITY_PLAIN: Composition = Composition {
    first: &[
        seat("head", 22, 38, 60).holding("village_head", At::Home),
        seat("deputy", 42, 24, 31).holding("youth_branch_secretary", At::Home).of("youth_union"),
        seat("member", 50, 20, 31).of("youth_union"),
    ],
    others: &[
        seat("member", 65, 26, 55),
        seat("member", 100, 28, 54).of("womens_union"),
        seat("member", 40, 32, 60),
        seat("member", 20, 45, 64).of("veterans_association"),
    ],
};

/// What is common to the people of one team.
pub(crate) struct Table<'a> {
    pub(crate) team: &'a str,
    /// The team's id without `to-` or `tcd-`, to make ids of people from.
    pub(crate) stem: &'a str,
    /// The People's Committee.
    pub(crate) body: &'a str,
    /// The unit whose agencies are meant.
    pub(crate) unit: &'a str,
    pub(crate) commune: &'a str,
    /// Where its people live.
    pub(crate) home: &'a str,
    pub(crate) from: NaiveDate,
}

/// The time of one person in a seat, where it is not all the team's.
#[derive(Clone, Copy, Default)]
pub(crate) struct Stay {
    pub(crate) from: Option<NaiveDate>,
    pub(crate) to: Option<NaiveDate>,
}

/// Seats a new person and writes the rows: person, residence, affiliation, position, membership.
pub(crate) fn sit(doc: &mut Doc, names: &mut Names, seat: &Seat, table: &Table, number: usize, stay: Stay) {
    let id = format!("p-{}-{number}", table.stem);
    let seed = seed(&id);
    let (name, born, sex) = seat.person(names, seed);
    doc.people().text("id", &id).text("name", &name).day("born", born).text("sex", sex.word());
    doc.residences().text("person", &id).text("unit", table.home);
    if let Some(organisation) = seat.organisation {
        doc.affiliations().text("person", &id).text("organisation", organisation);
    }
    let agency = seat.agency.map(|key| agency_id(key, table.unit));
    if let Some((kind, at)) = seat.position {
        let row = doc.positions().text("person", &id).text("kind", kind);
        let row = match at {
            At::Agency => row.text_if("body", agency.as_deref()),
            At::Body => row.text("body", table.body),
            At::Commune => row.text("unit", table.commune),
            At::Home => row.text("unit", table.home),
        };
        row.day("from", stay.from.unwrap_or_else(|| took_office(seed))).day_if("to", stay.to);
    }
    let reason = stay.to.map(|_| "term_ended");
    doc.memberships()
        .text("team", table.team)
        .text("person", &id)
        .text("role", seat.role)
        .text_if("position", seat.position.map(|(kind, _)| kind))
        .text_if("on_behalf_of", agency.as_deref())
        .day("from", stay.from.unwrap_or(table.from))
        .day_if("to", stay.to)
        .text_if("end_reason", reason);
}

/// A day in 2020 or 2021: well before any team.
pub(crate) fn took_office(seed: u64) -> NaiveDate {
    let x = mix(seed, 2);
    let year = if x & 1 == 0 { 2020 } else { 2021 };
    day(year, 1 + below(x, 12), 1 + below(mix(x, 0), 28))
}
