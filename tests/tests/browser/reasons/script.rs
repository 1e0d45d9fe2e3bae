//! What the script of a page asks for, in the page and in the model.

use cors_browser::{CredentialsMode, Mode, RedirectMode, ScriptRequest};
use fantoccini::Client;
use serde_json::{Value, json};

#[derive(Clone, Debug)]
pub(crate) struct Script {
    path: &'static str,
    method: &'static str,
    headers: &'static [(&'static str, &'static str)],
    credentials: bool,
    mode: &'static str,
    redirect: &'static str,
}

pub(crate) fn get() -> Script {
    Script { path: "/", method: "GET", headers: &[], credentials: false, mode: "cors", redirect: "follow" }
}

pub(crate) fn put() -> Script {
    Script { method: "PUT", ..get() }
}

impl Script {
    pub(crate) fn path(self, path: &'static str) -> Self {
        Self { path, ..self }
    }

    pub(crate) fn headers(self, headers: &'static [(&'static str, &'static str)]) -> Self {
        Self { headers, ..self }
    }

    pub(crate) fn with_credentials(self) -> Self {
        Self { credentials: true, ..self }
    }

    pub(crate) fn no_cors(self) -> Self {
        Self { mode: "no-cors", ..self }
    }

    pub(crate) fn no_redirect(self) -> Self {
        Self { redirect: "error", ..self }
    }

    pub(crate) fn request(&self, api: &str) -> ScriptRequest {
        let request = ScriptRequest::new(self.url(api))
            .method(self.method)
            .credentials(if self.credentials { CredentialsMode::Include } else { CredentialsMode::SameOrigin })
            .mode(if self.mode == "cors" { Mode::Cors } else { Mode::NoCors })
            .redirect(if self.redirect == "error" { RedirectMode::Error } else { RedirectMode::Follow });
        self.headers.iter().fold(request, |request, (name, value)| request.header(*name, *value))
    }

    /// `readable`, `opaque` or `blocked`.
    pub(crate) async fn run(&self, client: &Client, api: &str) -> Value {
        let init = json!({
            "method": self.method,
            "headers": self.headers,
            "credentials": if self.credentials { "include" } else { "same-origin" },
            "mode": self.mode,
            "redirect": self.redirect,
        });
        let script = "
            const [url, init, done] = arguments;
            const outcome = (response) => response.type === 'opaque' ? 'opaque' : 'readable';
            fetch(url, init).then((response) => done(outcome(response)), () => done('blocked'));
        ";
        client.execute_async(script, vec![json!(self.url(api)), init]).await.expect("the script runs")
    }

    fn url(&self, api: &str) -> String {
        format!("http://{api}{}", self.path)
    }
}
