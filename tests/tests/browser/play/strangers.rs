//! What pages of other origins and texts of strangers cannot do.

use super::*;

#[tokio::test]
async fn pages_of_other_origins_write_nothing() {
    let playground = Playground::start().await;
    browse(Layout::Desktop, async |client| {
        let script = "
            const [url, body, done] = arguments;
            fetch(url, { method: 'POST', mode: 'no-cors', body })
                .then(() => done('sent'), (error) => done(String(error)));
        ";
        let post = async |from: &str| {
            open(client, from).await;
            let body = policy(&playground.page);
            let arguments = vec![format!("{}/tries", playground.page).into(), body.into()];
            assert_eq!(client.execute_async(script, arguments).await.unwrap(), "sent");
            playground.policies()
        };
        assert_eq!(post(&playground.other).await, 0);
        assert_eq!(post(&playground.page).await, 1);
    })
    .await;

    let body = policy("https://a.example");
    let length = body.len().to_string();
    let send = |origin: &str, length: &str, body: &str| {
        let lines: [(&str, &[u8]); 2] = [("Origin", origin.as_bytes()), ("Content-Length", length.as_bytes())];
        let mut bytes = request(b"POST", "/tries", &lines);
        bytes.extend(body.as_bytes());
        exchange(playground.address(), &bytes).status
    };
    assert_eq!(send("https://evil.example", &length, &body), 403);
    assert_eq!(send(&playground.other, &length, &body), 403);
    // That of `Host`.
    let own = "http://localhost";
    assert_eq!(send(own, &length, &body), 200);
    let long = format!("{body}{}", "#".repeat(16 * 1024));
    assert_eq!(send(own, &long.len().to_string(), &long), 413);
}

#[tokio::test]
async fn no_script_but_the_pages_own_runs() {
    let playground = Playground::start().await;
    browse(Layout::Desktop, async |client| {
        open(client, &playground.page).await;
        let script = "
            const made = document.createElement('script');
            made.textContent = 'document.title = \\'taken over\\'';
            document.body.append(made);
            return document.title;
        ";
        assert_eq!(read::<String>(client, script, "").await, "CORS playground");
    })
    .await;
}
