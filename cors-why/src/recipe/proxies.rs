//! Proxies and file servers.

use super::Recipe;
use super::Topic::{Errors, Lists, Login, Order, Paths, Preflight, Several, TooLarge, Twice};
use crate::stack::Stack;

pub(super) const RECIPES: &[Recipe] = &[
    Recipe {
        stack: Stack::Nginx,
        tried: true,
        install: "",
        place: "inside the `location` that answers this address",
        inside: "the `location`",
        missing: "write `add_header Access-Control-Allow-Origin \"@origin@\" always;` in the `location`, beside its \
            other `add_header` lines (errors have it by `always` only)",
        block: r#"
proxy_hide_header Access-Control-Allow-Origin;
proxy_hide_header Access-Control-Allow-Credentials;
add_header Access-Control-Allow-Origin "@origin@" always;
@credentials@add_header Access-Control-Allow-Credentials "true" always;
add_header Access-Control-Expose-Headers "@expose@" always;
if ($request_method = OPTIONS) {
    # `if` inherits no add_header, so they are here again.
    add_header Access-Control-Allow-Origin "@origin@" always;
    @credentials@add_header Access-Control-Allow-Credentials "true" always;
    add_header Access-Control-Allow-Methods "@methods@" always;
    add_header Access-Control-Allow-Headers "@headers@" always;
    return 204;
}
"#,
        other: &[
            (
                Order,
                "write the `add_header` lines in this `location` itself, outside of `if`, with `always`: one \
                 `add_header` there drops all that stand further out",
            ),
            (
                Paths,
                "repeat the `add_header` lines in this `location`: one `add_header` of its own there drops all that \
                 stand outside of it",
            ),
            (
                Login,
                "answer preflights before `auth_basic` does: `if ($request_method = OPTIONS) { ... return 204; }` in \
                 the `location` (`why --fix` prints it)",
            ),
            (
                Preflight,
                "answer preflights in the `location`, with all headers inside the `if`, which inherits none: `if \
                 ($request_method = OPTIONS) { add_header ... always; return 204; }` (`why --fix` prints it)",
            ),
            (Lists, "the `if` that answers OPTIONS where there is one, which inherits nothing, else in the `location`"),
            (
                Errors,
                "write `always` at the end: `add_header Access-Control-Allow-Origin \"@origin@\" always;`, without \
                 it errors have no such header",
            ),
            (
                Twice,
                "drop the header of the application, or remove `add_header` here: `proxy_hide_header \
                 Access-Control-Allow-Origin;`",
            ),
            (
                Several,
                "choose by the Origin of the request: `map $http_origin $cors_origin { <others> \"@origin@\" \
                 $http_origin; }` in `http`, `add_header Access-Control-Allow-Origin $cors_origin always;` and \
                 `add_header Vary Origin always;`",
            ),
            (TooLarge, "raise `client_max_body_size`"),
        ],
    },
    Recipe {
        stack: Stack::Apache,
        tried: true,
        install: "a2enmod headers rewrite",
        place: "inside the `<VirtualHost>` that answers this address",
        inside: "the `<VirtualHost>`",
        missing: "write `Header always set Access-Control-Allow-Origin \"@origin@\"` in the `<VirtualHost>`, in place of \
            any `Header set` of it (errors have it by `always` only)",
        block: r#"
Header onsuccess unset Access-Control-Allow-Origin
Header onsuccess unset Access-Control-Allow-Credentials
Header always set Access-Control-Allow-Origin "@origin@"
@credentials@Header always set Access-Control-Allow-Credentials "true"
Header always set Access-Control-Allow-Methods "@methods@"
Header always set Access-Control-Allow-Headers "@headers@"
Header always set Access-Control-Expose-Headers "@expose@"
RewriteEngine On
RewriteCond %{REQUEST_METHOD} =OPTIONS
RewriteRule ^ - [R=204,L]
"#,
        other: &[
            (
                Login,
                "answer preflights before authentication does: `RewriteEngine On`, `RewriteCond %{REQUEST_METHOD} =OPTIONS` \
                 and `RewriteRule ^ - [R=204,L]` in the `<VirtualHost>` (a2enmod rewrite)",
            ),
            (
                Preflight,
                "answer preflights: `RewriteEngine On`, `RewriteCond %{REQUEST_METHOD} =OPTIONS` and `RewriteRule ^ - \
                 [R=204,L]` beside `Header always set` (a2enmod rewrite)",
            ),
            (
                Errors,
                "write `always`: `Header always set Access-Control-Allow-Origin \"@origin@\"`, without it errors \
                 have no such header",
            ),
            (
                Twice,
                "drop the header of the application first: `Header onsuccess unset Access-Control-Allow-Origin` \
                 above `Header always set`; `add` always makes a second line",
            ),
            (
                Several,
                "choose by the Origin of the request: `Header always set Access-Control-Allow-Origin \
                 \"expr=%{HTTP:Origin}\" \"expr=%{HTTP:Origin} in { @'origin'@ }\"` and `Header always merge Vary \
                 Origin`",
            ),
            (TooLarge, "raise `LimitRequestBody`"),
        ],
    },
    Recipe {
        stack: Stack::Caddy,
        tried: true,
        install: "",
        place: "in the Caddyfile, inside the braces of the site",
        inside: "`header { ... }` of the site",
        missing: r#"write `header Access-Control-Allow-Origin "@origin@"` @place@"#,
        block: r#"
header {
	Access-Control-Allow-Origin "@origin@"
	@credentials@Access-Control-Allow-Credentials "true"
	Access-Control-Allow-Methods "@methods@"
	Access-Control-Allow-Headers "@headers@"
	Access-Control-Expose-Headers "@expose@"
}
header {
	# It comes last, in place of what an application sends.
	defer
	Access-Control-Allow-Origin "@origin@"
	@credentials@Access-Control-Allow-Credentials "true"
}
@preflight method OPTIONS
respond @preflight 204
"#,
        other: &[
            (
                Login,
                "let authentication be for other methods only: `@login not method OPTIONS` and `basic_auth @login { \
                 ... }` (`basicauth` before Caddy 2.8)",
            ),
            (
                Errors,
                "write the header without `defer`, beside the block with it: errors of Caddy itself go out without \
                 what is deferred: `header Access-Control-Allow-Origin \"@origin@\"`",
            ),
            (Preflight, "answer preflights: `@preflight method OPTIONS` and `respond @preflight 204`, beside `header`"),
            (
                Twice,
                "write `defer` into the block, so that its header stands in place of the application's: `header { \
                 defer` and `Access-Control-Allow-Origin \"@origin@\" }`, on lines of their own; or drop the \
                 application's: `header_down -Access-Control-Allow-Origin` in `reverse_proxy`",
            ),
            (TooLarge, "raise `request_body { max_size 5MB }`"),
        ],
    },
    Recipe {
        stack: Stack::HaProxy,
        tried: true,
        install: "",
        place: "inside the `frontend` that answers this address",
        inside: "the `frontend`",
        missing: r#"write `http-after-response set-header Access-Control-Allow-Origin "@origin@"` @place@"#,
        block: r#"
http-request return status 204 if METH_OPTIONS
http-after-response set-header Access-Control-Allow-Origin "@origin@"
@credentials@http-after-response set-header Access-Control-Allow-Credentials "true"
http-after-response set-header Access-Control-Allow-Methods "@methods@"
http-after-response set-header Access-Control-Allow-Headers "@headers@"
http-after-response set-header Access-Control-Expose-Headers "@expose@"
"#,
        other: &[
            (
                Login,
                "answer preflights above `http-request auth` and `http-request deny`: `http-request return status 204 if \
                 METH_OPTIONS`, with all headers by `http-after-response set-header` (`why --fix` prints it)",
            ),
            (
                Preflight,
                "answer preflights: `http-request return status 204 if METH_OPTIONS`, and set the headers by \
                 `http-after-response`",
            ),
            (
                Errors,
                "set the headers by `http-after-response set-header`: `http-response` is not for what HAProxy itself \
                 answers",
            ),
            (
                Twice,
                "write `set-header` instead of `add-header`: `http-after-response set-header \
                 Access-Control-Allow-Origin \"@origin@\"`",
            ),
        ],
    },
    Recipe {
        stack: Stack::Lighttpd,
        tried: true,
        install: "",
        place: "in lighttpd.conf",
        inside: "`setenv.set-response-header` of lighttpd.conf",
        missing: "write `server.modules += (\"mod_setenv\")` and `setenv.set-response-header = \
            (\"Access-Control-Allow-Origin\" => \"@origin@\")` in lighttpd.conf",
        block: r#"
server.modules += ("mod_setenv")
setenv.set-response-header = (
  "Access-Control-Allow-Methods" => "@methods@",
  "Access-Control-Allow-Headers" => "@headers@",
  "Access-Control-Expose-Headers" => "@expose@",
  @credentials@"Access-Control-Allow-Credentials" => "true",
  "Access-Control-Allow-Origin" => "@origin@"
)
"#,
        other: &[],
    },
    Recipe {
        stack: Stack::Traefik,
        tried: true,
        install: "",
        place: "in the dynamic configuration; then name it in the router: `middlewares: [\"cors\"]`",
        inside: "`headers` of the middleware",
        missing: "write `accessControlAllowOriginList: [@\"origin\"@]` in a `headers` middleware, and name it in \
            `middlewares` of the router",
        block: r#"
http:
  middlewares:
    cors:
      headers:
        accessControlAllowOriginList: [@"origin"@]
        accessControlAllowMethods: [@"methods"@]
        accessControlAllowHeaders: [@"headers"@]
        accessControlExposeHeaders: [@"expose"@]
        @credentials@accessControlAllowCredentials: true
        addVaryHeader: true
"#,
        other: &[(Login, "put the middleware `cors` before that of authentication in `middlewares` of the router")],
    },
];
