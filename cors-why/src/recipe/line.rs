//! The first thing to do, in one sentence.

use super::by_hand::{is_by_hand, statement};
use super::template::{OTHERS, SAFELISTED, Wish, is_plain};
use super::{Recipe, Topic};
use crate::diagnosis::{Diagnosis, Need};
use crate::stack::Stack;

/// What to do in this stack. `None` if the general help says the same.
pub(crate) fn line(stack: Stack, diagnosis: &Diagnosis, need: &Need) -> Option<String> {
    let recipe = Recipe::of(stack);
    let mut wish = Wish::of(need);
    let adding = wish.clone().adding(true);
    let said = |topic, wish: &Wish| recipe.other(topic).map(|text| with_others(wish.render(text)));
    let refused = matches!(diagnosis, Diagnosis::MethodRefused { .. } | Diagnosis::HeadersRefused { .. });
    // flask-cors lists only what a preflight requests.
    let is_list_hidden = stack == Stack::Flask || refused && need.listed.is_empty();
    match diagnosis {
        Diagnosis::NoCors => Some(recipe.missing(&wish)),
        Diagnosis::AfterRoute | Diagnosis::AnswerBare => {
            said(Topic::Order, &wish).or_else(|| Some(recipe.missing(&wish)))
        }
        Diagnosis::OtherPaths { .. } => said(Topic::Paths, &wish).or_else(|| said(Topic::Order, &wish)),
        Diagnosis::OriginNotListed { listed } => {
            let line = recipe.add_origin(&adding)?;
            Some(listed.as_ref().map_or(line.clone(), |listed| format!("{line}; now it allows {listed}")))
        }
        Diagnosis::OriginRefused { .. } => recipe.add_origin(&adding),
        Diagnosis::OriginWithSlash => recipe.set("remove the slash at the end of the origin", "origin", &adding),
        Diagnosis::OriginMisspelled { value } => {
            recipe.set(&format!("write the origin as browsers send it in place of {value:?}"), "origin", &adding)
        }
        Diagnosis::NullSent => recipe.set("name the origin in place of null", "origin", &wish),
        Diagnosis::ListJoined { .. } => said(Topic::Several, &adding).or_else(|| {
            let is_list = !recipe.is_by_hand();
            is_list.then(|| recipe.set("give the origins as a list, not as one text with commas", "origin", &adding))?
        }),
        Diagnosis::SentTwice => said(Topic::Twice, &wish),
        Diagnosis::WildcardWithCredentials | Diagnosis::CredentialsMissing { reflects: true } => {
            wish.credentials = true;
            let origin = recipe.setting("origin", &wish)?;
            let credentials = recipe.setting("true", &wish)?;
            let is_wildcard = *diagnosis == Diagnosis::WildcardWithCredentials;
            let every_origin = if is_wildcard { "*" } else { "every origin that asks" };
            let everybody = said(Topic::Everybody, &wish).unwrap_or_else(|| every_origin.to_owned());
            let inside = recipe.inside;
            Some(format!("name the origin in place of {everybody}: `{origin}` and `{credentials}` in {inside}"))
        }
        Diagnosis::CredentialsMissing { reflects: false } => {
            wish.credentials = true;
            recipe.set("allow credentials", "true", &wish)
        }
        Diagnosis::MethodMissing { method } | Diagnosis::MethodRefused { method, .. } => {
            add(&mut wish.methods, need.listed.iter().filter(|listed| !SAFELISTED.contains(&listed.as_str())));
            add(&mut wish.methods, [method]);
            let what = format!("add {method} to the methods");
            by_hand(stack, diagnosis, need, &what, &wish)
                .or_else(|| recipe.set(&what, "methods", &wish.adding(is_list_hidden && need.listed.is_empty())))
        }
        Diagnosis::HeaderMissing { names } | Diagnosis::HeadersRefused { names, .. } => {
            wish.headers.clear();
            // The present elements must stay.
            let listed = need.listed.iter().filter(|listed| !is_granted_anyway(listed));
            add(&mut wish.headers, listed.chain(&need.headers).chain(names));
            let what = format!("add {} to the request headers", names.join(", "));
            by_hand(stack, diagnosis, need, &what, &wish)
                .or_else(|| recipe.set(&what, "headers", &wish.adding(is_list_hidden)))
        }
        Diagnosis::PreflightNeedsLogin { .. } => {
            let line = said(Topic::Login, &wish)?;
            let has_reason = line.contains(": ");
            Some(if has_reason { line } else { format!("{line}: a preflight never has a token or a cookie") })
        }
        // A proxy has its own setting for errors, and Flask adds the app's headers to refusals.
        Diagnosis::LoginBare { .. } if stack.is_proxy() || stack == Stack::Flask => said(Topic::Errors, &wish),
        Diagnosis::LoginBare { .. } => said(Topic::Login, &wish),
        Diagnosis::PreflightUnanswered { .. } | Diagnosis::PreflightBare => {
            said(Topic::Preflight, &wish).or_else(|| Some(recipe.missing(&wish)))
        }
        Diagnosis::ErrorsBare { .. } => said(Topic::Errors, &wish).or_else(|| said(Topic::Order, &wish)),
        Diagnosis::CallbackRefused { .. } => said(Topic::Callback, &wish).or_else(|| recipe.add_origin(&adding)),
        Diagnosis::HostRefused { .. } => said(Topic::Host, &wish),
        Diagnosis::TooLarge => said(Topic::TooLarge, &wish),
        Diagnosis::ListMalformed { .. }
        | Diagnosis::MethodNotTaken { .. }
        | Diagnosis::SlashMissing { .. }
        | Diagnosis::LoginRedirected { .. }
        | Diagnosis::Redirected { .. }
        | Diagnosis::Failed { .. }
        | Diagnosis::UpstreamDown { .. }
        | Diagnosis::TooMany
        | Diagnosis::Cached { .. } => None,
    }
}

/// What to write if no package sends the headers.
fn by_hand(stack: Stack, diagnosis: &Diagnosis, need: &Need, what: &str, wish: &Wish) -> Option<String> {
    if !is_by_hand(stack, diagnosis, need) {
        return None;
    }
    let (name, value) = match diagnosis {
        Diagnosis::MethodMissing { .. } => ("Access-Control-Allow-Methods", wish.render("@methods@")),
        _ => ("Access-Control-Allow-Headers", wish.render("@headers@")),
    };
    let statement = statement(stack, name, &value).filter(|_| !value.is_empty())?;
    Some(format!("{what}, where Access-Control-Allow-Origin is set by hand or by a proxy: `{statement}`"))
}

/// What to write in the proxy, in case the proxy sends the header.
pub(crate) fn alternative(proxy: Stack, diagnosis: &Diagnosis, need: &Need) -> Option<String> {
    let line = line(proxy, diagnosis, need)?;
    let (_, settings) = line.split_once(": `")?;
    let settings = settings.split("; now it").next().unwrap_or(settings);
    Some(format!("or, where {proxy} sends the header, `{settings}"))
}

/// Whether short values of this header need no preflight.
fn is_granted_anyway(name: &str) -> bool {
    ["accept", "accept-language", "content-language"].iter().any(|other| name.eq_ignore_ascii_case(other))
}

/// Adds the names that the list lacks, without regard to case, and without wildcards.
fn add<'n>(list: &mut Vec<String>, names: impl IntoIterator<Item = &'n String>) {
    for name in names {
        if is_plain(name) && !list.iter().any(|listed| listed.eq_ignore_ascii_case(name)) {
            list.push(name.clone());
        }
    }
}

/// The methods and request headers that the package of a stack allows without a setting.
const fn default_lists(stack: Stack) -> (&'static [&'static str], &'static [&'static str]) {
    match stack {
        Stack::Django => (
            &["DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT"],
            &["accept", "authorization", "content-type", "user-agent", "x-csrftoken", "x-requested-with"],
        ),
        Stack::Laravel => (&["*"], &["*"]),
        // For the others, the line names each setting in any case.
        _ => (&[], &[]),
    }
}

/// Says what to write for [`OTHERS`].
fn with_others(line: String) -> String {
    if line.contains(OTHERS) { format!("{line}, where `{OTHERS}` stands for what is allowed already") } else { line }
}

impl Recipe {
    fn other(&self, topic: Topic) -> Option<&'static str> {
        self.other.iter().find(|(of, _)| *of == topic).map(|(_, text)| *text)
    }

    /// Whether the block writes the headers itself, without the lists of a middleware.
    fn is_by_hand(&self) -> bool {
        self.block.contains("Access-Control-Allow-Origin")
    }

    /// The sentence that adds CORS, with the other settings that the request needs.
    fn missing(&self, wish: &Wish) -> String {
        let asks_preflight = !wish.methods.is_empty() || !wish.headers.is_empty();
        let (methods, headers) = default_lists(self.stack);
        let lacks = |defaults: &[&str], wished: &[String]| {
            let is_default =
                |name: &String| defaults.iter().any(|other| *other == "*" || name.eq_ignore_ascii_case(other));
            !wished.iter().all(is_default)
        };
        let needed = [
            ("methods", lacks(methods, &wish.methods)),
            ("headers", lacks(headers, &wish.headers)),
            ("true", wish.credentials),
        ];
        let needed = needed.into_iter().filter(|(_, is_needed)| *is_needed);
        let settings: Vec<String> = needed.filter_map(|(name, _)| self.setting(name, wish)).collect();
        // In a chain of calls, the next call begins with a dot.
        let joined = |setting: &String| if setting.starts_with('.') { setting.clone() } else { format!(", {setting}") };
        let rest: String = settings.iter().map(joined).collect();
        let mut line = wish.render(&self.missing.replace("@place@", self.place)).replace("@rest@", &rest);
        let preflight = self.other(Topic::Preflight).filter(|_| asks_preflight && self.block.contains("OPTIONS"));
        if !settings.is_empty() && !self.missing.contains("@rest@") {
            let settings: Vec<String> = settings.iter().map(|setting| format!("`{setting}`")).collect();
            line.push_str(&format!("; it needs {} too", settings.join(", ")));
        }
        line.extend(preflight.map(|text| format!("; {}", wish.render(text))));
        if !self.install.is_empty() {
            line.push_str(&format!(" ({})", self.install));
        }
        line
    }

    /// `add PUT to the methods: ...`
    fn set(&self, what: &str, name: &str, wish: &Wish) -> Option<String> {
        let lists = self.other(Topic::Lists).filter(|_| ["methods", "headers"].contains(&name));
        let (setting, inside) = (self.setting(name, wish)?, lists.unwrap_or(self.inside));
        Some(with_others(format!("{what}: `{setting}` in {inside}")))
    }

    /// Allows the page's origin too. No answer shows which other origins the server allows.
    fn add_origin(&self, adding: &Wish) -> Option<String> {
        if !self.is_by_hand() {
            return self.set("add the page's origin", "origin", adding);
        }
        let one = || self.set("write the page's origin in place of the one that is there", "origin", adding);
        let several = self.other(Topic::Several).map(|text| with_others(adding.render(text)));
        several.or_else(|| {
            Some(format!("{} (one value allows one origin; for several, choose by the Origin of the request)", one()?))
        })
    }

    /// The line of the block with this setting.
    pub(super) fn setting(&self, name: &str, wish: &Wish) -> Option<String> {
        let places: &[&str] = match name {
            "true" => &["@true@", "@credentials@"],
            "methods" => &["methods\"@", "methods'@", "methods@", "@unsafe@"],
            "headers" => &["headers\"@", "headers'@", "headers@"],
            _ => &["origin\"@", "origin'@", "origin@"],
        };
        let line = self.block.lines().find(|line| places.iter().any(|place| line.contains(place)))?;
        let setting = wish.line(line)?.trim().trim_end_matches(',').to_owned();
        // The last call of a chain ends with a semicolon.
        Some(if setting.starts_with('.') { setting.trim_end_matches(';').to_owned() } else { setting })
    }
}
