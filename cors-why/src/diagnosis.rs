//! What is wrong with a server, as far as its answers prove it.

mod words;

/// What a request needs that a server does not give.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Need {
    /// The address whose answer is refused.
    pub(crate) url: String,
    /// The origin of the page.
    pub(crate) origin: String,
    /// The method of the script's request.
    pub(crate) method: String,
    /// The methods that a preflight has to allow.
    pub(crate) methods: Vec<String>,
    /// The request headers that a preflight has to allow, as the script wrote them.
    pub(crate) headers: Vec<String>,
    /// What the refused preflight lists in place of the method or headers.
    pub(crate) listed: Vec<String>,
    /// Whether the refused answer allows every origin.
    pub(crate) is_for_all: bool,
    /// Whether the script asked with credentials.
    pub(crate) credentials: bool,
}

/// What to change is another for each, in whatever program answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Diagnosis {
    /// No answer of the server has a header of CORS.
    NoCors,
    /// Other paths have the headers, so CORS is registered after this route, or in another scope.
    AfterRoute,
    /// Paths below this one have the headers.
    OtherPaths {
        path: String,
    },
    /// There is a list, or one other origin, and the page's is not in it.
    OriginNotListed {
        listed: Option<String>,
    },
    /// The list has the origin with a slash at its end.
    OriginWithSlash,
    /// The value is no origin: it has quotes, a path, or a pattern.
    OriginMisspelled {
        value: String,
    },
    /// The value is `null`.
    NullSent,
    /// One line has several origins.
    ListJoined {
        value: String,
    },
    /// Several programs add the header.
    SentTwice,
    WildcardWithCredentials,
    /// `reflects`: the server allows whatever origin asks, so credentials alone would open it to all.
    CredentialsMissing {
        reflects: bool,
    },
    MethodMissing {
        method: String,
    },
    HeaderMissing {
        names: Vec<String>,
    },
    /// A list of a preflight's answer is none.
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
    /// GET has the headers, and the preflight has not.
    PreflightBare,
    /// The preflight, or another method, has the headers, and the answer has not.
    AnswerBare,
    /// Answers that go well have the headers, and this error has not.
    ErrorsBare {
        status: u16,
    },
    /// Authentication answers without the headers.
    LoginBare {
        status: u16,
    },
    /// CORS itself refuses the origin. The text is the server's; empty, where only the difference shows it.
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
    /// A function that decides about origins throws.
    CallbackRefused {
        text: String,
    },
    /// The server does not know the name by which it was asked.
    HostRefused {
        text: String,
    },
    /// The route takes other methods, which `Allow` lists.
    MethodNotTaken {
        method: String,
        allow: String,
    },
    /// The address has a slash at its end.
    SlashMissing {
        url: String,
    },
    /// A redirect leads to a page where one logs in.
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
    /// A cache gives what it stored for somebody else. `varies`: though the answer says that it is another for each origin.
    Cached {
        varies: bool,
    },
}

impl Diagnosis {
    /// A short name, which does not change.
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

    /// Whether a header is there with a value that is wrong, or lacks beside others.
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

    /// Whether more grants are what the server has to send.
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

    /// Whether it is something else that CORS hides.
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

    /// Whether CORS, or what looks at the host, answers by an error of its own.
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

    /// Whether what to do depends on the program that answers.
    pub(crate) const fn is_about_server(&self) -> bool {
        !matches!(self, Self::SlashMissing { .. } | Self::LoginRedirected { .. } | Self::Redirected { .. })
    }

    /// Whether a proxy is what to change, where there is one.
    pub(crate) const fn is_about_proxy(&self) -> bool {
        matches!(
            self,
            Self::SentTwice | Self::ErrorsBare { .. } | Self::UpstreamDown { .. } | Self::TooLarge | Self::TooMany
        )
    }

    /// What to do, in words for every server.
    pub(crate) fn help(&self, need: &Need) -> String {
        words::help(self, need)
    }
}
