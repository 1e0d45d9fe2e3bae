//! Explanations of what browsers block: what they say, what engines print, and whether the fixes work.

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
