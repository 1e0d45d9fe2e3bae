//! Texts that are borrowed in a static policy, and owned in a policy made at run time.

use std::borrow::Cow;

/// Returns the text like `Cow::deref`, but also in constants.
#[expect(clippy::ptr_arg, reason = "a constant cannot dereference a Cow before the call")]
pub(crate) const fn borrowed<'t>(text: &'t Cow<'static, str>) -> &'t str {
    match text {
        Cow::Borrowed(text) => text,
        Cow::Owned(text) => text.as_str(),
    }
}
