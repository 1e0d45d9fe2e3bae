//! Explanations of blocked requests: their texts, the messages of engines, and whether the fixes work.

mod consoles;
mod elements;
mod fixes;
mod mended;
mod messages;
mod never_panics;
mod scenes;
mod servers;
mod statements;
mod texts;
