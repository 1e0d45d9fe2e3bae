//! The names that are values in [`cors_policy!`](crate::cors_policy), one module for each key. Only their
//! documentation matters.
#![expect(non_upper_case_globals, reason = "an editor looks the values up as they are written")]

/// Values of [`origins`](crate::keys::origins).
pub mod origins {
    /// The policy allows no origin.
    pub const none: () = ();
}

/// Values of [`on_denied`](crate::keys::on_denied).
pub mod on_denied {
    /// The default: the handler answers a request from an origin that no rule matches, but the browser does not let
    /// the page read the response.
    pub const forward: () = ();

    /// A request from an origin that no rule matches gets 403 and does not reach the handler, unless it comes from the same origin.
    pub const reject: () = ();
}

/// Values of [`dangerously_allow`](crate::keys::dangerously_allow).
pub mod dangerously_allow {
    /// Allows `http://` origins with credentials: anybody on the network can read the user's data.
    pub const insecure_origins: () = ();

    /// Allows patterns such as `https://*.github.io` with credentials, below which anybody can have a site.
    pub const public_suffix_wildcards: () = ();
}

/// Items of [`methods`](crate::keys::methods). Other methods are possible too, in quotes or without.
pub mod methods {
    /// Needs no permission, and cannot be withheld.
    pub const GET: () = ();

    /// Needs no permission, and cannot be withheld.
    pub const HEAD: () = ();

    /// Needs no permission, and cannot be withheld.
    pub const POST: () = ();

    /// Replaces a resource.
    pub const PUT: () = ();

    /// Changes a part of a resource. If a script writes `patch`, browsers send `patch`, which is another method.
    pub const PATCH: () = ();

    /// Removes a resource.
    pub const DELETE: () = ();

    /// Asks which methods are possible. Preflights are OPTIONS requests too, and need no permission.
    pub const OPTIONS: () = ();
}
