//! Cloud services.

use super::Recipe;
use super::Topic::{Errors, Login, Preflight, Twice};
use crate::stack::Stack;

pub(super) const RECIPES: &[Recipe] = &[
    Recipe {
        stack: Stack::ApiGateway,
        tried: false,
        install: "",
        place: "in a shell, with the id of the HTTP API; in a REST API use \"Enable CORS\" of the resource, and its \
            gateway responses for errors",
        inside: "the CORS configuration of the API",
        missing: r#"write `"AllowOrigins": [@"origin"@]` in the CORS configuration of the API"#,
        block: r#"
aws apigatewayv2 update-api --api-id YOUR_API_ID --cors-configuration '{
  "AllowMethods": [@"methods"@],
  "AllowHeaders": [@"headers"@],
  "ExposeHeaders": [@"expose"@],
  "AllowCredentials": @true@,
  "AllowOrigins": [@"origin"@]
}'
"#,
        other: &[
            (Login, "take the authorizer off OPTIONS"),
            (Errors, "add the headers to the gateway responses DEFAULT_4XX and DEFAULT_5XX of a REST API"),
            (Preflight, "add CORS to the API itself: a route for ANY or OPTIONS hides it"),
            (Twice, "let either the API or the function send the headers, not both"),
        ],
    },
    Recipe {
        stack: Stack::S3,
        tried: false,
        install: "",
        place: "in a shell, with the name of the bucket",
        inside: "the CORS rules of the bucket",
        missing: r#"write `"AllowedOrigins": [@"origin"@]` in a CORS rule of the bucket"#,
        block: r#"
aws s3api put-bucket-cors --bucket YOUR_BUCKET --cors-configuration '{
  "CORSRules": [
    {
      "AllowedMethods": [@"methods"@],
      "AllowedHeaders": [@"headers"@],
      "ExposeHeaders": [@"expose"@],
      "AllowedOrigins": [@"origin"@]
    }
  ]
}'
"#,
        other: &[],
    },
    Recipe {
        stack: Stack::Cloudflare,
        tried: true,
        install: "",
        place: "in a Worker on the route of this address, where the server behind it cannot send the headers itself",
        inside: "the Worker",
        missing: "send the headers from the server behind Cloudflare, or by a Worker: \
            `response.headers.set(\"Access-Control-Allow-Origin\", \"@origin@\")`",
        block: r#"
const CORS = {
  "Access-Control-Allow-Origin": "@origin@",
  "Access-Control-Allow-Methods": "@methods@",
  "Access-Control-Allow-Headers": "@headers@",
  "Access-Control-Expose-Headers": "@expose@",
  @credentials@"Access-Control-Allow-Credentials": "true",
};

export default {
  async fetch(request) {
    const answer = request.method === "OPTIONS" ? new Response(null, { status: 204 }) : await fetch(request);
    const response = new Response(answer.body, answer);
    for (const [name, value] of Object.entries(CORS)) response.headers.set(name, value);
    return response;
  },
};
"#,
        other: &[(Login, "let OPTIONS pass to the server: in Access, \"Bypass options requests to origin\"")],
    },
];
