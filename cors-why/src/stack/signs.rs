//! The signs of each stack. Texts of error pages and names of headers come from answers of the servers themselves.

use super::Stack;

/// A stack, and the clues that must all be present. The first clue is the evidence to show.
pub(super) struct Sign {
    pub(super) stack: Stack,
    pub(super) clues: &'static [Clue],
}

#[derive(Clone, Copy)]
pub(super) enum Clue {
    /// A header with this name, whose value contains this word.
    Header(&'static str, &'static str),
    /// A header with this name and exactly this value.
    Exactly(&'static str, &'static str),
    /// An ETag of a file's inode, size and time, as http-server writes it.
    DatedEtag,
    /// A cookie whose name begins like this.
    Cookie(&'static str),
    /// A body that contains these texts, in this order.
    Body(&'static [&'static str]),
    /// A body that is this text, apart from white space around it.
    WholeBody(&'static str),
}

use Clue::{Body, Cookie, DatedEtag, Exactly, Header, WholeBody};

macro_rules! signs {
    ($($stack:ident: $($clue:expr),+;)+) => { &[$(Sign { stack: Stack::$stack, clues: &[$($clue),+] }),+] };
}

/// Signs that several stacks share; these are the most common. Django, Quart and Litestar run on these servers too, and Bottle on the last.
pub(super) const GUESSES: &[Sign] = signs! {
    FastApi: Header("server", "uvicorn");
    FastApi: Header("server", "hypercorn-h11");
    FastApi: Header("server", "hypercorn-h2");
    Django: Header("server", "WSGIServer");
};

/// Sure signs. A stack that is built on another comes before it.
pub(super) const SIGNS: &[Sign] = signs! {
    // Built on Express.
    NestJs: Body(&["{\"message\":\"Cannot ", "\"error\":\"", "\"statusCode\":"]);
    NestJs: Body(&["{\"statusCode\":", "\"message\":\"Internal server error\"}"]);
    JsonServer: Header("x-powered-by", "tinyhttp");
    JsonServer: Header("x-powered-by", "Express"), Header("expires", "-1"), Header("pragma", "no-cache");
    SocketIo: Body(&["0{\"sid\":\"", "\"pingInterval\":"]);
    HttpProxyMiddleware: Body(&["Error occurred while trying to proxy"]);
    NextJs: Header("x-powered-by", "Next.js");
    NextJs: Header("vary", "next-router-state-tree");
    NextJs: Header("x-nextjs-cache", "");
    NextJs: Body(&["/_next/static/"]);
    Vite: Body(&["/@vite/client"]);
    Vite: Body(&["Blocked request. This host", "server.allowedHosts"]);
    Express: Header("x-powered-by", "Express");
    Express: Body(&["<title>Error</title>", "<pre>Cannot "]);
    Express: Cookie("connect.sid");

    Fastify: Body(&["{\"message\":\"Route ", " not found\",\"error\":\"Not Found\",\"statusCode\":404}"]);
    Fastify: Body(&["{\"statusCode\":", "\"code\":\"FST_"]);
    Koa: Header("x-powered-by", "koa");
    Koa: Cookie("koa.sess");
    // `Keep-Alive` of Node.js distinguishes it from other servers with the same two words.
    Koa: WholeBody("Not Found"), Exactly("content-type", "text/plain; charset=utf-8"), Exactly("keep-alive", "timeout=5");
    Hono: Header("x-powered-by", "Hono");
    Hono: WholeBody("404 Not Found"), Header("content-type", "text/plain");
    NodeHttpServer: DatedEtag;
    Serve: Header("content-disposition", "inline; filename"), Header("accept-ranges", "bytes"), Header("etag", "");

    Flask: Header("server", "Werkzeug");
    Flask: Body(&["<!doctype html>\n<html lang=en>\n<title>"]);
    Django: Body(&["<code>DEBUG = True</code>"]);
    Django: Body(&["<h1>Not Found</h1><p>The requested resource was not found on this server.</p>"]);
    Django: Body(&["CSRF verification failed. Request aborted."]);
    Django: Cookie("csrftoken");
    Django: Header("referrer-policy", "same-origin"), Header("cross-origin-opener-policy", "same-origin"),
        Header("x-frame-options", "DENY");
    FastApi: Body(&["Disallowed CORS origin"]);
    FastApi: Body(&["Disallowed CORS method"]);
    FastApi: Body(&["Disallowed CORS headers"]);
    FastApi: WholeBody("{\"detail\":\"Not Found\"}");
    FastApi: WholeBody("{\"detail\":\"Method Not Allowed\"}");
    FastApi: Body(&["{\"detail\":[{\"type\":\"", "\"loc\":["]);
    FastApi: Header("vary", "access-control-request-private-network");
    HttpServer: Header("server", "SimpleHTTP");
    HttpServer: Header("server", "BaseHTTP");

    Spring: Body(&["Invalid CORS request"]);
    Spring: Body(&["Whitelabel Error Page"]);
    Spring: Body(&["{\"timestamp\":", "\"status\":", "\"error\":", "\"path\":"]);
    Spring: Header("x-application-context", "");
    Spring: Header("server", "Apache-Coyote");
    Spring: Body(&["<title>HTTP Status ", "Apache Tomcat"]);
    Spring: Cookie("JSESSIONID");
    // The headers that Spring Security adds to every answer.
    Spring: Exactly("cache-control", "no-cache, no-store, max-age=0, must-revalidate"), Exactly("expires", "0"),
        Exactly("pragma", "no-cache"), Exactly("x-frame-options", "DENY");
    AspNet: Header("x-powered-by", "ASP.NET");
    AspNet: Header("server", "Kestrel");
    AspNet: Header("server", "Microsoft-IIS");
    AspNet: Header("x-aspnet-version", "");
    AspNet: Body(&["{\"type\":\"https://tools.ietf.org/html/rfc", "\"traceId\":\"00-"]);
    AspNet: Cookie(".AspNetCore.");
    AspNet: Cookie("ASP.NET_SessionId");
    Rails: Header("x-runtime", "");
    Rails: Body(&["Rails.root: "]);
    Laravel: Cookie("laravel");
    Laravel: Body(&["Illuminate\\"]);
    Laravel: Body(&["\"message\": \"The route ", " could not be found."]);
    Laravel: Body(&["{\"message\":\"Unauthenticated.\"}"]);
    Php: Header("x-debug-token", "");
    Php: Header("link", "api.w.org");
    Php: Header("x-powered-by", "PHP");
    Php: Cookie("PHPSESSID");

    ActixCors: WholeBody("Origin is not allowed to make this request");
    ActixCors: WholeBody("Requested method is not allowed");
    ActixCors: WholeBody("One or more request headers are not allowed");
    TowerHttp: Exactly("vary", "origin, access-control-request-method, access-control-request-headers");
    TowerHttp: Body(&["Failed to deserialize the JSON body into the target type"]);
    TowerHttp: Body(&["Failed to parse the request body as JSON"]);
    TowerHttp: WholeBody("Expected request with `Content-Type: application/json`");
    // Errors of actix-web itself, without CORS.
    CorsActix: Body(&["Json deserialize error: "]);
    CorsActix: Body(&["Query deserialize error: "]);
    CorsActix: WholeBody("Content type error");
    Gin: WholeBody("404 page not found"), Exactly("content-type", "text/plain");
    Go: WholeBody("404 page not found"), Header("x-content-type-options", "nosniff");
    Echo: WholeBody("{\"message\":\"Not Found\"}"), Exactly("content-type", "application/json; charset=UTF-8");
    Fiber: Body(&["Cannot GET /"]), Header("content-type", "text/plain");

    S3: Header("server", "AmazonS3");
    S3: Header("server", "MinIO");
    S3: Header("x-amz-id-2", "");
    S3: Body(&["CORSResponse: "]);

    ApiGateway: Header("x-amz-apigw-id", "");
    ApiGateway: Header("apigw-requestid", "");
    ApiGateway: WholeBody("{\"message\":\"Missing Authentication Token\"}");
    Nginx: Header("server", "nginx");
    Nginx: Header("server", "openresty");
    Nginx: Header("server", "Tengine");
    Nginx: Body(&["<hr><center>nginx"]);
    Apache: Header("server", "Apache");
    Apache: Body(&["<address>Apache/"]);
    Caddy: Header("server", "Caddy");
    Caddy: Header("via", "Caddy");
    HaProxy: Body(&["<html><body><h1>", "</h1>\nNo server is available to handle this request."]);
    HaProxy: Body(&["<html><body><h1>", "</h1>\nThe server returned an invalid or incomplete response."]);
    HaProxy: Body(&["<html><body><h1>", "</h1>\nYou need a valid user and password"]);
    HaProxy: Body(&["<html><body><h1>", "</h1>\nRequest forbidden by administrative rules."]);
    HaProxy: Body(&["<html><body><h1>", "</h1>\nThe server didn't respond in time."]);
    HaProxy: Body(&["<html><body><h1>429 Too Many Requests</h1>\nYou have sent too many requests"]);
    Lighttpd: Header("server", "lighttpd");
    Cloudflare: Header("server", "cloudflare");
    Cloudflare: Header("cf-ray", "");
};
