//! The keys of [`cors_policy!`](crate::cors_policy) as names that an editor can look up. Only their documentation matters.
#![expect(non_upper_case_globals, reason = "an editor looks the keys up as they are written")]

/// Origins whose pages may read responses: `"*"`, or a list of origins and origin patterns, as a browser serialises them. Required.
///
/// For example `["https://app.example.com", "https://*.example.com", "http://localhost:*"]`. Becomes
/// `Access-Control-Allow-Origin`.
pub const origins: () = ();

/// Whether pages may read responses to requests with cookies or stored passwords: `true` or `false`. The default is
/// `false`.
///
/// Becomes `Access-Control-Allow-Credentials`.
pub const credentials: () = ();

/// Methods that scripts may use besides GET, HEAD and POST: `"*"`, or a list of names, bare (`PUT`) or quoted.
///
/// Becomes `Access-Control-Allow-Methods`.
pub const methods: () = ();

/// Request headers that scripts may send: `"*"`, or a list of quoted names. The default is the CORS-safelisted ones.
///
/// Becomes `Access-Control-Allow-Headers`.
pub const allow_headers: () = ();

/// Response headers that scripts may read: `"*"`, or a list of quoted names. The default is the CORS-safelisted ones.
///
/// Becomes `Access-Control-Expose-Headers`.
pub const expose_headers: () = ();

/// How long a browser may remember the answer to a preflight: `600` (seconds), `600s`, `10min`, `2h`, `1d`; `0` forbids it.
///
/// Becomes `Access-Control-Max-Age`.
pub const max_age: () = ();

/// Dangers that this policy accepts: a list of `insecure_origins` and `public_suffix_wildcards`.
pub const dangerously_allow: () = ();

/// The action for a request whose `Origin` no rule matches: `forward` to the handler, or `reject` with 403 before it.
/// A request without `Origin` is forwarded.
pub const on_denied: () = ();

/// Several rules instead of the keys of one: a list of keys in braces. The first rule whose origins match decides.
pub const rules: () = ();
