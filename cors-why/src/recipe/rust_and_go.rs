//! Rust and Go.

use super::Recipe;
use super::Topic::{Errors, Login, Order, Paths, Preflight, Several};
use crate::stack::Stack;

pub(super) const RECIPES: &[Recipe] = &[
    Recipe {
        stack: Stack::CorsActix,
        tried: true,
        install: "cargo add cors-actix; before 0.1, clone its repository to ../cors, and cargo add --path \
            ../cors/cors-actix",
        place: "on `App::new()`, as the last `wrap`: the last one stands outermost",
        inside: "`cors_policy!`",
        missing: r#"write `.wrap(cors_policy! { origins: [@"origin"@]@rest@ })` @place@"#,
        block: r#"
.wrap(cors_actix::cors_policy! {
    origins: [@"origin"@],
    @credentials@credentials: true,
    methods: [@unsafe@],
    allow_headers: [@"headers"@],
    expose_headers: [@"expose"@],
})
"#,
        other: &[
            (Order, "wrap the App, not one scope, and let it be the last `wrap`: the last one stands outermost"),
            (
                Login,
                "move `.wrap(cors_policy! { ... })` below the `wrap` of authentication: the last one stands outermost",
            ),
            (
                Errors,
                "move `.wrap(cors_policy! { ... })` below every other `wrap`: the last one stands outermost, outside of what makes the error",
            ),
            (Preflight, "wrap the App by `cors_policy!`, as its last `wrap`: it answers preflights of every path"),
        ],
    },
    Recipe {
        stack: Stack::ActixCors,
        tried: true,
        install: "cargo add actix-cors",
        place: "on `App::new()`, as the last `wrap`: the last one stands outermost",
        inside: "`Cors::default()`",
        missing: r#"write `.wrap(Cors::default().allowed_origin("@origin@")@rest@)` @place@"#,
        block: r#"
.wrap(
    actix_cors::Cors::default()
        .allowed_methods([@"methods"@])
        .allowed_headers([@"headers"@])
        .expose_headers([@"expose"@])
        @credentials@.supports_credentials()
        .allowed_origin("@origin@"),
)
"#,
        other: &[
            (Several, "call it once for each origin: `.allowed_origin(\"@origin@\")` in `Cors::default()`"),
            (Order, "wrap the App, not one scope, and let it be the last `wrap`: the last one stands outermost"),
            (Login, "move `.wrap(cors)` below the `wrap` of authentication: the last one stands outermost"),
            (
                Errors,
                "move `.wrap(cors)` below every other `wrap`: the last one stands outermost, outside of what makes the error",
            ),
        ],
    },
    Recipe {
        stack: Stack::TowerHttp,
        tried: true,
        install: "cargo add tower-http --features cors",
        place: "on the Router, as its last `layer`, below every route: the last one stands outermost",
        inside: "`CorsLayer`",
        missing: r#"write `.layer(CorsLayer::new().allow_origin([@"origin"@.parse().unwrap()])@rest@)` @place@"#,
        block: r#"
.layer(
    tower_http::cors::CorsLayer::new()
        .allow_methods([@"methods"@].map(|method| method.parse().unwrap()))
        .allow_headers([@"headers"@].map(|name| name.parse().unwrap()))
        .expose_headers([@"expose"@].map(|name| name.parse().unwrap()))
        @credentials@.allow_credentials(true)
        .allow_origin([@"origin"@].map(|origin| origin.parse().unwrap())),
)
"#,
        other: &[
            (
                Order,
                "move `.layer(cors)` below the routes, as the last `layer`: it is for the routes that stand above it",
            ),
            (Login, "move `.layer(cors)` below the `layer` of authentication: the last one stands outermost"),
            (
                Errors,
                "move `.layer(cors)` below every other `layer`: the last one stands outermost, outside of what makes the error",
            ),
            (Preflight, "use `.layer(cors)` on the Router, not `route_layer`: it answers preflights itself"),
        ],
    },
    Recipe {
        stack: Stack::Go,
        tried: true,
        install: "go get github.com/rs/cors, and import it",
        place: "around the handler that goes to `http.ListenAndServe`, here `handler`",
        inside: "`cors.Options`",
        missing: "write `handler = cors.New(cors.Options{AllowedOrigins: []string{@\"origin\"@}@rest@}).\
            Handler(handler)` @place@",
        block: r#"
handler = cors.New(cors.Options{
	AllowedOrigins: []string{@"origin"@},
	AllowedMethods: []string{@"methods"@},
	AllowedHeaders: []string{@"headers"@},
	ExposedHeaders: []string{@"expose"@},
	@credentials@AllowCredentials: true,
}).Handler(handler)
"#,
        other: &[
            (Order, "put `cors.New(...).Handler()` around the whole mux, the last thing before `http.ListenAndServe`"),
            (Login, "put `cors.New(...).Handler()` around authentication, the last thing before `http.ListenAndServe`"),
            (Errors, "put `cors.New(...).Handler()` around the whole mux, the last thing before `http.ListenAndServe`"),
            (
                Preflight,
                "put `cors.New(...).Handler()` around the whole mux: a pattern such as \"PUT /notes\" takes no OPTIONS",
            ),
        ],
    },
    Recipe {
        stack: Stack::Gin,
        tried: true,
        install: "go get github.com/gin-contrib/cors, and import it",
        place: "right after `router := gin.Default()`, above every route and above authentication",
        inside: "`cors.Config`",
        missing: r#"write `router.Use(cors.New(cors.Config{AllowOrigins: []string{@"origin"@}@rest@}))` @place@"#,
        block: r#"
router.Use(cors.New(cors.Config{
	AllowOrigins: []string{@"origin"@},
	AllowMethods: []string{@"methods"@},
	AllowHeaders: []string{@"headers"@},
	ExposeHeaders: []string{@"expose"@},
	@credentials@AllowCredentials: true,
}))
"#,
        other: &[
            (
                Order,
                "move `router.Use(cors.New(...))` above every route: routes take the middleware that stands above them",
            ),
            (Paths, "call `router.Use(cors.New(...))` on the router, not on one group"),
            (Login, "move `router.Use(cors.New(...))` above the middleware of authentication"),
            (
                Preflight,
                "call `router.Use(cors.New(...))` on the router, in place of one on a group or of headers by hand: it \
                 answers preflights too (go get github.com/gin-contrib/cors)",
            ),
        ],
    },
    Recipe {
        stack: Stack::Echo,
        tried: true,
        install: "go get github.com/labstack/echo/v4, and import its middleware",
        place: "right after `e := echo.New()`, above other middleware",
        inside: "`middleware.CORSConfig`",
        missing: "write `e.Use(middleware.CORSWithConfig(middleware.CORSConfig{AllowOrigins: \
            []string{@\"origin\"@}@rest@}))` @place@",
        block: r#"
e.Use(middleware.CORSWithConfig(middleware.CORSConfig{
	AllowOrigins: []string{@"origin"@},
	AllowMethods: []string{@"methods"@},
	AllowHeaders: []string{@"headers"@},
	ExposeHeaders: []string{@"expose"@},
	@credentials@AllowCredentials: true,
}))
"#,
        other: &[
            (Paths, "call `e.Use(middleware.CORSWithConfig(...))` on `e`, not on one group"),
            (Login, "move `e.Use(middleware.CORSWithConfig(...))` above the middleware of authentication"),
            (
                Preflight,
                "call `e.Use(middleware.CORSWithConfig(...))` on `e`, not on one group: it answers preflights itself",
            ),
        ],
    },
    Recipe {
        stack: Stack::Chi,
        tried: true,
        install: "go get github.com/go-chi/cors, and import it",
        place: "right after `router := chi.NewRouter()`, above every route and above authentication",
        inside: "`cors.Options`",
        missing: "write `router.Use(cors.Handler(cors.Options{AllowedOrigins: []string{@\"origin\"@}@rest@}))` \
            @place@",
        block: r#"
router.Use(cors.Handler(cors.Options{
	AllowedOrigins: []string{@"origin"@},
	AllowedMethods: []string{@"methods"@},
	AllowedHeaders: []string{@"headers"@},
	ExposedHeaders: []string{@"expose"@},
	@credentials@AllowCredentials: true,
}))
"#,
        other: &[
            (Paths, "call `router.Use(cors.Handler(...))` on the root router, not inside `Route` or `Group`"),
            (Login, "move `router.Use(cors.Handler(...))` above the middleware of authentication"),
            (
                Preflight,
                "call `router.Use(cors.Handler(...))` on the root router: inside `Group` or `With` no OPTIONS comes \
                 to it",
            ),
        ],
    },
    Recipe {
        stack: Stack::Fiber,
        tried: false,
        install: "go get github.com/gofiber/fiber/v3, and import its middleware/cors",
        place: "right after `app := fiber.New()`, above every route and above authentication",
        inside: "`cors.Config` (Fiber 2 takes one text with commas instead of each list)",
        missing: r#"write `app.Use(cors.New(cors.Config{AllowOrigins: []string{@"origin"@}@rest@}))` @place@"#,
        block: r#"
app.Use(cors.New(cors.Config{
	AllowOrigins: []string{@"origin"@},
	AllowMethods: []string{@"methods"@},
	AllowHeaders: []string{@"headers"@},
	ExposeHeaders: []string{@"expose"@},
	@credentials@AllowCredentials: true,
}))
"#,
        other: &[
            (Order, "move `app.Use(cors.New(...))` above every route: what is registered first answers first"),
            (Login, "move `app.Use(cors.New(...))` above the middleware of authentication"),
        ],
    },
];
