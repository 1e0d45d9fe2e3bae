//! What a page loses when a response is blocked.

use std::fmt;

use super::{At, InitiatorType, Transcript, Verdict};

/// What a page loses because a response is blocked or opaque.
///
/// `Display` prints it as half a sentence. The first page of the documentation of `cors-browser` has an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Loss {
    /// The response, for `fetch` and `XMLHttpRequest`.
    Answer,
    /// The events of an `EventSource`.
    Events,
    /// The data that a beacon or ping sends.
    Delivery,
    /// The whole script.
    Program,
    /// The details of errors in a script that runs.
    ErrorDetails,
    /// A worker.
    Worker,
    /// An image.
    Picture,
    /// The pixels of an image or a video that is shown.
    Pixels,
    /// A video or an audio.
    Playback,
    /// The sound of an audio in Web Audio.
    Samples,
    /// The captions of a video.
    Captions,
    /// A style sheet.
    Styles,
    /// Access to the rules of a style sheet that has an effect.
    Rules,
    /// A font.
    Font,
    /// A mask, or a shape.
    Shape,
    /// The benefit of a preload.
    Preload,
}

impl Loss {
    /// Returns the loss if the response is blocked.
    pub(super) const fn of_blocked(initiator: InitiatorType) -> Self {
        match initiator {
            InitiatorType::Fetch | InitiatorType::XmlHttpRequest | InitiatorType::Other => Self::Answer,
            InitiatorType::EventSource => Self::Events,
            InitiatorType::Beacon | InitiatorType::Ping => Self::Delivery,
            InitiatorType::Script | InitiatorType::ModuleScript | InitiatorType::ImportScripts => Self::Program,
            InitiatorType::Worker => Self::Worker,
            InitiatorType::Image | InitiatorType::CssImage => Self::Picture,
            InitiatorType::Video | InitiatorType::Audio => Self::Playback,
            InitiatorType::Track => Self::Captions,
            InitiatorType::Stylesheet => Self::Styles,
            InitiatorType::Font => Self::Font,
            InitiatorType::CssShape => Self::Shape,
            InitiatorType::Preload | InitiatorType::PreloadFont => Self::Preload,
        }
    }

    /// Returns the loss if the response is used but opaque.
    pub(super) const fn of_opaque(initiator: InitiatorType) -> Option<Self> {
        Some(match initiator {
            InitiatorType::Fetch | InitiatorType::XmlHttpRequest | InitiatorType::Other => Self::Answer,
            InitiatorType::Script | InitiatorType::ImportScripts => Self::ErrorDetails,
            InitiatorType::Image | InitiatorType::Video => Self::Pixels,
            InitiatorType::Audio => Self::Samples,
            InitiatorType::Stylesheet => Self::Rules,
            // The font is requested in mode `cors`, which a preload in mode `no-cors` does not match.
            InitiatorType::PreloadFont => Self::Preload,
            _ => return None,
        })
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Answer => "the script learns nothing of the answer, not even its status",
            Self::Events => "the EventSource gets the event error, and is closed for good",
            Self::Delivery => "the data is not delivered, and the script does not learn it",
            Self::Program => "the script does not run",
            Self::ErrorDetails => "its errors are reported as \"Script error.\", without message, line and stack",
            Self::Worker => "the worker does not start",
            Self::Picture => "the image is not shown",
            Self::Pixels => "a canvas with it is tainted: reading it throws a SecurityError",
            Self::Playback => "it does not play",
            Self::Samples => "Web Audio hears silence",
            Self::Captions => "the captions are not shown",
            Self::Styles => "the style sheet has no effect",
            Self::Rules => "reading its cssRules throws a SecurityError",
            Self::Font => "the text is shown in the next font of font-family",
            Self::Shape => "the mask or shape is taken as if the image were missing",
            Self::Preload => "the preload is wasted, and what it is for is loaded again",
        })
    }
}

impl Transcript {
    /// Returns what the page loses; `None` if it gets all that it requested.
    pub fn loss(&self) -> Option<Loss> {
        let initiator = self.request.initiator;
        match &self.verdict {
            Verdict::Readable(_) | Verdict::Local => None,
            Verdict::Opaque => Loss::of_opaque(initiator),
            // The request arrived, and nobody reads the response.
            Verdict::Blocked(blocked) if blocked.at == At::Actual && Loss::of_blocked(initiator) == Loss::Delivery => {
                None
            }
            Verdict::OpaqueRedirect | Verdict::Blocked(_) | Verdict::Unanswered | Verdict::RefusedByApi(_) => {
                Some(Loss::of_blocked(initiator))
            }
        }
    }
}
