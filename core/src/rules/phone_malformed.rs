//! P004 `phone-malformed`.

use crate::identity::is_phone;
use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Rule, Severity};
use crate::view::CardView;

pub(crate) static RULE: Rule = Rule {
    code: "P004",
    name: "phone-malformed",
    title: Bilingual {
        vi: "Số điện thoại không đúng dạng",
        en: "Phone number malformed",
    },
    severity: Severity::Info,
    policy: &[],
    params: &[],
    text: Bilingual {
        vi: "Số điện thoại của {person} không đúng dạng số di động hoặc số cố định.",
        en: "The phone number of {person} is neither a mobile nor a landline number.",
    },
    remedy: Bilingual {
        vi: "Đề nghị kiểm tra và ghi lại một số; số di động có 10 chữ số.",
        en: "Please check it and enter one number; a mobile number has 10 digits.",
    },
    doc: "\
### What it does
Finds people whose phone number is neither a mobile number of ten digits nor a landline number with its area code. `+84` and blanks, dots, hyphens and brackets are fine; two numbers in one cell are not.

### Why
Teams are reached by phone. A number with a digit too few, or from before 2018 with eleven, reaches nobody. The number itself is shown nowhere.

### Example
Nine digits.
",
    check: Check::Card(check),
};

fn check(view: &CardView<'_>, emit: &mut Emit<'_>) {
    if view.phone().is_some_and(|phone| !is_phone(phone)) {
        emit.finding(vec![]);
    }
}
