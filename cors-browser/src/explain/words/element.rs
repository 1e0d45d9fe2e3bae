//! What to change in HTML, CSS, and scripts that do not use `fetch`.

use crate::explain::{Cause, Facts, InitiatorType};
use crate::loss::Loss;
use crate::{At, Mode};

/// Returns what to write instead of the initiator, if that is the best remedy; `None` for `fetch`, or if nothing better
/// is known.
pub(super) fn markup_change(cause: Cause, facts: &Facts) -> Option<String> {
    let initiator = facts.initiator;
    let tag = initiator.element();
    match cause {
        Cause::WildcardWithCredentials | Cause::AllowCredentialsNotTrue => {
            let change = match initiator {
                InitiatorType::XmlHttpRequest if cause == Cause::WildcardWithCredentials => {
                    "leave withCredentials out of the script".to_owned()
                }
                InitiatorType::EventSource => "leave withCredentials out of new EventSource".to_owned(),
                InitiatorType::Beacon => {
                    "send it by fetch with keepalive: true, for a beacon always has credentials".to_owned()
                }
                InitiatorType::Track => {
                    "write crossorigin=\"anonymous\" on the <video> or <audio> around it".to_owned()
                }
                _ => format!("write <{} crossorigin=\"anonymous\">", tag?),
            };
            Some(format!("if the answer does not depend on cookies, {change}"))
        }
        Cause::CrossOriginInSameOriginMode => Some(match initiator {
            InitiatorType::Worker => {
                "start a worker of the page's own origin, and load the other script in it: by importScripts, or by \
                                      import, which needs CORS"
                    .to_owned()
            }
            InitiatorType::Track => {
                "write crossorigin on the <video> or <audio> around <track>; the video itself then needs CORS too"
                    .to_owned()
            }
            _ => return None,
        }),
        Cause::ResourcePolicy | Cause::EmbedderPolicy => {
            let how = match initiator {
                InitiatorType::CssImage => "show it by <img crossorigin> in place of the CSS".to_owned(),
                InitiatorType::ImportScripts => "make the worker a module, and write import".to_owned(),
                _ => format!("write <{} crossorigin>", tag?),
            };
            Some(format!("ask with CORS, if the server allows it: {how}"))
        }
        _ => None,
    }
}

/// Returns what to do if the server cannot be changed.
pub(super) fn without_cors(cause: Cause, facts: &Facts) -> Option<String> {
    let initiator = facts.initiator;
    if initiator == InitiatorType::Beacon && facts.at == Some(At::Preflight) {
        return Some("or send a string: its type, text/plain, needs no permission".to_owned());
    }
    let is_about_origin = matches!(
        cause,
        Cause::AllowOriginMissing | Cause::AllowOriginMismatch | Cause::SeveralAllowedOrigins | Cause::OriginNotAllowed
    );
    if !is_about_origin {
        return None;
    }
    let always = match initiator {
        InitiatorType::Font => "or serve the font from the origin of the page: @font-face always asks with CORS",
        InitiatorType::ModuleScript => {
            "or serve the module from the origin of the page: type=\"module\" and import always ask with CORS"
        }
        InitiatorType::CssShape => {
            "or serve the image from the origin of the page: mask-image and shape-outside always ask with CORS"
        }
        InitiatorType::EventSource => {
            "or let a path of the page's own origin lead to the events: EventSource always asks with CORS"
        }
        InitiatorType::Preload => {
            "or write <link rel=\"preload\"> without crossorigin, if what uses it has none either"
        }
        InitiatorType::PreloadFont => {
            "or serve the font from the origin of the page: @font-face asks with CORS, so its preload has to as well"
        }
        _ => {
            let tag = initiator.element().filter(|_| initiator.mode() == Mode::NoCors)?;
            let loss = Loss::of_opaque(initiator)?;
            // A console message does not distinguish modules from other scripts.
            let but = if initiator == InitiatorType::Script { "; a module always asks with CORS" } else { "" };
            return Some(format!("or write <{tag}> without crossorigin, if it does not matter that {loss}{but}"));
        }
    };
    Some(always.to_owned())
}

/// Returns what the page loses.
pub(super) fn loss(facts: &Facts) -> Option<String> {
    let is_script =
        matches!(facts.initiator, InitiatorType::Fetch | InitiatorType::XmlHttpRequest | InitiatorType::Other);
    let loss = Loss::of_blocked(facts.initiator);
    let is_delivered = loss == Loss::Delivery && facts.at == Some(At::Actual);
    (!is_script && !is_delivered).then(|| loss.to_string())
}

/// Returns the initiator that must load from the page's own origin; `None` if the script chose mode `same-origin`.
pub(super) fn same_origin_initiator(facts: &Facts) -> Option<&'static str> {
    Some(match facts.initiator {
        InitiatorType::Worker => "the script of a worker",
        InitiatorType::Track => "a <track> in a <video> or <audio> without crossorigin",
        _ => return None,
    })
}
