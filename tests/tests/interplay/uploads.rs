//! Bodies in parts, and bodies that are too large or of the wrong form.

use actix_multipart::Multipart;
use actix_web::{Error, HttpResponse, web};
use futures_util::TryStreamExt;

use crate::{assert_preflights, granted, server};
use cors_tests::service::ALLOWED;
use cors_tests::wire::exchange;

async fn upload(mut parts: Multipart) -> Result<HttpResponse, Error> {
    let mut length = 0;
    while let Some(mut part) = parts.try_next().await? {
        while let Some(bytes) = part.try_next().await? {
            length += bytes.len();
        }
    }
    Ok(HttpResponse::Ok().body(length.to_string()))
}

async fn json(_: web::Json<Vec<u32>>) -> HttpResponse {
    HttpResponse::Ok().finish()
}

#[test]
fn uploads_have_the_grants_whether_they_are_taken_or_not() {
    let address = server(|config| {
        config.app_data(web::JsonConfig::default().limit(100));
        config.route("/upload", web::post().to(upload)).route("/json", web::post().to(json));
    });
    let form = "multipart/form-data; boundary=b";
    let part = "--b\r\nContent-Disposition: form-data; name=\"note\"; filename=\"n.txt\"\r\n\r\na note\r\n--b--\r\n";
    let long = format!("[{}1]", "1,".repeat(200));
    for (path, kind, body, status) in [
        ("/upload", form, part, 200),
        ("/upload", form, "no part at all", 400),
        ("/upload", "text/plain", part, 415),
        ("/json", "application/json", "[1]", 200),
        ("/json", "application/json", "[1", 400),
        ("/json", "application/json", long.as_str(), 413),
        ("/json", "text/plain", "[1]", 400),
    ] {
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nOrigin: {ALLOWED}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let reply = exchange(address, request.as_bytes());
        let text = String::from_utf8_lossy(&reply.body).into_owned();
        assert_eq!((reply.status, reply.cors()), (status, granted("origin")), "{path} {kind} {body}: {text}");
    }
    assert_preflights(address, "/upload");
}
