//! The requests.

use crate::Setting;
use crate::setting::{ALLOWED, last_of};

/// One request, what policy it meets, and what kind of service stands behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// How tables call it.
    pub name: &'static str,
    /// What is allowed.
    pub setting: Setting,
    /// What the service does.
    pub inner: Inner,
    /// GET, or OPTIONS for a preflight.
    pub method: &'static str,
    /// The header lines that concern CORS.
    pub lines: Vec<(&'static str, String)>,
}

/// What stands inside of the middleware.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inner {
    /// A handler that answers a few bytes.
    Handler,
    /// A handler that sets all six CORS response headers.
    OfItsOwn,
    /// Middleware that answers by an error.
    Fails,
}

const REFUSED: &str = "https://evil.example";
const LONG: usize = 8192;

impl Case {
    /// All cases, in the order of the tables.
    pub fn all() -> Vec<Self> {
        let names = (0..1000).map(|number| format!("x-{number}")).collect::<Vec<_>>().join(",");
        // In the order that a browser puts them into.
        let longest_echoed = (0..512).map(|number| format!("x-{number:05}")).collect::<Vec<_>>().join(",");
        let long_origin = |length| format!("https://{}", "a".repeat(length - 8));
        vec![
            Self::get("no Origin", None),
            Self::allowed(),
            Self::get("refused GET", Some(REFUSED)),
            Self::preflight("allowed preflight", ALLOWED, "content-type,x-token"),
            Self::preflight("refused preflight", REFUSED, "content-type,x-token"),
            Self::preflight("preflight, header not listed", ALLOWED, "content-type,x-other"),
            Self::get("GET, Origin of 8 KiB", Some(&long_origin(LONG))),
            Self::get("GET, Origin of 120 KiB", Some(&long_origin(15 * LONG))),
            Self::preflight("preflight, 8 KiB of commas", ALLOWED, &",".repeat(LONG)),
            Self::preflight("preflight, 1,000 names", ALLOWED, &names),
            Self::preflight("echo, 2 names", ALLOWED, "content-type,x-token").under(Setting::Echo),
            Self::preflight("echo, 4,095 bytes of names", ALLOWED, &longest_echoed).under(Setting::Echo),
            Self::preflight("echo, 8 KiB of commas", ALLOWED, &",".repeat(LONG)).under(Setting::Echo),
            Self::preflight("echo, 1,000 names", ALLOWED, &names).under(Setting::Echo),
            Self::get("handler with CORS headers", Some(ALLOWED)).inside(Inner::OfItsOwn),
            Self::get("inner error", Some(ALLOWED)).inside(Inner::Fails),
            Self::get("GET, 1 of 1 origin", Some(&last_of(1))).under(Setting::Many(1)),
            Self::get("GET, 1 of 10", Some(&last_of(10))).under(Setting::Many(10)),
            Self::get("GET, 1 of 1,000", Some(&last_of(1000))).under(Setting::Many(1000)),
        ]
    }

    /// The case of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::all().into_iter().find(|case| case.name == name)
    }

    /// A request that every way to have CORS headers answers alike.
    pub(crate) fn allowed() -> Self {
        Self::get("allowed GET", Some(ALLOWED))
    }

    pub(crate) fn is_preflight(&self) -> bool {
        self.method == "OPTIONS"
    }

    fn get(name: &'static str, origin: Option<&str>) -> Self {
        let lines = origin.map(|origin| ("origin", origin.to_owned())).into_iter().collect();
        Self { name, setting: Setting::One, inner: Inner::Handler, method: "GET", lines }
    }

    fn preflight(name: &'static str, origin: &str, headers: &str) -> Self {
        let lines =
            [("origin", origin), ("access-control-request-method", "PUT"), ("access-control-request-headers", headers)];
        let lines = lines.map(|(name, value)| (name, value.to_owned())).into();
        Self { method: "OPTIONS", lines, ..Self::get(name, None) }
    }

    fn under(self, setting: Setting) -> Self {
        Self { setting, ..self }
    }

    fn inside(self, inner: Inner) -> Self {
        Self { inner, ..self }
    }
}
