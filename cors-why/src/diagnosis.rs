//! The mistakes of servers, as far as their answers prove them.

mod words;

/// What the request needs and the server does not allow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Need {
    /// The address of the refused answer.
    pub(crate) url: String,
    /// The origin of the page.
    pub(crate) origin: String,
    /// The method of the script's request.
    pub(crate) method: String,
    /// The methods that a preflight has to allow.
    pub(crate) methods: Vec<String>,
    /// The request headers that a preflight has to allow, as the script wrote them.
    pub(crate) headers: Vec<String>,
    /// What the refused preflight lists instead of the method or headers.
    pub(crate) listed: Vec<String>,
    /// Whether the refused answer allows every origin.
    pub(crate) is_for_all: bool,
    /// Whether the script asked with credentials.
    pub(crate) credentials: bool,
}

/// A mistake. Each one needs another change, in any program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Diagnosis {
    /// No answer of the server has a CORS header.
    NoCors,
    /// Other paths have the headers, so CORS is registered after this route, or in another scope.
    AfterRoute,
    /// Paths below this one have the headers.
    OtherPaths {
        path: String,
    },
    /// The server has a list, or allows one other origin.
    OriginNotListed {
        listed: Option<String>,
    },
    /// The list has the origin with a slash at the end.
    OriginWithSlash,
    /// The value is not an origin: it has quotes, a path, or a pattern.
    OriginMisspelled {
        value: String,
    },
    /// The value is `null`.
    NullSent,
    /// One line contains several origins.
    ListJoined {
        value: String,
    },
    /// Several programs add the header.
    SentTwice,
    WildcardWithCredentials,
    /// `reflects`: the server allows every origin that asks, so that credentials would open it to all.
    CredentialsMissing {
        reflects: bool,
    },
    MethodMissing {
        method: String,
    },
    HeaderMissing {
        names: Vec<String>,
    },
    /// A list in the preflight's answer is invalid.
    ListMalformed {
        header: String,
    },
    /// Authentication answers the preflight.
    PreflightNeedsLogin {
        status: u16,
    },
    /// Nothing answers OPTIONS.
    PreflightUnanswered {
        status: u16,
    },
    /// GET has the headers, the preflight does not.
    PreflightBare,
    /// The preflight, or another method, has the headers, the answer does not.
    AnswerBare,
    /// Successful answers have the headers, this error does not.
    ErrorsBare {
        status: u16,
    },
    /// Authentication answers without the headers.
    LoginBare {
        status: u16,
    },
    /// CORS itself refuses the origin. `text` is the server's sentence; empty if only the status shows the refusal.
    OriginRefused {
        text: String,
    },
    MethodRefused {
        method: String,
        text: String,
    },
    HeadersRefused {
        names: Vec<String>,
        text: String,
    },
    /// The function that decides about origins throws an error.
    CallbackRefused {
        text: String,
    },
    /// The server does not accept the `Host` of the request.
    HostRefused {
        text: String,
    },
    /// The route takes only the methods in `Allow`.
    MethodNotTaken {
        method: String,
        allow: String,
    },
    /// The address needs a slash at the end.
    SlashMissing {
        url: String,
    },
    /// A redirect leads to a login page.
    LoginRedirected {
        to: String,
    },
    Redirected {
        to: String,
    },
    /// The handler failed.
    Failed {
        status: u16,
    },
    /// A proxy does not reach the server behind it.
    UpstreamDown {
        status: u16,
    },
    TooLarge,
    TooMany,
    /// A cache sends an answer that it stored for another origin. `varies`: although the answer has `Vary: Origin`.
    Cached {
        varies: bool,
    },
}

impl Diagnosis {
    /// A short, stable name.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::NoCors => "no-cors",
            Self::AfterRoute => "after-route",
            Self::OtherPaths { .. } => "other-paths",
            Self::OriginNotListed { .. } => "origin-not-listed",
            Self::OriginWithSlash => "origin-with-slash",
            Self::OriginMisspelled { .. } => "origin-misspelled",
            Self::NullSent => "null-sent",
            Self::ListJoined { .. } => "list-joined",
            Self::SentTwice => "sent-twice",
            Self::WildcardWithCredentials => "wildcard-with-credentials",
            Self::CredentialsMissing { .. } => "credentials-missing",
            Self::MethodMissing { .. } => "method-missing",
            Self::HeaderMissing { .. } => "header-missing",
            Self::ListMalformed { .. } => "list-malformed",
            Self::PreflightNeedsLogin { .. } => "preflight-needs-login",
            Self::PreflightUnanswered { .. } => "preflight-unanswered",
            Self::PreflightBare => "preflight-bare",
            Self::AnswerBare => "answer-bare",
            Self::ErrorsBare { .. } => "errors-bare",
            Self::LoginBare { .. } => "login-bare",
            Self::OriginRefused { .. } => "origin-refused",
            Self::MethodRefused { .. } => "method-refused",
            Self::HeadersRefused { .. } => "headers-refused",
            Self::CallbackRefused { .. } => "callback-refused",
            Self::HostRefused { .. } => "host-refused",
            Self::MethodNotTaken { .. } => "method-not-taken",
            Self::SlashMissing { .. } => "slash-missing",
            Self::LoginRedirected { .. } => "login-redirected",
            Self::Redirected { .. } => "redirected",
            Self::Failed { .. } => "failed",
            Self::UpstreamDown { .. } => "upstream-down",
            Self::TooLarge => "too-large",
            Self::TooMany => "too-many",
            Self::Cached { .. } => "cached",
        }
    }

    /// Whether a header is present but has a wrong or incomplete value.
    pub(crate) const fn is_about_values(&self) -> bool {
        matches!(
            self,
            Self::OriginNotListed { .. }
                | Self::OriginWithSlash
                | Self::OriginMisspelled { .. }
                | Self::NullSent
                | Self::WildcardWithCredentials
                | Self::CredentialsMissing { .. }
                | Self::MethodMissing { .. }
                | Self::HeaderMissing { .. }
        )
    }

    /// Whether the server must allow more.
    pub(crate) const fn is_about_grants(&self) -> bool {
        matches!(
            self,
            Self::NoCors
                | Self::AfterRoute
                | Self::OtherPaths { .. }
                | Self::OriginNotListed { .. }
                | Self::PreflightUnanswered { .. }
                | Self::PreflightBare
                | Self::AnswerBare
                | Self::ErrorsBare { .. }
                | Self::OriginRefused { .. }
        )
    }

    /// Whether CORS hides another problem.
    pub(crate) const fn is_about_failure(&self) -> bool {
        matches!(
            self,
            Self::MethodNotTaken { .. }
                | Self::SlashMissing { .. }
                | Self::LoginRedirected { .. }
                | Self::Redirected { .. }
                | Self::Failed { .. }
                | Self::UpstreamDown { .. }
                | Self::TooLarge
                | Self::TooMany
        )
    }

    /// Whether something makes an error that may stand outside of CORS.
    pub(crate) const fn is_about_bare_errors(&self) -> bool {
        matches!(self, Self::Failed { .. } | Self::UpstreamDown { .. } | Self::TooLarge | Self::TooMany)
    }

    /// Whether the server refuses with its own error, because of CORS or of the host.
    pub(crate) const fn is_about_refusal(&self) -> bool {
        matches!(
            self,
            Self::OriginRefused { .. }
                | Self::MethodRefused { .. }
                | Self::HeadersRefused { .. }
                | Self::CallbackRefused { .. }
                | Self::HostRefused { .. }
        )
    }

    /// Whether the remedy depends on the program that answers.
    pub(crate) const fn is_about_server(&self) -> bool {
        !matches!(self, Self::SlashMissing { .. } | Self::LoginRedirected { .. } | Self::Redirected { .. })
    }

    /// Whether to change the proxy, if there is one.
    pub(crate) const fn is_about_proxy(&self) -> bool {
        matches!(
            self,
            Self::SentTwice | Self::ErrorsBare { .. } | Self::UpstreamDown { .. } | Self::TooLarge | Self::TooMany
        )
    }

    /// What to do, in general words.
    pub(crate) fn help(&self, need: &Need) -> String {
        words::help(self, need)
    }
}
