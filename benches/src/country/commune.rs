//! A commune of the country: its villages, their teams, and what is out of order in them.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::slip::{CommuneSlip, Slip};
use crate::calendar::{SET_UP_DAYS, day, set_up_day};
use crate::doc::Doc;
use crate::mix::{below, mix, seed};
use crate::names::Names;
use crate::planted::{Planted, plant};
use crate::seat::{At, COMMUNITY_PLAIN, Seat, took_office};
use crate::team::set_up;
use crate::territory::{
    Decision, Village, committee_id, community_name, decision_number, label, village_row, villages,
};
use crate::units::{Unit, in_sentence};

/// What is carried from commune to commune.
pub(super) struct Maker<'u> {
    pub(super) doc: Doc,
    pub(super) names: Names,
    pub(super) planted: Vec<Planted>,
    pub(super) districts: Vec<&'u str>,
    /// A village of the commune before, all in order, and the first day of its team.
    pub(super) neighbour: Option<(String, NaiveDate)>,
    /// How many numbers were given to people.
    pub(super) numbers: u32,
}

/// A team before it is written.
struct Draft {
    id: String,
    name: String,
    unit: String,
    covers: Vec<String>,
    parent: String,
    decision: Option<String>,
    from: NaiveDate,
    people: Vec<Sitting>,
    /// By day: the declared number of members.
    declared: BTreeMap<NaiveDate, usize>,
    /// The last day of the village.
    village_ends: Option<NaiveDate>,
    is_listed: bool,
}

/// A person in a seat before it is written.
struct Sitting {
    id: String,
    /// Whether the person is in another row already.
    is_known: bool,
    seat: Seat,
    home: String,
    from: NaiveDate,
    to: Option<NaiveDate>,
    office_ends: Option<NaiveDate>,
    acting: bool,
    decision: Option<String>,
    card: Card,
}

/// What is odd about the name and numbers of a person.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Card {
    Usual,
    BirthDayKnown,
    NameOfDeputy,
    ShortNumber,
    NumberOfOtherYear,
    NumberOfHead,
    BadPhone,
}

/// What the teams of a commune have in common.
struct Place<'a> {
    commune: &'a Unit,
    from: NaiveDate,
    decision: &'a Decision,
    /// The decision of 2023 that amends it.
    amendment: Option<&'a Decision>,
    /// Head and deputy of the team before, if it is in order.
    before: Option<[String; 2]>,
}

impl Maker<'_> {
    /// The villages of a commune and their teams, by one decision.
    pub(super) fn commune(&mut self, commune: &Unit, sizes: &[usize]) {
        let slip = CommuneSlip::of(commune.code);
        let from = set_up_day(4 + below(mix(seed(commune.code), 3), SET_UP_DAYS - 4));
        let villages = self.villages(commune, sizes.len(), slip);
        let mut decision = set_up(commune, from);
        let amendment = self.decide(commune, slip, &mut decision);
        let ids: Vec<String> = (1..=sizes.len()).map(|n| format!("to-{}-{n:02}", commune.code)).collect();
        let slips: Vec<Option<Slip>> = ids
            .iter()
            .zip(sizes)
            .map(|(id, &size)| Slip::of(id).filter(|team| slip.is_none() && team.fits(size)))
            .collect();
        self.names.next_place();
        let known_by = decision.id.clone();
        let mut place =
            Place { commune, from, decision: &decision, amendment: amendment.as_ref(), before: None };
        let mut drafts = Vec::new();
        for (n, (id, &size)) in ids.iter().zip(sizes).enumerate() {
            let village = villages.get(n);
            let mut draft = draft(&place, id, village, n, size);
            let next = (n + 1) % sizes.len();
            let next = villages.get(next).filter(|_| slips.get(next) == Some(&None));
            match slips.get(n).copied().flatten() {
                Some(slip) => {
                    if !self.slip_of_team(slip, &place, &mut draft, village)
                        && !self.slip_of_place(slip, &place, &mut draft, next)
                        && !self.slip_of_members(slip, &place, &mut draft)
                    {
                        self.slip_of_people(slip, &mut draft);
                    }
                }
                None => in_order(&mut self.doc, &place, &mut draft),
            }
            let is_plain =
                slips.get(n) == Some(&None) && draft.people.first().is_some_and(|p| p.to.is_none());
            place.before = match (&draft.people[..], is_plain) {
                ([head, deputy, ..], true) => Some([head.id.clone(), deputy.id.clone()]),
                _ => None,
            };
            drafts.push(draft);
        }
        let is_quiet = |at: Option<&Option<Slip>>| at.is_some_and(|slip| *slip != Some(Slip::SecondTeam));
        if slip.is_none() && slips.first() == Some(&None) && is_quiet(slips.last()) {
            self.neighbour = villages.first().map(|village| (village.code.clone(), from));
        }
        self.write(commune, slip, (decision, amendment), &villages, &drafts);
        if slips.contains(&Some(Slip::NoDecision)) {
            self.plant("D004", &known_by, Some(from));
        }
    }

    fn plant(&mut self, code: &'static str, subject: &str, from: Option<NaiveDate>) {
        self.planted.push(plant(code, subject, from));
    }

    /// The villages of a commune; one more than teams if one has none.
    fn villages(&mut self, commune: &Unit, teams: usize, slip: Option<CommuneSlip>) -> Vec<Village> {
        use CommuneSlip::{
            ListedWithoutTeam, SameName, UntidyName, UnusualKind, VillageWithoutTeam, VillagesUnknown,
        };
        let (kind, code) = (village_kind(commune), commune.code);
        let more = usize::from(matches!(slip, Some(VillageWithoutTeam | ListedWithoutTeam)));
        let mut villages = villages(code, teams + more, |_| kind);
        if more > 0 {
            // The wish of 05/3/2022, and sixty days.
            self.plant("U001", code, Some(day(2022, 5, 4)));
        }
        if let (Some(slip), [first, second, ..]) = (slip, &mut villages[..]) {
            match slip {
                UntidyName => {
                    second.name = second.name.replacen(' ', "  ", 1);
                    self.plant("U002", &second.code, None);
                }
                SameName => {
                    second.name.clone_from(&first.name);
                    self.plant("U003", code, None);
                }
                UnusualKind => {
                    second.name = second.name.replacen(label(kind), "Cụm dân cư", 1);
                    second.kind = "cum-dan-cu";
                    self.plant("U004", &second.code, None);
                }
                _ => {}
            }
        }
        if slip == Some(VillagesUnknown) {
            villages.clear();
            self.plant("U005", code, None);
        }
        villages
    }

    /// Changes the decision on the teams, and gives a later one if there is one.
    fn decide(
        &mut self,
        commune: &Unit,
        slip: Option<CommuneSlip>,
        decision: &mut Decision,
    ) -> Option<Decision> {
        use CommuneSlip::{
            DecisionOfDistrict, DecisionReplaced, InForceBeforeSigned, NumberTwice, UnusualNumber,
        };
        let number = decision_number(commune.code) + 1;
        let later = |number, signed| {
            let subject =
                format!("kiện toàn các Tổ công nghệ số cộng đồng trên địa bàn {}", in_sentence(commune.name));
            let later = Decision::of(commune.code, number, signed, subject);
            Decision { kind: "reconstitute", amends: vec![decision.id.clone()], ..later }
        };
        let signed = decision.signed;
        match slip {
            None if below(mix(seed(commune.code), 43), 12) == 0 => {
                return Some(later(number + 400, day(2023, 9, 15)));
            }
            Some(DecisionReplaced) => {
                let mut later = later(number + 400, day(2023, 9, 15));
                later.in_force = Some(day(2023, 10, 1));
                later.replaces = std::mem::take(&mut later.amends);
                return Some(later);
            }
            Some(NumberTwice) => {
                let later =
                    Decision { number: decision.number.clone(), ..later(number + 400, day(2022, 11, 15)) };
                self.plant("D003", &later.id, None);
                return Some(later);
            }
            Some(DecisionOfDistrict) => {
                decision.body = committee_id(commune.parent);
                decision.number = format!("{}/QĐ-UBND", 5000 + number);
            }
            Some(InForceBeforeSigned) => {
                decision.signed = after(signed, 10);
                self.plant("D001", &decision.id, Some(decision.signed));
            }
            Some(UnusualNumber) => {
                decision.number = decision.number.replace('Đ', "D");
                self.plant("D002", &decision.id, Some(signed));
            }
            _ => {}
        }
        None
    }

    /// What is out of order in the team itself.
    fn slip_of_team(
        &mut self,
        slip: Slip,
        place: &Place,
        draft: &mut Draft,
        village: Option<&Village>,
    ) -> bool {
        let (id, from) = (draft.id.clone(), draft.from);
        let late = day(2024, 6, 3);
        match slip {
            Slip::NoDecision => {
                draft.decision = None;
                self.plant("T001", &id, Some(from));
            }
            Slip::BeforeDecision => {
                draft.from = before(from, 3);
                for person in &mut draft.people {
                    person.from = draft.from;
                }
                self.plant("T002", &id, Some(draft.from));
            }
            Slip::OfDistrict => {
                place.commune.parent.clone_into(&mut draft.unit);
                self.plant("T006", &id, Some(from));
                self.plant("T012", &id, Some(from));
            }
            Slip::ParentElsewhere => {
                let other = self.districts.iter().find(|district| **district != place.commune.parent);
                draft.parent = format!("tcd-{}", other.unwrap_or(&place.commune.parent));
                self.plant("T007", &id, Some(from));
            }
            Slip::OfEndedVillage => {
                draft.unit = draft.covers.pop().unwrap_or_default();
                draft.village_ends = Some(late);
                self.plant("T008", &id, Some(late));
            }
            Slip::ServesEndedVillage => {
                draft.village_ends = Some(late);
                self.plant("T009", &id, Some(late));
            }
            Slip::OtherName => {
                let kind = village.map_or("", |village| village.kind);
                draft.name = community_name(&format!("{} Giả Định", label(kind)));
                self.plant("T011", &id, Some(from));
            }
            Slip::NotListed => {
                draft.is_listed = false;
                self.plant("T014", &id, Some(from));
            }
            Slip::OtherNumberDeclared => {
                draft.declared.insert(from, draft.people.len() + 2);
                self.plant("T015", &id, Some(from));
            }
            _ => return false,
        }
        true
    }

    /// What is out of order between teams.
    fn slip_of_place(
        &mut self,
        slip: Slip,
        place: &Place,
        draft: &mut Draft,
        next: Option<&Village>,
    ) -> bool {
        let (id, from) = (draft.id.clone(), draft.from);
        match slip {
            Slip::SecondTeam => {
                if let Some(next) = next {
                    draft.covers.push(next.code.clone());
                    self.plant("T003", &next.code, Some(from));
                }
            }
            Slip::ServesOtherCommune => {
                if let Some((village, since)) = self.neighbour.take() {
                    self.plant("T010", &id, Some(from));
                    self.plant("T003", &village, Some(from.max(since)));
                    draft.covers.push(village);
                }
            }
            Slip::LivesElsewhere => {
                if let (Some(next), Some(person)) = (next, draft.people.get_mut(2)) {
                    person.home.clone_from(&next.code);
                    self.plant("M013", &id, Some(from));
                }
            }
            Slip::InTwoTeams => {
                if let (Some([_, deputy]), Some(person)) = (&place.before, draft.people.last_mut()) {
                    (person.id, person.is_known) = (deputy.clone(), true);
                    self.plant("M013", &id, Some(from));
                    self.plant("M014", deputy, Some(from));
                }
            }
            Slip::HeadOfTwo => {
                if let (Some([head, _]), Some(person)) = (&place.before, draft.people.first_mut()) {
                    (person.id, person.is_known) = (head.clone(), true);
                    self.plant("M013", &id, Some(from));
                    self.plant("M014", head, Some(from));
                    self.plant("M015", head, Some(from));
                }
            }
            _ => return false,
        }
        true
    }

    /// What is out of order in the list of members.
    fn slip_of_members(&mut self, slip: Slip, place: &Place, draft: &mut Draft) -> bool {
        let (id, from) = (draft.id.clone(), draft.from);
        let [head, deputy, others @ ..] = &mut draft.people[..] else { return true };
        let [third, ..] = others else { return true };
        let (code, since) = match slip {
            Slip::TwoHeads => {
                deputy.seat.role = "head";
                ("T004", from)
            }
            Slip::NoHead => {
                let left = day(2024, 3, 4);
                (head.to, head.office_ends) = (Some(left), Some(left));
                ("T005", left)
            }
            Slip::MemberBeforeTeam => {
                third.from = before(from, 7);
                ("M001", third.from)
            }
            Slip::PersonTwice => {
                if let Some(last) = others.last_mut() {
                    (last.id, last.is_known) = (deputy.id.clone(), true);
                    (last.seat.role, last.seat.position) = ("secretary", None);
                }
                ("M002", from)
            }
            Slip::ActingForLong => {
                head.acting = true;
                ("M004", from)
            }
            Slip::TooFew => {
                let left = day(2024, 6, 3);
                for other in others {
                    other.to = Some(left);
                }
                ("M007", left)
            }
            Slip::NoUnionMember | Slip::NobodyYoung => {
                deputy.seat.position = None;
                (deputy.seat.organisation, third.seat.organisation) = (None, None);
                third.seat.ages = (20, 25);
                if slip == Slip::NobodyYoung {
                    for person in &mut draft.people {
                        (person.seat.ages, person.card) = ((40, 58), Card::BirthDayKnown);
                    }
                    self.plant("M012", &id, Some(from));
                }
                ("M011", from)
            }
            Slip::StandingDeputy => {
                deputy.seat.role = "standing_deputy";
                ("M018", from)
            }
            Slip::MemberBeforeDecision => {
                let Some(later) = place.amendment else { return true };
                third.decision = Some(later.id.clone());
                ("M017", from)
            }
            _ => return false,
        };
        self.plant(code, &id, Some(since));
        true
    }

    /// What is out of order with a person.
    fn slip_of_people(&mut self, slip: Slip, draft: &mut Draft) {
        let [head, deputy, others @ ..] = &mut draft.people[..] else { return };
        let (Some(third), lost) = (others.first_mut(), day(2024, 5, 6)) else { return };
        match slip {
            Slip::HeadLeftOffice => {
                head.office_ends = Some(lost);
                let head = head.id.clone();
                self.plant("M003", &head, Some(lost));
            }
            // No text of the nation minds.
            Slip::HeadOfOtherOffice => head.seat.position = Some(("party_cell_secretary", At::Home)),
            Slip::Namesake => {
                let deputy = deputy.id.clone();
                if let Some(last) = others.last_mut() {
                    last.card = Card::NameOfDeputy;
                    self.plant("P001", &deputy, None);
                }
            }
            Slip::ShortNumber => {
                third.card = Card::ShortNumber;
                let id = third.id.clone();
                self.plant("P002", &id, None);
            }
            Slip::NumberOfOtherYear => {
                third.card = Card::NumberOfOtherYear;
                let id = third.id.clone();
                self.plant("P003", &id, None);
            }
            Slip::NumberOfHead => {
                third.card = Card::NumberOfHead;
                let head = head.id.clone();
                self.plant("P005", &head, None);
            }
            Slip::BadPhone => {
                third.card = Card::BadPhone;
                let id = third.id.clone();
                self.plant("P004", &id, None);
            }
            _ => {}
        }
    }

    fn write(
        &mut self,
        commune: &Unit,
        slip: Option<CommuneSlip>,
        (mut decision, later): (Decision, Option<Decision>),
        villages: &[Village],
        drafts: &[Draft],
    ) {
        for (n, village) in villages.iter().enumerate() {
            let draft = drafts.get(n);
            let ends = draft.and_then(|draft| draft.village_ends);
            village_row(&mut self.doc, village, commune.code, None, ends);
            // A village without a team may stand in the list all the same.
            if draft.map_or(slip == Some(CommuneSlip::ListedWithoutTeam), |draft| draft.is_listed) {
                decision.attached_list.push(village.code.clone());
            }
        }
        if slip == Some(CommuneSlip::ListedWithoutTeam) {
            self.plant("D004", &decision.id, Some(decision.in_force.unwrap_or(decision.signed)));
        }
        for draft in drafts {
            match slip {
                Some(CommuneSlip::DecisionOfDistrict) => self.plant("T012", &draft.id, Some(draft.from)),
                Some(CommuneSlip::DecisionReplaced) => self.plant("T013", &draft.id, Some(day(2023, 10, 1))),
                _ => {}
            }
            self.team(draft);
        }
        decision.write(&mut self.doc);
        if let Some(later) = later {
            later.write(&mut self.doc);
        }
    }

    fn team(&mut self, draft: &Draft) {
        self.doc
            .teams()
            .text("id", &draft.id)
            .text("name", &draft.name)
            .text("kind", "community")
            .text("unit", &draft.unit)
            .list("covers", &draft.covers)
            .text("parent", &draft.parent)
            .text_if("decision", draft.decision.as_deref())
            .day("from", draft.from);
        for (&from, &members) in &draft.declared {
            self.doc.declarations().text("team", &draft.id).day("from", from).count("members", members);
        }
        // Name, birth day, sex and number of those who are written already.
        let mut written: Vec<Written> = Vec::new();
        for person in &draft.people {
            if !person.is_known {
                let row = self.person(person, &written);
                written.push(row);
            }
            self.doc
                .memberships()
                .text("team", &draft.id)
                .text("person", &person.id)
                .text("role", person.seat.role)
                .yes_if("acting", person.acting)
                .text_if("position", person.seat.position.map(|(kind, _)| kind))
                .text_if("decision", person.decision.as_deref())
                .day("from", person.from)
                .day_if("to", person.to)
                .text_if("end_reason", person.to.map(|_| "term_ended"));
        }
    }

    fn person(&mut self, person: &Sitting, written: &[Written]) -> Written {
        let seed = seed(&person.id);
        let (name, born, sex) = if let (Card::NameOfDeputy, [_, deputy, ..]) = (person.card, written) {
            (deputy.name.clone(), deputy.born, deputy.sex)
        } else {
            let (name, born, sex) = person.seat.person(&mut self.names, seed);
            (name, born, sex.word())
        };
        let number = self.number(person, born, sex, written);
        let is_head = person.seat.role == "head";
        let phone = match person.card {
            Card::BadPhone => Some(format!("099{:06}", below(mix(seed, 31), 1_000_000))),
            _ if is_head || below(mix(seed, 30), 4) == 0 => Some(phone(mix(seed, 31))),
            _ => None,
        };
        // Of one person in forty the birth day is not known.
        let knows_born = person.card != Card::Usual || below(mix(seed, 32), 40) > 0;
        self.doc
            .people()
            .text("id", &person.id)
            .text("name", &name)
            .day_if("born", Some(born).filter(|_| knows_born))
            .text("sex", sex)
            .text_if("phone", phone.as_deref())
            .text_if("citizen_number", number.as_deref());
        self.residences(person, seed);
        if let Some(organisation) = person.seat.organisation {
            // Some leave the Youth Union; the secretary of its branch is still there.
            let leaves = person.seat.position.is_none() && below(mix(seed, 34), 10) == 0;
            self.doc
                .affiliations()
                .text("person", &person.id)
                .text("organisation", organisation)
                .day_if("to", leaves.then(|| day(2023, 3, 26)));
        }
        if let Some((kind, _)) = person.seat.position {
            let is_new = person.from >= day(2023, 1, 1);
            let from = if is_new { person.from } else { took_office(seed) };
            self.doc
                .positions()
                .text("person", &person.id)
                .text("kind", kind)
                .text("unit", &person.home)
                .day("from", from)
                .day_if("to", person.office_ends);
        }
        Written { name, born, sex, number }
    }

    /// A home, and for one person in thirty another one before.
    fn residences(&mut self, person: &Sitting, seed: u64) {
        let moved = (below(mix(seed, 33), 30) == 0).then(|| took_office(mix(seed, 33)));
        let before = self.districts.first().filter(|_| moved.is_some());
        if let Some(district) = before {
            self.doc.residences().text("person", &person.id).text("unit", district).day_if("to", moved);
        }
        self.doc.residences().text("person", &person.id).text("unit", &person.home).day_if("from", moved);
    }

    /// A made-up number, for one person in three.
    fn number(
        &mut self,
        person: &Sitting,
        born: NaiveDate,
        sex: &str,
        written: &[Written],
    ) -> Option<String> {
        let is_wanted = matches!(person.card, Card::ShortNumber | Card::NumberOfOtherYear)
            || person.card == Card::Usual
                && (person.seat.role == "head" || below(mix(seed(&person.id), 35), 4) == 0);
        if person.card == Card::NumberOfHead {
            let head = written.first()?;
            if number_of(born, sex, 0).get(..6) != number_of(head.born, head.sex, 0).get(..6) {
                self.plant("P003", &person.id, None);
            }
            return head.number.clone();
        }
        if !is_wanted {
            return None;
        }
        self.numbers += 1;
        Some(match person.card {
            Card::ShortNumber => number_of(born, sex, self.numbers).chars().take(11).collect(),
            Card::NumberOfOtherYear => number_of(after(born, 366), sex, self.numbers),
            _ => number_of(born, sex, self.numbers),
        })
    }
}

struct Written {
    name: String,
    born: NaiveDate,
    sex: &'static str,
    number: Option<String>,
}

/// A team in order, before anything is changed.
fn draft(place: &Place, id: &str, village: Option<&Village>, n: usize, size: usize) -> Draft {
    let commune = place.commune.code;
    let home = village.map_or(commune, |village| &village.code);
    let stem = id.strip_prefix("to-").unwrap_or(id);
    let sitting = |(seat, number): (&Seat, usize)| Sitting {
        id: format!("p-{stem}-{number}"),
        is_known: false,
        seat: *seat,
        home: home.to_owned(),
        from: place.from,
        to: None,
        office_ends: None,
        acting: false,
        decision: None,
        card: Card::Usual,
    };
    Draft {
        id: id.to_owned(),
        name: match village {
            Some(village) => community_name(&village.name),
            None => format!("Tổ công nghệ số cộng đồng số {}", n + 1),
        },
        unit: commune.to_owned(),
        covers: village.iter().map(|village| village.code.clone()).collect(),
        parent: format!("tcd-{}", place.commune.parent),
        decision: Some(place.decision.id.clone()),
        from: place.from,
        people: COMMUNITY_PLAIN.seats(size).zip(1..).map(sitting).collect(),
        declared: BTreeMap::new(),
        village_ends: None,
        is_listed: true,
    }
}

/// What changes in a team and leaves it in order: in one of twenty the head was followed by another; some members came
/// later; one team in eight declares how many they are; some rest for a summer.
fn in_order(doc: &mut Doc, place: &Place, draft: &mut Draft) {
    let seed = seed(&draft.id);
    for (person, number) in draft.people.iter_mut().zip(1..) {
        let drawn = mix(seed, 10 + number);
        if number > 3 && below(drawn, 9) == 0 {
            person.from = in_2023_or_2024(drawn);
            let later = place.amendment.filter(|later| later.signed <= person.from);
            person.decision = later.map(|later| later.id.clone());
        }
    }
    if below(mix(seed, 0), 20) == 0
        && let [head, _, _, .., last] = &mut draft.people[..]
    {
        let change = in_2023_or_2024(mix(seed, 1));
        (head.to, head.office_ends) = (Some(change), Some(change));
        (last.seat, last.from, last.decision) = (head.seat, change, None);
    }
    if below(mix(seed, 44), 8) == 0 {
        let days = draft.people.iter().flat_map(|person| [Some(person.from), person.to]).flatten();
        draft.declared = days
            .map(|day| {
                let is_there = |p: &&Sitting| p.from <= day && p.to.is_none_or(|to| day < to);
                (day, draft.people.iter().filter(is_there).count())
            })
            .collect();
    }
    if below(mix(seed, 45), 400) == 0 {
        doc.suspensions().text("team", &draft.id).day("from", day(2023, 6, 1)).day("to", day(2023, 9, 1));
    }
}

fn in_2023_or_2024(mixed: u64) -> NaiveDate {
    after(day(2023, 1, 1), below(mixed << 16, 720))
}

fn after(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_add_days(Days::new(days.into())).unwrap_or(day)
}

fn before(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_sub_days(Days::new(days.into())).unwrap_or(day)
}

/// A mobile number of nobody, in one of the ways in which numbers are written.
fn phone(mixed: u64) -> String {
    let (a, b) = (below(mixed, 1000), below(mix(mixed, 1), 1000));
    match below(mix(mixed, 2), 20) {
        0 => format!("+84990{a:03}{b:03}"),
        1 => format!("0990 {a:03} {b:03}"),
        2 => format!("0990.{a:03}.{b:03}"),
        _ => format!("0990{a:03}{b:03}"),
    }
}

/// A citizen number of nobody: no province has the code 099.
fn number_of(born: NaiveDate, sex: &str, count: u32) -> String {
    let year = chrono::Datelike::year(&born);
    let century = (year / 100 - 19) * 2 + i32::from(sex == "female");
    format!("099{century}{:02}{:06}", year % 100, count % 1_000_000)
}

/// North and centre have `thon` and `to-dan-pho`; the south, from Bình Phước (70) on, `ap` and `khu-pho`.
fn village_kind(commune: &Unit) -> &'static str {
    let south = commune.code > "25193";
    match (commune.kind == "xa", south) {
        (true, false) => "thon",
        (true, true) => "ap",
        (false, false) => "to-dan-pho",
        (false, true) => "khu-pho",
    }
}
