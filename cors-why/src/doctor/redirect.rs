//! Redirects without the headers that a browser needs to follow them.

use cors_browser::explain::Obstacle;
use url::Url;

use super::{Examination, body};
use crate::diagnosis::Diagnosis;

impl Examination<'_> {
    pub(super) fn of_redirect(&mut self) -> Option<Diagnosis> {
        let (name, status) = (self.case.name(), self.case.status());
        let asked = Url::parse(&self.case.request.url).ok()?;
        if status >= 400 && body::misses_slash(&self.case.answer.text()) {
            self.saw(format!("{name} has the status {status}, and says that the address lacks a slash at the end"));
            let mut url = asked;
            url.set_path(&format!("{}/", url.path()));
            return Some(Diagnosis::SlashMissing { url: url.into() });
        }
        let location = self.case.answer.text_of("location").filter(|_| self.case.answer.response.is_redirect())?;
        let to = asked.join(&location).ok()?;
        self.saw(format!("{name} is a redirect ({status}) to {to}"));
        let target = to.clone().into();
        let is_slash = self.case.obstacle.as_ref().is_some_and(|obstacle| obstacle.code() == "slash-missing");
        Some(if is_slash {
            Diagnosis::SlashMissing { url: target }
        } else if Obstacle::is_login(to.as_str()) && !Obstacle::is_login(asked.as_str()) {
            Diagnosis::LoginRedirected { to: target }
        } else {
            Diagnosis::Redirected { to: target }
        })
    }
}
