//! A province as lists that can still be changed: made in order, changed by hand, then written as a document.

mod write;

use chrono::NaiveDate;

use crate::agencies::agency_id;
use crate::calendar::{day, set_up_day};
use crate::mix::{seed, spread};
use crate::names::Names;
use crate::planted::Planted;
use crate::seat::{At, COMMITTEE, COMMUNE, COMMUNITY, Composition, DISTRICT, PROVINCE, Seat, took_office};
use crate::territory::{
    Decision, Village, committee_id, community_name, decision_number, steering_name, villages,
};
use crate::units::{Unit, in_sentence};

const UNITS: [Unit; 24] = [
    unit("99", "Tỉnh Minh Họa", "tinh", "province", ""),
    unit("991", "Thành phố Minh Sơn", "thanh-pho", "district", "99"),
    unit("992", "Huyện Minh Giang", "huyen", "district", "99"),
    unit("993", "Huyện Minh Lâm", "huyen", "district", "99"),
    unit("99001", "Phường Sơn Đông", "phuong", "commune", "991"),
    unit("99002", "Phường Sơn Đoài", "phuong", "commune", "991"),
    unit("99003", "Phường Sơn Nam", "phuong", "commune", "991"),
    unit("99004", "Xã Sơn Bắc", "xa", "commune", "991"),
    unit("99005", "Thị trấn Minh Giang", "thi-tran", "commune", "992"),
    unit("99006", "Xã Giang Thượng", "xa", "commune", "992"),
    unit("99007", "Xã Giang Trung", "xa", "commune", "992"),
    unit("99008", "Xã Giang Hạ", "xa", "commune", "992"),
    unit("99009", "Thị trấn Minh Lâm", "thi-tran", "commune", "993"),
    unit("99010", "Xã Lâm Sơn", "xa", "commune", "993"),
    unit("99011", "Xã Lâm Thủy", "xa", "commune", "993"),
    unit("99012", "Xã Lâm Khê", "xa", "commune", "993"),
    unit("994", "Huyện Minh Hải", "huyen", "district", "99"),
    unit("99013", "Thị trấn Minh Hải", "thi-tran", "commune", "994"),
    unit("99014", "Xã Hải Thượng", "xa", "commune", "994"),
    unit("99015", "Xã Hải Trung", "xa", "commune", "994"),
    unit("99016", "Xã Hải Hạ", "xa", "commune", "994"),
    unit("99017", "Xã Hải Đông", "xa", "commune", "994"),
    unit("99018", "Xã Hải Tây", "xa", "commune", "994"),
    unit("99019", "Xã Hải Đảo", "xa", "commune", "994"),
];

const fn unit(
    code: &'static str,
    name: &'static str,
    kind: &'static str,
    level: &'static str,
    parent: &'static str,
) -> Unit {
    Unit { code, name, kind, level, parent }
}

/// A person and what is written beside the name.
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) born: Option<NaiveDate>,
    pub(crate) sex: &'static str,
    pub(crate) phone: Option<&'static str>,
    pub(crate) citizen_number: Option<&'static str>,
    pub(crate) homes: Vec<Home>,
    pub(crate) organisation: Option<&'static str>,
    /// The day on which the person left the organisation.
    pub(crate) left: Option<NaiveDate>,
}

/// Where somebody lives, and the days.
pub(crate) struct Home {
    pub(crate) unit: String,
    pub(crate) from: Option<NaiveDate>,
    pub(crate) to: Option<NaiveDate>,
}

impl Home {
    pub(crate) fn of(unit: &str) -> Self {
        Self { unit: unit.to_owned(), from: None, to: None }
    }
}

/// One version of a village.
pub(crate) struct Place {
    pub(crate) village: Village,
    pub(crate) commune: &'static str,
    pub(crate) from: Option<NaiveDate>,
    pub(crate) to: Option<NaiveDate>,
}

/// A body that is no People's Committee and sends nobody from the start.
pub(crate) struct Extra {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) unit: &'static str,
    pub(crate) to: Option<NaiveDate>,
}

/// A document that gives a unit a new term, or frees it.
pub(crate) struct Excuse {
    pub(crate) obligation: &'static str,
    pub(crate) unit: &'static str,
    pub(crate) day: NaiveDate,
    pub(crate) until: Option<NaiveDate>,
    pub(crate) document: &'static str,
}

/// A report that a unit sent.
pub(crate) struct Completion {
    pub(crate) obligation: &'static str,
    pub(crate) unit: &'static str,
    pub(crate) period: &'static str,
    pub(crate) day: NaiveDate,
}

pub(crate) struct Position {
    pub(crate) person: String,
    pub(crate) kind: &'static str,
    /// The unit, or the body where there is none.
    pub(crate) unit: Option<String>,
    pub(crate) body: String,
    pub(crate) from: NaiveDate,
    pub(crate) to: Option<NaiveDate>,
}

pub(crate) struct Member {
    pub(crate) person: String,
    pub(crate) role: &'static str,
    pub(crate) acting: bool,
    pub(crate) position: Option<&'static str>,
    pub(crate) on_behalf_of: Option<String>,
    pub(crate) decision: Option<String>,
    pub(crate) from: NaiveDate,
    pub(crate) to: Option<NaiveDate>,
}

pub(crate) struct Team {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: &'static str,
    pub(crate) unit: String,
    pub(crate) covers: Vec<String>,
    pub(crate) parent: Option<String>,
    pub(crate) committee: Option<String>,
    pub(crate) decision: Option<String>,
    pub(crate) from: NaiveDate,
    pub(crate) to: Option<NaiveDate>,
    pub(crate) members: Vec<Member>,
}

/// A decision of a unit's People's Committee.
pub(crate) struct Decided {
    pub(crate) unit: &'static str,
    pub(crate) decision: Decision,
    /// Whether it is the one by which the commune's community teams were first set up.
    pub(crate) community: bool,
}

/// The register as lists that can still be changed.
pub(crate) struct Province {
    pub(crate) names: Names,
    /// Units with the seats of their steering teams, for their agencies.
    pub(crate) seats: Vec<(&'static Unit, Vec<&'static Seat>)>,
    pub(crate) bodies: Vec<Extra>,
    pub(crate) villages: Vec<Place>,
    /// Day, old unit, new unit, extent.
    pub(crate) successions: Vec<(NaiveDate, &'static str, &'static str, &'static str)>,
    /// Unit, and how many households, adults, smartphones and household businesses it has.
    pub(crate) attributes: Vec<(String, [u32; 4])>,
    pub(crate) decisions: Vec<Decided>,
    pub(crate) teams: Vec<Team>,
    pub(crate) suspensions: Vec<(String, NaiveDate, NaiveDate)>,
    /// Team, first day, number.
    pub(crate) declarations: Vec<(&'static str, NaiveDate, usize)>,
    pub(crate) excuses: Vec<Excuse>,
    pub(crate) completions: Vec<Completion>,
    pub(crate) people: Vec<Person>,
    pub(crate) positions: Vec<Position>,
    pub(crate) planted: Vec<Planted>,
}

impl Province {
    /// The province with nothing out of order: 95 villages, a community team for each, steering teams of the province,
    /// the districts and half of the communes, and a committee of the province.
    pub(crate) fn in_order() -> Self {
        let mut all = Self {
            names: Names::new(2022),
            seats: Vec::new(),
            bodies: Vec::new(),
            villages: Vec::new(),
            successions: Vec::new(),
            attributes: Vec::new(),
            decisions: Vec::new(),
            teams: Vec::new(),
            suspensions: Vec::new(),
            declarations: Vec::new(),
            excuses: Vec::new(),
            completions: Vec::new(),
            people: Vec::new(),
            positions: Vec::new(),
            planted: Vec::new(),
        };
        let new = spread(5 * 35, 35, 5, 5, 0);
        let mut sizes = spread(5 * 60, 60, 4, 7, seed("minh-hoa")).into_iter().chain(new);
        for (unit, n) in UNITS.iter().zip(0..) {
            let parent = (!unit.parent.is_empty()).then(|| format!("tcd-{}", unit.parent));
            match unit.level {
                "province" => all.steering(unit, &PROVINCE, 21, parent, day(2022, 4, 1)),
                "district" => all.steering(unit, &DISTRICT, 12, parent, day(2022, 4, 5)),
                _ => all.commune(unit, n, &mut sizes),
            }
        }
        all.committee();
        for unit in ["991", "992", "993", "994"] {
            let day = day(2022, 12, 20);
            all.completions.push(Completion { obligation: "report-quarter", unit, period: "2022-Q4", day });
        }
        all
    }

    /// The Committee (Ban Chỉ đạo) of the province, to which its steering team answers. The Party committee decided on it.
    fn committee(&mut self) {
        let (body, id, from) = ("tinh-uy-99", "bcd-99", day(2022, 3, 28));
        let name = "Ban Chỉ đạo chuyển đổi số";
        self.bodies.push(Extra {
            id: body,
            name: "Tỉnh ủy Minh Họa",
            kind: "party_committee",
            unit: "99",
            to: None,
        });
        let mut decision = Decision::of("99", 12, from, format!("thành lập {name} tỉnh Minh Họa"));
        (decision.number, decision.body) = ("12-QĐ/TU".to_owned(), body.to_owned());
        let team = Team {
            id: id.to_owned(),
            name: name.to_owned(),
            kind: "committee",
            unit: "99".to_owned(),
            covers: Vec::new(),
            parent: None,
            committee: None,
            decision: Some(decision.id.clone()),
            from,
            to: None,
            members: Vec::new(),
        };
        self.decisions.push(Decided { unit: "99", decision, community: false });
        self.names.next_place();
        self.fill(team, "99", &COMMITTEE, 5);
        self.team("tcd-99", |team| team.committee = Some(id.to_owned()));
    }

    fn commune(&mut self, commune: &'static Unit, n: u32, sizes: &mut impl Iterator<Item = usize>) {
        let from = Self::from(commune.code);
        self.names.next_place();
        let mut parent = format!("tcd-{}", commune.parent);
        if n % 2 == 1 || commune.code == "99007" {
            self.steering(commune, &COMMUNE, 9, Some(parent), from);
            parent = format!("tcd-{}", commune.code);
        }
        let kind = if commune.kind == "xa" { "thon" } else { "to-dan-pho" };
        let villages = villages(commune.code, 5, |_| kind);
        let codes: Vec<&str> = villages.iter().map(|village| village.code.as_str()).collect();
        let decision = self.decide(commune.code, from, Some(from), &codes);
        if let Some(decision) = self.decisions.last_mut() {
            decision.community = true;
        }
        for village in villages {
            let team = Team {
                id: format!("to-{}", village.code),
                name: community_name(&village.name),
                kind: "community",
                unit: commune.code.to_owned(),
                covers: vec![village.code.clone()],
                parent: Some(parent.clone()),
                committee: None,
                decision: Some(decision.clone()),
                from,
                to: None,
                members: Vec::new(),
            };
            self.fill(team, &village.code, &COMMUNITY, sizes.next().unwrap_or_default());
            self.villages.push(Place { village, commune: commune.code, from: None, to: None });
        }
    }

    fn steering(
        &mut self,
        unit: &'static Unit,
        composition: &Composition,
        size: usize,
        parent: Option<String>,
        from: NaiveDate,
    ) {
        let decision = self.decide(unit.code, from, Some(from), &[]);
        let team = Team {
            id: format!("tcd-{}", unit.code),
            name: steering_name(unit.name),
            kind: "steering",
            unit: unit.code.to_owned(),
            covers: Vec::new(),
            parent,
            committee: None,
            decision: Some(decision),
            from,
            to: None,
            members: Vec::new(),
        };
        self.seats.push((unit, composition.seats(size).collect()));
        self.names.next_place();
        self.fill(team, unit.code, composition, size);
    }

    /// Gives a team its people, who live in `home`.
    fn fill(&mut self, mut team: Team, home: &str, composition: &Composition, size: usize) {
        self.seat(&mut team, home, composition, size);
        self.teams.push(team);
    }

    /// More people for a community team: so many in all.
    pub(crate) fn grow(&mut self, team: &str, home: &str, size: usize) {
        if let Some(at) = self.teams.iter().position(|other| other.id == team) {
            let mut team = self.teams.remove(at);
            self.seat(&mut team, home, &COMMUNITY, size);
            self.teams.insert(at, team);
        }
    }

    fn seat(&mut self, team: &mut Team, home: &str, composition: &Composition, size: usize) {
        let stem = match (team.id.strip_prefix("to-"), team.kind) {
            (Some(stem), _) => stem.to_owned(),
            (None, "committee") => format!("{}-bcd", team.unit),
            (None, _) => format!("{}-cd", team.unit),
        };
        for (seat, number) in composition.seats(size).zip(1..).skip(team.members.len()) {
            let id = format!("p-{stem}-{number}");
            let (name, born, sex) = seat.person(&mut self.names, seed(&id));
            if let Some((kind, at)) = seat.position {
                let unit = match at {
                    At::Agency | At::Body => None,
                    At::Commune => Some(team.unit.clone()),
                    At::Home => Some(home.to_owned()),
                };
                let body = match seat.agency.filter(|_| matches!(at, At::Agency)) {
                    Some(key) => agency_id(key, &team.unit),
                    None => committee_id(&team.unit),
                };
                let from = took_office(seed(&id));
                self.positions.push(Position { person: id.clone(), kind, unit, body, from, to: None });
            }
            team.members.push(Member {
                person: id.clone(),
                role: seat.role,
                acting: false,
                position: seat.position.map(|(kind, _)| kind),
                on_behalf_of: seat.agency.map(|key| agency_id(key, &team.unit)),
                decision: None,
                from: team.from,
                to: None,
            });
            self.people.push(Person {
                id,
                name,
                born: Some(born),
                sex: sex.word(),
                phone: None,
                citizen_number: None,
                homes: vec![Home::of(home)],
                organisation: seat.organisation,
                left: None,
            });
        }
    }

    /// The set-up day of a commune: a working day of its own from 12/4/2022 on, or the last one there is.
    pub(crate) fn from(commune: &str) -> NaiveDate {
        let place = UNITS.iter().filter(|unit| unit.level == "commune").position(|unit| unit.code == commune);
        set_up_day(10 + u32::try_from(place.unwrap_or_default()).unwrap_or_default())
    }

    /// Adds a decision and gives its id.
    pub(crate) fn decide(
        &mut self,
        unit: &'static str,
        signed: NaiveDate,
        in_force: Option<NaiveDate>,
        villages: &[&str],
    ) -> String {
        let earlier = self.decisions.iter().filter(|decision| decision.unit == unit).count();
        let number = decision_number(unit) + u32::try_from(earlier).unwrap_or_default();
        let name = UNITS.iter().find(|other| other.code == unit).map(|unit| unit.name).unwrap_or_default();
        let subject = match villages {
            [] => format!("thành lập {}", steering_name(name)),
            [_] => format!("thành lập Tổ công nghệ số cộng đồng trên địa bàn {}", in_sentence(name)),
            _ => format!("thành lập các Tổ công nghệ số cộng đồng trên địa bàn {}", in_sentence(name)),
        };
        let mut decision = Decision::of(unit, number, signed, subject);
        decision.in_force = in_force;
        decision.attached_list = villages.iter().map(|&village| village.to_owned()).collect();
        let id = decision.id.clone();
        self.decisions.push(Decided { unit, decision, community: false });
        id
    }

    pub(crate) fn team(&mut self, id: &str, change: impl FnOnce(&mut Team)) {
        if let Some(team) = self.teams.iter_mut().find(|team| team.id == id) {
            change(team);
        }
    }

    /// Changes the first membership of a team's `number`-th person.
    pub(crate) fn member(&mut self, team: &str, number: usize, change: impl FnOnce(&mut Member)) {
        self.team(team, |team| {
            if let Some(member) = team.members.get_mut(number - 1) {
                change(member);
            }
        });
    }

    pub(crate) fn person(&mut self, id: &str, change: impl FnOnce(&mut Person)) {
        if let Some(person) = self.people.iter_mut().find(|person| person.id == id) {
            change(person);
        }
    }

    pub(crate) fn leave(&mut self, team: &str, number: usize, to: NaiveDate) {
        self.member(team, number, |member| member.to = Some(to));
    }

    /// A further membership of a team's `number`-th person.
    pub(crate) fn rejoin(
        &mut self,
        team: &str,
        number: usize,
        (role, acting): (&'static str, bool),
        from: NaiveDate,
        to: Option<NaiveDate>,
    ) {
        self.team(team, |team| {
            if let Some(member) = team.members.get(number - 1) {
                let (person, on_behalf_of) = (member.person.clone(), member.on_behalf_of.clone());
                let (position, decision) = (None, None);
                team.members.push(Member {
                    person,
                    role,
                    acting,
                    position,
                    on_behalf_of,
                    decision,
                    from,
                    to,
                });
            }
        });
    }

    /// A further membership, beside the one there is.
    pub(crate) fn again(&mut self, team: &str, number: usize, role: &'static str, from: NaiveDate) {
        self.rejoin(team, number, (role, false), from, None);
    }

    /// Ends a person's first membership and gives another role from then on.
    pub(crate) fn promote(
        &mut self,
        team: &str,
        number: usize,
        role: &'static str,
        acting: bool,
        from: NaiveDate,
        to: Option<NaiveDate>,
    ) {
        self.leave(team, number, from);
        self.rejoin(team, number, (role, acting), from, to);
    }

    /// A team's `number`-th person becomes head of the village, and so of the team.
    pub(crate) fn elect(&mut self, team: &str, number: usize, from: NaiveDate) {
        self.promote(team, number, "head", false, from, None);
        self.hold(team, number, "village_head", from);
    }

    /// Ends a team and its open memberships.
    pub(crate) fn end(&mut self, team: &str, to: NaiveDate) {
        self.team(team, |team| {
            team.to = Some(to);
            for member in team.members.iter_mut().filter(|member| member.to.is_none()) {
                member.to = Some(to);
            }
        });
    }

    /// A team with the people of another that has ended.
    pub(crate) fn follow(&mut self, old: &str, new: &str, from: NaiveDate, decision: String) {
        let Some(old) = self.teams.iter().find(|team| team.id == old) else { return };
        let members = old.members.iter().map(|member| Member {
            person: member.person.clone(),
            role: member.role,
            acting: false,
            position: member.position,
            on_behalf_of: member.on_behalf_of.clone(),
            decision: None,
            from,
            to: None,
        });
        let team = Team {
            id: new.to_owned(),
            name: old.name.clone(),
            kind: old.kind,
            unit: old.unit.clone(),
            covers: old.covers.clone(),
            parent: old.parent.clone(),
            committee: None,
            decision: Some(decision),
            from,
            to: None,
            members: members.collect(),
        };
        self.teams.push(team);
    }

    /// A community team of three new people for a village.
    pub(crate) fn add(&mut self, id: &str, village: &str, from: NaiveDate, decision: String) {
        let Some(place) = self.villages.iter().find(|other| other.village.code == village) else { return };
        let (unit, name) = (place.commune, community_name(&place.village.name));
        let steering = format!("tcd-{unit}");
        let above = UNITS.iter().find(|other| other.code == unit).map(|unit| unit.parent).unwrap_or_default();
        let parent =
            if self.teams.iter().any(|team| team.id == steering) { steering } else { format!("tcd-{above}") };
        let team = Team {
            id: id.to_owned(),
            name,
            kind: "community",
            unit: unit.to_owned(),
            covers: vec![village.to_owned()],
            parent: Some(parent),
            committee: None,
            decision: Some(decision),
            from,
            to: None,
            members: Vec::new(),
        };
        self.names.next_place();
        self.fill(team, village, &COMMUNITY, 3);
    }

    /// Takes a team out, with its people.
    pub(crate) fn remove(&mut self, id: &str) {
        let people: Vec<String> =
            self.teams.iter().filter(|team| team.id == id).flat_map(Team::people).collect();
        self.teams.retain(|team| team.id != id);
        self.people.retain(|person| !people.contains(&person.id));
        self.positions.retain(|position| !people.contains(&position.person));
        self.strike(id);
    }

    /// The decision by which the commune's teams were first set up.
    pub(crate) fn first_decision(&self, commune: &str) -> String {
        let first = self.decisions.iter().find(|decision| decision.unit == commune && decision.community);
        first.map(|first| first.decision.id.clone()).unwrap_or_default()
    }

    pub(crate) fn decision(&mut self, id: &str, change: impl FnOnce(&mut Decision)) {
        if let Some(found) = self.decisions.iter_mut().find(|other| other.decision.id == id) {
            change(&mut found.decision);
        }
    }

    pub(crate) fn village(&mut self, code: &str, change: impl FnOnce(&mut Place)) {
        if let Some(place) = self.villages.iter_mut().find(|place| place.village.code == code) {
            change(place);
        }
    }

    /// Changes the positions of a person.
    pub(crate) fn office(&mut self, person: &str, change: impl Fn(&mut Position)) {
        self.positions.iter_mut().filter(|position| position.person == person).for_each(change);
    }

    /// Takes the village of a team out of the list attached to its commune's first decision.
    pub(crate) fn strike(&mut self, team: &str) {
        let Some(village) = team.strip_prefix("to-") else { return };
        for decision in self.decisions.iter_mut().filter(|decision| decision.community) {
            decision.decision.attached_list.retain(|other| other != village);
        }
    }

    /// Puts another decision, or none, in the place of a team's.
    pub(crate) fn decided(&mut self, team: &str, decision: Option<String>) {
        self.strike(team);
        self.team(team, |team| team.decision = decision);
    }

    /// The first person of a team loses the position of head of the village.
    pub(crate) fn lose(&mut self, team: &str, to: NaiveDate) {
        let person = self.numbered(team, 1);
        for position in self.positions.iter_mut().filter(|position| Some(&position.person) == person.as_ref())
        {
            position.to = Some(to);
        }
    }

    /// A team's `number`-th person takes a position in the village.
    pub(crate) fn hold(&mut self, team: &str, number: usize, kind: &'static str, from: NaiveDate) {
        let Some(person) = self.numbered(team, number) else { return };
        let unit = self.people.iter().find(|other| other.id == person);
        let unit = unit.and_then(|person| person.homes.first()).map(|home| home.unit.clone());
        self.positions.push(Position { person, kind, unit, body: String::new(), from, to: None });
    }

    fn numbered(&self, team: &str, number: usize) -> Option<String> {
        let team = self.teams.iter().find(|other| other.id == team)?;
        team.members.get(number - 1).map(|member| member.person.clone())
    }

    /// Gives two people names and birth days.
    pub(crate) fn same(&mut self, a: &str, b: &str, names: [&str; 2], born: [Option<NaiveDate>; 2]) {
        for ((id, name), born) in [a, b].into_iter().zip(names).zip(born) {
            self.person(id, |person| {
                name.clone_into(&mut person.name);
                person.born = born;
                person.sex = "male";
            });
        }
    }
}

impl Team {
    fn people(&self) -> impl Iterator<Item = String> {
        self.members.iter().map(|member| member.person.clone())
    }
}
