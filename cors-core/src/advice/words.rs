//! The words of advice.

use std::fmt;

use super::{Addition, Advice, Difference, Nearest};
use crate::{Denial, IssueKind};

impl fmt::Display for Advice {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.denial {
            Denial::OriginNotListed | Denial::InsecureOrigin => {}
            Denial::MethodNotListed | Denial::HeaderNotListed | Denial::CredentialsNotAllowed => {
                return write_grant(&self.addition, formatter);
            }
            Denial::NoAnswer => {
                return formatter.write_str("look at the source of origins, and at the time that it takes");
            }
            Denial::CarelessSource => {
                return formatter
                    .write_str("compare whole origins in the source; the log, or the standard error, names one that it allows by mistake");
            }
            Denial::NobodyAddressed => {
                return formatter.write_str(
                    "look at the host and the path of the request, and at the key that the source of origins makes of them",
                );
            }
            Denial::NullOrigin => {
                return formatter.write_str(
                    "every sandboxed frame sends null, so it names nobody; serve the page from an origin of its own",
                );
            }
            Denial::SeveralOrigins | Denial::SeveralMethods => {
                return formatter.write_str("no browser sends the line twice; look at what stands in between");
            }
            Denial::MalformedMethod | Denial::ForbiddenMethod => {
                return formatter.write_str("no browser asks for it; nothing needs to be done");
            }
        }
        if let Some(nearest) = &self.nearest {
            write!(formatter, "{nearest}; ")?;
        }
        match &self.addition {
            Addition::Origin(origin, place) => {
                write!(formatter, "if pages of that origin may read, add \"{origin}\" to `{place}`")
            }
            Addition::InSource(origin) => {
                write!(formatter, "if pages of that origin may read, let the source of origins allow \"{origin}\"")
            }
            Addition::Invalid(issue) => match issue.kind() {
                IssueKind::InsecureWithCredentials { .. } => formatter.write_str(
                    "serve the page by https: the rule has credentials, and anyone in between could read them",
                ),
                _ => {
                    let mistake = issue.message().summary();
                    write!(formatter, "no browser sends this for a page that you could list: {mistake}")
                }
            },
            _ => formatter.write_str("no browser sends this"),
        }
    }
}

/// Writes the addition that would grant a method, a header or credentials.
fn write_grant(addition: &Addition, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    match addition {
        Addition::Name(name, place) => {
            write!(formatter, "if pages of that origin may send it, add {name} to `{place}`")
        }
        Addition::Credentials(place) => {
            write!(formatter, "if pages of that origin may read what only the user may see, write `{place}: true`")
        }
        Addition::Invalid(issue) => {
            formatter.write_str(&issue.message().summary())?;
            match issue.kind().suggestion() {
                Some(name) => write!(formatter, "; write \"{name}\" in the page"),
                None => Ok(()),
            }
        }
        _ => formatter.write_str("no browser sends this"),
    }
}

/// Prints `origins[0] "https://app.example.com" has another port`.
impl fmt::Display for Nearest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.difference() {
            Difference::Port => "has another port",
            Difference::Scheme => "has another scheme",
            Difference::SchemeAndPort => "has another scheme and another port",
            Difference::HostOfSubdomains => "is for the names below this host, not for the host itself",
            Difference::Subdomain => "is for the host above, not for names below it",
            Difference::Spelling => "is spelt almost like it",
        };
        write!(formatter, "{} \"{}\" {what}", self.place(), self.item())
    }
}
