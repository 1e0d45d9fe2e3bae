//! Spring, ASP.NET, Rails and PHP.

use super::Recipe;
use super::Topic::{Errors, Login, Order, Paths, Preflight, Several, TooLarge};
use crate::stack::Stack;

pub(super) const RECIPES: &[Recipe] = &[
    Recipe {
        stack: Stack::Spring,
        tried: false,
        install: "",
        place: "in a class of its own beside the application; with Spring Security also \
            `http.cors(Customizer.withDefaults())` in the SecurityFilterChain",
        inside: "`addCorsMappings`",
        missing: "write `registry.addMapping(\"/**\").allowedOrigins(@\"origin\"@)@rest@` in `addCorsMappings` of a \
            WebMvcConfigurer, and `http.cors(Customizer.withDefaults())` where there is Spring Security",
        block: r#"
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration
public class CorsConfiguration implements WebMvcConfigurer {
    @Override
    public void addCorsMappings(CorsRegistry registry) {
        registry.addMapping("/**")
            .allowedOrigins(@"origin"@)
            .allowedMethods(@"methods"@)
            .allowedHeaders(@"headers"@)
            .exposedHeaders(@"expose"@)
            .allowCredentials(@true@);
    }
}
"#,
        other: &[
            (
                Login,
                "let Spring Security pass preflights: `http.cors(Customizer.withDefaults())` in the \
                 SecurityFilterChain",
            ),
            (
                Preflight,
                "add `http.cors(Customizer.withDefaults())` to the SecurityFilterChain, and a mapping in \
                 `addCorsMappings` that covers this path",
            ),
            (
                Order,
                "map this path in `addCorsMappings`, and add `http.cors(Customizer.withDefaults())` to the \
                 SecurityFilterChain",
            ),
            (
                Errors,
                "add `http.cors(Customizer.withDefaults())` to the SecurityFilterChain: it answers before the \
                 mappings do",
            ),
            (TooLarge, "raise `spring.servlet.multipart.max-request-size` or `server.tomcat.max-http-form-post-size`"),
        ],
    },
    Recipe {
        stack: Stack::AspNet,
        tried: false,
        install: "",
        place: "in Program.cs; both parts, each where its comment says",
        inside: "the policy in `AddCors`",
        missing: "write `builder.Services.AddCors(options => options.AddDefaultPolicy(policy => \
            policy.WithOrigins(@\"origin\"@)@rest@))` above `builder.Build()`, and `app.UseCors()` above \
            `app.UseAuthentication()`",
        block: r#"
// Above builder.Build():
builder.Services.AddCors(options => options.AddDefaultPolicy(policy => policy
    .WithOrigins(@"origin"@)
    .WithMethods(@"methods"@)
    .WithHeaders(@"headers"@)
    .WithExposedHeaders(@"expose"@)
    @credentials@.AllowCredentials()
));

// Below app.UseRouting() where there is one, above app.UseAuthentication() and app.MapControllers():
app.UseCors();
"#,
        other: &[
            (
                Order,
                "move `app.UseCors()` above `app.UseAuthorization()`, `app.MapControllers()` and the endpoints, \
                 below `app.UseRouting()`",
            ),
            (Login, "move `app.UseCors()` above `app.UseAuthentication()` and `app.UseAuthorization()`"),
            (
                Preflight,
                "call `app.UseCors()` with a policy, below `app.UseRouting()`, above the endpoints; on IIS remove \
                 what else handles OPTIONS",
            ),
            (
                Errors,
                "move `app.UseCors()` above what answers with the error; `app.UseExceptionHandler()` clears the \
                 headers of an answer",
            ),
        ],
    },
    Recipe {
        stack: Stack::Rails,
        tried: true,
        install: "bundle add rack-cors",
        place: "in config/initializers/cors.rb",
        inside: "config/initializers/cors.rb",
        missing: "write `allow { origins @\"origin\"@; resource \"*\"@rest@ }` for \
            Rack::Cors @place@",
        block: r#"
Rails.application.config.middleware.insert_before 0, Rack::Cors do
  allow do
    origins @"origin"@
    resource "*",
      headers: [@"headers"@],
      expose: [@"expose"@],
      credentials: @true@,
      methods: [@:methods@]
  end
end
"#,
        other: &[
            (Order, "insert Rack::Cors first: `config.middleware.insert_before 0, Rack::Cors`"),
            (Login, "insert Rack::Cors first, above authentication: `config.middleware.insert_before 0, Rack::Cors`"),
            (
                Preflight,
                "insert Rack::Cors first, it answers preflights itself: `config.middleware.insert_before 0, \
                 Rack::Cors`",
            ),
            (
                Errors,
                "insert Rack::Cors first, outside of what answers errors: `config.middleware.insert_before 0, \
                 Rack::Cors`",
            ),
            (Several, "give each origin as a text of its own: `origins @\"origin\"@`"),
            (Paths, "give `resource` a pattern that covers this path: `resource \"*\"`"),
        ],
    },
    Recipe {
        stack: Stack::Laravel,
        tried: false,
        install: "",
        place: "in config/cors.php (Laravel 11 and later: first `php artisan config:publish cors`)",
        inside: "config/cors.php",
        missing: r#"write `'allowed_origins' => [@'origin'@]` and this path among `paths` in config/cors.php"#,
        block: r"
<?php

return [
    'paths' => ['*'],
    'allowed_methods' => [@'methods'@],
    'allowed_origins' => [@'origin'@],
    'allowed_origins_patterns' => [],
    'allowed_headers' => [@'headers'@],
    'exposed_headers' => [@'expose'@],
    'max_age' => 0,
    'supports_credentials' => @true@,
];
",
        other: &[
            (Paths, "add this path to `paths` of config/cors.php: `'paths' => ['*']`"),
            (
                Order,
                "keep `HandleCors` first among the global middleware, and add this path to `paths` of config/cors.php",
            ),
            (Login, "keep `HandleCors` first among the global middleware, above authentication"),
            (Preflight, "add this path to `paths` of config/cors.php: then `HandleCors` answers preflights"),
        ],
    },
    Recipe {
        stack: Stack::Php,
        tried: true,
        install: "",
        place: "at the top of the script that answers, below `<?php`, before any output",
        inside: "the script that answers",
        missing: r#"write `header('Access-Control-Allow-Origin: @origin@');` @place@"#,
        block: r"
header('Access-Control-Allow-Origin: @origin@');
@credentials@header('Access-Control-Allow-Credentials: true');
header('Access-Control-Expose-Headers: @expose@');
if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') {
    header('Access-Control-Allow-Methods: @methods@');
    header('Access-Control-Allow-Headers: @headers@');
    http_response_code(204);
    exit;
}
",
        other: &[
            (Order, "move the `header()` calls to the top of the script, before any output and any `exit`"),
            (Login, "answer OPTIONS at the top of the script, above the check of the login"),
            (
                Preflight,
                "answer OPTIONS at the top of the script: `if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') { ...; \
                 http_response_code(204); exit; }`",
            ),
            (Errors, "move the `header()` calls to the top of the script: what fails earlier answers without them"),
            (
                Several,
                "choose by the Origin of the request: `if (in_array($_SERVER['HTTP_ORIGIN'] ?? '', [@'origin'@], \
                 true)) { header('Access-Control-Allow-Origin: ' . $_SERVER['HTTP_ORIGIN']); }` and \
                 `header('Vary: Origin');`",
            ),
            (TooLarge, "raise `post_max_size` and `upload_max_filesize` in php.ini"),
        ],
    },
];
