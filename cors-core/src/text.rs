//! Texts that are borrowed in a policy of the source and owned in one made at run time.

use std::borrow::Cow;

/// `Cow::deref`, in constants too.
#[expect(clippy::ptr_arg, reason = "a constant cannot dereference a Cow before the call")]
pub(crate) const fn borrowed<'t>(text: &'t Cow<'static, str>) -> &'t str {
    match text {
        Cow::Borrowed(text) => text,
        Cow::Owned(text) => text.as_str(),
    }
}
