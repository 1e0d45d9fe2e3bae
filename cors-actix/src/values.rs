//! The values of [`cors_policy!`](crate::cors_policy) that are names, in a module for each key that takes them. Only their
//! documentation matters.
#![expect(non_upper_case_globals, reason = "an editor looks the values up as they are written")]

/// Values of [`origins`](crate::keys::origins).
pub mod origins {
    /// The policy allows no origin.
    pub const none: () = ();
}

/// Values of [`on_denied`](crate::keys::on_denied).
pub mod on_denied {
    /// The handler answers a request from an origin that no rule matches, and the browser does not let the page read the response. The default.
    pub const forward: () = ();

    /// A request from an origin that no rule matches gets 403 and does not reach the handler, unless it comes from the same origin.
    pub const reject: () = ();
}

/// Values of [`dangerously_allow`](crate::keys::dangerously_allow).
pub mod dangerously_allow {
    /// `http://` origins with credentials: anybody on the network can read as the user.
    pub const insecure_origins: () = ();

    /// Patterns such as `https://*.github.io`, below which anybody can have a site.
    pub const public_suffix_wildcards: () = ();
}

/// Items of [`methods`](crate::keys::methods). Others may be written too, in quotes or without.
pub mod methods {
    /// Needs no permission, and cannot be withheld.
    pub const GET: () = ();

    /// Needs no permission, and cannot be withheld.
    pub const HEAD: () = ();

    /// Needs no permission, and cannot be withheld.
    pub const POST: () = ();

    /// Replaces what is at an address.
    pub const PUT: () = ();

    /// Changes a part of what is at an address. Browsers send `patch` as a script writes it, which is another method.
    pub const PATCH: () = ();

    /// Removes what is at an address.
    pub const DELETE: () = ();

    /// Asks what is possible. Preflights are OPTIONS requests too, and need no permission.
    pub const OPTIONS: () = ();
}
