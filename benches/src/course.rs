//! The course of a team through its months: made-up figures for the form `team-monthly`, in order. What happens differs from
//! month to month and stays near what is usual; what there is changes slowly; a part is never above its whole.

use crate::mix::{below, mix, seed};
use crate::roll::Month;

macro_rules! figures {
    ($($name:ident,)*) => {
        /// What one report says, by the indicators of the form in their order; nothing where it is silent.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub(crate) struct Figures { $(pub(crate) $name: Option<u32>,)* }

        impl Figures {
            /// The indicators, in the order of the form.
            pub(crate) const NAMES: &[&str] = &[$(stringify!($name),)*];

            /// What stands at each of [`Figures::NAMES`].
            pub(crate) fn cells(&self) -> [Option<u32>; Self::NAMES.len()] {
                [$(self.$name,)*]
            }

            /// The place of an indicator.
            pub(crate) fn slot(&mut self, name: &str) -> Option<&mut Option<u32>> {
                match name {
                    $(stringify!($name) => Some(&mut self.$name),)*
                    _ => None,
                }
            }
        }
    };
}

figures! {
    members,
    members_young,
    members_trained,
    outreach_sessions,
    outreach_attendance,
    households_guided,
    households_in_group,
    people_guided,
    guidance_occurrences,
    people_guided_public_service,
    vulnerable_guided,
    online_files_assisted,
    eid_activated,
    province_app_accounts,
    epayment_accounts,
    ecommerce_accounts,
    digital_stalls,
    qr_businesses,
    adults_digital_skills,
    community_classes,
    online_safety_guidance,
    feedback_received,
    feedback_resolved,
    petitions_open,
}

/// What is known of the place of a team: no figure of it is above these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) households: u32,
    pub(crate) adults: u32,
    pub(crate) smartphones: u32,
    pub(crate) household_businesses: u32,
}

/// How much a team does in a month.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pace {
    Usual,
    /// The least that is usual: in the months after a rest, so that they are no leap from nothing.
    Slow,
    /// Nothing: the team rests.
    Rest,
}

/// A team on its way through the months.
pub(crate) struct Course {
    seed: u64,
    place: Option<Place>,
    /// Households guided since the first of the year.
    guided: u32,
    accounts: u32,
    skilled: u32,
    in_group: u32,
    /// The month in which the teams of the commune are trained, and the first month of this one.
    training: u64,
    first: Option<u64>,
}

impl Course {
    pub(crate) fn new(id: &str, place: Option<Place>) -> Self {
        let commune = seed(id.rsplit_once('-').map_or(id, |(commune, _)| commune));
        let seed = mix(seed(id), 70);
        let start = |n, least, spare| least + below(mix(seed, n), spare);
        let capped = |value: u32, cap: fn(Place) -> u32| place.map_or(value, |place| value.min(cap(place)));
        Self {
            seed,
            place,
            guided: 0,
            accounts: capped(start(1, 60, 60), |place| place.smartphones / 2),
            skilled: capped(start(2, 80, 60), |place| place.adults / 2),
            in_group: place.map_or(0, |place| place.households / 2),
            training: Month::of(2022, 7).number() + u64::from(below(mix(commune, 71), 3)),
            first: None,
        }
    }

    /// The figures of a month; months come one after the other.
    pub(crate) fn month(&mut self, month: Month, members: u32, pace: Pace) -> Figures {
        let (seed, number) = (self.seed, month.number());
        let own = |n: u64, spare: u32| below(mix(seed, n), spare);
        let draw = |n: u64, spare: u32| match pace {
            Pace::Usual => below(mix(seed, number * 64 + n), spare),
            Pace::Slow | Pace::Rest => 0,
        };
        // From what is usual for the team to a third more.
        let flow = |n: u64, least: u32, spare: u32| {
            let usual = least + own(n, spare);
            usual + draw(n, usual / 3 + 1)
        };
        let people = flow(10, 12, 12);
        let sessions = 2 + draw(11, 2);
        let (public, received) = (people / 2, 3 + draw(12, 2));
        let first = *self.first.get_or_insert(number);
        let resolved = received - u32::from(first == number);
        if month.month == 1 {
            self.guided = 0;
        }
        if pace != Pace::Rest {
            let cap = |value: u32, cap: Option<u32>| cap.map_or(value, |cap| value.min(cap));
            let known = self.place;
            self.guided = cap(self.guided + 4 + draw(13, 3), known.map(|place| place.households));
            self.accounts = cap(self.accounts + 1 + draw(14, 4), known.map(|place| place.smartphones));
            self.skilled = cap(self.skilled + 2 + draw(15, 5), known.map(|place| place.adults));
            self.in_group = cap(self.in_group + draw(16, 3), known.map(|place| place.households));
        }
        // Once, in the summer of 2022; who came later in that year was not.
        let was_there = first < self.training || first >= Month::of(2023, 1).number();
        let trained = if was_there && number >= self.training { 2 + own(18, 2) } else { 0 };
        let happened = |value: u32| Some(if pace == Pace::Rest { 0 } else { value });
        Figures {
            members: Some(members),
            members_young: Some(members.min(1 + own(19, 2))),
            members_trained: Some(members.min(trained)),
            outreach_sessions: happened(sessions),
            outreach_attendance: happened(sessions * 12 + draw(20, 12)),
            households_guided: Some(self.guided),
            households_in_group: self.place.map(|_| self.in_group),
            people_guided: happened(people),
            // The month before was odd where this one is even, so no month repeats another.
            guidance_occurrences: happened(people + 3 + month.month % 2 + 2 * draw(21, 2)),
            people_guided_public_service: happened(public),
            vulnerable_guided: happened(people / 4),
            online_files_assisted: happened(public + draw(22, 2)),
            eid_activated: happened(flow(23, 4, 4)),
            province_app_accounts: Some(self.accounts),
            epayment_accounts: happened(flow(24, 3, 3)),
            ecommerce_accounts: happened(draw(25, 2)),
            digital_stalls: happened(1 + draw(26, 2)),
            qr_businesses: self.place.map(|place| place.household_businesses / 2),
            adults_digital_skills: Some(self.skilled),
            community_classes: happened(draw(27, 2)),
            online_safety_guidance: happened(flow(28, 5, 5)),
            feedback_received: happened(received),
            feedback_resolved: happened(resolved),
            petitions_open: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_those_of_the_form() {
        let policy = cnscd::Policy::preset("team-report").unwrap();
        let form = policy.forms().first().unwrap();
        assert!(form.indicators.iter().map(|own| own.part.id.as_str()).eq(Figures::NAMES.iter().copied()));
        let mut figures = Figures::default();
        *figures.slot("eid_activated").unwrap() = Some(7);
        assert_eq!(figures.eid_activated, Some(7));
        assert!(figures.slot("eid").is_none());
    }

    #[test]
    fn a_year_begins_again() {
        let mut course = Course::new("to-x", None);
        let mut last = 0;
        for month in Month::of(2022, 10).following(5) {
            let guided = course.month(month, 5, Pace::Usual).households_guided.unwrap();
            assert!(month.month == 1 && guided < 7 || month.month != 1 && guided > last);
            last = guided;
        }
    }
}
